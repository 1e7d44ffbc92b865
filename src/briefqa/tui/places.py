"""Places that are kept, without Textual: those that a jump left, and the pinned answers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from briefqa.answers import Answer, Excerpt, WordLookup
from briefqa.errors import UsageError
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.tui.session import AskRequest, Mark

__all__ = ["NO_PINS", "PIN_LIMIT", "JumpList", "LinePlace", "Pin", "Pins", "Visit"]

VISIT_LIMIT = 100
"""The number of places that are kept; the oldest are dropped."""
NO_PINS = "Nothing is pinned. Space pins the selected answer, in the answers and in the document."
PIN_LIMIT = 100
"""The largest number of pins."""
FULL = f"{PIN_LIMIT} answers are pinned: press p, then Space to remove one."


class LinePlace(Record):
    """A line of a document.

    Attributes:
        path: the path of the document.
        line: the number of the line, from 1.
    """

    path: str
    line: int


class Visit(Record):
    """A place in a document, and the answer that it was read with.

    Attributes:
        request: the question.
        answer: its answer; None if there was none.
        selected: the number of the selected excerpt, from 0.
        path: the path of the document.
        offset: the first visible character of its text; None for the sentence of the excerpt.
        lookups: how the words of the question were looked up.
        mark: what is marked there, if it is no excerpt of the answer; else None.
    """

    request: AskRequest
    answer: Answer | None
    selected: int
    path: str
    offset: int | None = None
    lookups: tuple[WordLookup, ...] = ()
    mark: Mark | None = None

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


class Pin(Record):
    """An excerpt that is kept.

    Attributes:
        request: the question.
        answer: its answer.
        number: the number of the excerpt in it, from 0.
        lookups: how the words of the question were looked up.
    """

    request: AskRequest
    answer: Answer
    number: int
    lookups: tuple[WordLookup, ...] = ()

    @property
    def excerpt(self) -> Excerpt:
        """The excerpt."""
        return self.answer.excerpts[self.number]

    @property
    def visit(self) -> Visit:
        """Where to find it."""
        path = self.excerpt.passage.path
        return Visit(self.request, self.answer, self.number, path, lookups=self.lookups)

    def alone(self) -> Pin:
        """Return the pin without what the answer has besides: it is stored for each pin."""
        excerpt = self.excerpt._replace(also=())
        return self._replace(answer=self.answer._replace(excerpts=(excerpt,), values=()), number=0)

    def seen_from(self, folder: str) -> Pin:
        """Return the pin with paths that start from a folder."""

        def seen(excerpt: Excerpt) -> Excerpt:
            passage = excerpt.passage
            path = os.path.join(folder, passage.path)
            return excerpt._replace(passage=passage._replace(path=path))

        excerpts = tuple(map(seen, self.answer.excerpts))
        return self._replace(answer=self.answer._replace(excerpts=excerpts))


class Pins:
    """The excerpts that are kept, each sentence once, in the order in which they were pinned.

    Args:
        pins: those of an earlier session.
    """

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self._pins = {_place(pin.excerpt): pin for pin in pins}

    def __len__(self) -> int:
        return len(self._pins)

    def __iter__(self) -> Iterator[Pin]:
        """Yield the pins, those of one question after each other."""
        by_question: dict[str, list[Pin]] = {}
        for pin in self._pins.values():
            by_question.setdefault(pin.answer.question, []).append(pin)
        return (pin for pins in by_question.values() for pin in pins)

    @property
    def in_order(self) -> tuple[Pin, ...]:
        """The pins in the order in which they were pinned."""
        return tuple(self._pins.values())

    @property
    def excerpts(self) -> Sequence[Excerpt]:
        """The excerpts."""
        return [pin.excerpt for pin in self._pins.values()]

    def toggle(self, pin: Pin) -> bool:
        """Add an excerpt, or remove it if its sentence is kept.

        Returns:
            Whether it was added.

        Raises:
            UsageError: there are as many as there may be.
        """
        place = _place(pin.excerpt)
        if self._pins.pop(place, None) is not None:
            return False
        if len(self._pins) >= PIN_LIMIT:
            raise UsageError(FULL)
        self._pins[place] = pin
        return True

    def answers(self) -> list[Answer]:
        """Return the answers with those of their excerpts that are kept, in the order of rank."""
        kept: dict[str, Answer] = {}
        for pin in self:
            question = pin.answer.question
            earlier = kept[question].excerpts if question in kept else ()
            excerpts = sorted((*earlier, pin.excerpt), key=lambda each: each.rank)
            kept[question] = pin.answer._replace(excerpts=tuple(excerpts))
        return [*kept.values()]


def _place(excerpt: Excerpt) -> tuple[str, Span, Span]:
    return excerpt.passage.path, excerpt.passage.span, excerpt.sentence
