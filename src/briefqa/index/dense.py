"""Ranking with numpy, where many postings are touched; the method is that of `searching`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from briefqa.index.external_sort import Numbers
from briefqa.index.impacts import Impacts
from briefqa.index.maxscore import LONG, MARGIN, best, bounds_of, head_of
from briefqa.index.paged_postings import Paged, beyond
from briefqa.index.paged_writer import flat
from briefqa.index.postings import Postings

__all__ = ["rank_by_numpy"]

DENSE = 100_000
"""Postings that are added up faster than it is found out which may lead."""
SMALL = 200_000
"""Passages of a collection in which an array of all of them is made in no time."""
MARKED = 16
"""Passages that are marked in the time of looking one up."""
LEAST = 5e-324
"""The smallest number above 0."""


class _Arrays:
    """The postings of a term.

    Args:
        term: the postings.
        impacts: what a term of idf 1 adds, by code.
        top: passages that are to lead.

    Attributes:
        passages: rising.
        codes: of the same passages.
        bound: what the term adds at the most to passages that are not among the first.
    """

    def __init__(self, term: Postings, impacts: Impacts, top: int) -> None:
        self.passages = _numbers(term.passages).astype(np.uint32, copy=False)
        self.codes: Numbers = np.asarray(term.codes)
        self._idf = term.idf
        self._impacts = impacts
        self._head = head_of(term.codes, top)
        self.bound = term.idf * impacts.most_below(self._head)

    def first(self) -> Numbers:
        """Return the passages in which the term counts most."""
        return self.passages[np.flatnonzero(self.codes >= self._head)]

    def others(self, wanted: float, known: Numbers) -> Numbers:
        """Return the places of passages, but the first, in which the term counts enough.

        Args:
            wanted: what is enough.
            known: places to leave out.
        """
        code = self._impacts.code(wanted / self._idf)
        counting = (self.codes >= code) & (self.codes < self._head)
        counting[known] = False
        return np.flatnonzero(counting)

    def add_to(self, scores: Numbers, numbers: Numbers) -> Numbers:
        """Add what the term counts to the scores of some passages.

        Returns:
            The places among the postings of those that hold it.
        """
        held = np.flatnonzero(self._hold(numbers))
        places = np.searchsorted(self.passages, numbers[held])
        scores[held] += self.counts(places)
        return places

    def _hold(self, numbers: Numbers) -> Numbers:
        """For each of some passages, whether it holds the term."""
        if numbers.size * MARKED < self.passages.size:
            places = np.searchsorted(self.passages, numbers)
            found: Numbers = self.passages.take(places, mode="clip") == numbers
            return found
        marks = np.zeros(1 + max(int(self.passages[-1]), int(numbers.max(initial=0))), np.bool_)
        marks[self.passages] = True
        return marks.take(numbers)

    def counts(self, places: Numbers) -> Numbers:
        """Return what the term adds to the passages at some places."""
        counts: Numbers = _table(self._impacts).take(self.codes[places] >> self._impacts.shift)
        return counts * self._idf


def rank_by_numpy(terms: Sequence[Postings], impacts: Impacts, top: int) -> list[tuple[float, int]]:
    """Rank passages; see `searching.rank`.

    Args:
        terms: their postings, rarest first, none without any.
        impacts: what a term of idf 1 adds, by code.
        top: passages at the most.
    """
    numbers, scores = (_add_up if _is_added_up(terms) else _search)(terms, impacts, top)
    numbers, scores = _reaching(numbers, scores, _last_of(scores, top) - MARGIN)
    return best(zip(numbers.tolist(), scores.tolist(), strict=True), top)


def _is_added_up(terms: Sequence[Postings]) -> bool:
    """Whether scoring all passages that hold a term is faster than finding out which may lead."""
    few = sum(len(term.codes) for term in terms) < DENSE
    return len(terms) > LONG or (few and all(beyond(term.passages) <= SMALL for term in terms))


def _add_up(terms: Sequence[Postings], impacts: Impacts, top: int) -> tuple[Numbers, Numbers]:
    """Score all passages that hold a term; return at least those that lead."""
    table, shift = _table(impacts), impacts.shift
    scores = np.zeros(max(beyond(term.passages) for term in terms))
    for term in terms:
        counts = table.take(np.asarray(term.codes) >> shift)
        counts *= term.idf
        scores[_numbers(term.passages).astype(np.intp)] += counts
    # The passages of one term have a score to reach: far fewer are sorted than hold any term.
    one = next((term for term in terms if len(term.codes) >= top), terms[0])
    some = scores[_numbers(one.passages)]
    numbers = (scores >= max(LEAST, _last_of(some, top) - MARGIN)).nonzero()[0]
    return numbers, scores[numbers]


def _search(terms: Sequence[Postings], impacts: Impacts, top: int) -> tuple[Numbers, Numbers]:
    """Score the passages in which a term counts most, and all others that may lead."""
    arrays = [_Arrays(term, impacts, top) for term in terms]
    first = np.unique(np.concatenate([array.first() for array in arrays]))
    scores = np.zeros(first.size)
    for array in arrays:
        array.add_to(scores, first)
    numbers, others = _others(arrays, top, _last_of(scores, top))
    fresh = ~np.isin(numbers, first)
    return np.concatenate((first, numbers[fresh])), np.concatenate((scores, others[fresh]))


def _others(arrays: Sequence[_Arrays], top: int, least: float) -> tuple[Numbers, Numbers]:
    """Score all passages, but the first, that may lead."""
    ahead = bounds_of([array.bound for array in arrays])
    numbers, scores = np.zeros(0, np.uint32), np.zeros(0)
    for array, (bound, rest) in zip(arrays, pairwise(ahead), strict=True):
        numbers, scores = _reaching(numbers, scores, least - MARGIN - bound)
        places = array.add_to(scores, numbers)
        if bound + MARGIN >= least:
            new = array.others(least - MARGIN - rest, places)
            numbers = np.concatenate((numbers, array.passages[new]))
            scores = np.concatenate((scores, array.counts(new)))
        least = max(least, _last_of(scores, top))
    return _reaching(numbers, scores, least - MARGIN)


def _numbers(passages: Sequence[int]) -> Numbers:
    return flat(passages) if isinstance(passages, Paged) else np.asarray(passages)


def _table(impacts: Impacts) -> Numbers:
    return np.frombuffer(impacts.values)  # type: ignore[call-overload,no-any-return]  # a view


def _reaching(numbers: Numbers, scores: Numbers, wanted: float) -> tuple[Numbers, Numbers]:
    """Keep the passages that score enough."""
    kept = scores >= wanted
    return numbers[kept], scores[kept]


def _last_of(scores: Numbers, top: int) -> float:
    """The score of the last of the leading; 0 where there are not so many."""
    return float(np.partition(scores, -top)[-top]) if scores.size >= top else 0.0
