"""Grids, row by row: a table, or the cells of each row one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from briefqa.answers import Status
from briefqa.errors import BriefqaError
from briefqa.grid import GridCell, GridColumn, GridRow
from briefqa.output import Layout, one_line
from briefqa.output.csv_format import csv_row
from briefqa.output.json_format import SCHEMA, ascii_json, path_fields
from briefqa.output.markdown_format import escape_markdown
from briefqa.records import Record
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["GRID_FORMATS", "GridRenderer", "GridReply"]

LEAST_COLUMN = 24
"""Characters of a column of the table; with less room, cells stand one below the other."""
GAP = 2
"""Characters between columns."""


class GridReply(Record):
    """A row of a grid, and what its question came with.

    Attributes:
        row: the row.
        fields: the other fields of a question that was a JSON object; None for a plain one.
    """

    row: GridRow
    fields: Mapping[str, object] | None = None


GridRenderer = Callable[[Sequence[GridColumn], Iterable[GridReply], Layout], Iterator[str]]
"""Takes the columns, and the rows as they come; yields text."""


def render_text(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield a table if its columns have room, else what `render_plain` does, in colour."""
    width = (layout.width + GAP) // (len(columns) + 1) - GAP
    if width < LEAST_COLUMN:
        # Loading this takes time, and only a terminal shows colours.
        from briefqa.output.text_format import BOLD, PLACE

        painted = (BOLD.render, PLACE.render) if layout.color else (str, str)
        yield from _listed(columns, replies, *painted)
        return
    names = [sanitise_name(name) for name in short_names(columns)]
    yield _table_row("", names, width, layout)
    for reply in replies:
        question = one_line(sanitise(reply.row.question))
        yield "\n" + _table_row(question, [*map(_written, reply.row.cells)], width, layout)


def _table_row(name: str, cells: Sequence[str], width: int, layout: Layout) -> str:
    """Return a row whose cells are wrapped into so many characters."""
    # Loading these takes time, and only a terminal shows the table.
    from rich.table import Table
    from rich.text import Text

    from briefqa.output.text_format import BOLD, PLAIN, console_of, written_to

    console = console_of(layout)
    table = Table.grid(padding=(0, GAP, 0, 0))
    for _ in range(len(cells) + 1):
        table.add_column(width=width)
    style = PLAIN if name else BOLD
    table.add_row(Text(name, BOLD), *(Text(cell, style) for cell in cells))
    console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in written_to(console).splitlines())


def render_plain(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield each question, its cells that are not empty, and how many are."""
    return _listed(columns, replies, str, str)


def _listed(
    columns: Sequence[GridColumn],
    replies: Iterable[GridReply],
    question: Callable[[str], str],
    place: Callable[[str], str],
) -> Iterator[str]:
    """Yield the cells one below the other, with questions and places as two functions show them."""
    for number, reply in enumerate(replies):
        lines = [question(one_line(sanitise(reply.row.question)))]
        for cell in reply.row.cells:
            if cell.excerpt:
                doubt = f" ({Status.WEAK})" if cell.status is Status.WEAK else ""
                lines.append(f"  {place(sanitise_name(cell.excerpt.citation))}{doubt}")
                lines.append(f"    {_value(cell)}{one_line(sanitise(cell.sentence or ''))}")
        if empty := sum(cell.excerpt is None for cell in reply.row.cells):
            lines.append(f"  no answer from {empty} of {len(columns)}")
        yield ("\n" if number else "") + "".join(f"{line}\n" for line in lines)


def render_line(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield a line for each cell that is not empty: its question, a tab, place and sentence."""
    for reply in replies:
        question = one_line(sanitise(reply.row.question))
        yield "".join(
            f"{question}\t{sanitise_name(cell.excerpt.citation)}: {one_line(sanitise(sentence))}\n"
            for cell in reply.row.cells
            if cell.excerpt and (sentence := cell.sentence)
        )


def render_csv(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield a row of the names of the columns, then a row for each question."""
    yield csv_row(["question", *(sanitise_name(column.name) for column in columns)])
    for reply in replies:
        yield csv_row([sanitise(reply.row.question), *map(_written, reply.row.cells)])


def render_markdown(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield a table (GitHub Flavored Markdown)."""
    names = [escape_markdown(sanitise_name(name)) for name in short_names(columns)]
    yield _markdown_row(["", *names]) + _markdown_row(["---"] * (len(columns) + 1))
    for reply in replies:
        yield _markdown_row(
            [escape_markdown(reply.row.question), *map(_markdown_cell, reply.row.cells)]
        )


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _markdown_cell(cell: GridCell) -> str:
    value = f"**{escape_markdown(cell.value)}**: " if cell.value else ""
    return value + escape_markdown(_cited(cell))


def render_jsonl(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield an object for each row, one a line."""
    for reply in replies:
        yield ascii_json({"schema": SCHEMA, **_row_record(columns, reply)}) + "\n"


def render_json(
    columns: Sequence[GridColumn], replies: Iterable[GridReply], layout: Layout
) -> Iterator[str]:
    """Yield one object, with the rows as they come; it is closed even on an error."""
    heads = ascii_json([_column_record(column) for column in columns])
    yield f'{{"schema": {SCHEMA}, "columns": {heads}, "rows": ['
    before = "\n"
    try:
        for reply in replies:
            yield before + ascii_json(_row_record(columns, reply))
            before = ",\n"
    except BriefqaError:
        yield "\n]}\n"
        raise
    yield "\n]}\n"


def _column_record(column: GridColumn) -> dict[str, object]:
    return {
        "path": column.name,
        "title": column.title,
        "date": column.date,
        "date_from": column.date_from,
        "documents": len(column.paths),
        **path_fields(column.name),
    }


def _row_record(columns: Sequence[GridColumn], reply: GridReply) -> dict[str, object]:
    row = reply.row
    fields: dict[str, object] = {
        "question": row.question,
        "cells": [_cell_record(*pair) for pair in zip(columns, row.cells, strict=True)],
    }
    if row.error is not None:
        fields["error"] = str(row.error)
    if reply.fields is not None:
        fields["input"] = reply.fields
    return fields


def _cell_record(column: GridColumn, cell: GridCell) -> dict[str, object]:
    excerpt = cell.excerpt
    return {
        "column": column.name,
        "status": cell.status,
        "confidence": cell.confidence,
        "value": cell.value,
        "sentence": cell.sentence,
        "path": excerpt.passage.path if excerpt else None,
        "line": excerpt.line if excerpt else None,
        "page": excerpt.passage.page if excerpt else None,
        "citation": excerpt.citation if excerpt else None,
        **path_fields(excerpt.passage.path if excerpt else ""),
    }


def short_names(columns: Sequence[GridColumn]) -> list[str]:
    """Return the names of columns without the folder that all of them are in."""
    names = [column.name for column in columns]
    parents = {os.path.dirname(name) for name in names}
    if len(parents) == 1:
        return [os.path.basename(name) for name in names]
    try:
        common = os.path.commonpath(parents)
    except ValueError:
        # Some are absolute and others are not.
        return names
    return [os.path.relpath(name, common) if common else name for name in names]


def _written(cell: GridCell) -> str:
    """Return what a cell says, with its place; empty for an empty one."""
    return _value(cell) + _cited(cell)


def _value(cell: GridCell) -> str:
    """Return the value of a cell and a colon; empty if it has none."""
    return f"{one_line(sanitise(cell.value))}: " if cell.value else ""


def _cited(cell: GridCell) -> str:
    """Return the sentence of a cell, and its place in brackets; empty for an empty cell.

    The name of the column has the folders that the place leaves out.
    """
    if cell.excerpt is None:
        return ""
    citation = sanitise_name(os.path.basename(cell.excerpt.citation))
    doubt = f"{Status.WEAK}; " if cell.status is Status.WEAK else ""
    return f"{one_line(sanitise(cell.sentence or ''))} [{doubt}{citation}]"


GRID_FORMATS: Mapping[str, GridRenderer] = {
    "text": render_text,
    "plain": render_plain,
    "line": render_line,
    "json": render_json,
    "jsonl": render_jsonl,
    "markdown": render_markdown,
    "csv": render_csv,
}
"""The formats of grids by name."""
