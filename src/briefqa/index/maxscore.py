"""Ranking in plain Python without scoring every passage.

The postings with the highest impacts of each term, its head, are scored first. The k-th best score
so far is a threshold, and outside its head a term adds less than the lowest impact in it. Terms are
then processed from the rarest to the most frequent. The most that the remaining terms can add
bounds the score of a passage (MaxScore: Turtle and Flood, "Query Evaluation: Strategies and
Optimizations", 1995), and a passage that cannot reach the threshold is dropped.

`briefqa.index.dense` adds scores up in the same order, so they are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from math import isqrt

from briefqa.index.bm25 import LEVELS, ImpactTable, levels_of
from briefqa.index.postings import PostingList
from briefqa.index.query import (
    MARGIN,
    Restriction,
    add_term,
    best,
    by_frequency,
    kth_best,
    posting_count,
    rank_all,
    rank_few,
    score,
)

__all__ = ["top_k"]

NUMPY_PAYS = 400_000
"""Reading this many postings takes longer than loading numpy."""
MANY_TERMS = 10
"""With more terms, hardly any passage is dropped before the last, so all postings are scored."""
SAMPLE = 256
"""Levels of a posting list that are sampled to choose its head."""


def top_k(
    lists: Iterable[PostingList], impacts: ImpactTable, top: int, restriction: Restriction
) -> list[tuple[float, int]] | None:
    """Rank the passages that contain at least one term.

    Args:
        lists: the posting lists of the terms.
        impacts: the impact of each code.
        top: the maximum number of passages.
        restriction: the passages that are allowed.

    Returns:
        Rounded scores and passage numbers, highest score first, ties by number; None if
        `briefqa.index.dense` is faster even if numpy must be loaded for it.
    """
    terms = by_frequency(lists)
    postings = sum(map(posting_count, terms))
    if len(terms) > MANY_TERMS:
        return None if postings > NUMPY_PAYS else rank_all(terms, impacts, top, restriction)
    heads = [_Head(term, impacts, top) for term in terms]
    first = sorted(set(chain.from_iterable(head.passages() for head in heads)))
    scores = score(restriction.select(first), terms, impacts)
    threshold = kth_best(scores, top)
    if not threshold:
        # Too few passages of the heads are allowed. It may be cheaper to score all allowed ones.
        candidates = restriction.candidates(postings // len(terms))
        if candidates is not None:
            return rank_few(restriction.select(candidates), terms, impacts, top)
    if _postings_to_read(heads, threshold) > NUMPY_PAYS:
        return None
    return best(scores | _score_tails(heads, impacts, top, threshold, restriction), top)


class _Head:
    """A posting list, divided by level into its head and the rest.

    Args:
        term: the posting list.
        impacts: the impact of each code.
        top: the number of passages to rank.

    Attributes:
        term: as given.
        max_score: the most that the term adds to a passage outside the head.
    """

    def __init__(self, term: PostingList, impacts: ImpactTable, top: int) -> None:
        self.term = term
        self._impacts = impacts
        self._levels = levels_of(term.codes)
        self._start = _head_start(self._levels, top)
        self.max_score = term.idf * impacts.max_impact_below(self._start)

    def passages(self) -> list[int]:
        """Return the passages of the head."""
        return self._between(self._start, LEVELS)

    def passages_outside(self, score: float) -> list[int]:
        """Return the passages outside the head in which the term adds `score`, and a few more."""
        if score > self.max_score:
            return []
        return self._between(self._impacts.level(score / self.term.idf), self._start)

    def _between(self, low: int, high: int) -> list[int]:
        """Return the passages with levels from `low` to before `high`."""
        marks = bytes(low) + b"\1" * (high - low) + bytes(LEVELS - max(low, high))
        return self.term.passages.select(self._levels.translate(marks))


def _head_start(levels: bytes, top: int) -> int:
    """Return the lowest level of the head, which has about 2 k or the square root of all postings.

    Args:
        levels: of the postings of a term.
        top: k, the number of passages to rank.
    """
    size = len(levels)
    count = max(2 * top, isqrt(size))
    if size <= count:
        return 0
    sample = sorted(levels[:: size // SAMPLE + 1])
    return sample[-1 - count * len(sample) // size] + 1


def _remaining(heads: Sequence[_Head]) -> list[float]:
    """Return the most that the terms from each one on add outside their heads, and 0 at the end."""
    return [*accumulate((head.max_score for head in reversed(heads)), initial=0.0)][::-1]


def _postings_to_read(heads: Sequence[_Head], threshold: float) -> int:
    """Return the number of postings of the terms that can bring up a new candidate."""
    return sum(
        posting_count(head.term)
        for head, bound in zip(heads, _remaining(heads), strict=False)
        if bound + MARGIN >= threshold
    )


def _score_tails(
    heads: Sequence[_Head],
    impacts: ImpactTable,
    top: int,
    threshold: float,
    restriction: Restriction,
) -> dict[int, float]:
    """Return the scores of the allowed passages outside all heads that may reach the threshold.

    A passage is scored once two of its terms were seen. Until then its one term must add enough by
    itself, or the passage is not looked at.
    """
    terms = [head.term for head in heads]
    remaining = _remaining(heads)
    scores: dict[int, float] = {}
    for place, term in enumerate(terms):
        needed = threshold - MARGIN - remaining[place]
        single = sorted(chain(*(head.passages_outside(needed) for head in heads[:place])))
        new = restriction.select(term.passages.intersect(single))
        scores |= score(new, terms[:place], impacts)
        scores = {number: score for number, score in scores.items() if score >= needed}
        add_term(scores, term, impacts)
        threshold = max(threshold, kth_best(scores, top))
    single = sorted(chain(*(head.passages_outside(threshold - MARGIN) for head in heads)))
    return scores | score(restriction.select(single), terms, impacts)
