"""The fields in which the user types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Paste
from textual.widgets import Input

from briefqa.text_safety import sanitise_name
from briefqa.tui import keys

__all__ = ["FindField", "QuestionField", "SafeField"]


class SafeField(Input):
    """A field that sanitises what is typed or pasted."""

    def validate_value(self, value: str) -> str:
        """Replace characters that a terminal would obey, each by one character."""
        return sanitise_name(value)

    def on_paste(self, event: Paste) -> None:
        """Insert all lines as one; `Input` inserts only the first."""
        event.stop()
        event.prevent_default()
        self.replace(" ".join(event.text.split()), *self.selection)


class QuestionField(SafeField):
    """The field of the question; only keys that type nothing are bound to actions."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.QUESTION]


class FindField(SafeField):
    """The field of a text to find in the document."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.FIND]
