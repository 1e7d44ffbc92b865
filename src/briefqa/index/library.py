"""Documents and their index: taken from the cache where it is fresh, made anew where it is not."""

import os
import sys
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from briefqa.analysis import STEMMER
from briefqa.documents import Survey, survey
from briefqa.errors import DocumentError
from briefqa.index.cache import Cache, Slot, cache_folder
from briefqa.index.file_format import DamagedIndexError, IndexFile, Writer
from briefqa.index.index import Index
from briefqa.index.sources import SourceTable

__all__ = ["IndexedLibrary", "open_library"]


class IndexedLibrary(NamedTuple):
    """Documents, ready to be asked.

    Attributes:
        passages: theirs, indexed.
        problems: what could not be read, and why.
    """

    passages: Index
    problems: tuple[DocumentError, ...]


class _Request(NamedTuple):
    """What is to be indexed.

    Attributes:
        surveyed: the files.
        max_size: bytes of a file at the most.
        started: when the survey began, in nanoseconds since 1970.
        key: all that the index depends on but the files themselves.
    """

    surveyed: Survey
    max_size: int
    started: int
    key: bytes

    @property
    def name(self) -> str:
        """The name of the index file; should two keys share one, they displace each other."""
        return f"{zlib.crc32(self.key):08x}{zlib.adler32(self.key):08x}"


def open_library(paths: Sequence[str], max_size: int, *, cached: bool = True) -> IndexedLibrary:
    """Index documents, or find that they are indexed already.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.
        cached: whether a cached index may be read and written.
    """
    started = time.time_ns()
    surveyed = survey(paths)
    request = _Request(surveyed, max_size, started, _key(paths, max_size))
    folder = cache_folder(os.environ, sys.platform)
    if not (cached and surveyed.lasting and request.key and folder):
        return _in_memory(request)
    cache = Cache(folder)
    file = _cached(cache, request)
    if file and (library := _fresh(file, request)):
        _settle(cache, request, file)
        return library
    return _stored(cache, request, earlier=file) or _in_memory(request)


def _key(paths: Sequence[str], max_size: int) -> bytes:
    """Put all together that an index depends on; empty where that cannot be told."""
    try:
        here = "" if all(map(os.path.isabs, paths)) else os.getcwd()
        parts = [_code(), sys.version, STEMMER, str(max_size), here, *paths]
    except OSError:
        return b""
    return "\0".join(parts).encode("utf-8", "surrogatepass")


def _code() -> str:
    """Tell one state of this package from another: what reads differently indexes differently."""
    package = os.path.dirname(os.path.dirname(__file__))
    newest = size = 0
    for folder in ("", "documents", "readers", "index"):
        with os.scandir(os.path.join(package, folder)) as entries:
            for status in (entry.stat() for entry in entries if entry.name.endswith(".py")):
                newest = max(newest, status.st_mtime_ns)
                size += status.st_size
    return f"{newest} {size}"


def _cached(cache: Cache, request: _Request) -> IndexFile | None:
    """Return the cached index of these paths, whatever its age; None where there is none."""
    data = cache.read(request.name)
    if data is None:
        return None
    try:
        file = IndexFile(data)
        return file if file.section("key").bytes() == request.key else None
    except DamagedIndexError:
        return None


def _fresh(file: IndexFile, request: _Request) -> IndexedLibrary | None:
    """Use a cached index; None where it is of other files, or damaged."""
    try:
        problems = SourceTable(file).problems(request.surveyed, request.max_size)
        return None if problems is None else IndexedLibrary(Index.of_file(file), problems)
    except DamagedIndexError:
        return None


def _settle(cache: Cache, request: _Request, file: IndexFile) -> None:
    """Store an index again once its files need not be compared by content any more."""
    with suppress(OSError, DamagedIndexError):
        sections = SourceTable(file).settled(request.surveyed, request.started)
        if sections:
            with cache.slot(request.name) as slot:
                if slot:
                    file.copy(Writer(slot.file), sections)
                    slot.commit()


def _stored(cache: Cache, request: _Request, *, earlier: IndexFile | None) -> IndexedLibrary | None:
    """Make an index and store it; None where it cannot be stored."""
    try:
        with cache.slot(request.name) as slot:
            return _committed(slot, request, earlier) if slot else None
    except OSError:
        return None
    except DamagedIndexError:
        return _stored(cache, request, earlier=None) if earlier else None


def _committed(slot: Slot, request: _Request, earlier: IndexFile | None) -> IndexedLibrary:
    from briefqa.index.indexing import write_index

    problems = write_index(slot.file, *request, earlier)
    return IndexedLibrary(Index.of_file(IndexFile(slot.commit())), problems)


def _in_memory(request: _Request) -> IndexedLibrary:
    """Make an index that is not stored."""
    from briefqa.index.indexing import write_index

    buffer = BytesIO()
    problems = write_index(buffer, *request)
    return IndexedLibrary(Index.of_file(IndexFile(buffer.getbuffer())), problems)
