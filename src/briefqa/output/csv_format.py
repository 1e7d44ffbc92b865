"""Comma-separated values (RFC 4180, with line feeds), for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from briefqa.answers import Excerpt
from briefqa.output import Layout, Reply, shown
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["BATCH_COLUMNS", "COLUMNS", "csv_row", "render_csv"]

COLUMNS = ("rank", "score", "path", "line", "page", "heading", "sentence", "text")
BATCH_COLUMNS = (*COLUMNS, "question", "status", "confidence")


def render_csv(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield a header, then a row for each excerpt that answers.

    In a batch the rows also have the question, its status and its confidence; one without an answer
    has a row with these alone.
    """
    yield csv_row(BATCH_COLUMNS if layout.batch else COLUMNS)
    for reply in replies:
        answer = reply.answer
        rows = [_cells(excerpt) for excerpt in shown(answer)]
        if layout.batch:
            about = (sanitise(answer.question), answer.status, answer.confidence)
            rows = [(*row, *about) for row in rows or [("",) * len(COLUMNS)]]
        yield "".join(map(csv_row, rows))


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


def csv_row(cells: Iterable[object]) -> str:
    """Return a row, with the quotation marks that its cells need."""
    row = StringIO()
    csv.writer(row, lineterminator="\n").writerow(cells)
    return row.getvalue()
