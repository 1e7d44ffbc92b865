"""Building an index file, passage by passage, in bounded memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO

import numpy as np

from briefqa.index.container_writer import Writer
from briefqa.index.doc_store_writer import PassageWriter
from briefqa.index.external_sort import Numbers, Run, Runs, as_bytes, narrow
from briefqa.index.heading_terms import MANY_DOCUMENTS, heading_terms
from briefqa.index.inversion import TermCollector, TermNumbers
from briefqa.index.postings_writer import write_postings
from briefqa.index.reuse import Earlier
from briefqa.index.word_lists import write_words
from briefqa.passages import Passage
from briefqa.records import Record

__all__ = ["Builder"]

CHUNK = 1_000_000
"""Terms that are lent to passages, sorted at a time."""
SECTION = 1000
"""Passages of a section at the most: what it is lent fits into memory."""


class _Section(Record):
    """Neighbouring passages under the same title and heading: from `start` to before `end`."""

    start: int
    end: int
    title: str
    heading: str | None


class Builder:
    """Writes an index.

    Args:
        file: where to; only ever appended to.
        earlier: an index of which documents can be taken over. At least `MANY_DOCUMENTS` of those
            with passages must be, now and then: what titles lend is taken over as it is.
    """

    def __init__(self, file: BinaryIO, earlier: Earlier | None = None) -> None:
        self._writer = Writer(file)
        self._earlier = earlier
        self._runs = Runs(earlier)
        self._terms = TermNumbers(earlier.term_number, earlier.terms) if earlier else TermNumbers()
        self._collector = TermCollector(self._terms, self._runs)
        self._passages = PassageWriter(self._writer, earlier.primer if earlier else None)
        self._documents = 0
        self._unchanged = range(0)
        self._sections: list[_Section] = []

    def add_document(self, path: str, title: str, passages: Iterable[Passage]) -> None:
        """Add a document and its passages."""
        self._take_over()
        self._passages.add_document(path, title)
        first = len(self._passages)
        for heading, group in groupby(passages, attrgetter("heading")):
            start = len(self._passages)
            for passage in group:
                text = passage.text.encode("utf-8", "surrogatepass")
                self._collector.add(len(self._passages), text)
                self._passages.add(passage, text)
            end = len(self._passages)
            for place in range(start, end, SECTION):
                self._sections.append(_Section(place, min(place + SECTION, end), title, heading))
        self._documents += len(self._passages) > first

    def take_over(self, document: int) -> None:
        """Add a document of the earlier index as it was."""
        if document != self._unchanged.stop:
            self._take_over()
            self._unchanged = range(document, document)
        self._unchanged = range(self._unchanged.start, document + 1)

    def _take_over(self) -> None:
        """Add neighbouring documents of the earlier index together."""
        if self._earlier and self._unchanged:
            held = map(self._earlier.passages_of, self._unchanged)
            self._documents += sum(map(bool, held))
            self._earlier.take_over(self._unchanged, self._passages)
        self._unchanged = range(0)

    def finish(self, sections: Mapping[str, bytes]) -> None:
        """Write what is left; the file is whole then.

        Args:
            sections: what else the file is to hold, by name.
        """
        self._take_over()
        with self._runs:
            self._passages.finish()
            self._write_words()
            self._writer.add("terms.lent", self._lend().tobytes())
            self._write_terms()
            write_postings(self._writer, self._runs, self._terms.count, len(self._passages))
        for name, data in sections.items():
            self._writer.add(name, data)
        self._writer.finish()

    def _lend(self) -> Numbers:
        """Lend the passages what their headings and titles say.

        Returns:
            For each term, 1 where it is lent.
        """
        written, lent = self._written(), set[int]()
        terms, passages, sizes = array("I"), array("I"), array("I")
        for start, end, title, heading in self._sections:
            numbers = map(self._terms.__getitem__, heading_terms(title, heading))
            held = array("I", (each for each in numbers if not written[each : each + 1].any()))
            lent.update(held)
            terms += held * (end - start)
            passages.extend(range(start, end))
            sizes += array("I", [len(held)]) * (end - start)
            if len(terms) >= CHUNK:
                self._add_lent(terms, passages, sizes)
                terms, passages, sizes = array("I"), array("I"), array("I")
        self._add_lent(terms, passages, sizes)
        flags = np.zeros(self._terms.count, np.uint8)
        if self._earlier:
            flags[: self._earlier.terms] = self._earlier.lent()
        flags[list(lent)] = 1
        return flags

    def _add_lent(self, *columns: array[int]) -> None:
        """Add terms one passage's after the other's, the passages, and how many each has."""
        terms, passages, sizes = (np.frombuffer(column, np.uint32) for column in columns)
        self._runs.add(Run.of(terms, np.repeat(passages, sizes)), lent=True)

    def _written(self) -> Numbers:
        """For each term, whether it is not lent as some passage holds it: not in many documents."""
        if self._documents >= MANY_DOCUMENTS:
            return np.zeros(0, np.bool_)
        return self._runs.term_counts(self._terms.count) > 0

    def _write_terms(self) -> None:
        new = self._terms.new()
        if self._earlier:
            self._earlier.write_terms(self._writer, new)
            return
        write_words(self._writer, "terms", (term for term, _ in new))
        numbers = np.array([number for _, number in new], np.uint32)
        self._writer.add("terms.numbers", as_bytes(narrow(numbers)))

    def _write_words(self) -> None:
        counted = self._collector.finish()
        if self._earlier:
            self._earlier.write_words(self._writer, counted)
            return
        counts = array("I")

        def words() -> Iterator[str]:
            for word, count in counted:
                counts.append(count)
                yield word

        write_words(self._writer, "words", words())
        self._writer.add("words.counts", as_bytes(narrow(np.frombuffer(counts, np.uint32))))
