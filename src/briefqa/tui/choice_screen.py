"""A dialog to choose one of several lines: a field for words, and the lines that contain them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

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

__all__ = ["Choice", "ChoiceScreen"]

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


class ChoiceScreen(ModalScreen[int | None]):
    """A field for words, and the choices that contain them; it returns the number of one.

    Args:
        title: the title of the dialog.
        placeholder: what to type in the field.
        choices: all choices, in order.
        present: the number of the choice that is highlighted at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*LIST]

    def __init__(
        self, title: str, placeholder: str, choices: Sequence[Choice], present: int = 0
    ) -> None:
        super().__init__()
        self._title = title
        self._placeholder = placeholder
        self._choices = choices
        self._present = present
        self._matching: list[int] = []

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="choice") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter goes there, Esc closes"
            yield SafeField(placeholder=self._placeholder, id="words")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Show all choices."""
        self._show_matching("")

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show the choices that contain the words."""
        self._show_matching(message.value)

    @on(Input.Submitted)
    def choose(self) -> None:
        """Close with the highlighted choice."""
        number = self.query_one(OptionList).highlighted
        self.dismiss(None if number is None else self._matching[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Close with the choice that was clicked."""
        self.dismiss(self._matching[message.option_index])

    def action_move(self, step: int) -> None:
        """Highlight another choice."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show_matching(self, typed: str) -> None:
        words = typed.casefold().split()
        matching = [
            number
            for number, choice in enumerate(self._choices)
            if all(word in choice.text.casefold() for word in words)
        ]
        first = 0 if words else max(0, self._present - SHOWN // 2)
        self._matching = matching[first : first + SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([_content(self._choices[number]) for number in self._matching])
        if self._matching:
            options.highlighted = 0 if words else self._present - first


def _content(choice: Choice) -> Content:
    return Content.assemble(
        " " * choice.indent, choice.text, (f"  {choice.note}" if choice.note else "", "$text-mark")
    )
