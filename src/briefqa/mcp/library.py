"""The documents that a server answers from: opened in the background, fresh, and no others."""

from __future__ import annotations

import os
import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from copy import copy
from time import monotonic

from briefqa.corpus import DocumentScope
from briefqa.errors import BriefqaError, DocumentError, UsageError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.assistant import Assistant
    from briefqa.citations import QuotedLines
    from briefqa.corpus import ReportProgress

__all__ = ["Library", "NotReadyError", "Served"]

PATIENCE = 15.0
"""Seconds that a request waits for an index: it must be answered within 20."""
FRESH = 0.5
"""Seconds after which the documents are compared with their files again."""


class NotReadyError(BriefqaError):
    """The documents are being indexed for the first time; the message says how far that is."""


class Served(Record):
    """Documents that may be asked and read.

    Attributes:
        assistant: has these documents, and perhaps others.
        outside: paths of the assistant's documents that are links out of the folders served.
        roots: the real paths of the files and folders served; empty if an engine has the documents.
        notice: one sentence if the documents have changed and are not indexed again yet.
    """

    assistant: Assistant
    outside: frozenset[str]
    roots: tuple[str, ...]
    notice: str = ""

    @classmethod
    def of(cls, assistant: Assistant, roots: tuple[str, ...]) -> Served:
        """Return what may be served of an assistant's documents."""
        outside = frozenset(path for path in assistant.paths if _leads_out(path, roots))
        return cls(assistant, outside, roots)

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the documents, sorted."""
        paths = self.assistant.paths
        return [path for path in paths if path not in self.outside] if self.outside else paths

    def find(self, path: str) -> str | None:
        """Return the path under which a document is served; None if there is no such document.

        Args:
            path: as served, or another way to write it, such as its absolute path.
        """
        paths = self.assistant.paths
        position = bisect_left(paths, path)
        if position < len(paths) and paths[position] == path:
            return None if path in self.outside else path
        absolute = os.path.abspath(path)
        return next((each for each in self.paths if os.path.abspath(each) == absolute), None)

    def find_by_end(self, path: str) -> str | None:
        """Return the document that a path names, whole or by its last parts."""
        if found := self.find(path):
            return found
        ending = [each for each in self.paths if each.endswith(f"/{path}")] if path else []
        return ending[0] if len(ending) == 1 else None

    def choose(
        self, pattern: str | None, since: str | None = None, until: str | None = None
    ) -> frozenset[str] | None:
        """Return the paths of some documents; None for all that the assistant has.

        Args:
            pattern: a glob that matches a whole path, its last parts, or a folder above it.
            since: the earliest day, as `briefqa.documents.dates.parse_day` reads it.
            until: the latest day, likewise.

        Raises:
            UsageError: a day is none or may be two, the range has no day, or there are no such
                documents.
        """
        if not (pattern or since or until):
            return frozenset(self.paths) if self.outside else None
        exact = self.find(pattern) if pattern else None
        globs = (pattern,) if pattern and exact is None else ()
        # Few requests name a day, and loading this takes time.
        from briefqa.documents.dates import parse_day_range

        days = parse_day_range(since, until)
        scope = DocumentScope(days.since, days.until, globs)
        entries = (each for each in self.assistant.documents() if exact in (None, each.path))
        chosen = frozenset(each.path for each in entries if scope.admits(each)) - self.outside
        if not chosen:
            asked = ", ".join(filter(None, (pattern, since, until)))
            raise UsageError(f"no document matches {asked}; documents lists what there is")
        return chosen

    def show(self, place: str, path: str, context: int) -> QuotedLines:
        """Return lines of a document.

        Args:
            place: a citation that begins with the path.
            path: one of `paths`.
            context: the number of lines to add before and after the place.

        Raises:
            UsageError: the lines of the citation do not count from 1 upwards.
            DocumentError: there is no such place, or the document cannot be read any more.
            EngineError: the engine that keeps the index cannot be reached, or refuses.
        """
        if _leads_out(path, self.roots):
            raise DocumentError(path, "a link out of the folders that are served")
        return self.assistant.show(place, context)


class Library:
    """Opens documents once they are needed, and compares them with their files from then on.

    Args:
        open_documents: reads and indexes them; takes what is called with the progress.
        paths: the files and folders served; nothing that links lead out of them is.
        patience: seconds that a request waits for an index.
    """

    def __init__(
        self,
        open_documents: Callable[[ReportProgress], Assistant],
        paths: Sequence[str] = (),
        patience: float = PATIENCE,
    ) -> None:
        self._open = open_documents
        self._roots = tuple(os.path.realpath(path) for path in paths)
        self._patience = patience
        self._served: Served | None = None
        self._failure: Exception | None = None
        self._progress = (0, 0)
        self._due = 0.0
        self._busy = self._interrupted = False
        self._changed = threading.Condition()

    def served(self) -> Served:
        """Return the documents as they are now.

        Documents that are still being indexed again after a change are returned as they were, with
        a notice; only the request that sees the change first waits for the index.

        Raises:
            BriefqaError: they cannot be opened.
            NotReadyError: they are being indexed for the first time, or the wait was interrupted.
        """
        with self._changed:
            if not self._busy and (self._failure or monotonic() >= self._due):
                self._start()
                self._wait()
            elif self._busy and self._served is None:
                self._wait()
            if self._failure is not None:
                raise self._failure
            if self._served is None:
                raise NotReadyError(f"{self._state()}; ask again in a few seconds")
            notice = f"{self._state()} after a change; this is from before" if self._busy else ""
            return self._served._replace(notice=notice)

    def interrupt(self) -> None:
        """End the wait of a request that is no longer wanted."""
        with self._changed:
            self._interrupted = True
            self._changed.notify_all()

    def _start(self) -> None:
        self._busy, self._failure = True, None
        threading.Thread(target=self._refresh, daemon=True).start()

    def _wait(self) -> None:
        self._interrupted = False
        self._changed.wait_for(lambda: self._interrupted or not self._busy, self._patience)

    def _refresh(self) -> None:
        """Open the documents, or open them again if they have changed; runs in a thread."""
        served, failure = self._served, None
        try:
            served = self._opened(served)
        except Exception as error:
            # It is raised where it can be reported: in the thread of the request.
            failure = error
        with self._changed:
            self._served, self._failure = served, failure
            self._busy, self._due = False, monotonic() + FRESH
            self._changed.notify_all()

    def _opened(self, served: Served | None) -> Served:
        if served is None:
            return Served.of(self._open(self._note), self._roots)
        # Requests may still use the assistant as it is.
        assistant = copy(served.assistant)
        return Served.of(assistant, self._roots) if assistant.refresh() else served

    def _note(self, read: int, total: int) -> None:
        self._progress = read, total

    def _state(self) -> str:
        read, total = self._progress
        # An index that is made again does not tell how far it is.
        share = "" if self._served else f", {read * 100 // max(total, 1)} % read"
        return f"the documents are being indexed{share}"


def _leads_out(path: str, roots: Sequence[str]) -> bool:
    """Return whether a path is a link out of some files and folders; never if there are none."""
    if not roots or not os.path.islink(path):
        return False
    real = os.path.realpath(path)
    return not any(real == root or real.startswith(os.path.join(root, "")) for root in roots)
