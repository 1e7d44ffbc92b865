"""A text in compressed pieces: it takes little memory, and no step of work with it takes long."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from zlib import compress, decompress

from briefqa.records import Record

__all__ = ["AnyText", "LongText", "TextPiece", "cut_lines", "pieces_of"]

PIECE = 1 << 15
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
    """A text in compressed pieces, with those methods of a string that are used here.

    A string has as many bytes a character as its widest character needs, so that a single emoji
    makes one of 200 MB of a text of 50 MB.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        pieces = [*cut_lines(text)]
        self._starts = array("q", [*accumulate(map(len, pieces), initial=0)][:-1])
        self._length = len(text)
        self._pieces = [_compressed(piece) for piece in pieces]
        # The piece that was used last: rows that are drawn one after the other are often in one.
        self._latest = 0, pieces[0]

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
        for number, start in enumerate(self._starts):
            yield TextPiece(start, self._piece(number), number == last)

    def _piece(self, number: int) -> str:
        latest, piece = self._latest
        if latest != number:
            piece = decompress(self._pieces[number]).decode("utf-8", "surrogatepass")
            self._latest = number, piece
        return piece

    def _slices(self, start: int, end: int) -> Iterator[str]:
        """Yield what the pieces have of a range of characters."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for number in range(first, len(self._pieces)):
            offset = self._starts[number]
            if offset >= end:
                return
            yield self._piece(number)[max(0, start - offset) : end - offset]


AnyText = str | LongText


def pieces_of(text: AnyText) -> Iterator[TextPiece]:
    """Yield the pieces of a text; a string is one."""
    if isinstance(text, str):
        yield TextPiece(0, text, True)
    else:
        yield from text.pieces()


def _compressed(piece: str) -> bytes:
    return compress(piece.encode("utf-8", "surrogatepass"), 1)


def cut_lines(text: str) -> Iterator[str]:
    """Cut a text after line feeds into pieces of `PIECE` characters at most, or of one line."""
    start = 0
    while len(text) - start > PIECE:
        end = text.rfind("\n", start, start + PIECE) + 1 or text.find("\n", start) + 1
        if not end:
            break
        yield text[start:end]
        start = end
    yield text[start:]
