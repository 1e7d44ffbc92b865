"""Tables: which row names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

__all__ = ["is_number", "names_columns"]

NUMBER = re.compile(
    r"[-+\u2212–(~<>≈]*+[^\W\d_]{0,3}[$€£¥]?\s?\d[\d.,:/\s'’-]*+\s?[^\W\d_]{0,3}[%$€£¥°).]*+"
)
"""A figure, date or time, with what stands beside it, such as `$ 1,200` and `12 kg`."""
NAME_LIMIT = 80
"""Characters of the name of a column at the most."""


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
