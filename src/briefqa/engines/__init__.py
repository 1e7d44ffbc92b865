"""Engines: what each must provide, on this machine or elsewhere, to rank passages.

That is ranked search, an open corpus, and care for its indexes. Only `adapters` knows which engines
there are; an engine's modules are loaded when an address names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, Self

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import Corpus, DocumentEntry, ReportProgress, Skipped
from briefqa.documents import Document
from briefqa.errors import DocumentError, SkippedFileError
from briefqa.index import Contribution, Hit, Query
from briefqa.passages import Passage
from briefqa.records import Record

__all__ = [
    "Adapter",
    "BuildOptions",
    "BuildResult",
    "Engine",
    "IndexStatus",
    "IndexedCorpus",
    "StoredIndex",
]


class Engine(Protocol):
    """Ranked search over passages; `briefqa.index.Index` is the local one."""

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

    def entries(self, paths: Collection[str] | None = None) -> Iterator[DocumentEntry]:
        """Yield those documents, or those of some paths, always in the same order."""

    @property
    def partial(self) -> bool:
        """Whether the last search missed passages, as when some shards of a cluster are down."""

    @property
    def max_idf(self) -> float:
        """The idf of a term that no passage contains: the highest idf there is."""

    def idf(self, term: str) -> float:
        """Return the inverse document frequency of a term; `max_idf` if no passage contains it."""

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that contain a term or inherit it from a title."""

    def search(self, query: Query, top: int) -> list[Hit]:
        """Rank passages by BM25; all restrictions of the query are applied while ranking.

        Args:
            query: what to rank, and which passages may be hits.
            top: the maximum number of hits.

        Returns:
            The hits by descending score, ties by document path, then by position.
        """

    def prefetch(self, query: Query, top: int) -> None:
        """Announce a search, before the document frequencies of its terms are asked for.

        An engine that is asked over a network may send one request for both.

        Args:
            query: what is probably searched for next.
            top: the maximum number of hits.
        """

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        """Return what each term adds to the score of a hit of the last search."""

    def passages(self, paths: Collection[str] | None = None) -> Iterator[Passage]:
        """Yield all passages, or those of the documents of some paths, document by document."""

    def word_counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """Return how often words occur, or in how many passages; words that do not are left out.

        Args:
            words: as written, but case-folded.
        """

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """Return the words of the passages at an edit distance, counted as by `word_counts`.

        Args:
            word: as written, but case-folded.
            edits: 1, or 2 for words that begin with the same letter.
        """

    def beginning_with(self, start: str) -> Mapping[str, int]:
        """Return the words of the passages that begin with some letters, with their counts.

        An engine that cannot tell returns none.

        Args:
            start: the letters, case-folded.
        """


class IndexedCorpus(Protocol):
    """An open corpus; `briefqa.index.LocalCorpus` is the local one."""

    @property
    def engine(self) -> Engine:
        """The index of the passages."""

    @property
    def problems(self) -> tuple[DocumentError, ...]:
        """The paths that could not be read, and why."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """How many files were not read, by reason."""

    def skipped_files(self) -> tuple[SkippedFileError, ...]:
        """Return the files that were not read, as far as they are known."""

    def contains(self, path: str) -> bool:
        """Return whether a path is that of a document of the corpus.

        Raises:
            EngineError: the engine cannot be reached.
        """

    def document(self, path: str) -> Document:
        """Return a document of the corpus.

        Args:
            path: one of the engine's.

        Raises:
            DocumentError: it is not in the corpus, or cannot be read any more.
            EngineError: the engine cannot be reached.
        """

    def is_stale(self) -> bool:
        """Return whether the documents, or an index that others build, have changed."""

    def reopened(self, *, cached: bool, rebuild: bool = False) -> Self:
        """Open the corpus again.

        Args:
            cached: whether a cached index may be read and written.
            rebuild: whether a cached index is damaged and has to be replaced.
        """


class BuildOptions(Record):
    """How an index is built; an engine ignores what does not apply to it.

    Attributes:
        rebuild: whether to build a new index that replaces the old one, not to update it.
        shards: the number of parts that a new index is divided into.
        replicas: the number of further copies of each part.
        quick: whether an index that seems fresh is taken to be undamaged.
    """

    rebuild: bool = False
    shards: int = 3
    replicas: int = 1
    quick: bool = False


class BuildResult(Record):
    """What a build did.

    Attributes:
        problems: the paths that could not be read, and why.
        sent: the number of new or changed documents that were sent to the engine; None if it
            takes none.
        removed: the number of documents that were removed; None with `sent`.
        skipped: the files that were not read, and why; those of `problems` are among them.
    """

    problems: tuple[DocumentError, ...]
    sent: int | None = None
    removed: int | None = None
    skipped: tuple[SkippedFileError, ...] = ()


class IndexStatus(Record):
    """What an index contains.

    Attributes:
        name: what the index is called: its file, or its name and shards.
        state: whether it can be relied on, as a phrase such as `up to date`.
        is_current: whether `state` calls for no build.
        documents: their number.
        passages: their number.
        size: bytes.
    """

    name: str
    state: str
    is_current: bool
    documents: int
    passages: int
    size: int


class StoredIndex(Record):
    """An index that is kept.

    Attributes:
        name: its file, or its name and shards.
        paths: what it was built from, as given; empty if that is not known.
        folder: the folder that relative paths start from; empty if there are none.
        documents: their number.
        passages: their number.
        size: bytes.
        used: when it was last used, in seconds since 1970; None if that is not known.
    """

    name: str
    paths: tuple[str, ...]
    folder: str
    documents: int
    passages: int
    size: int
    used: float | None


class Adapter(Protocol):
    """Opens, builds and looks after the indexes of one engine."""

    def open(self, corpus: Corpus) -> IndexedCorpus:
        """Open a corpus whose index the engine keeps.

        Raises:
            UsageError: the address or the credentials are invalid.
            EngineError: the engine cannot be reached, refuses, or has no such index.
        """

    def build(
        self, corpus: Corpus, options: BuildOptions, progress: ReportProgress | None
    ) -> BuildResult:
        """Make the index contain the documents of a corpus, and nothing else.

        Args:
            corpus: the documents, and the address of the index.
            options: how.
            progress: called as documents are read.

        Raises:
            UsageError: the corpus has no paths, or the address or the credentials are invalid.
            NoDocumentsError: none of the paths could be read; the index is left as it was.
            EngineError: the engine cannot be reached, or refuses.
        """

    def status(self, corpus: Corpus, *, quick: bool = False) -> IndexStatus | None:
        """Return what the index contains; None if there is no index.

        Args:
            corpus: the documents, and where the index is.
            quick: whether it is taken to be undamaged.
        """

    def stored(self, corpus: Corpus) -> Iterator[StoredIndex]:
        """Yield the indexes that are kept at the place of a corpus."""
        status = self.status(corpus)
        if status:
            yield StoredIndex(
                status.name, (), "", status.documents, status.passages, status.size, None
            )

    def clear(self, corpus: Corpus) -> int:
        """Remove the index of a corpus, without paths all indexes at the place; return how many."""
