"""Building an index where the cache has none that is fresh."""

from __future__ import annotations

from io import BytesIO

from briefqa.corpus import ReportProgress
from briefqa.index.cache import Cache
from briefqa.index.cache_writer import slot
from briefqa.index.container import DamagedIndexError, IndexFile
from briefqa.index.document_indexer import IndexedDocuments, write_index
from briefqa.index.freshness import CorpusSnapshot
from briefqa.records import Record

__all__ = ["BuiltIndex", "build"]


class BuiltIndex(Record):
    """A new index.

    Attributes:
        file: the index.
        documents: what came of reading them.
    """

    file: IndexFile
    documents: IndexedDocuments


def build(
    snapshot: CorpusSnapshot,
    cache: Cache | None,
    earlier: IndexFile | None,
    progress: ReportProgress | None,
) -> BuiltIndex:
    """Build an index, and store it if that is possible.

    Args:
        snapshot: what to index.
        cache: where to keep the index; None for nowhere.
        earlier: an index of the same corpus, from which unchanged documents are copied.
        progress: called as documents are read.
    """
    stored = _stored(cache, snapshot, earlier, progress) if cache else None
    return stored or _in_memory(snapshot, progress)


def _stored(
    cache: Cache,
    snapshot: CorpusSnapshot,
    earlier: IndexFile | None,
    progress: ReportProgress | None,
) -> BuiltIndex | None:
    """Build an index and store it; return None if it cannot be stored."""
    try:
        with slot(cache, snapshot.name) as place:
            if place is None:
                return None
            documents = write_index(place.file, snapshot, earlier, progress)
            return BuiltIndex(IndexFile(place.commit()), documents)
    except OSError:
        return None
    except DamagedIndexError:
        return _stored(cache, snapshot, None, progress) if earlier else None


def _in_memory(snapshot: CorpusSnapshot, progress: ReportProgress | None) -> BuiltIndex:
    buffer = BytesIO()
    documents = write_index(buffer, snapshot, progress=progress)
    return BuiltIndex(IndexFile(buffer.getbuffer()), documents)
