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

from briefqa.index.bm25 import LEVELS, SCORE_DIGITS, ImpactTable, levels_of
from briefqa.index.postings import PostingList
from briefqa.index.query import Restriction

__all__ = ["MARGIN", "by_frequency", "rank_few", "ranked", "top_k"]

MARGIN = 2e-6
"""More than rounding can change a difference: a passage that scores less by this ranks behind."""
SCORED_AT_ONCE = 4_000
"""Up to this many postings, scoring all is cheaper than pruning."""
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
        Rounded scores and passage numbers, highest score first, ties by number; None where
        `briefqa.index.dense` is faster even if numpy must be loaded for it.
    """
    terms = by_frequency(lists)
    postings = sum(map(_size, terms))
    if postings <= SCORED_AT_ONCE or len(terms) > MANY_TERMS:
        if postings > NUMPY_PAYS:
            return None
        scores = _score_all(terms, impacts)
        if restriction:
            scores = {number: scores[number] for number in restriction.select(sorted(scores))}
        return _best(scores, top)
    heads = [_Head(term, impacts, top) for term in terms]
    first = sorted(set(chain.from_iterable(head.passages() for head in heads)))
    scores = _score(restriction.select(first), terms, impacts)
    threshold = _kth_best(scores, top)
    if not threshold:
        # Too few passages of the heads are allowed. It may be cheaper to score all allowed ones.
        candidates = restriction.candidates(postings // len(terms))
        if candidates is not None:
            return rank_few(restriction.select(candidates), terms, impacts, top)
    if _postings_to_read(heads, threshold) > NUMPY_PAYS:
        return None
    return _best(scores | _score_tails(heads, impacts, top, threshold, restriction), top)


def rank_few(
    numbers: Iterable[int], lists: Iterable[PostingList], impacts: ImpactTable, top: int
) -> list[tuple[float, int]]:
    """Rank those of some passages that contain at least one term; for the rest see `top_k`."""
    scores = _score(numbers, by_frequency(lists), impacts)
    return _best({number: score for number, score in scores.items() if score}, top)


def by_frequency(lists: Iterable[PostingList]) -> list[PostingList]:
    """Return posting lists, the shortest first."""
    return sorted(lists, key=_size)


def ranked(scores: Iterable[tuple[int, float]], top: int) -> list[tuple[float, int]]:
    """Return rounded scores and passage numbers, highest score first, ties by number.

    Args:
        scores: pairs of a passage number and a score.
        top: the maximum number of passages.
    """
    order = sorted([(-round(score, SCORE_DIGITS), number) for number, score in scores])
    return [(-score, number) for score, number in order[:top]]


def _best(scores: dict[int, float], top: int) -> list[tuple[float, int]]:
    threshold = _kth_best(scores, top) - MARGIN
    return ranked((each for each in scores.items() if each[1] >= threshold), top)


def _size(term: PostingList) -> int:
    return len(term.codes)


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
        _size(head.term)
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

    A passage is scored once two of its terms were met. Until then its one term must add enough by
    itself, or the passage is not looked at.
    """
    terms = [head.term for head in heads]
    remaining = _remaining(heads)
    scores: dict[int, float] = {}
    for place, term in enumerate(terms):
        needed = threshold - MARGIN - remaining[place]
        single = sorted(chain(*(head.passages_outside(needed) for head in heads[:place])))
        new = restriction.select(term.passages.intersect(single))
        scores |= _score(new, terms[:place], impacts)
        scores = {number: score for number, score in scores.items() if score >= needed}
        _add_term(scores, term, impacts)
        threshold = max(threshold, _kth_best(scores, top))
    single = sorted(chain(*(head.passages_outside(threshold - MARGIN) for head in heads)))
    return scores | _score(restriction.select(single), terms, impacts)


def _score(
    numbers: Iterable[int], terms: Sequence[PostingList], impacts: ImpactTable
) -> dict[int, float]:
    """Return the scores of some passages."""
    scores = dict.fromkeys(numbers, 0.0)
    for term in terms:
        _add_term(scores, term, impacts)
    return scores


def _add_term(scores: dict[int, float], term: PostingList, impacts: ImpactTable) -> None:
    """Add what a term adds to the passages that have a score."""
    idf, codes, values, shift = term.idf, term.codes, impacts.values, impacts.shift
    for number, position in term.passages.seek_all(sorted(scores)):
        scores[number] += idf * values[codes[position] >> shift]


def _score_all(terms: Sequence[PostingList], impacts: ImpactTable) -> dict[int, float]:
    """Return the scores of all passages that contain a term."""
    scores: dict[int, float] = {}
    values, shift, score_of = impacts.values, impacts.shift, scores.get
    for term in terms:
        idf = term.idf
        for number, code in zip(term.passages, term.codes, strict=True):
            scores[number] = score_of(number, 0.0) + idf * values[code >> shift]
    return scores


def _kth_best(scores: dict[int, float], top: int) -> float:
    """Return the lowest of the `top` highest scores; 0 if there are fewer."""
    if len(scores) < top:
        return 0.0
    from heapq import nlargest

    return nlargest(top, scores.values())[-1]
