"""From runs to the postings of an index file.

A passage counts by how often it holds a term and by how long it is; each pair of the two gets a
code, by its place in a sorted table of what rank-bm25's formula makes of them; see `impacts`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from briefqa.index.container_writer import Writer
from briefqa.index.external_sort import Numbers, Run, Runs, as_bytes, narrow
from briefqa.index.impacts import spread
from briefqa.index.model import impacts
from briefqa.index.paged_writer import PageWriter
from briefqa.index.spill_file import Scratch

__all__ = ["write_postings"]

NARROW = 0x10000
"""Codes that fit into two bytes."""


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
    with Scratch() as seen:
        pages = PageWriter(writer, passages)
        for start, end, run in runs.ranges(terms):
            counts[start:end] = np.bincount(run.terms - np.uint32(start), minlength=end - start)
            pages.add(run.passages, counts[start:end])
            seen.write(as_bytes(pairs.see(run)))
        table = pairs.table()
        ends = np.concatenate(([0], np.cumsum(counts)))
        _write_codes(writer, pairs, runs, ends, seen)
    pages.finish()
    writer.add("impacts", as_bytes(table))
    writer.add("impacts.frequencies", as_bytes(narrow(pairs.frequencies)))
    writer.add("passages.lengths", as_bytes(narrow(lengths)))
    writer.add("terms.ends", as_bytes(narrow(ends)))


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

    def see(self, run: Run) -> Numbers:
        """Take note of the pairs of a run; return where each stands among all there might be."""
        missing = int(run.frequencies.max(initial=0)) + 1 - len(self._seen)
        if missing > 0:
            self._seen = np.pad(self._seen, ((0, missing), (0, 0)))
        places: Numbers = run.frequencies * np.uint32(self._lengths.size)
        places += self._ranks.take(run.passages)
        self._seen.ravel()[places] = True
        return places

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

    def codes(self, places: Numbers) -> Numbers:
        """Return the codes of pairs, given where they stand."""
        codes: Numbers = self._codes.take(places)
        return codes


def _write_codes(writer: Writer, pairs: _Pairs, runs: Runs, ends: Numbers, seen: Scratch) -> None:
    """Write the codes of pairs that were seen, and the highest of each term's."""
    best = np.zeros(ends.size - 1, pairs.kind)
    writer.start("postings.codes")
    for start, end in runs.bounds(best.size):
        first, last = map(int, ends[[start, end]])
        places = np.frombuffer(seen.read(4 * first, 4 * (last - first)), np.uint32)
        codes = pairs.codes(places)
        writer.write(as_bytes(codes))
        best[start:end] = _highest(codes, ends[start : end + 1] - first)
    writer.add("terms.best", as_bytes(best))


def _highest(codes: Numbers, places: Numbers) -> Numbers:
    """The highest code of each term's; 0 for a term without postings."""
    highest = np.zeros(places.size - 1, codes.dtype)
    held = np.flatnonzero(np.diff(places))
    if held.size:
        highest[held] = np.maximum.reduceat(codes, places[held])
    return highest
