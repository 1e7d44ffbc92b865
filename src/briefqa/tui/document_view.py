"""The text of the document, of which only the visible rows are rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from briefqa.spans import Span
from briefqa.tui import keys
from briefqa.tui.answer_cards import cut_end
from briefqa.tui.document_search import Matches
from briefqa.tui.large_files import AnyDocument
from briefqa.tui.long_text import AnyText
from briefqa.tui.outline import NO_OUTLINE, Outline
from briefqa.tui.text_rows import (
    SHORT_TEXT,
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

__all__ = ["DocumentView"]

MARK = "▐"
RULE = "─"
LAYERS = ("heading", "sentence", "focus", "match", "current")
"""The highlights, each of which is drawn over those before it; the selection is drawn over all."""
REVEAL_AT = 3
"""A character that is scrolled to is shown at this fraction of the height."""
STICKY_HEIGHT = 6
"""Rows; a smaller view has none to spare for the heading that its first row is under."""


class DocumentView(ScrollView, can_focus=True):
    """A document with highlights.

    Attributes:
        document: the document; None before the first is shown.
        matches: the matches.
        current: the number of the current match, from 0; None for none.
        wrapped: whether long lines are wrapped.
        outline: the headings.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.DOCUMENT]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "document--text",
        "document--dimmed",
        "document--gutter",
        "document--mark",
        "document--strip",
        *(f"document--{layer}" for layer in LAYERS),
    }

    class Moved(Message):
        """The current match or the matches have changed."""

    class RowsNeeded(Message):
        """A long text is to be wrapped, which takes too long to do here."""

        def __init__(self, text: AnyText, layout: TextLayout) -> None:
            super().__init__()
            self.text = text
            self.layout = layout

    def __init__(self, *, wrapped: bool = True) -> None:
        super().__init__(id="document")
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
        # The character to keep in view, and the offset that it was scrolled to. Once the user
        # scrolls, the first visible row is kept in view instead.
        self._anchor = 0
        self._anchor_offset = 0

    @property
    def allow_select(self) -> bool:
        """Whether text can be selected: it can."""
        return True

    def show(
        self,
        document: AnyDocument,
        sentence: Span | None = None,
        matches: Sequence[Span] = (),
        focus: Span | None = None,
        *,
        rows: WrappedText | None = None,
        outline: Outline | None = None,
        first_line: int = 1,
        shift: int | None = None,
    ) -> None:
        """Show a document, or another sentence of the same.

        Args:
            document: the document.
            sentence: the sentence that answers: characters of the document's text.
            matches: the words that match, likewise, sorted and disjoint.
            focus: the part of the sentence that looks like the answer, likewise.
            rows: the text in `text_layout`; None to wrap it here.
            outline: its headings; None to find them here.
            first_line: the number of the first line.
            shift: None to scroll to the sentence; else the present place is kept, which is so many
                characters further on in the document.
        """
        self._sentence = sentence
        self._focus = focus
        kept = None if self.current is None else self.matches.spans[self.current].start

        def replace() -> None:
            if self.document is None or document.text != self.document.text:
                self._rows = rows or WrappedText("")
                self.screen.clear_selection()
            self.document = document
            if self.outline.document is not document:
                self.outline = outline or Outline(document)
            self._first_line = first_line
            self._target = None
            self._wrap_text()

        if shift is None:
            self._shows_current = False
            replace()
            self._reveal(sentence.start if sentence else 0)
            self.highlight(Matches(matches))
        else:
            self._keep_place(replace, shift)
            self.highlight(Matches(matches), near=None if kept is None else kept + shift)

    def highlight(self, matches: Matches, *, near: int | None = None, move: bool = False) -> None:
        """Highlight other matches.

        Args:
            matches: characters of the text.
            near: the first match from this character on becomes the current one; None for the
                first match in the sentence.
            move: whether to scroll to it.
        """
        self.matches = matches
        within = self._sentence or Span(0, 0)
        if near is not None:
            within = Span(near, len(self._rows.text))
        self.current = matches.first_in(within)
        self._shows_current = self._shows_current or move
        if move and matches.spans:
            self.current = self.current or 0
            self._reveal(matches.spans[self.current].start)
        self._cells = []
        self.refresh()
        self.post_message(self.Moved())

    def move(self, step: int) -> None:
        """Move to the next match or the previous one; the first follows the last."""
        spans = self.matches.spans
        if not spans:
            return
        if self.current is None:
            self.current = -1 if step > 0 else 0
        self.current = (self.current + step) % len(spans)
        self._shows_current = True
        self._reveal(spans[self.current].start)
        self.refresh()
        self.post_message(self.Moved())

    def go_to_line(self, line: int) -> None:
        """Scroll to a line, and mark its number."""
        self.go_to(self._rows.line_start(line))

    def go_to(self, offset: int) -> None:
        """Scroll to a character, and mark the number of its line."""
        self._target = self._rows[self._rows.find(offset)].line
        self._reveal(offset)
        self.refresh()

    def return_to(self, offset: int) -> None:
        """Scroll so that a character is in the first visible row."""
        self._anchor_offset = -1
        self._scroll(self._rows.find(offset))

    def wrap(self, *, wrapped: bool) -> None:
        """Set whether long lines are wrapped."""
        self.wrapped = wrapped
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap the text in the new width, and keep the same part of it in view."""
        self._keep_place(self._wrap_text)
        # The title is cut to the width, which is 0 while another pane takes the whole screen.
        self.post_message(self.Moved())

    def use_rows(self, rows: WrappedText) -> None:
        """Show the same text in other rows."""

        def replace() -> None:
            self._rows = rows
            self._wrap_text()

        self._keep_place(replace)

    @property
    def first_visible_line(self) -> int:
        """The number of the first line in view."""
        top = self.scroll_offset.y + (self._sticky_heading is not None)
        return self._first_line + self._rows[min(top, len(self._rows) - 1)].line - 1

    @property
    def section(self) -> int | None:
        """The number of the heading that the first visible row is under, from 0; else None."""
        top = min(self.scroll_offset.y, len(self._rows) - 1)
        return self.outline.above(self._rows[top].span.end)

    @property
    def _sticky_heading(self) -> Span | None:
        """The heading that the first visible row is under, if that is out of view."""
        top = self.scroll_offset.y
        section = self.section
        if section is None or self.scrollable_content_region.height < STICKY_HEIGHT:
            return None
        heading = self.outline.spans[section]
        return heading if self._rows.find(heading.end) < top else None

    @property
    def top(self) -> int:
        """The first character of the first visible row."""
        return self._rows[min(self.scroll_offset.y, len(self._rows) - 1)].span.start

    @property
    def place(self) -> int:
        """The character that is kept in view."""
        top = self.scroll_offset.y
        scrolled = top != self._anchor_offset and top < len(self._rows)
        return self._rows[top].span.start if scrolled else self._anchor

    def _keep_place(self, change: Callable[[], None], shift: int = 0) -> None:
        """Change the text, and keep the place in view, which is so many characters further on."""
        scrolled = self.scroll_offset.y != self._anchor_offset
        place = max(0, self.place + shift)
        change()
        if scrolled:
            self._scroll(self._rows.find(place))
        else:
            self._reveal(place)

    def render_line(self, y: int) -> Strip:
        """Render a visible row."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if self.document is None or number >= len(self._rows):
            return Strip.blank(width, self._style("text"))
        room = width - STRIP_WIDTH - self._gutter_width
        heading = None if y else self._sticky_heading
        drawn = self._heading_row(heading, room) if heading else self._row(number, room)
        return Strip([*drawn, self._strip_cell(y)], width)

    def _row(self, number: int, room: int) -> list[Segment]:
        """Return a row with its gutter: what is in view, in as many cells as there is room for."""
        row, left = self._rows[number], self.scroll_offset.x
        segments = self._segments(row, number)
        body = [*(Strip(segments).crop(left, left + room) if left else segments)]
        return [*self._gutter(row), *Segment.adjust_line_length(body, room, self._style("text"))]

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

    @property
    def text_layout(self) -> TextLayout:
        """How the text is laid out."""
        return TextLayout(self.scrollable_content_region.width - STRIP_WIDTH, self.wrapped)

    @property
    def _gutter_width(self) -> int:
        return gutter_width(self._first_line + self._rows.lines - 1)

    def _offset(self, number: int, column: int) -> int:
        """Return the offset in the text of a displayed character of a row, or of the row's end."""
        row = self._rows[max(0, min(number, len(self._rows) - 1))]
        origins = display_text(self._rows.text_of(row.span)).origins
        if 0 <= column < len(origins):
            return row.span.start + origins[column]
        return row.span.end

    def _gutter(self, row: Row) -> list[Segment]:
        answers = self._sentence is not None and bool(overlapping([self._sentence], row.span))
        line = self._first_line + row.line - 1 if row.first else ""
        number = f"{line:>{self._gutter_width - 2}} "
        style = "mark" if row.line == self._target else "gutter"
        mark = Segment(MARK if answers else " ", self._style("mark"))
        return [mark, Segment(number, self._style(style))]

    def _heading_row(self, heading: Span, room: int) -> list[Segment]:
        """Return the row of the heading that the first visible row is under."""
        text = cut_end(self.outline.text(heading), max(1, room - 1))
        body = Segment(f"{text} ", self._style("text") + self._layer_style(0))
        rule = Segment(RULE * max(0, room - body.cell_length), self._style("gutter"))
        row = self._rows[self._rows.find(heading.start)]
        return [*self._gutter(row), body, rule]

    def _strip_cell(self, y: int) -> Segment:
        """Return the cell beside a visible row, which tells what is in its share of the text."""
        height = self.scrollable_content_region.height
        if len(self._cells) != height:
            self._cells = strip_cells(self._rows, self.matches.spans, self._sentence, height)
        kind = self._cells[y] if y < height else ""
        return Segment(f" {STRIP_MARK if kind else ' '}", self._style(kind or "text"))

    def _segments(self, row: Row, number: int) -> Iterator[Segment]:
        """Yield the runs of a row, with the metadata that the selection needs."""
        column = position = 0
        plain = self._style("dimmed" if self._sentence else "text")
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
        shows_current = self._shows_current and self.current is not None
        current = [self.matches.spans[self.current or 0]] if shows_current else []
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

    def _layer_style(self, layer: int) -> Style:
        if layer < len(LAYERS):
            return self.get_component_rich_style(f"document--{LAYERS[layer]}", partial=True)
        return self.screen.get_component_rich_style("screen--selection")

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"document--{name}")

    def _wrap_text(self) -> None:
        """Wrap the text, unless it is wrapped in this width already."""
        if self.document is None:
            return
        text, layout = self.document.text, self.text_layout
        has_rows = self._rows.text == text
        lines = self._rows.lines if has_rows else text.count("\n") + 1
        row_width = layout.row_width(self._first_line + lines - 1)
        if not has_rows or row_width != self._rows.row_width:
            if has_rows and len(text) > SHORT_TEXT:
                self.post_message(self.RowsNeeded(text, layout))
            else:
                self._rows = WrappedText(text, row_width)
        width = layout.width
        if not self.wrapped:
            width = max(width, self._rows.width + self._gutter_width)
        self.virtual_size = Size(width + STRIP_WIDTH, len(self._rows))
        self._cells = []
        self.refresh()

    def _reveal(self, offset: int) -> None:
        """Scroll to a character."""
        height = self.scrollable_content_region.height
        self._anchor = offset
        self._scroll(self._rows.find(offset) - height // REVEAL_AT)
        self._anchor_offset = self.scroll_offset.y

    def _scroll(self, top: int) -> None:
        self.scroll_to(0, max(0, top), animate=False, immediate=True, force=True)
