"""Ranking with numpy, where many postings are touched; the method is that of `searching`."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from briefqa.index.paged import Paged
from briefqa.index.paging import flat
from briefqa.index.postings import Postings
from briefqa.index.runs import Numbers
from briefqa.index.scoring import rounded
from briefqa.index.searching import MARGIN, bounds
from briefqa.records import Record

__all__ = ["rank_by_numpy"]

DENSE = 20_000
"""Postings that are read faster into an array of all passages than into one of those found."""
SMALL = 50_000
"""Passages of a collection in which an array of all of them is made in no time."""
LEAST = 5e-324
"""The smallest number above 0."""
PROBED = 256
"""Passages of the rarest term that may give a head start."""


class _Arrays(Record):
    """The postings of a term.

    Attributes:
        passages: rising.
        codes: of the same passages.
        values: what each code adds to a score.
    """

    passages: Numbers
    codes: Numbers
    values: Numbers

    def add_to(self, scores: Numbers, numbers: Numbers) -> Numbers:
        """Add what the term counts to the scores of some passages.

        Returns:
            For each of them, its place among the postings, or past the end.
        """
        places = np.searchsorted(self.passages, numbers)
        places[self.passages.take(places, mode="clip") != numbers] = self.passages.size
        held = np.flatnonzero(places < self.passages.size)
        scores[held] += self.values[self.codes[places[held]]]
        return places


def rank_by_numpy(
    terms: Sequence[Postings], impacts: Sequence[float], top: int
) -> list[tuple[float, int]]:
    """Rank passages; see `searching.rank`.

    Args:
        terms: their postings, rarest first, none without any.
        impacts: what a term of idf 1 adds, by code.
        top: passages at the most.
    """
    table = np.frombuffer(impacts)  # type: ignore[call-overload]  # a view of the index
    arrays = [_arrays(term, table) for term in terms]
    if _are_few(arrays):
        numbers, scores = _gather(arrays, 0.0)
        return _best(*_reaching(numbers, scores, _last_of(scores, top) - MARGIN), top)
    least = _head_start(terms, arrays, top)
    ahead = bounds(terms)
    finding = sum(bound + MARGIN >= least for bound in ahead[:-1])
    if sum(array.passages.size for array in arrays[:finding]) > DENSE:
        numbers, scores = _gather(arrays[:finding], least - MARGIN - ahead[finding])
    else:
        finding, numbers, scores = 0, np.zeros(0, np.uint32), np.zeros(0)
    for term, (bound, rest) in zip(arrays[finding:], pairwise(ahead[finding:]), strict=True):
        least = max(least, _last_of(scores, top))
        numbers, scores = _reaching(numbers, scores, least - MARGIN - bound)
        places = term.add_to(scores, numbers)
        if bound + MARGIN >= least:
            found = _found(term, places, least - MARGIN - rest)
            numbers = np.concatenate((numbers, term.passages[found]))
            scores = np.concatenate((scores, term.values[term.codes[found]]))
    return _best(*_reaching(numbers, scores, _last_of(scores, top) - MARGIN), top)


def _are_few(arrays: Sequence[_Arrays]) -> bool:
    """Whether scoring all passages that hold a term is faster than finding out which may lead."""
    postings = sum(array.passages.size for array in arrays)
    return postings < DENSE and max(int(array.passages[-1]) for array in arrays) < SMALL


def _gather(arrays: Sequence[_Arrays], wanted: float) -> tuple[Numbers, Numbers]:
    """Add up what terms count in all passages at once, which is faster where they are many."""
    scores = np.zeros(1 + max(int(array.passages[-1]) for array in arrays))
    for array in arrays:
        scores[array.passages] += array.values[array.codes]
    numbers = np.flatnonzero(scores >= max(wanted, LEAST))
    return numbers.astype(np.uint32), scores[numbers]


def _reaching(numbers: Numbers, scores: Numbers, wanted: float) -> tuple[Numbers, Numbers]:
    """Keep the passages that score enough."""
    kept = np.flatnonzero(scores >= wanted)
    return numbers[kept], scores[kept]


def _arrays(term: Postings, table: Numbers) -> _Arrays:
    passages = term.passages
    numbers = flat(passages) if isinstance(passages, Paged) else np.asarray(passages)
    numbers = numbers.astype(np.uint32, copy=False)
    return _Arrays(numbers, np.asarray(term.codes), term.idf * table)


def _head_start(terms: Sequence[Postings], arrays: Sequence[_Arrays], top: int) -> float:
    """A score that enough passages reach: of the rarest term's, and frequent terms' leading."""
    probes = [np.asarray(term.leaders, np.uint32) for term in terms]
    probes += [array.passages[:PROBED] for array in arrays[:1]]
    numbers = np.unique(np.concatenate(probes))
    scores = np.zeros(numbers.size)
    for array in arrays:
        array.add_to(scores, numbers)
    return _last_of(scores, top)


def _found(term: _Arrays, known: Numbers, wanted: float) -> Numbers:
    """The places of passages that are not known yet and in which a term counts enough."""
    enough = (term.values >= wanted)[term.codes]
    enough[known[known < enough.size]] = False
    return np.flatnonzero(enough)


def _last_of(scores: Numbers, top: int) -> float:
    """The score of the last of the leading; 0 where there are not so many."""
    return float(np.partition(scores, -top)[-top]) if scores.size >= top else 0.0


def _best(numbers: Numbers, scores: Numbers, top: int) -> list[tuple[float, int]]:
    """Put passages in order; many may share a score, so that each score is rounded once."""
    distinct, places = np.unique(scores, return_inverse=True)
    ranks = np.array([rounded(score) for score in distinct.tolist()])[places]
    order = np.lexsort((numbers, -ranks))[:top]
    return list(zip(ranks[order].tolist(), numbers[order].tolist(), strict=True))
