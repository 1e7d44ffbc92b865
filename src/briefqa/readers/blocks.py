"""What every reader returns."""

from __future__ import annotations

from enum import Enum

from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Block", "Kind", "Reading"]


class Kind(Enum):
    """What part a block plays in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FRAGMENT = "fragment"
    """One line of a list, a table or the like: it reads best with its neighbours."""


class Block(Record):
    """A stretch of a document that belongs together.

    Attributes:
        span: characters of the document's text, without white space at its ends.
        kind: its part in the document.
        page: the page it stands on, from 1; None where the format has no pages.
        time: when it is said, in whole seconds; None where the format has no times.
        level: how deep a heading stands, from 1; None where the format does not tell.
    """

    span: Span
    kind: Kind
    page: int | None = None
    time: int | None = None
    level: int | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.kind is Kind.HEADING

    @property
    def is_fragment(self) -> bool:
        """Whether it is a line of a list or the like."""
        return self.kind is Kind.FRAGMENT


class Reading(Record):
    """A document as its reader understood it.

    Attributes:
        text: the document's text; a new line is always one line feed.
        title: the title the document gives itself; None where it gives none.
        blocks: its blocks in order, disjoint; titles and page furniture are left out.
    """

    text: str
    title: str | None
    blocks: tuple[Block, ...]
