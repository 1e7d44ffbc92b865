"""The bytes of a document, as formats look at them, and formats that are refused by name."""

from __future__ import annotations

import os
import re
from functools import cached_property

from briefqa.errors import DocumentError, NotADocumentError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.readers.archive import Archive

__all__ = ["COMPOUND_FILE", "ZIP_ARCHIVE", "Content", "refuse"]

PROBE = 1024
"""Bytes searched for marks that stand at the beginning of a document."""
HEAD = 16 * 1024
"""Bytes in which headers of e-mail are looked for."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP_ARCHIVE = b"PK\x03\x04"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's Compound File Binary format: old Office files, and encrypted new ones."""
HEADER = re.compile(rb"(?:([!-9;-~]{1,76}):.*+|[ \t].*+)\r?+\n")

STREAMS = {
    "WordDocument": "a Word 97 document; save it as .docx",
    "PowerPoint Document": "a PowerPoint 97 file; save it as .pptx",
    "Workbook": "an Excel 97 workbook; save it as .xlsx",
    "Book": "an Excel 95 workbook; save it as .xlsx",
    "VisioDocument": "a Visio drawing; save it as .pdf",
    "__properties_version1.0": "an Outlook message; save it as .eml",
    "Props9": "a Project plan; save it as .xlsx",
}
"""What the streams of a compound file tell of it."""
MEMBERS = {
    "visio/document.xml": "a Visio drawing; save it as .pdf",
    "xl/workbook.bin": "a binary Excel workbook; save it as .xlsx",
    "Index/Document.iwa": "a Pages, Numbers or Keynote file; export it as .docx, .xlsx or .pptx",
    "Index.zip": "a Pages, Numbers or Keynote file; export it as .docx, .xlsx or .pptx",
    "FixedDocSeq.fdseq": "an XPS document; save it as .pdf",
    "AndroidManifest.xml": "an Android application",
    "META-INF/MANIFEST.MF": "a Java archive",
}
"""What the members of a zip archive tell of it."""
SIGNATURES = (
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "a 7z archive; unpack it"),
    (re.compile(rb"Rar!\x1a\x07"), "a RAR archive; unpack it"),
    (re.compile(rb"BZh[1-9]1AY&SY"), "a bzip2 archive; unpack it"),
    (re.compile(rb"\xfd7zXZ\x00"), "an xz archive; unpack it"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "a Zstandard archive; unpack it"),
    (re.compile(rb"(?s:.{257})ustar"), "a tar archive; unpack it"),
    (re.compile(rb"(?s:.{60})(?:BOOKMOBI|TEXtREAd)"), "a Kindle book; convert it to EPUB"),
    (re.compile(rb"AT&TFORM"), "a DjVu document; convert it to PDF"),
    (re.compile(rb"ITSF"), "a Windows help file; unpack it"),
    (re.compile(rb"!BDN"), "an Outlook mailbox; export it as .mbox"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|(?s:.{4})ftyp(?:heic|avif)"),
     "a picture; run text recognition on it"),
    (re.compile(rb"SQLite format 3\x00"), "a SQLite database; export it as .csv"),
    (re.compile(rb"\xdb\xa5-\x00|(?s:.{2}\xa5\xdc)\x00"), "an old Word document; save it as .docx"),
    (re.compile(rb"\x09\x08\x10\x00|\x09\x04\x06\x00"), "an old Excel workbook; save it as .xlsx"),
)  # fmt: skip
"""How files of other formats begin."""


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
        """The zip archive that it is; None if it is none.

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
        from briefqa.readers.package import application_of

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


def refuse(content: Content) -> None:
    """Raise an error for what is in a known format that is not read; return otherwise.

    Raises:
        NotADocumentError: it is in such a format, or an archive of an unknown kind.
        DocumentError: it is an encrypted document.
    """
    if content.data.startswith(COMPOUND_FILE):
        _refuse_compound_file(content)
    if content.data.startswith(ZIP_ARCHIVE):
        reasons = (reason for member, reason in MEMBERS.items() if content.has_member(member))
        unknown = "a zip archive, not a document in a known format"
        raise NotADocumentError(content.name, next(reasons, unknown))
    for signature, reason in SIGNATURES:
        if signature.match(content.data):
            raise NotADocumentError(content.name, reason)


def _refuse_compound_file(content: Content) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content.data:
        raise DocumentError(content.name, "encrypted; save it without a password")
    reasons = (reason for stream, reason in STREAMS.items() if _has_stream(content, stream))
    raise NotADocumentError(
        content.name, next(reasons, "an old Office file; save it as .docx or .pdf")
    )


def _has_stream(content: Content, name: str) -> bool:
    """Whether a compound file has an entry of a name in its directory (MS-CFB, section 2.6.1)."""
    return name.encode("utf-16-le") + b"\0\0" in content.data
