"""From the blocks of a document to its passages.

What is read together is kept together: a heading and what stands right beneath it, a sentence that
introduces a list, table or piece of code and what it introduces, a term and its definition, a
caption and its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.analysis.sentences import split_sentences
from briefqa.documents import Document
from briefqa.passages import (
    COLONS,
    PASSAGE_LIMIT,
    QUOTED,
    Part,
    Passage,
    introduces,
    is_attribution,
)
from briefqa.readers.blocks import Block, Kind
from briefqa.records import Record
from briefqa.spans import Span, lines_of, trim

__all__ = ["split_passages"]

WHITE_SPACE = re.compile(r"\s++")
FIRST_STEP = re.compile(r"\(?1[.)]\s")
HEADING_LIMIT = 300
"""The maximum length of a heading, as the passages beneath it have it, in characters."""
DEPTH_LIMIT = 10
"""The maximum number of headings above a passage."""
LIST = frozenset([Kind.ITEM, Kind.HEADER, Kind.ROW, Kind.CODE, Kind.LINE])
PROSE = frozenset([Kind.PARAGRAPH, Kind.QUOTATION, Kind.DEFINITION, Kind.NOTE])
UNRELATED = PROSE - {Kind.DEFINITION} | {Kind.HEADER}
"""Prose and tables that are not about the term above them."""
FOLLOWING: dict[Kind, frozenset[Kind]] = {
    Kind.ITEM: frozenset([Kind.ITEM, Kind.TERM, Kind.CAPTION]),
    Kind.ROW: frozenset([Kind.ROW, Kind.HEADER, Kind.CAPTION]),
    Kind.HEADER: frozenset([Kind.CAPTION]),
    Kind.CODE: frozenset([Kind.TERM, Kind.CAPTION, Kind.ITEM]),
    Kind.DEFINITION: frozenset([Kind.TERM, Kind.DEFINITION]),
    Kind.TERM: frozenset([Kind.TERM]),
    Kind.LINE: frozenset([Kind.LINE]),
    Kind.CAPTION: frozenset([Kind.ROW, Kind.CODE]),
}
"""Kinds of blocks, and those that they belong to where they follow them."""


class _Piece(Record):
    """A block that fits into a passage, or a part of a longer one.

    Attributes:
        block: the block.
        span: the characters of the document's text.
    """

    block: Block
    span: Span


def split_passages(document: Document) -> Iterator[Passage]:
    """Yield the passages of a document in order.

    They are disjoint, have no white space at their ends, and are at most `PASSAGE_LIMIT`
    characters long.
    """
    text = document.text
    day, day_from = document.dated
    line, reached = 1, 0
    for headings, pieces in _packed(document):
        block, span = pieces[0].block, pieces[0].span
        start, end = span.start, span.end
        if len(pieces) > 1:
            end = pieces[-1].span.end
            span = Span(start, end)
        first = line + text.count("\n", reached, start)
        line, reached = first + text.count("\n", start, end), end
        yield Passage(
            document.path,
            document.title,
            headings,
            block.page,
            (first, line),
            span,
            text[start:end],
            block.time,
            _parts(pieces, start),
            block.member.name if block.member else None,
            block.member.line if block.member else 1,
            day,
            day_from,
        )


def _parts(pieces: Sequence[_Piece], start: int) -> tuple[Part, ...]:
    """The parts of a passage; a paragraph alone has none."""
    if len(pieces) == 1 and pieces[0].block.kind is Kind.PARAGRAPH:
        return ()
    return tuple(
        Part(
            piece.span.shift(-start),
            piece.block.kind.value,
            piece.block.level or 0,
            piece.block.header or "",
        )
        for piece in pieces
    )


def _packed(document: Document) -> Iterator[tuple[tuple[str, ...], list[_Piece]]]:
    """Pack the blocks that belong together into as few passages as they need."""
    for headings, group in _groups(document):
        first = group[0]
        if len(group) == 1 and first.span.end - first.span.start <= PASSAGE_LIMIT:
            # As nearly all are.
            yield headings, [_Piece(first, first.span)]
            continue
        packed: list[_Piece] = []
        for block in group:
            for span in _cut(document.text, block):
                if packed and span.end - packed[0].span.start > PASSAGE_LIMIT:
                    yield headings, packed
                    packed = []
                if packed and packed[-1].block is block:
                    packed[-1] = _Piece(block, Span(packed[-1].span.start, span.end))
                else:
                    packed.append(_Piece(block, span))
        yield headings, packed


def _groups(document: Document) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Group the blocks that belong together, with the headings that they stand under."""
    above = _Above(document)
    group: list[Block] = []
    for block in document.blocks:
        if group and not _belongs(document.text, group[-1], block):
            yield above.headings(group[0]), group
            group = []
        above.enter(block)
        group.append(block)
    if group:
        yield above.headings(group[0]), group


class _Above:
    """What stands above the block that was entered last.

    Args:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._title = document.title
        self._headings: list[tuple[int, str]] = []
        self._texts: tuple[str, ...] = ()
        self._term: Block | None = None

    def enter(self, block: Block) -> None:
        """Take the next block into account."""
        if block.kind is Kind.TERM:
            self._term = block
        elif block.kind in UNRELATED:
            self._term = None
        elif block.is_heading:
            self._term = None
            self._enter_heading(block)

    def _enter_heading(self, block: Block) -> None:
        level = block.level or 1
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        text = " ".join(block.span.slice(self._text)[:HEADING_LIMIT].split())
        if text != self._title and len(self._headings) < DEPTH_LIMIT:
            self._headings.append((level, text))
        self._texts = tuple(text for _, text in self._headings)

    def headings(self, first: Block) -> tuple[str, ...]:
        """The headings of the passage that ends here.

        Args:
            first: its first block; a term before it is a heading of its definition.
        """
        if self._term and self._term.span.start < first.span.start:
            term = " ".join(self._term.span.slice(self._text)[:HEADING_LIMIT].split())
            return (*self._texts, term)
        return self._texts


def _belongs(text: str, last: Block, block: Block) -> bool:
    """Whether a block is read together with the one before it."""
    if last.kind is block.kind is Kind.PARAGRAPH and not (
        text[last.span.end - 1] in COLONS or None not in (last.level, block.level)
    ):
        return False  # As nearly all are.
    if (last.page, last.time, last.member) != (block.page, block.time, block.member):
        return False
    if text[last.span.end : block.span.start].strip():
        return False
    if block.is_heading:
        return last.is_heading and (last.level or 0) < (block.level or 0)
    if last.is_heading or last.kind in FOLLOWING.get(block.kind, ()):
        return True
    if block.level is not None and last.level is not None:
        return True
    if last.kind in PROSE and _continues(text, block):
        return True
    if last.kind in QUOTED and is_attribution(text, block.span):
        return True
    return (last.kind in PROSE or last.level is not None) and _introduces(text, last, block)


def _continues(text: str, block: Block) -> bool:
    """Whether a block belongs to the prose before it in any case: code, or the first of steps."""
    if block.kind is Kind.ITEM:
        return FIRST_STEP.match(text, block.span.start) is not None
    return block.kind is Kind.CODE


def _introduces(text: str, last: Block, block: Block) -> bool:
    """Whether a block of prose introduces the next block."""
    if block.kind in LIST:
        return introduces(text, last.span)
    return text[last.span.end - 1] in COLONS


def _cut(text: str, block: Block) -> Iterator[Span]:
    """Cut a block that is too long at sentences, a sentence that is too long at words."""
    if block.span.length <= PASSAGE_LIMIT:
        yield block.span
    elif block.kind is Kind.CODE:
        for line in lines_of(text, block.span):
            yield from _trimmed(text, line)
    else:
        for sentence in split_sentences(block.span.slice(text)):
            yield from _words(text, sentence.shift(block.span.start))


def _trimmed(text: str, line: Span) -> Iterator[Span]:
    span = trim(text, line)
    if span.length:
        yield from _words(text, span)


def _words(text: str, sentence: Span) -> Iterator[Span]:
    """Cut an overlong sentence before the last word that does not fit, or anywhere if need be."""
    start = sentence.start
    while sentence.end - start > PASSAGE_LIMIT:
        limit = start + PASSAGE_LIMIT
        end = max(text.rfind(space, start + 1, limit + 1) for space in (" ", "\n", "\t"))
        part = trim(text, Span(start, end if end > start else limit))
        yield part
        blank = WHITE_SPACE.match(text, part.end)
        start = blank.end() if blank else part.end
    if start < sentence.end:
        yield Span(start, sentence.end)
