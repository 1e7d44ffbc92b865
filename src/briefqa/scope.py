"""The scope of a question: which documents may answer, by their dates and paths."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from glob import escape

from briefqa.corpus import DocumentEntry
from briefqa.records import Record

__all__ = ["DocumentScope", "exact_pattern"]


class DocumentScope(Record):
    """Which documents may answer.

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
        rooted = _rooted(path)
        return any(
            fnmatchcase(rooted, form)
            for pattern in self.patterns
            for form in _forms(pattern.replace("\\", "/"))
        )


def exact_pattern(path: str) -> str:
    """Return the pattern of one document, or of all documents in one folder."""
    return escape(_rooted(path).rstrip("/"))


def _rooted(path: str) -> str:
    return "/" + path.replace("\\", "/").removeprefix("./").lstrip("/")


def _forms(pattern: str) -> tuple[str, str]:
    """Return the patterns that stand for one: of files, and of files in a folder of that name."""
    start = "" if pattern.startswith("/") else "*/"
    whole = start + pattern.removeprefix("./").rstrip("/")
    return whole, f"{whole}/*"
