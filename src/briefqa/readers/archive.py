"""Zip archives, opened warily, and the parts of Office documents in them (ECMA-376, part 2)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from briefqa.errors import DocumentError
from briefqa.readers.budget import current_budget
from briefqa.readers.xml import Event, parse
from briefqa.records import Record

__all__ = ["MEMBER_LIMIT", "Archive", "OfficePackage", "Relation", "application_of"]

MEMBER_LIMIT = 10_000
"""Members of an archive at the most."""
MEMBER_MARK = b"PK\x01\x02"
"""What each entry of an archive's directory opens with (APPNOTE 6.3.10, section 4.3.12)."""
ENCRYPTED = 0x1
"""The flag of an encrypted member."""

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


class Archive:
    """The members of a zip archive, in memory; nothing of it is ever written to disk.

    Args:
        name: the document's path, for error messages.
        data: the whole archive.

    Raises:
        DocumentError: the archive is broken or has too many members.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._budget = current_budget()
        # The directory is parsed at once, so it is counted before it is opened.
        if data.count(MEMBER_MARK) > MEMBER_LIMIT:
            raise DocumentError(name, f"an archive of more than {MEMBER_LIMIT:,} members")
        try:
            self._file = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._broken() from error

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the members."""
        return frozenset(self._file.namelist())

    def read(self, member: str) -> bytes:
        """Unpack a member.

        Args:
            member: its name.

        Raises:
            DocumentError: it is missing, broken or encrypted, or more than the budget.
        """
        if member not in self.names:
            raise DocumentError(self._name, f"broken: it has no {member}")
        info = self._file.getinfo(member)
        if info.flag_bits & ENCRYPTED:
            raise DocumentError(self._name, "encrypted; save it without a password")
        data = self._unpack(info)
        self._budget.spend(self._name, len(data))
        return data

    def stated_title(self, member: str) -> str | None:
        """Return the title that the properties of a document state; None if they state none.

        Args:
            member: the name of the member that has the properties.

        Raises:
            DocumentError: it is broken or too large.
        """
        inside, text = False, ""
        for event in parse(self._name, self.read(member)) if member in self.names else ():
            if event.name == "title":
                inside = event.opens
            elif inside:
                text += event.text
        return " ".join(text.split()) or None

    def _unpack(self, info: ZipInfo) -> bytes:
        """Unpack as much as there is room for, and a byte more."""
        # The other methods need as much memory as the archive says.
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self._broken()
        try:
            with self._file.open(info) as file:
                return file.read(self._budget.room + 1)
        except (BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
            raise self._broken() from error

    def _broken(self) -> DocumentError:
        return DocumentError(self._name, "broken: its archive cannot be unpacked")


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
        """Return the title that the properties of the document state; None if they state none."""
        return self._archive.stated_title("docProps/core.xml")
