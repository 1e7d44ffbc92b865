"""Ranking with numpy: an array with the score of every passage.

Used where numpy is loaded anyway, as in the app, or where so many postings must be read that
loading it pays. Terms are processed from the rarest to the most frequent. Once those that remain
cannot bring another passage into the first k, they are added to the candidates only: the same
bounds as in `briefqa.index.maxscore`, of whole posting lists. Scores are added up in its order, so
they are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from briefqa.index.bm25 import ImpactTable
from briefqa.index.postings import PostingList
from briefqa.index.query import MARGIN, Restriction, by_frequency, ranked

__all__ = ["top_k"]

Numbers = np.ndarray[Any, np.dtype[Any]]

LEAST = 5e-324
"""The smallest number above 0."""
ADDED_PER_SEEK = 16
"""Looking one candidate up costs about as much as adding this many postings."""
PRUNING_PAYS = 100_000
"""Adding this many postings costs more than finding out whether candidates suffice."""

# The C library of Linux gives large freed blocks back to the system, and each query would get its
# arrays anew, page by page. It keeps blocks up to the size of the largest one freed before.
np.empty(31 * 1024 * 1024, np.uint8)


def top_k(
    lists: Iterable[PostingList],
    impacts: ImpactTable,
    top: int,
    restriction: Restriction,
    size: int,
) -> list[tuple[float, int]]:
    """Rank the passages that contain at least one term.

    Args:
        lists: the posting lists of the terms.
        impacts: the impact of each code.
        top: the maximum number of passages.
        restriction: the passages that are allowed.
        size: the number of passages of the index.

    Returns:
        Rounded scores and passage numbers, highest score first, ties by number.
    """
    terms = by_frequency(lists)
    remaining = [*accumulate((term.max_score for term in reversed(terms)), initial=0.0)][::-1]
    scores: Numbers = restriction.initial_scores(size)
    left = sum(len(term.codes) for term in terms)
    candidates: Numbers | None = None
    threshold = LEAST
    for term, rest in zip(terms, remaining[1:], strict=True):
        numbers = _add(term, scores, impacts, candidates)
        left -= len(term.codes)
        if candidates is not None:
            found = scores[candidates]
            threshold = _raised(threshold, found, top)
            candidates = candidates[found >= threshold - rest]
        elif left > PRUNING_PAYS:
            threshold = _raised(threshold, scores[numbers], top)
            if rest < threshold:
                candidates = (scores >= threshold - rest).nonzero()[0]
    if candidates is None:
        candidates = _leading(terms, scores, threshold, top)
    return _best(candidates, scores, threshold, top)


def _add(
    term: PostingList, scores: Numbers, impacts: ImpactTable, candidates: Numbers | None
) -> Numbers:
    """Add what a term adds to scores; return the passages that it was added to.

    Args:
        term: the posting list of the term.
        scores: of all passages.
        impacts: the impact of each code.
        candidates: ascending; if they are few, only they are looked up. None for all passages.
    """
    numbers, codes = term.passages.array(), np.asarray(term.codes)
    if candidates is not None and candidates.size * ADDED_PER_SEEK < numbers.size:
        places = np.searchsorted(numbers, candidates)
        has_term = numbers.take(places, mode="clip") == candidates
        numbers, codes = candidates[has_term], codes[places[has_term]]
    table: Numbers = np.frombuffer(impacts.values)  # type: ignore[call-overload]  # a view
    gains = table.take(codes >> impacts.shift)
    gains *= term.idf
    np.add.at(scores, numbers, gains)
    return numbers


def _leading(terms: Sequence[PostingList], scores: Numbers, threshold: float, top: int) -> Numbers:
    """Return the passages with scores that the k best passages of some term reach."""
    one = next((term for term in terms if len(term.codes) >= top), terms[0])
    threshold = _raised(threshold, scores[one.passages.array()], top)
    return (scores >= threshold).nonzero()[0]


def _best(
    candidates: Numbers, scores: Numbers, threshold: float, top: int
) -> list[tuple[float, int]]:
    """Return the k best of the candidates, ranked."""
    kept = scores[candidates]
    best = kept >= _raised(threshold, kept, top)
    return ranked(zip(candidates[best].tolist(), kept[best].tolist(), strict=True), top)


def _raised(threshold: float, scores: Numbers, top: int) -> float:
    """Return a threshold that the k best of some scores reach; as given if fewer are above it."""
    above = scores[scores > threshold]
    if above.size < top:
        return threshold
    return max(threshold, float(np.partition(above, -top)[-top]) - MARGIN)
