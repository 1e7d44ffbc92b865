"""The document, drawn as far as it is seen."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from briefqa.documents import Document
from briefqa.readers import Kind
from briefqa.spans import Span
from briefqa.tui.marks import overlapping, runs
from briefqa.tui.wrapping import Row, Rows, displayed

__all__ = ["DocumentView"]

MARK = "▐"
LAYERS = ("heading", "sentence", "match", "current", "selection")
"""What may cover characters, each drawn over those before it."""


class DocumentView(ScrollView, can_focus=True):
    """One document with its marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", id="document.down", show=False),
        Binding("up,k", "scroll_up", "Up", id="document.up", show=False),
        Binding("g,home", "scroll_home", "Beginning", id="document.top", show=False),
        Binding("G,end", "scroll_end", "End", id="document.bottom", show=False),
        Binding("pagedown,space", "page_down", "Page down", id="document.pagedown", show=False),
        Binding("pageup", "page_up", "Page up", id="document.pageup", show=False),
        Binding("n", "match(1)", "Next match", id="document.next"),
        Binding("N", "match(-1)", "Previous match", id="document.previous", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "document--text",
        "document--aside",
        "document--gutter",
        "document--mark",
        *(f"document--{layer}" for layer in LAYERS[:-1]),
    }

    class Moved(Message):
        """Another match is the current one, or another document is shown."""

    def __init__(self) -> None:
        super().__init__(id="document")
        self.document: Document | None = None
        self.matches: tuple[Span, ...] = ()
        self.current: int | None = None
        self.wrapped = True
        self._sentence: Span | None = None
        self._headings: Sequence[Span] = ()
        self._rows = Rows("")
        self._anchor: int | None = None
        self._set_for: tuple[int | None, Document | None] = (None, None)

    @property
    def allow_select(self) -> bool:
        """Always: a reader may copy from the document."""
        return True

    def show(
        self, document: Document, sentence: Span | None = None, matches: Sequence[Span] = ()
    ) -> None:
        """Show a document.

        Args:
            document: the document.
            sentence: the sentence that answers: characters of its text.
            matches: the words that match: likewise; sorted, disjoint.
        """
        if document is not self.document:
            self.document = document
            self._headings = _headings(document)
        self._sentence = sentence
        self._anchor = sentence.start if sentence else 0
        self._set()
        self.mark(matches)
        self._reveal(self._anchor)

    def mark(self, matches: Sequence[Span]) -> None:
        """Mark other matches, the first within the sentence as the current one."""
        self.matches = tuple(matches)
        self.current = None
        if self._sentence and (near := overlapping(self.matches, self._sentence)):
            self.current = self.matches.index(near[0])
        self.refresh()
        self.post_message(self.Moved())

    def action_match(self, step: int) -> None:
        """Go to the next match, or the one before; after the last comes the first."""
        if not self.matches:
            return
        if self.current is None:
            self.current = -1 if step > 0 else 0
        self.current = (self.current + step) % len(self.matches)
        self._anchor = self.matches[self.current].start
        self._reveal(self._anchor)
        self.refresh()
        self.post_message(self.Moved())

    def toggle_wrap(self) -> None:
        """Wrap long lines, or no longer; the place is kept."""
        self.wrapped = not self.wrapped
        self.on_resize()

    def on_resize(self) -> None:
        """Set the text anew in the new width, the place kept."""
        self._set()
        if self._anchor is not None:
            self._reveal(self._anchor)

    def render_line(self, y: int) -> Strip:
        """Draw one row of what is seen."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if self.document is None or number >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[number]
        body = Strip(self._segments(row, number))
        left = self.scroll_offset.x
        body = body.crop_extend(left, left + width - self._gutter, self.rich_style)
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
    def _gutter(self) -> int:
        """Cells left of the text: the mark, the number of the line, a space."""
        return len(str(self._rows.lines)) + 2

    def _offset(self, number: int, column: int) -> int:
        """The character of the text that stands at a character of a row."""
        row = self._rows[max(0, min(number, len(self._rows) - 1))]
        origins = displayed(row.span.slice(self._rows.text))[1]
        if 0 <= column < len(origins):
            return row.span.start + origins[column]
        return row.span.end

    def _margin(self, row: Row) -> Strip:
        answers = self._sentence is not None and (
            row.span.start < self._sentence.end and row.span.end > self._sentence.start
        )
        number = f"{row.line if row.first else '':>{self._gutter - 2}} "
        return Strip(
            [
                Segment(MARK if answers else " ", self._style("mark")),
                Segment(number, self._style("gutter")),
            ]
        )

    def _segments(self, row: Row, number: int) -> list[Segment]:
        """The text of a row, each part in its style, with what selecting needs to know."""
        segments = []
        column = place = 0
        for span, layers in runs(row.span, self._layers(row, number)):
            text, _ = displayed(span.slice(self._rows.text), column)
            style = self._style("aside" if self._sentence else "text")
            for layer in layers:
                style += self._style(LAYERS[layer])
            segments.append(Segment(text, style + Style.from_meta({"offset": (place, number)})))
            place += len(text)
            column += Segment(text).cell_length
        return segments

    def _layers(self, row: Row, number: int) -> list[Sequence[Span]]:
        current = [] if self.current is None else [self.matches[self.current]]
        sentence = [self._sentence] if self._sentence else []
        return [self._headings, sentence, self.matches, current, self._selected(row, number)]

    def _selected(self, row: Row, number: int) -> list[Span]:
        selection = self.text_selection
        columns = selection.get_span(number) if selection else None
        if columns is None:
            return []
        start, end = (self._offset(number, column) for column in columns)
        return [Span(start, max(start, end))]

    def _style(self, name: str) -> Style:
        if name == "selection":
            return self.screen.get_component_rich_style("screen--selection")
        return self.get_component_rich_style(f"document--{name}", partial=True)

    def _set(self) -> None:
        """Set the document in rows, unless it is already set so."""
        if self.document is None:
            return
        room = self.scrollable_content_region.width - len(str(self.document.text.count("\n"))) - 3
        width = max(1, room) if self.wrapped else None
        if (width, self.document) != self._set_for or self._rows.text is not self.document.text:
            self._rows = Rows(self.document.text, width)
            self._set_for = (width, self.document)
        across = self.scrollable_content_region.width
        if not self.wrapped:
            across = max(across, self._rows.width + self._gutter)
        self.virtual_size = Size(across, len(self._rows))
        self.refresh()

    def _reveal(self, offset: int) -> None:
        """Scroll so that a character stands at a third of the height."""
        row = self._rows.find(offset)
        top = max(0, row - self.scrollable_content_region.height // 3)
        self.scroll_to(0, top, animate=False, immediate=True, force=True)


def _headings(document: Document) -> tuple[Span, ...]:
    """The title, if the text begins with it, and the headings."""
    spans = [block.span for block in document.blocks if block.kind is Kind.HEADING]
    start = document.text.find(document.title, 0, 2 * len(document.title) + 10)
    if start >= 0:
        spans.insert(0, Span(start, start + len(document.title)))
    return tuple(spans)
