"""The cells of rows of plain text, by the bars, tabs or room between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefqa.spans import Span

__all__ = ["BARS", "cut_rows", "names_figures"]

BARS = ("|", "\t")
"""What separates columns besides blanks."""
GAP = 2
"""The minimum number of blanks between columns."""
BLANKS = re.compile(rf" {{{GAP},}}")
TABLE_ROWS = 3
"""The minimum number of rows of a table without a rule or bars."""
WIDTH_LIMIT = 400
"""The maximum length of a table's rows in characters."""
DIGIT = re.compile(r"\d")


def cut_rows(rows: Sequence[str], *, ruled: bool) -> list[list[str]]:
    """Return the cells of the rows of a table; none where neighbouring lines are no table.

    Args:
        rows: the lines, with the blanks by which they are moved in further than others.
        ruled: whether rules stand between them; only then may some but the first be moved in.
    """
    return _cut_at_bars(rows) or _cut_at_gaps(rows, ruled=ruled)


def _cut_at_bars(rows: Sequence[str]) -> list[list[str]]:
    """Return the cells of rows that bars or tabs separate; none if the counts differ."""
    if len(rows) < 2:
        return []
    for mark in BARS:
        if mark not in rows[0]:
            continue
        inner = [row.strip().strip("|") for row in rows]
        counts = {row.count(mark) for row in inner}
        if len(counts) == 1 and 0 not in counts:
            return [[cell.strip() for cell in row.split(mark)] for row in inner]
    return []


def _cut_at_gaps(rows: Sequence[str], *, ruled: bool) -> list[list[str]]:
    """Return the cells of rows whose columns stand beneath one another; none where none do."""
    if len(rows) < (2 if ruled else TABLE_ROWS):
        return []
    if not ruled and any(row[0] == " " for row in rows[1:]):
        return []
    width = max(map(len, rows))
    if width > WIDTH_LIMIT:
        return []
    starts = [gap.end for gap in _common_gaps(rows) if gap.start > 0 and gap.end < width]
    ends = [*starts[1:], width]
    filled = [start for start, end in zip(starts, ends, strict=False) if _align(rows, start, end)]
    if not filled:
        return []
    bounds = list(zip([0, *filled], [*filled, width], strict=True))
    return [[row[start:end].strip() for start, end in bounds] for row in rows]


def _align(rows: Sequence[str], start: int, end: int) -> bool:
    """Whether most rows have a cell that starts in the same place, or a figure that ends there."""
    cells = [row[start:end] for row in rows]
    left = sum(bool(cell[:1].strip()) for cell in cells)
    right = Counter(len(cell.rstrip()) for cell in cells if DIGIT.search(cell))
    return 2 * max(left, *right.values(), 0) >= len(rows)


def _common_gaps(rows: Sequence[str]) -> list[Span]:
    """Return where all rows are blank, `GAP` columns wide at the least."""
    common = [Span(0, WIDTH_LIMIT)]
    for row in rows:
        gaps = [Span(*gap.span()) for gap in BLANKS.finditer(row)]
        gaps.append(Span(len(row), WIDTH_LIMIT))
        common = _overlaps(common, gaps)
        if not common:
            break
    return common


def _overlaps(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return where the spans of two lists overlap by `GAP`; each list is in order and disjoint."""
    both, one, other = [], 0, 0
    while one < len(first) and other < len(second):
        left, right = first[one], second[other]
        start, end = max(left.start, right.start), min(left.end, right.end)
        if end - start >= GAP:
            both.append(Span(start, end))
        if left.end <= right.end:
            one += 1
        else:
            other += 1
    return both


def names_figures(cells: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row of a table names its columns.

    It does where it holds no digit, but the others do in some column. The first need not have a
    name.

    Args:
        cells: those of each row.
    """
    first, *others = cells
    return (
        len(others) > 1
        and all(first[1:])
        and not DIGIT.search("".join(first))
        and any(all(map(DIGIT.search, column)) for column in zip(*others, strict=False))
    )
