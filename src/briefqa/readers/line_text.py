"""Texts whose lines are those of the file, for formats that people write in an editor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.readers.builder import compose
from briefqa.records import Record
from briefqa.spans import Span, trim

__all__ = ["Indents", "LineText", "without_marks"]


BEFORE = frozenset("-({[<'\"“‘|:;,/*_+~=`#")
"""What may stand before the mark that opens emphasis, beside white space."""
AFTER = frozenset("-.,;:!?'\"”’)}]>[|(/*_+~=`#\\")
"""What may stand after the mark that closes it."""


def without_marks(text: str, marks: re.Pattern[str]) -> str:
    """Return a text without the marks of emphasis around its words.

    Args:
        text: the text.
        marks: matches a mark, which opens and closes emphasis.
    """
    opened: dict[str, re.Match[str]] = {}
    dropped: list[re.Match[str]] = []
    for mark in marks.finditer(text):
        before = text[max(0, mark.start() - 1) : mark.start()]
        after = text[mark.end() : mark.end() + 1]
        opens = (not before or before.isspace() or before in BEFORE) and not after.isspace()
        closes = (not after or after.isspace() or after in AFTER) and not before.isspace()
        if closes and mark[0] in opened:
            dropped += [opened.pop(mark[0]), mark]
        elif opens and after:
            opened[mark[0]] = mark
    pieces = []
    end = 0
    for mark in sorted(dropped, key=re.Match.start):
        pieces.append(text[end : mark.start()])
        end = mark.end()
    return "".join([*pieces, text[end:]])


class _Placed(Record):
    """A block by its lines, from `first` to before `end`, counted from 0."""

    first: int
    end: int
    kind: Kind
    level: int | None
    header: str | None


class LineText:
    """The lines of a file as they are shown, and the blocks that they make up.

    Lines that are all mark-up are blank.

    Args:
        count: the number of lines.
    """

    def __init__(self, count: int) -> None:
        self._lines = [""] * count
        self._placed: list[_Placed] = []

    def put(
        self,
        first: int,
        lines: Sequence[str],
        kind: Kind,
        level: int | None = None,
        header: str | None = None,
    ) -> None:
        """Put a block on its lines, which no other block stands on; an empty one has none.

        Args:
            first: its first line, from 0.
            lines: the text of each; those beyond the last line of the file are left out.
            kind: its part in the document.
            level: how deep it stands, from 1; see `Block`.
            header: of a row, the text of the row that names the columns.
        """
        if any(map(str.strip, lines)):
            end = min(first + len(lines), len(self._lines))
            self._lines[first:end] = lines[: end - first]
            self._placed.append(_Placed(first, end, kind, level, header))

    def reading(self, title: str | None) -> Reading:
        """Return what was put; see `compose`.

        Args:
            title: the title the document gives itself.
        """
        part = self.part()
        return compose(part.text, title, part.blocks)

    def part(self) -> Reading:
        """Return what was put as a part of a document, which has no title of its own."""
        text = "\n".join(self._lines)
        starts = [0]
        for line in self._lines:
            starts.append(starts[-1] + len(line) + 1)
        blocks = []
        for each in self._placed:
            span = trim(text, Span(starts[each.first], starts[each.end] - 1))
            if span.length:
                blocks.append(Block(span, each.kind, level=each.level, header=each.header))
        return Reading(text, None, tuple(blocks))


class Indents:
    """The lists that are open, told by how far their items are indented."""

    def __init__(self) -> None:
        self._indents: list[int] = []

    def enter(self, indent: int) -> int:
        """Take an item, and return its level, from 1.

        Args:
            indent: characters before its mark.
        """
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return len(self._indents)

    @property
    def level(self) -> int | None:
        """The level of the innermost list, from 1; None outside of lists."""
        return len(self._indents) or None

    def leave(self) -> None:
        """End all lists."""
        self._indents.clear()
