"""What of a folder is wanted."""

from __future__ import annotations

from briefqa.records import Record

__all__ = ["ALL", "Selection"]


class Selection(Record):
    """What of a folder is wanted; a file that is named itself always is.

    Attributes:
        include: patterns as in a `.gitignore`, from the folder; where there are any, only what
            they match is read, or is in what they match.
        exclude: patterns of what is not read.
        ignoring: whether `.gitignore` and `.briefqaignore` are heeded.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignoring: bool = True


ALL = Selection()
"""What is read unless told otherwise."""
