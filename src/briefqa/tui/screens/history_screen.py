"""The questions asked before, to choose one of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from briefqa.tui.state.history import search
from briefqa.tui.widgets.question_field import SafeField

__all__ = ["HistoryScreen"]


class HistoryScreen(ModalScreen[str | None]):
    """A field to search by, and the questions that fit.

    Args:
        questions: the latest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", id="history.leave"),
        Binding("down", "move(1)", "Further down", id="history.down", priority=True),
        Binding("up", "move(-1)", "Further up", id="history.up", priority=True),
    ]

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self._questions = questions
        self._fitting: list[str] = list(questions)

    def compose(self) -> ComposeResult:
        """Lay the widgets out."""
        with Vertical(id="history") as box:
            box.border_title = "Questions asked before"
            yield SafeField(placeholder="Words of the question", id="words")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Show all questions."""
        self._show()

    @on(Input.Changed)
    def take_words(self, message: Input.Changed) -> None:
        """Show the questions that hold the words."""
        self._fitting = search(self._questions, message.value)
        self._show()

    @on(Input.Submitted)
    def choose(self) -> None:
        """Leave with the question that is marked."""
        number = self.query_one(OptionList).highlighted
        self.dismiss(None if number is None else self._fitting[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Leave with the question that was clicked."""
        self.dismiss(self._fitting[message.option_index])

    def action_move(self, step: int) -> None:
        """Mark another question."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Content(question) for question in self._fitting])
        options.highlighted = 0 if self._fitting else None
