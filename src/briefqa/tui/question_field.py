"""The line on which the question is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from briefqa.sanitising import sanitise_name

__all__ = ["QuestionField"]


class QuestionField(Input):
    """Keeps the typing to itself; only keys that write nothing go elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.choose(1)", "Choose", id="question.down", key_display="↑↓"),
        Binding("up", "app.up", "Choose", id="question.up", show=False),
        Binding("pagedown", "app.choose(3)", "Further down", id="question.pagedown", show=False),
        Binding("pageup", "app.choose(-3)", "Further up", id="question.pageup", show=False),
        Binding("enter", "submit", "Read", id="question.read"),
        Binding("escape", "app.clear", "Clear", id="question.clear", show=False),
    ]

    def validate_value(self, value: str) -> str:
        """Make safe what is typed or pasted: it is shown as it comes."""
        return sanitise_name(value)
