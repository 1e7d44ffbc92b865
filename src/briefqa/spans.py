"""Half-open ranges of characters, the one coordinate system of the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.records import Record

__all__ = ["Span", "lines_backwards", "lines_of", "merge", "trim"]


class Span(Record):
    """A range of characters of some text: `text[start:end]`.

    Attributes:
        start: the first character, from 0.
        end: one past the last character; never below `start`.
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """The number of characters covered."""
        return self.end - self.start

    def shift(self, offset: int) -> Span:
        """The same range seen from a text that begins `offset` characters earlier."""
        return Span(self.start + offset, self.end + offset)

    def slice(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort `spans` and join those that overlap or touch, so that the result is disjoint."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def trim(text: str, span: Span) -> Span:
    """Shrink `span` past the white space at both its ends; blank text gives an empty span."""
    start, end = span
    piece = text[start:end]
    rest = piece.lstrip()
    start += len(piece) - len(rest)
    return Span(start, start + len(rest.rstrip()))


def lines_of(text: str, span: Span | None = None) -> Iterator[Span]:
    """Yield the lines of a text without their line feeds; there is always one, perhaps empty.

    Args:
        text: any text.
        span: the part of it that is looked at; all of it unless given.
    """
    start, last = span or (0, len(text))
    while (end := text.find("\n", start, last)) >= 0:
        yield Span(start, end)
        start = end + 1
    yield Span(start, last)


def lines_backwards(text: str, span: Span) -> Iterator[Span]:
    """Yield the lines of a part of a text as `lines_of` does, the last one first."""
    first, end = span
    while (feed := text.rfind("\n", first, end)) >= 0:
        yield Span(feed + 1, end)
        end = feed
    yield Span(first, end)
