"""The files that an index was made of, and whether they are still the same.

A file whose status has not changed is taken to be the same, with one exception: one that changed
within the last seconds before it was read may have changed again within the same tick of the
clock, so that its contents are compared (git's "racy" files).
"""

from __future__ import annotations

import os
import struct
import sys
import time
import zlib
from collections.abc import Sequence

from briefqa.analysis.english import english_analyzer
from briefqa.corpus import Corpus
from briefqa.documents import (
    UNKNOWN_STAMP,
    Outcomes,
    Source,
    Stamp,
    Survey,
    survey,
)
from briefqa.errors import DocumentError
from briefqa.index.bm25 import K1, B
from briefqa.index.container import IndexFile
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = [
    "DOCUMENT",
    "NOTHING",
    "PROBLEM",
    "CorpusSnapshot",
    "Known",
    "Reading",
    "SourceTable",
    "is_same",
    "is_unchanged",
    "pack_sources",
]

TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system that is used (FAT's)."""
DIGEST = 16
"""Bytes of a digest."""

NOTHING, DOCUMENT, PROBLEM = range(3)
"""What reading a file gave."""


class CorpusSnapshot(Record):
    """The files of a corpus at a moment, and the key of their index.

    Attributes:
        corpus: the corpus.
        surveyed: its files.
        started: when the survey began, in nanoseconds since 1970.
        key: everything that the index depends on except the files themselves; empty if that cannot
            be determined.
        analyzer: makes the terms of the index.
    """

    corpus: Corpus
    surveyed: Survey
    started: int
    key: bytes
    analyzer: Analyzer

    @classmethod
    def of(cls, corpus: Corpus) -> CorpusSnapshot:
        """Survey a corpus."""
        started = time.time_ns()
        analyzer = english_analyzer()
        surveyed = survey(corpus.paths, corpus.selection)
        return cls(corpus, surveyed, started, _key(corpus, analyzer), analyzer)

    @property
    def name(self) -> str:
        """The name of the index file; two keys that share a name displace each other."""
        return f"{zlib.crc32(self.key):08x}{zlib.adler32(self.key):08x}"


def _key(corpus: Corpus, analyzer: Analyzer) -> bytes:
    """Return everything that an index depends on; empty if that cannot be determined.

    Index files separate paths by NUL, so a path that contains one has no key.
    """
    paths = corpus.paths
    if any("\0" in path for path in paths):
        return b""
    try:
        here = "" if all(map(os.path.isabs, paths)) else os.getcwd()
        wanted = [str(len(paths)), *paths, repr(tuple(corpus.selection))]
        scores = f"{analyzer.fingerprint}, k1 {K1}, b {B}"
        parts = [_code(), sys.version, scores, str(corpus.max_size), here, *wanted]
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


class Known(Record):
    """What an index knows of a file.

    Attributes:
        stamp: the file's, packed.
        doubtful: whether the file may have changed all the same.
        kind: what reading it gave.
        digest: of its contents, where it is a document.
        document: its number among the documents, if it is one.
    """

    stamp: bytes
    doubtful: bool
    kind: int
    digest: bytes
    document: int


class Reading(Record):
    """What reading a file gave.

    Attributes:
        source: the file.
        kind: `NOTHING`, `DOCUMENT` or `PROBLEM`.
        digest: of its contents, where it is a document.
    """

    source: Source
    kind: int
    digest: bytes


def pack_sources(readings: Sequence[Reading], started: int) -> dict[str, bytes]:
    """Make the sections that tell what an index was made of.

    Args:
        readings: of all files, in their order.
        started: when the survey began, in nanoseconds since 1970.
    """
    doubtful = [
        number
        for number, (source, kind, _) in enumerate(readings)
        if kind == PROBLEM or _is_racy(source, started)
    ]
    sources = [reading.source for reading in readings]
    return {
        "sources": _join_paths([source.path for source in sources]),
        "sources.stamps": _join_stamps([source.stamp for source in sources]),
        "sources.kinds": bytes([reading.kind for reading in readings]),
        "sources.digests": b"".join(reading.digest.ljust(DIGEST, b"\0") for reading in readings),
        "sources.doubtful": struct.pack(f"{len(doubtful)}I", *doubtful),
    }


def is_unchanged(source: Source, known: Known) -> bool:
    """Whether a file's stamp is what it was."""
    return known.stamp == source.stamp


def is_same(source: Source, known_digest: bytes, max_size: int) -> bool:
    """Whether a file's contents are what they were."""
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


def _join_stamps(stamps: Sequence[bytes]) -> bytes:
    return b"".join([stamp or UNKNOWN_STAMP for stamp in stamps])


class SourceTable:
    """Reads what an index was made of.

    Args:
        file: the index.
    """

    def __init__(self, file: IndexFile) -> None:
        self._file = file

    def problems(self, snapshot: CorpusSnapshot) -> tuple[DocumentError, ...] | None:
        """Compare the index with a snapshot of its corpus.

        Files that could not be read are tried again, since the reason may have gone without a
        trace.

        Returns:
            What cannot be read; None if the index is not of the files in the snapshot.
        """
        surveyed, max_size = snapshot.surveyed, snapshot.corpus.max_size
        if not self._is_of(surveyed):
            return None
        outcomes = Outcomes(surveyed)
        kinds = bytes(self._section("kinds"))
        for number in self._file.section("sources.doubtful").numbers("I"):
            source = surveyed.source(number)
            if kinds[number] == DOCUMENT:
                place = slice(number * DIGEST, (number + 1) * DIGEST)
                if not is_same(source, bytes(self._section("digests")[place]), max_size):
                    return None
                continue
            from briefqa.documents import Document, read_source

            outcome = read_source(source, max_size)
            if isinstance(outcome, Document):
                return None
            outcomes.add(source, outcome)
        pairs = zip(surveyed.arguments, kinds, strict=True)
        outcomes.add_documents({argument for argument, kind in pairs if kind == DOCUMENT})
        return outcomes.problems()

    def known(self) -> dict[str, Known]:
        """Return what the index knows of each file, by path."""
        paths = bytes(self._file.section("sources").bytes()).decode("utf-8", "surrogatepass")
        stamps, kinds, digests = map(bytes, map(self._section, ("stamps", "kinds", "digests")))
        doubtful = frozenset(self._file.section("sources.doubtful").numbers("I"))
        known, documents = {}, 0
        for number, path in enumerate(paths.split("\0") if kinds else ()):
            kind = kinds[number]
            stamp = stamps[number * len(UNKNOWN_STAMP) : (number + 1) * len(UNKNOWN_STAMP)]
            digest = digests[number * DIGEST : (number + 1) * DIGEST]
            known[path] = Known(stamp, number in doubtful, kind, digest, documents)
            documents += kind == DOCUMENT
        return known

    def _is_of(self, surveyed: Survey) -> bool:
        paths, stamps = _join_paths(surveyed.files), _join_stamps(surveyed.stamps)
        same = paths == bytes(self._file.section("sources").bytes())
        return same and stamps == bytes(self._section("stamps"))

    def _section(self, name: str) -> memoryview:
        return self._file.section(f"sources.{name}").bytes()

    def settled(self, snapshot: CorpusSnapshot) -> dict[str, bytes] | None:
        """Make the sections again if files that were doubtful no longer are.

        Args:
            snapshot: one that the index is of, see `problems`.

        Returns:
            The sections; None if as many files are doubtful as before.
        """
        before = self._file.section("sources.doubtful")
        if not len(before):
            return None
        known = self.known().values()
        pairs = zip(snapshot.surveyed.sources, known, strict=True)
        readings = [Reading(source, each.kind, each.digest) for source, each in pairs]
        sections = pack_sources(readings, snapshot.started)
        return sections if len(sections["sources.doubtful"]) < len(before) else None
