"""Documents put together from their passages, for readers who do not have the files."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.documents import Document
from briefqa.passages import Passage
from briefqa.readers import Block, Kind
from briefqa.spans import Span

__all__ = ["assembled"]


def assembled(passages: Sequence[Passage]) -> Document:
    """Put a document together.

    Args:
        passages: all of it, in order; at least one.

    Returns:
        The document, every passage in its place and on its lines, and headings where they fit.
    """
    text, blocks = "", []
    line, heading = 1, None
    for passage in passages:
        wanted = passage.heading if passage.heading != heading else None
        gap = _gap(passage.span.start - len(text), passage.lines[0] - line, wanted or "")
        if above := gap.strip():
            start = len(text) + gap.index(above)
            blocks.append(Block(Span(start, start + len(above)), Kind.HEADING))
        text += gap + passage.text
        blocks.append(Block(passage.span, Kind.PARAGRAPH, passage.page, passage.time))
        line, heading = passage.lines[1], passage.heading
    return Document(passages[0].path, passages[0].title, text, tuple(blocks))


def _gap(size: int, breaks: int, heading: str) -> str:
    """So many characters with so many line breaks, and on a line of its own a heading that fits."""
    room = size - breaks
    if breaks < 2 or "\n" in heading or len(heading) > room:
        heading = ""
    after = min(2, breaks - 1) if heading else 0
    return "\n" * (breaks - after) + heading + " " * (room - len(heading)) + "\n" * after
