"""The table of formats: how each is recognised, read and opened.

To add a format, write a reader and add a row to `FORMATS`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from enum import Enum
from functools import cached_property

from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers.blocks import Reading
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.readers.archive import Archive

__all__ = ["FORMATS", "Content", "Format", "Opens", "detect"]

PROBE = 1024
"""Bytes searched for marks that stand at the beginning of a document."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP_ARCHIVE = b"PK\x03\x04"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's Compound File Binary format: old Office files, and encrypted new ones."""

HTML = re.compile(
    rb"(?:\s++|<\?xml[^>]*+>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\s++html|html[\s>])",
    re.IGNORECASE,
)
SUBTITLES = re.compile(
    rb"\s*+(?:WEBVTT(?=\s|$)|\d{1,9}[ \t]*+\r?\n(?:\d++:)?\d\d:\d\d(?:[,.]\d{1,3})?[ \t]*+-->)"
)
HEADER = re.compile(rb"(?:([!-9;-~]{1,76}):.*+|[ \t].*+)\r?+\n")
MAIL_HEADERS = (b"message-id", b"mime-version", b"received", b"return-path")
"""Headers that only mail programs write."""


class Opens(Enum):
    """What opens a document of a format for its reader."""

    EDITOR_AT_LINE = "editor at line"
    """An editor, at a line: the lines of the text are those of the file."""
    EDITOR = "editor"
    """An editor: the file is text, but its lines are others."""
    VIEWER = "viewer"
    """A viewer of the desktop: the file is not text."""


class Content:
    """The bytes of a document, as formats look at them to recognise it.

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


class Format(Record):
    """A format of documents.

    Attributes:
        name: its name.
        suffixes: the suffixes of file names that stand for it, in lower case.
        recognise: returns whether content is in this format, whatever the file is called.
        read: reads a document, given its path and contents.
        opens: what opens a document for its reader.
        required: what a file with one of the suffixes must be, as a noun with its article; None
            where the suffix is enough.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Content], bool]
    read: Callable[[str, bytes], Reading]
    opens: Opens
    required: str | None = None


def detect(name: str, data: bytes) -> Format:
    """Return the format of a document: by its contents first, by its name second.

    Args:
        name: its path.
        data: its contents.

    Raises:
        NotADocumentError: it is an archive or an Office file in no known format.
        DocumentError: it is encrypted, or its contents are not what its name says.
    """
    content = Content(name, data)
    for each in FORMATS:
        if each.recognise(content):
            return each
    _refuse_binary(content)
    for each in FORMATS:
        if content.suffix in each.suffixes:
            if each.required:
                raise DocumentError(name, f"not {each.required}, though its name says so")
            return each
    return PLAIN_TEXT


def _refuse_binary(content: Content) -> None:
    """Raise an error for archives and Office files that no format recognises."""
    if content.data.startswith(ZIP_ARCHIVE):
        raise NotADocumentError(content.name, "a zip archive, not a document in a known format")
    if content.data.startswith(COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in content.data:
            raise DocumentError(content.name, "encrypted; save it without a password")
        raise NotADocumentError(content.name, "an old Office file; save it as .docx or .pdf")


def _is_pdf(content: Content) -> bool:
    # PDF programs accept other bytes before the mark.
    if content.suffix == ".pdf":
        return b"%PDF-" in content.beginning
    return content.beginning.lstrip().startswith(b"%PDF-")


def _is_mail(content: Content) -> bool:
    """Whether it begins with headers, a sender among them and one that only programs write."""
    names = set()
    start = 0
    while line := HEADER.match(content.beginning, start):
        names.add((line[1] or b"").lower())
        start = line.end()
    return b"from" in names and not names.isdisjoint(MAIL_HEADERS)


def _by_suffix_alone(content: Content) -> bool:
    """Return False, for formats whose contents may be plain text."""
    return False


def _read_pdf(name: str, data: bytes) -> Reading:
    from briefqa.readers.pdf import read_pdf

    return read_pdf(name, data)


def _read_docx(name: str, data: bytes) -> Reading:
    from briefqa.readers.docx import read_docx

    return read_docx(name, data)


def _read_epub(name: str, data: bytes) -> Reading:
    from briefqa.readers.epub import read_epub

    return read_epub(name, data)


def _read_html(name: str, data: bytes) -> Reading:
    from briefqa.readers.html import read_html

    return read_html(name, data)


def _read_subtitles(name: str, data: bytes) -> Reading:
    from briefqa.readers.subtitles import read_subtitles

    return read_subtitles(name, data)


def _read_email(name: str, data: bytes) -> Reading:
    from briefqa.readers.email import read_email

    return read_email(name, data)


def _read_markdown(name: str, data: bytes) -> Reading:
    from briefqa.readers.markdown import read_markdown

    return read_markdown(name, data)


def _read_plain_text(name: str, data: bytes) -> Reading:
    from briefqa.readers.plain_text import read_plain_text

    return read_plain_text(name, data)


PLAIN_TEXT = Format("plain_text", (), _by_suffix_alone, _read_plain_text, Opens.EDITOR_AT_LINE)
"""The format of everything that is in no other."""
FORMATS = (
    Format("pdf", (".pdf",), _is_pdf, _read_pdf, Opens.VIEWER, "a PDF file"),
    Format(
        "docx",
        (".docx",),
        lambda content: content.application == "word",
        _read_docx,
        Opens.VIEWER,
        "a Word document",
    ),
    Format(
        "epub",
        (".epub",),
        lambda content: content.has_member("META-INF/container.xml"),
        _read_epub,
        Opens.VIEWER,
        "an EPUB book",
    ),
    Format(
        "html",
        (".htm", ".html", ".xhtml"),
        lambda content: HTML.match(content.beginning) is not None,
        _read_html,
        Opens.EDITOR,
    ),
    Format(
        "subtitles",
        (".srt", ".vtt"),
        lambda content: SUBTITLES.match(content.beginning) is not None,
        _read_subtitles,
        Opens.EDITOR,
    ),
    Format("email", (".eml",), _is_mail, _read_email, Opens.EDITOR),
    Format(
        "markdown",
        (".md", ".markdown", ".mdown", ".mkd"),
        _by_suffix_alone,
        _read_markdown,
        Opens.EDITOR_AT_LINE,
    ),
    PLAIN_TEXT,
)
"""All formats, in the order in which contents are compared with them."""
