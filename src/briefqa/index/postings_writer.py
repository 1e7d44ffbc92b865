"""Writing posting lists, and the dictionaries of the terms that they are found by.

A posting's impact depends only on how often the term occurs in the passage and how long the passage
is. Each pair of the two that occurs gets a code, its position in the table of impacts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from briefqa.index.bm25 import K1, B, bm25, code_shift, inverse_document_frequency
from briefqa.index.container import ContainerWriter
from briefqa.index.external_sort import (
    ExternalSorter,
    Numbers,
    SortedRun,
    SpillFile,
    as_bytes,
    narrow,
)
from briefqa.index.postings import (
    PAGE,
    PassageNumbersReader,
    longest_short_list,
    page_count,
    page_kind,
)
from briefqa.index.term_dict import INTERVAL, PREFIX, TermDictionary, prefix_of

__all__ = [
    "PassageBM25",
    "PassageNumbersWriter",
    "insert_terms",
    "read_range",
    "write_postings",
    "write_terms",
]

TWO_BYTES = 0x10000
"""The number of codes that fit into two bytes."""


class PassageBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no type hints
    """rank-bm25's BM25 with this package's parameters: the reference for scores.

    The idf of rank-bm25 is zero or negative for a term that half of the passages contain or more,
    so that true matches in a short document score nothing. This class replaces it; see
    `briefqa.index.bm25.inverse_document_frequency`.

    Args:
        corpus: the terms of each passage; at least one passage must contain a term.
    """

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        super().__init__(corpus, k1=K1, b=B)

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: inverse_document_frequency(self.corpus_size, n) for term, n in nd.items()}

    @classmethod
    def impacts(cls, frequencies: Numbers, lengths: Numbers, mean: float) -> Numbers:
        """Return the scores of passages for a term of idf 1, as rank-bm25 computes them.

        Args:
            frequencies: how often each passage contains the term.
            lengths: the number of terms in each passage.
            mean: the mean length of all passages of the index.
        """
        model = cls([["term"]])
        model.idf = {"term": 1.0}
        model.doc_freqs = [{"term": frequency} for frequency in frequencies.tolist()]
        model.doc_len, model.corpus_size, model.avgdl = lengths, len(lengths), mean
        return np.asarray(model.get_scores(["term"]), np.float64)


def write_postings(writer: ContainerWriter, sorter: ExternalSorter, terms: int, size: int) -> None:
    """Merge the sorted runs and write the sections of the posting lists.

    Args:
        writer: the index file.
        sorter: all postings.
        terms: the number of terms.
        size: the number of passages.
    """
    counts: Numbers = np.zeros(terms, np.int64)
    lengths = sorter.lengths(size)
    coder = _ImpactCoder(lengths)
    with SpillFile() as pairs:
        passages = PassageNumbersWriter(writer, size)
        for start, end, run in sorter.ranges(terms):
            counts[start:end] = np.bincount(run.terms - np.uint32(start), minlength=end - start)
            passages.add(run.passages, counts[start:end])
            pairs.write(as_bytes(coder.pairs(run)))
        impacts = coder.assign_codes()
        ends = np.concatenate(([0], np.cumsum(counts)))
        _write_codes(writer, coder, sorter, ends, pairs)
    passages.finish()
    writer.add("impacts", as_bytes(impacts))
    writer.add("impacts.frequencies", as_bytes(narrow(coder.frequencies)))
    writer.add("passages.lengths", as_bytes(narrow(lengths)))
    writer.add("terms.ends", as_bytes(narrow(ends)))


class _ImpactCoder:
    """Assigns codes to the pairs of term frequency and passage length that occur.

    Args:
        lengths: of all passages, in terms.

    Attributes:
        frequencies: of the codes in order, once `assign_codes` has assigned them.
        kind: the integer type of the codes, then.
    """

    def __init__(self, lengths: Numbers) -> None:
        self._mean = int(lengths.sum()) / max(1, lengths.size)
        self._lengths, ranks = np.unique(lengths, return_inverse=True)
        self._ranks = ranks.astype(np.uint32)
        self._seen: Numbers = np.zeros((1, self._lengths.size), np.bool_)
        self._codes: Numbers = np.zeros(0, np.uint32)
        self.frequencies: Numbers = np.zeros(0, np.uint32)
        self.kind: np.dtype[Any] = np.dtype(np.uint16)

    def pairs(self, run: SortedRun) -> Numbers:
        """Record the pairs of a run; return the pair of each posting as a number."""
        missing = int(run.frequencies.max(initial=0)) + 1 - len(self._seen)
        if missing > 0:
            self._seen = np.pad(self._seen, ((0, missing), (0, 0)))
        pairs: Numbers = run.frequencies * np.uint32(self._lengths.size)
        pairs += self._ranks.take(run.passages)
        self._seen.ravel()[pairs] = True
        return pairs

    def assign_codes(self) -> Numbers:
        """Assign a code to each recorded pair; return the impacts, ascending.

        Raises:
            ArithmeticError: rank-bm25 computes other impacts.
        """
        frequencies, ranks = np.nonzero(self._seen)
        impacts: Numbers = np.zeros(0, np.float64)
        if frequencies.size:
            lengths = self._lengths[ranks]
            impacts = bm25(frequencies, lengths, self._mean)
            if not np.allclose(
                impacts, PassageBM25.impacts(frequencies, lengths, self._mean), rtol=1e-12, atol=0
            ):
                raise ArithmeticError("rank-bm25 and briefqa.index.bm25 disagree")
        order = np.argsort(impacts, kind="stable")
        self.frequencies = frequencies[order].astype(np.uint32)
        self.kind = np.dtype(np.uint16 if impacts.size <= TWO_BYTES else np.uint32)
        self._codes = np.zeros(self._seen.size, self.kind)
        codes = np.arange(impacts.size) << code_shift(impacts.size, self.kind.itemsize)
        self._codes[np.flatnonzero(self._seen)[order]] = codes
        return impacts[order]

    def codes(self, pairs: Numbers) -> Numbers:
        """Return the codes of pairs."""
        codes: Numbers = self._codes.take(pairs)
        return codes


def _write_codes(
    writer: ContainerWriter,
    coder: _ImpactCoder,
    sorter: ExternalSorter,
    ends: Numbers,
    pairs: SpillFile,
) -> None:
    """Write the code of each posting, and the highest code of each term."""
    highest = np.zeros(ends.size - 1, coder.kind)
    writer.start("postings.codes")
    for start, end in sorter.bounds(highest.size):
        first, last = map(int, ends[[start, end]])
        codes = coder.codes(np.frombuffer(pairs.read(4 * first, 4 * (last - first)), np.uint32))
        writer.write(as_bytes(codes))
        highest[start:end] = _highest(codes, ends[start : end + 1] - first)
    writer.add("terms.highest", as_bytes(highest))


def _highest(codes: Numbers, ends: Numbers) -> Numbers:
    """Return the highest code of each term; 0 for a term without postings."""
    highest = np.zeros(ends.size - 1, codes.dtype)
    present = np.flatnonzero(np.diff(ends))
    if present.size:
        highest[present] = np.maximum.reduceat(codes, ends[present])
    return highest


class PassageNumbersWriter:
    """Writes the passages of posting lists; `PassageNumbersReader` reads them.

    Args:
        writer: the index file; the first section starts at once and must be ended by the next.
        size: the number of passages.
    """

    def __init__(self, writer: ContainerWriter, size: int) -> None:
        self._writer = writer
        self._page_count = page_count(size)
        self._pages: list[Numbers] = []
        self._starts: list[Numbers] = []
        self._offsets: list[Numbers] = []
        self._pages_size = self._starts_size = 0
        writer.start("postings.passages")

    def add(self, passages: Numbers, counts: Numbers) -> None:
        """Write the passages of the next terms.

        Args:
            passages: of one term after the other, ascending.
            counts: the number of passages of each term.
        """
        self._writer.write(as_bytes(passages.astype(np.uint16)))
        if self._page_count > 1:
            self._add_pages(passages // np.uint32(PAGE), counts)

    def _add_pages(self, pages: Numbers, counts: Numbers) -> None:
        long = counts > longest_short_list(self._page_count)
        in_long = np.repeat(long, counts)
        self._pages.append(pages[~in_long].astype(page_kind(self._page_count)))
        self._starts.append(self._page_starts(pages[in_long], counts[long]))
        stored_pages, stored_starts = np.where(long, 0, counts), long * (self._page_count - 1)
        self._offsets.append(
            np.where(
                long,
                self._starts_size + np.cumsum(stored_starts) - stored_starts,
                self._pages_size + np.cumsum(stored_pages) - stored_pages,
            ).astype(np.uint32)
        )
        self._pages_size += int(stored_pages.sum())
        self._starts_size += int(stored_starts.sum())

    def _page_starts(self, pages: Numbers, counts: Numbers) -> Numbers:
        """Return where each page but the first starts in each long list."""
        terms = np.repeat(np.arange(counts.size), counts)
        size = counts.size * self._page_count
        per_page = np.bincount(terms * self._page_count + pages, minlength=size)
        starts = np.cumsum(per_page.reshape(-1, self._page_count), axis=1)[:, :-1]
        return starts.astype(np.uint32).ravel()

    def finish(self) -> None:
        """Write the other sections."""
        for name, parts, kind in (
            ("postings.pages", self._pages, page_kind(self._page_count)),
            ("postings.page_starts", self._starts, "I"),
            ("terms.page_offsets", self._offsets, "I"),
        ):
            self._writer.add(name, as_bytes(np.concatenate([np.zeros(0, kind), *parts])))


def read_range(reader: PassageNumbersReader, first: int, ends: Numbers) -> Numbers:
    """Read the passages of a range of terms.

    Args:
        reader: of the index.
        first: the number of the first term.
        ends: where the posting list of each term starts among all, and where the last ends.
    """
    numbers = np.asarray(reader.numbers.numbers("H", int(ends[0]), int(ends[-1])))
    passages: Numbers = numbers.astype(np.uint32)
    if reader.page_count > 1 and passages.size:
        passages += _read_pages(reader, first, np.diff(ends)) * np.uint32(PAGE)
    return passages


def _read_pages(reader: PassageNumbersReader, first: int, counts: Numbers) -> Numbers:
    """Read the page of each posting of a range of terms."""
    offsets = np.asarray(reader.offsets.numbers("I", first, first + counts.size)).astype(np.int64)
    long = counts > longest_short_list(reader.page_count)
    in_long = np.repeat(long, counts)
    pages = np.zeros(in_long.size, np.uint32)
    if not long.all():
        start, end = _extent(offsets[~long], counts[~long])
        pages[~in_long] = np.asarray(reader.pages.numbers(page_kind(reader.page_count), start, end))
    if long.any():
        start, end = _extent(offsets[long], np.full(long.sum(), reader.page_count - 1))
        starts = np.asarray(reader.starts.numbers("I", start, end)).reshape(
            -1, reader.page_count - 1
        )
        per_page = np.diff(starts, prepend=np.uint32(0), append=counts[long].reshape(-1, 1))
        numbers = np.tile(np.arange(reader.page_count), len(per_page))
        pages[in_long] = np.repeat(numbers, per_page.ravel())
    return pages


def _extent(offsets: Numbers, sizes: Numbers) -> tuple[int, int]:
    """Return the range of entries that belong to some neighbouring terms."""
    return int(offsets[0]), int(offsets[-1] + sizes[-1])


def write_terms(writer: ContainerWriter, name: str, terms: Iterable[str]) -> None:
    """Write a dictionary.

    Args:
        writer: the index file.
        name: the name of the section.
        terms: in the order of their code points, each once, not empty, without line breaks.
    """
    _write_lines(writer, name, "\n".join([*terms, ""]).encode())


def insert_terms(
    writer: ContainerWriter, name: str, dictionary: TermDictionary, terms: Sequence[str]
) -> list[int]:
    """Write a copy of a dictionary with new terms inserted.

    Args:
        writer: the index file.
        name: the name of the section.
        dictionary: the existing terms.
        terms: the new ones, in the order of their code points.

    Returns:
        For each new term, the position in `dictionary` before which it was inserted.
    """
    lines, copied, parts, positions = dictionary.lines(), 0, list[bytes | memoryview](), list[int]()
    for term in terms:
        point = dictionary.insertion_point(term)
        parts += (lines[copied : point.offset], f"{term}\n".encode())
        positions.append(point.position)
        copied = point.offset
    _write_lines(writer, name, b"".join([*parts, lines[copied:]]))
    return positions


def _write_lines(writer: ContainerWriter, name: str, lines: bytes) -> None:
    """Write lines and their sparse index; the last number of the offsets counts the lines."""
    ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n")) + 1
    starts = np.concatenate((np.zeros(min(1, ends.size)), ends[:-1]))
    offsets = starts[::INTERVAL].astype(np.int64).tolist()
    prefixes = [prefix_of(lines[start : start + PREFIX]) for start in offsets]
    writer.add(name, lines)
    writer.add(f"{name}.offsets", array("Q", [*offsets, len(lines), ends.size]).tobytes())
    writer.add(f"{name}.prefixes", array("Q", prefixes).tobytes())
