"""Runs of postings on their way to the index, on disk where they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

import numpy as np

from briefqa.index.spill_file import Scratch
from briefqa.records import Record

__all__ = ["Kept", "Numbers", "Run", "Runs", "as_bytes", "narrow"]

Numbers = np.ndarray[Any, np.dtype[Any]]

IN_MEMORY = 1_500_000
"""Postings that are kept in memory before the disk is used."""


class Run(Record):
    """Postings, sorted by term, then passage; each pair once.

    Attributes:
        terms: the numbers of the terms.
        passages: the numbers of the passages.
        frequencies: how often each passage holds the term.
    """

    terms: Numbers
    passages: Numbers
    frequencies: Numbers

    @classmethod
    def of(cls, terms: Numbers, passages: Numbers) -> Run:
        """Make a run of terms as they stand, each as often as it stands there.

        Args:
            terms: their numbers.
            passages: where each of them stands, rising.
        """
        order = _order(terms)
        terms, passages = terms[order], passages[order]
        first = _first(terms, passages)
        frequencies = np.diff(first, append=terms.size).astype(np.uint32)
        return cls(terms[first], passages[first], frequencies)

    @classmethod
    def join(cls, runs: Sequence[Run]) -> Run:
        """Join runs, each of later passages than the one before."""
        if len(runs) < 2:
            return runs[0] if runs else EMPTY
        terms, passages, frequencies = map(np.concatenate, zip(*runs, strict=True))
        order = _order(terms)
        return cls(terms[order], passages[order], frequencies[order])

    def merged(self, other: Run) -> Run:
        """Merge two runs; what both hold of a term in a passage is added up."""
        few, many = sorted((self, other), key=lambda run: run.terms.size)
        if not few.terms.size:
            return many
        keys, others = _keys(few.terms, few.passages), _keys(many.terms, many.passages)
        places = np.searchsorted(others, keys)
        same = others.take(places, mode="clip") == keys
        frequencies = many.frequencies.copy()
        frequencies[places[same]] += few.frequencies[same]
        columns = zip((many.terms, many.passages, frequencies), few, strict=True)
        return Run(*(np.insert(long, places[~same], new[~same]) for long, new in columns))


class _Spilled(Record):
    """A run whose passages and frequencies are on disk; its terms are few."""

    terms: Numbers
    ends: Numbers
    place: int


class Kept(Protocol):
    """Postings that are stored already."""

    terms: int

    def term_counts(self) -> Numbers:
        """Return how many postings each term has, at the most."""

    def lengths(self, passages: int) -> Numbers:
        """Return how many terms each of the passages has in them."""

    def part(self, start: int, end: int) -> Run:
        """Return the postings of a range of terms."""


class Runs:
    """Runs of postings, kept in a temporary file once they are many.

    Args:
        kept: postings to which the runs are added; of other passages than theirs.
    """

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept
        self._written: list[Run | _Spilled] = []
        self._lent: list[Run | _Spilled] = []
        self._scratch = Scratch()
        self._lengths: list[tuple[int, Numbers]] = []

    def __enter__(self) -> Runs:
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    def add(self, run: Run, *, lent: bool = False) -> None:
        """Keep a run.

        Args:
            run: of later passages than those before.
            lent: whether it is of what headings and titles lend, which passages may hold, too.
        """
        if not run.passages.size:
            return
        first = int(run.passages.min())
        self._lengths.append((first, np.bincount(run.passages - np.uint32(first), run.frequencies)))
        (self._lent if lent else self._written).append(run)
        if sum(len(each.terms) for each in self._all() if isinstance(each, Run)) > IN_MEMORY:
            self._written, self._lent = map(self._spilled, (self._written, self._lent))

    def _all(self) -> Iterator[Run | _Spilled]:
        return chain(self._written, self._lent)

    def _spilled(self, runs: Iterable[Run | _Spilled]) -> list[Run | _Spilled]:
        return [self._spill(run) if isinstance(run, Run) else run for run in runs]

    def _spill(self, run: Run) -> _Spilled:
        rows = np.column_stack((run.passages, run.frequencies))
        place = self._scratch.write(rows.data)
        first = _first(run.terms)
        return _Spilled(run.terms[first], np.append(first, run.terms.size), place)

    def lengths(self, passages: int) -> Numbers:
        """Return how many terms each passage has."""
        lengths = self._kept.lengths(passages) if self._kept else np.zeros(passages, np.int64)
        for first, added in self._lengths:
            lengths[first : first + added.size] += added.astype(np.int64)
        return lengths

    def term_counts(self, terms: int) -> Numbers:
        """Return how many postings each term has, at the most."""
        counts = np.zeros(terms, np.int64)
        if self._kept:
            counts[: self._kept.terms] += self._kept.term_counts()
        for run in self._all():
            if isinstance(run, Run):
                counts += np.bincount(run.terms, minlength=terms)
            else:
                counts[run.terms] += np.diff(run.ends)
        return counts

    def ranges(self, terms: int) -> Iterator[tuple[int, int, Run]]:
        """Yield all postings, merged, in ranges of terms that fit into memory.

        Args:
            terms: how many terms there are.

        Yields:
            The first term of the range, one past the last, and their postings.
        """
        for start, end in self.bounds(terms):
            yield start, end, self._range(start, end)

    def bounds(self, terms: int) -> Iterator[tuple[int, int]]:
        """Yield where the ranges of terms begin and end."""
        return _bounds(self.term_counts(terms))

    def _range(self, start: int, end: int) -> Run:
        merged = self._kept.part(start, end) if self._kept else EMPTY
        for runs in (self._written, self._lent):
            merged = merged.merged(Run.join([self._part(run, start, end) for run in runs]))
        return merged

    def _part(self, run: Run | _Spilled, start: int, end: int) -> Run:
        first, last = np.searchsorted(run.terms, (start, end))
        if isinstance(run, Run):
            return Run(*(column[first:last] for column in run))
        place, stop = run.ends[first], run.ends[last]
        read = self._scratch.read(run.place + 8 * int(place), 8 * int(stop - place))
        rows = np.frombuffer(read, np.uint32).reshape(-1, 2)
        terms = np.repeat(run.terms[first:last], np.diff(run.ends[first : last + 1]))
        return Run(terms, rows[:, 0], rows[:, 1])


def _bounds(counts: Numbers) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms of about `IN_MEMORY` postings."""
    totals = np.cumsum(counts)
    start = 0
    while start < totals.size:
        before = totals[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(totals, before + IN_MEMORY, "right")))
        yield start, end
        start = end


def _keys(terms: Numbers, passages: Numbers) -> Numbers:
    """One number for a term and a passage, sorted as the pair is."""
    return (terms.astype(np.uint64) << np.uint64(32)) | passages


def _order(terms: Numbers) -> Numbers:
    """What sorts terms, and keeps the order of equal ones.

    It goes by their lower halves, then by the upper ones: numbers of two bytes are sorted digit by
    digit, faster than others.
    """
    order = np.argsort(terms.astype(np.uint16), kind="stable")
    upper = (terms >> np.uint32(16)).astype(np.uint16)[order]
    return order[np.argsort(upper, kind="stable")]


def _first(*columns: Numbers) -> Numbers:
    """The places where any column of sorted rows goes on to another number."""
    changes = [column[1:] != column[:-1] for column in columns]
    some = np.ones(min(1, columns[0].size), np.bool_)
    return np.flatnonzero(np.concatenate((some, np.logical_or.reduce(changes))))


def narrow(numbers: Numbers) -> Numbers:
    """Return whole numbers as narrow as they may be."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def as_bytes(numbers: Numbers) -> memoryview:
    """Return the bytes of an array, as a section holds them."""
    return np.ascontiguousarray(numbers).data.cast("B")


EMPTY = Run(*(np.zeros(0, np.uint32) for _ in Run._fields))
