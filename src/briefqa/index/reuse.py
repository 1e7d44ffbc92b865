"""Reuse of a previous index: its unchanged documents are copied, not analysed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from briefqa.analysis.analyzer import Analyzer
from briefqa.index.container import ContainerWriter, DamagedIndexError, IndexFile
from briefqa.index.doc_store import DocStore
from briefqa.index.doc_store_writer import ROW, DocStoreWriter, row_type
from briefqa.index.external_sort import Numbers, SortedRun, as_bytes, narrow
from briefqa.index.postings import PostingsReader
from briefqa.index.postings_writer import insert_terms, read_range
from briefqa.index.term_dict import TermDictionary

__all__ = ["PreviousIndex"]

DROPPED = 0xFFFFFFFF
"""The new number of a passage or chunk that is not copied."""


class PreviousIndex:
    """An index of which documents are copied to a new one.

    Args:
        file: the index.
        analyzer: made its terms.

    Attributes:
        terms: the number of its terms.
        size: the number of its passages.
    """

    def __init__(self, file: IndexFile, analyzer: Analyzer) -> None:
        self._file = file
        self._analyzer = analyzer
        self._store = DocStore(file)
        self._postings = PostingsReader(file, len(self._store))
        self.terms = len(file.section("terms.inherited"))
        layout = bytes(file.section("passages.row").bytes()).decode()
        rows = np.frombuffer(file.section("passages").bytes(), row_type(layout))
        self._records: Numbers = rows.astype(row_type(ROW.format))
        self._firsts = self._store.firsts.tolist()
        self.size = len(self._store)
        frequencies = self._array("impacts.frequencies", len(file.section("impacts")) // 8)
        self._frequencies: Numbers = frequencies.astype(np.uint32)
        self._numbers: Numbers = np.full(len(self._store), DROPPED, np.uint32)
        self._chunks: Numbers = np.full(self._store.chunks, DROPPED, np.uint32)

    @property
    def preset(self) -> bytes:
        """The preset dictionary of its chunks of text."""
        return self._store.preset

    @property
    def has_mostly_unused_terms(self) -> bool:
        """Whether most of its terms have no postings: terms are never removed by reuse."""
        return self.terms > 2 * int(np.count_nonzero(self.term_counts()))

    def passage_count(self, document: int) -> int:
        """Return the number of passages of a document."""
        return int(self._firsts[document + 1] - self._firsts[document])

    def date(self, document: int) -> bytes:
        """Return the date of a document as stored; see `encode_date`."""
        return self._store.dates(document, document + 1)

    def copy(self, documents: range, writer: DocStoreWriter) -> None:
        """Copy neighbouring documents to the new index.

        Args:
            documents: their numbers.
            writer: the doc store of the new index.
        """
        first, last = self._firsts[documents.start], self._firsts[documents.stop]
        self._numbers[first:last] = np.arange(len(writer), len(writer) + last - first)
        records = self._records[first:last].copy()
        records["document"] -= np.uint32(documents.start)
        records["document"] += np.uint32(len(writer.paths))
        writer.firsts.extend(len(writer) + self._firsts[each] - first for each in documents)
        writer.paths += self._store.paths.range(documents.start, documents.stop)
        writer.titles += self._store.titles.range(documents.start, documents.stop)
        records["chunk"] = self._copy_chunks(records["chunk"], writer)
        records["headings"] = self._copy_headings(records["headings"], writer)
        writer.records += records.tobytes()

    def _copy_chunks(self, chunks: Numbers, writer: DocStoreWriter) -> Numbers:
        """Copy chunks that are not copied yet; return the new number of each."""
        for start, end in _stretches(np.unique(chunks[self._chunks[chunks] == DROPPED])):
            new = writer.add_chunks(*self._store.compressed(start, end))
            self._chunks[start:end] = np.arange(new, new + end - start)
        return self._chunks[chunks]

    def _copy_headings(self, headings: Numbers, writer: DocStoreWriter) -> Numbers:
        """Copy headings, numbered from 1, 0 for none; return the new number of each."""
        distinct, new = np.unique(headings, return_inverse=True)
        missing = int(distinct.size > 0 and distinct[0] == 0)
        new += len(writer.headings) + 1 - missing
        for start, end in _stretches(distinct[missing:]):
            writer.headings += self._store.headings.range(start - 1, end - 1)
        return np.where(headings, new, 0)

    def term_number(self, term: str) -> int | None:
        """Return the number of a term; None if the index lacks it."""
        return self._postings.number(term)

    def write_terms(self, writer: ContainerWriter, added: Sequence[tuple[str, int]]) -> None:
        """Write the dictionary of the terms of this index and of new ones.

        Args:
            writer: the new index.
            added: the new terms, sorted, with their numbers.
        """
        terms = [term for term, _ in added]
        positions = insert_terms(writer, "terms", self._postings.terms, terms)
        before = self._array("terms.numbers", self.terms).astype(np.int64)
        numbers = np.insert(before, positions, [number for _, number in added])
        writer.add("terms.numbers", as_bytes(narrow(numbers)))

    def write_words(self, writer: ContainerWriter, counted: Iterable[tuple[str, int]]) -> None:
        """Write the dictionary of words, and their counts in copied and in new passages.

        Args:
            writer: the new index.
            counted: the words of the new passages, sorted, with their counts.

        Raises:
            DamagedIndexError: a dropped passage contains a word that the index lacks.
        """
        words = TermDictionary(self._file, "words")
        counts = self._array("words.counts", len(words)).astype(np.int64)
        for word, count in self._dropped_words().items():
            position = words.find(word)
            if position is None:
                raise DamagedIndexError("the words of the index are not those of its texts")
            counts[position] -= count
        added = []
        for word, count in counted:
            position = words.find(word)
            if position is None:
                added.append((word, count))
            else:
                counts[position] += count
        positions = insert_terms(writer, "words", words, [word for word, _ in added])
        counts = np.insert(counts, positions, [count for _, count in added])
        writer.add("words.counts", as_bytes(narrow(counts)))

    def _dropped_words(self) -> Counter[str]:
        """Count the words of the passages that are not copied."""
        dropped = np.flatnonzero(self._numbers == DROPPED).tolist()
        raw_tokens, words_of = self._analyzer.raw_tokens, self._analyzer.written_words
        texts = (self._store[number].indexed for number in dropped)
        return Counter(word for text in texts for raw in raw_tokens(text) for word in words_of(raw))

    def inherited(self) -> Numbers:
        """Return, for each term, 1 if passages inherit it from titles."""
        return self._array("terms.inherited", self.terms)

    def term_counts(self) -> Numbers:
        """Return the number of postings of each term."""
        return np.diff(np.asarray(self._postings.ends(0, self.terms)).astype(np.int64))

    def lengths(self, passages: int) -> Numbers:
        """Return the number of terms in each passage that was copied, 0 for others.

        Args:
            passages: the number of passages of the new index.
        """
        lengths = np.zeros(passages, np.int64)
        copied = np.flatnonzero(self._numbers != DROPPED)
        lengths[self._numbers[copied]] = self._array("passages.lengths", self.size)[copied]
        return lengths

    def range(self, start: int, end: int) -> SortedRun:
        """Return the postings of a range of terms in copied passages, with their new numbers."""
        start, end = min(start, self.terms), min(end, self.terms)
        ends = np.asarray(self._postings.ends(start, end)).astype(np.int64)
        codes = np.asarray(self._postings.codes(int(ends[0]), int(ends[-1])))
        passages = self._numbers[read_range(self._postings.passage_numbers, start, ends)]
        copied = np.flatnonzero(passages != DROPPED)
        terms = np.repeat(np.arange(start, start + ends.size - 1, dtype=np.uint32), np.diff(ends))
        places = codes[copied] >> self._postings.impacts.shift
        return SortedRun(terms[copied], passages[copied], self._frequencies[places])

    def _array(self, name: str, count: int) -> Numbers:
        """Return the unsigned integers of a section that holds `count` of them."""
        section = self._file.section(name)
        numbers: Any = section.numbers(section.kind(count))
        return np.asarray(numbers)


def _stretches(numbers: Numbers) -> Iterator[tuple[int, int]]:
    """Yield the start and the end, exclusive, of each stretch of consecutive numbers."""
    ends = np.flatnonzero(np.diff(numbers, append=-1) != 1)
    start = 0
    for end in (ends + 1).tolist():
        yield int(numbers[start]), int(numbers[end - 1]) + 1
        start = end
