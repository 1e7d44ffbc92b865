"""The files that an index was made of, and whether they are still the same.

A file whose status has not changed is taken to be the same, with one exception: one that changed
within the last seconds before it was read may have changed again within the same tick of the
clock, so that its contents are compared (git's "racy" files).
"""

import struct
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from briefqa.documents import (
    Document,
    Outcomes,
    Source,
    Stamp,
    Survey,
    digest,
    read_file,
    read_source,
)
from briefqa.errors import DocumentError
from briefqa.index.file_format import IndexFile

__all__ = ["DOCUMENT", "NOTHING", "PROBLEM", "Reading", "SourceTable", "pack_sources"]

TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system that is used (FAT's)."""
DIGEST = 16
"""Bytes of a digest."""

NOTHING, DOCUMENT, PROBLEM = b"\0", b"\1", b"\2"
"""What reading a file gave."""

STAMP = struct.Struct("=QQQqq")
UNKNOWN = Stamp(0, 0, 0, 0, 0)


class Reading(NamedTuple):
    """What reading a file gave.

    Attributes:
        source: the file.
        kind: `NOTHING`, `DOCUMENT` or `PROBLEM`.
        digest: of its contents, where it is a document.
    """

    source: Source
    kind: bytes
    digest: bytes


def pack_sources(readings: Sequence[Reading], started: int) -> dict[str, bytes]:
    """Make the sections that tell what an index was made of.

    Args:
        readings: of all files, in their order.
        started: when the survey began, in nanoseconds since 1970.
    """
    doubtful = array(
        "I",
        (
            number
            for number, (source, kind, _) in enumerate(readings)
            if kind == PROBLEM or _is_racy(source, started)
        ),
    )
    sources = [reading.source for reading in readings]
    return {
        "sources": _paths(sources),
        "sources.stamps": _stamps(sources),
        "sources.kinds": b"".join(reading.kind for reading in readings),
        "sources.digests": b"".join(reading.digest.ljust(DIGEST, b"\0") for reading in readings),
        "sources.doubtful": doubtful.tobytes(),
    }


def _is_racy(source: Source, started: int) -> bool:
    stamp = source.stamp or UNKNOWN
    return max(stamp.modified, stamp.changed) > started - TICK


def _paths(sources: Sequence[Source]) -> bytes:
    return "\0".join(source.path for source in sources).encode("utf-8", "surrogatepass")


def _stamps(sources: Sequence[Source]) -> bytes:
    return b"".join([STAMP.pack(*(source.stamp or UNKNOWN)) for source in sources])


class SourceTable:
    """Reads what an index was made of.

    Args:
        file: the index.
    """

    def __init__(self, file: IndexFile) -> None:
        self._file = file

    def problems(self, surveyed: Survey, max_size: int) -> tuple[DocumentError, ...] | None:
        """Hold the index against a survey.

        What could not be read is tried again: why may have gone without a trace.

        Returns:
            What cannot be read; None where the index is not of what the survey found.
        """
        if not self._is_of(surveyed):
            return None
        outcomes = Outcomes(surveyed)
        kinds = bytes(self._section("kinds"))
        doubtful = frozenset(self._file.section("sources.doubtful").numbers("I"))
        for number, source in enumerate(surveyed.sources):
            if number in doubtful and kinds[number : number + 1] == DOCUMENT:
                if not self._is_same(number, source, max_size):
                    return None
                outcomes.note(source, source)
            elif number in doubtful:
                outcome = read_source(source, max_size)
                if isinstance(outcome, Document):
                    return None
                outcomes.note(source, outcome)
            elif kinds[number : number + 1] == DOCUMENT:
                outcomes.note(source, source)
        return outcomes.problems()

    def _is_of(self, surveyed: Survey) -> bool:
        paths, stamps = _paths(surveyed.sources), _stamps(surveyed.sources)
        same = paths == self._file.section("sources").bytes()
        return same and stamps == self._section("stamps")

    def _section(self, name: str) -> memoryview:
        return self._file.section(f"sources.{name}").bytes()

    def _is_same(self, number: int, source: Source, max_size: int) -> bool:
        try:
            data = read_file(source.path, max_size, pipes=source.named)
        except DocumentError:
            return False
        return digest(data) == self._section("digests")[number * DIGEST : (number + 1) * DIGEST]
