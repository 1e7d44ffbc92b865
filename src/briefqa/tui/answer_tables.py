"""Tables of answers, without Textual: what each document answers by itself, and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from briefqa.answers import Status
from briefqa.assistant import Assistant
from briefqa.errors import QuestionError
from briefqa.grid import GridCell
from briefqa.records import Record
from briefqa.scope import DocumentScope
from briefqa.text_safety import sanitise_name
from briefqa.tui.answer_cards import cut_end
from briefqa.tui.session import OpenCorpus

__all__ = ["Opening", "Table", "TableRow", "grid_table", "timeline_table"]

DOCUMENTS = 100
"""The number of documents of a grid at most, those with most hits."""
EVENTS = 2000
"""The number of rows of a timeline at most."""
CELL = 44
"""Cells of the terminal that a sentence of a grid takes at most."""
SIGNS = {Status.ANSWERED: "●", Status.WEAK: "◐", Status.NONE: ""}

Report = Callable[[int, int], object]
"""Called with the number of steps done, and of all steps."""


class Opening(Record):
    """What a cell of a table opens.

    Attributes:
        path: the path of a document.
        question: the question to ask this document; empty to show a place of it.
        offset: the first character of that place.
    """

    path: str
    question: str = ""
    offset: int = 0


class TableRow(Record):
    """A row of a table.

    Attributes:
        texts: those of the cells, sanitised.
        openings: what each cell opens; None for nothing.
    """

    texts: tuple[str, ...]
    openings: tuple[Opening | None, ...]


class Table(Record):
    """A table to choose a cell of.

    Attributes:
        title: the title.
        columns: the heads of the columns, sanitised.
        rows: the rows.
        by_cell: whether the cells of a row open different places.
        hint: what its keys do, or why it has no rows.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    by_cell: bool = False
    hint: str = "Enter opens, Esc closes"


def _paths(assistant: Assistant, scope: DocumentScope) -> frozenset[str] | None:
    """Return the paths of the documents in a scope; None for all."""
    return assistant.select(**scope._asdict()) if any(scope) else None


def grid_table(
    corpus: OpenCorpus, questions: Sequence[str], scope: DocumentScope, report: Report
) -> Table:
    """Return what the documents with most hits answer to questions, each by itself.

    Args:
        corpus: the documents.
        questions: the questions, a column each.
        scope: which of the documents are asked.
        report: called after each answer.
    """
    assistant = corpus.assistant
    hits: Counter[str] = Counter()
    for question in questions:
        hits.update(assistant.count_hits(question))
    within = _paths(assistant, scope)
    found = [path for path, _ in hits.most_common() if within is None or path in within]
    grid = assistant.grid(questions, documents=frozenset(found[:DOCUMENTS]), progress=report)
    asked = list(grid)
    rows = [
        _document_row(column.name, corpus, [(row.question, row.cells[n]) for row in asked])
        for n, column in enumerate(grid.columns)
    ]
    order = {path: number for number, path in enumerate(found)}
    rows.sort(key=lambda row: order[row.openings[0].path if row.openings[0] else ""])
    more = len(found) - len(rows)
    title = "Answers of each document" + (f", without {more:,} with fewer hits" if more > 0 else "")
    return Table(
        title,
        ("document", *(cut_end(sanitise_name(each), CELL) for each in questions)),
        tuple(rows),
        by_cell=True,
    )


def _document_row(path: str, corpus: OpenCorpus, cells: Sequence[tuple[str, GridCell]]) -> TableRow:
    openings = [Opening(path, question) if cell.excerpt else None for question, cell in cells]
    texts = [_cell_text(cell) for _, cell in cells]
    name = sanitise_name(path.removeprefix(corpus.shared_path))
    return TableRow((name, *texts), (Opening(path), *openings))


def _cell_text(cell: GridCell) -> str:
    told = cell.value if cell.status is Status.ANSWERED else None
    return f"{SIGNS[cell.status]} {cut_end(sanitise_name(told or cell.sentence or ''), CELL)}"


def timeline_table(corpus: OpenCorpus, about: str, scope: DocumentScope, report: Report) -> Table:
    """Return the sentences that mention a date, in the order of these dates.

    Args:
        corpus: the documents.
        about: a question whose words their passages have; blank for all sentences.
        scope: which of the documents are read; its days are those of the documents.
        report: called as passages are read.

    Raises:
        UsageError: there are more sentences than the screen shows.
    """
    assistant = corpus.assistant
    documents = _paths(assistant, scope)
    try:
        found = assistant.timeline(
            about.strip() or None, documents=documents, max_events=EVENTS, progress=report
        )
    except QuestionError:
        found = assistant.timeline(documents=documents, max_events=EVENTS, progress=report)
    rows = []
    for event in found.events:
        passage = event.place.passage
        opening = Opening(passage.path, offset=passage.span.start + event.place.sentence.start)
        place = event.place.citation.removeprefix(corpus.shared_path)
        texts = (event.iso, place, event.sentence)
        rows.append(TableRow(tuple(map(sanitise_name, texts)), (opening,) * len(texts)))
    title = f"Timeline: {about.strip()}" if about.strip() else "Timeline"
    table = Table(sanitise_name(title), ("date", "place", "sentence"), tuple(rows))
    return table if rows else table._replace(hint="No dates with these words, Esc closes")
