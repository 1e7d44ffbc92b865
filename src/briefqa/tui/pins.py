"""The answers that the user keeps across questions, without Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefqa.answers import Answer, Excerpt
from briefqa.answers.lookups import WordLookup
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.tui.jump_list import Visit
from briefqa.tui.session import AskRequest

__all__ = ["Pin", "Pins"]


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


class Pins:
    """The excerpts that are kept, each sentence once, in the order in which they were pinned."""

    def __init__(self) -> None:
        self._pins: dict[tuple[str, Span, Span], Pin] = {}

    def __len__(self) -> int:
        return len(self._pins)

    def __iter__(self) -> Iterator[Pin]:
        """Yield the pins, those of one question after each other."""
        by_question: dict[str, list[Pin]] = {}
        for pin in self._pins.values():
            by_question.setdefault(pin.answer.question, []).append(pin)
        return (pin for pins in by_question.values() for pin in pins)

    @property
    def excerpts(self) -> Sequence[Excerpt]:
        """The excerpts."""
        return [pin.excerpt for pin in self._pins.values()]

    def toggle(self, pin: Pin) -> bool:
        """Add an excerpt, or remove it if its sentence is kept.

        Returns:
            Whether it was added.
        """
        passage = pin.excerpt.passage
        place = (passage.path, passage.span, pin.excerpt.sentence)
        if self._pins.pop(place, None) is not None:
            return False
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
