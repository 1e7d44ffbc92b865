"""Making an index where the cache has none that is true."""

from __future__ import annotations

from io import BytesIO

from briefqa.index.cache import Cache
from briefqa.index.cache_writer import Slot, slot
from briefqa.index.container import DamagedIndexError, IndexFile
from briefqa.index.document_indexer import write_index

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.index.opener import IndexedLibrary, Progress, Request

__all__ = ["make"]


def make(
    request: Request, cache: Cache | None, earlier: IndexFile | None, progress: Progress | None
) -> IndexedLibrary:
    """Make an index, and store it if that can be done.

    Args:
        request: what is to be indexed.
        cache: where it is kept; None for nowhere.
        earlier: an index of the same paths, of which documents are taken over.
        progress: told of the bytes read so far, and of all there are.
    """
    stored = _stored(cache, request, earlier, progress) if cache else None
    return stored or _in_memory(request, progress)


def _stored(
    cache: Cache, request: Request, earlier: IndexFile | None, progress: Progress | None
) -> IndexedLibrary | None:
    """Make an index and store it; None where it cannot be stored."""
    try:
        with slot(cache, request.name) as place:
            return _committed(place, request, earlier, progress) if place else None
    except OSError:
        return None
    except DamagedIndexError:
        return _stored(cache, request, None, progress) if earlier else None


def _committed(
    place: Slot, request: Request, earlier: IndexFile | None, progress: Progress | None
) -> IndexedLibrary:
    problems = write_index(place.file, *request[:5], earlier, progress)
    return request.library(IndexFile(place.commit()), problems)


def _in_memory(request: Request, progress: Progress | None) -> IndexedLibrary:
    """Make an index that is not stored."""
    buffer = BytesIO()
    problems = write_index(buffer, *request[:5], progress=progress)
    return request.library(IndexFile(buffer.getbuffer()), problems)
