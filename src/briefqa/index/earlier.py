"""The index of an earlier time, as far as its documents are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from briefqa.analysis import written_words
from briefqa.index.dictionary import Dictionary
from briefqa.index.file_format import IndexFile, Writer
from briefqa.index.paging import read_range
from briefqa.index.passage_table import PassageTable
from briefqa.index.passage_writing import ROW, PassageWriter, row_type
from briefqa.index.postings import PostingsTable
from briefqa.index.runs import Numbers, Run
from briefqa.index.word_lists import insert_words, pack_letters

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
        self._numbers: Numbers = np.full(len(self._table), GONE, np.uint32)
        self._blocks: dict[int, int] = {}

    @property
    def primer(self) -> bytes:
        """What its blocks were compressed with."""
        return self._table.primer

    def passages_of(self, document: int) -> int:
        """Return how many passages a document has."""
        return int(self._firsts[document + 1] - self._firsts[document])

    def take_over(self, document: int, writer: PassageWriter) -> None:
        """Write a document's passages again, as they are.

        Args:
            document: its number.
            writer: of the new index.
        """
        first, last = self._firsts[document : document + 2]
        self._numbers[first:last] = np.arange(len(writer), len(writer) + last - first)
        writer.add_document(self._table.paths[document], self._table.titles[document])
        entries = self._entries[first:last].copy()
        entries["document"] = len(writer.paths) - 1
        entries["block"] = _mapped(entries["block"], lambda block: self._block(block, writer))
        entries["heading"] = _mapped(entries["heading"], lambda place: self._heading(place, writer))
        writer.entries += entries.tobytes()

    def _block(self, block: int, writer: PassageWriter) -> int:
        if block not in self._blocks:
            self._blocks[block] = writer.add_block(self._table.packed(block))
        return self._blocks[block]

    def _heading(self, place: int, writer: PassageWriter) -> int:
        if place:
            writer.headings.append(self._table.headings[place - 1])
        return len(writer.headings) if place else 0

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
        numbers = np.insert(
            self._array("terms.numbers", "I"), places, [number for _, number in added]
        )
        writer.add("terms.numbers", numbers.tobytes())

    def write_words(self, writer: Writer, counted: Iterable[tuple[str, int]]) -> None:
        """Write the words, counted as they stand in what was taken over and in other passages.

        Args:
            writer: of the new index.
            counted: the words of the other passages, sorted, and how often each stands there.
        """
        words, counts = Dictionary(self._file, "words"), self._array("words.counts", "I").copy()
        letters = set(bytes(self._file.section("letters").bytes()).decode())
        for word, count in self.dropped_words().items():
            counts[words.find(word)] -= count
        added = []
        for word, count in counted:
            place = words.find(word)
            if place is None:
                added.append((word, count))
                letters.update(word)
            else:
                counts[place] += count
        places = insert_words(writer, "words", words, [word for word, _ in added])
        counts = np.insert(counts, places, [count for _, count in added])
        writer.add("words.counts", counts.tobytes())
        writer.add("letters", pack_letters(letters))

    def lent(self) -> Numbers:
        """Return, for each term, 1 where headings or titles lend it."""
        return self._array("terms.lent", "B")

    def term_counts(self) -> Numbers:
        """Return how many postings each term has."""
        return np.diff(np.asarray(self._postings.ends(0, self.terms)).astype(np.int64))

    def lengths(self, passages: int) -> Numbers:
        """Return how many terms each passage has, of as many passages as the new index has."""
        lengths = np.zeros(passages, np.int64)
        kept = np.flatnonzero(self._numbers != GONE)
        lengths[self._numbers[kept]] = self._array("passages.lengths", "I")[kept]
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
        frequencies = self._array("impacts.frequencies", "I")[places]
        return Run(terms[kept], passages[kept], frequencies)

    def _array(self, section: str, kind: str) -> Numbers:
        numbers: Any = self._file.section(section).numbers(kind)
        return np.asarray(numbers)


def _mapped(numbers: Numbers, change: Callable[[int], int]) -> Numbers:
    """Change each number, equal ones at once, in rising order."""
    distinct, places = np.unique(numbers, return_inverse=True)
    return np.array([change(number) for number in distinct.tolist()], np.uint32)[places]
