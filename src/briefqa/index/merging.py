"""From runs to the postings of an index file.

A passage counts by how often it holds a term and by how long it is; each pair of the two gets a
code, by its place in a sorted table of what rank-bm25's formula makes of them; see `impacts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from briefqa.index.file_writing import Writer
from briefqa.index.impacts import spread
from briefqa.index.model import impacts
from briefqa.index.paging import PageWriter
from briefqa.index.runs import Numbers, Run, Runs, as_bytes
from briefqa.index.scratch import Scratch

__all__ = ["write_postings"]

NARROW = 0x10000
"""Codes that fit into two bytes."""
WIDE = 0x100000000
"""Postings whose places do not fit into four bytes any more."""


def write_postings(writer: Writer, runs: Runs, terms: int, passages: int) -> None:
    """Merge runs and write the sections of the postings.

    Args:
        writer: of the file.
        runs: all postings.
        terms: the number of terms.
        passages: the number of passages.
    """
    counts: Numbers = np.zeros(terms, np.int64)
    lengths = runs.lengths(passages)
    pairs = _Pairs(lengths)
    with Scratch() as merged:
        pages = PageWriter(writer, passages)
        for start, end, run in runs.ranges(terms):
            counts[start:end] = np.bincount(run.terms - np.uint32(start), minlength=end - start)
            pages.add(run.passages, counts[start:end])
            pairs.see(run)
            merged.write(as_bytes(np.stack((run.passages, run.frequencies))))
        table = pairs.table()
        ends = np.concatenate(([0], np.cumsum(counts)))
        _write_codes(writer, _Coded(merged, pairs, runs, ends))
    pages.finish()
    writer.add("impacts", as_bytes(table))
    writer.add("impacts.frequencies", as_bytes(pairs.frequencies))
    writer.add("passages.lengths", as_bytes(lengths.astype(np.uint32)))
    writer.add("terms.ends", as_bytes(ends.astype(np.uint32 if ends[-1] < WIDE else np.uint64)))


class _Pairs:
    """The pairs of a frequency and a length that there are, and their codes.

    Args:
        lengths: of all passages, in terms.

    Attributes:
        frequencies: by place in the table, once `table` has made it.
        kind: of the codes, then.
    """

    def __init__(self, lengths: Numbers) -> None:
        self._mean = int(lengths.sum()) / max(1, lengths.size)
        self._lengths, ranks = np.unique(lengths, return_inverse=True)
        self._ranks = ranks.astype(np.uint32)
        self._seen: Numbers = np.zeros((1, self._lengths.size), np.bool_)
        self._codes: Numbers = np.zeros(0, np.uint32)
        self.frequencies: Numbers = np.zeros(0, np.uint32)
        self.kind: np.dtype[Any] = np.dtype(np.uint16)

    def see(self, run: Run) -> None:
        """Take note of the pairs of a run."""
        missing = int(run.frequencies.max(initial=0)) + 1 - len(self._seen)
        if missing > 0:
            self._seen = np.pad(self._seen, ((0, missing), (0, 0)))
        self._seen.ravel()[self._places(run.passages, run.frequencies)] = True

    def table(self) -> Numbers:
        """Give each pair its code; return what the model makes of it, rising."""
        frequencies, ranks = np.nonzero(self._seen)
        values: Numbers = np.zeros(0, np.float64)
        if frequencies.size:
            values = impacts(frequencies, self._lengths[ranks], self._mean)
        order = np.argsort(values, kind="stable")
        self.frequencies = frequencies[order].astype(np.uint32)
        self.kind = np.dtype(np.uint16 if values.size <= NARROW else np.uint32)
        self._codes = np.zeros(self._seen.size, self.kind)
        places = np.arange(values.size) << spread(values.size, self.kind.itemsize)
        self._codes[np.flatnonzero(self._seen)[order]] = places
        return values[order]

    def codes(self, passages: Numbers, frequencies: Numbers) -> Numbers:
        """Return the codes of postings."""
        codes: Numbers = self._codes.take(self._places(passages, frequencies))
        return codes

    def _places(self, passages: Numbers, frequencies: Numbers) -> Numbers:
        """Where the pairs of postings stand among all pairs that there might be."""
        places: Numbers = frequencies.astype(np.int64)
        places *= self._lengths.size
        places += self._ranks.take(passages)
        return places


@dataclass(frozen=True)
class _Coded:
    """Merged postings, read again once all pairs are known."""

    file: Scratch
    pairs: _Pairs
    runs: Runs
    ends: Numbers

    def __iter__(self) -> Iterator[tuple[int, int, Numbers]]:
        for start, end in self.runs.bounds(self.ends.size - 1):
            first, last = map(int, self.ends[[start, end]])
            read = self.file.read(8 * first, 8 * (last - first))
            passages, frequencies = np.frombuffer(read, np.uint32).reshape(2, -1)
            yield start, end, self.pairs.codes(passages, frequencies)


def _write_codes(writer: Writer, coded: _Coded) -> None:
    best = []
    writer.start("postings.codes")
    for start, end, codes in coded:
        writer.write(as_bytes(codes))
        best.append(_highest(codes, coded.ends[start : end + 1] - coded.ends[start]))
    writer.add("terms.best", as_bytes(np.concatenate([np.zeros(0, coded.pairs.kind), *best])))


def _highest(codes: Numbers, places: Numbers) -> Numbers:
    """The highest code of each term's; 0 for a term without postings."""
    highest = np.zeros(places.size - 1, codes.dtype)
    held = np.flatnonzero(np.diff(places))
    if held.size:
        highest[held] = np.maximum.reduceat(codes, places[held])
    return highest
