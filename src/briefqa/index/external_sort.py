"""External merge sort of postings: sorted runs, spilled to a temporary file if they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Any, Protocol

import numpy as np

from briefqa.records import Record

__all__ = [
    "ExternalSorter",
    "Numbers",
    "SortedRun",
    "SpillFile",
    "StoredPostings",
    "as_bytes",
    "narrow",
]

Numbers = np.ndarray[Any, np.dtype[Any]]

POSTINGS_IN_MEMORY = 1_500_000
"""Postings of the runs in memory, and about those of one range that is merged."""
BYTES_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of a spill file in memory before it moves to disk."""
COPY_SIZE = 4 * 1024 * 1024
"""Bytes copied at a time when a spill file moves."""


class SpillFile:
    """An append-only temporary file: in memory while it is small, then on disk.

    If the disk has no room, it stays in memory: that is slower, but the index is the same.
    """

    def __init__(self) -> None:
        self._file: Any = BytesIO()
        self._size = 0
        self._disk_has_room = True

    def __enter__(self) -> SpillFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def write(self, data: memoryview) -> int:
        """Append bytes; return their offset."""
        offset, size = self._size, data.nbytes
        if offset + size > BYTES_IN_MEMORY and isinstance(self._file, BytesIO):
            self._move_to_disk()
        try:
            _write_all(self._file, offset, data)
        except OSError:
            self._disk_has_room = False
            self._move(BytesIO())
            _write_all(self._file, offset, data)
        self._size += size
        return offset

    def read(self, offset: int, size: int) -> bytes:
        """Return some of the bytes."""
        self._file.seek(offset)
        data: bytes = self._file.read(size)
        return data

    def _move_to_disk(self) -> None:
        # Only large collections need a file.
        from tempfile import TemporaryFile

        if self._disk_has_room:
            try:
                self._move(TemporaryFile(prefix="briefqa-", buffering=0))  # noqa: SIM115
            except OSError:
                self._disk_has_room = False

    def _move(self, file: Any) -> None:
        """Copy the contents to another file and continue there."""
        try:
            for offset in range(0, self._size, COPY_SIZE):
                data = self.read(offset, min(COPY_SIZE, self._size - offset))
                _write_all(file, offset, memoryview(data))
        except OSError:
            file.close()
            raise
        self._file.close()
        self._file = file


def _write_all(file: Any, offset: int, data: memoryview) -> None:
    """Write bytes; an unbuffered file may accept only some of them at a time."""
    file.seek(offset)
    rest = data.cast("B")
    while rest:
        rest = rest[file.write(rest) :]


class SortedRun(Record):
    """Postings sorted by term, then passage; each pair of these once.

    Attributes:
        terms: the numbers of the terms.
        passages: the numbers of the passages.
        frequencies: how often each passage contains the term.
    """

    terms: Numbers
    passages: Numbers
    frequencies: Numbers

    @classmethod
    def of(cls, terms: Numbers, passages: Numbers) -> SortedRun:
        """Sort and count occurrences of terms.

        Args:
            terms: the number of the term of each occurrence.
            passages: the number of the passage of each occurrence, ascending.
        """
        order = _stable_order(terms)
        terms, passages = terms[order], passages[order]
        first = _group_starts(terms, passages)
        frequencies = np.diff(first, append=terms.size).astype(np.uint32)
        return cls(terms[first], passages[first], frequencies)

    @classmethod
    def concatenate(cls, runs: Sequence[SortedRun]) -> SortedRun:
        """Merge runs, each of later passages than the one before."""
        if len(runs) < 2:
            return runs[0] if runs else EMPTY
        terms = np.concatenate([run.terms for run in runs])
        passages = np.concatenate([run.passages for run in runs])
        frequencies = np.concatenate([run.frequencies for run in runs])
        order = _stable_order(terms)
        return cls(terms[order], passages[order], frequencies[order])

    def merge(self, other: SortedRun) -> SortedRun:
        """Merge with any other run; frequencies of the same term and passage are added."""
        few, many = sorted((self, other), key=lambda run: run.terms.size)
        if not few.terms.size:
            return many
        keys, others = _keys(few), _keys(many)
        places = np.searchsorted(others, keys)
        same = others.take(places, mode="clip") == keys
        frequencies = many.frequencies.copy()
        frequencies[places[same]] += few.frequencies[same]
        new, before = ~same, places[~same]
        return SortedRun(
            np.insert(many.terms, before, few.terms[new]),
            np.insert(many.passages, before, few.passages[new]),
            np.insert(frequencies, before, few.frequencies[new]),
        )

    def range(self, start: int, end: int) -> SortedRun:
        """Return the postings of the terms from number `start` to before `end`."""
        first, last = np.searchsorted(self.terms, (start, end))
        return SortedRun(
            self.terms[first:last], self.passages[first:last], self.frequencies[first:last]
        )


class _SpilledRun(Record):
    """A run of which passages and frequencies are in the spill file.

    Attributes:
        terms: the distinct terms.
        starts: the position of the first posting of each, and the number of postings.
        offset: of the run in the spill file.
    """

    terms: Numbers
    starts: Numbers
    offset: int


class StoredPostings(Protocol):
    """Postings of a previous index."""

    terms: int

    def term_counts(self) -> Numbers:
        """Return an upper bound of the number of postings of each term."""

    def lengths(self, passages: int) -> Numbers:
        """Return the number of terms in each of the passages."""

    def range(self, start: int, end: int) -> SortedRun:
        """Return the postings of a range of terms."""


class ExternalSorter:
    """Collects sorted runs and merges them by ranges of terms.

    Args:
        stored: postings of a previous index to merge with; of other passages than the runs.
    """

    def __init__(self, stored: StoredPostings | None = None) -> None:
        self._stored = stored
        self._runs: list[SortedRun | _SpilledRun] = []
        self._inherited: list[SortedRun | _SpilledRun] = []
        self._spill_file = SpillFile()
        self._lengths: list[tuple[int, Numbers]] = []

    def __enter__(self) -> ExternalSorter:
        return self

    def __exit__(self, *_: object) -> None:
        self._spill_file.close()

    def add(self, run: SortedRun, *, inherited: bool = False) -> None:
        """Add a run.

        Args:
            run: of later passages than those added before.
            inherited: whether its terms are inherited from titles; these may repeat
                pairs of term and passage of other runs.
        """
        if not run.passages.size:
            return
        first = int(run.passages.min())
        self._lengths.append((first, np.bincount(run.passages - np.uint32(first), run.frequencies)))
        (self._inherited if inherited else self._runs).append(run)
        in_memory = (each for each in self._all() if isinstance(each, SortedRun))
        if sum(each.terms.size for each in in_memory) > POSTINGS_IN_MEMORY:
            self._runs, self._inherited = map(self._spill_all, (self._runs, self._inherited))

    def _all(self) -> Iterator[SortedRun | _SpilledRun]:
        return chain(self._runs, self._inherited)

    def _spill_all(self, runs: Iterable[SortedRun | _SpilledRun]) -> list[SortedRun | _SpilledRun]:
        return [self._spill(run) if isinstance(run, SortedRun) else run for run in runs]

    def _spill(self, run: SortedRun) -> _SpilledRun:
        rows = np.column_stack((run.passages, run.frequencies))
        offset = self._spill_file.write(rows.data)
        starts = _group_starts(run.terms)
        return _SpilledRun(run.terms[starts], np.append(starts, run.terms.size), offset)

    def lengths(self, passages: int) -> Numbers:
        """Return the number of terms in each passage."""
        lengths = self._stored.lengths(passages) if self._stored else np.zeros(passages, np.int64)
        for first, added in self._lengths:
            lengths[first : first + added.size] += added.astype(np.int64)
        return lengths

    def term_counts(self, terms: int) -> Numbers:
        """Return an upper bound of the number of postings of each term."""
        counts = np.zeros(terms, np.int64)
        if self._stored:
            counts[: self._stored.terms] += self._stored.term_counts()
        for run in self._all():
            if isinstance(run, SortedRun):
                counts += np.bincount(run.terms, minlength=terms)
            else:
                counts[run.terms] += np.diff(run.starts)
        return counts

    def ranges(self, terms: int) -> Iterator[tuple[int, int, SortedRun]]:
        """Yield all postings, merged, in ranges of terms that fit into memory.

        Args:
            terms: the number of terms.

        Yields:
            The first term of the range, one past its last, and their postings.
        """
        for start, end in self.bounds(terms):
            yield start, end, self._merge(start, end)

    def bounds(self, terms: int) -> Iterator[tuple[int, int]]:
        """Yield where the ranges of terms start and end."""
        totals = np.cumsum(self.term_counts(terms))
        start = 0
        while start < totals.size:
            before = totals[start - 1] if start else 0
            limit = before + POSTINGS_IN_MEMORY
            end = max(start + 1, int(np.searchsorted(totals, limit, "right")))
            yield start, end
            start = end

    def _merge(self, start: int, end: int) -> SortedRun:
        merged = self._stored.range(start, end) if self._stored else EMPTY
        for runs in (self._runs, self._inherited):
            parts = [self._range(run, start, end) for run in runs]
            merged = merged.merge(SortedRun.concatenate(parts))
        return merged

    def _range(self, run: SortedRun | _SpilledRun, start: int, end: int) -> SortedRun:
        if isinstance(run, SortedRun):
            return run.range(start, end)
        first, last = np.searchsorted(run.terms, (start, end))
        low, high = run.starts[first], run.starts[last]
        data = self._spill_file.read(run.offset + 8 * int(low), 8 * int(high - low))
        rows = np.frombuffer(data, np.uint32).reshape(-1, 2)
        terms = np.repeat(run.terms[first:last], np.diff(run.starts[first : last + 1]))
        return SortedRun(terms, rows[:, 0], rows[:, 1])


def _keys(run: SortedRun) -> Numbers:
    """Return a number for each pair of term and passage that sorts as the pair does."""
    return (run.terms.astype(np.uint64) << np.uint64(32)) | run.passages


def _stable_order(terms: Numbers) -> Numbers:
    """Return the order that sorts terms and keeps equal ones in place.

    numpy sorts 16-bit numbers by radix, faster than others: first the lower halves, then the upper.
    """
    order = np.argsort(terms.astype(np.uint16), kind="stable")
    upper = (terms >> np.uint32(16)).astype(np.uint16)[order]
    return order[np.argsort(upper, kind="stable")]


def _group_starts(*columns: Numbers) -> Numbers:
    """Return the positions in sorted rows at which any column changes, and 0."""
    changes = [column[1:] != column[:-1] for column in columns]
    start = np.ones(min(1, columns[0].size), np.bool_)
    return np.flatnonzero(np.concatenate((start, np.logical_or.reduce(changes))))


def narrow(numbers: Numbers) -> Numbers:
    """Return unsigned integers in the narrowest type that holds them."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def as_bytes(numbers: Numbers) -> memoryview:
    """Return the bytes of an array."""
    return np.ascontiguousarray(numbers).data.cast("B")


EMPTY = SortedRun(*(np.zeros(0, np.uint32) for _ in SortedRun._fields))
