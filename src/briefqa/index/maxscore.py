"""Ranking without scoring everything.

The passages in which a term counts most are scored at the outset: the last of the leading ones is a
score to reach, and what a term adds to other passages is less than there. Then terms are looked at
rarest first. What all terms still to come can add at the most bounds what a passage can reach
(MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995): one that
cannot reach the last of the leading ones any more is let go.

Scores add up in that same order everywhere, so that they are the same to the last bit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from math import isqrt

from briefqa.index.bm25 import SCORE_DIGITS
from briefqa.index.impacts import LEVELS, Impacts, levels_of
from briefqa.index.paged_postings import held, marked, members
from briefqa.index.postings import Postings

__all__ = ["LONG", "MARGIN", "best", "bounds_of", "head_of", "rank"]

MARGIN = 2e-6
"""More than rounding can make of a difference: what falls short by it is behind."""
ALL = 4_000
"""Postings that are added up faster than it is found out which may lead."""
MANY = 400_000
"""Postings that take longer to look through than numpy takes to load."""
LONG = 10
"""Terms of a question of which more let hardly any passage go before the last: all are added up."""
SAMPLED = 256
"""Codes of a term that tell how its codes are spread."""


def rank(found: Iterable[Postings], impacts: Impacts, top: int) -> list[tuple[float, int]]:
    """Rank the passages that hold at least one of some terms.

    Args:
        found: the postings of the terms.
        impacts: what a term of idf 1 adds, by code.
        top: passages at the most.

    Returns:
        Rounded scores and passages; the highest score first, of equal ones the earlier passage.
    """
    terms = sorted(filter(_postings, found), key=_postings)
    postings, long = sum(map(_postings, terms)), len(terms) > LONG
    if (terms and _numpy_is_loaded()) or (long and postings > MANY):
        return _rank_by_numpy(terms, impacts, top)
    if long or postings <= ALL:
        scores = _add_up(terms, impacts)
    else:
        sieves = [_Sieve(term, impacts, top) for term in terms]
        scores = _score(sorted(set(chain(*(each.first() for each in sieves)))), terms, impacts)
        least = _last_of(scores, top)
        if _to_read(sieves, least) > MANY:
            return _rank_by_numpy(terms, impacts, top)
        scores |= _others(sieves, impacts, top, least)
    least = _last_of(scores, top) - MARGIN
    return best((each for each in scores.items() if each[1] >= least), top)


def best(scores: Iterable[tuple[int, float]], top: int) -> list[tuple[float, int]]:
    """Put passages in order by their rounded scores; of equal ones the earlier comes first."""
    ranked = sorted([(-round(score, SCORE_DIGITS), number) for number, score in scores])
    return [(-score, number) for score, number in ranked[:top]]


def head_of(codes: Sequence[int], top: int) -> int:
    """Return a code that about as many postings reach as are scored at the outset.

    Args:
        codes: of a term, or their levels.
        top: passages that are to lead.
    """
    size = len(codes)
    count = max(2 * top, isqrt(size))
    if size <= count:
        return 0
    sample = sorted(codes[:: size // SAMPLED + 1])
    return sample[-1 - count * len(sample) // size] + 1


def bounds_of(bounds: Sequence[float]) -> list[float]:
    """Return what the terms from each one on can add at the most, and 0 at the end."""
    return [*accumulate(reversed(bounds), initial=0.0)][::-1]


def _postings(term: Postings) -> int:
    return len(term.codes)


def _numpy_is_loaded() -> bool:
    return "numpy" in sys.modules


def _rank_by_numpy(
    terms: Sequence[Postings], impacts: Impacts, top: int
) -> list[tuple[float, int]]:
    from briefqa.index.dense import rank_by_numpy

    return rank_by_numpy(terms, impacts, top)


class _Sieve:
    """The postings of a term, sifted by what they count.

    Args:
        term: the postings.
        impacts: what a term of idf 1 adds, by code.
        top: passages that are to lead.

    Attributes:
        term: as given.
        bound: what the term adds at the most to passages that are not among the first.
    """

    def __init__(self, term: Postings, impacts: Impacts, top: int) -> None:
        self.term = term
        self._impacts = impacts
        self._levels = levels_of(term.codes)
        self._head = head_of(self._levels, top)
        self.bound = term.idf * impacts.most_below(impacts.lowest(self._head))

    def first(self) -> list[int]:
        """Return the passages in which the term counts most."""
        return self._between(self._head, LEVELS)

    def others(self, wanted: float) -> list[int]:
        """Return the passages, but the first, in which the term counts enough, and a few more."""
        if wanted > self.bound:
            return []
        return self._between(self._impacts.level(wanted / self.term.idf), self._head)

    def _between(self, low: int, high: int) -> list[int]:
        """The passages from one level on and below another, found without a look at each."""
        marks = bytes(low) + b"\1" * (high - low) + bytes(LEVELS - max(low, high))
        return marked(self.term.passages, self._levels.translate(marks))


def _to_read(sieves: Sequence[_Sieve], least: float) -> int:
    """How many postings are looked through for passages that may lead."""
    ahead = bounds_of([sieve.bound for sieve in sieves])
    return sum(
        _postings(sieve.term)
        for sieve, bound in zip(sieves, ahead, strict=False)
        if bound + MARGIN >= least
    )


def _others(sieves: Sequence[_Sieve], impacts: Impacts, top: int, least: float) -> dict[int, float]:
    """Return the scores of all passages, but the first, that may lead.

    A passage is scored once two terms have been found in it. Until then, whether it may lead shows
    in the one: it counts enough, or the passage is not looked at.
    """
    terms = [sieve.term for sieve in sieves]
    ahead = bounds_of([sieve.bound for sieve in sieves])
    scores: dict[int, float] = {}
    for place, term in enumerate(terms):
        reach = least - MARGIN - ahead[place]
        alone = sorted(chain(*(sieve.others(reach) for sieve in sieves[:place])))
        scores |= _score(members(term.passages, alone), terms[:place], impacts)
        scores = {number: score for number, score in scores.items() if score >= reach}
        _look_up(scores, term, impacts)
        least = max(least, _last_of(scores, top))
    alone = sorted(chain(*(sieve.others(least - MARGIN) for sieve in sieves)))
    return scores | _score(alone, terms, impacts)


def _score(numbers: Sequence[int], terms: Sequence[Postings], impacts: Impacts) -> dict[int, float]:
    """Return what terms count together in some passages, which rise."""
    scores = dict.fromkeys(numbers, 0.0)
    for term in terms:
        _look_up(scores, term, impacts)
    return scores


def _look_up(scores: dict[int, float], term: Postings, impacts: Impacts) -> None:
    """Add what a term counts to passages found already."""
    idf, codes, values, shift = term.idf, term.codes, impacts.values, impacts.shift
    for number, place in held(term.passages, sorted(scores)):
        scores[number] += idf * values[codes[place] >> shift]


def _add_up(terms: Sequence[Postings], impacts: Impacts) -> dict[int, float]:
    """Return what terms count together in all passages that hold them."""
    scores: dict[int, float] = {}
    values, shift, score_of = impacts.values, impacts.shift, scores.get
    for term in terms:
        idf = term.idf
        for number, code in zip(term.passages, term.codes, strict=True):
            scores[number] = score_of(number, 0.0) + idf * values[code >> shift]
    return scores


def _last_of(scores: dict[int, float], top: int) -> float:
    """The score of the last of the leading; 0 where there are not so many."""
    if len(scores) < top:
        return 0.0
    from heapq import nlargest

    return nlargest(top, scores.values())[-1]
