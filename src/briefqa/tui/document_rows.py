"""The rows of a document with highlights, of which only the visible ones are rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip

from briefqa.spans import Span
from briefqa.tui.answer_cards import cut_end
from briefqa.tui.document_search import Matches
from briefqa.tui.large_files import AnyDocument
from briefqa.tui.outline import NO_OUTLINE
from briefqa.tui.row_view import RowView
from briefqa.tui.text_rows import (
    STRIP_MARK,
    STRIP_WIDTH,
    Row,
    TextLayout,
    WrappedText,
    display_text,
    gutter_width,
    overlapping,
    split_runs,
    strip_cells,
)

__all__ = ["DocumentRows"]

MARK = "▐"
RULE = "─"
LAYERS = ("heading", "sentence", "focus", "match", "current")
"""The highlights, each of which is drawn over those before it; the selection is drawn over all."""
STICKY_HEIGHT = 6
"""Rows; a smaller view has none to spare for the heading that its first row is under."""


class DocumentRows(RowView):
    """A document with highlights.

    Attributes:
        document: the document; None before the first is shown.
        matches: the matches.
        current: the number of the current match, from 0; None for none.
        wrapped: whether long lines are wrapped.
        outline: the headings.
    """

    def __init__(self, *, wrapped: bool = True) -> None:
        super().__init__("document")
        self.document: AnyDocument | None = None
        self.matches = Matches()
        self.current: int | None = None
        # Until the user goes from match to match, none is more than the others.
        self._shows_current = False
        self.wrapped = wrapped
        self._sentence: Span | None = None
        self._focus: Span | None = None
        self.outline = NO_OUTLINE
        self._rows = WrappedText("")
        self._first_line = 1
        self._target: int | None = None
        self._cells: list[str] = []

    @property
    def allow_select(self) -> bool:
        """Whether text can be selected: it can."""
        return True

    @property
    def shows_sentence(self) -> bool:
        """Whether a part of the sentence that answers is in view."""
        return self._sentence is not None and bool(overlapping([self._sentence], self._in_view))

    @property
    def line_read(self) -> int:
        """The number of the line in view that was gone to, has that match, or else is the first."""
        first, last = (self._line_at(offset) for offset in self._in_view)
        match = self._current_match
        line = next(filter(None, (self._target, match and self._line_at(match.start))), first)
        return self._first_line + (line if first <= line <= last else first) - 1

    @property
    def _current_match(self) -> Span | None:
        """The match that the user has gone to."""
        current = self.current if self._shows_current else None
        return None if current is None else self.matches.spans[current]

    def _line_at(self, offset: int) -> int:
        """Return the line of a character, from 1 for that of the first row."""
        return self._rows[self._rows.find(offset)].line

    @property
    def _in_view(self) -> Span:
        """The characters of the text in view, those behind the heading on top left out."""
        last = len(self._rows) - 1
        top = self.scroll_offset.y + (self._sticky_heading is not None)
        bottom = self.scroll_offset.y + self.scrollable_content_region.height - 1
        start = self._rows[min(top, last)].span.start
        return Span(start, self._rows[max(0, min(bottom, last))].span.end)

    @property
    def top(self) -> int:
        """The first character of the first visible row."""
        return self._rows[min(self.scroll_offset.y, len(self._rows) - 1)].span.start

    @property
    def section(self) -> int | None:
        """The number of the heading that the first visible row is under, from 0; else None."""
        top = min(self.scroll_offset.y, len(self._rows) - 1)
        return self.outline.above(self._rows[top].span.end)

    @property
    def text_layout(self) -> TextLayout:
        """How the text is laid out."""
        return TextLayout(self.scrollable_content_region.width - STRIP_WIDTH, self.wrapped)

    def draw_row(self, y: int, width: int) -> Strip:
        """Draw a visible row."""
        number = y + self.scroll_offset.y
        if self.document is None or number >= len(self._rows):
            return Strip.blank(width, self.part_style("text"))
        room = width - STRIP_WIDTH - self._gutter_width
        heading = None if y else self._sticky_heading
        drawn = self._heading_row(heading, room) if heading else self._row(number, room)
        return Strip([*drawn, self._strip_cell(y)], width)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text, as it is in the document."""
        first = selection.start.y if selection.start else 0
        last = selection.end.y if selection.end else len(self._rows) - 1
        start = self._offset(first, selection.start.x if selection.start else 0)
        end = self._offset(last, selection.end.x if selection.end else -1)
        return self._rows.text[start:end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _row(self, number: int, room: int) -> list[Segment]:
        """Return a row with its gutter: what is in view, in as many cells as there is room for."""
        row, left = self._rows[number], self.scroll_offset.x
        segments = self._segments(row, number)
        body = [*(Strip(segments).crop(left, left + room) if left else segments)]
        return [
            *self._gutter(row),
            *Segment.adjust_line_length(body, room, self.part_style("text")),
        ]

    @property
    def _sticky_heading(self) -> Span | None:
        """The heading that the first visible row is under, if that is out of view."""
        top = self.scroll_offset.y
        section = self.section
        if section is None or self.scrollable_content_region.height < STICKY_HEIGHT:
            return None
        heading = self.outline.spans[section]
        return heading if self._rows.find(heading.end) < top else None

    def _heading_row(self, heading: Span, room: int) -> list[Segment]:
        """Return the row of the heading that the first visible row is under."""
        text = cut_end(self.outline.text(heading), max(1, room - 1))
        body = Segment(f"{text} ", self.part_style("text") + self._layer_style(0))
        rule = Segment(RULE * max(0, room - body.cell_length), self.part_style("gutter"))
        row = self._rows[self._rows.find(heading.start)]
        return [*self._gutter(row), body, rule]

    def _gutter(self, row: Row) -> list[Segment]:
        answers = self._sentence is not None and bool(overlapping([self._sentence], row.span))
        line = self._first_line + row.line - 1 if row.first else ""
        number = f"{line:>{self._gutter_width - 2}} "
        style = "mark" if row.line == self._target else "gutter"
        mark = Segment(MARK if answers else " ", self.part_style("mark"))
        return [mark, Segment(number, self.part_style(style))]

    @property
    def _gutter_width(self) -> int:
        return gutter_width(self._first_line + self._rows.lines - 1)

    def _strip_cell(self, y: int) -> Segment:
        """Return the cell beside a visible row, which tells what is in its share of the text."""
        height = self.scrollable_content_region.height
        if len(self._cells) != height:
            self._cells = strip_cells(self._rows, self.matches.spans, self._sentence, height)
        kind = self._cells[y] if y < height else ""
        return Segment(f" {STRIP_MARK if kind else ' '}", self.part_style(kind or "text"))

    def _segments(self, row: Row, number: int) -> Iterator[Segment]:
        """Yield the runs of a row, with the metadata that the selection needs."""
        column = position = 0
        plain = self.part_style("dimmed" if self._sentence else "text")
        for run in split_runs(row.span, self._layers(row, number)):
            text = display_text(self._rows.text_of(run.span), column).text
            style = plain
            for layer in run.layers:
                style += self._layer_style(layer)
            segment = Segment(text, style + Style.from_meta({"offset": (position, number)}))
            yield segment
            position += len(text)
            column += segment.cell_length

    def _layers(self, row: Row, number: int) -> list[Sequence[Span]]:
        current = [self._current_match] if self._current_match else []
        sentence = [self._sentence] if self._sentence else []
        focus = [self._focus] if self._focus else []
        layers = [self.outline.spans, sentence, focus, self.matches.spans, current]
        return [*layers, self._selected(row, number)]

    def _selected(self, row: Row, number: int) -> list[Span]:
        selection = self.text_selection
        columns = selection.get_span(number) if selection else None
        if columns is None:
            return []
        start, end = (self._offset(number, column) for column in columns)
        return [Span(start, max(start, end))]

    def _offset(self, number: int, column: int) -> int:
        """Return the offset in the text of a displayed character of a row, or of the row's end."""
        row = self._rows[max(0, min(number, len(self._rows) - 1))]
        origins = display_text(self._rows.text_of(row.span)).origins
        if 0 <= column < len(origins):
            return row.span.start + origins[column]
        return row.span.end

    def _layer_style(self, layer: int) -> Style:
        if layer < len(LAYERS):
            return self.part_style(LAYERS[layer], partial=True)
        return self.screen.get_component_rich_style("screen--selection")
