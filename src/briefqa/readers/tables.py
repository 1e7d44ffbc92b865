"""Tables: the rows of spreadsheets, which of them names the columns, and tables drawn in text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers import current_budget
from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "GRID",
    "SIMPLE",
    "DrawnRow",
    "SheetRow",
    "grid_rows",
    "is_number",
    "names_columns",
    "read_sheet",
    "simple_rows",
]

NUMBER = re.compile(
    r"[-+\u2212–(~<>≈]*+[^\W\d_]{0,3}[$€£¥]?\s?\d[\d.,:/\s'’-]*+\s?[^\W\d_]{0,3}[%$€£¥°).]*+"
)
"""A figure, date or time, with what stands beside it, such as `$ 1,200` and `12 kg`."""
NAME_LIMIT = 80
"""The maximum length of a column's name in characters."""

SAMPLE = 20
"""Rows that are compared to decide whether the first names the columns."""
CLEAR = 3
"""As many cells of words in a first row surely name columns; fewer may be a name and a value."""
TITLE_DISTANCE = 3
"""Rows from a cell alone to the table that it may be the title of."""
TITLE_LIMIT = 120
"""Characters; a longer text above a table is a paragraph."""

GRID = re.compile(r"[ \t]*+\+(?:[-=]++\+)++[ \t]*+")
"""A rule of a table that is drawn with lines."""
SIMPLE = re.compile(r"[ \t]*+=++(?:[ ]++=++)++[ \t]*+")
"""A rule of a table whose columns stand apart."""
UNDERLINE = re.compile(r"[ \t]*+-++(?:[ ]++-++)*+[ \t]*+")


def is_number(cell: str) -> bool:
    """Whether a cell holds a figure, a date or the like."""
    return NUMBER.fullmatch(cell.strip()) is not None


def names_columns(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the cells of a row surely name columns: some of those beneath hold figures alone.

    Args:
        row: the cells of the first row.
        below: some rows under it.
    """
    if len(below) < 2 or not _could_be_names(row):
        return False
    columns = zip_longest(*below, fillvalue="")
    return any(all(map(is_number, column)) for _, column in zip(row, columns, strict=False))


def _could_be_names(row: Sequence[str]) -> bool:
    return all(cell.strip() and len(cell) <= NAME_LIMIT and not is_number(cell) for cell in row)


class SheetRow(Record):
    """A row of a sheet.

    Attributes:
        number: its number, from 1.
        cells: the text of each cell that holds something, on one line, by the number of its column.
    """

    number: int
    cells: Mapping[int, str]


def read_sheet(
    name: str,
    rows: Iterable[SheetRow],
    headers: Collection[int] = (),
    *,
    is_headed: bool = False,
) -> Reading:
    """Read a sheet.

    Neighbouring rows are a table; all rows are one where the first is the header. Columns are
    named by the row that the document calls a header, else by the first row if that looks like
    one. A cell alone above a table is its heading.

    Args:
        name: the document's path, for error messages.
        rows: those that hold something, in the order of their numbers.
        headers: the numbers of rows that the document calls headers.
        is_headed: whether the first row names the columns unless it holds a figure.

    Raises:
        DocumentError: the text is larger than the budget.
    """
    writer = _SheetWriter(name)
    for table in [list(rows)] if is_headed else _tables(rows):
        _write_table(writer, table, headers, is_headed=is_headed)
    return Reading("".join(writer.pieces) + "\n", None, tuple(writer.blocks))


def _tables(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    """Group the rows between which no other is; cells alone belong to a table close beneath."""
    table: list[SheetRow] = []
    is_title = True
    for row in rows:
        distance = row.number - table[-1].number if table else 1
        if distance > (TITLE_DISTANCE if is_title else 1):
            yield table
            table, is_title = [], True
        table.append(row)
        is_title = is_title and len(row.cells) == 1
    if table:
        yield table


def _write_table(
    writer: _SheetWriter, table: list[SheetRow], headers: Collection[int], *, is_headed: bool
) -> None:
    wide = [row for row in table if len(row.cells) > 1]
    names = {row.number for row in wide if row.number in headers}
    alone = not wide or wide[0] is table[-1]
    if not names and not alone and _has_names(wide, is_headed=is_headed):
        names = {wide[0].number}
    columns = sorted({column for row in table for column in row.cells})
    header: str | None = None
    for row in table:
        cells = _filled(row, columns) if header or len(row.cells) > 1 else row.cells.values()
        text = " ".join(CELL_SEPARATOR.join(cells).split())
        if row.number in names:
            header = text
            writer.put(row.number, text, Kind.HEADER)
        elif header or len(row.cells) > 1:
            writer.put(row.number, text, Kind.ROW, header)
        else:
            above = bool(wide) and row.number < wide[0].number and len(text) <= TITLE_LIMIT
            writer.put(row.number, text, Kind.HEADING if above else Kind.ROW)


def _filled(row: SheetRow, columns: Sequence[int]) -> list[str]:
    """Return the text of a row in each column up to its last."""
    # A table may have more columns than most of its rows have cells.
    filled = columns[: bisect_right(columns, max(row.cells, default=0))]
    return [row.cells.get(column, "") for column in filled]


def _has_names(wide: Sequence[SheetRow], *, is_headed: bool) -> bool:
    """Whether the first row of several cells names the columns."""
    cells = list(wide[0].cells.values())
    if any(map(is_number, cells)):
        return False
    if (is_headed or len(cells) >= CLEAR) and len({*cells}) == len(cells):
        return True
    below = [[row.cells.get(column, "") for column in wide[0].cells] for row in wide[1:SAMPLE]]
    return names_columns(cells, below)


class _SheetWriter:
    """Writes rows, each on the line of its number.

    Args:
        name: the document's path, for error messages.

    Attributes:
        pieces: of the text so far.
        blocks: the blocks so far.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._budget = current_budget()
        self._line = 1
        self._length = 0
        self.pieces: list[str] = []
        self.blocks: list[Block] = []

    def put(self, number: int, text: str, kind: Kind, header: str | None = None) -> None:
        """Write a row on its line; one without text is none."""
        if not text:
            return
        feeds = "\n" * (number - self._line)
        self._budget.spend(self._name, len(feeds) + len(text))
        self.pieces += [feeds, text]
        start = self._length + len(feeds)
        self._line, self._length = number, start + len(text)
        level = 1 if kind is Kind.HEADING else None
        self.blocks.append(Block(Span(start, self._length), kind, level=level, header=header))


class DrawnRow(Record):
    """A row of a table of reStructuredText, drawn with lines or with columns of text.

    Attributes:
        line: the line of the table on which it begins, from 0.
        text: its cells.
        is_header: whether it names the columns.
    """

    line: int
    text: str
    is_header: bool


def grid_rows(lines: Sequence[str]) -> Iterator[DrawnRow]:
    """Yield the rows of a table that is drawn with lines.

    Args:
        lines: those of the table, with its rules.
    """
    rules = [number for number, line in enumerate(lines) if GRID.fullmatch(line)]
    head = next((number for number in rules[1:] if "=" in lines[number]), 0)
    for start, end in pairwise(rules):
        parts = [line.strip().strip("|").split("|") for line in lines[start + 1 : end]]
        columns = zip_longest(*parts, fillvalue="")
        cells = [" ".join(" ".join(column).split()) for column in columns]
        if any(cells):
            yield DrawnRow(start + 1, CELL_SEPARATOR.join(cells), start < head)


def simple_rows(lines: Sequence[str]) -> Iterator[DrawnRow]:
    """Yield the rows of a table whose columns stand apart.

    Args:
        lines: those of the table, the first and the last of which are rules.
    """
    rules = [number for number, line in enumerate(lines) if SIMPLE.fullmatch(line)]
    head = rules[1] if len(rules) > 2 else 0
    starts = [span.start() for span in re.finditer(r"=++", lines[0])]
    pending: list[list[str]] = []
    first = 0
    for number, line in enumerate([*lines[1:], lines[0]], 1):
        rule = SIMPLE.fullmatch(line) or UNDERLINE.fullmatch(line) or not line.strip()
        cells = [] if rule else _sliced(line, starts)
        if pending and (rule or cells[0]):
            columns = (" ".join(" ".join(column).split()) for column in zip(*pending, strict=True))
            yield DrawnRow(first, CELL_SEPARATOR.join(columns), first < head)
            pending = []
        if cells:
            first = first if pending else number
            pending.append(cells)


def _sliced(line: str, starts: Sequence[int]) -> list[str]:
    """Return the text of each column; that of the last goes on to the end of the line."""
    ends = [*starts[1:], len(line)]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
