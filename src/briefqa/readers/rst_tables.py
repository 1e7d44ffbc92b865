"""Tables of reStructuredText, drawn with lines or with columns of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from briefqa.readers.blocks import CELL_SEPARATOR
from briefqa.records import Record

__all__ = ["GRID", "SIMPLE", "DrawnRow", "grid_rows", "simple_rows"]

GRID = re.compile(r"[ \t]*+\+(?:[-=]++\+)++[ \t]*+")
"""A rule of a table that is drawn with lines."""
SIMPLE = re.compile(r"[ \t]*+=++(?:[ ]++=++)++[ \t]*+")
"""A rule of a table whose columns stand apart."""
UNDERLINE = re.compile(r"[ \t]*+-++(?:[ ]++-++)*+[ \t]*+")


class DrawnRow(Record):
    """A row of a table.

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
