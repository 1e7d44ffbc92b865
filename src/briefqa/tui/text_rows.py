"""Text as rows of a width in cells, and rows as runs of one style.

A row is a span of the text. Rows are in order and disjoint; only the line feeds between lines are
in no row.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len, split_graphemes

from briefqa.records import Record
from briefqa.spans import Span, lines_of
from briefqa.text_safety import sanitise
from briefqa.tui.long_text import AnyText, TextPiece, pieces_of

__all__ = [
    "ROW_LIMIT",
    "SHORT_TEXT",
    "STRIP_MARK",
    "STRIP_WIDTH",
    "TAB_WIDTH",
    "DisplayText",
    "Row",
    "Run",
    "TextLayout",
    "WrappedText",
    "display_text",
    "graphemes",
    "gutter_width",
    "overlapping",
    "split_runs",
    "strip_cells",
]

ROW_LIMIT = 2000
"""Cells; a longer row is split even without wrapping, so that the time to draw it is bounded."""
TAB_WIDTH = 4
"""Cells between tab stops."""
TABS = re.compile(r"(\t)")
JOINER = "\N{ZERO WIDTH JOINER}"
SHORT_TEXT = 500_000
"""Characters; a text up to this length is wrapped without a noticeable delay."""
STRIP_MARK = "━"
STRIP_WIDTH = 2
"""Cells of the column, and of the gap before it."""


class Row(Record):
    """A row.

    Attributes:
        span: its characters, without the line feed.
        line: the number of its line, from 1.
        first: whether it is the first row of the line.
    """

    span: Span
    line: int
    first: bool


class WrappedText:
    """A text split into rows, which `len()` and `[]` count and return.

    Args:
        text: the text; a new line is one line feed.
        width: cells of a row; None to split only the lines that are longer than `ROW_LIMIT`.

    Attributes:
        text: the text as given.
        row_width: the width as given.
        width: cells of the widest row or a few more; white space at its end may extend further.
        lines: the number of lines.
    """

    def __init__(self, text: AnyText, width: int | None = None) -> None:
        limit = max(1, min(width or ROW_LIMIT, ROW_LIMIT))
        self.text = text
        self.row_width = width
        self.width = 0
        self.lines = 0
        # The first character of each row and the number of its line, by piece: joining these
        # arrays would take as much memory again.
        self._starts: list[array[int]] = []
        self._numbers: list[array[int]] = []
        self._rows_before = array("I")
        self._count = 0
        for piece in pieces_of(text):
            self._rows_before.append(self._count)
            self._starts.append(array("I"))
            self._numbers.append(array("I"))
            self._wrap_lines(piece, limit)
            self._count += len(self._starts[-1])

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Row:
        """Return a row by its number, from 0."""
        start, line = self._place(number)
        end = len(self.text)
        if number + 1 < len(self):
            end, next_line = self._place(number + 1)
            end -= next_line != line
        return Row(Span(start, end), line, not number or self._place(number - 1)[1] != line)

    def _place(self, number: int) -> tuple[int, int]:
        """Return the first character of a row, and the number of its line."""
        piece = bisect_right(self._rows_before, number) - 1
        row = number - self._rows_before[piece]
        return self._starts[piece][row], self._numbers[piece][row]

    def text_of(self, span: Span) -> str:
        """Return some characters of the text."""
        return self.text[span.start : span.end]

    def find(self, offset: int) -> int:
        """Return the number of the row that contains a character, or that a line feed ends."""
        piece = max(0, bisect_right(self._starts, offset, key=_first) - 1)
        return max(0, self._rows_before[piece] + bisect_right(self._starts[piece], offset) - 1)

    def line_start(self, line: int) -> int:
        """Return the first character of a line, or of the nearest that there is.

        Args:
            line: the number of the line, from 1.
        """
        piece = max(0, bisect_left(self._numbers, line + 1, key=_first) - 1)
        row = bisect_left(self._numbers[piece], line)
        return self._starts[piece][min(row, len(self._starts[piece]) - 1)]

    def _add_row(self, start: int, width: int) -> None:
        self._starts[-1].append(start)
        self._numbers[-1].append(self.lines)
        if width > self.width:
            self.width = width

    def _wrap_lines(self, piece: TextPiece, limit: int) -> None:
        simple = _is_simple(piece.text)
        # The line feed at the end of a piece begins the first line of the next one.
        end = len(piece.text) - (not piece.is_last)
        for line in lines_of(piece.text, Span(0, end)):
            self.lines += 1
            if line.length > limit or not (simple or _is_simple(line.slice(piece.text))):
                self._wrap_line(piece, line, limit)
            else:
                self._add_row(piece.start + line.start, line.length)

    def _wrap_line(self, piece: TextPiece, line: Span, limit: int) -> None:
        start = line.start
        while True:
            end, width = _first_row(piece.text, Span(start, line.end), limit)
            self._add_row(piece.start + start, width)
            if end >= line.end:
                return
            start = end


def _first(numbers: array[int]) -> int:
    return numbers[0]


class TextLayout(Record):
    """How a text is laid out in a pane, with a gutter for the numbers of lines.

    Attributes:
        width: the cells of the pane.
        wrapped: whether long lines are wrapped.
    """

    width: int
    wrapped: bool

    def row_width(self, last_line: int) -> int | None:
        """Return the cells of a row; None if lines are not wrapped.

        Args:
            last_line: the number of the last line, which determines the width of the gutter.
        """
        return max(1, self.width - gutter_width(last_line)) if self.wrapped else None

    def wrap(self, text: AnyText) -> WrappedText:
        """Wrap a text whose first line has the number 1; a long text takes seconds."""
        return WrappedText(text, self.row_width(text.count("\n") + 1))


def gutter_width(last_line: int) -> int:
    """Return the cells left of a text: the mark, the number of the line, a space."""
    return len(str(last_line)) + 2


class DisplayText(Record):
    """A text as it is displayed.

    Attributes:
        text: the text, sanitised, with spaces instead of tabs.
        origins: for each character, the index of the character of the original text.
    """

    text: str
    origins: list[int]


def display_text(text: str, column: int = 0) -> DisplayText:
    """Return how a text is displayed.

    Args:
        text: part of a row.
        column: the cell at which it begins.
    """
    safe = sanitise(text).replace("\n", " ")
    if "\t" not in safe:
        return DisplayText(safe, list(range(len(safe))))
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    for piece in TABS.split(safe):
        displayed = " " * (TAB_WIDTH - column % TAB_WIDTH) if piece == "\t" else piece
        pieces.append(displayed)
        origins.extend(
            [start] * len(displayed) if piece == "\t" else range(start, start + len(piece))
        )
        column += cell_len(displayed)
        start += len(piece)
    return DisplayText("".join(pieces), origins)


def _is_simple(text: str) -> bool:
    """Return whether each character takes one cell once it is sanitised."""
    return text.isascii() and "\t" not in text


def _first_row(text: str, rest: Span, limit: int) -> tuple[int, int]:
    """Return the end of the first row of the rest of a line, and its width in cells.

    The row ends before the first word that does not fit, unless that is its only word.
    """
    window = text[rest.start : min(rest.end, rest.start + 2 * limit)]
    if _is_simple(window):
        fitting = width = min(len(window), limit)
    else:
        fitting, width = _fit(window, limit)
    if rest.start + fitting >= rest.end:
        return rest.end, width
    space = window.rfind(" ", 0, fitting + 1)
    if space <= 0 or window[:space].isspace():
        return rest.start + fitting, width
    return rest.start + space + 1, width


def _fit(window: str, limit: int) -> tuple[int, int]:
    """Return how many characters fit, at least those of one grapheme, and their cells."""
    column = 0
    for start, cells in graphemes(sanitise(window)):
        if window[start] == "\t":
            cells = TAB_WIDTH - column % TAB_WIDTH
        if column + cells > limit and start:
            return start, column
        column += cells
    return len(window), column


def graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start of each grapheme, and its cells.

    A tab is a grapheme of its own, even next to a joiner. A joiner with nothing before it takes no
    cell, nor does the character after it, since `cell_len` measures them in this way.
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


class Run(Record):
    """Neighbouring characters with the same highlighting.

    Attributes:
        span: the characters.
        layers: the numbers of the layers that cover them, ascending.
    """

    span: Span
    layers: tuple[int, ...]


def overlapping(spans: Sequence[Span], within: Span) -> Sequence[Span]:
    """Return the spans, of some that are sorted and disjoint, that overlap another span."""
    if not spans or spans[0].start >= within.end or spans[-1].end <= within.start:
        return []
    first = bisect_left(spans, within.start, key=lambda span: span.end)
    last = bisect_left(spans, within.end, key=lambda span: span.start)
    return [span for span in spans[first:last] if span.end > within.start]


def split_runs(within: Span, layers: Sequence[Sequence[Span]]) -> Iterator[Run]:
    """Split a span where a highlight begins or ends.

    Args:
        within: the span.
        layers: the highlights, which are sorted and disjoint within a layer.

    Yields:
        The runs in order; together they cover the span.
    """
    near = [overlapping(spans, within) for spans in layers]
    edges = {edge for spans in near for span in spans for edge in span}
    cuts = sorted({*within, *(edge for edge in edges if within.start < edge < within.end)})
    for start, end in pairwise(cuts):
        covering = (
            number
            for number, spans in enumerate(near)
            if any(span.start <= start and end <= span.end for span in spans)
        )
        yield Run(Span(start, end), tuple(covering))


def strip_cells(
    rows: WrappedText, matches: Sequence[Span], sentence: Span | None, height: int
) -> list[str]:
    """Return what is in each cell of a column beside a text.

    Args:
        rows: the text.
        matches: characters of it, sorted and disjoint.
        sentence: the sentence that answers, likewise; None for none.
        height: the number of cells; each stands for the same share of the rows.

    Returns:
        `mark` for the sentence, `strip` for matches, else nothing; nothing at all if the whole
        text is in view.
    """
    count = len(rows)
    if count <= height:
        return [""] * height
    edges = [rows[-(-cell * count // height)].span.start for cell in range(height)]
    places = [bisect_left(matches, edge, key=lambda span: span.start) for edge in edges]
    cells = ["strip" if b > a else "" for a, b in pairwise([*places, len(matches)])]
    if sentence:
        cells[rows.find(sentence.start) * height // count] = "mark"
    return cells
