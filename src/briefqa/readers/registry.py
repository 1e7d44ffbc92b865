"""Telling the format of a document: by what it holds first, by its name second."""

from __future__ import annotations

import os
import re

from briefqa.errors import DocumentError, NotADocumentError

__all__ = ["FORMATS", "detect"]

FORMATS = ("plain_text", "markdown", "html", "pdf", "docx", "epub", "email", "subtitles")
"""The readers' modules."""

BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".eml": "email",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
"""Formats of text whose contents may look like plain text."""

BINARY_SUFFIXES = {".pdf": "a PDF file", ".docx": "a Word document", ".epub": "an EPUB book"}
"""Formats that are known by their contents, so that a name alone is wrong."""

PROBE = 1024
"""Bytes looked at for what only the beginning tells."""

HTML = re.compile(
    rb"(?:\s++|<\?xml[^>]*+>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\s++html|html[\s>])",
    re.IGNORECASE,
)
SUBTITLES = re.compile(
    rb"\s*+(?:WEBVTT(?=\s|$)|\d{1,9}[ \t]*+\r?\n(?:\d++:)?\d\d:\d\d[,.]\d{3}[ \t]++-->)"
)
HEADER = re.compile(rb"(?:([!-9;-~]{1,76}):.*+|[ \t].*+)\r?+\n")
MAIL_HEADERS = (b"message-id", b"mime-version", b"received", b"return-path")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def detect(name: str, data: bytes) -> str:
    """Return the format of a document, one of `FORMATS`.

    Args:
        name: its path.
        data: its contents.

    Raises:
        NotADocumentError: it is an archive of some other kind.
        DocumentError: it is encrypted, or its name promises what it does not hold.
    """
    suffix = os.path.splitext(name)[1].lower()
    beginning = data[:PROBE].removeprefix(BYTE_ORDER_MARK)
    # Readers of PDF forgive what stands before the mark.
    if beginning.lstrip().startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in beginning):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archived(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _compound(name, data)
    text = _text_format(beginning)
    if text is None and suffix in BINARY_SUFFIXES:
        raise DocumentError(name, f"not {BINARY_SUFFIXES[suffix]}, though its name says so")
    return text or BY_SUFFIX.get(suffix, "plain_text")


def _archived(name: str, data: bytes) -> str:
    """Tell what a zip archive holds."""
    from briefqa.readers.archive import Archive

    members = Archive(name, data).names
    if "word/document.xml" in members:
        return "docx"
    if "META-INF/container.xml" in members:
        return "epub"
    raise NotADocumentError(name, "an archive, neither a Word document nor an EPUB book")


def _compound(name: str, data: bytes) -> DocumentError:
    """Say what is wrong with a file of Microsoft's older kind, which also holds encrypted ones."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return DocumentError(name, "encrypted; save it without a password")
    return NotADocumentError(name, "an old Office file; save it as .docx or .pdf")


def _text_format(beginning: bytes) -> str | None:
    """Tell what a text says of itself; None where it says nothing."""
    if HTML.match(beginning):
        return "html"
    if SUBTITLES.match(beginning):
        return "subtitles"
    return "email" if _is_mail(beginning) else None


def _is_mail(beginning: bytes) -> bool:
    """Whether headers open the text that only programs write, along with who sent it."""
    names = set()
    start = 0
    while line := HEADER.match(beginning, start):
        names.add((line[1] or b"").lower())
        start = line.end()
    return b"from" in names and not names.isdisjoint(MAIL_HEADERS)
