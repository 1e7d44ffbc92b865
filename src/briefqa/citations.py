"""Citations of places in documents, such as `notes.txt:9` and `report.pdf:p3`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

from briefqa.documents import STANDARD_INPUT, Document
from briefqa.errors import DocumentError, UsageError
from briefqa.readers import Block
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Protocol

    class QuotableText(Protocol):
        """A string, or a text of which the app keeps pieces."""

        def __len__(self) -> int: ...
        def count(self, character: str, start: int = ..., end: int = ..., /) -> int: ...
        def endswith(self, suffix: str, /) -> bool: ...

    class QuotableDocument(Protocol):
        """What is needed of a document to find a place in it."""

        @property
        def path(self) -> str: ...
        @property
        def text(self) -> QuotableText: ...
        @property
        def blocks(self) -> Sequence[Block]: ...


__all__ = ["Citation", "QuotedLines", "count_lines", "find_lines", "parse_citation", "quote_lines"]

CITATION = re.compile(
    r"(.+?):(?:([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])|p([0-9]{1,9})|([0-9]{1,9})(?:-([0-9]{1,9}))?):?",
    re.DOTALL,
)
"""A path, then a time, a page, or a line and optionally a last line. A colon may follow, as it does
where a line of output was copied without its sentence."""


SHOWN = 5
"""The maximum number of embedded documents that an error message names."""


class Citation(Record):
    """A citation of a place in a document; of all of it if there are no lines, page or time.

    Attributes:
        path: the path of the document; `-` is standard input.
        lines: the first and the last line of the document's text, from 1, inclusive.
        page: the page, from 1.
        time: in whole seconds.
        member: the name of the embedded document that these belong to, such as an attachment;
            None if they belong to the document itself.
    """

    path: str
    lines: tuple[int, int] | None = None
    page: int | None = None
    time: int | None = None
    member: str | None = None


class QuotedLines(Record):
    """Lines of a document: those of a place, and the context around them.

    Attributes:
        path: the path of the document.
        title: the title of the document.
        text: the lines, without a line feed after the last.
        first: the number of the first of them, from 1, in the text of the document, or of the
            embedded document that the place is in.
        cited: the first and the last line of the place itself, from 1, inclusive.
    """

    path: str
    title: str
    text: str
    first: int
    cited: tuple[int, int]


def parse_citation(written: str, is_document: Callable[[str], bool] = os.path.exists) -> Citation:
    """Parse a citation.

    Args:
        written: a path, which may be followed by `!` and the name of an embedded document, and by a
            place.
        is_document: returns whether there is a document of a path: whatever its name looks like,
            it is the path.

    Raises:
        UsageError: the lines are not a range that counts from 1.
    """
    match = CITATION.fullmatch(written)
    if match is None or is_document(written):
        return _in_member(Citation(written), is_document)
    path, hours, minutes, seconds, page, first, last = match.groups()
    if hours:
        citation = Citation(path, time=int(hours) * 3600 + int(minutes) * 60 + int(seconds))
    elif page:
        citation = Citation(path, page=int(page))
    else:
        citation = Citation(path, (int(first), int(last or first)))
    if citation.lines and not 1 <= citation.lines[0] <= citation.lines[1]:
        raise UsageError(f"{written}: lines count from 1, and the last cannot precede the first")
    return _in_member(citation, is_document)


def _in_member(citation: Citation, is_document: Callable[[str], bool]) -> Citation:
    """Split the name of an embedded document off the path."""
    if "!" not in citation.path or is_document(citation.path):
        return citation
    for mark in re.finditer("!", citation.path):
        path = citation.path[: mark.start()]
        if path == STANDARD_INPUT or is_document(path):
            return citation._replace(path=path, member=citation.path[mark.end() :])
    return citation


def count_lines(text: QuotableText) -> int:
    """Return the number of lines of a text; a line feed at its end does not start another."""
    return text.count("\n") + (not text.endswith("\n") and len(text) > 0)


def find_lines(document: QuotableDocument, citation: Citation) -> tuple[int, int]:
    """Return the first and the last line of a place in a document, from 1, inclusive.

    The lines of a page are those of the blocks that begin on it, the lines of a time those of what
    is being said at that time.

    Raises:
        DocumentError: the document has no such place.
    """
    blocks = _blocks(document, citation)
    if citation.page is not None:
        return _lines(document, _page_blocks(document.path, blocks, citation.page))
    if citation.time is not None:
        return _lines(document, _time_blocks(document.path, blocks, citation.time))
    start, end = _extent(document, citation, blocks)
    count = end - start + 1
    first, last = citation.lines or (1, count)
    if first > count:
        lines = f"{count} {'line' if count == 1 else 'lines'}"
        raise DocumentError(document.path, f"it has {lines}, so there is no line {first}")
    return start + first - 1, min(start + last - 1, end)


def _blocks(document: QuotableDocument, citation: Citation) -> Sequence[Block]:
    """Return the blocks of a document, or of the embedded document that a citation names."""
    if citation.member is None:
        return document.blocks
    blocks = [block for block in document.blocks if _is_in(block, citation.member)]
    if not blocks:
        raise DocumentError(document.path, f"it has no {citation.member}{_members(document)}")
    return blocks


def _is_in(block: Block, member: str) -> bool:
    return block.member is not None and f"{block.member.name}!".startswith(f"{member}!")


def _members(document: QuotableDocument) -> str:
    """Return what documents a document has in it, as the end of a message."""
    names = list(dict.fromkeys(block.member.name for block in document.blocks if block.member))
    shown = ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
    return f"; it has {shown}" if names else ""


def _extent(
    document: QuotableDocument, citation: Citation, blocks: Sequence[Block]
) -> tuple[int, int]:
    """Return the first and the last line of a document, or of the embedded document."""
    if citation.member is None:
        return 1, count_lines(document.text)
    first = min(block.member.line for block in blocks if block.member)
    return first, max(first, _lines(document, blocks)[1])


def _page_blocks(path: str, blocks: Sequence[Block], page: int) -> Sequence[Block]:
    """Return the blocks that begin on a page."""
    pages = [block.page for block in blocks if block.page is not None]
    if not pages:
        raise DocumentError(path, "it has no pages; name a line, as in :9")
    if page not in pages:
        reason = f"no text begins on page {page}; the last page with text is {max(pages)}"
        raise DocumentError(path, reason)
    return [block for block in blocks if block.page == page]


def _time_blocks(path: str, blocks: Sequence[Block], time: int) -> Sequence[Block]:
    """Return the blocks of the last time that is not after another."""
    times = [block.time for block in blocks if block.time is not None]
    if not times:
        raise DocumentError(path, "it has no times; name a line, as in :9")
    start = max((each for each in times if each <= time), default=None)
    if start is None:
        raise DocumentError(path, "nothing is said that early")
    return [block for block in blocks if block.time == start]


def _lines(document: QuotableDocument, blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the lines from the first of some blocks to the last."""
    start, end = blocks[0].span.start, blocks[-1].span.end
    first = document.text.count("\n", 0, start) + 1
    return first, first + document.text.count("\n", start, end)


def quote_lines(document: Document, citation: Citation, context: int = 0) -> QuotedLines:
    """Return the lines of a place of a document.

    Args:
        document: the document.
        citation: of the place; its path is not used.
        context: the number of lines to add before and after the place.

    Raises:
        DocumentError: the document has no such place.
    """
    cited = find_lines(document, citation)
    least, most = _extent(document, citation, _blocks(document, citation))
    least = min(least, cited[0])
    first, last = max(least, cited[0] - context), min(most, cited[1] + context)
    start = _after_lines(document.text, 0, first - 1)
    text = document.text[start : _after_lines(document.text, start, last - first + 1) - 1]
    shown = cited[0] - least + 1, cited[1] - least + 1
    return QuotedLines(document.path, document.title, text, first - least + 1, shown)


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
