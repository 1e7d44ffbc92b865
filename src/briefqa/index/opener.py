"""Opening a corpus on this machine: by its cached index if that is fresh, else by a new one."""

from __future__ import annotations

import os
import sys

from briefqa.analysis.english import english_analyzer
from briefqa.corpus import Corpus, ReportProgress
from briefqa.errors import DocumentError
from briefqa.index.cache import Cache, cache_folder
from briefqa.index.container import DamagedIndexError, IndexFile
from briefqa.index.freshness import CorpusSnapshot, SourceTable
from briefqa.index.reader import Index
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefqa.documents import Document, LoadedDocuments

__all__ = [
    "LocalCorpus",
    "cache_of",
    "find_cached",
    "find_fresh",
    "in_memory",
    "index_folder",
    "open_corpus",
]


class LocalCorpus(Record):
    """A corpus whose index is on this machine, open for questions.

    Attributes:
        engine: the index of the passages.
        problems: the paths that could not be read, and why.
        corpus: what was opened; without paths if that were documents in memory.
        read_once: documents that cannot be read again, such as standard input, by path.
        sources: what the index was made of; None if the corpus cannot be opened again.
    """

    engine: Index
    problems: tuple[DocumentError, ...]
    corpus: Corpus
    read_once: Mapping[str, Document]
    sources: SourceTable | None = None

    def document(self, path: str) -> Document:
        """Read a document of the corpus.

        Args:
            path: one of the engine's.

        Raises:
            DocumentError: it is not in the corpus, or cannot be read any more.
        """
        if path in self.read_once:
            return self.read_once[path]
        from bisect import bisect_left

        from briefqa.documents import read_document

        paths = self.engine.paths
        place = bisect_left(paths, path)
        if place == len(paths) or paths[place] != path:
            raise DocumentError(path, "not one of the documents")
        return read_document(path, self.corpus.max_size)

    def is_stale(self) -> bool:
        """Return whether the documents have changed; only the status of files is looked at."""
        if self.sources is None:
            return False
        problems = self.sources.problems(CorpusSnapshot.of(self.corpus))
        return problems is None or list(map(str, problems)) != list(map(str, self.problems))

    def reopened(self, *, cached: bool) -> LocalCorpus:
        """Open the corpus again; return this one if that cannot be.

        Args:
            cached: whether a cached index may be read and written.
        """
        return open_corpus(self.corpus, cached=cached) if self.sources else self


def open_corpus(
    corpus: Corpus, *, cached: bool = True, progress: ReportProgress | None = None
) -> LocalCorpus:
    """Open a corpus; its documents are read and indexed unless a cached index is fresh.

    Args:
        corpus: the documents, and the folder of the index.
        cached: whether a cached index may be read and written.
        progress: called as documents are read.
    """
    snapshot = CorpusSnapshot.of(corpus)
    cache = cache_of(snapshot) if cached else None
    file = find_cached(cache, snapshot) if cache else None
    if cache and file and (opened := find_fresh(file, snapshot)):
        _settle(cache, snapshot, file)
        return opened
    from briefqa.index.build import build

    built = build(snapshot, cache, file, progress)
    return LocalCorpus(
        engine=Index.of_file(built.file, snapshot.analyzer),
        problems=built.documents.problems,
        corpus=corpus,
        read_once=built.documents.read_once,
        sources=SourceTable(built.file) if snapshot.surveyed.is_repeatable else None,
    )


def in_memory(loaded: LoadedDocuments) -> LocalCorpus:
    """Index documents that were read already."""
    from briefqa.index.document_indexer import index_library

    analyzer = english_analyzer()
    index = Index.of_file(index_library(loaded, analyzer), analyzer)
    documents = {document.path: document for document in loaded.documents}
    return LocalCorpus(index, loaded.problems, Corpus(), documents)


def index_folder(folder: str | None) -> str | None:
    """Return the folder of the index files; None if there is no such place.

    Args:
        folder: one of the user's, in which index files get a folder of their own, since only there
            may anything be removed; None for the cache folder.
    """
    if folder is not None:
        return os.path.join(os.path.abspath(folder), "briefqa")
    return cache_folder(os.environ, sys.platform)


def cache_of(snapshot: CorpusSnapshot) -> Cache | None:
    """Return where the index of a corpus is kept; None if it cannot be kept."""
    folder = index_folder(snapshot.corpus.location)
    return Cache(folder) if folder and snapshot.surveyed.is_repeatable and snapshot.key else None


def find_cached(cache: Cache, snapshot: CorpusSnapshot) -> IndexFile | None:
    """Return the cached index of a corpus, fresh or not; None if there is none."""
    data = cache.read(snapshot.name)
    if data is None:
        return None
    try:
        file = IndexFile(data)
        return file if file.section("key").bytes() == snapshot.key else None
    except DamagedIndexError:
        return None


def find_fresh(file: IndexFile, snapshot: CorpusSnapshot) -> LocalCorpus | None:
    """Open a cached index; return None if it is of other files, or damaged."""
    try:
        problems = SourceTable(file).problems(snapshot)
        if problems is None:
            return None
        index = Index.of_file(file, snapshot.analyzer)
        return LocalCorpus(index, problems, snapshot.corpus, {}, SourceTable(file))
    except DamagedIndexError:
        return None


def _settle(cache: Cache, snapshot: CorpusSnapshot, file: IndexFile) -> None:
    """Store an index again once its files no longer need to be compared by content."""
    try:
        sections = SourceTable(file).settled(snapshot)
        if sections:
            from briefqa.index.cache_writer import replace_sections

            replace_sections(cache, snapshot.name, file, sections)
    except (OSError, DamagedIndexError):
        pass
