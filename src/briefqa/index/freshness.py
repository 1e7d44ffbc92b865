"""Whether an index is fresh: its manifest of files, and the key of everything else.

A file whose status has not changed is taken to be unchanged, with one exception. A file that was
modified within the last seconds before it was read may be modified again within the same tick of
the clock, so its contents are compared (git calls such files racy).
"""

from __future__ import annotations

import os
import struct
import sys
import time
import zlib
from collections.abc import Iterable, Sequence

from briefqa.corpus import Corpus, Skipped, count_skipped
from briefqa.documents import UNKNOWN_STAMP, Outcomes, Source, Stamp, Survey, is_left_out, survey
from briefqa.errors import DocumentError, SkippedFileError
from briefqa.index.bm25 import K1, B
from briefqa.index.container import DamagedIndexError, IndexFile, is_earlier_version
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.index.container import FileBytes, Section

__all__ = [
    "DOCUMENT",
    "NO_DOCUMENT",
    "PROBLEM",
    "CorpusSnapshot",
    "KnownFile",
    "Manifest",
    "ManifestEntry",
    "code_state",
    "has_contents",
    "identified_paths",
    "is_outdated",
    "kind_of",
    "manifest_sections",
]

TICK = 2_000_000_000
"""Nanoseconds: the coarsest resolution of a file system's clock (FAT's)."""
DIGEST = 16
"""Bytes of a digest."""

NO_DOCUMENT, DOCUMENT, PROBLEM = range(3)
"""What came of reading a file."""

PACKAGE = os.path.dirname(os.path.dirname(__file__))
NOT_INDEXING = frozenset(
    "__pycache__ answers cli completions configuration engines evaluation mcp output tui".split()
)
"""Folders of this package whose code neither reads nor indexes documents."""


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


class KnownFile(Record):
    """What the manifest of an index says of a file.

    Attributes:
        stamp: the file's status, packed.
        recheck: whether the file may have changed without a change of its status.
        kind: `NO_DOCUMENT`, `DOCUMENT` or `PROBLEM`.
        digest: of its contents if it is a document.
        document: the number of its document if it is one.
        skipped: what was reported of it, if nothing in it was read and that is no error.
    """

    stamp: bytes
    recheck: bool
    kind: int
    digest: bytes
    document: int
    skipped: SkippedFileError | None


class ManifestEntry(Record):
    """What came of reading a file.

    Attributes:
        source: the file.
        kind: `NO_DOCUMENT`, `DOCUMENT` or `PROBLEM`.
        digest: of its contents if it is a document.
        skipped: see `KnownFile`.
    """

    source: Source
    kind: int
    digest: bytes
    skipped: SkippedFileError | None = None


def manifest_sections(entries: Sequence[ManifestEntry], started: int) -> dict[str, bytes]:
    """Return the sections of a manifest.

    Args:
        entries: of all files, in their order.
        started: when the survey began, in nanoseconds since 1970.
    """
    recheck = [
        number
        for number, entry in enumerate(entries)
        if entry.kind == PROBLEM or _is_racy(entry.source, started)
    ]
    skipped = [entry.skipped for entry in entries if entry.skipped]
    counts = [(each.reason, str(each.files)) for each in count_skipped(skipped)]
    return {
        "skipped": _join_rows(counts),
        "skipped.files": _join_rows([(each.name, each.reason, each.kind) for each in skipped]),
        "files": _join_paths([entry.source.path for entry in entries]),
        "files.stamps": _join_stamps([entry.source.stamp for entry in entries]),
        "files.kinds": bytes([entry.kind for entry in entries]),
        "files.digests": b"".join(entry.digest.ljust(DIGEST, b"\0") for entry in entries),
        "files.recheck": struct.pack(f"{len(recheck)}I", *recheck),
    }


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


def _is_racy(source: Source, started: int) -> bool:
    stamp = Stamp.of(source.stamp)
    return max(stamp.modified, stamp.changed) > started - TICK


def _join_paths(paths: Sequence[str]) -> bytes:
    return "\0".join(paths).encode("utf-8", "surrogatepass")


def _join_rows(rows: Iterable[tuple[str, ...]]) -> bytes:
    return _join_paths([field for row in rows for field in row])


def _split_rows(section: Section, columns: int) -> list[list[str]]:
    """Return the columns of joined rows."""
    fields = str(section.bytes(), "utf-8", "surrogatepass").split("\0") if len(section) else []
    return [fields[column::columns] for column in range(columns)]


def _join_stamps(stamps: Sequence[bytes]) -> bytes:
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

    def known_files(self) -> dict[str, KnownFile]:
        """Return what the manifest says of each file, by path."""
        paths = bytes(self._file.section("files").bytes()).decode("utf-8", "surrogatepass")
        stamps, kinds, digests = map(bytes, map(self._section, ("stamps", "kinds", "digests")))
        recheck = frozenset(self._file.section("files.recheck").numbers("I"))
        skipped = {error.name: error for error in self.skipped_files()}
        known, documents = {}, 0
        for number, path in enumerate(paths.split("\0") if kinds else ()):
            kind = kinds[number]
            stamp = stamps[number * len(UNKNOWN_STAMP) : (number + 1) * len(UNKNOWN_STAMP)]
            digest = digests[number * DIGEST : (number + 1) * DIGEST]
            again = number in recheck
            known[path] = KnownFile(stamp, again, kind, digest, documents, skipped.get(path))
            documents += kind == DOCUMENT
        return known

    def _is_of(self, surveyed: Survey) -> bool:
        paths, stamps = _join_paths(surveyed.files), _join_stamps(surveyed.stamps)
        same = paths == bytes(self._file.section("files").bytes())
        return same and stamps == bytes(self._section("stamps"))

    def _section(self, name: str) -> memoryview:
        return self._file.section(f"files.{name}").bytes()

    def settled(self, snapshot: CorpusSnapshot) -> dict[str, bytes] | None:
        """Return new sections if some files no longer need to be compared by content.

        Args:
            snapshot: a snapshot that the index is of; see `problems`.

        Returns:
            The sections; None if as many files as before must be compared.
        """
        before = self._file.section("files.recheck")
        if not len(before):
            return None
        known = self.known_files().values()
        pairs = zip(snapshot.surveyed.sources, known, strict=True)
        entries = [
            ManifestEntry(source, each.kind, each.digest, each.skipped) for source, each in pairs
        ]
        sections = manifest_sections(entries, snapshot.started)
        return sections if len(sections["files.recheck"]) < len(before) else None
