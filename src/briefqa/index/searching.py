"""Ranking without scoring everything.

Terms are looked at rarest first. What all terms still to come can add at the most bounds what a
passage can reach (MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations",
1995): once passages that none of the earlier terms found can no longer lead, the later terms are
only looked up for those found already.

Scores add up in that same order everywhere, so that they are the same to the last bit.
"""

from collections.abc import Iterable, Sequence
from heapq import nlargest

from briefqa.index.postings import Postings
from briefqa.index.scoring import rounded

__all__ = ["MARGIN", "rank", "rarest_first"]

MARGIN = 2e-6
"""More than rounding can make of a difference: what falls short by it is behind."""
LOOKUP_COST = 8
"""Looking a passage up among the postings of a term takes as long as reading so many of them."""


def rarest_first(found: Iterable[Postings]) -> list[Postings]:
    """Put postings in the order in which scores add up."""
    return sorted(found, key=lambda postings: len(postings.passages))


def rank(terms: Sequence[Postings], impacts: Sequence[float], top: int) -> list[tuple[float, int]]:
    """Rank the passages that hold at least one of the terms.

    Args:
        terms: their postings, rarest first.
        impacts: what a term of idf 1 adds, by code.
        top: passages at the most.

    Returns:
        Rounded scores and passages; the highest score first, of equal ones the earlier passage.
    """
    scores: dict[int, float] = {}
    least = 0.0
    for place, term in enumerate(terms):
        ahead = sum(each.bound for each in terms[place:])
        if ahead + MARGIN >= least:
            _add(scores, term, impacts)
        else:
            _look_up(scores, term, impacts)
        if len(scores) > top:
            least = max(least, nlargest(top, scores.values())[-1])
            reach = least - MARGIN - (ahead - term.bound)
            scores = {number: score for number, score in scores.items() if score >= reach}
    ranked = sorted((-rounded(score), number) for number, score in scores.items())
    return [(-score, number) for score, number in ranked[:top]]


def _add(scores: dict[int, float], term: Postings, impacts: Sequence[float]) -> None:
    """Add what a term counts to all passages that hold it."""
    idf, get = term.idf, scores.get
    for number, code in zip(term.passages, term.codes, strict=True):
        scores[number] = get(number, 0.0) + idf * impacts[code]


def _look_up(scores: dict[int, float], term: Postings, impacts: Sequence[float]) -> None:
    """Add what a term counts to passages found already."""
    for number in scores:
        place = term.find(number)
        if place >= 0:
            scores[number] += term.idf * impacts[term.codes[place]]
