"""OpenDocument spreadsheets (.ods): each sheet with its rows."""

from __future__ import annotations

from collections.abc import Iterator

from briefqa.readers import current_budget
from briefqa.readers.archive import Archive
from briefqa.readers.blocks import Reading, ReadingWriter
from briefqa.readers.package import XmlEvent, parse, stated_title
from briefqa.readers.tables import SheetRow, read_sheet
from briefqa.readers.xlsx import COLUMNS, ROWS

__all__ = ["read_ods"]

LEFT_OUT = frozenset(["annotation", "tracked-changes", "shapes", "content-validations"])
MARKUP = 64
"""Characters of markup that a row or a cell takes at least where it is not merely repeated."""


def read_ods(name: str, data: bytes) -> Reading:
    """Read a spreadsheet.

    Each sheet is a member, called by its name, whose lines are its rows. Values stand as they are
    shown.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    archive = Archive(name, data)
    writer = ReadingWriter()
    sheets = _Sheets(name)
    for title in sheets.take_all(parse(name, archive.read("content.xml"))):
        writer.embed(title, read_sheet(name, sheets.rows, sheets.headers), title)
    return writer.reading(stated_title(name, archive, "meta.xml"))


class _Sheets:
    """Reads sheets, one after the other.

    Args:
        name: the document's path, for error messages.

    Attributes:
        rows: of the sheet that was read last; those that hold something.
        headers: the numbers of its rows that are set apart as headers.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._budget = current_budget()
        self._number = 1
        self._column = 1
        self._repeated = self._rows = 1
        self._cells: dict[int, str] = {}
        self._pieces: list[str] = []
        self._in_header = self._in_paragraph = False
        self._skipped = 0
        self.rows: list[SheetRow] = []
        self.headers: set[int] = set()

    def take_all(self, events: Iterator[XmlEvent]) -> Iterator[str]:
        """Yield the name of each sheet once its rows are read."""
        title = ""
        depth = 0
        for event in events:
            if event.name == "table":
                depth += 1 if event.opens else -1
                if depth == 1 and event.opens:
                    title = event.attributes.get("name", "")
                    self._number, self.rows, self.headers = 1, [], set()
                elif depth == 0:
                    yield title
            elif event.name in LEFT_OUT:
                self._skipped += 1 if event.opens else -1
            elif not self._skipped and depth == 1:
                self._take(event)

    def _take(self, event: XmlEvent) -> None:
        match event.name, event.opens:
            case "table-header-rows", opens:
                self._in_header = opens
            case "table-row", True:
                self._cells, self._column = {}, 1
                self._rows = _count(event.attributes.get("number-rows-repeated"), ROWS)
            case "table-row", False:
                self._end_row()
            case "table-cell" | "covered-table-cell", True:
                self._pieces.clear()
                self._repeated = _count(event.attributes.get("number-columns-repeated"), COLUMNS)
            case "table-cell" | "covered-table-cell", False:
                self._end_cell()
            case "p", opens:
                self._in_paragraph = opens
                self._pieces.append(" ")
            case "s" | "tab" | "line-break", True:
                self._pieces.append(" ")
            case "", _ if self._in_paragraph:
                self._pieces.append(event.text)

    def _end_cell(self) -> None:
        text = " ".join("".join(self._pieces).split())
        if text:
            # A cell of few bytes may stand for thousands.
            self._budget.spend(self._name, (self._repeated - 1) * (MARKUP + len(text)))
            for column in range(self._column, min(self._column + self._repeated, COLUMNS + 1)):
                self._cells[column] = text
        self._column += self._repeated

    def _end_row(self) -> None:
        if self._cells:
            size = MARKUP + sum(MARKUP + len(cell) for cell in self._cells.values())
            self._budget.spend(self._name, (self._rows - 1) * size)
            for number in range(self._number, min(self._number + self._rows, ROWS + 1)):
                self.rows.append(SheetRow(number, self._cells))
                if self._in_header:
                    self.headers.add(number)
        self._number += self._rows


def _count(value: str | None, limit: int) -> int:
    """Return how often something is repeated."""
    known = value and value.isascii() and value.isdigit() and len(value) < 8
    return max(1, min(int(value), limit)) if known and value else 1
