"""What a posting counts, by its code.

A code stands for how often a passage holds a term and how long the passage is. Codes rise with what
rank-bm25 makes of the two, so that postings are compared by their codes; and they are spread over
all numbers of their width, so that their highest bytes, the levels, tell most of them apart: what
would be one comparison a code in Python is one call for the levels of them all.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Sequence

__all__ = ["LEVELS", "Impacts", "levels_of", "spread"]

LEVELS = 256
"""The number of levels."""


def spread(codes: int, width: int) -> int:
    """Return how many bits codes are shifted by, from 0, 1, 2 ... on, to fill their width.

    Args:
        codes: how many there are.
        width: the bytes of each.
    """
    return 8 * width - max(1, (codes - 1).bit_length())


def levels_of(codes: memoryview[int]) -> bytes:
    """Return the level of each code."""
    highest = codes.itemsize - 1 if sys.byteorder == "little" else 0
    return bytes(codes)[highest :: codes.itemsize]


class Impacts:
    """What a term of idf 1 adds to a score, by code.

    Args:
        values: of the codes, rising.
        width: the bytes of a code.

    Attributes:
        values: as given.
        shift: a code, shifted by as many bits, is the place of its value.
    """

    def __init__(self, values: Sequence[float], width: int) -> None:
        self.values = values
        self.shift = spread(len(values), width)
        self._below = 8 * (width - 1)

    def __getitem__(self, code: int) -> float:
        return self.values[code >> self.shift]

    def code(self, value: float) -> int:
        """Return the lowest code that adds as much; past all codes where none does."""
        return bisect_left(self.values, value) << self.shift

    def level(self, value: float) -> int:
        """Return the lowest level of which a code adds as much; `LEVELS` where none does."""
        place = bisect_left(self.values, value)
        return place << self.shift >> self._below if place < len(self.values) else LEVELS

    def lowest(self, level: int) -> int:
        """Return the lowest number that a code of a level may be."""
        return level << self._below

    def most_below(self, code: int) -> float:
        """Return what is added at the most below a code; 0 below the first."""
        place = min(-(-code >> self.shift), len(self.values))
        return self.values[place - 1] if place else 0.0
