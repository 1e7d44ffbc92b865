"""A text in pieces: a long one takes less memory, and no step of work with it takes long."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from briefqa.records import Record

__all__ = ["AnyText", "LongText", "TextPiece", "pieces_of"]

PIECE = 1 << 16
"""Characters of a piece, as long as none of its lines is longer."""


class TextPiece(Record):
    """A part of a text that begins at a line, and ends after a line feed or at the end.

    Attributes:
        start: its first character in the text.
        text: its characters.
        is_last: whether it ends at the end of the text.
    """

    start: int
    text: str
    is_last: bool


class LongText:
    """A text in pieces, which has those methods of a string that are used here.

    Python stores each string in as many bytes a character as its widest character needs, so that a
    single emoji would make a text of 50 MB one of 200 MB.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self._pieces: Sequence[str] = [*_cut(text)]
        lengths = map(len, self._pieces)
        self._starts = array("q", [*accumulate(lengths, initial=0)][:-1])
        self._length = len(text)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, within: slice) -> str:
        """Return consecutive characters."""
        start, end, _ = within.indices(self._length)
        return "".join(self._slices(start, end))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LongText) and self._pieces == other._pieces

    __hash__ = None  # type: ignore[assignment]

    def count(self, character: str, start: int = 0, end: int | None = None, /) -> int:
        """Return how often a character occurs, as `str.count` does."""
        end = self._length if end is None else end
        return sum(piece.count(character) for piece in self._slices(start, end))

    def endswith(self, suffix: str, /) -> bool:
        """Return whether the text ends with another, as `str.endswith` does."""
        return self[max(0, self._length - len(suffix)) :] == suffix

    def pieces(self) -> Iterator[TextPiece]:
        """Yield the pieces in order, at least one."""
        last = len(self._pieces) - 1
        for number, (start, piece) in enumerate(zip(self._starts, self._pieces, strict=True)):
            yield TextPiece(start, piece, number == last)

    def _slices(self, start: int, end: int) -> Iterator[str]:
        """Yield what the pieces have of a range of characters."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for number in range(first, len(self._pieces)):
            offset = self._starts[number]
            if offset >= end:
                return
            yield self._pieces[number][max(0, start - offset) : end - offset]


AnyText = str | LongText


def pieces_of(text: AnyText) -> Iterator[TextPiece]:
    """Yield the pieces of a text; a string is one."""
    if isinstance(text, str):
        yield TextPiece(0, text, True)
    else:
        yield from text.pieces()


def _cut(text: str) -> Iterator[str]:
    """Cut a text after line feeds; a line longer than `PIECE` is in a piece with those before."""
    start = 0
    while len(text) - start > PIECE:
        end = text.rfind("\n", start, start + PIECE) + 1 or text.find("\n", start) + 1
        if not end:
            break
        yield text[start:end]
        start = end
    yield text[start:]
