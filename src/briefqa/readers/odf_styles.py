"""Styles of OpenDocument files: what paragraphs are, how lists are numbered (ODF 1.3, part 3)."""

from __future__ import annotations

import re

from briefqa.readers.blocks import written_number
from briefqa.readers.package import XmlEvent
from briefqa.records import Record

__all__ = ["ListLevel", "OdfStyles", "whole_number"]

ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")
"""A character of a style's name that may not stand in XML names."""
DEPTH_LIMIT = 50
"""The maximum length of a chain of styles that are based on each other."""
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LEVELS = 10
"""Levels of a list."""


class ListLevel(Record):
    """How a level of a list is numbered.

    Attributes:
        form: of its numbers; empty if none is shown.
        prefix: what stands before them.
        suffix: what stands after them.
        start: the first of them.
        display: how many levels are shown, with a point between.
    """

    form: str
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    display: int = 1

    def marker(self, counts: list[int]) -> str:
        """Return what stands before an item.

        Args:
            counts: its number, after those of the levels above it.
        """
        if not self.form:
            return ""
        form = FORMS.get(self.form, "decimal")
        numbers = [written_number(count, form) for count in counts[-self.display :]]
        return f"{self.prefix}{'.'.join(numbers)}{self.suffix}".strip() + " "


class _Named(Record):
    """A style as the file has it: the names it is known by, and whether its text is bold."""

    parent: str
    bold: bool


class OdfStyles:
    """Gathers styles from the parts of a document that define them."""

    def __init__(self) -> None:
        self._styles: dict[str, _Named] = {}
        self._lists: dict[str, dict[int, ListLevel | None]] = {}
        self._headings: dict[int, ListLevel | None] = {}
        self._style = ""
        self._levels: dict[int, ListLevel | None] = {}

    def take(self, event: XmlEvent) -> None:
        """Take the next tag of such a part."""
        if not event.opens:
            return
        attributes = event.attributes
        match event.name:
            case "style":
                self._style = attributes.get("name", "")
                self._styles[self._style] = _Named(attributes.get("parent-style-name", ""), False)
            case "text-properties" if attributes.get("font-weight") in ("bold", "700", "800"):
                if self._style in self._styles:
                    self._styles[self._style] = self._styles[self._style]._replace(bold=True)
            case "list-style":
                self._levels = self._lists.setdefault(attributes.get("name", ""), {})
            case "outline-style":
                self._levels = self._headings
            case "list-level-style-bullet":
                self._levels[whole_number(attributes.get("level"), 1)] = None
            case "list-level-style-number" | "outline-level-style":
                self._levels[whole_number(attributes.get("level"), 1)] = ListLevel(
                    attributes.get("num-format", ""),
                    attributes.get("num-prefix", "")[:20],
                    attributes.get("num-suffix", "")[:20],
                    whole_number(attributes.get("start-value"), 1),
                    max(1, whole_number(attributes.get("display-levels"), 1)),
                )

    def names(self, style: str) -> list[str]:
        """Return the names of a style and of those it is based on, in small letters."""
        names: list[str] = []
        while style and len(names) < DEPTH_LIMIT:
            names.append(ESCAPED.sub(lambda found: chr(int(found[1], 16)), style).lower())
            style = self._styles[style].parent if style in self._styles else ""
        return names

    def is_bold(self, style: str) -> bool:
        """Whether the text of a style is bold."""
        for _ in range(DEPTH_LIMIT):
            named = self._styles.get(style)
            if named is None or named.bold:
                return named is not None
            style = named.parent
        return False

    def list_level(self, style: str, level: int) -> ListLevel | None:
        """Return how a level of a list is numbered, from 1; None if it has bullets.

        A level that the style does not define is as the first.
        """
        levels = self._lists.get(style, {})
        return levels[level] if level in levels else levels.get(1)

    def heading_level(self, level: int) -> ListLevel | None:
        """Return how headings of a level are numbered, from 1; None if they are not."""
        return self._headings.get(level)


def whole_number(value: str | None, default: int) -> int:
    """Return a whole number of four digits at most; the default if it is none."""
    return (
        int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else default
    )
