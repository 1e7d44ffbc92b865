"""Comma-separated values (RFC 4180, with line feeds), for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from briefqa.answers import Excerpt
from briefqa.output import Layout, Reply, shown
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["COLUMNS", "render_csv"]

COLUMNS = ("rank", "score", "path", "line", "page", "heading", "sentence", "text")


def render_csv(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield a header, then a row for each excerpt that answers."""
    yield _row(COLUMNS)
    for reply in replies:
        for excerpt in shown(reply.answer):
            yield _row(_cells(excerpt))


def _cells(excerpt: Excerpt) -> tuple[object, ...]:
    passage = excerpt.passage
    return (
        excerpt.rank,
        excerpt.score,
        sanitise_name(passage.path),
        excerpt.line,
        passage.page,
        sanitise(passage.heading or ""),
        sanitise(excerpt.sentence.slice(passage.text)),
        sanitise(passage.text),
    )


def _row(cells: Iterable[object]) -> str:
    row = StringIO()
    csv.writer(row, lineterminator="\n").writerow(cells)
    return row.getvalue()
