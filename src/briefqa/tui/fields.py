"""The fields in which the user types, and the bar with the field of a place to go to."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region
from textual.widgets import Input, Static

from briefqa.citations import find_lines, parse_citation
from briefqa.errors import DocumentError, UsageError
from briefqa.text_safety import sanitise_name
from briefqa.tui import keys
from briefqa.tui.large_files import AnyDocument

__all__ = ["FindField", "PlaceBar", "QuestionField", "SafeField", "parse_line"]

EXAMPLES = "123, p3 or 0:04:10"
"""A line, a page and a time."""


class SafeField(Input):
    """A field that sanitises what is typed or pasted.

    Its cursor does not blink: a slow line would never be idle.
    """

    def on_mount(self) -> None:
        """Stop the cursor from blinking."""
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Replace characters that a terminal would obey, each by one character."""
        return sanitise_name(value)

    def action_paste(self) -> None:
        """Insert what was copied in the app."""
        self.insert_lines(self.app.clipboard)

    def insert_lines(self, text: str) -> None:
        """Insert lines as one; `Input` inserts only the first."""
        self.replace(" ".join(text.split()), *self.selection)


class QuestionField(SafeField):
    """The field of the question; only keys that type nothing are bound to actions."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.QUESTION]

    def on_focus(self) -> None:
        """Show the cursor."""
        self._show_cursor()

    def on_resize(self) -> None:
        """Show the cursor, if there is one."""
        if self.has_focus:
            self._show_cursor()

    def on_blur(self) -> None:
        """Show how the question begins: there is no cursor."""
        self.scroll_to(0, force=True, animate=False)

    def _show_cursor(self) -> None:
        column = cell_len(self.value[: self.cursor_position])
        self.scroll_to_region(Region(column, 0, 1, 1), force=True, animate=False)


class FindField(SafeField):
    """The field of a text to find in the document."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.FIND]


class PlaceField(SafeField):
    """The field of the place."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.PLACE]


class PlaceBar(Horizontal):
    """A label, a field, and what is wrong with the place in it."""

    def __init__(self) -> None:
        super().__init__(id="place-bar")
        self.field = PlaceField(id="place", placeholder=EXAMPLES)
        self.note = Static(id="no-place", markup=False)
        self.display = False
        self._refused = ""

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        yield Static("Line:", id="place-label")
        yield self.field
        yield self.note

    def open(self) -> None:
        """Show the bar, and focus its field."""
        self.field.value = ""
        self.display = True
        self.screen.set_focus(self.field)

    def close(self) -> None:
        """Hide the bar."""
        self.display = False

    def find_line(self, document: AnyDocument) -> int | None:
        """Return the line that is typed; say what is wrong if the document does not have it."""
        try:
            return parse_line(document, self.field.value)
        except (DocumentError, UsageError) as error:
            self._refused = self.field.value
            self.note.update(str(error).partition(": ")[2])
            return None

    @on(Input.Changed)
    def forget_error(self, message: Input.Changed) -> None:
        """Another place is typed."""
        if message.value != self._refused:
            self.note.update("")


def parse_line(document: AnyDocument, typed: str) -> int:
    """Return the line of a place that is typed as in citations: `123`, `p3`, `0:04:10`.

    Raises:
        UsageError: it is no place.
        DocumentError: the document has no such place.
    """
    place = parse_citation(f"text:{typed.strip()}", lambda _: False)
    if place.lines is None and place.page is None and place.time is None:
        raise UsageError(f"{typed}: expected {EXAMPLES}")
    return find_lines(document._replace(path="text"), place)[0]
