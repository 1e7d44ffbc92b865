"""Opening a corpus on this machine: its cached index if that is fresh, else a new one."""

from __future__ import annotations

import os
import sys

from briefqa.corpus import Corpus, ReportProgress, Skipped, count_skipped
from briefqa.errors import DocumentError, SkippedFileError
from briefqa.index.cache import Cache, CorpusSnapshot, Manifest, cache_folder
from briefqa.index.container import DamagedIndexError, IndexFile
from briefqa.index.reader import Index
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefqa.documents import Document, LoadedDocuments, Outcomes

__all__ = [
    "LocalCorpus",
    "cache_of",
    "find_cached",
    "in_memory",
    "index_folder",
    "is_damaged",
    "open_corpus",
    "open_fresh",
]


class LocalCorpus(Record):
    """A corpus whose index is on this machine, open for questions.

    Attributes:
        engine: the index of the passages.
        problems: the paths that could not be read, and why.
        corpus: what was opened; without paths if that were documents in memory.
        read_once: documents that cannot be read again, such as standard input, by path.
        failed: the files that could not be read, or for documents in memory were not read.
        manifest: the files of the index; None for documents in memory.
        is_repeatable: whether the corpus can be opened again.
    """

    engine: Index
    problems: tuple[DocumentError, ...]
    corpus: Corpus
    read_once: Mapping[str, Document]
    failed: Sequence[SkippedFileError] = ()
    manifest: Manifest | None = None
    is_repeatable: bool = False

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """How many files were not read, by reason."""
        return count_skipped(self.failed, self.manifest.skipped() if self.manifest else ())

    def skipped_files(self) -> tuple[SkippedFileError, ...]:
        """Return the files that were not read, and why."""
        return (*self.failed, *(self.manifest.skipped_files() if self.manifest else ()))

    def document(self, path: str) -> Document:
        """Read a document of the corpus.

        Args:
            path: one of the engine's.

        Raises:
            DocumentError: it is not in the corpus, or cannot be read any more.
        """
        if path in self.read_once:
            return self.read_once[path]
        if not self.contains(path):
            raise DocumentError(path, "not one of the documents")
        from briefqa.documents import read_document

        return read_document(path, self.corpus.max_size)

    def contains(self, path: str) -> bool:
        """Return whether a path is that of a document of the corpus."""
        from bisect import bisect_left

        paths = self.engine.paths
        position = bisect_left(paths, path)
        return position < len(paths) and paths[position] == path

    def is_stale(self) -> bool:
        """Return whether the documents have changed; only the status of files is looked at."""
        if self.manifest is None or not self.is_repeatable:
            return False
        outcomes = self.manifest.outcomes(CorpusSnapshot.of(self.corpus))
        return not outcomes or list(map(str, outcomes.problems())) != list(map(str, self.problems))

    def reopened(self, *, cached: bool, rebuild: bool = False) -> LocalCorpus:
        """Open the corpus again; return this one if that cannot be.

        Args:
            cached: whether a cached index may be read and written.
            rebuild: whether to index the documents even if there is an index that seems fresh.
        """
        if not self.is_repeatable:
            return self
        return open_corpus(self.corpus, cached=cached, rebuild=rebuild)


def open_corpus(
    corpus: Corpus,
    *,
    cached: bool = True,
    rebuild: bool = False,
    verified: bool = False,
    progress: ReportProgress | None = None,
) -> LocalCorpus:
    """Open a corpus; its documents are read and indexed unless a cached index is fresh.

    Args:
        corpus: the documents, and the folder of the index.
        cached: whether a cached index may be read and written.
        rebuild: whether to index the documents even if there is an index that seems fresh.
        verified: whether to use a cached index only if all of it is undamaged.
        progress: called as documents are read.
    """
    snapshot = CorpusSnapshot.of(corpus)
    cache = cache_of(snapshot) if cached else None
    file = find_cached(cache, snapshot) if cache and not rebuild else None
    if file and verified and is_damaged(file):
        file = None
    if cache and file and (opened := open_fresh(file, snapshot)):
        _settle(cache, snapshot, file)
        return opened
    built = _build_in_cache(cache, snapshot, file, progress) if cache else None
    return built or _build_in_memory(snapshot, progress)


def cache_of(snapshot: CorpusSnapshot) -> Cache | None:
    """Return where the index of a corpus is kept; None if it cannot be kept."""
    folder = index_folder(snapshot.corpus.location)
    stored = snapshot.surveyed.is_repeatable and snapshot.key
    chosen = snapshot.corpus.location is not None
    return Cache(folder, chosen=chosen) if folder and stored else None


def index_folder(location: str | None) -> str | None:
    """Return the folder of the index files; None if there is no such place.

    Args:
        location: a folder of the user's, in which index files get a folder of their own, since
            files are removed from it; None for the cache folder.
    """
    if location is not None:
        return os.path.join(os.path.abspath(location), "briefqa")
    return cache_folder(os.environ, sys.platform)


def find_cached(cache: Cache, snapshot: CorpusSnapshot) -> IndexFile | None:
    """Return the cached index of a corpus, fresh or not; None if this code cannot use it."""
    data = cache.read(snapshot.name)
    if data is None:
        return None
    try:
        file = IndexFile(data)
        return file if file.section("key").bytes() == snapshot.key else None
    except DamagedIndexError:
        return None


def is_damaged(file: IndexFile) -> bool:
    """Return whether any block of an index is damaged."""
    try:
        file.verify()
    except DamagedIndexError:
        return True
    return False


def open_fresh(file: IndexFile, snapshot: CorpusSnapshot) -> LocalCorpus | None:
    """Open an index; return None if its files have changed, or if it is damaged."""
    try:
        outcomes = Manifest(file).outcomes(snapshot)
        return _opened(file, snapshot, outcomes, {}) if outcomes else None
    except DamagedIndexError:
        return None


def _opened(
    file: IndexFile,
    snapshot: CorpusSnapshot,
    outcomes: Outcomes,
    read_once: Mapping[str, Document],
) -> LocalCorpus:
    return LocalCorpus(
        engine=Index.of_file(file, snapshot.analyzer),
        problems=outcomes.problems(),
        corpus=snapshot.corpus,
        read_once=read_once,
        failed=outcomes.failed,
        manifest=Manifest(file),
        is_repeatable=snapshot.surveyed.is_repeatable,
    )


def _settle(cache: Cache, snapshot: CorpusSnapshot, file: IndexFile) -> None:
    """Store an index again once its files no longer need to be compared by content."""
    if not len(file.section("files.recheck")):
        return
    from briefqa.index.manifest_writer import settled_sections

    try:
        sections = settled_sections(file, snapshot)
        if sections:
            from briefqa.index.cache_writer import replace_sections

            replace_sections(cache, snapshot.name, file, sections)
    except (OSError, DamagedIndexError):
        pass


def _build_in_cache(
    cache: Cache,
    snapshot: CorpusSnapshot,
    previous: IndexFile | None,
    progress: ReportProgress | None,
) -> LocalCorpus | None:
    """Build an index and store it; return None if it cannot be stored.

    Args:
        cache: where to store it.
        snapshot: what to index.
        previous: an index of the same corpus from which unchanged documents are copied.
        progress: called as documents are read.
    """
    from briefqa.index.cache_writer import locked_writer
    from briefqa.index.writer import write_index

    try:
        with locked_writer(cache, snapshot.name) as writer:
            if writer is None:
                return None
            documents = write_index(writer.file, snapshot, previous, progress)
            file = IndexFile(writer.commit())
            return _opened(file, snapshot, documents.outcomes, documents.read_once)
    except OSError:
        return None
    except DamagedIndexError:
        return _build_in_cache(cache, snapshot, None, progress) if previous else None


def _build_in_memory(snapshot: CorpusSnapshot, progress: ReportProgress | None) -> LocalCorpus:
    from io import BytesIO

    from briefqa.index.writer import write_index

    buffer = BytesIO()
    documents = write_index(buffer, snapshot, progress=progress)
    file = IndexFile(buffer.getbuffer())
    return _opened(file, snapshot, documents.outcomes, documents.read_once)


def in_memory(loaded: LoadedDocuments) -> LocalCorpus:
    """Index documents that were read already."""
    from briefqa.index.writer import index_documents

    corpus = Corpus()
    file = index_documents(loaded.documents, corpus.analyzer)
    documents = {document.path: document for document in loaded.documents}
    index = Index.of_file(file, corpus.analyzer)
    return LocalCorpus(index, loaded.problems, corpus, documents, loaded.skipped)
