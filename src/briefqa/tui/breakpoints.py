"""The classes of screens by their size, which the style sheets arrange them by."""

from __future__ import annotations

from textual.geometry import Size

__all__ = ["HEIGHTS", "WIDTHS", "size_classes"]

WIDTHS = [(0, "-narrow"), (60, "-stacked"), (100, "-wide")]
"""Classes by the least number of columns: one pane, two stacked, two side by side."""
HEIGHTS = [(0, "-short"), (18, "-tall")]
"""Classes by the least number of rows; a short screen has one pane as well."""


def size_classes(size: Size) -> tuple[str, str]:
    """Return the classes of a screen: Textual adds them only after the first frame.

    Args:
        size: columns and rows.
    """
    _, width = max(each for each in WIDTHS if size.width >= each[0])
    _, height = max(each for each in HEIGHTS if size.height >= each[0])
    return width, height
