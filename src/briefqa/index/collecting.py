"""From texts to runs of postings: the terms of many passages, sorted, in little memory.

Each distinct piece of text is analysed once; from there on pieces are numbers, and numpy sorts and
counts their terms a million at a time.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from io import BytesIO
from itertools import groupby

import numpy as np

from briefqa.analysis import piece_terms, pieces, written_words
from briefqa.index.runs import Numbers, Run, Runs

__all__ = ["TermCollector", "TermNumbers"]

CHUNK = 1_000_000
"""Pieces whose terms are sorted at a time."""
PIECES_KEPT = 400_000
"""Distinct pieces that are remembered with their terms; more are rare ones."""


class TermNumbers(dict[str, int]):
    """The number of each term: that of an earlier index, or the next, in the order met.

    Args:
        find: returns the number that an earlier index gives a term, if it does.
        count: how many terms that has.

    Attributes:
        count: how many terms have numbers.
    """

    def __init__(self, find: Callable[[str], int | None] | None = None, count: int = 0) -> None:
        self._find = find
        self._known = self.count = count

    def __missing__(self, term: str) -> int:
        number = self._find(term) if self._find else None
        if number is None:
            number, self.count = self.count, self.count + 1
        self[term] = number
        return number

    def new(self) -> list[tuple[str, int]]:
        """Return the terms that the earlier index does not have, sorted, and their numbers."""
        return sorted(item for item in self.items() if item[1] >= self._known)


class _Pieces(dict[str, int]):
    """The number of each piece of text, from 0, and the numbers of its terms."""

    def __init__(self, terms: TermNumbers) -> None:
        self._terms = terms
        self.term_numbers = array("I")
        self.ends = array("Q", [0])

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        self.term_numbers.extend(map(self._terms.__getitem__, piece_terms(piece)))
        self.ends.append(len(self.term_numbers))
        return number


class _SpilledWords:
    """Sorted words and their counts, in as little memory as they need."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        words = sorted(counts)
        self._lines = "".join(f"{word}\n" for word in words).encode()
        self._counts = array("q", map(counts.__getitem__, words))

    def __iter__(self) -> Iterator[tuple[str, int]]:
        for line, count in zip(BytesIO(self._lines), self._counts, strict=True):
            yield line.decode().rstrip("\n"), count


class TermCollector:
    """Collects the terms of passages.

    Args:
        terms: where terms get their numbers.
        runs: where their postings go.
    """

    def __init__(self, terms: TermNumbers, runs: Runs) -> None:
        self._terms = terms
        self._runs = runs
        self._pieces = _Pieces(terms)
        self._counts: Numbers = np.zeros(0, np.int64)
        self._spilled: list[_SpilledWords] = []
        self._met = array("I")
        self._passages = array("I")
        self._sizes = array("I")

    def add(self, number: int, text: str) -> None:
        """Collect a passage's terms."""
        parts = pieces(text)
        self._met.extend(map(self._pieces.__getitem__, parts))
        self._passages.append(number)
        self._sizes.append(len(parts))
        if len(self._met) >= CHUNK:
            self._flush()

    def finish(self) -> Iterator[tuple[str, int]]:
        """Hand the last run over; yield the words, case-folded and sorted, with their counts."""
        self._flush()
        self._spill_words()
        for word, group in groupby(merge(*self._spilled), _word):
            yield word, sum(count for _, count in group)

    def _flush(self) -> None:
        met = np.frombuffer(self._met, np.uint32)
        if met.size:
            passages = np.repeat(
                np.frombuffer(self._passages, np.uint32), np.frombuffer(self._sizes, np.uint32)
            )
            self._count(met)
            self._runs.add(_run(self._pieces, met, passages))
        self._met, self._passages, self._sizes = array("I"), array("I"), array("I")
        if len(self._pieces) > PIECES_KEPT:
            self._spill_words()

    def _count(self, met: Numbers) -> None:
        counts = np.bincount(met, minlength=len(self._pieces))
        counts[: self._counts.size] += self._counts
        self._counts = counts

    def _spill_words(self) -> None:
        """Put the counts of words aside and forget the pieces."""
        counts: Counter[str] = Counter()
        for piece, count in zip(self._pieces, self._counts.tolist(), strict=True):
            for word in written_words(piece):
                counts[word] += count
        self._spilled.append(_SpilledWords(counts))
        self._pieces = _Pieces(self._terms)
        self._counts = np.zeros(0, np.int64)


def _word(counted: tuple[str, int]) -> str:
    return counted[0]


def _run(pieces: _Pieces, met: Numbers, passages: Numbers) -> Run:
    """Make a run of postings of pieces in the order in which they stand."""
    ends = np.frombuffer(pieces.ends, np.uint64).astype(np.int64)
    starts, sizes = ends[:-1][met], np.diff(ends)[met]
    # Each piece gives a stretch of terms; the places of them all, one stretch after the other.
    before = np.cumsum(sizes) - sizes
    places = np.arange(sizes.sum()) + np.repeat(starts - before, sizes)
    terms = np.frombuffer(pieces.term_numbers, np.uint32)[places]
    return Run.of(terms, np.repeat(passages, sizes))
