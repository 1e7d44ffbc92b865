"""The lines on which the reader types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Paste
from textual.widgets import Input

from briefqa.text_safety import sanitise_name
from briefqa.tui import keys

__all__ = ["FindField", "QuestionField"]


class SafeField(Input):
    """Shows what is typed or pasted, made safe."""

    def validate_value(self, value: str) -> str:
        """Replace what a terminal would obey, one character by one."""
        return sanitise_name(value)

    def on_paste(self, event: Paste) -> None:
        """Take all lines as one, where an `Input` takes the first alone."""
        event.stop()
        event.prevent_default()
        self.replace(" ".join(event.text.split()), *self.selection)


class QuestionField(SafeField):
    """The question: keeps the typing; only keys that write nothing go elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.QUESTION]


class FindField(SafeField):
    """What to find in the document."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.FIND]
