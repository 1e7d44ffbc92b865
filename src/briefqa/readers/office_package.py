"""Packages of office documents: which part of an archive is what (ECMA-376, part 2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from briefqa.errors import DocumentError
from briefqa.readers.archive import Archive
from briefqa.readers.xml import Event, parse
from briefqa.records import Record

__all__ = ["OfficePackage", "Relation", "application_of"]

TYPES = "[Content_Types].xml"
APPLICATIONS = {
    "word": ("wordprocessingml", "ms-word"),
    "powerpoint": ("presentationml", "ms-powerpoint"),
    "excel": ("spreadsheetml", "ms-excel"),
}
"""What types of contents tell of the applications that documents belong to."""
USUAL_PARTS = {
    "word": "word/document.xml",
    "powerpoint": "ppt/presentation.xml",
    "excel": "xl/workbook.xml",
}


class Relation(Record):
    """A part that another refers to.

    Attributes:
        kind: the last segment of its type, such as `footnotes`.
        part: its name.
    """

    kind: str
    part: str


def application_of(name: str, archive: Archive) -> str | None:
    """Return the application that an archive is a document of: a key of `APPLICATIONS`.

    Args:
        name: the document's path, for error messages.
        archive: the archive.

    Raises:
        DocumentError: the archive is broken.
    """
    for application, part in USUAL_PARTS.items():
        if part in archive.names:
            return application
    if TYPES not in archive.names:
        return None
    for event in parse(name, archive.read(TYPES)):
        contents = event.attributes.get("ContentType", "") if event.opens else ""
        if contents.endswith(("main+xml", ".main")):
            for application, marks in APPLICATIONS.items():
                if any(mark in contents for mark in marks):
                    return application
    return None


class OfficePackage:
    """The parts of an office document.

    Args:
        name: the document's path, for error messages.
        data: the document.
        application: as `application_of` tells.

    Raises:
        DocumentError: the archive is broken, or has no main part.
    """

    def __init__(self, name: str, data: bytes, application: str) -> None:
        self._name = name
        self._archive = Archive(name, data)
        related = self.relations("").values()
        mains = [each.part for each in related if each.kind == "officeDocument"]
        self.main = next(filter(self.has, mains), USUAL_PARTS[application])
        if not self.has(self.main):
            raise DocumentError(name, f"broken: it has no {self.main}")

    def has(self, part: str) -> bool:
        """Whether there is a part of a name."""
        return part in self._archive.names

    def events(self, part: str) -> Iterator[Event]:
        """Yield the tags and the text of a part; nothing where there is no such part.

        Raises:
            DocumentError: it is broken or too large.
        """
        if self.has(part):
            yield from parse(self._name, self._archive.read(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by the identifiers it uses; empty for the package itself.

        References to other places than parts are left out.
        """
        folder = dirname(part)
        relations = {}
        for event in self.events(join(folder, "_rels", part[len(folder) :].strip("/") + ".rels")):
            if event.name != "Relationship" or not event.opens:
                continue
            attributes = event.attributes
            if attributes.get("TargetMode", "").lower() == "external":
                continue
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = unquote(attributes.get("Target", ""))
            path = normpath(join("/", folder, target)).lstrip("/")
            relations[attributes.get("Id", "")] = Relation(kind, path)
        return relations

    def related(self, kind: str) -> str:
        """Return the part that the main one refers to as something, such as `footnotes`.

        Where it does not say, that is the part which usually is it.
        """
        for relation in self._main_relations.values():
            if relation.kind == kind:
                return relation.part
        return join(dirname(self.main), f"{kind}.xml")

    @cached_property
    def _main_relations(self) -> dict[str, Relation]:
        return self.relations(self.main)

    def title(self) -> str | None:
        """Return the title that the properties of the document have; None where they have none."""
        inside, text = False, ""
        for event in self.events("docProps/core.xml"):
            if event.name == "title":
                inside = event.opens
            elif inside:
                text += event.text
        return " ".join(text.split()) or None
