"""Texts whose lines are those of the file, for formats that people write in an editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from briefqa.readers.blocks import Block, Kind, Reading, compose, may_head
from briefqa.records import Record
from briefqa.spans import Span, trim

__all__ = ["Indents", "LineText", "bold_heading", "take_blocks", "without_marks"]


BEFORE = frozenset("-({[<'\"“‘|:;,/*_+~=`#")
"""What may stand before the mark that opens emphasis, beside white space."""
AFTER = frozenset("-.,;:!?'\"”’)}]>[|(/*_+~=`#\\")
"""What may stand after the mark that closes it."""


LINE_BREAK = r"[ \t]*+(?:\\{1,2}|\+|<br ?/?>)?[ \t]*+"
"""The marks that break a line, and blanks."""
TOPIC_MARK = re.compile(r"[-*+] ")
TOPICS = 2
"""Topics of a text at the least."""


def bold_heading(lines: Sequence[str], *marks: str) -> int:
    """Return how many lines of a paragraph stand in place of a heading.

    All of them do, or the question in bold right above its answer.

    Args:
        lines: those of the paragraph, with its marks.
        marks: what stands on both sides of bold text, such as `**`.
    """
    if not lines[0].lstrip().startswith(marks):
        return 0
    source = "\n".join(lines)
    bold = _bold_opening(marks).match(source)
    if not bold:
        return 0
    name = bold["bold"].strip("*_")
    whole = bold.end() == len(source)
    if not may_head(name) or not (whole or name.endswith("?")):
        return 0
    return len(lines) if whole else source.count("\n", 0, bold.end())


@cache
def _bold_opening(marks: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches lines in bold with which a paragraph begins."""
    bold = "|".join(
        rf"{re.escape(mark)}[^{re.escape(mark[0])}\s][^{re.escape(mark[0])}]*+{re.escape(mark)}"
        for mark in marks
    )
    return re.compile(rf"[ \t]*+(?P<bold>{bold}){LINE_BREAK}(?:\n|\Z)")


def take_blocks(count: int, take: Callable[[int], int]) -> None:
    """Take the blocks of a file, from its first line to its last.

    Args:
        count: the number of lines.
        take: takes the block that begins on a line, from 0, and returns the line after it.
    """
    number = 0
    while number < count:
        number = take(number)


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
    """A block by its lines.

    Attributes:
        first: its first line, from 0.
        end: one past its last line.
        kind: its part in the document.
        level: how deep it stands.
        header: of a row, the names of the columns.
        start: the character of its first line that it begins with.
        stop: one past its last character in its last line; the end of that unless given.
    """

    first: int
    end: int
    kind: Kind
    level: int | None
    header: str | None
    start: int = 0
    stop: int | None = None


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
        """Put a block on its lines; an empty one has none, nor one that another stands on.

        Args:
            first: its first line, from 0.
            lines: the text of each; those beyond the last line of the file are left out.
            kind: its part in the document.
            level: how deep it stands, from 1; see `Block`.
            header: of a row, the text of the row that names the columns.
        """
        free = not self._placed or first >= self._placed[-1].end
        if free and any(map(str.strip, lines)):
            end = min(first + len(lines), len(self._lines))
            self._lines[first:end] = lines[: end - first]
            self._placed.append(_Placed(first, end, kind, level, header))

    @property
    def count(self) -> int:
        """The number of blocks so far."""
        return len(self._placed)

    def put_beside(
        self,
        lines: range,
        text: Sequence[str],
        kind: Kind,
        level: int | None = None,
        header: str | None = None,
    ) -> None:
        """Put a block on its lines, beside what stands on them already.

        Args:
            lines: those on which it may stand.
            text: the text of each; on one line where the lines are too few, or taken.
            kind: its part in the document.
            level: how deep it stands, from 1; see `Block`.
            header: of a row, the text of the row that names the columns.
        """
        taken = self._placed[-1].end - 1 if self._placed else -1
        first = max(lines.start, taken)
        if first == taken or first + len(text) > lines.stop:
            text = [" ".join(text)]
        before = ""
        if first == taken:
            before = f"{self._lines[first]}  "
            last = self._placed[-1]
            stop = len(self._lines[first]) if last.stop is None else last.stop
            self._placed[-1] = last._replace(stop=stop)
        end = first + len(text)
        self._lines[first:end] = [before + text[0], *text[1:]]
        start, stop = len(before), len(self._lines[end - 1])
        self._placed.append(_Placed(first, end, kind, level, header, start, stop))

    def rename_last(self, old: Kind, new: Kind) -> None:
        """Let the block put last be of another kind, if it is of some kind."""
        if self._placed and self._placed[-1].kind is old:
            self._placed[-1] = self._placed[-1]._replace(kind=new)

    def name_topics(self, level: int) -> None:
        """Make headings of the items that stand alone above prose, where several do.

        So minutes are often written: each topic is a list of one item.

        Args:
            level: of the headings.
        """
        places = range(len(self._placed) - 1)
        topics = {place: mark for place in places if (mark := self._mark_of_topic(place))}
        if len(topics) >= TOPICS:
            for place, mark in topics.items():
                item = self._placed[place]._replace(kind=Kind.HEADING, level=level, start=mark)
                self._placed[place] = item

    def _mark_of_topic(self, place: int) -> int:
        """Return how long the mark of an item alone above prose is; 0 for other blocks."""
        item, following = self._placed[place : place + 2]
        before = self._placed[place - 1] if place else following
        alone = (
            (item.kind, item.level, item.end - item.first) == (Kind.ITEM, 1, 1)
            and (following.kind, following.level) == (Kind.PARAGRAPH, None)
            and before.kind is not Kind.ITEM
            and (before.level is None or before.kind is Kind.HEADING)
        )
        mark = TOPIC_MARK.match(self._lines[item.first]) if alone else None
        introduced = place and self._lines[before.end - 1].endswith(":")
        return mark.end() if mark and not introduced else 0

    def drop(self, places: Collection[int]) -> None:
        """Leave blocks out, by their places; their text stays."""
        self._placed = [each for place, each in enumerate(self._placed) if place not in places]

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
            end = starts[each.end] - 1
            if each.stop is not None:
                end = starts[each.end - 1] + each.stop
            span = trim(text, Span(starts[each.first] + each.start, end))
            if span.length:
                blocks.append(Block(span, each.kind, level=each.level, header=each.header))
        return Reading(text, None, tuple(blocks))


class Indents:
    """The lists that are open, by the indents of their items."""

    def __init__(self) -> None:
        self._indents: list[int] = []
        self._counts: list[int] = []

    def enter(self, indent: int) -> int:
        """Take an item, and return its level, from 1.

        Args:
            indent: characters before its mark.
        """
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
            self._counts.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
            self._counts.append(0)
        self._counts[-1] += 1
        return len(self._indents)

    @property
    def number(self) -> int:
        """The number of the last item in its list, from 1."""
        return self._counts[-1]

    @property
    def level(self) -> int | None:
        """The level of the innermost list, from 1; None outside of lists."""
        return len(self._indents) or None

    def leave(self) -> None:
        """End all lists."""
        self._indents.clear()
        self._counts.clear()
