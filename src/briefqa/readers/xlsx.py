"""Excel workbooks (.xlsx): each sheet with its rows (ECMA-376, part 1, section 18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.readers.blocks import Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.cell_formats import CellFormat, DateSystem, read_cell_formats
from briefqa.readers.office_package import OfficePackage
from briefqa.readers.sheet import SheetRow, read_sheet
from briefqa.readers.xml import Event

__all__ = ["read_xlsx"]

COLUMNS = 16_384
"""Columns of a sheet."""
ROWS = 1_048_576
"""Rows of a sheet."""
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
"""A cell, such as `B12`."""


def read_xlsx(name: str, data: bytes) -> Reading:
    """Read a workbook.

    Each sheet is a member, called by its name, whose lines are its rows. Values stand as they were
    last calculated; dates are those of ISO 8601.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    package = OfficePackage(name, data, "excel")
    shared = list(_shared_strings(package.events(package.related("sharedStrings"))))
    formats = read_cell_formats(package.events(package.related("styles")))
    relations = package.relations(package.main)
    writer = ReadingWriter()
    dates = DateSystem.FROM_1900
    for event in package.events(package.main):
        if event.name == "workbookPr" and event.attributes.get("date1904") in ("1", "true"):
            dates = DateSystem.FROM_1904
        elif event.name == "sheet" and event.opens:
            found = [relations[each] for each in event.attributes.values() if each in relations]
            if found:
                sheet = _Sheet(shared, formats, dates)
                rows = list(sheet.rows(package.events(found[-1].part)))
                title = event.attributes.get("name", "")
                writer.embed(title, read_sheet(name, rows, sheet.headers), title)
    return writer.reading(package.title())


def _shared_strings(events: Iterator[Event]) -> Iterator[str]:
    """Yield the strings that cells refer to, without the readings of their characters."""
    pieces: list[str] = []
    inside = phonetic = False
    for event in events:
        if event.name == "rPh":
            phonetic = event.opens
        elif event.name == "t":
            inside = event.opens and not phonetic
        elif event.name == "si":
            if not event.opens:
                yield "".join(pieces)
            pieces.clear()
        elif inside:
            pieces.append(event.text)


class _Sheet:
    """Reads a sheet.

    Args:
        shared: the strings that cells refer to.
        formats: of cells, by their numbers.
        dates: what dates are counted from.

    Attributes:
        headers: the numbers of rows that the sheet sets apart as headers, once it is read.
    """

    def __init__(self, shared: list[str], formats: list[CellFormat], dates: DateSystem) -> None:
        self._shared = shared
        self._formats = formats
        self._dates = dates
        self._number = 0
        self._cells: dict[int, str] = {}
        self._column = 0
        self._kind = ""
        self._format = CellFormat.GENERAL
        self._pieces: list[str] = []
        self._taken = self._phonetic = False
        self.headers: set[int] = set()

    def rows(self, events: Iterator[Event]) -> Iterator[SheetRow]:
        """Yield the rows that hold something."""
        for event in events:
            if event.opens:
                self._open(event)
            elif event.name == "c":
                self._end_cell()
            elif event.name == "row":
                if self._cells and self._number <= ROWS:
                    yield SheetRow(self._number, self._cells)
                self._cells = {}
            elif event.name in ("v", "t"):
                self._taken = False
            elif event.name == "rPh":
                self._phonetic = False
            elif self._taken and not event.name:
                self._pieces.append(event.text)

    def _open(self, event: Event) -> None:
        attributes = event.attributes
        match event.name:
            case "row":
                number = attributes.get("r", "")
                # Numbers that do not rise would put rows on lines of others.
                given = int(number) if number.isascii() and number.isdigit() else 0
                self._number = max(given, self._number + 1)
                self._column = 0
            case "c":
                self._begin_cell(attributes.get("r", ""), attributes.get("t", "n"))
                style = attributes.get("s", "")
                known = style.isascii() and style.isdigit() and int(style) < len(self._formats)
                self._format = self._formats[int(style)] if known else CellFormat.GENERAL
            case "v" | "t":
                self._taken = not self._phonetic
            case "rPh":
                self._phonetic = True
            case "pane" if attributes.get("state") == "frozen" and attributes.get("ySplit") == "1":
                self.headers.add(1)
            case "autoFilter":
                if first := REFERENCE.match(attributes.get("ref", "").replace("$", "")):
                    self.headers.add(int(first[2]))

    def _begin_cell(self, reference: str, kind: str) -> None:
        place = REFERENCE.fullmatch(reference)
        self._column = max(_column(place[1]) if place else 0, self._column + 1)
        self._kind = kind
        self._pieces.clear()

    def _end_cell(self) -> None:
        text = " ".join(self._value("".join(self._pieces)).split())
        if text and self._column <= COLUMNS:
            self._cells[self._column] = text

    def _value(self, written: str) -> str:
        """Return a value as it is shown."""
        if self._kind == "s":
            known = written.isascii() and written.isdigit() and len(written) < 10
            place = int(written) if known else len(self._shared)
            return self._shared[place] if place < len(self._shared) else ""
        if self._kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        if self._kind in ("n", ""):
            return self._format.shown(written, self._dates)
        return written


def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
