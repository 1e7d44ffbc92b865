"""Packages: zip archives of XML, as Office documents and books are (ECMA-376, part 2).

XML comes from strangers: no entities, no depth without end, nothing kept but what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.parsers import expat

from briefqa.errors import DocumentError
from briefqa.readers.archive import Archive
from briefqa.records import Record

__all__ = [
    "DEPTH_LIMIT",
    "OfficePackage",
    "Relation",
    "XmlEvent",
    "application_of",
    "parse",
    "stated_title",
]

DEPTH_LIMIT = 500
"""The maximum depth of nested elements."""
CHUNK = 64 * 1024
"""Bytes that are parsed at a time."""

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


class XmlEvent(Record):
    """A tag, or the text between two.

    Attributes:
        name: the element's name without its namespace; empty for text.
        opens: whether the tag opens the element.
        attributes: those of an opening tag, without their namespaces; where two names are the same
            without, each stands there with its namespace and a space before it too.
        text: the characters; empty for a tag.
    """

    name: str
    opens: bool = False
    attributes: Mapping[str, str] = {}
    text: str = ""


def parse(name: str, data: bytes) -> Iterator[XmlEvent]:
    """Yield the tags and the text of an XML file in order.

    Args:
        name: the document's path, for error messages.
        data: the file.

    Raises:
        DocumentError: it is not well-formed, declares a document type, which is where entities
            are made, or nests deeper than `DEPTH_LIMIT`.
    """
    handler = _Handler(name)
    parser = handler.parser()
    try:
        for start in range(0, len(data), CHUNK):
            parser.Parse(data[start : start + CHUNK], False)
            yield from handler.events
            handler.events.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentError(name, "broken: its XML is not well-formed") from error
    yield from handler.events


class _Handler:
    """Gathers events as the parser calls it.

    Args:
        name: the document's path, for error messages.

    Attributes:
        events: those gathered; the caller that takes them clears it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self.events: list[XmlEvent] = []

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = lambda text: self.events.append(XmlEvent("", text=text))
        parser.StartDoctypeDeclHandler = self._refuse
        return parser

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise DocumentError(self._name, f"its XML nests deeper than {DEPTH_LIMIT} elements")
        local = {_local(key): value for key, value in attributes.items()}
        if len(local) < len(attributes):
            local.update(attributes)
        self.events.append(XmlEvent(_local(tag), opens=True, attributes=local))

    def _close(self, tag: str) -> None:
        self._depth -= 1
        self.events.append(XmlEvent(_local(tag)))

    def _refuse(self, *_: object) -> None:
        raise DocumentError(self._name, "its XML declares a document type, which it may not")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def stated_title(name: str, archive: Archive, member: str) -> str | None:
    """Return the title that the properties of a document state; None if they state none.

    Args:
        name: the document's path, for error messages.
        archive: the document.
        member: the name of the member that has the properties.

    Raises:
        DocumentError: it is broken or too large.
    """
    inside, text = False, ""
    for event in parse(name, archive.read(member)) if member in archive.names else ():
        if event.name == "title":
            inside = event.opens
        elif inside:
            text += event.text
    return " ".join(text.split()) or None


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

    def events(self, part: str) -> Iterator[XmlEvent]:
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
        """Return the title that the properties of the document state; None if they state none."""
        return stated_title(self._name, self._archive, "docProps/core.xml")
