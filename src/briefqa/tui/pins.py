"""The answers that the user keeps across questions, and the dialog that compares them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from briefqa.answers import Answer, Excerpt, Status
from briefqa.answers.lookups import WordLookup
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui.export import citation_text, markdown_quotation
from briefqa.tui.session import AskRequest, Visit

__all__ = ["Pin", "Pins", "PinsScreen"]

EMPTY = "Nothing is pinned. Space pins the selected answer, in the answers and in the document."


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


class PinsScreen(ModalScreen[Pin | None]):
    """The pinned answers under their questions; it returns the one to go to.

    Args:
        pins: the pins, from which some may be removed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q", "dismiss", "Close", id="pins.leave"),
        Binding("j", "move(1)", "Next pin", id="pins.down"),
        Binding("k", "move(-1)", "Previous pin", id="pins.up"),
        Binding("space,delete", "remove", "Remove the pin", id="pins.remove", priority=True),
        Binding("c", "copy", "Copy as a Markdown quotation", id="pins.copy"),
    ]

    def __init__(self, pins: Pins) -> None:
        super().__init__()
        self._pins = pins

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="pins") as box:
            box.border_title = "Pins"
            box.border_subtitle = "Enter goes there, Space removes, c copies, Esc closes"
            yield OptionList(markup=False)
            yield Static(EMPTY, id="no-pins")

    def on_mount(self) -> None:
        """Show the pins."""
        self._show(0)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Close with the pin that is chosen."""
        self.dismiss(self._pin(message.option.id))

    def action_move(self, step: int) -> None:
        """Highlight another pin."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

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
        options.add_options(_options(self._pins))
        self.query_one("#no-pins").display = not self._pins
        options.display = bool(self._pins)
        if self._pins:
            options.highlighted = options.get_option_index(str(highlighted))
            options.focus()


def _options(pins: Pins) -> Iterator[Option]:
    """Yield each question, and the pins of it, which have their number as the id."""
    numbered = enumerate(pins)
    above = ""
    for question, group in groupby(numbered, key=lambda each: each[1].answer.question):
        told = Content.styled(f"{above}{sanitise_name(question)}", "bold $text-mark")
        yield Option(told, disabled=True)
        above = "\n"
        for number, pin in group:
            yield Option(_content(pin), id=str(number))


def _content(pin: Pin) -> Content:
    """Return the answer itself, if there is one, then the sentence and its source."""
    excerpt = pin.excerpt
    answered = pin.answer.status is Status.ANSWERED and excerpt.focus is not None
    sentence = " ".join(excerpt.sentence.slice(excerpt.passage.text).split())
    return Content.assemble(
        (f"{sanitise_name(excerpt.said)}\n" if answered else "", "bold $text-found"),
        (f"{sanitise_name(sentence)}\n", "$foreground"),
        (citation_text(excerpt), "$text-aside"),
    )
