"""The flow of text in Office documents: nested paragraphs, notes and tables, put in order."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import groupby

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers.blocks import INNERMOST, Kind, ReadingWriter, may_head
from briefqa.readers.package import XmlEvent
from briefqa.readers.tables import names_columns
from briefqa.records import Record

__all__ = ["Draft", "Flow", "Frame", "Story"]

TYPED_MARK = re.compile(r"([•‣◦▪●○■□►➢✓✔☐*-]|\(?[1-9][0-9]?[.)])\s+(?=\S)")
"""The mark of an item, as it is typed where no list is made."""
WORD = re.compile(r"\w")
LAYOUT_LENGTH = 1000
"""A row with at least this many characters is a page that a table lays out, not a row."""
SAMPLE = 20
"""Rows that are compared to decide whether the first names the columns."""
CONTINUED_LIMIT = 200
"""The maximum number of characters of a cell that are repeated for the cells that continue it."""
MACHINE_WRITTEN = re.compile(
    r"\s*(?:Description automatically generated.*|AI-generated content.*|\S+\.[A-Za-z]{3,4})\s*",
    re.IGNORECASE | re.DOTALL,
)
"""Descriptions of pictures that programs generate."""
NESTED = frozenset([Kind.ROW, Kind.HEADER, Kind.NOTE])
"""Kinds of blocks that follow the row whose cell contains them."""


class Draft(Record):
    """A block that has no place in the text yet.

    Attributes:
        text: its characters.
        kind: its part in the document.
        level: how deep it stands; see `Block`.
        header: of a row, the text of the row that names the columns.
        marker: what opens an item of a list, such as `- `.
        bold: whether all of it is bold.
    """

    text: str
    kind: Kind
    level: int | None = None
    header: str | None = None
    marker: str = ""
    bold: bool = False


class Frame(Enum):
    """What can be open."""

    STORY = auto()
    """The body of a document, or another text that stands by itself."""
    PARAGRAPH = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()


ABOVE = Draft("", Kind.PARAGRAPH)
"""Stands in a cell for what the cell above it says."""


class _Open:
    """An open frame, and what was gathered in it."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.pieces: list[str] = []
        self.drafts: list[Draft] = []
        self.cells: list[list[Draft]] = []
        self.rows: list[_Row] = []


class _Row(Record):
    """A row of a table: the blocks of each cell, and whether the document calls it a header."""

    cells: list[list[Draft]]
    is_header: bool


class Flow:
    """Gathers blocks, however they are nested.

    What is opened last is closed first. What stands within a paragraph comes after it, a table in a
    cell after the row.
    """

    def __init__(self) -> None:
        self._open = [_Open(Frame.STORY)]

    def open(self, frame: Frame) -> None:
        """Open a frame inside the innermost open one."""
        self._open.append(_Open(frame))

    def write(self, text: str) -> None:
        """Add text to the open paragraph; without one the text is dropped."""
        if self._open[-1].frame is Frame.PARAGRAPH:
            self._open[-1].pieces.append(text)

    def add(self, draft: Draft) -> None:
        """Add a block to the innermost open frame; a block without text only if it is code."""
        if draft.kind is Kind.CODE or draft.text.strip():
            self._open[-1].drafts.append(draft)

    def describe(self, description: str) -> None:
        """Add the description of a picture, unless a program generated it."""
        if not MACHINE_WRITTEN.fullmatch(description):
            self.add(Draft(" ".join(description.split()), Kind.NOTE))

    def close_paragraph(self) -> tuple[str, list[Draft]]:
        """Close the paragraph, and return its text and the blocks in it, which are to follow it."""
        closed = self._open.pop()
        return "".join(closed.pieces), closed.drafts

    def close_cell(self, *, continues: bool = False) -> None:
        """Close the cell.

        Args:
            continues: whether it goes on with the cell above it, and shows what that one says.
        """
        closed = self._open.pop()
        if continues and not closed.drafts:
            closed.drafts.append(ABOVE)
        if self._open[-1].frame is Frame.ROW:
            self._open[-1].cells.append(closed.drafts)
        else:
            self._open[-1].drafts += closed.drafts

    def close_row(self, *, is_header: bool = False) -> None:
        """Close the row.

        Args:
            is_header: whether the document says that it names the columns.
        """
        closed = self._open.pop()
        if closed.drafts:
            closed.cells.append(closed.drafts)
        if self._open[-1].frame is Frame.TABLE:
            self._open[-1].rows.append(_Row(closed.cells, is_header))
        else:
            self._open[-1].drafts += [draft for cell in closed.cells for draft in cell]

    def close_table(self, *, may_have_header: bool = False) -> None:
        """Close the table.

        Args:
            may_have_header: whether the first row is to be looked at for a header.
        """
        closed = self._open.pop()
        rows = closed.rows
        if may_have_header and rows and _names_columns(rows):
            rows[0] = rows[0]._replace(is_header=True)
        self._open[-1].drafts += [*closed.drafts, *_table(rows)]

    def close_story(self) -> list[Draft]:
        """Close the innermost story and return its blocks."""
        return self._open.pop().drafts

    def write_to(self, writer: ReadingWriter, page: int | None = None) -> None:
        """Write all blocks, and clear them.

        Args:
            writer: what puts the text together.
            page: the page they stand on, from 1.
        """
        drafts = _with_typed_marks(list(_with_code_joined(self._open[0].drafts)))
        for draft in _with_headings(drafts):
            writer.add(
                draft.text,
                draft.kind,
                page=page,
                level=draft.level,
                header=draft.header,
                marker=draft.marker,
            )
        self._open[0].drafts.clear()


class Story(ABC):
    """Reads a text of an office document from its beginning to its end, tag by tag.

    Args:
        left_out: the names of elements that are not read.

    Attributes:
        flow: what was read.
    """

    def __init__(self, left_out: frozenset[str]) -> None:
        self._left_out = left_out
        self._skipped = 0
        self.flow = Flow()

    def take(self, event: XmlEvent) -> None:
        """Take the next tag or text."""
        if event.name in self._left_out:
            self._skipped += 1 if event.opens else -1
        elif self._skipped:
            return
        elif event.opens:
            self._open(event)
        elif event.name:
            self._close(event.name)
        else:
            self._take_text(event.text)

    @abstractmethod
    def _open(self, event: XmlEvent) -> None:
        """Take a tag that opens an element."""

    @abstractmethod
    def _close(self, name: str) -> None:
        """Take a tag that closes an element, given the element's name."""

    @abstractmethod
    def _take_text(self, text: str) -> None:
        """Take the text between two tags."""


def _with_code_joined(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Join neighbouring paragraphs of code to one block."""
    for kind, run in groupby(drafts, key=lambda draft: draft.kind):
        if kind is Kind.CODE:
            yield Draft("\n".join(draft.text.rstrip() for draft in run).strip("\n"), kind)
        else:
            yield from run


def _with_typed_marks(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Make items of the paragraphs whose mark is typed: a bullet, or a number beside its next."""
    numbers = [_typed_number(draft) for draft in drafts]
    around = zip([0, *numbers], [*numbers[1:], 0], strict=False)
    for draft, number, (before, after) in zip(drafts, numbers, around, strict=False):
        counted = number and (before == number - 1 > 0 or after == number + 1)
        mark = TYPED_MARK.match(draft.text)
        if mark and draft.kind is Kind.PARAGRAPH and (counted or not number):
            marker = f"{mark[1] if number else '-'} "
            rest = draft.text[mark.end() :]
            yield draft._replace(kind=Kind.ITEM, level=draft.level or 1, text=rest, marker=marker)
        else:
            yield draft


def _typed_number(draft: Draft) -> int:
    """Return the number that opens a paragraph as that of an item; 0 if none does."""
    mark = TYPED_MARK.match(draft.text)
    number = mark[1].strip("(.)") if mark and draft.kind is Kind.PARAGRAPH else ""
    return int(number) if number.isascii() and number.isdigit() else 0


def _with_headings(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Turn lines that look like headings into headings."""
    draft: Draft | None = None
    for after in (*(each for each in drafts if WORD.search(each.text)), None):
        if draft:
            heading = after is not None and _stands_out(draft, after)
            yield draft._replace(kind=Kind.HEADING, level=INNERMOST) if heading else draft
        draft = after


def _stands_out(draft: Draft, after: Draft) -> bool:
    """Whether a short line is bold, and the text that follows it is not."""
    if not draft.bold or after.bold or after.kind is Kind.HEADING:
        return False
    if draft.kind is Kind.ITEM:
        fits = after.kind is Kind.PARAGRAPH and draft.marker[:1].isalnum()
    else:
        fits = draft.kind is Kind.PARAGRAPH
    return fits and may_head(draft.text)


def _table(rows: Sequence[_Row]) -> Iterator[Draft]:
    """Yield the blocks of a table; a row of one cell, or of pages of text, becomes its blocks."""
    header: str | None = None
    above: list[str] = []
    for row in rows:
        if len(row.cells) < 2 or _lays_out(row):
            yield from (draft for cell in row.cells for draft in cell)
            continue
        above = list(_cell_texts(row, above))
        text = " ".join(CELL_SEPARATOR.join(above).split())
        if row.is_header:
            header = text
            yield Draft(text, Kind.HEADER)
        else:
            yield Draft(text, Kind.ROW, header=header)
        yield from (draft for cell in row.cells for draft in cell if draft.kind in NESTED)


def _cell_texts(row: _Row, above: Sequence[str]) -> Iterator[str]:
    """Yield the text of each cell; one that continues the cell above it repeats its text."""
    for place, cell in enumerate(row.cells):
        if cell == [ABOVE] and place < len(above) and len(above[place]) <= CONTINUED_LIMIT:
            yield above[place]
        else:
            yield _cell_text(cell)


def _cell_text(cell: Sequence[Draft]) -> str:
    pieces = [draft.marker + draft.text for draft in cell if draft.kind not in NESTED]
    return " ".join(" ".join(pieces).split())


def _lays_out(row: _Row) -> bool:
    drafts = [draft for cell in row.cells for draft in cell if draft.kind not in NESTED]
    long = sum(len(draft.text) for draft in drafts) > LAYOUT_LENGTH
    return long or any(draft.kind is Kind.HEADING for draft in drafts)


def _names_columns(rows: Sequence[_Row]) -> bool:
    """Whether the first row names the columns: by what it holds, or because it alone is bold."""
    if any(row.is_header for row in rows):
        return False
    first, *below = ([_cell_text(cell) for cell in row.cells] for row in rows[:SAMPLE])
    return names_columns(first, below) or (_is_bold(rows[0]) and not any(map(_is_bold, rows[1:])))


def _is_bold(row: _Row) -> bool:
    drafts = [draft for cell in row.cells for draft in cell if draft.kind not in NESTED]
    return bool(drafts) and all(draft.bold for draft in drafts)
