"""HTML: what a reader of the page reads, without its navigation.

The tags are taken one by one and no tree is built: parsers that build one as browsers do need
quadratic time for tags nested deeply, and what is wanted here, which words belong together, the
tags tell by themselves.
"""

from __future__ import annotations

import re

from briefqa.readers.blocks import Reading, ReadingWriter
from briefqa.readers.charset import decode, decode_declared, decode_document
from briefqa.readers.html_page import PageBlock, PageReader
from briefqa.readers.html_survey import survey_page

__all__ = ["decode_page", "html_reading", "read_html"]

DECLARED = re.compile(
    rb"<(?:meta\s[^<>]{0,200}?charset|\?xml\s[^<>]{0,100}?encoding)\s*+=\s*+[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
"""The encoding, as a page declares it."""
HEAD = 50_000
"""Characters at the beginning of a page among which its date is looked for."""
META = re.compile(r"(?i)<meta\b[^<>]{0,1000}>")
NAMED_DATE = re.compile(
    r"(?i)\b(?:property|name|itemprop)\s*=\s*[\"']?(?:article:published_time|datePublished"
    r"|pubdate|publish-?date|dc(?:terms)?\.(?:date|created|issued)(?:\.\w+)?|date)[\"'\s>/]"
)
CONTENT = re.compile(r"(?i)\bcontent\s*=\s*[\"']([^\"']{0,100})")
STATED_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{0,100})\"")
TIME = re.compile(r"(?i)<time\b[^<>]{0,200}?\bdatetime\s*=\s*[\"']?([^\"'<>]{0,100})")
PROBE = 4096
"""Bytes looked at for the declaration of the encoding."""


def read_html(name: str, data: bytes) -> Reading:
    """Read a page.

    Headings keep their levels. Each block is a line of the extracted text, but for line breaks
    and text that is preformatted.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    binary = b"\0" in data[:PROBE]
    return html_reading(decode_document(name, data) if binary else decode_page(data))


def html_reading(source: str, *, whole: bool = True) -> Reading:
    """Read the source of a page.

    Args:
        source: HTML or XHTML, however damaged.
        whole: whether it is a document, not a chapter of one, whose headings all stay.
    """
    writer = ReadingWriter()

    def add(block: PageBlock) -> None:
        writer.add(
            block.text, block.kind, level=block.level, header=block.header, marker=block.marker
        )

    page = PageReader(add)
    page.feed(source, survey_page(source, whole=whole))
    page.close()
    if not whole:
        return writer.part()
    reading = writer.reading(" ".join(page.title.split()) or None)
    return reading._replace(date=_date(source[:HEAD]))


def _date(head: str) -> str | None:
    """Return the date of publication that a page declares, as written there.

    The names are those of Open Graph, schema.org, Dublin Core and HTML's own `time`.
    """
    for element in META.finditer(head):
        named, content = NAMED_DATE.search(element[0]), CONTENT.search(element[0])
        if named and content:
            return content[1]
    stated = STATED_DATE.search(head) or TIME.search(head)
    return stated[1] if stated else None


def decode_page(data: bytes) -> str:
    """Decode the source of a page by what it declares, where it is not UTF-8.

    Args:
        data: the source; a byte-order mark stands above what it declares.
    """
    declared = DECLARED.search(data, 0, PROBE)
    if declared is None:
        return decode(data)
    return decode(decode_declared(data, declared[1].decode("ascii", "replace")).encode())
