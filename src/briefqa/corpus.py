"""What is opened: the documents to answer from, and where their index is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from briefqa.documents import DEFAULT_SELECTION, MAX_SIZE, Selection
from briefqa.errors import SkippedFileError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["Corpus", "DocumentEntry", "ReportProgress", "Skipped", "count_skipped"]

ReportProgress = Callable[[int, int], None]
"""Takes the number of bytes read so far, and of all bytes to read."""


class Corpus(Record):
    """The documents to answer from, and where their index is.

    Attributes:
        paths: files, folders, or `-` for standard input.
        max_size: bytes; a larger file is not read.
        selection: which files of a folder are read.
        location: where the index is: a folder, or the address of an index that an engine keeps,
            such as `https://host:9200/name`; None for the user's cache folder.
    """

    paths: tuple[str, ...] = ()
    max_size: int = MAX_SIZE
    selection: Selection = DEFAULT_SELECTION
    location: str | None = None

    @classmethod
    def of(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        max_size: int = MAX_SIZE,
        selection: Selection = DEFAULT_SELECTION,
        location: str | None = None,
    ) -> Corpus:
        """Return a corpus of one path or of several, as strings or as path objects."""
        several = [paths] if isinstance(paths, str | os.PathLike) else paths
        return cls(tuple(os.fspath(path) for path in several), max_size, selection, location)

    @property
    def analyzer(self) -> Analyzer:
        """What makes the terms of the documents, and of the questions about them."""
        from briefqa.analysis.english import english_analyzer

        return english_analyzer()

    @property
    def scheme(self) -> str | None:
        """The scheme of the index's address, in lower case; None for an index on this machine."""
        scheme, separator, _ = (self.location or "").partition("://")
        return scheme.lower() if separator else None


class DocumentEntry(Record):
    """A document of an open corpus.

    Attributes:
        path: as given, or as found in a folder; `-` is standard input.
        title: the title it gives itself, else the name of its file.
        passages: the number of its passages.
        date: its date, as in ISO 8601; None where nothing tells it.
        date_from: where that was taken from, a value of `briefqa.documents.DateSource`.
    """

    path: str
    title: str
    passages: int
    date: str | None = None
    date_from: str | None = None


class Skipped(Record):
    """How many files were not read for one reason.

    Attributes:
        reason: the suffix of a format that is not read, or `scan`, `no text`, `binary`,
            `special file`, `too large`, `failed`.
        files: their number.
    """

    reason: str
    files: int


def count_skipped(
    errors: Iterable[SkippedFileError], counted: Iterable[Skipped] = ()
) -> tuple[Skipped, ...]:
    """Count files that were not read; the most frequent reasons come first, then alphabetically.

    Args:
        errors: of the files.
        counted: counts of other files.
    """
    counts = {each.reason: each.files for each in counted}
    for error in errors:
        counts[error.kind] = counts.get(error.kind, 0) + 1
    found = [Skipped(reason, files) for reason, files in counts.items()]
    return tuple(sorted(found, key=lambda each: (-each.files, each.reason)))
