"""The list of answers, or of questions to start with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from briefqa.spans import Span
from briefqa.tui import keys
from briefqa.tui.answer_cards import SENTENCE_ROWS, Card, CardRow, lay_out_cards
from briefqa.tui.row_view import RowView
from briefqa.tui.text_rows import split_runs

__all__ = ["AnswerList"]

MARK = "▌"
PIN = "★"


class AnswerList(RowView):
    """A list of cards, one of which is selected."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.ANSWERS]

    class Clicked(Message):
        """A card was clicked."""

        def __init__(self, number: int, *, double: bool) -> None:
            super().__init__()
            self.number = number
            self.double = double

    def __init__(self) -> None:
        super().__init__("answers")
        self._cards: Sequence[Card] = ()
        self._rows: list[CardRow] = []
        self._selected: int | None = 0
        self._points = True
        self._partial = False

    @property
    def capacity(self) -> int:
        """The number of cards that fill the list, if they are about as high as those shown."""
        height = self.scrollable_content_region.height
        alike = height * len(self._cards) // max(1, len(self._rows))
        return max(height // SENTENCE_ROWS, alike) + 1

    def show(
        self,
        cards: Sequence[Card],
        selected: int | None,
        *,
        again: bool = False,
        partial: bool = False,
    ) -> None:
        """Show other cards, at the place shown already if they answer the same question again.

        Args:
            cards: the cards.
            selected: the number of the selected card; None if they are not for choosing.
            again: whether they answer the same question.
            partial: whether more may follow, which need the room that these leave.
        """
        self._partial = partial
        self._cards = cards
        self._selected = selected
        self._lay_out()
        if not again:
            self.scroll_to(0, 0, animate=False, immediate=True, force=True)
        self._scroll_to_selected()

    def select(self, number: int) -> None:
        """Select another card, and scroll to it."""
        self._selected = number
        self._scroll_to_selected()
        self.refresh()

    def point(self, points: bool) -> None:
        """Set whether the selected card is marked: the document beside shows its place."""
        if points != self._points:
            self._points = points
            self.refresh()

    def on_resize(self) -> None:
        """Lay out the cards in the new width."""
        self._lay_out()
        self._scroll_to_selected()

    def on_click(self, event: events.Click) -> None:
        """Report the card that is clicked."""
        position = event.get_content_offset(self)
        number = position.y + self.scroll_offset.y if position else len(self._rows)
        if number < len(self._rows):
            self.post_message(self.Clicked(self._rows[number].card, double=event.chain > 1))

    def draw_row(self, y: int, width: int) -> Strip:
        """Draw a visible row."""
        number = y + self.scroll_offset.y
        if number >= len(self._rows):
            return Strip.blank(width, self.part_style("text"))
        row = self._rows[number]
        is_card = row.kind in ("heading", "text")
        mark = MARK if is_card and self._points and row.card == self._selected else " "
        segments = [Segment(mark, self.part_style("mark")), *self._segments(row)]
        aside = f"{row.aside} " if row.aside else ""
        room = width - cell_len(aside)
        # One strip a row: Textual takes longer to create a strip than to draw it.
        segments = Segment.adjust_line_length(segments, room, self.part_style("text"))
        return Strip([*segments, Segment(aside, self.part_style("source"))], width)

    def _segments(self, row: CardRow) -> list[Segment]:
        if row.kind == "title":
            return [Segment(row.text, self.part_style("title"))]
        if row.kind in ("heading", "name"):
            indent = " " * (self._number_width + 1)
            style = self.part_style("source" if row.kind == "heading" else "text")
            return [Segment(f"{indent}{row.text}", style)]
        number = f"{row.card + 1}" if row.first and self._selected is not None else ""
        pin = PIN if row.first and self._cards[row.card].marked else " "
        selected = self._points and row.card == self._selected
        plain = self.part_style("selected" if selected else "text")
        layers = [self.part_style("match", partial=True), self.part_style("focus", partial=True)]
        segments = [Segment(f"{number:<{self._number_width}}{pin}", self.part_style("mark"))]
        spans = [row.matches, [row.focus] if row.focus else []]
        for run in split_runs(Span(0, len(row.text)), spans):
            style = sum((layers[layer] for layer in run.layers), plain)
            segments.append(Segment(run.span.slice(row.text), style))
        return segments

    @property
    def _number_width(self) -> int:
        return len(str(len(self._cards))) if self._selected is not None else 0

    def _lay_out(self) -> None:
        width, height = self.scrollable_content_region.size
        room = max(1, width - self._number_width - 2)
        self._rows = lay_out_cards(self._cards, room)
        if len(self._rows) < height and not self._partial:
            whole = lay_out_cards(self._cards, room, height)
            self._rows = whole if len(whole) <= height else self._rows
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()

    def _scroll_to_selected(self) -> None:
        """Scroll as little as necessary to show the whole selected card."""
        rows = [i for i, row in enumerate(self._rows) if row.card == self._selected and row.text]
        height = self.scrollable_content_region.height
        if not rows or not height:
            return
        top = min(self.scroll_offset.y, rows[0])
        top = max(top, rows[-1] + 1 - height)
        self.scroll_to(0, min(top, rows[0]), animate=False, immediate=True, force=True)
