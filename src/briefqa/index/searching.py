"""Ranking without scoring everything.

Terms are looked at rarest first. What all terms still to come can add at the most bounds what a
passage can reach (MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations",
1995): a passage that cannot reach the last of the leading ones any more is let go, and once
passages that none of the earlier terms found can no longer lead, the later terms are only looked up
for those found already.

Scores add up in that same order everywhere, so that they are the same to the last bit.
"""

import sys
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import accumulate

from briefqa.index.postings import Postings
from briefqa.index.scoring import rounded

__all__ = ["MARGIN", "bounds", "rank"]

MARGIN = 2e-6
"""More than rounding can make of a difference: what falls short by it is behind."""
FEW = 150
"""Postings that are ranked faster without numpy even where it is loaded."""
MANY = 400_000
"""Postings that take longer to read one by one than numpy takes to load."""
LOOKUP = 10
"""Postings that are read one by one in the time of looking a passage up."""


def rank(found: Iterable[Postings], impacts: Sequence[float], top: int) -> list[tuple[float, int]]:
    """Rank the passages that hold at least one of some terms.

    Args:
        found: the postings of the terms.
        impacts: what a term of idf 1 adds, by code.
        top: passages at the most.

    Returns:
        Rounded scores and passages; the highest score first, of equal ones the earlier passage.
    """
    terms = sorted(filter(_is_held, found), key=lambda postings: len(postings.passages))
    if sum(len(term.passages) for term in terms) > FEW and "numpy" in sys.modules:
        return _rank_by_numpy(terms, impacts, top)
    least = _head_start(terms, impacts, top)
    ahead = bounds(terms)
    read = sum(
        len(term.passages) for term, bound in zip(terms, ahead, strict=False) if bound >= least
    )
    if read > MANY:
        return _rank_by_numpy(terms, impacts, top)
    scores = _scores(terms, impacts, top, least)
    ranked = sorted((-rounded(score), number) for number, score in scores.items())
    return [(-score, number) for score, number in ranked[:top]]


def bounds(terms: Sequence[Postings]) -> list[float]:
    """Return what the terms from each one on can add at the most, and 0 at the end."""
    return [*accumulate((term.bound for term in reversed(terms)), initial=0.0)][::-1]


def _is_held(term: Postings) -> bool:
    return len(term.passages) > 0


def _rank_by_numpy(
    terms: Sequence[Postings], impacts: Sequence[float], top: int
) -> list[tuple[float, int]]:
    from briefqa.index.scanning import rank_by_numpy

    return rank_by_numpy(terms, impacts, top)


def _head_start(terms: Sequence[Postings], impacts: Sequence[float], top: int) -> float:
    """A score that enough passages reach: of those in which frequent terms count most."""
    leaders = {number for term in terms for number in term.leaders}
    if len(leaders) < top:
        return 0.0
    scores = dict.fromkeys(leaders, 0.0)
    for term in terms:
        _look_up(scores, term, impacts)
    return nlargest(top, scores.values())[-1]


def _scores(
    terms: Sequence[Postings], impacts: Sequence[float], top: int, least: float
) -> dict[int, float]:
    """Return the scores of all passages that may lead."""
    scores: dict[int, float] = {}
    for term, bound, rest in zip(terms, bounds(terms), bounds(terms)[1:], strict=False):
        if bound + MARGIN < least:
            _look_up(scores, term, impacts)
        else:
            _read(scores, term, impacts, least - MARGIN - rest)
        if len(scores) > top:
            least = max(least, nlargest(top, scores.values())[-1])
        reach = least - MARGIN - rest
        scores = {number: score for number, score in scores.items() if score >= reach}
    return scores


def _read(
    scores: dict[int, float], term: Postings, impacts: Sequence[float], wanted: float
) -> None:
    """Add what a term counts to the passages found, and find those in which it counts enough."""
    found = _counting(term, impacts, wanted)
    _look_up(scores, term, impacts)
    for number, value in found:
        scores.setdefault(number, value)


def _counting(
    term: Postings, impacts: Sequence[float], wanted: float
) -> Iterable[tuple[int, float]]:
    """Find the passages in which a term counts enough, and what it counts there."""
    idf, postings = term.idf, zip(term.passages, term.codes, strict=True)
    if len(term.passages) < len(impacts):
        counted = ((number, idf * impacts[code]) for number, code in postings)
        return [each for each in counted if each[1] >= wanted]
    # There are fewer codes than passages: each is decided once.
    values = [idf * impact for impact in impacts]
    enough = [value >= wanted for value in values]
    return [(number, values[code]) for number, code in postings if enough[code]]


def _look_up(scores: dict[int, float], term: Postings, impacts: Sequence[float]) -> None:
    """Add what a term counts to passages found already."""
    if len(scores) * LOOKUP > len(term.passages):
        idf = term.idf
        for number, code in zip(term.passages, term.codes, strict=True):
            if number in scores:
                scores[number] += idf * impacts[code]
        return
    for number in scores:
        place = term.find(number)
        if place >= 0:
            scores[number] += term.idf * impacts[term.codes[place]]
