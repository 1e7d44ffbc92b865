"""The view of a document: which part of which one is shown, and moving in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message

from briefqa.spans import Span
from briefqa.tui import keys
from briefqa.tui.document_rows import DocumentRows
from briefqa.tui.document_search import Matches
from briefqa.tui.large_files import AnyDocument
from briefqa.tui.long_text import AnyText
from briefqa.tui.outline import Outline
from briefqa.tui.text_rows import (
    SHORT_TEXT,
    STRIP_WIDTH,
    TextLayout,
    WrappedText,
    display_text,
)

__all__ = ["DocumentView"]

REVEAL_AT = 3
"""A character that is scrolled to is shown at this fraction of the height."""


class DocumentView(DocumentRows, can_focus=True):
    """A document that is read by scrolling, and by going to places and matches."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.DOCUMENT]

    class Moved(Message):
        """The current match or the matches have changed."""

    class RowsNeeded(Message):
        """A long text is to be wrapped, which takes too long to do here."""

        def __init__(self, text: AnyText, layout: TextLayout) -> None:
            super().__init__()
            self.text = text
            self.layout = layout

    def __init__(self, *, wrapped: bool = True) -> None:
        super().__init__(wrapped=wrapped)
        # The character to keep in view, and the offset that it was scrolled to. Once the user
        # scrolls, the first visible row is kept in view instead.
        self._anchor = 0
        self._anchor_offset = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys that scroll to a side where nothing is."""
        if (action == "scroll_left" and not self.scroll_x) or (
            action == "scroll_right" and not self.max_scroll_x
        ):
            return None
        return super().check_action(action, parameters)

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
        self._sentence, self._focus = sentence, focus
        kept = None if self.current is None else self.matches.spans[self.current].start
        replace = partial(self._replace, document, rows, outline, first_line)
        if shift is None:
            self._shows_current = False
            replace()
            self._reveal(sentence.start if sentence else 0)
            self.highlight(Matches(matches))
        else:
            self._keep_place(replace, shift)
            self.highlight(Matches(matches), near=None if kept is None else kept + shift)

    def _replace(
        self,
        document: AnyDocument,
        rows: WrappedText | None,
        outline: Outline | None,
        first_line: int,
    ) -> None:
        if self.document is None or document.text != self.document.text:
            self._rows = rows or WrappedText("")
            self.screen.clear_selection()
        self.document = document
        if self.outline.document is not document:
            self.outline = outline or Outline(document)
        self._first_line = first_line
        self._target = None
        self._wrap_text()

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

    def action_half_page(self, step: int) -> None:
        """Scroll by half the rows in view, down or up."""
        x, y = self.scroll_offset
        self._scroll(y + step * self.scrollable_content_region.height // 2, x)

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
        row = self._rows.find(offset)
        self._scroll(row - height // REVEAL_AT, self._left_of(row, offset))
        self._anchor_offset = self.scroll_offset.y

    def _left_of(self, row: int, offset: int) -> int:
        """Return the first column to show so that a character of a row is in view."""
        room = self.scrollable_content_region.width - STRIP_WIDTH - self._gutter_width
        before = Span(self._rows[row].span.start, offset)
        column = cell_len(display_text(self._rows.text_of(before)).text)
        return column - room // 2 if column >= room and not self.wrapped else 0

    def _scroll(self, top: int, left: int = 0) -> None:
        self.scroll_to(left, max(0, top), animate=False, immediate=True, force=True)
