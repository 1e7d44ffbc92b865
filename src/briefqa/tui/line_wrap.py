"""Setting a text in rows of a given width, without moving a character of it.

A row is a span of the text. Rows are in order and disjoint; only the line feeds between lines are
in none of them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

from briefqa.records import Record
from briefqa.spans import Span, lines_of
from briefqa.text_safety import sanitise

__all__ = ["LONGEST_ROW", "TAB", "Row", "Rows", "TextLayout", "displayed", "gutter_width"]

LONGEST_ROW = 2000
"""Cells of a row at the most: a longer line is broken even where lines are not wrapped, so that
drawing a row takes the same time in any document."""
TAB = 4
"""Cells from one tab stop to the next."""
TABS = re.compile(r"(\t)")
JOINER = "\N{ZERO WIDTH JOINER}"


class Row(Record):
    """One row.

    Attributes:
        span: its characters of the text, without the line feed.
        line: the line that it is part of, from 1.
        first: whether the line begins with it.
    """

    span: Span
    line: int
    first: bool


class Rows:
    """A text, set in rows.

    Args:
        text: what to set; a new line is one line feed.
        width: cells of a row; None to break no line that need not be broken.

    Attributes:
        text: the text as given.
        limit: the width as given.
        width: cells of the widest row, perhaps a few more; white space at its end may hang over.
        lines: the number of lines.
    """

    def __init__(self, text: str, width: int | None = None) -> None:
        limit = max(1, min(width or LONGEST_ROW, LONGEST_ROW))
        self.text = text
        self.limit = width
        self.width = 0
        self.lines = 0
        self._starts = array("q")
        self._numbers = array("q")
        plain = text.isascii() and "\t" not in text
        for line in lines_of(text):
            self.lines += 1
            if line.length > limit or not (plain or _is_plain(line.slice(text))):
                self._set_line(line, limit)
            else:
                self._add(line.start, line.length)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Row:
        """Return the row of a number, from 0."""
        start, line = self._starts[number], self._numbers[number]
        last = number + 1 == len(self)
        end = len(self.text) if last else self._starts[number + 1]
        if not last and self._numbers[number + 1] != line:
            end -= 1
        return Row(Span(start, end), line, not number or self._numbers[number - 1] != line)

    def find(self, offset: int) -> int:
        """Return the number of the row that holds a character of the text, or follows it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _add(self, start: int, width: int) -> None:
        self._starts.append(start)
        self._numbers.append(self.lines)
        if width > self.width:
            self.width = width

    def _set_line(self, line: Span, limit: int) -> None:
        """Break a line before the words that do not fit."""
        start = line.start
        while True:
            end, width = _fit(self.text, Span(start, line.end), limit)
            self._add(start, width)
            if end >= line.end:
                return
            start = end


class TextLayout(Record):
    """How a text is set in a pane.

    Attributes:
        across: the width of the pane, in cells.
        wrapped: whether lines are broken that do not fit.
    """

    across: int
    wrapped: bool

    def limit(self, lines: int) -> int | None:
        """Return the width of a row, in cells; None if lines are not wrapped.

        Args:
            lines: the number of the last line, which stands beside it.
        """
        return max(1, self.across - gutter_width(lines)) if self.wrapped else None

    def rows(self, text: str) -> Rows:
        """Set a text in rows; for a long text this takes seconds."""
        return Rows(text, self.limit(text.count("\n") + 1))


def gutter_width(lines: int) -> int:
    """Return the cells to the left of a text: the mark, the number of a line, a space.

    Args:
        lines: the highest number of a line.
    """
    return len(str(lines)) + 2


def displayed(text: str, column: int = 0) -> tuple[str, list[int]]:
    """Return what the terminal is to show for a text, and where its characters come from.

    Args:
        text: part of a row.
        column: the cell on which it begins.

    Returns:
        The text made safe, its tabs spaces up to the next tab stop, and for each character of that
        the index in `text` of the one it stands for.
    """
    safe = sanitise(text).replace("\n", " ")
    if "\t" not in safe:
        return safe, list(range(len(safe)))
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    for piece in TABS.split(safe):
        shown = " " * (TAB - column % TAB) if piece == "\t" else piece
        pieces.append(shown)
        origins.extend([start] * len(shown) if piece == "\t" else range(start, start + len(piece)))
        column += cell_len(shown)
        start += len(piece)
    return "".join(pieces), origins


def _is_plain(line: str) -> bool:
    """Whether each character takes one cell, once it is made safe."""
    return line.isascii() and "\t" not in line


def _fit(text: str, rest: Span, limit: int) -> tuple[int, int]:
    """Return where the first row of the rest of a line ends, and how many cells it takes."""
    window = text[rest.start : min(rest.end, rest.start + 2 * limit)]
    if _is_plain(window):
        fitting, width = min(len(window), limit), min(len(window), limit)
    else:
        fitting, width = _fitting(window, limit)
    if rest.start + fitting >= rest.end:
        return rest.end, width
    space = window.rfind(" ", 0, fitting + 1)
    if space <= 0 or window[:space].isspace():
        return rest.start + fitting, width
    return rest.start + space + 1, width


def _fitting(window: str, limit: int) -> tuple[int, int]:
    """Return how many characters fit, at least those of one grapheme, and their cells."""
    column = 0
    for start, cells in _graphemes(sanitise(window)):
        if window[start] == "\t":
            cells = TAB - column % TAB
        if column + cells > limit and start:
            return start, column
        column += cells
    return len(window), column


def _graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each grapheme begins, and its cells.

    A tab is one by itself, whatever would join it to a letter. A joiner with nothing before it
    takes no cell, nor does what follows it: that is how `cell_len` measures them in the drawing.
    """
    start = 0
    for piece in TABS.split(text):
        end = start + len(piece)
        while text.startswith(JOINER, start, end):
            yield start, 0
            start = min(start + 2, end)
        yield from (
            (start + first, cells) for first, _, cells in split_graphemes(text[start:end])[0]
        )
        start = end
