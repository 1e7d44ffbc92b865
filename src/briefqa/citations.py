"""Citations of places in documents, such as `notes.txt:9` and `report.pdf:p3`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.documents import Document
from briefqa.errors import DocumentError, UsageError
from briefqa.readers import Block
from briefqa.records import Record

__all__ = ["Place", "QuotedLines", "count_lines", "find_lines", "parse_place", "quote_lines"]

CITATION = re.compile(
    r"(.+?):(?:([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])|p([0-9]{1,9})|([0-9]{1,9})(?:-([0-9]{1,9}))?):?",
    re.DOTALL,
)
"""A path, then a time, a page, or a line and optionally a last line. A colon may follow, as it does
where a line of output was copied without its sentence."""


class Place(Record):
    """A place in a document; the whole document if there are no lines, no page and no time.

    Attributes:
        path: the path of the document; `-` is standard input.
        lines: the first and the last line of the document's text, from 1, inclusive.
        page: the page, from 1.
        time: in whole seconds.
    """

    path: str
    lines: tuple[int, int] | None = None
    page: int | None = None
    time: int | None = None


class QuotedLines(Record):
    """Lines of a document: those of a place, and the context around them.

    Attributes:
        path: the path of the document.
        title: the title of the document.
        text: the lines, without a line feed after the last.
        first: the number of the first of them in the document's text, from 1.
        cited: the first and the last line of the place itself, from 1, inclusive.
    """

    path: str
    title: str
    text: str
    first: int
    cited: tuple[int, int]


def parse_place(citation: str) -> Place:
    """Parse a citation.

    Raises:
        UsageError: the lines are not a range that counts from 1.
    """
    match = CITATION.fullmatch(citation)
    if match is None:
        return Place(citation)
    path, hours, minutes, seconds, page, first, last = match.groups()
    if hours:
        return Place(path, time=int(hours) * 3600 + int(minutes) * 60 + int(seconds))
    if page:
        return Place(path, page=int(page))
    lines = int(first), int(last or first)
    if not 1 <= lines[0] <= lines[1]:
        raise UsageError(f"{citation}: lines count from 1, and the last cannot precede the first")
    return Place(path, lines)


def count_lines(text: str) -> int:
    """Return the number of lines of a text; a line feed at its end does not start another."""
    return text.count("\n") + (not text.endswith("\n") and text != "")


def find_lines(document: Document, place: Place) -> tuple[int, int]:
    """Return the first and the last line of a place in a document, from 1, inclusive.

    The lines of a page are those of the blocks that begin on it, the lines of a time those of what
    is being said at that time.

    Raises:
        DocumentError: the document has no such place.
    """
    if place.page is not None:
        return _lines(document, _page_blocks(document, place.page))
    if place.time is not None:
        return _lines(document, _time_blocks(document, place.time))
    count = count_lines(document.text)
    first, last = place.lines or (1, count)
    if first > count:
        lines = f"{count} {'line' if count == 1 else 'lines'}"
        raise DocumentError(document.path, f"it has {lines}, so there is no line {first}")
    return first, min(last, count)


def _page_blocks(document: Document, page: int) -> Sequence[Block]:
    """Return the blocks that begin on a page."""
    pages = [block.page for block in document.blocks if block.page is not None]
    if not pages:
        raise DocumentError(document.path, "it has no pages; name a line, as in :9")
    if page not in pages:
        reason = f"no text begins on page {page}; the last page with text is {max(pages)}"
        raise DocumentError(document.path, reason)
    return [block for block in document.blocks if block.page == page]


def _time_blocks(document: Document, time: int) -> Sequence[Block]:
    """Return the blocks of the last time that is not after another."""
    times = [block.time for block in document.blocks if block.time is not None]
    if not times:
        raise DocumentError(document.path, "it has no times; name a line, as in :9")
    start = max((each for each in times if each <= time), default=None)
    if start is None:
        raise DocumentError(document.path, "nothing is said that early")
    return [block for block in document.blocks if block.time == start]


def _lines(document: Document, blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the lines from the first of some blocks to the last."""
    start, end = blocks[0].span.start, blocks[-1].span.end
    first = document.text.count("\n", 0, start) + 1
    return first, first + document.text.count("\n", start, end)


def quote_lines(document: Document, place: Place, context: int = 0) -> QuotedLines:
    """Return the lines of a place of a document.

    Args:
        document: the document.
        place: the place; its path is not looked at.
        context: the number of lines to add before and after the place.

    Raises:
        DocumentError: the document has no such place.
    """
    cited = find_lines(document, place)
    first = max(1, cited[0] - context)
    start = _after_lines(document.text, 0, first - 1)
    end = _after_lines(document.text, start, cited[1] + context - first + 1) - 1
    return QuotedLines(document.path, document.title, document.text[start:end], first, cited)


def _after_lines(text: str, offset: int, count: int) -> int:
    """Return the offset that is so many lines after that of a line.

    After the last line that is one past its line feed, even if it has none.
    """
    for _ in range(count):
        feed = text.find("\n", offset)
        if feed < 0:
            return offset if offset == len(text) else len(text) + 1
        offset = feed + 1
    return offset
