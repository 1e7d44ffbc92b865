"""Tables in text: values separated by commas, semicolons or tabs (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Literal

from briefqa.readers.blocks import Reading
from briefqa.readers.charset import decode_document
from briefqa.readers.plain_text import read_plain_text
from briefqa.readers.tables import SheetRow, read_sheet

__all__ = ["read_csv"]

DELIMITERS = ",;\t|"
SAMPLE = 20
"""Lines looked at to find the delimiter."""
FIELD_LIMIT = 1 << 30
"""The maximum length of a value in characters; the file limits it further."""
ROW_LINES = 200
"""The maximum number of lines of a row; more are due to a quotation mark that is never closed."""


def read_csv(name: str, data: bytes) -> Reading:
    """Read a table.

    Each row stands on the line of the file that it begins on, its values separated by ` | `. The
    first row names the columns unless it holds a figure. A file without a delimiter is plain text.

    Args:
        name: the document's path: its suffix tells tabs from commas.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    text = decode_document(name, data)
    delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else _delimiter(text)
    if delimiter is None:
        return read_plain_text(name, data)
    limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        rows = list(_rows(text, delimiter, csv.QUOTE_MINIMAL))
    except csv.Error:
        rows = list(_rows(text, delimiter, csv.QUOTE_NONE))
    finally:
        csv.field_size_limit(limit)
    return read_sheet(name, rows, is_headed=True)


def _delimiter(text: str) -> str | None:
    """Return the delimiter that most lines have equally often; None if there is none."""
    lines = [line for line in text[: 256 * 1024].split("\n", SAMPLE)[:SAMPLE] if line.strip()]
    counts = {each: sorted(line.count(each) for line in lines) for each in DELIMITERS}
    if not lines:
        return None
    usual = {each: count[len(lines) // 2] for each, count in counts.items()}
    best = max(DELIMITERS, key=lambda each: (counts[each][0] > 0, usual[each]))
    return best if usual[best] else None


def _rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[SheetRow]:
    """Yield the rows that hold something, with the lines that they begin on.

    Raises:
        csv.Error: a quotation mark is not closed, or so late that it cannot be meant.
    """
    reader = csv.reader(StringIO(text, newline="\n"), delimiter=delimiter, quoting=quoting)
    line = 1
    for cells in reader:
        if reader.line_num - line >= ROW_LINES:
            raise csv.Error("a quotation mark is not closed")
        shown = {place: " ".join(cell.split()) for place, cell in enumerate(cells) if cell.strip()}
        if shown:
            yield SheetRow(line, shown)
        line = reader.line_num + 1
