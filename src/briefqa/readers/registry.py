"""The table of formats: how each is recognised, read and opened.

To add a format, write a reader, a function here that imports it, and a row of `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from briefqa.errors import DocumentError
from briefqa.readers.blocks import Reading
from briefqa.readers.content import Content
from briefqa.records import Record

__all__ = ["FORMATS", "Content", "Format", "Opens", "detect"]

HTML = re.compile(
    rb"(?:\s++|<\?xml[^>]*+>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\s++html|html[\s>])",
    re.IGNORECASE,
)
SUBTITLES = re.compile(
    rb"\s*+(?:WEBVTT(?=\s|$)|\d{1,9}[ \t]*+\r?\n(?:\d++:)?\d\d:\d\d(?:[,.]\d{1,3})?[ \t]*+-->)"
)
MAIL_HEADERS = (b"message-id", b"mime-version", b"received", b"return-path")
"""Headers that only mail programs write."""
SEPARATOR = re.compile(rb"From [^\n]*+\n")
"""The line that a mailbox begins with."""


class Opens(Enum):
    """What opens a document of a format for its reader."""

    EDITOR_AT_LINE = "editor at line"
    """An editor, at a line: the lines of the text are those of the file."""
    EDITOR = "editor"
    """An editor: the file is text, but its lines are others."""
    VIEWER = "viewer"
    """A viewer of the desktop: the file is not text."""


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
        NotADocumentError: it is in a format that is known, but not read.
        DocumentError: it is encrypted, or its contents are not what its name says.
    """
    content = Content(name, data)
    for each in FORMATS:
        if each.recognise(content):
            return each
    from briefqa.readers.content import refuse

    refuse(content)
    for each in FORMATS:
        if content.suffix in each.suffixes:
            if each.required:
                raise DocumentError(name, f"not {each.required}, though its name says so")
            return each
    return PLAIN_TEXT


def _is_pdf(content: Content) -> bool:
    # PDF programs accept other bytes before the mark.
    if content.suffix == ".pdf":
        return b"%PDF-" in content.beginning
    return content.beginning.lstrip().startswith(b"%PDF-")


def _is_mail(content: Content) -> bool:
    """Whether it begins with headers that only programs write, together with others."""
    names = content.header_names()
    sent = b"from" in names and not names.isdisjoint(MAIL_HEADERS)
    return sent or names.issuperset((b"mime-version", b"content-type"))


def _is_mailbox(content: Content) -> bool:
    separator = SEPARATOR.match(content.beginning)
    return separator is not None and b"from" in content.header_names(separator.end())


def _by_suffix_alone(content: Content) -> bool:
    """Return False, for formats whose contents may be plain text."""
    return False


def _read_pdf(name: str, data: bytes) -> Reading:
    from briefqa.readers.pdf_worker import read_pdf

    return read_pdf(name, data)


def _read_docx(name: str, data: bytes) -> Reading:
    from briefqa.readers.docx import read_docx

    return read_docx(name, data)


def _read_pptx(name: str, data: bytes) -> Reading:
    from briefqa.readers.pptx import read_pptx

    return read_pptx(name, data)


def _read_xlsx(name: str, data: bytes) -> Reading:
    from briefqa.readers.xlsx import read_xlsx

    return read_xlsx(name, data)


def _read_odt(name: str, data: bytes) -> Reading:
    from briefqa.readers.odf import read_odt

    return read_odt(name, data)


def _read_ods(name: str, data: bytes) -> Reading:
    from briefqa.readers.ods import read_ods

    return read_ods(name, data)


def _read_odp(name: str, data: bytes) -> Reading:
    from briefqa.readers.odf import read_odp

    return read_odp(name, data)


def _read_epub(name: str, data: bytes) -> Reading:
    from briefqa.readers.epub import read_epub

    return read_epub(name, data)


def _read_rtf(name: str, data: bytes) -> Reading:
    from briefqa.readers.rtf import read_rtf

    return read_rtf(name, data)


def _read_gzip(name: str, data: bytes) -> Reading:
    from briefqa.readers.archive import read_gzip

    return read_gzip(name, data)


def _read_html(name: str, data: bytes) -> Reading:
    from briefqa.readers.html import read_html

    return read_html(name, data)


def _read_subtitles(name: str, data: bytes) -> Reading:
    from briefqa.readers.subtitles import read_subtitles

    return read_subtitles(name, data)


def _read_mbox(name: str, data: bytes) -> Reading:
    from briefqa.readers.email import read_mbox

    return read_mbox(name, data)


def _read_email(name: str, data: bytes) -> Reading:
    from briefqa.readers.email import read_email

    return read_email(name, data)


def _read_csv(name: str, data: bytes) -> Reading:
    from briefqa.readers.csv import read_csv

    return read_csv(name, data)


def _read_markdown(name: str, data: bytes) -> Reading:
    from briefqa.readers.markdown import read_markdown

    return read_markdown(name, data)


def _read_mdx(name: str, data: bytes) -> Reading:
    from briefqa.readers.markdown import read_mdx

    return read_mdx(name, data)


def _read_ipynb(name: str, data: bytes) -> Reading:
    from briefqa.readers.ipynb import read_ipynb

    return read_ipynb(name, data)


def _read_org(name: str, data: bytes) -> Reading:
    from briefqa.readers.org import read_org

    return read_org(name, data)


def _read_rst(name: str, data: bytes) -> Reading:
    from briefqa.readers.rst import read_rst

    return read_rst(name, data)


def _read_adoc(name: str, data: bytes) -> Reading:
    from briefqa.readers.adoc import read_adoc

    return read_adoc(name, data)


def _read_plain_text(name: str, data: bytes) -> Reading:
    from briefqa.readers.plain_text import read_plain_text

    return read_plain_text(name, data)


PLAIN_TEXT = Format("plain_text", (), _by_suffix_alone, _read_plain_text, Opens.EDITOR_AT_LINE)
"""The format of everything that is in no other."""
FORMATS = (
    Format("pdf", (".pdf",), _is_pdf, _read_pdf, Opens.VIEWER, "a PDF file"),
    Format(
        "docx",
        (".docx", ".docm", ".dotx", ".dotm"),
        lambda content: content.application == "word",
        _read_docx,
        Opens.VIEWER,
        "a Word document",
    ),
    Format(
        "pptx",
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
        lambda content: content.application == "powerpoint",
        _read_pptx,
        Opens.VIEWER,
        "a PowerPoint file",
    ),
    Format(
        "xlsx",
        (".xlsx", ".xlsm", ".xltx", ".xltm"),
        lambda content: content.application == "excel",
        _read_xlsx,
        Opens.VIEWER,
        "an Excel workbook",
    ),
    Format(
        "odt",
        (".odt", ".ott"),
        lambda content: content.open_document_type.startswith("text"),
        _read_odt,
        Opens.VIEWER,
        "an OpenDocument text",
    ),
    Format(
        "ods",
        (".ods", ".ots"),
        lambda content: content.open_document_type.startswith("spreadsheet"),
        _read_ods,
        Opens.VIEWER,
        "an OpenDocument spreadsheet",
    ),
    Format(
        "odp",
        (".odp", ".otp"),
        lambda content: content.open_document_type.startswith("presentation"),
        _read_odp,
        Opens.VIEWER,
        "an OpenDocument presentation",
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
        "rtf",
        (".rtf",),
        lambda content: content.beginning.lstrip().startswith(b"{\\rtf"),
        _read_rtf,
        Opens.VIEWER,
        "an RTF document",
    ),
    Format(
        "gzip",
        (".gz",),
        lambda content: content.data.startswith(b"\x1f\x8b"),
        _read_gzip,
        Opens.VIEWER,
        "a gzip archive",
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
    Format("mbox", (".mbox", ".mbx"), _is_mailbox, _read_mbox, Opens.EDITOR),
    Format("email", (".eml", ".mht", ".mhtml"), _is_mail, _read_email, Opens.EDITOR),
    Format("csv", (".csv", ".tsv", ".tab"), _by_suffix_alone, _read_csv, Opens.EDITOR_AT_LINE),
    Format(
        "markdown",
        (".md", ".markdown", ".mdown", ".mkd"),
        _by_suffix_alone,
        _read_markdown,
        Opens.EDITOR_AT_LINE,
    ),
    Format("mdx", (".mdx",), _by_suffix_alone, _read_mdx, Opens.EDITOR_AT_LINE),
    Format("org", (".org",), _by_suffix_alone, _read_org, Opens.EDITOR_AT_LINE),
    Format("rst", (".rst", ".rest"), _by_suffix_alone, _read_rst, Opens.EDITOR_AT_LINE),
    Format("adoc", (".adoc", ".asciidoc"), _by_suffix_alone, _read_adoc, Opens.EDITOR_AT_LINE),
    Format("ipynb", (".ipynb",), _by_suffix_alone, _read_ipynb, Opens.EDITOR),
    PLAIN_TEXT,
)
"""All formats, in the order in which contents are compared with them."""
