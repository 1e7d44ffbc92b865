"""Ranked search over passages."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from briefqa.index.dictionary import WordCounts
from briefqa.index.file_format import IndexFile
from briefqa.index.passage_table import PassageTable
from briefqa.index.postings import PostingsTable
from briefqa.index.scoring import inverse_frequency, rounded
from briefqa.index.searching import rank, rarest_first
from briefqa.passages import Passage

__all__ = ["Contribution", "Hit", "Index"]


class Hit(NamedTuple):
    """A passage that shares a term with the question.

    Attributes:
        number: the passage's place in the index, from 0.
        passage: the passage.
        score: its BM25 score, above 0.
        lent: terms of the question that it has from its heading or title alone.
    """

    number: int
    passage: Passage
    score: float
    lent: frozenset[str]


class Contribution(NamedTuple):
    """What one term adds to the score of a passage.

    Attributes:
        term: the term as looked up.
        idf: how telling it is in this index.
        frequency: how often the passage holds it.
        score: what it adds to the passage's BM25 score.
    """

    term: str
    idf: float
    frequency: int
    score: float


class Index:
    """Passages by their terms.

    A term that stands in headings or titles alone is lent to the passages beneath them, so that
    what only a heading names is found.

    Args:
        passages: in the order that settles ties: by document path, then position.
    """

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._read(_built(passages))

    @classmethod
    def of_file(cls, file: IndexFile) -> "Index":
        """Use an index that was built before."""
        index = cls.__new__(cls)
        index._read(file)
        return index

    def _read(self, file: IndexFile) -> None:
        self._file = file
        self._passages = PassageTable(file)
        self._postings = PostingsTable(file, len(self._passages))

    def __len__(self) -> int:
        return len(self._passages)

    @property
    def documents(self) -> int:
        """The number of documents that the passages are from."""
        return self._passages.documents

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """How often each word stands in the passages, as written but case-folded."""
        return WordCounts(self._file, "words")

    @cached_property
    def letters(self) -> str:
        """The letters that the words are made of, each once."""
        return bytes(self._file.section("letters").bytes()).decode()

    @property
    def ceiling(self) -> float:
        """The idf of a term that no passage holds: no term's idf is higher."""
        return inverse_frequency(len(self), 0)

    def idf(self, term: str) -> float:
        """Return how telling a term is; `ceiling` where no passage holds it."""
        return inverse_frequency(len(self), self.passage_frequency(term))

    def passage_frequency(self, term: str) -> int:
        """Return the number of passages that hold a term."""
        return self._postings.count(term)

    def search(self, question: Sequence[str], top: int) -> list[Hit]:
        """Rank the passages that hold at least one of the terms.

        Args:
            question: terms, each once.
            top: hits at the most.

        Returns:
            The hits, highest score first, ties in the order of the passages.
        """
        found = [postings for term in question if (postings := self._postings[term])]
        ranked = rank(rarest_first(found), self._postings.impacts, top)
        lent = frozenset(postings.term for postings in found if postings.lent)
        return [self._hit(number, score, lent) for score, number in ranked]

    def _hit(self, number: int, score: float, lent: frozenset[str]) -> Hit:
        held = (term for term in lent if self._frequency(term, number)[0])
        return Hit(number, self._passages[number], score, frozenset(held))

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        """Tell what each of the question's terms adds to a hit; absent terms add nothing."""
        return tuple(self._contribution(term, hit.number) for term in question)

    def _contribution(self, term: str, number: int) -> Contribution:
        idf = self.idf(term)
        frequency, impact = self._frequency(term, number)
        return Contribution(term, rounded(idf), frequency, rounded(idf * impact))

    def _frequency(self, term: str, number: int) -> tuple[int, float]:
        """How often a passage holds a term, and what that adds if its idf were 1."""
        postings = self._postings[term]
        place = postings.find(number) if postings else -1
        if postings is None or place < 0:
            return 0, 0.0
        return self._postings.meaning(postings.codes[place])


def _built(passages: Iterable[Passage]) -> IndexFile:
    """Build an index in memory."""
    from io import BytesIO

    from briefqa.index.building import Builder

    buffer = BytesIO()
    builder = Builder(buffer)
    for (path, title), group in groupby(passages, lambda passage: (passage.path, passage.title)):
        builder.add_document(path, title, group)
    builder.finish({})
    return IndexFile(buffer.getbuffer())
