"""Reading posting lists: the passages that contain a term, and the impact code of each posting.

A passage number takes two bytes: passages are divided into pages of 65,536, and a posting holds the
number within its page. Where there are several pages, a long posting list stores where each page
starts in it, and a short one stores the page of each posting, which takes less.
"""

from __future__ import annotations

import sys
from _bisect import bisect_left  # `bisect` adds copies in Python
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, pairwise

from briefqa.index.bm25 import ImpactTable, inverse_document_frequency
from briefqa.index.container import WIDTHS, IndexFile
from briefqa.index.term_dict import TermDictionary
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[Any]]

__all__ = [
    "PAGE",
    "FlatNumbers",
    "PagedNumbers",
    "PassageNumbers",
    "PassageNumbersReader",
    "PostingList",
    "PostingsReader",
    "longest_short_list",
    "page_count",
    "page_kind",
]

BITS = 16
PAGE = 1 << BITS
"""Passages of a page."""
BYTE_PAGES = 0x100
"""Pages up to which a page number fits into a byte."""
CACHED_LISTS = 1_000
"""Maximum number of posting lists in memory: consecutive questions often share words."""
MARK = b"\1"
SPARSE = 8
"""Finding one mark costs about as much as going through this many positions."""
SCANNED_PER_SEEK = 16
"""One binary search costs about as much as scanning this many passages."""
LOW, HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""Positions of the low and the high half of a 32-bit number in memory."""


def page_count(passages: int) -> int:
    """Return the number of pages of a number of passages."""
    return -(-passages // PAGE)


def page_kind(pages: int) -> str:
    """Return the `struct` code of a page number."""
    return "B" if pages <= BYTE_PAGES else "H"


def longest_short_list(pages: int) -> int:
    """Return the maximum length of a posting list that stores the page of each posting."""
    return 4 * pages


class FlatNumbers(Sequence[int]):
    """The passages of a short posting list, or of any where there is one page; ascending.

    Args:
        numbers: of the passages.
    """

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, position: int) -> int:  # type: ignore[override]  # never sliced
        return self._numbers[position]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    @property
    def limit(self) -> int:
        """An upper bound of the numbers, exclusive."""
        return self._numbers[-1] + 1 if self._numbers else 0

    def position(self, number: int) -> int:
        """Return the position of a passage in the list; -1 if the list lacks it."""
        position = bisect_left(self._numbers, number)
        found = position < len(self._numbers) and self._numbers[position] == number
        return position if found else -1

    def seek_all(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield those of some ascending passages that the list has, with their positions."""
        return _seek_all(self._numbers, numbers, 0, len(self._numbers))

    def intersect(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some ascending passages that the list has."""
        return _intersect(self._numbers, numbers, 0, len(self._numbers))

    def select(self, marks: bytes) -> list[int]:
        """Return the passages whose mark is 1; marks are 0 or 1, one per passage of the list."""
        return _select(self._numbers, marks)

    def array(self) -> Numbers:
        """Return the passages as a numpy array of indexes."""
        import numpy as np

        return np.asarray(self._numbers).astype(np.intp)


class PagedNumbers(Sequence[int]):
    """The passages of a long posting list, ascending; methods are those of `FlatNumbers`.

    Args:
        numbers: of each passage, within its page.
        starts: the position of the first passage of each page, and the length of the list.
    """

    def __init__(self, numbers: memoryview[int], starts: Sequence[int]) -> None:
        self._numbers = numbers
        self._starts = starts

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, position: int) -> int:  # type: ignore[override]  # never sliced
        return self._flat[position]

    def __iter__(self) -> Iterator[int]:
        return iter(self._flat)

    @cached_property
    def _flat(self) -> memoryview[int]:
        """The passages as 32-bit numbers."""
        halves = memoryview(bytearray(4 * len(self._numbers))).cast("H")
        halves[LOW::2] = self._numbers
        for page, (start, end) in enumerate(pairwise(self._starts)):
            high = page.to_bytes(2, sys.byteorder) * (end - start)
            halves[2 * start + HIGH : 2 * end : 2] = memoryview(high).cast("H")
        return halves.cast("B").cast("I")

    @property
    def limit(self) -> int:
        """An upper bound of the numbers, exclusive."""
        return (len(self._starts) - 1) * PAGE

    def position(self, number: int) -> int:
        """Return the position of a passage in the list; -1 if the list lacks it."""
        page = number >> BITS
        if page + 1 >= len(self._starts):
            return -1
        start, end = self._starts[page], self._starts[page + 1]
        position = bisect_left(self._numbers, number % PAGE, start, end)
        return position if position < end and self._numbers[position] == number % PAGE else -1

    def seek_all(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield those of some ascending passages that the list has, with their positions."""
        return chain.from_iterable(
            ((base + number, position) for number, position in _seek_all(self._numbers, *page))
            for base, page in self._by_page(numbers)
        )

    def intersect(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some ascending passages that the list has."""
        return [
            base + number
            for base, page in self._by_page(numbers)
            for number in _intersect(self._numbers, *page)
        ]

    def _by_page(self, numbers: Sequence[int]) -> Iterator[tuple[int, tuple[list[int], int, int]]]:
        """Divide ascending passages by page.

        Yields:
            The first passage of the page; the numbers within it, and the positions in the list at
            which the page starts and ends.
        """
        last = 0
        for page, (start, end) in enumerate(pairwise(self._starts)):
            base, first = page * PAGE, last
            last = bisect_left(numbers, base + PAGE, first)
            if first < last:
                yield base, ([number - base for number in numbers[first:last]], start, end)

    def select(self, marks: bytes) -> list[int]:
        """Return the passages whose mark is 1; marks are 0 or 1, one per passage of the list."""
        selected = list[int]()
        for page, (start, end) in enumerate(pairwise(self._starts)):
            base = page * PAGE
            numbers = _select(self._numbers[start:end], marks[start:end])
            selected += [base + number for number in numbers]
        return selected

    def array(self) -> Numbers:
        """Return the passages as a numpy array of indexes."""
        import numpy as np

        numbers: Numbers = np.asarray(self._numbers).astype(np.intp)
        for page, (start, end) in enumerate(pairwise(self._starts)):
            numbers[start:end] += page * PAGE
        return numbers


PassageNumbers = FlatNumbers | PagedNumbers


def _select(passages: Sequence[int], marks: bytes) -> list[int]:
    if marks.count(MARK) * SPARSE > len(marks):
        return list(compress(passages, marks))
    gaps = accumulate(map(len, marks.split(MARK)[:-1]))
    return [passages[place + gap] for place, gap in enumerate(gaps)]


def _seek_all(
    passages: Sequence[int], numbers: Sequence[int], start: int, end: int
) -> Iterator[tuple[int, int]]:
    if len(numbers) * SCANNED_PER_SEEK > end - start:
        numbers = _intersect(passages, numbers, start, end)
    for number in numbers:
        start = bisect_left(passages, number, start, end)
        if start < end and passages[start] == number:
            yield number, start


def _intersect(passages: Sequence[int], numbers: Sequence[int], start: int, end: int) -> list[int]:
    if len(numbers) * SCANNED_PER_SEEK > end - start:
        return sorted(set(numbers).intersection(passages[start:end]))
    return [number for number, _ in _seek_all(passages, numbers, start, end)]


class PassageNumbersReader:
    """Reads the passages of posting lists.

    Args:
        file: the index.
        passages: the number of passages in it.

    Attributes:
        page_count: the number of pages.
        numbers: the section of the passages of all postings, each within its page.
        pages: the section of the page of each posting of short lists.
        starts: the section of the page starts of long lists.
        offsets: for each term, where its part of `pages` or of `starts` begins.
    """

    def __init__(self, file: IndexFile, passages: int) -> None:
        self.page_count = page_count(passages)
        self.numbers = file.section("postings.passages")
        self.pages = file.section("postings.pages")
        self.starts = file.section("postings.page_starts")
        self.offsets = file.section("terms.page_offsets")

    def read(self, term: int, start: int, end: int) -> PassageNumbers:
        """Return the passages of a posting list.

        Args:
            term: the number of its term.
            start: the position of its first posting among all postings.
            end: one past the position of its last.
        """
        numbers = self.numbers.numbers("H", start, end)
        if self.page_count < 2:
            return FlatNumbers(numbers)
        count, offset = end - start, self.offsets.number("I", term)
        if count > longest_short_list(self.page_count):
            starts = self.starts.numbers("I", offset, offset + self.page_count - 1)
            return PagedNumbers(numbers, [0, *starts, count])
        pages = self.pages.numbers(page_kind(self.page_count), offset, offset + count)
        return FlatNumbers(
            [page * PAGE + number for page, number in zip(pages, numbers, strict=True)]
        )


class PostingList(Record):
    """The postings of a term.

    Attributes:
        term: the term.
        idf: its inverse document frequency.
        passages: the passages that contain it.
        codes: the impact code of each posting; see `briefqa.index.bm25.ImpactTable`.
        max_score: the most that the term adds to the score of a passage.
        inherited: whether passages inherit it from titles.
    """

    term: str
    idf: float
    passages: PassageNumbers
    codes: memoryview[int]
    max_score: float
    inherited: bool


class PostingsReader:
    """Reads posting lists by term.

    Args:
        file: the index.
        size: the number of passages in it.

    Attributes:
        terms: the dictionary of all terms.
        passage_numbers: reads the passages of posting lists.
        impacts: the impact of each code.
    """

    def __init__(self, file: IndexFile, size: int) -> None:
        self._size = size
        self.terms = TermDictionary(file, "terms")
        self._numbers = file.section("terms.numbers")
        self._ends = file.section("terms.ends")
        self._highest = file.section("terms.highest")
        self._inherited = file.section("terms.inherited")
        self.passage_numbers = PassageNumbersReader(file, size)
        self._codes = file.section("postings.codes")
        self._frequencies = file.section("impacts.frequencies")
        self._code_kind = "H" if len(self._codes) == len(self.passage_numbers.numbers) else "I"
        values = file.section("impacts").numbers("d")
        self._frequency_kind = self._frequencies.kind(len(values))
        self.impacts = ImpactTable(values, WIDTHS[self._code_kind])
        self._number_kind = self._numbers.kind(len(self._inherited))
        self._end_kind = self._ends.kind(len(self._inherited) + 1)
        self._cached: dict[str, PostingList | None] = {}

    def frequency(self, code: int) -> int:
        """Return the term frequency that a code stands for."""
        return self._frequencies.number(self._frequency_kind, code >> self.impacts.shift)

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that contain a term."""
        postings = self[term]
        return len(postings.codes) if postings else 0

    def __getitem__(self, term: str) -> PostingList | None:
        """Return the posting list of a term; None if no passage contains it."""
        if term not in self._cached:
            if len(self._cached) >= CACHED_LISTS:
                self._cached.clear()
            self._cached[term] = self._read(term)
        return self._cached[term]

    def number(self, term: str) -> int | None:
        """Return the number of a term; None if the index lacks it."""
        position = self.terms.find(term)
        return None if position is None else self._numbers.number(self._number_kind, position)

    def codes(self, start: int, end: int) -> memoryview[int]:
        """Return the codes of a range of all postings."""
        return self._codes.numbers(self._code_kind, start, end)

    def ends(self, first: int, last: int) -> memoryview[int]:
        """Return where the posting lists of a range of terms start, and where the last ends.

        Args:
            first: the number of the first term.
            last: one past the number of the last.
        """
        return self._ends.numbers(self._end_kind, first, last + 1)

    def _read(self, term: str) -> PostingList | None:
        number = self.number(term)
        if number is None:
            return None
        start, end = self.ends(number, number + 1)
        if start == end:
            # The term was copied from a previous index, but not the documents that contain it.
            return None
        idf = inverse_document_frequency(self._size, end - start)
        return PostingList(
            term=term,
            idf=idf,
            passages=self.passage_numbers.read(number, start, end),
            codes=self.codes(start, end),
            max_score=idf * self.impacts[self._highest.number(self._code_kind, number)],
            inherited=self._inherited.number("B", number) == 1,
        )
