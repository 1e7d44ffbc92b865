"""Looking after the cache: what is stored of some paths, and removing it."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.documents import USUAL, Selection
from briefqa.index.cache import Cache
from briefqa.index.container import DamagedIndexError
from briefqa.index.opener import Request, find_cached, find_fresh, index_folder
from briefqa.index.reader import Index
from briefqa.records import Record

__all__ = ["IndexStatus", "clear_index", "clear_indexes", "index_status"]


class IndexStatus(Record):
    """What the cache holds of some paths.

    Attributes:
        path: of the index file.
        size: its bytes.
        fresh: whether the documents are still what it was made of.
        documents: how many it holds.
        passages: how many it holds.
    """

    path: str
    size: int
    fresh: bool
    documents: int
    passages: int


def index_status(
    paths: Sequence[str], max_size: int, selection: Selection = USUAL, folder: str | None = None
) -> IndexStatus | None:
    """Tell what the cache holds of some paths; None where it holds nothing.

    Args:
        paths: files or folders.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        folder: where index files are kept; None for the user's cache folder.
    """
    request = Request.of(paths, max_size, selection, folder)
    cache = request.cache()
    file = find_cached(cache, request) if cache else None
    if cache is None or file is None:
        return None
    try:
        index = Index.of_file(file, request.analyzer)
        fresh = find_fresh(file, request) is not None
        return IndexStatus(cache.path(request.name), len(file), fresh, index.documents, len(index))
    except DamagedIndexError:
        return None


def clear_index(
    paths: Sequence[str], max_size: int, selection: Selection = USUAL, folder: str | None = None
) -> bool:
    """Remove the index of some paths; tell whether there was one.

    Args:
        paths: files or folders.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        folder: where index files are kept; None for the user's cache folder.

    Raises:
        OSError: it cannot be removed.
    """
    cache = _cache(folder)
    return cache is not None and cache.remove(Request.of(paths, max_size, selection).name)


def clear_indexes(folder: str | None = None) -> int:
    """Remove all indexes.

    Args:
        folder: where index files are kept; None for the user's cache folder.

    Returns:
        How many there were.

    Raises:
        OSError: one of them cannot be removed.
    """
    cache = _cache(folder)
    return sum(map(cache.remove, cache.names())) if cache else 0


def _cache(folder: str | None) -> Cache | None:
    kept = index_folder(folder)
    return Cache(kept) if kept else None
