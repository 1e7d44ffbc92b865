"""Half-open ranges of characters: the coordinate system of the whole package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.records import Record

__all__ = ["Span", "lines_of", "merge", "reversed_lines_of", "trim"]


class Span(Record):
    """A range of characters of a text: `text[start:end]`.

    Attributes:
        start: the first character, from 0.
        end: one past the last character; at least `start`.
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """The number of characters."""
        return self.end - self.start

    def shift(self, offset: int) -> Span:
        """Return the same range in a text that begins `offset` characters earlier."""
        return Span(self.start + offset, self.end + offset)

    def slice(self, text: str) -> str:
        """Return the characters of the span in `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies within the span."""
        return self.start <= other.start and other.end <= self.end


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or touch; the result is disjoint."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def trim(text: str, span: Span) -> Span:
    """Return a span without the white space at its ends; it is empty if the text is blank."""
    piece = span.slice(text)
    rest = piece.lstrip()
    start = span.start + len(piece) - len(rest)
    return Span(start, start + len(rest.rstrip()))


def lines_of(text: str, span: Span | None = None) -> Iterator[Span]:
    """Yield the lines of a text without their line feeds; an empty text has one, empty line.

    Args:
        text: the text.
        span: the part of the text to use; None for all of it.
    """
    span = span or Span(0, len(text))
    start, last = span.start, span.end
    while (end := text.find("\n", start, last)) >= 0:
        yield Span(start, end)
        start = end + 1
    yield Span(start, last)


def reversed_lines_of(text: str, span: Span) -> Iterator[Span]:
    """Yield the lines of a part of a text as `lines_of` does, in reverse order."""
    first, end = span.start, span.end
    while (feed := text.rfind("\n", first, end)) >= 0:
        yield Span(feed + 1, end)
        end = feed
    yield Span(first, end)
