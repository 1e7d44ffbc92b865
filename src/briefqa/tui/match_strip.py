"""Where the matches are in a whole document, as a column of cells, without Textual."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from briefqa.spans import Span
from briefqa.tui.text_rows import WrappedText

__all__ = ["STRIP_MARK", "STRIP_WIDTH", "strip_cells"]

STRIP_MARK = "━"
STRIP_WIDTH = 1
"""Cells of the column."""


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
