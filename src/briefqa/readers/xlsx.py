"""Excel workbooks (.xlsx): each sheet with its rows (ECMA-376, part 1, section 18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum

from briefqa.readers.blocks import Reading, ReadingWriter
from briefqa.readers.package import OfficePackage, XmlEvent
from briefqa.readers.tables import SheetRow, read_sheet

__all__ = ["COLUMNS", "ROWS", "read_xlsx"]

COLUMNS = 16_384
"""Columns of a sheet."""
ROWS = 1_048_576
"""Rows of a sheet."""
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
"""A cell, such as `B12`."""

DAY_LIMIT = 2_958_466
"""The number of the day after 31 December 9999."""
LITERAL = re.compile(r'"[^"]*+"|\\.|\[[^\]]*+\]|[_*].|General', re.IGNORECASE)
"""What in the code of a format stands for itself, or for a condition."""


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


def _shared_strings(events: Iterator[XmlEvent]) -> Iterator[str]:
    """Yield the strings that cells refer to, each on one line, without readings of characters."""
    pieces: list[str] = []
    inside = phonetic = False
    for event in events:
        if event.name == "rPh":
            phonetic = event.opens
        elif event.name == "t":
            inside = event.opens and not phonetic
        elif event.name == "si":
            if not event.opens:
                yield " ".join("".join(pieces).split())
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

    def rows(self, events: Iterator[XmlEvent]) -> Iterator[SheetRow]:
        """Yield the rows that are not empty."""
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

    def _open(self, event: XmlEvent) -> None:
        attributes = event.attributes
        match event.name:
            case "row":
                # Numbers that do not rise would put rows on lines of others.
                self._number = max(_whole(attributes.get("r", ""), 0), self._number + 1)
                self._column = 0
            case "c":
                self._begin_cell(attributes.get("r", ""), attributes.get("t", "n"))
                style = _whole(attributes.get("s", ""), len(self._formats))
                known = style < len(self._formats)
                self._format = self._formats[style] if known else CellFormat.GENERAL
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
        text = self._value("".join(self._pieces))
        if text and self._column <= COLUMNS:
            self._cells[self._column] = text

    def _value(self, written: str) -> str:
        """Return a value as it is shown, on one line."""
        if self._kind == "s":
            # Few bytes refer to a long string, so that it is not copied.
            place = _whole(written, len(self._shared))
            return self._shared[place] if place < len(self._shared) else ""
        if self._kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        if self._kind in ("n", ""):
            written = self._format.shown(written, self._dates)
        return " ".join(written.split())


def _whole(written: str, default: int) -> int:
    """Return a whole number of nine digits at most; the default if it is none."""
    known = written.isascii() and written.isdigit() and len(written) < 10
    return int(written) if known else default


def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


class DateSystem(Enum):
    """The day before which counting begins (ECMA-376, part 1, section 18.17.4.1)."""

    FROM_1900 = datetime(1899, 12, 30)
    """Excel counts a 29 February 1900, so that days before March 1900 are off by one."""
    FROM_1904 = datetime(1904, 1, 1)


class CellFormat(Enum):
    """How the number in a cell is shown."""

    GENERAL = "general"
    DATE = "date"
    TIME = "time"
    SHARE = "share"

    def shown(self, written: str, dates: DateSystem) -> str:
        """Return a number as it is shown.

        Args:
            written: as the file has it.
            dates: what dates are counted from.
        """
        try:
            number = float(written)
        except ValueError:
            return written
        if self is CellFormat.SHARE:
            return f"{_plain(number * 100)}%"
        if self is CellFormat.GENERAL or not 0 <= number < DAY_LIMIT:
            return _plain(number)
        moment = dates.value + timedelta(seconds=round(number * 24 * 60 * 60))
        time = f"{moment:%H:%M:%S}".removesuffix(":00")
        if self is CellFormat.TIME:
            return time
        return f"{moment.date().isoformat()} {time}".removesuffix(" 00:00")


def _plain(number: float) -> str:
    """Return a number with the digits that Excel keeps."""
    return f"{number:.15g}"


def read_cell_formats(events: Iterator[XmlEvent]) -> list[CellFormat]:
    """Return the formats that cells refer to by their numbers.

    Args:
        events: of the part that defines them.
    """
    codes: dict[str, str] = {}
    formats: list[CellFormat] = []
    inside = False
    for event in events:
        if event.name == "cellXfs":
            inside = event.opens
        elif event.name == "numFmt" and event.opens:
            codes[event.attributes.get("numFmtId", "")] = event.attributes.get("formatCode", "")
        elif event.name == "xf" and event.opens and inside:
            identifier = event.attributes.get("numFmtId", "")
            formats.append(_of_code(codes[identifier]) if identifier in codes else BUILT_IN.get(
                identifier, CellFormat.GENERAL))  # fmt: skip
    return formats


BUILT_IN = {
    **dict.fromkeys(("9", "10"), CellFormat.SHARE),
    **dict.fromkeys(
        map(str, (*range(14, 18), 22, *range(27, 37), *range(50, 59))), CellFormat.DATE
    ),
    **dict.fromkeys(("18", "19", "20", "21", "45", "46", "47"), CellFormat.TIME),
}
"""Formats that no file defines (ECMA-376, part 1, section 18.8.30)."""


def _of_code(code: str) -> CellFormat:
    """Return what a format is by its code, such as `dd.mm.yyyy`."""
    letters = set(LITERAL.sub("", code.partition(";")[0]).lower())
    if letters & {"y", "d"} or ("m" in letters and not letters & {"h", "s", "0", "#"}):
        return CellFormat.DATE
    if letters & {"h", "s"}:
        return CellFormat.TIME
    return CellFormat.SHARE if "%" in letters else CellFormat.GENERAL
