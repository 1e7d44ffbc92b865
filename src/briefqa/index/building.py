"""Building an index file, passage by passage, in bounded memory."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import numpy as np

from briefqa.index.collecting import TermCollector, TermNumbers
from briefqa.index.dictionary import write_dictionary
from briefqa.index.file_format import Writer
from briefqa.index.lending import MANY_DOCUMENTS, heading_terms
from briefqa.index.merging import write_postings
from briefqa.index.passage_table import PassageWriter
from briefqa.index.runs import Numbers, Run, Runs
from briefqa.passages import Passage

__all__ = ["Builder"]


class Builder:
    """Writes an index.

    Args:
        file: where to; only ever appended to.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._writer = Writer(file)
        self._runs = Runs()
        self._terms = TermNumbers()
        self._collector = TermCollector(self._terms, self._runs)
        self._passages = PassageWriter(self._writer)
        self._documents = 0
        self._sections: list[tuple[int, str, str | None]] = []

    def add_document(self, path: str, title: str, passages: Iterable[Passage]) -> None:
        """Add a document and its passages."""
        self._passages.add_document(path, title)
        before = len(self._passages)
        for number, passage in enumerate(passages, len(self._passages)):
            if not self._sections or self._sections[-1][1:] != (title, passage.heading):
                self._sections.append((number, title, passage.heading))
            self._passages.add(passage)
            self._collector.add(number, passage.text)
        self._documents += len(self._passages) > before

    def finish(self, sections: Mapping[str, bytes]) -> None:
        """Write what is left; the file is whole then.

        Args:
            sections: what else the file is to hold, by name.
        """
        with self._runs:
            self._passages.finish()
            self._write_words(self._collector.finish())
            self._writer.add("terms.lent", self._lend().tobytes())
            self._write_terms()
            write_postings(self._writer, self._runs, len(self._terms), len(self._passages))
        for name, data in sections.items():
            self._writer.add(name, data)
        self._writer.finish()

    def _lend(self) -> Numbers:
        """Lend the passages what their headings and titles say.

        Returns:
            For each term, 1 where it is lent.
        """
        written = self._written()
        held, passages, lent = array("I"), array("I"), set[int]()
        ends = [*(first for first, *_ in self._sections), len(self._passages)][1:]
        for (first, title, heading), end in zip(self._sections, ends, strict=True):
            for term in map(self._terms.__getitem__, heading_terms(title, heading)):
                if term not in written:
                    lent.add(term)
                    held.extend([term] * (end - first))
                    passages.extend(range(first, end))
        if held:
            columns = (np.frombuffer(column, np.uint32) for column in (held, passages))
            self._runs.add(Run.of(*columns))
        flags = np.zeros(len(self._terms), np.uint8)
        flags[list(lent)] = 1
        return flags

    def _written(self) -> frozenset[int]:
        """The terms that are not lent because some passage holds them; none in many documents."""
        if self._documents >= MANY_DOCUMENTS:
            return frozenset()
        return frozenset(np.flatnonzero(self._runs.term_counts(len(self._terms))).tolist())

    def _write_terms(self) -> None:
        order = sorted(self._terms)
        write_dictionary(self._writer, "terms", order)
        numbers = array("I", map(self._terms.__getitem__, order))
        self._writer.add("terms.numbers", numbers.tobytes())

    def _write_words(self, counted: Iterator[tuple[str, int]]) -> None:
        counts, letters = array("I"), set[str]()

        def words() -> Iterator[str]:
            for word, count in counted:
                counts.append(min(count, 0xFFFFFFFF))
                letters.update(word)
                yield word

        write_dictionary(self._writer, "words", words())
        self._writer.add("words.counts", counts.tobytes())
        self._writer.add("letters", "".join(sorted(filter(str.isalpha, letters))).encode())
