"""Documents and their index: taken from the cache where it is fresh, made anew where it is not."""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable, Sequence

from briefqa.analysis.english import english_analyzer
from briefqa.documents import USUAL, Selection, Survey, survey
from briefqa.errors import DocumentError
from briefqa.index.bm25 import K1, B
from briefqa.index.cache import Cache, cache_folder
from briefqa.index.container import DamagedIndexError, IndexFile
from briefqa.index.freshness import SourceTable
from briefqa.index.reader import Index
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.documents import Library

__all__ = [
    "IndexedLibrary",
    "Request",
    "find_cached",
    "find_fresh",
    "in_memory",
    "index_folder",
    "open_library",
]

Progress = Callable[[int, int], None]
"""Takes the bytes read so far, and all there are to read."""


class Origin(Record):
    """What a library was opened from.

    Attributes:
        paths: as given.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        file: the index; it knows what files it was made of.
        folder: where index files are kept; None for the user's cache folder.
    """

    paths: tuple[str, ...]
    max_size: int
    selection: Selection
    file: IndexFile
    folder: str | None = None


class IndexedLibrary(Record):
    """Documents, ready to be asked.

    Attributes:
        passages: theirs, indexed.
        problems: what could not be read, and why.
        origin: what it was opened from; None where it cannot be opened again.
    """

    passages: Index
    problems: tuple[DocumentError, ...]
    origin: Origin | None = None

    def is_stale(self) -> bool:
        """Whether the documents have changed since; only their status is looked at."""
        if self.origin is None:
            return False
        paths, max_size, selection, file, _ = self.origin
        problems = SourceTable(file).problems(survey(paths, selection), max_size)
        return problems is None or list(map(str, problems)) != list(map(str, self.problems))

    def opened_again(self, *, cached: bool) -> IndexedLibrary:
        """Open the same documents again; as it is where that cannot be.

        Args:
            cached: whether a cached index may be read and written.
        """
        if self.origin is None:
            return self
        paths, max_size, selection, _, folder = self.origin
        return open_library(paths, max_size, selection, cached=cached, folder=folder)


class Request(Record):
    """What is to be indexed, and by what its index is found again.

    Attributes:
        surveyed: the files.
        max_size: bytes of a file at the most.
        started: when the survey began, in nanoseconds since 1970.
        key: all that the index depends on but the files themselves.
        analyzer: makes its terms.
        folder: where index files are kept; None for the user's cache folder.
    """

    surveyed: Survey
    max_size: int
    started: int
    key: bytes
    analyzer: Analyzer
    folder: str | None = None

    @classmethod
    def of(
        cls,
        paths: Sequence[str],
        max_size: int,
        selection: Selection = USUAL,
        folder: str | None = None,
    ) -> Request:
        """Survey paths."""
        started = time.time_ns()
        analyzer = english_analyzer()
        key = _key(paths, max_size, selection, analyzer)
        return cls(survey(paths, selection), max_size, started, key, analyzer, folder)

    def library(self, file: IndexFile, problems: tuple[DocumentError, ...]) -> IndexedLibrary:
        """Make a library of an index of this."""
        paths, selection = self.surveyed.paths, self.surveyed.selection
        origin = Origin(paths, self.max_size, selection, file, self.folder)
        lasting = self.surveyed.lasting
        index = Index.of_file(file, self.analyzer)
        return IndexedLibrary(index, problems, origin if lasting else None)

    def cache(self) -> Cache | None:
        """Return where the index is kept; None where it cannot be."""
        folder = index_folder(self.folder)
        return Cache(folder) if folder and self.surveyed.lasting and self.key else None

    @property
    def name(self) -> str:
        """The name of the index file; should two keys share one, they displace each other."""
        return f"{zlib.crc32(self.key):08x}{zlib.adler32(self.key):08x}"


def index_folder(folder: str | None) -> str | None:
    """Return where index files are kept; None where there is no such place.

    Args:
        folder: one of the user's, in which they get a folder of their own, for only there may
            anything be removed; None for the cache folder.
    """
    if folder is not None:
        return os.path.join(os.path.abspath(folder), "briefqa")
    return cache_folder(os.environ, sys.platform)


def open_library(
    paths: Sequence[str],
    max_size: int,
    selection: Selection = USUAL,
    *,
    cached: bool = True,
    progress: Progress | None = None,
    folder: str | None = None,
) -> IndexedLibrary:
    """Index documents, or find that they are indexed already.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        cached: whether a cached index may be read and written.
        progress: told of the bytes read so far, and of all there are.
        folder: where index files are kept; None for the user's cache folder.
    """
    request = Request.of(paths, max_size, selection, folder)
    cache = request.cache() if cached else None
    file = find_cached(cache, request) if cache else None
    if cache and file and (library := find_fresh(file, request)):
        _settle(cache, request, file)
        return library
    from briefqa.index.build import make

    return make(request, cache, file, progress)


def in_memory(library: Library) -> IndexedLibrary:
    """Index documents that were read already."""
    from briefqa.index.document_indexer import index_library

    analyzer = english_analyzer()
    index = Index.of_file(index_library(library, analyzer), analyzer)
    return IndexedLibrary(index, library.problems)


def _key(paths: Sequence[str], max_size: int, selection: Selection, analyzer: Analyzer) -> bytes:
    """Put all together that an index depends on; empty where that cannot be told.

    Index files part paths by what no path of a file holds.
    """
    if any("\0" in path for path in paths):
        return b""
    try:
        here = "" if all(map(os.path.isabs, paths)) else os.getcwd()
        wanted = [str(len(paths)), *paths, repr(tuple(selection))]
        scores = f"{analyzer.fingerprint}, k1 {K1}, b {B}"
        parts = [_code(), sys.version, scores, str(max_size), here, *wanted]
    except OSError:
        return b""
    return "\0".join(parts).encode("utf-8", "surrogatepass")


def _code() -> str:
    """Tell one state of this package from another: what reads differently indexes differently."""
    package = os.path.dirname(os.path.dirname(__file__))
    newest = size = 0
    for folder in ("", "analysis", "documents", "readers", "index"):
        with os.scandir(os.path.join(package, folder)) as entries:
            for status in (entry.stat() for entry in entries if entry.name.endswith(".py")):
                newest = max(newest, status.st_mtime_ns)
                size += status.st_size
    return f"{newest} {size}"


def find_cached(cache: Cache, request: Request) -> IndexFile | None:
    """Return the cached index of these paths, whatever its age; None where there is none."""
    data = cache.read(request.name)
    if data is None:
        return None
    try:
        file = IndexFile(data)
        return file if file.section("key").bytes() == request.key else None
    except DamagedIndexError:
        return None


def find_fresh(file: IndexFile, request: Request) -> IndexedLibrary | None:
    """Use a cached index; None where it is of other files, or damaged."""
    try:
        problems = SourceTable(file).problems(request.surveyed, request.max_size)
        return None if problems is None else request.library(file, problems)
    except DamagedIndexError:
        return None


def _settle(cache: Cache, request: Request, file: IndexFile) -> None:
    """Store an index again once its files need not be compared by content any more."""
    try:
        sections = SourceTable(file).settled(request.surveyed, request.started)
        if sections:
            from briefqa.index.cache_writer import replace_sections

            replace_sections(cache, request.name, file, sections)
    except (OSError, DamagedIndexError):
        pass
