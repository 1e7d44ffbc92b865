"""From runs to the postings of an index file.

A passage counts by how often it holds a term and by how long it is; each pair of the two gets a
code, the place in a table of what rank-bm25's formula makes of them.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from briefqa.index.file_format import Writer
from briefqa.index.model import impacts
from briefqa.index.paging import PageWriter
from briefqa.index.postings import LEADERS
from briefqa.index.runs import Numbers, Run, Runs, as_bytes
from briefqa.index.scratch import Scratch

__all__ = ["LEADING_FROM", "write_postings"]

LEADING_FROM = 512
"""Postings of a term from which it is frequent."""
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
        _write_codes(writer, _Coded(merged, pairs, runs, ends), table)
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
        frequencies: by code, once `table` has given them.
    """

    def __init__(self, lengths: Numbers) -> None:
        self._mean = int(lengths.sum()) / max(1, lengths.size)
        self._lengths, ranks = np.unique(lengths, return_inverse=True)
        self._ranks = ranks.astype(np.uint32)
        self._seen: Numbers = np.zeros((1, self._lengths.size), np.bool_)
        self._codes: Numbers = np.zeros(0, np.uint32)
        self.frequencies: Numbers = np.zeros(0, np.uint32)

    def see(self, run: Run) -> None:
        """Take note of the pairs of a run."""
        missing = int(run.frequencies.max(initial=0)) + 1 - len(self._seen)
        if missing > 0:
            self._seen = np.pad(self._seen, ((0, missing), (0, 0)))
        self._seen.ravel()[self._places(run.passages, run.frequencies)] = True

    def table(self) -> Numbers:
        """Give each pair its code; return what the model makes of it, by code."""
        frequencies, ranks = np.nonzero(self._seen)
        self.frequencies = frequencies.astype(np.uint32)
        self._codes = np.cumsum(self._seen, dtype=np.uint32) - np.uint32(1)
        if not frequencies.size:
            return np.zeros(0, np.float64)
        table: Numbers = impacts(frequencies, self._lengths[ranks], self._mean)
        return table

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

    def __iter__(self) -> Iterator[tuple[int, int, Numbers, Numbers]]:
        for start, end in self.runs.bounds(self.ends.size - 1):
            first, last = map(int, self.ends[[start, end]])
            read = self.file.read(8 * first, 8 * (last - first))
            passages, frequencies = np.frombuffer(read, np.uint32).reshape(2, -1)
            yield start, end, passages, self.pairs.codes(passages, frequencies)


def _write_codes(writer: Writer, coded: _Coded, table: Numbers) -> None:
    kind = np.uint16 if table.size <= NARROW else np.uint32
    leading, leaders, best = array("I"), array("I"), []
    writer.start("postings.codes")
    for start, end, passages, codes in coded:
        writer.write(as_bytes(codes.astype(kind)))
        places = coded.ends[start : end + 1] - coded.ends[start]
        values = table[codes]
        best.append(_best(values, places))
        for term in np.flatnonzero(np.diff(places) >= LEADING_FROM):
            part = slice(places[term], places[term + 1])
            leading.append(start + int(term))
            leaders.frombytes(as_bytes(_leaders(passages[part], values[part])))
    writer.add("terms.best", as_bytes(_rounded_up(np.concatenate([np.zeros(0), *best]))))
    writer.add("leading", leading.tobytes())
    writer.add("leading.passages", leaders.tobytes())


def _best(values: Numbers, places: Numbers) -> Numbers:
    """The highest value of each term's; 0 for a term without postings."""
    best: Numbers = np.zeros(places.size - 1)
    held = np.flatnonzero(np.diff(places))
    if held.size:
        best[held] = np.maximum.reduceat(values, places[held])
    return best


def _rounded_up(values: Numbers) -> Numbers:
    """Numbers of half the size that are never smaller."""
    halved = values.astype(np.float32)
    return np.where(halved < values, np.nextafter(halved, np.float32(np.inf)), halved)


def _leaders(passages: Numbers, values: Numbers) -> Numbers:
    """The passages with the highest values, the earlier of equal ones first, in rising order."""
    least = np.partition(values, -LEADERS)[-LEADERS]
    above, equal = np.flatnonzero(values > least), np.flatnonzero(values == least)
    places = np.sort(np.concatenate((above, equal[: LEADERS - above.size])))
    leaders: Numbers = passages[places]
    return leaders
