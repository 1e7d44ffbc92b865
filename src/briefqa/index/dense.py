"""Ranking with numpy: an array with the score of every passage.

Used where numpy is loaded anyway, as in the app, or where so many postings must be read that
loading it pays. Scores are added up in the order of `briefqa.index.maxscore`, so they are equal to
the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from briefqa.index.bm25 import ImpactTable
from briefqa.index.maxscore import MARGIN, by_frequency, ranked
from briefqa.index.postings import PostingList
from briefqa.index.query import Restriction

__all__ = ["top_k"]

Numbers = np.ndarray[Any, np.dtype[Any]]

LEAST = 5e-324
"""The smallest number above 0."""


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
    table: Numbers = np.frombuffer(impacts.values)  # type: ignore[call-overload]  # a view
    scores: Numbers = np.zeros(size)
    for term in terms:
        gains = table.take(np.asarray(term.codes) >> impacts.shift)
        gains *= term.idf
        np.add.at(scores, term.passages.array(), gains)
    scores = restriction.apply(scores)
    found = (scores >= max(LEAST, _threshold(scores, terms, top) - MARGIN)).nonzero()[0]
    kept = scores[found]
    best = kept >= _kth_best(kept, top) - MARGIN
    return ranked(zip(found[best].tolist(), kept[best].tolist(), strict=True), top)


def _threshold(scores: Numbers, terms: Sequence[PostingList], top: int) -> float:
    """Return the k-th best score among the passages of one term; 0 if no term has as many.

    Far fewer passages reach it than contain any term, so few scores remain to be sorted.
    """
    for term in terms:
        if len(term.codes) >= top:
            found = scores[term.passages.array()]
            threshold = _kth_best(found[found > 0], top)
            if threshold:
                return threshold
    return 0.0


def _kth_best(scores: Numbers, top: int) -> float:
    """Return the lowest of the `top` highest scores; 0 if there are fewer."""
    return float(np.partition(scores, -top)[-top]) if scores.size >= top else 0.0
