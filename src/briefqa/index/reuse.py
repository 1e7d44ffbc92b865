"""The index of an earlier time, as far as its documents are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from briefqa.analysis.analyzer import written_words
from briefqa.index.container import DamagedIndexError, IndexFile
from briefqa.index.container_writer import Writer
from briefqa.index.doc_store import PassageTable
from briefqa.index.doc_store_writer import ROW, PassageWriter, row_type
from briefqa.index.external_sort import Numbers, Run, as_bytes, narrow
from briefqa.index.paged_writer import read_range
from briefqa.index.postings import PostingsTable
from briefqa.index.term_dict import Dictionary
from briefqa.index.word_lists import insert_words

__all__ = ["Earlier"]

GONE = 0xFFFFFFFF
"""The new number of a passage that is no more."""


class Earlier:
    """An index of which documents are taken over.

    Args:
        file: the index.

    Attributes:
        terms: how many terms it numbers.
        size: how many passages it has.
    """

    def __init__(self, file: IndexFile) -> None:
        self._file = file
        self._table = PassageTable(file)
        self._postings = PostingsTable(file, len(self._table))
        self.terms = len(file.section("terms.lent"))
        layout = bytes(file.section("passages.row").bytes()).decode()
        rows = np.frombuffer(file.section("passages").bytes(), row_type(layout))
        self._entries: Numbers = rows.astype(row_type(ROW.format))
        documents = np.arange(self._table.documents + 1)
        self._firsts = np.searchsorted(self._entries["document"], documents).tolist()
        self.size = len(self._table)
        frequencies = self._array("impacts.frequencies", len(file.section("impacts")) // 8)
        self._frequencies: Numbers = frequencies.astype(np.uint32)
        self._numbers: Numbers = np.full(len(self._table), GONE, np.uint32)
        self._blocks: Numbers = np.full(self._table.blocks, GONE, np.uint32)

    @property
    def primer(self) -> bytes:
        """What its blocks were compressed with."""
        return self._table.primer

    @property
    def is_worn(self) -> bool:
        """Whether most of its terms are of passages that are no more: terms are never dropped."""
        return self.terms > 2 * int(np.count_nonzero(self.term_counts()))

    def passages_of(self, document: int) -> int:
        """Return how many passages a document has."""
        return int(self._firsts[document + 1] - self._firsts[document])

    def take_over(self, documents: range, writer: PassageWriter) -> None:
        """Write the passages of neighbouring documents again, as they are.

        Args:
            documents: their numbers.
            writer: of the new index.
        """
        first, last = self._firsts[documents.start], self._firsts[documents.stop]
        self._numbers[first:last] = np.arange(len(writer), len(writer) + last - first)
        entries = self._entries[first:last].copy()
        entries["document"] -= np.uint32(documents.start)
        entries["document"] += np.uint32(len(writer.paths))
        writer.paths += self._table.paths.part(documents.start, documents.stop)
        writer.titles += self._table.titles.part(documents.start, documents.stop)
        entries["block"] = self._take_blocks(entries["block"], writer)
        entries["heading"] = self._take_headings(entries["heading"], writer)
        writer.entries += entries.tobytes()

    def _take_blocks(self, blocks: Numbers, writer: PassageWriter) -> Numbers:
        """Write blocks of texts that are not written yet; return the new number of each."""
        for start, end in _stretches(np.unique(blocks[self._blocks[blocks] == GONE])):
            new = writer.add_blocks(*self._table.packed(start, end))
            self._blocks[start:end] = np.arange(new, new + end - start)
        return self._blocks[blocks]

    def _take_headings(self, places: Numbers, writer: PassageWriter) -> Numbers:
        """Write headings, counted from 1, 0 for none; return the new number of each."""
        distinct, new = np.unique(places, return_inverse=True)
        missing = int(distinct.size > 0 and distinct[0] == 0)
        new += len(writer.headings) + 1 - missing
        for start, end in _stretches(distinct[missing:]):
            writer.headings += self._table.headings.part(start - 1, end - 1)
        return np.where(places, new, 0)

    def dropped_words(self) -> Counter[str]:
        """Count the words of the passages that were not taken over."""
        gone = np.flatnonzero(self._numbers == GONE).tolist()
        return Counter(word for number in gone for word in written_words(self._table[number].text))

    def term_number(self, term: str) -> int | None:
        """Return the number of a term; None where the index does not know it."""
        return self._postings.number(term)

    def write_terms(self, writer: Writer, added: Sequence[tuple[str, int]]) -> None:
        """Write the terms and others, sorted, with their numbers."""
        terms = [term for term, _ in added]
        places = insert_words(writer, "terms", self._postings.terms, terms)
        before = self._array("terms.numbers", self.terms).astype(np.int64)
        numbers = np.insert(before, places, [number for _, number in added])
        writer.add("terms.numbers", as_bytes(narrow(numbers)))

    def write_words(self, writer: Writer, counted: Iterable[tuple[str, int]]) -> None:
        """Write the words, counted as they stand in what was taken over and in other passages.

        Args:
            writer: of the new index.
            counted: the words of the other passages, sorted, and how often each stands there.

        Raises:
            DamagedIndexError: a passage that is gone has a word that the index does not know.
        """
        words = Dictionary(self._file, "words")
        counts = self._array("words.counts", len(words)).astype(np.int64)
        for word, count in self.dropped_words().items():
            place = words.find(word)
            if place is None:
                raise DamagedIndexError("the words of the index are not those of its texts")
            counts[place] -= count
        added = []
        for word, count in counted:
            place = words.find(word)
            if place is None:
                added.append((word, count))
            else:
                counts[place] += count
        places = insert_words(writer, "words", words, [word for word, _ in added])
        counts = np.insert(counts, places, [count for _, count in added])
        writer.add("words.counts", as_bytes(narrow(counts)))

    def lent(self) -> Numbers:
        """Return, for each term, 1 where headings or titles lend it."""
        return self._array("terms.lent", self.terms)

    def term_counts(self) -> Numbers:
        """Return how many postings each term has."""
        return np.diff(np.asarray(self._postings.ends(0, self.terms)).astype(np.int64))

    def lengths(self, passages: int) -> Numbers:
        """Return how many terms each passage has, of as many passages as the new index has."""
        lengths = np.zeros(passages, np.int64)
        kept = np.flatnonzero(self._numbers != GONE)
        lengths[self._numbers[kept]] = self._array("passages.lengths", self.size)[kept]
        return lengths

    def part(self, start: int, end: int) -> Run:
        """Return the postings of a range of terms in the passages that were taken over."""
        start, end = min(start, self.terms), min(end, self.terms)
        ends = np.asarray(self._postings.ends(start, end)).astype(np.int64)
        codes = np.asarray(self._postings.codes(int(ends[0]), int(ends[-1])))
        passages = self._numbers[read_range(self._postings.passages, start, ends)]
        kept = np.flatnonzero(passages != GONE)
        terms = np.repeat(np.arange(start, start + ends.size - 1, dtype=np.uint32), np.diff(ends))
        places = codes[kept] >> self._postings.impacts.shift
        return Run(terms[kept], passages[kept], self._frequencies[places])

    def _array(self, name: str, count: int) -> Numbers:
        """Return the numbers of a section that holds so many."""
        section = self._file.section(name)
        numbers: Any = section.numbers(section.kind(count))
        return np.asarray(numbers)


def _stretches(numbers: Numbers) -> Iterator[tuple[int, int]]:
    """Yield where stretches of rising numbers begin, and one past where they end."""
    ends = np.flatnonzero(np.diff(numbers, append=-1) != 1)
    start = 0
    for end in (ends + 1).tolist():
        yield int(numbers[start]), int(numbers[end - 1]) + 1
        start = end
