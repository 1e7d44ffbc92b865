"""Looking after the cache: the status of an index, and removing indexes."""

from __future__ import annotations

from briefqa.corpus import Corpus
from briefqa.index.cache import Cache
from briefqa.index.container import DamagedIndexError
from briefqa.index.freshness import CorpusSnapshot
from briefqa.index.opener import cache_of, find_cached, find_fresh, index_folder
from briefqa.index.reader import Index
from briefqa.records import Record

__all__ = ["IndexStatus", "clear_index", "clear_indexes", "index_status"]


class IndexStatus(Record):
    """What the cache holds of a corpus.

    Attributes:
        path: of the index file.
        size: bytes of the index file.
        fresh: whether the documents are still what it was made of.
        documents: their number.
        passages: their number.
    """

    path: str
    size: int
    fresh: bool
    documents: int
    passages: int


def index_status(corpus: Corpus) -> IndexStatus | None:
    """Return what the cache holds of a corpus; None if it holds nothing."""
    snapshot = CorpusSnapshot.of(corpus)
    cache = cache_of(snapshot)
    file = find_cached(cache, snapshot) if cache else None
    if cache is None or file is None:
        return None
    try:
        index = Index.of_file(file, snapshot.analyzer)
        return IndexStatus(
            path=cache.path(snapshot.name),
            size=len(file),
            fresh=find_fresh(file, snapshot) is not None,
            documents=index.documents,
            passages=len(index),
        )
    except DamagedIndexError:
        return None


def clear_index(corpus: Corpus) -> bool:
    """Remove the index of a corpus; return whether there was one.

    Raises:
        OSError: it cannot be removed.
    """
    cache = _cache(corpus.location)
    return cache is not None and cache.remove(CorpusSnapshot.of(corpus).name)


def clear_indexes(folder: str | None = None) -> int:
    """Remove all indexes.

    Args:
        folder: where index files are kept; None for the user's cache folder.

    Returns:
        The number of indexes removed.

    Raises:
        OSError: one of them cannot be removed.
    """
    cache = _cache(folder)
    return sum(map(cache.remove, cache.names())) if cache else 0


def _cache(folder: str | None) -> Cache | None:
    kept = index_folder(folder)
    return Cache(kept) if kept else None
