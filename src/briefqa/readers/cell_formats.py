"""Formats of cells in workbooks: which numbers are dates, times and shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum

from briefqa.readers.xml import Event

__all__ = ["CellFormat", "DateSystem", "read_cell_formats"]

DAY_LIMIT = 2_958_466
"""The number of the day after 31 December 9999."""
LITERAL = re.compile(r'"[^"]*+"|\\.|\[[^\]]*+\]|[_*].|General', re.IGNORECASE)
"""What in the code of a format stands for itself, or for a condition."""


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


def read_cell_formats(events: Iterator[Event]) -> list[CellFormat]:
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
