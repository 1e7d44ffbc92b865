"""The answers that the user keeps across questions, and the dialog that compares them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from briefqa.answers import Answer, Excerpt, Status
from briefqa.answers.lookups import WordLookup
from briefqa.errors import UsageError
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui.dialogs import move_highlight
from briefqa.tui.export import citation_text, markdown_quotation
from briefqa.tui.session import AskRequest, OpenCorpus, Visit
from briefqa.tui.worker import BackgroundWorker

__all__ = ["NO_PINS", "Pin", "Pins", "PinsScreen"]

PIN_LIMIT = 100
"""The largest number of pins."""
FULL = f"{PIN_LIMIT} answers are pinned: press p, then Space to remove one."
GONE = " · not among the documents"
NO_PINS = "Nothing is pinned. Space pins the selected answer, in the answers and in the document."


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


class PathsMissed(Message):
    """The documents of some pins are not among the documents.

    Attributes:
        paths: their paths.
    """

    def __init__(self, paths: frozenset[str]) -> None:
        super().__init__()
        self.paths = paths


def _missed_paths(corpus: OpenCorpus, pins: Iterable[Pin]) -> Message:
    """Return which documents of pins are not among the documents, which may take a moment."""
    pinned = {pin.excerpt.passage.path for pin in pins}
    return PathsMissed(frozenset(pinned.difference(corpus.assistant.paths)))


class PinsScreen(ModalScreen[Pin | None]):
    """The pinned answers under their questions; it returns the one to go to.

    Args:
        pins: the pins, from which some may be removed.
        corpus: the documents; None while they are read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q", "dismiss", "Close", id="pins.leave"),
        Binding("j", "move(1)", "Next pin", id="pins.down"),
        Binding("k", "move(-1)", "Previous pin", id="pins.up"),
        Binding("space,delete", "remove", "Remove the pin", id="pins.remove", priority=True),
        Binding("c", "copy", "Copy as a Markdown quotation", id="pins.copy"),
    ]

    def __init__(self, pins: Pins, corpus: OpenCorpus | None) -> None:
        super().__init__()
        self._pins = pins
        self._corpus = corpus
        self._missed: frozenset[str] = frozenset()
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="pins") as box:
            box.border_title = "Pins"
            box.border_subtitle = "Enter goes there, Space removes, c copies, Esc closes"
            yield OptionList(markup=False)
            yield Static(NO_PINS, id="no-pins")

    def on_mount(self) -> None:
        """Show the pins, and find out in the background whether their documents are still there."""
        self._show(0)
        if self._corpus:
            self._worker.run(partial(_missed_paths, self._corpus, tuple(self._pins)))

    @on(PathsMissed)
    def receive_missed(self, message: PathsMissed) -> None:
        """Say which documents are gone."""
        self._missed = message.paths
        if message.paths:
            highlighted = self._highlighted
            self._show([*self._pins].index(highlighted) if highlighted else 0)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Close with the pin that is chosen."""
        self.dismiss(self._pin(message.option.id))

    def action_move(self, step: int) -> None:
        """Highlight another pin."""
        move_highlight(self.query_one(OptionList), step)

    def action_remove(self) -> None:
        """Remove the highlighted pin."""
        if pin := self._highlighted:
            number = [*self._pins].index(pin)
            self._pins.toggle(pin)
            self._show(min(number, len(self._pins) - 1))

    def action_copy(self) -> None:
        """Copy the highlighted pin as a quotation."""
        if pin := self._highlighted:
            self.app.copy_to_clipboard(markdown_quotation(pin.excerpt))
            self.notify(f"Copied the quotation of {citation_text(pin.excerpt)}.", markup=False)

    @property
    def _highlighted(self) -> Pin | None:
        option = self.query_one(OptionList).highlighted_option
        return self._pin(option.id) if option else None

    def _pin(self, number: str | None) -> Pin | None:
        return None if number is None else [*self._pins][int(number)]

    def _show(self, highlighted: int) -> None:
        """Show the pins, and highlight one by its number."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(_options(self._pins, self._missed))
        self.query_one("#no-pins").display = not self._pins
        options.display = bool(self._pins)
        if self._pins:
            options.highlighted = options.get_option_index(str(highlighted))
            options.focus()


def _options(pins: Pins, missed: frozenset[str]) -> Iterator[Option]:
    """Yield each question, and the pins of it, which have their number as the id."""
    numbered = enumerate(pins)
    above = ""
    for question, group in groupby(numbered, key=lambda each: each[1].answer.question):
        told = Content.styled(f"{above}{sanitise_name(question)}", "bold $text-mark")
        yield Option(told, disabled=True)
        above = "\n"
        for number, pin in group:
            yield Option(_content(pin, missed), id=str(number))


def _content(pin: Pin, missed: frozenset[str]) -> Content:
    """Return the answer itself, if there is one, then the sentence and its source."""
    excerpt = pin.excerpt
    answered = pin.answer.status is Status.ANSWERED and excerpt.focus is not None
    sentence = " ".join(excerpt.sentence.slice(excerpt.passage.text).split())
    return Content.assemble(
        (f"{sanitise_name(excerpt.said)}\n" if answered else "", "bold $text-found"),
        (f"{sanitise_name(sentence)}\n", "$foreground"),
        (citation_text(excerpt), "$text-aside"),
        (GONE if excerpt.passage.path in missed else "", "$text-bad"),
    )
