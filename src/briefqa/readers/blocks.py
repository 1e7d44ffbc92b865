"""What every reader returns: a document as a row of blocks; composing its text from them.

The blocks stand in the order of reading, and none contains another. The tree that they make up
follows from their levels: a block belongs to the nearest heading above it, a heading to the
nearest one above of a lower level, and what has a level without being a heading belongs to the
nearest item of a list above it of that level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest

from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "INNERMOST",
    "RAISED",
    "Block",
    "Kind",
    "Member",
    "Reading",
    "ReadingWriter",
    "compose",
    "heading_form",
    "may_head",
    "written_number",
]

WORD = re.compile(r"\w")
INNERMOST = 7
"""The level of what stands in place of a heading, such as a paragraph in bold."""
BOLD_LIMIT = 200
"""The maximum length of a paragraph in bold that stands in place of a heading, in characters."""
INTRODUCED = 6
"""The blanks that a line with a colon has at the least that introduces what follows."""
STATEMENT_INSIDE = re.compile(r"[^\W\d_]{3}[.!…][\"”’»)\]]*+\s")
"""Where a sentence ends that is no question, and another follows."""
NUMBERED_WORD = re.compile(r"[^\W\d]?\d\w*+(?:[.\-/]\w++)*+")
"""A word with a number, such as those of versions and days."""
ITEM_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]\s")
MEMBER_LEVEL = 2
"""The level of the headings of embedded documents; the first level is that of the title."""
UNFIT = re.compile(r"[!:\x00-\x1f\x7f-\x9f\u2028\u2029/\\]++")
"""Characters that the name of a member cannot have."""
NAME_LIMIT = 100
"""The maximum length of such a name in characters."""

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""From digits to those of the numbers of notes."""
LETTERED = 78
"""The last number that letters stand for, `zzz`: they grow with the number."""


class Kind(StrEnum):
    """What part a block plays in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """An item of a list; its text opens with its mark, such as `- ` or `3. `."""
    HEADER = "header"
    """The row of a table that names its columns."""
    ROW = "row"
    """Another row of a table."""
    CODE = "code"
    """Preformatted text, whose lines stand for themselves."""
    QUOTATION = "quotation"
    TERM = "term"
    """What the definitions after it define, such as an option of a program."""
    DEFINITION = "definition"
    CAPTION = "caption"
    """The title of a figure or table, with its number."""
    NOTE = "note"
    """A footnote, comment or aside."""
    LINE = "line"
    """One short line, such as a field at the head of a letter."""

    @property
    def is_short(self) -> bool:
        """Whether a block of this kind reads best with its neighbours of such kinds."""
        return self in SHORT


TEXT = frozenset([Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTATION])
SHORT = frozenset([Kind.ITEM, Kind.HEADER, Kind.ROW, Kind.TERM, Kind.DEFINITION, Kind.LINE])


class Member(Record):
    """An embedded document, such as an attachment, a message of a mailbox or a sheet.

    Attributes:
        name: what citations call it; if it is in another one, both names, with `!` between.
        line: the line of the document's text on which it starts, from 1.
    """

    name: str
    line: int


class Block(Record):
    """A stretch of a document that belongs together.

    Attributes:
        span: characters of the document's text, without white space at its ends.
        kind: its part in the document.
        page: the page it stands on, from 1; None if the format has no pages.
        time: when it is said, in whole seconds; None if the format has no times.
        level: of a heading, how deep it stands, from 1, None if the format does not tell; of
            an item, in how many lists it stands, from 1; of another block, the level of the item
            that it belongs to, None outside of lists.
        header: of a row, the text of the row that names the columns; None if there is none,
            and for all other blocks.
        member: the embedded document that it is in; None if it is in none.
    """

    span: Span
    kind: Kind
    page: int | None = None
    time: int | None = None
    level: int | None = None
    header: str | None = None
    member: Member | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.kind is Kind.HEADING


class Reading(Record):
    """A document as its reader understood it.

    Attributes:
        text: the document's text; a new line is always one line feed.
        title: the title the document gives itself; None if it gives none.
        blocks: its blocks in order, disjoint; titles and page furniture are left out.
        date: the date that the document gives itself outside of its text, as written.
    """

    text: str
    title: str | None
    blocks: tuple[Block, ...]
    date: str | None = None


def compose(text: str, title: str | None, blocks: Sequence[Block]) -> Reading:
    """Make the reading of a document whose format tells what is a heading.

    Args:
        text: the document's text.
        title: the title the document gives itself; else it is the first heading, if that is of
            the first level and stands for all: not one of several alike, such as those of releases.
        blocks: all blocks in order. The first heading is left out where it is the title; headings
            with nothing beneath them are a list.
    """
    first = next((block for block in blocks if block.kind is Kind.HEADING), None)
    heading = " ".join(first.span.slice(text).split()) if first else None
    if title is None and first and first.level == 1 and _stands_for_all(text, first, blocks):
        title = heading
    body = [block for block in blocks if block is not first or heading != title]
    if all(block.kind is Kind.HEADING for block in body):
        body = [block._replace(kind=Kind.LINE, level=None) for block in body]
    return Reading(text, title, tuple(_without_bold_runs(text, body)))


def _stands_for_all(text: str, first: Block, blocks: Sequence[Block]) -> bool:
    """Whether the first heading names the document, and not only the first of its parts."""
    form = heading_form(first.span.slice(text))
    others = [
        block for block in blocks if block.level == 1 and block.is_heading and block is not first
    ]
    if others and blocks[0] is not first and blocks[0].kind in TEXT:
        return False
    return all(heading_form(other.span.slice(text)) != form for other in others)


def heading_form(heading: str) -> str:
    """Return a heading with its numbers alike, so that those of releases or days are equal."""
    return NUMBERED_WORD.sub("0", heading)


def _without_bold_runs(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Let what stands in place of a heading be a paragraph where the next block is a heading too.

    So each but the last of several lines in bold, such as those of an address, is text.
    """
    for block, following in zip_longest(blocks, blocks[1:]):
        named = following and following.kind is Kind.HEADING
        if named and block.kind is Kind.HEADING and (block.level or 0) >= INNERMOST:
            listed = ITEM_MARK.match(text, block.span.start)
            yield block._replace(kind=Kind.ITEM if listed else Kind.PARAGRAPH, level=None)
        else:
            yield block


def may_head(text: str) -> bool:
    """Return whether a paragraph, if all of it is bold, stands in place of a heading.

    It does if it is a line that is no statement, or a question, which may have several lines.

    Args:
        text: the paragraph as it is shown, without its marks.
    """
    text = text.strip()
    if not text or len(text) > BOLD_LIMIT or text[-1] in ".!…,;":
        return False
    if text[-1] == "?":
        return True
    if text[-1] == ":" and text.count(" ") >= INTRODUCED:
        return False
    return "\n" not in text and not STATEMENT_INSIDE.search(text)


class ReadingWriter:
    """Writes the text of a document block by block and remembers where each stands.

    A blank line separates the blocks; those of short kinds that follow one another stand on
    neighbouring lines.

    Attributes:
        blocks: the blocks so far.
        length: characters of the text so far.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._names: dict[str, int] = {}
        self._lines = 1
        self.blocks: list[Block] = []
        self.length = 0

    def add(
        self,
        text: str,
        kind: Kind,
        *,
        page: int | None = None,
        time: int | None = None,
        level: int | None = None,
        header: str | None = None,
        marker: str = "",
    ) -> bool:
        """Append a block, and return whether it has a word; a text without one is left out.

        Args:
            text: its characters; white space at the ends is left out.
            kind: its part in the document.
            page: the page it stands on, from 1.
            time: when it is said, in whole seconds.
            level: how deep it stands, from 1; see `Block`.
            header: of a row, the text of the row that names the columns.
            marker: what opens an item of a list, such as `- `.
        """
        if not WORD.search(text):
            return False
        text = marker + text.strip()
        if self.blocks:
            near = kind.is_short and self.blocks[-1].kind.is_short
            self._write("\n" if near else "\n\n")
        start = self.length
        self._write(text)
        self.blocks.append(Block(Span(start, self.length), kind, page, time, level, header))
        return True

    def extend(self, reading: Reading) -> None:
        """Append the blocks of another reading."""
        for block in reading.blocks:
            self.add(
                block.span.slice(reading.text),
                block.kind,
                page=block.page,
                time=block.time,
                level=block.level,
                header=block.header,
            )

    def embed(self, name: str, reading: Reading, heading: str) -> None:
        """Append another document whole, so that its lines are lines of this one too.

        Args:
            name: what citations are to call it; it is changed where another has that name, or
                where it would not be understood in a citation.
            reading: the document.
            heading: what it stands under; empty if it has the headings of this one.
        """
        name = self._unused(UNFIT.sub("_", " ".join(name[-NAME_LIMIT:].split())).strip("_ ") or "_")
        headed = self.add(heading, Kind.HEADING, level=MEMBER_LEVEL)
        if self.length:
            self._write("\n\n")
        start, line = self.length, self._lines
        if headed:
            self.blocks[-1] = self.blocks[-1]._replace(member=Member(name, line))
        self._write(reading.text.rstrip("\n"))
        for block in reading.blocks:
            inner = block.member or Member("", 1)
            member = Member(f"{name}!{inner.name}".rstrip("!"), line + inner.line - 1)
            beneath = MEMBER_LEVEL if headed and block.is_heading else 0
            level = block.level and block.level + beneath
            span = block.span.shift(start)
            self.blocks.append(block._replace(span=span, level=level, member=member))

    def _unused(self, name: str) -> str:
        """Return a name that no other member has."""
        unused = name
        while unused in self._names:
            self._names[name] += 1
            unused = f"{name}~{self._names[name]}"
        self._names[unused] = 1
        return unused

    def reading(self, title: str | None = None) -> Reading:
        """Return what was written; see `compose`.

        Args:
            title: the title the document gives itself.
        """
        text = "".join(self._pieces)
        return compose(text + "\n" if text else "", title, self.blocks)

    def part(self) -> Reading:
        """Return what was written as a part of a document, which has no title of its own."""
        return Reading("".join(self._pieces), None, tuple(self.blocks))

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._lines += piece.count("\n")
        self.length += len(piece)


def written_number(number: int, form: str) -> str:
    """Return a number as it is written.

    Args:
        number: the number.
        form: `lowerLetter`, `upperLetter`, `lowerRoman`, `upperRoman`, `decimalZero`; any other is
            in decimals.
    """
    if 0 < number <= LETTERED and form.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if 0 < number < 5000 and form.endswith("Roman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
