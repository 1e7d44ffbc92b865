"""The pieces of texts as numbers, found with numpy for many texts at a time.

Nearly all pieces of a text are short, and were met before. The first 16 bytes of each are taken as
two whole numbers, and what they hash to is its place in a table, from which its number comes
without a string being made. A piece that the table does not hold is looked up in a dictionary, and
takes its place in the table over.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from briefqa.analysis.analyzer import parted
from briefqa.index.external_sort import Numbers

__all__ = ["Pieces"]

BITS = 19
"""The table has as many places as numbers of so many bits; the common words of a text fit in."""
HALF = 8
"""Bytes that are compared as one number."""
MASKS = np.array([(1 << 8 * size) - 1 for size in range(HALF + 1)], np.uint64)
"""What keeps so many bytes of a number, by their count."""
MIX, FINISH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
"""Odd numbers without a pattern in their bits; multiplying by them spreads similar words."""
BLANK = ord(" ")


class Pieces(dict[bytes, int]):
    """The number of each piece met, from 0, in the order met; pieces are UTF-8.

    Attributes:
        size: the bytes of all of them.
    """

    def __init__(self) -> None:
        self.size = 0
        self._heads = np.zeros(1 << BITS, np.uint64)
        self._tails = np.zeros(1 << BITS, np.uint64)
        self._numbers = np.zeros(1 << BITS, np.uint32)

    def __missing__(self, piece: bytes) -> int:
        number = self[piece] = len(self)
        self.size += len(piece)
        return number

    def of(self, texts: Sequence[bytes]) -> tuple[Numbers, Numbers]:
        """Find the pieces of texts.

        Args:
            texts: in UTF-8.

        Returns:
            The numbers of the pieces of all of them, in order, and how many of them each text has.
        """
        # A blank before and more behind: a piece's last bytes may be read with what follows them.
        data = parted(b"\0".join([b"", *texts, bytes(2 * HALF)]))
        starts, ends = _bounds(data)
        numbers = self._look_up(data, starts, ends)
        limits = np.cumsum([len(text) + 1 for text in texts])
        return numbers, np.diff(np.searchsorted(starts, limits), prepend=0)

    def _look_up(self, data: bytes, starts: Numbers, ends: Numbers) -> Numbers:
        sizes = ends - starts
        heads, tails = _first_bytes(data, starts, sizes)
        places = ((heads ^ tails * MIX) * FINISH >> np.uint64(64 - BITS)).astype(np.int64)
        numbers = self._numbers.take(places)
        held = (self._heads.take(places) == heads) & (self._tails.take(places) == tails)
        missing = np.flatnonzero(~held | (sizes > 2 * HALF))
        bounds = zip(starts[missing].tolist(), ends[missing].tolist(), strict=True)
        found = [self[data[start:end]] for start, end in bounds]
        numbers[missing] = np.array(found, np.uint32)
        short = missing[sizes[missing] <= 2 * HALF]
        # Of several pieces for one place the last one gets it, in each of the three arrays.
        self._heads[places[short]] = heads[short]
        self._tails[places[short]] = tails[short]
        self._numbers[places[short]] = numbers[short]
        return numbers


def _bounds(data: bytes) -> tuple[Numbers, Numbers]:
    """Where pieces begin and end, between blanks."""
    blank = np.frombuffer(data, np.uint8) == BLANK
    changes = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    return changes[::2], changes[1::2]


def _first_bytes(data: bytes, starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """The first eight bytes of each piece as a number, and the next eight; zeros fill them up."""
    # At each byte of the text stands the number that it and the next seven make.
    halves = np.ndarray(len(data) - HALF + 1, "<u8", data, strides=(1,))
    heads = halves.take(starts) & MASKS.take(sizes, mode="clip")
    tails = halves.take(starts + HALF) & MASKS.take(sizes - HALF, mode="clip")
    return heads, tails
