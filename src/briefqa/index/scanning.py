"""Ranking with numpy, where many postings are touched; the method is that of `searching`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from briefqa.index.impacts import Impacts
from briefqa.index.paged import Paged
from briefqa.index.paging import flat
from briefqa.index.postings import Postings
from briefqa.index.runs import Numbers
from briefqa.index.searching import MARGIN, SAMPLED, best, bounds_of, counting_most
from briefqa.records import Record

__all__ = ["rank_by_numpy"]

DENSE = 100000
"""Postings that are added up faster than it is found out which may lead."""
SMALL = 200_000
"""Passages of a collection in which an array of all of them is made in no time."""
LEAST = 5e-324
"""The smallest number above 0."""


class _Arrays(Record):
    """The postings of a term.

    Attributes:
        passages: rising.
        codes: of the same passages.
        idf: how telling the term is.
        values: what a term of idf 1 adds, by a code shifted.
        shift: the bits that codes are shifted by.
    """

    passages: Numbers
    codes: Numbers
    idf: float
    values: Numbers
    shift: int

    def counts(self, places: Numbers | slice) -> Numbers:
        """What the term adds to the passages at some places among its own."""
        counts: Numbers = self.values.take(self.codes[places] >> self.shift)
        counts *= self.idf
        return counts

    def add_to(self, scores: Numbers, numbers: Numbers) -> Numbers:
        """Add what the term counts to the scores of some passages.

        Returns:
            The places among the postings of those that hold it.
        """
        places = np.searchsorted(self.passages, numbers)
        held = np.flatnonzero(self.passages.take(places, mode="clip") == numbers)
        places = places[held]
        scores[held] += self.counts(places)
        return places

    def head(self, top: int) -> int:
        """A code that about as many postings reach as are to be scored at the outset."""
        size = self.codes.size
        count = counting_most(size, top)
        if size <= count:
            return 0
        sample = np.sort(self.codes[:: size // SAMPLED + 1])
        return int(sample[-1 - count * sample.size // size])


def rank_by_numpy(terms: Sequence[Postings], impacts: Impacts, top: int) -> list[tuple[float, int]]:
    """Rank passages; see `searching.rank`.

    Args:
        terms: their postings, rarest first, none without any.
        impacts: what a term of idf 1 adds, by code.
        top: passages at the most.
    """
    values = np.frombuffer(impacts.values)  # type: ignore[call-overload]  # a view of the index
    arrays = [_arrays(term, values, impacts.shift) for term in terms]
    rank_those = _add_up if _are_few(arrays) else _search
    numbers, scores = rank_those(arrays, impacts, top)
    numbers, scores = _reaching(numbers, scores, _last_of(scores, top) - MARGIN)
    return best(zip(numbers.tolist(), scores.tolist(), strict=True), top)


def _arrays(term: Postings, values: Numbers, shift: int) -> _Arrays:
    passages = term.passages
    numbers = flat(passages) if isinstance(passages, Paged) else np.asarray(passages)
    numbers = numbers.astype(np.uint32, copy=False)
    return _Arrays(numbers, np.asarray(term.codes), term.idf, values, shift)


def _are_few(arrays: Sequence[_Arrays]) -> bool:
    """Whether scoring all passages that hold a term is faster than finding out which may lead."""
    postings = sum(array.passages.size for array in arrays)
    return postings < DENSE and max(int(array.passages[-1]) for array in arrays) < SMALL


def _add_up(arrays: Sequence[_Arrays], impacts: Impacts, top: int) -> tuple[Numbers, Numbers]:
    """Score all passages that hold a term; return at least those that lead."""
    scores = np.zeros(1 + max(int(array.passages[-1]) for array in arrays))
    everything = slice(None)
    for array in arrays:
        scores[array.passages.astype(np.intp)] += array.counts(everything)
    # The passages of one term have a score to reach: far fewer are sorted than hold any term.
    one = next((array for array in arrays if array.passages.size >= top), arrays[0])
    least = max(LEAST, _last_of(scores[one.passages], top) - MARGIN)
    numbers = np.flatnonzero(scores >= least)
    return numbers, scores[numbers]


def _search(arrays: Sequence[_Arrays], impacts: Impacts, top: int) -> tuple[Numbers, Numbers]:
    """Score the passages in which a term counts most, and all others that may lead."""
    heads = [array.head(top) for array in arrays]
    known = np.unique(
        np.concatenate(
            [
                array.passages[np.flatnonzero(array.codes >= head)]
                for array, head in zip(arrays, heads, strict=True)
            ]
        )
    )
    scores = np.zeros(known.size)
    for array in arrays:
        array.add_to(scores, known)
    others = _others(arrays, heads, impacts, top, _last_of(scores, top))
    fresh = ~np.isin(others[0], known)
    return np.concatenate((known, others[0][fresh])), np.concatenate((scores, others[1][fresh]))


def _others(
    arrays: Sequence[_Arrays], heads: Sequence[int], impacts: Impacts, top: int, least: float
) -> tuple[Numbers, Numbers]:
    """Score all passages, but the first, that may lead."""
    ahead = bounds_of(
        [array.idf * impacts.most_below(head) for array, head in zip(arrays, heads, strict=True)]
    )
    numbers, scores = np.zeros(0, np.uint32), np.zeros(0)
    for array, head, (bound, rest) in zip(arrays, heads, pairwise(ahead), strict=True):
        numbers, scores = _reaching(numbers, scores, least - MARGIN - bound)
        places = array.add_to(scores, numbers)
        if bound + MARGIN >= least:
            code = impacts.code((least - MARGIN - rest) / array.idf)
            counting = (array.codes >= code) & (array.codes < head)
            counting[places] = False
            new = np.flatnonzero(counting)
            numbers = np.concatenate((numbers, array.passages[new]))
            scores = np.concatenate((scores, array.counts(new)))
        least = max(least, _last_of(scores, top))
    return _reaching(numbers, scores, least - MARGIN)


def _reaching(numbers: Numbers, scores: Numbers, wanted: float) -> tuple[Numbers, Numbers]:
    """Keep the passages that score enough."""
    kept = np.flatnonzero(scores >= wanted)
    return numbers[kept], scores[kept]


def _last_of(scores: Numbers, top: int) -> float:
    """The score of the last of the leading; 0 where there are not so many."""
    return float(np.partition(scores, -top)[-top]) if scores.size >= top else 0.0
