"""The table of engines: the adapter that opens an index, by the scheme of its address.

The adapter of indexes on this machine is here; those of other engines are loaded when needed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from briefqa.corpus import Corpus, ReportProgress
from briefqa.engines import Adapter, BuildOptions, BuildResult, IndexStatus, StoredIndex
from briefqa.errors import NoDocumentsError, UsageError
from briefqa.index import DamagedIndexError, Index, LocalCorpus, open_corpus
from briefqa.index.cache import Cache, CorpusSnapshot, identified_paths
from briefqa.index.cache_writer import remove_all, remove_index
from briefqa.index.container import IndexFile
from briefqa.index.opener import cache_of, find_cached, index_folder, is_damaged, open_fresh

__all__ = ["ADAPTERS", "LocalAdapter", "adapter_of"]


class LocalAdapter(Adapter):
    """Opens, builds and looks after indexes on this machine."""

    def open(self, corpus: Corpus) -> LocalCorpus:
        return open_corpus(corpus)

    def build(
        self, corpus: Corpus, options: BuildOptions, progress: ReportProgress | None
    ) -> BuildResult:
        opened = open_corpus(corpus, verified=not options.quick, progress=progress)
        if opened.problems and not opened.engine.documents:
            raise NoDocumentsError(opened.problems, opened.skipped_files())
        return BuildResult(opened.problems, skipped=opened.skipped_files())

    def status(self, corpus: Corpus, *, quick: bool = False) -> IndexStatus | None:
        snapshot = CorpusSnapshot.of(corpus)
        cache = cache_of(snapshot)
        file = find_cached(cache, snapshot) if cache else None
        if cache is None or file is None:
            return None
        try:
            index = Index.of_file(file, snapshot.analyzer)
            fresh = open_fresh(file, snapshot) is not None
            damaged = not quick and is_damaged(file)
            state = "up to date" if fresh else "out of date"
            return IndexStatus(
                name=cache.path(snapshot.name),
                state="damaged; build it again" if damaged else state,
                is_current=fresh and not damaged,
                documents=index.documents,
                passages=len(index),
                size=len(file),
            )
        except DamagedIndexError:
            return None

    def stored(self, corpus: Corpus) -> Iterator[StoredIndex]:
        folder = index_folder(corpus.location)
        if folder is None:
            return
        cache = Cache(folder)
        for name in cache.names():
            data = cache.peek(name)
            try:
                if data is not None:
                    yield _stored(cache.path(name), IndexFile(data), corpus)
            except (DamagedIndexError, ValueError, OSError):
                # It is of another version, or being replaced: the next question rebuilds it.
                continue

    def clear(self, corpus: Corpus) -> int:
        folder = index_folder(corpus.location)
        if folder is None:
            return 0
        cache = Cache(folder)
        if corpus.paths:
            return int(remove_index(cache, CorpusSnapshot.of(corpus).name))
        return remove_all(cache)


def _stored(path: str, file: IndexFile, corpus: Corpus) -> StoredIndex:
    index = Index.of_file(file, corpus.analyzer)
    folder, paths = identified_paths(bytes(file.section("key").bytes()))
    used = os.stat(path).st_mtime
    return StoredIndex(path, paths, folder, index.documents, len(index), len(file), used)


def _opensearch() -> Adapter:
    from briefqa.engines.opensearch import OpenSearchAdapter

    return OpenSearchAdapter()


ADAPTERS: Mapping[str | None, Callable[[], Adapter]] = {
    None: LocalAdapter,
    "http": _opensearch,
    "https": _opensearch,
}
"""What loads the adapter of each scheme; None is an index on this machine."""


def adapter_of(corpus: Corpus) -> Adapter:
    """Return the adapter of the engine that keeps the index of a corpus.

    Raises:
        UsageError: no engine has addresses of this scheme.
    """
    load = ADAPTERS.get(corpus.scheme)
    if load is None:
        known = " or ".join(f"{scheme}://" for scheme in ADAPTERS if scheme)
        raise UsageError(f"no engine for {corpus.location}; an address begins with {known}")
    return load()
