"""Documents assembled from their passages, for users who do not have the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefqa.documents import Document
from briefqa.passages import Part, Passage
from briefqa.readers import Block, Kind
from briefqa.readers.blocks import Member
from briefqa.spans import Span

__all__ = ["assemble"]


def assemble(passages: Sequence[Passage]) -> Document:
    """Return a document with every passage at its span and on its lines.

    What stands between passages is white space.

    Args:
        passages: all passages of the document, in order; at least one.
    """
    text = ""
    line = 1
    for passage in passages:
        breaks = passage.lines[0] - line
        blanks = passage.span.start - len(text) - breaks
        text += " " * blanks + "\n" * breaks + passage.text
        line = passage.lines[1]
    blocks = tuple(block for passage in passages for block in _blocks(passage))
    return Document(passages[0].path, passages[0].title, text, blocks)


def _blocks(passage: Passage) -> Iterator[Block]:
    member = Member(passage.member, passage.member_line) if passage.member else None
    for part in passage.parts or (Part(Span(0, len(passage.text)), "paragraph"),):
        yield Block(
            part.span.shift(passage.span.start),
            Kind(part.kind),
            passage.page,
            passage.time,
            part.level or None,
            part.header or None,
            member,
        )
