"""Ranked search over passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby

from briefqa.index.bm25 import inverse_frequency, rounded
from briefqa.index.container import IndexFile
from briefqa.index.doc_store import PassageTable
from briefqa.index.maxscore import rank
from briefqa.index.postings import Postings, PostingsTable
from briefqa.passages import Passage
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.index.word_counts import WordCounts

__all__ = ["Contribution", "Hit", "Index", "build_in_memory"]


class Hit(Record):
    """A passage that shares a term with the question.

    Attributes:
        number: the passage's place in the index, from 0.
        passage: the passage.
        score: its BM25 score, above 0.
        lent: terms of the question that its heading or title lends it.
    """

    number: int
    passage: Passage
    score: float
    lent: frozenset[str]


class Contribution(Record):
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

    Headings and titles lend their terms to the passages beneath them; see `lending`.

    Args:
        passages: in the order that settles ties: by document path, then position.
    """

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._read(build_in_memory(passages))

    @classmethod
    def of_file(cls, file: IndexFile) -> Index:
        """Use an index that was built before."""
        index = cls.__new__(cls)
        index._read(file)
        return index

    partial = False
    """Whether the last search missed passages: a file is whole, or damaged."""

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

    @property
    def paths(self) -> Sequence[str]:
        """The paths of those documents, in the order of their passages."""
        return self._passages.paths

    def passage(self, number: int) -> Passage:
        """Return a passage by its place in the index, from 0."""
        return self._passages[number]

    def texts(self) -> Iterator[str]:
        """Yield the texts of all passages, in order."""
        return (self.passage(number).text for number in range(len(self)))

    @cached_property
    def vocabulary(self) -> WordCounts:
        """How often each word stands in the passages, as written but case-folded."""
        from briefqa.index.word_counts import WordCounts

        return WordCounts(self._file, "words")

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return how often words stand in the passages; those that do not are left out."""
        return {word: count for word in words if (count := self.vocabulary.get(word, 0))}

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Return the words of the passages so many edits from `word`, and how often each stands.

        Args:
            word: a word, case-folded.
            edits: 1, or 2 for words that begin with the same letter.
        """
        from briefqa.edit_distance import code_points_near, one_edit_away, two_edits_away

        if edits == 1:
            letters = partial(self.vocabulary.letters_after, among=code_points_near(word[0]))
            return self.word_counts(one_edit_away(word, letters))
        alike = self.vocabulary.beginning(word[0])
        return self.word_counts(two_edits_away(word, alike))

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

    def search(
        self,
        question: Sequence[str],
        top: int,
        *,
        required: Iterable[Iterable[str]] = (),
        excluded: Iterable[str] = (),
    ) -> list[Hit]:
        """Rank the passages that hold at least one of the terms.

        Args:
            question: terms, each once.
            top: hits at the most.
            required: groups of terms; of each group a passage must hold at least one.
            excluded: terms that no passage may hold.

        Returns:
            The hits, highest score first, ties in the order of the passages.
        """
        found = self._found(question)
        lent = frozenset(postings.term for postings in found if postings.lent)
        for group in required:
            holders = self._holders(group)
            found = [postings.among(holders) for postings in found]
        holders = self._holders(excluded)
        if holders:
            found = [postings.outside(holders) for postings in found]
        ranked = rank(found, self._postings.impacts, top)
        return [self._hit(number, score, lent) for score, number in ranked]

    def rank(self, question: Sequence[str], top: int) -> list[tuple[float, int]]:
        """Rank passages without fetching them: scores and numbers, in the order of `search`."""
        return rank(self._found(question), self._postings.impacts, top)

    def _found(self, terms: Iterable[str]) -> list[Postings]:
        return [postings for term in terms if (postings := self._postings[term])]

    def _holders(self, group: Iterable[str]) -> set[int]:
        """The numbers of the passages that hold any of the terms."""
        return {number for postings in self._found(group) for number in postings.passages}

    def _hit(self, number: int, score: float, lent: frozenset[str]) -> Hit:
        passage = self.passage(number)
        if lent:
            from briefqa.index.heading_terms import heading_terms

            lent = lent.intersection(heading_terms(passage.title, passage.heading))
        return Hit(number, passage, score, lent)

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


def build_in_memory(passages: Iterable[Passage]) -> IndexFile:
    """Build an index in memory."""
    from io import BytesIO

    from briefqa.index.writer import Builder

    buffer = BytesIO()
    builder = Builder(buffer)
    for (path, title), group in groupby(passages, lambda passage: (passage.path, passage.title)):
        builder.add_document(path, title, group)
    builder.finish({})
    return IndexFile(buffer.getbuffer())
