"""Dialogs to choose one of several lines: a field for words, and the lines that contain them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from briefqa.records import Record
from briefqa.tui.keys import LIST
from briefqa.tui.question_bar import SafeField

__all__ = ["Choice", "ChoiceScreen", "FilteredScreen"]

SHOWN = 500
"""Lines that are shown; of more, those that contain other words are found by typing."""


class Choice(Record):
    """A line to choose.

    Attributes:
        text: what it says, sanitised.
        note: what is said of it, in another colour; empty for nothing.
        indent: the number of spaces before it.
    """

    text: str
    note: str = ""
    indent: int = 0


Chosen = TypeVar("Chosen")


class FilteredScreen(ModalScreen[Chosen | None]):
    """A field for words, and the entries that contain them; it returns the chosen one.

    Args:
        box: the identifier of the dialog.
        title: its title.
        keys: what its keys do.
        placeholder: what to type in the field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*LIST]

    def __init__(self, box: str, title: str, keys: str, placeholder: str) -> None:
        super().__init__()
        self._box = box
        self._title = title
        self._keys = keys
        self._placeholder = placeholder
        self._matching: Sequence[Chosen] = ()

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id=self._box) as box:
            box.border_title = self._title
            box.border_subtitle = self._keys
            yield SafeField(placeholder=self._placeholder, id="words")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Show all entries."""
        self._show_matching("")

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show the entries that contain the words."""
        self._show_matching(message.value)

    @on(Input.Submitted)
    def choose(self) -> None:
        """Close with the highlighted entry."""
        number = self.query_one(OptionList).highlighted
        self.dismiss(None if number is None else self._matching[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Close with the entry that was clicked."""
        self.dismiss(self._matching[message.option_index])

    def action_move(self, step: int) -> None:
        """Highlight another entry."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show_matching(self, typed: str) -> None:
        self._matching = self._matches(typed)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([self._line(each) for each in self._matching])
        options.highlighted = self._highlighted(typed) if self._matching else None

    def _matches(self, typed: str) -> Sequence[Chosen]:
        """Return the entries that contain the words."""
        raise NotImplementedError

    def _line(self, chosen: Chosen) -> Content:
        """Return how an entry is written."""
        raise NotImplementedError

    def _highlighted(self, typed: str) -> int:
        """Return the place of the entry that is highlighted among those that match."""
        return 0


class ChoiceScreen(FilteredScreen[int]):
    """A field for words, and the choices that contain them; it returns the number of one.

    Args:
        title: the title of the dialog.
        placeholder: what to type in the field.
        choices: all choices, in order.
        present: the number of the choice that is highlighted at first.
    """

    def __init__(
        self, title: str, placeholder: str, choices: Sequence[Choice], present: int = 0
    ) -> None:
        super().__init__("choice", title, "Enter goes there, Esc closes", placeholder)
        self._choices = choices
        self._present = present

    def _matches(self, typed: str) -> Sequence[int]:
        words = typed.casefold().split()
        matching = [
            number
            for number, choice in enumerate(self._choices)
            if all(word in choice.text.casefold() for word in words)
        ]
        first = 0 if words else max(0, self._present - SHOWN // 2)
        return matching[first : first + SHOWN]

    def _line(self, chosen: int) -> Content:
        choice = self._choices[chosen]
        note = f"  {choice.note}" if choice.note else ""
        return Content.assemble(" " * choice.indent, choice.text, (note, "$text-mark"))

    def _highlighted(self, typed: str) -> int:
        return 0 if typed.split() else min(self._present, SHOWN // 2)
