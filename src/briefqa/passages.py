"""Passages: the stretches of a document that are ranked and quoted.

A passage is a paragraph, or neighbouring lines of a list. Headings are no passages of their own;
each passage knows the one it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefqa.analysis.sentences import split_sentences
from briefqa.records import Record
from briefqa.spans import Span, trim

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.documents import Document
    from briefqa.readers import Block

__all__ = ["PASSAGE_LIMIT", "Passage", "split_passages"]

WHITE_SPACE = r"\s++"

PASSAGE_LIMIT = 2000
"""Characters of a passage at the most; longer paragraphs are cut."""


class Passage(Record):
    """A stretch of a document that is ranked and quoted as one.

    Attributes:
        path: the document's path, as given or as found in a folder.
        title: the document's title.
        heading: the heading it stands under; None before the first.
        page: the page it stands on, from 1; None where the format has no pages.
        lines: its first and last line in the document's text, from 1, inclusive.
        span: where it stands: characters of the document's text.
        text: the characters themselves.
        time: when it is said, in whole seconds; None where the format has no times.
    """

    path: str
    title: str
    heading: str | None
    page: int | None
    lines: tuple[int, int]
    span: Span
    text: str
    time: int | None = None


def split_passages(document: Document) -> Iterator[Passage]:
    """Yield the passages of a document in order.

    They are disjoint, have no white space at their ends, and are at most `PASSAGE_LIMIT`
    characters long.
    """
    path, title, text, *_ = document
    line, reached = 1, 0
    for block, heading in _joined(document):
        for span in _cut(text, block.span):
            start, end = span
            first = line + text.count("\n", reached, start)
            line, reached = first + text.count("\n", start, end), end
            lines, page, time = (first, line), block.page, block.time
            yield Passage(path, title, heading, page, lines, span, text[start:end], time)


def _joined(document: Document) -> Iterator[tuple[Block, str | None]]:
    """Join neighbouring short blocks, and pair each block with the heading above it."""
    heading: str | None = None
    pending: Block | None = None
    for block in document.blocks:
        if pending and _belongs(pending, block):
            pending = pending._replace(span=Span(pending.span.start, block.span.end))
            continue
        if pending:
            yield pending, heading
            pending = None
        if block.is_heading:
            heading = block.span.slice(document.text)
        else:
            pending = block
    if pending:
        yield pending, heading


def _belongs(pending: Block, block: Block) -> bool:
    """Whether `block` continues the list that `pending` holds."""
    return (
        pending.kind.is_short
        and (block.kind.is_short or (block.level is not None and not block.is_heading))
        and pending.page == block.page
        and block.span.end - pending.span.start <= PASSAGE_LIMIT
    )


def _cut(text: str, span: Span) -> Iterable[Span]:
    """Cut a block that is too long at sentences, a sentence that is too long at words."""
    return (span,) if span.length <= PASSAGE_LIMIT else _cut_long(text, span)


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    start = end = span.start
    for piece in _pieces(text, span):
        if piece.end - start > PASSAGE_LIMIT and end > start:
            yield Span(start, end)
            start = piece.start
        end = piece.end
    yield Span(start, end)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Yield what a passage is put together from: sentences, or parts of overlong ones."""
    for sentence in split_sentences(span.slice(text)):
        yield from _parts(text, sentence.shift(span.start))


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    """Cut an overlong sentence before the last word that does not fit, or anywhere if need be."""
    start = sentence.start
    while sentence.end - start > PASSAGE_LIMIT:
        limit = start + PASSAGE_LIMIT
        end = max(text.rfind(space, start + 1, limit + 1) for space in (" ", "\n", "\t"))
        part = trim(text, Span(start, end if end > start else limit))
        yield part
        blank = re.compile(WHITE_SPACE).match(text, part.end)
        start = blank.end() if blank else part.end
    if start < sentence.end:
        yield Span(start, sentence.end)
