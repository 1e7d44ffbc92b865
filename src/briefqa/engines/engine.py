"""What the assistant needs of an index, wherever that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, Self

from briefqa.analysis.analyzer import Analyzer
from briefqa.errors import DocumentError
from briefqa.index import Contribution, Hit

__all__ = ["Collection", "Engine"]


class Engine(Protocol):
    """Passages by their terms, ranked by BM25; `briefqa.index.Index` is the local one."""

    def __len__(self) -> int:
        """Return the number of passages."""

    @property
    def analyzer(self) -> Analyzer:
        """What made the terms of the passages; questions need the same."""

    @property
    def documents(self) -> int:
        """The number of documents that the passages are from."""

    @property
    def paths(self) -> Sequence[str]:
        """The paths of those documents, sorted."""

    @property
    def partial(self) -> bool:
        """Whether the last search missed passages, as where parts of a cluster are down."""

    @property
    def max_idf(self) -> float:
        """The idf of a term that no passage holds: no term's idf is higher."""

    def idf(self, term: str) -> float:
        """Return how telling a term is; `max_idf` where no passage holds it."""

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that hold a term, or are lent it by a heading."""

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
            The hits, highest score first, ties by document path, then position.
        """

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        """Tell what each of the question's terms adds to a hit of the last search."""

    def texts(self) -> Iterator[str]:
        """Yield the texts of all passages."""

    def word_counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """Return how often words, case-folded, stand in the passages, or in how many.

        Those that do not are left out.
        """

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """Return the words of the passages so many edits from `word`, counted as by `word_counts`.

        Args:
            word: a word, case-folded.
            edits: 1, or 2 for words that begin with the same letter.
        """


class Collection(Protocol):
    """Documents, ready to be asked; `briefqa.index.IndexedLibrary` is the local one."""

    @property
    def passages(self) -> Engine:
        """Theirs, indexed."""

    @property
    def problems(self) -> tuple[DocumentError, ...]:
        """What could not be read, and why."""

    def is_stale(self) -> bool:
        """Whether the documents, or the index where that is kept by others, have changed."""

    def opened_again(self, *, cached: bool) -> Self:
        """Open the same again.

        Args:
            cached: whether a cached index may be read and written.
        """
