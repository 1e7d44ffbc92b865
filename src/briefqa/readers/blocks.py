"""What every reader returns: a document as a row of blocks.

The blocks stand in the order of reading, and none contains another. The tree that they make up
follows from their levels: a block belongs to the nearest heading above it, a heading to the
nearest one above of a lower level, and what has a level without being a heading belongs to the
nearest item of a list above it of that level.
"""

from __future__ import annotations

from enum import StrEnum

from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["CELL_SEPARATOR", "Block", "Kind", "Member", "Reading"]

CELL_SEPARATOR = " | "
"""What stands between the cells of a table's row."""


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


SHORT = frozenset([Kind.ITEM, Kind.HEADER, Kind.ROW, Kind.TERM, Kind.DEFINITION, Kind.LINE])


class Member(Record):
    """A document in a document, such as an attachment, a message of a mailbox or a sheet.

    Attributes:
        name: what citations call it; for one in another both names, with `!` between.
        line: the line of the document's text that is its first, from 1.
    """

    name: str
    line: int


class Block(Record):
    """A stretch of a document that belongs together.

    Attributes:
        span: characters of the document's text, without white space at its ends.
        kind: its part in the document.
        page: the page it stands on, from 1; None where the format has no pages.
        time: when it is said, in whole seconds; None where the format has no times.
        level: of a heading, how deep it stands, from 1, None where the format does not tell; of
            an item, in how many lists it stands, from 1; of another block, the level of the item
            that it belongs to, None outside of lists.
        header: of a row, the text of the row that names the columns; None where there is none,
            and for all other blocks.
        member: the document in the document that it stands in; None where it is in none.
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
        title: the title the document gives itself; None where it gives none.
        blocks: its blocks in order, disjoint; titles and page furniture are left out.
        date: the date that the document gives itself outside of its text, as written.
    """

    text: str
    title: str | None
    blocks: tuple[Block, ...]
    date: str | None = None
