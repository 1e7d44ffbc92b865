"""Places of documents as citations name them, such as `notes.txt:9` and `report.pdf:p3`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefqa.documents import Document
from briefqa.errors import DocumentError, UsageError
from briefqa.readers import Block
from briefqa.records import Record

__all__ = ["Place", "QuotedLines", "count_lines", "find_lines", "parse_place", "quote_lines"]

CITATION = re.compile(
    r"(.+?):(?:([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])|p([0-9]{1,9})|([0-9]{1,9})(?:-([0-9]{1,9}))?):?",
    re.DOTALL,
)
"""A path, then a time, a page, or a line and perhaps a last one; `path:line:` is what is left of
a line of output without its sentence."""


class Place(Record):
    """A place of a document; without lines, page and time it is all of it.

    Attributes:
        path: the document's path; `-` is standard input.
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
        path: the document's path.
        title: the document's title.
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
    """Take a citation apart.

    Raises:
        UsageError: its lines count from 0, or backwards.
    """
    found = CITATION.fullmatch(citation)
    if found is None:
        return Place(citation)
    path, hours, minutes, seconds, page, first, last = found.groups()
    if hours:
        return Place(path, time=int(hours) * 3600 + int(minutes) * 60 + int(seconds))
    if page:
        return Place(path, page=int(page))
    lines = int(first), int(last or first)
    if not 1 <= lines[0] <= lines[1]:
        raise UsageError(f"{citation}: lines count from 1, and upwards")
    return Place(path, lines)


def count_lines(text: str) -> int:
    """Return how many lines a text has; a line feed at its end begins no other."""
    return text.count("\n") + (not text.endswith("\n") and text != "")


def find_lines(document: Document, place: Place) -> tuple[int, int]:
    """Return the first and the last line of a place of a document, from 1, inclusive.

    A page is what begins on it, a time what is being said then.

    Raises:
        DocumentError: the document has no such place.
    """
    if place.page is not None:
        return _lines_of(document, _on_page(document, place.page))
    if place.time is not None:
        return _lines_of(document, _said_at(document, place.time))
    count = count_lines(document.text)
    first, last = place.lines or (1, count)
    if first > count:
        raise DocumentError(document.path, f"it has {_counted(count)}, so there is no line {first}")
    return first, min(last, count)


def _counted(lines: int) -> str:
    return f"{lines} {'line' if lines == 1 else 'lines'}"


def _on_page(document: Document, page: int) -> list[Block]:
    pages = [block.page for block in document.blocks if block.page is not None]
    if not pages:
        raise DocumentError(document.path, "it has no pages; name a line, as in :9")
    if page not in pages:
        reason = f"no text begins on page {page}; the last page with text is {max(pages)}"
        raise DocumentError(document.path, reason)
    return [block for block in document.blocks if block.page == page]


def _said_at(document: Document, time: int) -> list[Block]:
    times = [block.time for block in document.blocks if block.time is not None]
    if not times:
        raise DocumentError(document.path, "it has no times; name a line, as in :9")
    said = max((each for each in times if each <= time), default=None)
    if said is None:
        raise DocumentError(document.path, "nothing is said so early")
    return [block for block in document.blocks if block.time == said]


def _lines_of(document: Document, blocks: Iterable[Block]) -> tuple[int, int]:
    """The lines from the first of some blocks to the last."""
    spans = [block.span for block in blocks]
    first = document.text.count("\n", 0, spans[0].start) + 1
    return first, first + document.text.count("\n", spans[0].start, spans[-1].end)


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
