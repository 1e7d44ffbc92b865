"""The numbers of passages in two bytes each.

Passages are counted off in pages of 65,536, and a posting holds a number within its page. Where
there are more pages than one, a term of many postings says where each page begins among them; one
of few names the page of each, which takes less.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from briefqa.index.file_format import IndexFile

__all__ = ["PAGE", "Paged", "PassageNumbers", "find", "longest_named", "pages_of", "width_of"]

BITS = 16
PAGE = 1 << BITS
"""Passages of a page."""
WIDE = 0x100
"""Pages whose numbers do not fit into a byte any more."""
LOW, HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""The places of a number's halves in the memory of the machine."""


def pages_of(passages: int) -> int:
    """Return how many pages as many passages take."""
    return -(-passages // PAGE)


def width_of(pages: int) -> str:
    """Return the type of a page's number, as `array` names it."""
    return "B" if pages <= WIDE else "H"


def longest_named(pages: int) -> int:
    """Return how many postings a term has at the most that names the page of each."""
    return 4 * pages


class Paged(Sequence[int]):
    """The passages of a long term, rising.

    Args:
        numbers: of each, within its page.
        turns: where each page begins among them, and where the last ends.
    """

    def __init__(self, numbers: "memoryview[int]", turns: Sequence[int]) -> None:
        self.numbers = numbers
        self.turns = turns

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: int) -> int:  # type: ignore[override]  # never sliced
        return self._flat[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self._flat)

    @cached_property
    def _flat(self) -> "memoryview[int]":
        """All numbers as they are counted through."""
        halves = memoryview(bytearray(4 * len(self.numbers))).cast("H")
        halves[LOW::2] = self.numbers
        for page, (start, end) in enumerate(pairwise(self.turns)):
            halves[2 * start + HIGH : 2 * end : 2] = array("H", [page]) * (end - start)
        return halves.cast("B").cast("I")

    def find(self, number: int) -> int:
        """Return the place of a passage, or of the first after it."""
        page = number >> BITS
        if page + 1 >= len(self.turns):
            return len(self)
        return bisect_left(self.numbers, number % PAGE, self.turns[page], self.turns[page + 1])


def find(passages: Sequence[int], number: int) -> int:
    """Return the place of a passage among those that hold a term; -1 if it is not."""
    if isinstance(passages, Paged):
        place = passages.find(number)
        page = bisect_right(passages.turns, place) - 1
        found = place < len(passages) and passages.numbers[place] + page * PAGE == number
    else:
        place = bisect_left(passages, number)
        found = place < len(passages) and passages[place] == number
    return place if found else -1


class PassageNumbers:
    """Reads the passages of each term.

    Args:
        file: the index.
        passages: how many there are.
    """

    def __init__(self, file: IndexFile, passages: int) -> None:
        self.pages = pages_of(passages)
        self.within = file.section("postings.passages")
        self.named = file.section("postings.pages")
        self.turns = file.section("postings.turns")
        self.places = file.section("terms.places")

    def of(self, term: int, start: int, end: int) -> Sequence[int]:
        """Return the passages of a term.

        Args:
            term: its number.
            start: the place of its first posting among all.
            end: one past the place of the last.
        """
        numbers = self.within.numbers("H", start, end)
        if self.pages < 2:
            return numbers
        count, place = end - start, self.places.number("I", term)
        if count > longest_named(self.pages):
            turns = self.turns.numbers("I", place, place + self.pages - 1)
            return Paged(numbers, [0, *turns, count])
        named = self.named.numbers(width_of(self.pages), place, place + count)
        whole = (page * PAGE + number for page, number in zip(named, numbers, strict=True))
        return array("I", whole)
