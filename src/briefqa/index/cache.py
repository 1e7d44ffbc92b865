"""The cache: finding the index file of a corpus, and whether it is fresh.

An index that cannot be read is rebuilt, and one that cannot be stored is kept in memory: whatever
happens to the cache, answers are the same. `briefqa.index.cache_writer` stores and removes files.

An index is fresh if the manifest of its files is that of a new survey, and its key, which has
everything else that it depends on, the same. A file whose status has not changed is taken to be
unchanged, unless it was modified just before it was read; see `briefqa.index.manifest_writer`.
"""

from __future__ import annotations

import os
import stat
import sys
import time
import zlib
from collections.abc import Mapping, Sequence

from briefqa.corpus import Corpus, Skipped
from briefqa.documents import UNKNOWN_STAMP, Outcomes, Source, Survey, is_left_out, survey
from briefqa.errors import DocumentError, SkippedFileError
from briefqa.index.bm25 import K1, B
from briefqa.index.container import (
    DamagedIndexError,
    FileBytes,
    IndexFile,
    is_earlier_version,
    map_file,
)
from briefqa.records import Record
from briefqa.user_dirs import user_folder

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.index.container import Section

__all__ = [
    "DIGEST",
    "DOCUMENT",
    "NON_BLOCKING",
    "NO_DOCUMENT",
    "OPEN_FLAGS",
    "PROBLEM",
    "SUFFIX",
    "Cache",
    "CorpusSnapshot",
    "Manifest",
    "cache_folder",
    "code_state",
    "has_contents",
    "identified_paths",
    "is_outdated",
    "is_own",
    "join_paths",
    "join_stamps",
    "kind_of",
]

SUFFIX = ".index"

OPEN_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NON_BLOCKING = getattr(os, "O_NONBLOCK", 0)
WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH

DIGEST = 16
"""Bytes of a digest."""

NO_DOCUMENT, DOCUMENT, PROBLEM = range(3)
"""What came of reading a file."""

PACKAGE = os.path.dirname(os.path.dirname(__file__))
NOT_INDEXING = frozenset(
    "__pycache__ answers cli completions configuration engines evaluation mcp output tui".split()
)
"""Folders of this package whose code neither reads nor indexes documents."""


def cache_folder(environment: Mapping[str, str], platform: str) -> str | None:
    """Return the folder of this user's indexes; None if the platform has no such place.

    Args:
        environment: the environment variables.
        platform: as in `sys.platform`.
    """
    return user_folder("cache", environment, platform)


class Cache:
    """Index files by name.

    Args:
        folder: the folder that contains them.
        chosen: whether the user named its place, rather than the platform.

    Attributes:
        folder: as given.
        chosen: likewise.
    """

    def __init__(self, folder: str, *, chosen: bool = False) -> None:
        self.folder = folder
        self.chosen = chosen

    def names(self) -> list[str]:
        """Return the names of all index files, sorted; none if there is no folder."""
        try:
            files = os.listdir(self.folder)
        except OSError:
            return []
        return sorted(file.removesuffix(SUFFIX) for file in files if file.endswith(SUFFIX))

    def path(self, name: str) -> str:
        """Return the path of an index file."""
        return os.path.join(self.folder, name + SUFFIX)

    def read(self, name: str) -> FileBytes | None:
        """Return the bytes of an index file and mark it as used.

        Returns:
            None if there is no file, or if somebody else may have written it.
        """
        path = self.path(name)
        data = _read_own_file(path)
        if data is not None:
            try:
                os.utime(path)
            except OSError:
                # A folder that cannot be written still has a valid index.
                pass
        return data

    def peek(self, name: str) -> FileBytes | None:
        """Return the bytes of an index file as `read` does, but do not mark it as used."""
        return _read_own_file(self.path(name))


def is_own(status: os.stat_result) -> bool:
    """Return whether this user owns a file; True where the system does not know owners."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _read_own_file(path: str) -> FileBytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | NON_BLOCKING | OPEN_FLAGS)
    except OSError:
        return None
    try:
        return map_file(descriptor) if _is_private(os.fstat(descriptor)) else None
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)


def _is_private(status: os.stat_result) -> bool:
    """Return whether a file is a regular one that only this user can have written."""
    shared = os.name == "posix" and status.st_mode & WRITABLE_BY_OTHERS
    return stat.S_ISREG(status.st_mode) and is_own(status) and not shared


class CorpusSnapshot(Record):
    """The files of a corpus at a moment, and what identifies their index.

    Attributes:
        corpus: the corpus.
        surveyed: its files.
        started: when the survey began, in nanoseconds since 1970.
        identity: the paths and options, by which the index file is named.
        key: everything that the index depends on except the files, starting with the state of the
            code. An index with another key is not fresh, and the next one replaces it. Empty if it
            cannot be determined.
        analyzer: makes the terms of the index.
    """

    corpus: Corpus
    surveyed: Survey
    started: int
    identity: bytes
    key: bytes
    analyzer: Analyzer

    @classmethod
    def of(cls, corpus: Corpus) -> CorpusSnapshot:
        """Survey a corpus."""
        started = time.time_ns()
        analyzer = corpus.analyzer
        surveyed = survey(corpus.paths, corpus.selection)
        identity = _identity(corpus)
        return cls(corpus, surveyed, started, identity, _key(identity, analyzer), analyzer)

    @property
    def name(self) -> str:
        """The name of the index file; two corpora that share a name displace each other."""
        return f"{zlib.crc32(self.identity):08x}{zlib.adler32(self.identity):08x}"


def _identity(corpus: Corpus) -> bytes:
    """Return the paths and options of a corpus; empty if they cannot be stored.

    Index files separate paths by NUL, so a path must not contain one.
    """
    paths = corpus.paths
    if any("\0" in path for path in paths):
        return b""
    try:
        folder = "" if all(map(os.path.isabs, paths)) else os.getcwd()
    except OSError:
        return b""
    parts = [str(corpus.max_size), folder, str(len(paths)), *paths, repr(tuple(corpus.selection))]
    return "\0".join(parts).encode("utf-8", "surrogatepass")


def identified_paths(key: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the folder and the paths that the key of an index has.

    Returns:
        The folder that relative paths start from, empty if there are none; and the paths as given.

    Raises:
        ValueError: it is not such a key.
    """
    fields = key.decode("utf-8", "surrogatepass").split("\0")
    _state, _version, _scores, _max_size, folder, count, *rest = fields
    return folder, tuple(rest[: int(count)])


def _key(identity: bytes, analyzer: Analyzer) -> bytes:
    """Return the key of an index; empty if it cannot be determined."""
    try:
        state = code_state(PACKAGE)
    except OSError:
        return b""
    scores = f"{analyzer.fingerprint}, k1 {K1}, b {B}"
    return "\0".join((state, sys.version, scores, "")).encode() + identity if identity else b""


def code_state(package: str) -> str:
    """Return the time of the last change to the code that reads and indexes, and its size.

    Args:
        package: the folder of the code, including folders within it.

    Returns:
        Nanoseconds since 1970 and bytes, separated by a space.

    Raises:
        OSError: the code is not in a folder, as when it is imported from an archive.
    """
    newest = size = 0
    pending = [package]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    newest = max(newest, status.st_mtime_ns)
                    size += status.st_size
                elif entry.name not in NOT_INDEXING and entry.is_dir():
                    pending.append(entry.path)
    return f"{newest} {size}"


def is_outdated(data: FileBytes) -> bool:
    """Return whether an index file was written by an earlier state of the code."""
    try:
        key = bytes(IndexFile(data).section("key").bytes())
    except DamagedIndexError:
        return is_earlier_version(data)
    written, current = key.partition(b" ")[0], code_state(PACKAGE).partition(" ")[0]
    return written.isdigit() and int(written) < int(current)


def kind_of(source: Source, outcome: object) -> int:
    """Return what came of reading a file: `NO_DOCUMENT`, `DOCUMENT` or `PROBLEM`.

    Args:
        source: the file.
        outcome: what reading it returned.
    """
    if is_left_out(source, outcome):
        return NO_DOCUMENT
    return PROBLEM if isinstance(outcome, DocumentError) else DOCUMENT


def has_contents(source: Source, known_digest: bytes, max_size: int) -> bool:
    """Return whether the contents of a file have a digest."""
    from briefqa.documents import digest, read_file

    try:
        return digest(read_file(source.path, max_size, named=source.named)) == known_digest
    except DocumentError:
        return False


def join_paths(paths: Sequence[str]) -> bytes:
    """Return paths as they are stored."""
    return "\0".join(paths).encode("utf-8", "surrogatepass")


def _split_rows(section: Section, columns: int) -> list[list[str]]:
    """Return the columns of joined rows."""
    fields = str(section.bytes(), "utf-8", "surrogatepass").split("\0") if len(section) else []
    return [fields[column::columns] for column in range(columns)]


def join_stamps(stamps: Sequence[bytes]) -> bytes:
    """Return the stamps of files as they are stored."""
    return b"".join([stamp or UNKNOWN_STAMP for stamp in stamps])


class Manifest:
    """Reads the files that an index was built from.

    Args:
        file: the index.
    """

    def __init__(self, file: IndexFile) -> None:
        self._file = file

    def outcomes(self, snapshot: CorpusSnapshot) -> Outcomes | None:
        """Compare the index with a snapshot of its corpus.

        Files that could not be read are tried again: the reason may be gone without a trace in
        their status.

        Returns:
            What cannot be read; None if the index is not of the files in the snapshot.
        """
        surveyed, max_size = snapshot.surveyed, snapshot.corpus.max_size
        if not self._is_of(surveyed):
            return None
        outcomes = Outcomes(surveyed)
        kinds = bytes(self._section("kinds"))
        for number in self._file.section("files.recheck").numbers("I"):
            source = surveyed.source(number)
            if kinds[number] == DOCUMENT:
                place = slice(number * DIGEST, (number + 1) * DIGEST)
                if not has_contents(source, bytes(self._section("digests")[place]), max_size):
                    return None
                continue
            from briefqa.documents import read_source

            outcome = read_source(source, max_size)
            if kind_of(source, outcome) != kinds[number]:
                return None
            if kinds[number] == PROBLEM:
                outcomes.add(source, outcome)
        pairs = zip(surveyed.arguments, kinds, strict=True)
        outcomes.add_documents({argument for argument, kind in pairs if kind == DOCUMENT})
        return outcomes

    def skipped(self) -> tuple[Skipped, ...]:
        """Count the files that were not read for reasons that are no errors."""
        reasons, counts = _split_rows(self._file.section("skipped"), 2)
        return tuple(map(Skipped, reasons, map(int, counts)))

    def skipped_files(self) -> list[SkippedFileError]:
        """Return those files."""
        return list(map(SkippedFileError, *_split_rows(self._file.section("skipped.files"), 3)))

    def _is_of(self, surveyed: Survey) -> bool:
        paths, stamps = join_paths(surveyed.files), join_stamps(surveyed.stamps)
        same = paths == bytes(self._file.section("files").bytes())
        return same and stamps == bytes(self._section("stamps"))

    def _section(self, name: str) -> memoryview:
        return self._file.section(f"files.{name}").bytes()
