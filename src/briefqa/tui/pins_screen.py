"""The dialog that compares the pinned answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from briefqa.answers import Status
from briefqa.text_safety import sanitise_name
from briefqa.tui.dialogs import Dialog, move_highlight
from briefqa.tui.export import citation_text, markdown_quotation
from briefqa.tui.large_files import is_large
from briefqa.tui.places import NO_PINS, Pin, Pins
from briefqa.tui.session import OpenCorpus
from briefqa.tui.worker import BackgroundWorker

__all__ = ["PinsScreen"]

KEYS = "Enter goes there, Space removes, c copies, Esc closes"
SHORT_KEYS = "Del removes, c copies, Esc closes"
BOX = 20
"""Cells beside the keys in the frame of the dialog, and beside the dialog, in a narrow screen."""
GONE = " · not among the documents"
CHANGED = " · changed since"


class PinsChecked(Message):
    """The documents of the pins were looked at.

    Attributes:
        notes: what is to say of pins that are not as they were, by path and text of the passage.
    """

    def __init__(self, notes: Mapping[tuple[str, str], str]) -> None:
        super().__init__()
        self.notes = notes


def _check(corpus: OpenCorpus, pins: Iterable[Pin]) -> Message:
    """Look at the documents of pins, which may take a moment; at large ones only if they exist."""
    pinned = defaultdict(set)
    for pin in pins:
        pinned[pin.excerpt.passage.path].add(pin.excerpt.passage.text)
    gone = pinned.keys() - corpus.assistant.paths
    notes = {(path, text): GONE for path in gone for text in pinned[path]}
    for path in pinned.keys() - gone:
        if not is_large(path):
            texts = {passage.text for passage in corpus.assistant.passages(path)}
            notes |= {(path, text): CHANGED for text in pinned[path] - texts}
    return PinsChecked(notes)


class PinsScreen(Dialog[Pin | None]):
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
        self._notes: Mapping[tuple[str, str], str] = {}
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="pins") as box:
            box.border_title = "Pins"
            box.border_subtitle = KEYS if self.app.size.width > len(KEYS) + BOX else SHORT_KEYS
            yield OptionList(markup=False)
            yield Static(NO_PINS, id="no-pins")

    def on_mount(self) -> None:
        """Show the pins, and find out in the background whether they are still as they were."""
        self._show(0)
        if self._corpus:
            self._worker.run(partial(_check, self._corpus, tuple(self._pins)))

    @on(PinsChecked)
    def receive_notes(self, message: PinsChecked) -> None:
        """Say which documents are gone, and which passages have changed."""
        self._notes = message.notes
        if message.notes:
            highlighted = self._highlighted
            self._show([*self._pins].index(highlighted) if highlighted else 0)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Close with the pin that is chosen."""
        self.dismiss(_pin_of(message.option))

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
        return _pin_of(self.query_one(OptionList).highlighted_option)

    def _show(self, highlighted: int) -> None:
        """Show the pins, and highlight one by its number."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(_options(self._pins, self._notes))
        self.query_one("#no-pins").display = not self._pins
        self.query_one("#pins").set_class(not self._pins, "-empty")
        options.display = bool(self._pins)
        if self._pins:
            options.highlighted = options.get_option_index(str(highlighted))
            options.focus()


class _PinOption(Option):
    """The entry of a pin, which may be chosen just before another key removes the pin."""

    def __init__(self, pin: Pin, note: str, number: int) -> None:
        super().__init__(_content(pin, note), id=str(number))
        self.pin = pin


def _pin_of(option: Option | None) -> Pin | None:
    return option.pin if isinstance(option, _PinOption) else None


def _options(pins: Pins, notes: Mapping[tuple[str, str], str]) -> Iterator[Option]:
    """Yield each question, and the pins of it, which have their number as the id."""
    numbered = enumerate(pins)
    above = ""
    for question, group in groupby(numbered, key=lambda each: each[1].answer.question):
        told = Content.styled(f"{above}{sanitise_name(question)}", "bold $foreground")
        yield Option(told, disabled=True)
        above = "\n"
        for number, pin in group:
            passage = pin.excerpt.passage
            note = notes.get((passage.path, passage.text), "")
            yield _PinOption(pin, note, number)


def _content(pin: Pin, note: str) -> Content:
    """Return the answer itself, if there is one, the sentence and its source, and a note."""
    excerpt = pin.excerpt
    answered = pin.answer.status is Status.ANSWERED and excerpt.focus is not None
    sentence = " ".join(excerpt.sentence.slice(excerpt.passage.text).split())
    return Content.assemble(
        (f"{sanitise_name(excerpt.said)}\n" if answered else "", "bold $text-found"),
        f"{sanitise_name(sentence)}\n",
        (citation_text(excerpt), "$text-aside"),
        (note, "$text-bad"),
    )
