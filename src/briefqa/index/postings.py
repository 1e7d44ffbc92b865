"""The postings of an index file: which passages hold a term, and what it counts there."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import compress

from briefqa.index.bm25 import inverse_frequency
from briefqa.index.container import WIDTHS, IndexFile
from briefqa.index.impacts import Impacts
from briefqa.index.paged_postings import PassageNumbers, find
from briefqa.index.term_dict import Dictionary
from briefqa.records import Record

__all__ = ["Postings", "PostingsTable"]

TERMS_KEPT = 1_000
"""Terms whose postings are kept at the most: a question's words are often the next one's."""


class Postings(Record):
    """The postings of a term.

    Attributes:
        term: the term.
        idf: how telling it is.
        passages: the numbers of the passages that hold it, rising.
        codes: for each of them, what it counts there; see `Impacts`.
        bound: what it adds to a passage's score at the most.
        lent: whether headings or titles lend it to passages.
    """

    term: str
    idf: float
    passages: Sequence[int]
    codes: memoryview[int]
    bound: float
    lent: bool

    def find(self, passage: int) -> int:
        """Return the place of a passage among those that hold the term; -1 if it is not."""
        return find(self.passages, passage)

    def among(self, holders: Container[int]) -> Postings:
        """Keep the passages that are among `holders`."""
        return self._kept([number in holders for number in self.passages])

    def outside(self, holders: Container[int]) -> Postings:
        """Keep the passages that are not among `holders`."""
        return self._kept([number not in holders for number in self.passages])

    def _kept(self, chosen: Sequence[bool]) -> Postings:
        from array import array

        passages = array("I", compress(self.passages, chosen))
        codes = array(self.codes.format, compress(self.codes, chosen))
        return self._replace(passages=passages, codes=memoryview(codes))


class PostingsTable:
    """Finds postings by their term.

    Args:
        file: the index.
        size: the number of passages.

    Attributes:
        terms: all terms, sorted.
        passages: those that hold each term.
        impacts: what a term of idf 1 adds to a score, by code.
    """

    def __init__(self, file: IndexFile, size: int) -> None:
        self._size = size
        self.terms = Dictionary(file, "terms")
        self._numbers = file.section("terms.numbers")
        self._ends = file.section("terms.ends")
        self._best = file.section("terms.best")
        self._lent = file.section("terms.lent")
        self.passages = PassageNumbers(file, size)
        self._codes = file.section("postings.codes")
        self._frequencies = file.section("impacts.frequencies")
        self._code = "H" if len(self._codes) == len(self.passages.within) else "I"
        values = file.section("impacts").numbers("d")
        self._frequency = self._frequencies.kind(len(values))
        self.impacts = Impacts(values, WIDTHS[self._code])
        self._number = self._numbers.kind(len(self._lent))
        self._end = self._ends.kind(len(self._lent) + 1)
        self._found: dict[str, Postings | None] = {}

    def meaning(self, code: int) -> tuple[int, float]:
        """Return the frequency that a code stands for, and its impact."""
        return self._frequencies.number(self._frequency, code >> self.impacts.shift), self.impacts[
            code
        ]

    def count(self, term: str) -> int:
        """Return the number of passages that hold a term."""
        postings = self[term]
        return len(postings.passages) if postings else 0

    def __getitem__(self, term: str) -> Postings | None:
        """Return a term's postings; None where no passage holds it."""
        if term not in self._found:
            if len(self._found) >= TERMS_KEPT:
                self._found.clear()
            self._found[term] = self._find(term)
        return self._found[term]

    def number(self, term: str) -> int | None:
        """Return the number of a term; None where the index does not know it."""
        place = self.terms.find(term)
        return None if place is None else self._numbers.number(self._number, place)

    def codes(self, start: int, end: int) -> memoryview[int]:
        """Return the codes of a range of postings."""
        return self._codes.numbers(self._code, start, end)

    def ends(self, first: int, last: int) -> memoryview[int]:
        """Return where the postings of some terms begin, and where those of the last end.

        Args:
            first: the number of the first term.
            last: one past the number of the last.
        """
        return self._ends.numbers(self._end, first, last + 1)

    def _find(self, term: str) -> Postings | None:
        number = self.number(term)
        if number is None:
            return None
        start, end = self.ends(number, number + 1)
        idf = inverse_frequency(self._size, end - start)
        return Postings(
            term=term,
            idf=idf,
            passages=self.passages.of(number, start, end),
            codes=self.codes(start, end),
            bound=idf * self.impacts[self._best.number(self._code, number)],
            lent=self._lent.number("B", number) == 1,
        )
