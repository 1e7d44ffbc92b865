"""Queries: what an engine ranks, which passages it may return, and scoring all of these.

Where there are many postings, `briefqa.index.maxscore` and `briefqa.index.dense` score fewer. They
add scores up in the same order, so that these are equal to the last bit.
"""

from __future__ import annotations

from _bisect import bisect_right  # `bisect` adds copies in Python
from collections.abc import Iterable, Sequence
from itertools import chain

from briefqa.index.bm25 import SCORE_DIGITS
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from briefqa.index.bm25 import ImpactTable
    from briefqa.index.postings import PostingList

    Scores = np.ndarray[Any, np.dtype[np.float64]]

__all__ = [
    "MARGIN",
    "DocumentFilter",
    "Query",
    "Restriction",
    "add_term",
    "best",
    "by_frequency",
    "kth_best",
    "posting_count",
    "rank_all",
    "rank_few",
    "ranked",
    "score",
]

MARGIN = 2e-6
"""More than rounding can change a difference: a passage that scores less by this ranks behind."""


class Query(Record):
    """What to rank, and which passages may be returned.

    A passage is a hit if it contains at least one of the terms and meets all restrictions. Engines
    apply the restrictions while they rank: a restricted query returns as many hits as another one,
    with the same scores.

    Attributes:
        terms: what adds to a score, each once.
        required: groups of terms; of each group a passage must contain at least one.
        excluded: terms that a passage must not contain.
        filter: paths of the documents whose passages may be returned; None for all documents.
    """

    terms: tuple[str, ...]
    required: tuple[tuple[str, ...], ...] = ()
    excluded: frozenset[str] = frozenset()
    filter: frozenset[str] | None = None


class DocumentFilter(Record):
    """The passages of some documents.

    Attributes:
        flags: for each document of the index, 1 if its passages are allowed, else 0.
        firsts: the number of the first passage of each document, and the number of passages.
    """

    flags: bytes
    firsts: Sequence[int]

    def select(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some passages that are allowed."""
        flags, firsts = self.flags, self.firsts
        return [number for number in numbers if flags[bisect_right(firsts, number) - 1]]

    def ranges(self) -> list[range]:
        """Return the allowed passages of each document that has some."""
        ranges, document = [], self.flags.find(1)
        while document >= 0:
            ranges.append(range(self.firsts[document], self.firsts[document + 1]))
            document = self.flags.find(1, document + 1)
        return ranges


class Restriction:
    """The passages of an index that a query allows; without arguments all of them.

    Args:
        required: groups of posting lists; an allowed passage is in some list of each group.
        excluded: posting lists; an allowed passage is in none of them.
        document_filter: the passages of the documents that are allowed; None for all.
    """

    def __init__(
        self,
        required: Sequence[Sequence[PostingList]] = (),
        excluded: Sequence[PostingList] = (),
        document_filter: DocumentFilter | None = None,
    ) -> None:
        self._required = required
        self._excluded = excluded
        self._filter = document_filter

    def __bool__(self) -> bool:
        return bool(self._required or self._excluded or self._filter is not None)

    def select(self, numbers: Sequence[int]) -> Sequence[int]:
        """Return those of some ascending passages that are allowed."""
        if self._filter is not None:
            numbers = self._filter.select(numbers)
        for group in self._required:
            members = (postings.passages.intersect(numbers) for postings in group)
            numbers = sorted(set(chain.from_iterable(members)))
        for postings in self._excluded:
            barred = frozenset(postings.passages.intersect(numbers))
            if barred:
                numbers = [number for number in numbers if number not in barred]
        return numbers

    def candidates(self, limit: int) -> Sequence[int] | None:
        """Return ascending passages among which all allowed ones are; None if they are too many.

        Args:
            limit: the maximum number of passages.
        """
        ranges = None if self._filter is None else self._filter.ranges()
        if ranges is not None and sum(map(len, ranges)) <= limit:
            return list(chain.from_iterable(ranges))
        for group in self._required:
            if sum(len(postings.codes) for postings in group) <= limit:
                return sorted({number for postings in group for number in postings.passages})
        return None

    def initial_scores(self, size: int) -> Scores:
        """Return 0 for each passage that is allowed, and minus infinity for the others.

        Args:
            size: the number of passages of the index.
        """
        import numpy as np

        scores = np.zeros(size)
        if self._filter is not None:
            each = np.where(np.frombuffer(self._filter.flags, np.bool_), 0.0, -np.inf)
            scores = np.repeat(each, np.diff(np.asarray(self._filter.firsts)))
        for group in self._required:
            required = np.full(size, -np.inf)
            for postings in group:
                numbers = postings.passages.array()
                required[numbers] = scores[numbers]
            scores = required
        for postings in self._excluded:
            scores[postings.passages.array()] = -np.inf
        return scores


def rank_all(
    lists: Iterable[PostingList], impacts: ImpactTable, top: int, restriction: Restriction
) -> list[tuple[float, int]]:
    """Rank the passages that contain at least one term by scoring all of them.

    Args:
        lists: the posting lists of the terms.
        impacts: the impact of each code.
        top: the maximum number of passages.
        restriction: the passages that are allowed.

    Returns:
        Rounded scores and passage numbers, highest score first, ties by number.
    """
    scores: dict[int, float] = {}
    values, shift, score_of = impacts.values, impacts.shift, scores.get
    for term in by_frequency(lists):
        idf = term.idf
        for number, code in zip(term.passages, term.codes, strict=True):
            scores[number] = score_of(number, 0.0) + idf * values[code >> shift]
    if restriction:
        scores = {number: scores[number] for number in restriction.select(sorted(scores))}
    return best(scores, top)


def rank_few(
    numbers: Iterable[int], lists: Iterable[PostingList], impacts: ImpactTable, top: int
) -> list[tuple[float, int]]:
    """Rank those of some passages that contain at least one term; for the rest see `rank_all`."""
    scores = score(numbers, by_frequency(lists), impacts)
    return best({number: each for number, each in scores.items() if each}, top)


def by_frequency(lists: Iterable[PostingList]) -> list[PostingList]:
    """Return posting lists, the shortest first."""
    return sorted(lists, key=posting_count)


def posting_count(term: PostingList) -> int:
    """Return the number of postings of a term."""
    return len(term.codes)


def score(
    numbers: Iterable[int], terms: Sequence[PostingList], impacts: ImpactTable
) -> dict[int, float]:
    """Return the scores of some passages."""
    scores = dict.fromkeys(numbers, 0.0)
    for term in terms:
        add_term(scores, term, impacts)
    return scores


def add_term(scores: dict[int, float], term: PostingList, impacts: ImpactTable) -> None:
    """Add what a term adds to the passages that have a score."""
    idf, codes, values, shift = term.idf, term.codes, impacts.values, impacts.shift
    for number, position in term.passages.seek_all(sorted(scores)):
        scores[number] += idf * values[codes[position] >> shift]


def ranked(scores: Iterable[tuple[int, float]], top: int) -> list[tuple[float, int]]:
    """Return rounded scores and passage numbers, highest score first, ties by number.

    Args:
        scores: pairs of a passage number and a score.
        top: the maximum number of passages.
    """
    order = sorted([(-round(score, SCORE_DIGITS), number) for number, score in scores])
    return [(-score, number) for score, number in order[:top]]


def best(scores: dict[int, float], top: int) -> list[tuple[float, int]]:
    """Return the best of some scores, as `ranked` does."""
    threshold = kth_best(scores, top) - MARGIN
    return ranked((each for each in scores.items() if each[1] >= threshold), top)


def kth_best(scores: dict[int, float], top: int) -> float:
    """Return the lowest of the `top` highest scores; 0 if there are fewer."""
    if len(scores) < top:
        return 0.0
    from heapq import nlargest

    return nlargest(top, scores.values())[-1]
