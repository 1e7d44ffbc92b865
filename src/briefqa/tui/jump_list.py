"""The places in documents that were visited, to go back and forward through, without Textual."""

from __future__ import annotations

from briefqa.answers import Answer
from briefqa.answers.lookups import WordLookup
from briefqa.records import Record
from briefqa.tui.session import AskRequest

__all__ = ["JumpList", "Visit"]

VISIT_LIMIT = 100
"""The number of places that are kept; the oldest are dropped."""


class Visit(Record):
    """A place in a document, and the answer that it was read with.

    Attributes:
        request: the question.
        answer: its answer; None if there was none.
        selected: the number of the selected excerpt, from 0.
        path: the path of the document.
        offset: the first visible character of its text; None for the sentence of the excerpt.
        lookups: how the words of the question were looked up.
    """

    request: AskRequest
    answer: Answer | None
    selected: int
    path: str
    offset: int | None = None
    lookups: tuple[WordLookup, ...] = ()

    def is_at(self, other: Visit) -> bool:
        """Return whether another visit is of the same place."""
        return (self.request, self.path, self.offset) == (other.request, other.path, other.offset)


class JumpList:
    """The places that were left by a jump, as of a browser."""

    def __init__(self) -> None:
        self._earlier: list[Visit] = []
        self._later: list[Visit] = []

    def leave(self, visit: Visit | None) -> None:
        """Add a place that is left by a jump, if it is one; there is nothing to go forward to."""
        if visit is None:
            return
        self._later.clear()
        if not self._earlier or not visit.is_at(self._earlier[-1]):
            self._earlier = [*self._earlier, visit][-VISIT_LIMIT:]

    def go_back(self, present: Visit | None) -> Visit | None:
        """Return the place before the present one; None if there is none."""
        return _step(self._earlier, self._later, present)

    def go_forward(self, present: Visit | None) -> Visit | None:
        """Return the place after the present one; None if there is none."""
        return _step(self._later, self._earlier, present)


def _step(source: list[Visit], target: list[Visit], present: Visit | None) -> Visit | None:
    """Take the next place that is not the present one, which is kept in the other direction."""
    while source:
        visit = source.pop()
        if present is None or not visit.is_at(present):
            if present is not None:
                target.append(present)
            return visit
    return None
