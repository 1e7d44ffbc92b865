"""Word documents (.docx): the body of the text, with its headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.readers.archive import Archive
from briefqa.readers.blocks import CELL_SEPARATOR, Kind, Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.xml import Event, parse

__all__ = ["read_docx"]

HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
LEFT_OUT = frozenset(["del", "moveFrom", "instrText", "delText", "Fallback"])
"""What was deleted or moved away, codes of fields, and a second form of the same."""
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def read_docx(name: str, data: bytes) -> Reading:
    """Read a Word document.

    Each paragraph is a line. Footnotes, headers and footers are not read, deletions are not shown.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    archive = Archive(name, data)
    styles = {}
    if "word/styles.xml" in archive.names:
        styles = _style_names(parse(name, archive.read("word/styles.xml")))
    body = _Body(styles)
    for event in parse(name, archive.read("word/document.xml")):
        body.take(event)
    title = None
    if "docProps/core.xml" in archive.names:
        title = _title(parse(name, archive.read("docProps/core.xml")))
    return body.reading(title)


def _style_names(events: Iterator[Event]) -> dict[str, str]:
    """The names of the styles by their identifiers, which each language has its own of."""
    names: dict[str, str] = {}
    identifier = ""
    for event in events:
        if event.opens and event.name == "style":
            identifier = event.attributes.get("styleId", "")
        elif event.opens and event.name == "name":
            names.setdefault(identifier, event.attributes.get("val", ""))
    return names


def _title(events: Iterator[Event]) -> str | None:
    inside, text = False, ""
    for event in events:
        if event.name == "title":
            inside = event.opens
        elif inside:
            text += event.text
    return " ".join(text.split()) or None


class _Body:
    """Reads the body from its beginning to its end.

    Args:
        styles: the names of the styles by their identifiers.
    """

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self._writer = ReadingWriter()
        self._title: str | None = None
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self._style = ""
        self._in_list = False
        self._tables = 0
        self._skipped = 0

    def take(self, event: Event) -> None:
        """Take the next tag or text."""
        if event.name in LEFT_OUT:
            self._skipped += 1 if event.opens else -1
        elif self._skipped:
            return
        elif event.opens:
            self._open(event)
        elif event.name:
            self._close(event.name)
        else:
            self._pieces.append(event.text)

    def reading(self, title: str | None) -> Reading:
        """Return what was read.

        Args:
            title: what the document's properties say.
        """
        return self._writer.reading(self._title or title)

    def _open(self, event: Event) -> None:
        if event.name == "p":
            self._pieces.clear()
            self._style, self._in_list = "", False
        elif event.name == "pStyle":
            identifier = event.attributes.get("val", "")
            self._style = self._styles.get(identifier, identifier)
        elif event.name == "numPr":
            self._in_list = True
        elif event.name == "tbl":
            self._tables += 1
        elif event.name == "tr":
            self._cells.clear()
        elif event.name == "tc":
            self._cells.append("")
        else:
            self._pieces.append(BREAKS.get(event.name, ""))

    def _close(self, name: str) -> None:
        if name == "p":
            self._end_paragraph()
        elif name == "tbl":
            self._tables -= 1
        elif name == "tr":
            row = CELL_SEPARATOR.join(self._cells)
            self._writer.add(row, Kind.ROW)
            self._cells.clear()

    def _end_paragraph(self) -> None:
        lines = "".join(self._pieces).split("\n")
        text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        self._pieces.clear()
        heading = HEADING.fullmatch(self._style)
        if self._tables and self._cells:
            self._cells[-1] = " ".join([*self._cells[-1].split(), *text.split()])
        elif self._style.lower() == "title" and self._title is None:
            self._title = " ".join(text.split()) or None
        elif heading:
            self._writer.add(text, Kind.HEADING, level=int(heading[1]))
        elif self._in_list or self._style.lower().startswith("list"):
            self._writer.add(text, Kind.ITEM, level=1, marker="- ")
        else:
            self._writer.add(text, Kind.PARAGRAPH)
