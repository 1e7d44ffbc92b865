"""The list of earlier questions, to select one."""

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

from briefqa.tui.state.history import filter_questions
from briefqa.tui.widgets.text_fields import SafeField

__all__ = ["HistoryScreen"]


class HistoryScreen(ModalScreen[str | None]):
    """A field for words, and the questions that contain them.

    Args:
        questions: the latest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="history.leave"),
        Binding("down", "move(1)", "Next question", id="history.down", priority=True),
        Binding("up", "move(-1)", "Previous question", id="history.up", priority=True),
    ]

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self._questions = questions
        self._matching: list[str] = list(questions)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="history") as box:
            box.border_title = "Earlier questions"
            yield SafeField(placeholder="Words of the question", id="words")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Show all questions."""
        self._show_matching()

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show the questions that contain the words."""
        self._matching = filter_questions(self._questions, message.value)
        self._show_matching()

    @on(Input.Submitted)
    def choose(self) -> None:
        """Close with the highlighted question."""
        number = self.query_one(OptionList).highlighted
        self.dismiss(None if number is None else self._matching[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Close with the question that was clicked."""
        self.dismiss(self._matching[message.option_index])

    def action_move(self, step: int) -> None:
        """Highlight another question."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show_matching(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Content(question) for question in self._matching])
        options.highlighted = 0 if self._matching else None
