"""Jupyter notebooks (.ipynb, nbformat 3 and 4): the cells, each with what it printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from briefqa.errors import DocumentError
from briefqa.readers.blocks import Kind, Reading, ReadingWriter
from briefqa.readers.charset import decode_document
from briefqa.readers.html import html_reading
from briefqa.readers.markdown import markdown_part

__all__ = ["read_ipynb"]

ESCAPE = re.compile(r"\x1b\[[0-9;]*+[A-Za-z]")
"""What colours text in a terminal."""
TABLE = re.compile(r"<table\b", re.IGNORECASE)


def read_ipynb(name: str, data: bytes) -> Reading:
    """Read a notebook.

    Each cell is a member, called `cell` and its number, from 1. Text is read as Markdown; code is
    followed by what it printed.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is no notebook.
    """
    try:
        notebook = json.loads(decode_document(name, data))
    except ValueError as error:
        raise DocumentError(name, "broken: not valid JSON") from error
    writer = ReadingWriter()
    for number, cell in enumerate(_cells(name, notebook), 1):
        reading = _cell_reading(cell)
        if reading.blocks:
            writer.embed(f"cell{number}", reading, "")
    metadata = _mapping(notebook.get("metadata"))
    return writer.reading(_text(metadata.get("title")).strip() or None)


def _cells(name: str, notebook: object) -> list[Mapping[str, object]]:
    """Return the cells; old notebooks have them on worksheets."""
    fields = _mapping(notebook)
    sheets = fields.get("worksheets")
    holders = [_mapping(sheet) for sheet in sheets] if isinstance(sheets, list) else [fields]
    cells = [cell for holder in holders for cell in _list(holder.get("cells"))]
    if not cells and "nbformat" not in fields:
        raise DocumentError(name, "not a notebook, though its name says so")
    return [_mapping(cell) for cell in cells]


def _cell_reading(cell: Mapping[str, object]) -> Reading:
    kind = cell.get("cell_type")
    source = _text(cell.get("source", cell.get("input")))
    if kind == "markdown":
        return markdown_part(source)
    writer = ReadingWriter()
    if kind == "heading":
        level = cell.get("level")
        writer.add(source, Kind.HEADING, level=level if isinstance(level, int) else 1)
        return writer.part()
    writer.add(source, Kind.CODE)
    for output in _list(cell.get("outputs")):
        _write_output(writer, _mapping(output))
    return writer.part()


def _write_output(writer: ReadingWriter, output: Mapping[str, object]) -> None:
    """Write what a cell printed: a table as such, other things as text."""
    data = _mapping(output.get("data")) or output
    page = _text(data.get("text/html", data.get("html")))
    if TABLE.search(page):
        writer.extend(html_reading(page, whole=False))
    elif "ename" in output:
        writer.add(f"{_text(output['ename'])}: {_text(output.get('evalue'))}", Kind.LINE)
    else:
        writer.add(ESCAPE.sub("", _text(data.get("text/plain", data.get("text")))), Kind.CODE)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    """Return text that may be given line by line."""
    pieces: Iterator[str] = (each for each in _list(value) if isinstance(each, str))
    text = value if isinstance(value, str) else "".join(pieces)
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
