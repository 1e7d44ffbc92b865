"""The numbers of passages in two bytes each.

Passages are counted off in pages of 65,536, and a posting holds a number within its page. Where
there are more pages than one, a term of many postings says where each page begins among them; one
of few names the page of each, which takes less.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, pairwise

from briefqa.index.container import IndexFile

__all__ = [
    "PAGE",
    "Paged",
    "PassageNumbers",
    "beyond",
    "find",
    "held",
    "longest_named",
    "marked",
    "members",
    "pages_of",
    "width_of",
]

BITS = 16
PAGE = 1 << BITS
"""Passages of a page."""
WIDE = 0x100
"""Pages whose numbers do not fit into a byte any more."""
MARK = b"\1"
SPARSE = 8
"""Marks that are gone through in the time of finding one."""
LOOKUP = 16
"""Passages that are gone through in the time of looking one up."""
LOW, HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""The places of a number's halves in the memory of the machine."""


def pages_of(passages: int) -> int:
    """Return how many pages as many passages take."""
    return -(-passages // PAGE)


def width_of(pages: int) -> str:
    """Return the type of a page's number, as `struct` names it."""
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

    def __init__(self, numbers: memoryview[int], turns: Sequence[int]) -> None:
        self.numbers = numbers
        self.turns = turns

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: int) -> int:  # type: ignore[override]  # never sliced
        return self._flat[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self._flat)

    @cached_property
    def _flat(self) -> memoryview[int]:
        """All numbers as they are counted through."""
        halves = memoryview(bytearray(4 * len(self.numbers))).cast("H")
        halves[LOW::2] = self.numbers
        for page, (start, end) in enumerate(pairwise(self.turns)):
            high = page.to_bytes(2, sys.byteorder) * (end - start)
            halves[2 * start + HIGH : 2 * end : 2] = memoryview(high).cast("H")
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


def beyond(passages: Sequence[int]) -> int:
    """Return a number past those of all passages that hold a term, of which there are some."""
    return (len(passages.turns) - 1) * PAGE if isinstance(passages, Paged) else passages[-1] + 1


def marked(passages: Sequence[int], marks: bytes) -> list[int]:
    """Return the passages at the places of which the mark is 1; other marks are 0."""
    if not isinstance(passages, Paged):
        return _marked(passages, marks)
    found = list[int]()
    for page, (start, end) in enumerate(pairwise(passages.turns)):
        base = page * PAGE
        found += [base + each for each in _marked(passages.numbers[start:end], marks[start:end])]
    return found


def _marked(passages: Sequence[int], marks: bytes) -> list[int]:
    if marks.count(MARK) * SPARSE > len(marks):
        return list(compress(passages, marks))
    gaps = accumulate(map(len, marks.split(MARK)[:-1]))
    return [passages[place + gap] for place, gap in enumerate(gaps)]


def held(passages: Sequence[int], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Find which of some passages, rising, hold a term, and where they stand among all that do."""
    if not isinstance(passages, Paged):
        return _held(passages, numbers, 0, len(passages))
    return chain.from_iterable(
        ((base + number, place) for number, place in _held(passages.numbers, within, *bounds))
        for base, within, bounds in _by_page(passages, numbers)
    )


def members(passages: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """Return which of some passages, rising, hold a term."""
    if not isinstance(passages, Paged):
        return _members(passages, numbers, 0, len(passages))
    return [
        base + number
        for base, within, bounds in _by_page(passages, numbers)
        for number in _members(passages.numbers, within, *bounds)
    ]


def _by_page(
    passages: Paged, numbers: Sequence[int]
) -> Iterator[tuple[int, list[int], tuple[int, int]]]:
    """Part passages by their page: its first, theirs within it, and its bounds among a term's."""
    end = 0
    for page, bounds in enumerate(pairwise(passages.turns)):
        base, begin = page * PAGE, end
        end = bisect_left(numbers, base + PAGE, begin)
        if begin < end:
            yield base, [number - base for number in numbers[begin:end]], bounds


def _held(
    passages: Sequence[int], numbers: Sequence[int], start: int, end: int
) -> Iterator[tuple[int, int]]:
    if len(numbers) * LOOKUP > end - start:
        numbers = _members(passages, numbers, start, end)
    for number in numbers:
        start = bisect_left(passages, number, start, end)
        if start < end and passages[start] == number:
            yield number, start


def _members(passages: Sequence[int], numbers: Sequence[int], start: int, end: int) -> list[int]:
    if len(numbers) * LOOKUP > end - start:
        return sorted(set(numbers).intersection(passages[start:end]))
    return [number for number, _ in _held(passages, numbers, start, end)]


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
        return [page * PAGE + number for page, number in zip(named, numbers, strict=True)]
