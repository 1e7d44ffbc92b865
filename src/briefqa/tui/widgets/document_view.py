"""The document, drawn as far as it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from briefqa.documents import Document
from briefqa.readers import Kind
from briefqa.spans import Span
from briefqa.tui import keys
from briefqa.tui.highlight_runs import overlapping, runs
from briefqa.tui.line_wrap import Row, Rows, TextLayout, displayed, gutter_width

__all__ = ["DocumentView"]

MARK = "▐"
LAYERS = ("heading", "sentence", "focus", "match", "current")
"""What may cover characters, each drawn over those before it; a selection is drawn over all."""
ROOM_ABOVE = 3
"""What is revealed stands at one of so many parts of the height."""


class DocumentView(ScrollView, can_focus=True):
    """One document with its marks.

    Attributes:
        document: what is shown; None before anything is.
        matches: characters that are marked as matching, sorted and disjoint.
        current: the number of the match that the reader is at, from 0; None for none.
        wrapped: whether long lines are wrapped.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.DOCUMENT]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "document--text",
        "document--aside",
        "document--gutter",
        "document--mark",
        *(f"document--{layer}" for layer in LAYERS),
    }

    class Moved(Message):
        """Another match is the current one, or others are marked."""

    def __init__(self, *, wrapped: bool = True) -> None:
        super().__init__(id="document")
        self.document: Document | None = None
        self.matches: tuple[Span, ...] = ()
        self.current: int | None = None
        self.wrapped = wrapped
        self._sentence: Span | None = None
        self._focus: Span | None = None
        self._headings: Sequence[Span] = ()
        self._rows = Rows("")
        self._first = 1
        # The character to keep in sight, and where that had the view scroll to; once the reader
        # scrolls, the first row is kept instead.
        self._anchor = 0
        self._revealed = 0

    @property
    def allow_select(self) -> bool:
        """Always: a reader may copy from the document."""
        return True

    def show(
        self,
        document: Document,
        sentence: Span | None = None,
        matches: Sequence[Span] = (),
        focus: Span | None = None,
        *,
        rows: Rows | None = None,
        first: int = 1,
    ) -> None:
        """Show a document, or another sentence of the same.

        Args:
            document: the document.
            sentence: the sentence that answers: characters of its text.
            matches: the words that match: likewise; sorted, disjoint.
            focus: what in the sentence looks like the answer: likewise.
            rows: its text, set in `text_layout`; set here unless given.
            first: the number of its first line.
        """
        if document is not self.document:
            self.document = document
            self._headings = _headings(document)
            self._rows = rows or Rows("")
            self._first = first
            self.screen.clear_selection()
        self._sentence = sentence
        self._focus = focus
        self._set()
        self._reveal(sentence.start if sentence else 0)
        self.mark(matches)

    def mark(self, matches: Sequence[Span], *, go: bool = False) -> None:
        """Mark other matches.

        Args:
            matches: characters of the text, sorted and disjoint.
            go: whether to go to the first from here on, as while finding; else the first in the
                sentence is the current one.
        """
        self.matches = tuple(matches)
        start, end = self._sentence or (0, 0)
        within = Span(self._anchor, len(self._rows.text)) if go else Span(start, end)
        near = overlapping(self.matches, within)
        self.current = self.matches.index(near[0]) if near else None
        if go and self.matches:
            self.current = self.current or 0
            self._reveal(self.matches[self.current].start)
        self.refresh()
        self.post_message(self.Moved())

    def move(self, step: int) -> None:
        """Go to the next match, or the one before; after the last comes the first."""
        if not self.matches:
            return
        if self.current is None:
            self.current = -1 if step > 0 else 0
        self.current = (self.current + step) % len(self.matches)
        self._reveal(self.matches[self.current].start)
        self.refresh()
        self.post_message(self.Moved())

    def wrap(self, *, wrapped: bool) -> None:
        """Wrap long lines, or not; the place is kept."""
        self.wrapped = wrapped
        self.on_resize()

    def on_resize(self) -> None:
        """Set the text anew in the new width, the place kept."""
        top = self.scroll_offset.y
        moved = top != self._revealed and len(self._rows) > top
        first = self._rows[top].span.start if moved else self._anchor
        self._set()
        if moved:
            self._scroll(self._rows.find(first))
        else:
            self._reveal(first)
        # The title is cut to the width, which is nothing while another pane has all the room.
        self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """Draw one row of what is seen."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if self.document is None or number >= len(self._rows):
            return Strip.blank(width, self._style("text"))
        row = self._rows[number]
        body = Strip(self._segments(row, number))
        left = self.scroll_offset.x
        body = body.crop_extend(left, left + width - self._gutter, self._style("text"))
        return Strip.join([self._margin(row), body])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text, as the document has it."""
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
        """How the text is set."""
        return TextLayout(self.scrollable_content_region.width, self.wrapped)

    @property
    def _gutter(self) -> int:
        return gutter_width(self._first + self._rows.lines - 1)

    def _offset(self, number: int, column: int) -> int:
        """The character of the text that stands at a character of a row; past its end, the end."""
        row = self._rows[max(0, min(number, len(self._rows) - 1))]
        origins = displayed(row.span.slice(self._rows.text))[1]
        if 0 <= column < len(origins):
            return row.span.start + origins[column]
        return row.span.end

    def _margin(self, row: Row) -> Strip:
        answers = self._sentence is not None and bool(overlapping([self._sentence], row.span))
        line = self._first + row.line - 1 if row.first else ""
        number = f"{line:>{self._gutter - 2}} "
        return Strip(
            [
                Segment(MARK if answers else " ", self._style("mark")),
                Segment(number, self._style("gutter")),
            ]
        )

    def _segments(self, row: Row, number: int) -> Iterator[Segment]:
        """Yield the text of a row, each part in its style, with what selecting needs to know."""
        column = place = 0
        plain = self._style("aside" if self._sentence else "text")
        for span, layers in runs(row.span, self._layers(row, number)):
            text, _ = displayed(span.slice(self._rows.text), column)
            style = plain
            for layer in layers:
                style += self._layer_style(layer)
            segment = Segment(text, style + Style.from_meta({"offset": (place, number)}))
            yield segment
            place += len(text)
            column += segment.cell_length

    def _layers(self, row: Row, number: int) -> list[Sequence[Span]]:
        current = [] if self.current is None else [self.matches[self.current]]
        sentence = [self._sentence] if self._sentence else []
        focus = [self._focus] if self._focus else []
        selected = self._selected(row, number)
        return [self._headings, sentence, focus, self.matches, current, selected]

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

    def _set(self) -> None:
        """Set the document in rows, unless it is already set so."""
        if self.document is None:
            return
        text, layout = self.document.text, self.text_layout
        limit = layout.limit(self._first + text.count("\n"))
        if limit != self._rows.limit or self._rows.text is not text:
            self._rows = Rows(text, limit)
        across = layout.across
        wide = across if self.wrapped else max(across, self._rows.width + self._gutter)
        self.virtual_size = Size(wide, len(self._rows))
        self.refresh()

    def _reveal(self, offset: int) -> None:
        """Scroll so that a character stands at a third of the height."""
        height = self.scrollable_content_region.height
        self._anchor = offset
        self._scroll(self._rows.find(offset) - height // ROOM_ABOVE)
        self._revealed = self.scroll_offset.y

    def _scroll(self, top: int) -> None:
        self.scroll_to(0, max(0, top), animate=False, immediate=True, force=True)


def _headings(document: Document) -> tuple[Span, ...]:
    """The title, if the text begins with it, and the headings."""
    spans = [block.span for block in document.blocks if block.kind is Kind.HEADING]
    title = document.title
    start = document.text.find(title, 0, 2 * len(title) + 10)
    if start >= 0 and not overlapping(spans, Span(start, start + len(title))):
        spans.insert(0, Span(start, start + len(title)))
    return tuple(spans)
