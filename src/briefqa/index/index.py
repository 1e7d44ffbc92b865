"""Ranked search over passages."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from briefqa.analysis import terms, written_words
from briefqa.passages import Passage

if TYPE_CHECKING:
    from briefqa.index.model import PassageBM25

__all__ = ["SCORE_DIGITS", "Contribution", "Hit", "Index"]

MANY_DOCUMENTS = 20
"""Documents from which on titles and headings tell passages apart."""
SCORE_DIGITS = 6
"""Scores are rounded to this before they are compared, so that all machines rank alike."""


class Hit(NamedTuple):
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
    what only a heading names is found. From `MANY_DOCUMENTS` documents on all terms of titles and
    headings are: there they tell what a passage is about, as a field of its own would (Robertson,
    Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004), while within
    one document they only repeat its subject.

    Args:
        passages: in the order that settles ties: by document path, then position.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = tuple(passages)
        corpus = [terms(passage.text, stop_words=True) for passage in passages]
        written = {term for passage_terms in corpus for term in passage_terms}
        if len({passage.path for passage in passages}) >= MANY_DOCUMENTS:
            written.clear()
        self._lent: set[str] = set()
        for passage, passage_terms in zip(passages, corpus, strict=True):
            lent = [term for term in _heading_terms(passage) if term not in written]
            passage_terms.extend(lent)
            self._lent.update(lent)
        self._model = _model(corpus)

    def __len__(self) -> int:
        return len(self._passages)

    def passage(self, number: int) -> Passage:
        """Return a passage by its place in the index, from 0."""
        return self._passages[number]

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """How often each word stands in the passages, as written but case-folded."""
        return Counter(word for each in self._passages for word in written_words(each.text))

    @cached_property
    def letters(self) -> str:
        """The letters that the words are made of, each once."""
        return "".join(sorted(filter(str.isalpha, set().union(*self.vocabulary))))

    @property
    def ceiling(self) -> float:
        """The idf of a term that no passage holds: no term's idf is higher."""
        return math.log(1 + (len(self) + 0.5) / 0.5)

    def idf(self, term: str) -> float:
        """Return how telling a term is; `ceiling` where no passage holds it."""
        return self._model.idf.get(term, self.ceiling) if self._model else self.ceiling

    def passage_frequency(self, term: str) -> int:
        """Return the number of passages that hold a term."""
        return len(self._model.postings.get(term, ())) if self._model else 0

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
        model = self._model
        if model is None:
            return []
        known = [term for term in question if term in model.postings]
        if not known:
            return []
        admitted = self._holders(known)
        for group in required:
            admitted &= self._holders(group)
        numbers = sorted(admitted - self._holders(excluded))
        if not numbers:
            return []
        scores = model.get_batch_scores(known, numbers)
        ranked = sorted(
            (-round(float(score), SCORE_DIGITS), number)
            for score, number in zip(scores, numbers, strict=True)
        )
        return [self._hit(number, -score, known) for score, number in ranked[:top]]

    def _holders(self, group: Iterable[str]) -> set[int]:
        """The numbers of the passages that hold any of the terms."""
        postings = self._model.postings if self._model else {}
        return {number for term in group for number in postings.get(term, ())}

    def _hit(self, number: int, score: float, known: Sequence[str]) -> Hit:
        passage = self._passages[number]
        lent = self._lent.intersection(known)
        held = lent.intersection(_heading_terms(passage)) if lent else lent
        return Hit(number, passage, score, frozenset(held))

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        """Tell what each of the question's terms adds to a hit; absent terms add nothing."""
        return tuple(self._contribution(term, hit.number) for term in question)

    def _contribution(self, term: str, number: int) -> Contribution:
        model = self._model
        frequency = model.doc_freqs[number].get(term, 0) if model else 0
        score = float(model.get_batch_scores([term], [number])[0]) if model else 0.0
        return Contribution(
            term, round(self.idf(term), SCORE_DIGITS), frequency, round(score, SCORE_DIGITS)
        )


def _heading_terms(passage: Passage) -> list[str]:
    return terms(f"{passage.title} {passage.heading or ''}")


def _model(corpus: Sequence[Sequence[str]]) -> "PassageBM25 | None":
    """Make the model, or none for a corpus without a word: rank-bm25 would divide by zero."""
    if not any(corpus):
        return None
    from briefqa.index.model import PassageBM25

    return PassageBM25(corpus)
