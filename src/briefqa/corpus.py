"""What is opened: the documents to answer from, where their index is, and which may answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from briefqa.documents import DEFAULT_SELECTION, MAX_SIZE, Selection
from briefqa.errors import SkippedFileError
from briefqa.records import Record

__all__ = [
    "ALL_DOCUMENTS",
    "Corpus",
    "DocumentEntry",
    "DocumentScope",
    "ReportProgress",
    "Skipped",
    "count_skipped",
    "exact_pattern",
]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from datetime import date

    from briefqa.analysis.analyzer import Analyzer

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
        date: its date in ISO 8601; None if it has none.
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


class DocumentScope(Record):
    """Which documents of a corpus may answer, by their dates and paths.

    Attributes:
        since: their earliest date; None for any.
        until: their latest date; None for any.
        patterns: of their paths, as in a shell; empty for any path.
    """

    since: date | None = None
    until: date | None = None
    patterns: tuple[str, ...] = ()

    def admits(self, entry: DocumentEntry) -> bool:
        """Return whether a document may answer; one without a date has none in any range."""
        return self._is_dated(entry.date) and self.names(entry.path)

    def _is_dated(self, written: str | None) -> bool:
        if self.since is None and self.until is None:
            return True
        # Dates as in ISO 8601 are ordered as text.
        earliest = self.since.isoformat() if self.since else ""
        return written is not None and earliest <= written <= (
            self.until.isoformat() if self.until else written
        )

    def names(self, path: str) -> bool:
        """Return whether a pattern matches a path, its last parts, or a folder above it."""
        if not self.patterns:
            return True
        from fnmatch import fnmatchcase

        rooted = _rooted(path)
        return any(
            fnmatchcase(rooted, form)
            for pattern in self.patterns
            for form in _forms(pattern.replace("\\", "/"))
        )


ALL_DOCUMENTS = DocumentScope()


def exact_pattern(path: str) -> str:
    """Return the pattern of one document, or of all documents in one folder."""
    from glob import escape

    return escape(_rooted(path).rstrip("/"))


def _rooted(path: str) -> str:
    return "/" + path.replace("\\", "/").removeprefix("./").lstrip("/")


def _forms(pattern: str) -> tuple[str, str]:
    """Return the patterns that stand for one: of files, and of files in a folder of that name."""
    start = "" if pattern.startswith("/") else "*/"
    whole = start + pattern.removeprefix("./").rstrip("/")
    return whole, f"{whole}/*"
