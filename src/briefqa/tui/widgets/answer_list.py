"""The list of answers, or of questions to start with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from briefqa.spans import Span
from briefqa.tui import keys
from briefqa.tui.answer_cards import Card, CardRow, set_cards
from briefqa.tui.highlight_runs import runs

__all__ = ["AnswerList"]

MARK = "▌"


class AnswerList(ScrollView, can_focus=True):
    """Cards, one of them chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.ANSWERS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answers--source",
        "answers--text",
        "answers--chosen",
        "answers--mark",
        "answers--match",
    }

    class Clicked(Message):
        """A card was clicked."""

        def __init__(self, number: int, *, twice: bool) -> None:
            super().__init__()
            self.number = number
            self.twice = twice

    def __init__(self) -> None:
        super().__init__(id="answers")
        self._cards: Sequence[Card] = ()
        self._rows: list[CardRow] = []
        self._chosen = 0

    def show(self, cards: Sequence[Card], chosen: int) -> None:
        """Show other cards."""
        self._cards = cards
        self._chosen = chosen
        self._set()
        self.scroll_to(0, 0, animate=False, immediate=True, force=True)
        self._reveal()

    def choose(self, number: int) -> None:
        """Mark another card, and have it seen."""
        self._chosen = number
        self._reveal()
        self.refresh()

    def on_resize(self) -> None:
        """Set the cards anew in the new width."""
        self._set()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked."""
        place = event.get_content_offset(self)
        number = place.y + self.scroll_offset.y if place else len(self._rows)
        if number < len(self._rows):
            self.post_message(self.Clicked(self._rows[number].card, twice=event.chain > 1))

    def render_line(self, y: int) -> Strip:
        """Draw one row of what is seen."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if number >= len(self._rows):
            return Strip.blank(width, self._style("text"))
        row = self._rows[number]
        chosen = row.card == self._chosen and bool(row.text)
        segments = [
            Segment(MARK if chosen else " ", self._style("mark")),
            *self._segments(row, chosen),
        ]
        return Strip(segments).adjust_cell_length(width, self._style("text"))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"answers--{name}")

    def _segments(self, row: CardRow, chosen: bool) -> list[Segment]:
        number = f"{row.card + 1} " if row.first else "  "
        if row.source:
            return [Segment(number, self._style("mark")), Segment(row.text, self._style("source"))]
        plain = self._style("chosen" if chosen else "text")
        match = plain + self._style("match")
        parts = runs(Span(0, len(row.text)), [row.matches])
        return [
            Segment(number, self._style("mark")),
            *(Segment(span.slice(row.text), match if layers else plain) for span, layers in parts),
        ]

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        self._rows = set_cards(self._cards, max(1, width - 3))
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()

    def _reveal(self) -> None:
        """Scroll as little as need be to show the whole chosen card."""
        numbers = [i for i, row in enumerate(self._rows) if row.card == self._chosen and row.text]
        height = self.scrollable_content_region.height
        if not numbers or not height:
            return
        top = min(self.scroll_offset.y, numbers[0])
        top = max(top, numbers[-1] + 1 - height)
        self.scroll_to(0, min(top, numbers[0]), animate=False, immediate=True, force=True)
