"""The bytes of a document, as formats look at them to recognise it."""

from __future__ import annotations

import os
import re
from functools import cached_property

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.readers.archive import Archive

__all__ = ["COMPOUND_FILE", "ZIP_ARCHIVE", "Content"]

PROBE = 1024
"""Bytes searched for marks that stand at the beginning of a document."""
HEAD = 16 * 1024
"""Bytes in which headers of e-mail are looked for."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP_ARCHIVE = b"PK\x03\x04"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's Compound File Binary format: old Office files, and encrypted new ones."""
HEADER = re.compile(rb"(?:([!-9;-~]{1,76}):.*+|[ \t].*+)\r?+\n")


class Content:
    """The path and the bytes of a document.

    Args:
        name: the document's path.
        data: its whole contents.

    Attributes:
        name: the path.
        data: the contents.
        suffix: of the path, in lower case, with its dot.
        beginning: the first `PROBE` bytes, without a byte-order mark.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self.suffix = os.path.splitext(name)[1].lower()
        self.beginning = data[:PROBE].removeprefix(BYTE_ORDER_MARK)

    @cached_property
    def archive(self) -> Archive | None:
        """The zip archive that it is; None where it is none.

        Raises:
            DocumentError: the archive is broken or has too many members.
        """
        if not self.data.startswith(ZIP_ARCHIVE):
            return None
        from briefqa.readers.archive import Archive

        return Archive(self.name, self.data)

    @cached_property
    def application(self) -> str | None:
        """The application that it is an office document of; see `office_package`.

        Raises:
            DocumentError: it is an archive that is broken.
        """
        if self.archive is None:
            return None
        from briefqa.readers.office_package import application_of

        return application_of(self.name, self.archive)

    def has_member(self, name: str) -> bool:
        """Whether it is a zip archive with a member of a name."""
        return self.archive is not None and name in self.archive.names

    @cached_property
    def open_document_type(self) -> str:
        """What it says of itself as an OpenDocument file, such as `text`; empty for other files.

        Raises:
            DocumentError: it is an archive that is broken.
        """
        if self.archive is None or "mimetype" not in self.archive.names:
            return ""
        kind = self.archive.read("mimetype").decode("ascii", "replace").strip()
        prefix, _, name = kind.partition("opendocument.")
        return name if prefix == "application/vnd.oasis." else ""

    def header_names(self, start: int = 0) -> set[bytes]:
        """Return the names of the headers of e-mail that stand at its beginning, in small letters.

        Args:
            start: where they begin.
        """
        names = set()
        head = self.data[:HEAD].removeprefix(BYTE_ORDER_MARK)
        while line := HEADER.match(head, start):
            names.add((line[1] or b"").lower())
            start = line.end()
        return names
