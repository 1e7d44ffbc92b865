"""Writing the manifest of the files that an index was built from.

A file that was modified within the last seconds before it was read may be modified again within the
same tick of the clock; so it is marked, and its contents are compared (git calls such files racy).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from briefqa.corpus import count_skipped
from briefqa.documents import UNKNOWN_STAMP, Source, Stamp
from briefqa.errors import SkippedFileError
from briefqa.index.cache import (
    DIGEST,
    DOCUMENT,
    PROBLEM,
    CorpusSnapshot,
    Manifest,
    join_paths,
    join_stamps,
)
from briefqa.index.container import IndexFile
from briefqa.records import Record

__all__ = ["KnownFile", "ManifestEntry", "known_files", "manifest_sections", "settled_sections"]

TICK = 2_000_000_000
"""Nanoseconds: the coarsest resolution of a file system's clock (FAT's)."""


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
        "files": join_paths([entry.source.path for entry in entries]),
        "files.stamps": join_stamps([entry.source.stamp for entry in entries]),
        "files.kinds": bytes([entry.kind for entry in entries]),
        "files.digests": b"".join(entry.digest.ljust(DIGEST, b"\0") for entry in entries),
        "files.recheck": struct.pack(f"{len(recheck)}I", *recheck),
    }


def _is_racy(source: Source, started: int) -> bool:
    stamp = Stamp.of(source.stamp)
    return max(stamp.modified, stamp.changed) > started - TICK


def _join_rows(rows: Iterable[tuple[str, ...]]) -> bytes:
    return join_paths([field for row in rows for field in row])


def known_files(file: IndexFile) -> dict[str, KnownFile]:
    """Return what the manifest of an index says of each file, by path."""
    paths = bytes(file.section("files").bytes()).decode("utf-8", "surrogatepass")
    stamps, kinds, digests = (
        bytes(file.section(f"files.{name}").bytes()) for name in ("stamps", "kinds", "digests")
    )
    recheck = frozenset(file.section("files.recheck").numbers("I"))
    skipped = {error.name: error for error in Manifest(file).skipped_files()}
    known, documents = {}, 0
    for number, path in enumerate(paths.split("\0") if kinds else ()):
        kind = kinds[number]
        stamp = stamps[number * len(UNKNOWN_STAMP) : (number + 1) * len(UNKNOWN_STAMP)]
        digest = digests[number * DIGEST : (number + 1) * DIGEST]
        again = number in recheck
        known[path] = KnownFile(stamp, again, kind, digest, documents, skipped.get(path))
        documents += kind == DOCUMENT
    return known


def settled_sections(file: IndexFile, snapshot: CorpusSnapshot) -> dict[str, bytes] | None:
    """Return new sections if some files no longer need to be compared by content.

    Args:
        file: the index.
        snapshot: a snapshot that it is of.

    Returns:
        The sections; None if as many files as before must be compared.
    """
    before = file.section("files.recheck")
    known = known_files(file).values()
    pairs = zip(snapshot.surveyed.sources, known, strict=True)
    entries = [
        ManifestEntry(source, each.kind, each.digest, each.skipped) for source, each in pairs
    ]
    sections = manifest_sections(entries, snapshot.started)
    return sections if len(sections["files.recheck"]) < len(before) else None
