"""Tables of answers: what each document answers by itself, and dates; the dialog with a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Static

from briefqa.answers import Status
from briefqa.assistant import Assistant
from briefqa.corpus import DocumentScope
from briefqa.errors import BriefqaError, QuestionError
from briefqa.grid import GridCell
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui.answer_cards import cut_end
from briefqa.tui.dialogs import Dialog
from briefqa.tui.document_names import DocumentNames, cut_path
from briefqa.tui.session import OpenCorpus
from briefqa.tui.status_line import error_text
from briefqa.tui.worker import BackgroundWorker, TaskFailed

__all__ = [
    "Opening",
    "Table",
    "TableRow",
    "TableScreen",
    "grid_table",
    "timeline_table",
]

DOCUMENTS = 100
"""The number of documents of a grid at most, those with most hits."""
EVENTS = 2000
"""The number of rows of a timeline at most."""
CELL = 30
"""Cells of the terminal that a sentence of a grid takes at least; whole columns share the rest."""
GAP = 2
"""Cells of the blanks beside a column."""
LONGEST = 200
"""Characters of a sentence of a grid that are kept."""
NO_DATES = "No dates in the documents: a row is a sentence that mentions one."
NO_DATES_FOR = (
    "No dates with these words: a row is a sentence that mentions one. "
    "Without a question, all dates are listed."
)
SURE = "●"
SIGNS = {Status.ANSWERED: SURE, Status.WEAK: "◐", Status.NONE: ""}
WIDE = 60
"""Columns of the terminal."""
NAME_SHARE = 3
"""The part of the width that the names of documents take at most."""
PERCENT = 96
"""The part of the width that the dialog takes."""
FRAME = 5
"""Cells of the frame and the scroll bar."""

ReportSteps = Callable[[int, int], object]
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
        aside: the number of a column that a small screen leaves out; None for none.
        by_cell: whether the cells of a row open different places.
        nothing: a sentence that says why it has no rows; empty if it has some.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    aside: int | None = None
    by_cell: bool = False
    nothing: str = ""


def _paths(assistant: Assistant, scope: DocumentScope) -> frozenset[str] | None:
    """Return the paths of the documents in a scope; None for all."""
    return assistant.select(**scope._asdict()) if any(scope) else None


def grid_table(
    corpus: OpenCorpus, questions: Sequence[str], scope: DocumentScope, report: ReportSteps
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
        ("document", *map(sanitise_name, questions)),
        tuple(rows),
        by_cell=True,
        nothing="" if rows else "No document answers these questions.",
    )


def _document_row(path: str, corpus: OpenCorpus, cells: Sequence[tuple[str, GridCell]]) -> TableRow:
    openings = [Opening(path, question) if cell.excerpt else None for question, cell in cells]
    texts = [_cell_text(cell) for _, cell in cells]
    name = sanitise_name(path.removeprefix(corpus.shared_path))
    return TableRow((name, *texts), (Opening(path), *openings))


def _cell_text(cell: GridCell) -> str:
    told = cell.value if cell.status is Status.ANSWERED else None
    return f"{SIGNS[cell.status]} {cut_end(sanitise_name(told or cell.sentence or ''), LONGEST)}"


def timeline_table(
    corpus: OpenCorpus, about: str, scope: DocumentScope, report: ReportSteps
) -> Table:
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
    nothing = NO_DATES_FOR if about.strip() else NO_DATES
    if left := sum(each.dates for each in found.unplaced):
        title = f"{title}, without {left:,} of unknown day"
        written = sanitise_name(found.unplaced[0].written)
        nothing = f"Dates whose day is not known are left out, such as {written}."
    columns = ("date", "place", "sentence")
    told = "" if rows else nothing
    return Table(sanitise_name(title), columns, tuple(rows), aside=1, nothing=told)


def _cell_width(width: int, first: int, questions: int) -> int:
    """Return the cells of a sentence of a grid, so that whole columns fill the dialog.

    Args:
        width: the columns of the terminal.
        first: the cells of the names of the documents.
        questions: the number of columns beside them.
    """
    free = width * PERCENT // 100 - FRAME - GAP - first
    whole = max(1, min(questions, free // (CELL + GAP)))
    return max(CELL, free // whole - GAP)


class TableAbandonedError(BriefqaError):
    """The table was closed before it was complete."""


class TableFilled(Message):
    """A table is complete."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table


class TableProgress(Message):
    """Part of a table is complete."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total


class TableScreen(Dialog[Opening | None]):
    """A table that is filled in the background.

    Args:
        fill: returns the table; called in a thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="table.leave"),
        Binding("j", "move(1)", "Next row", id="table.down", show=False),
        Binding("k", "move(-1)", "Previous row", id="table.up", show=False),
    ]

    def __init__(self, fill: Callable[[ReportSteps], Table]) -> None:
        super().__init__()
        self._fill = fill
        self._table: Table | None = None
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="table") as box:
            box.border_title = "…"
            box.border_subtitle = "Esc closes"
            yield DataTable[Text](zebra_stripes=True)
            yield Static(id="no-rows", classes="nothing", markup=False)

    def on_mount(self) -> None:
        """Fill the table in the background."""
        self._worker.run(self._filled)

    def _filled(self) -> Message:
        shown = -1

        def report(done: int, total: int) -> None:
            nonlocal shown
            if not self.is_attached:
                raise TableAbandonedError
            percent = 100 * done // max(1, total)
            if percent > shown:
                shown = percent
                self.post_message(TableProgress(done, total))

        return TableFilled(self._fill(report))

    @on(TableProgress)
    def show_progress(self, message: TableProgress) -> None:
        """Show how much of the table is complete."""
        if self._table is None:
            self._tell(f"{message.done:,} of {message.total:,}")

    @on(TaskFailed)
    def show_error(self, message: TaskFailed) -> None:
        """Show why there is no table."""
        self._tell("…", error_text(message.error))

    def _tell(self, title: str, nothing: str = "") -> None:
        box = self.query_one("#table")
        box.border_title = Content(title)
        box.set_class(bool(nothing), "-empty")
        self.query_one("#no-rows", Static).update(nothing)
        self.query_one("#no-rows").display = bool(nothing)
        self.query_one(DataTable).display = not nothing

    @on(TableFilled)
    def show_table(self, message: TableFilled) -> None:
        """Show the table."""
        table = self._table = message.table
        count = f"{len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'}"
        self._tell(f"{table.title} · {count}", table.nothing)
        if table.rows:
            self.query_one("#table").border_subtitle = "Enter opens, Esc closes"
        grid = self.query_one(DataTable)
        grid.cursor_type = "cell" if table.by_cell else "row"
        # The first column stays in view, cut where there is no room for another one.
        grid.fixed_columns = 1
        columns = [*self._columns(table)]
        for head, *cells in columns:
            # Textual would measure the cells later, and keep rows that it drew before.
            grid.add_column(Text(head), width=max(map(cell_len, (head, *cells))))
        for row in islice(zip(*columns, strict=True), 1, None):
            grid.add_row(*(Text(cell, "bold" if cell.startswith(SURE) else "") for cell in row))
        if table.by_cell:
            grid.move_cursor(column=1)
        grid.focus()

    def _columns(self, table: Table) -> Iterator[Sequence[str]]:
        """Yield the texts of each column that there is room for, its head first."""
        width = self.size.width
        name = width // NAME_SHARE
        columns = zip(table.columns, *(row.texts for row in table.rows), strict=True)
        documents = next(columns)
        cut = DocumentNames(documents).cut if table.by_cell else cut_path
        first = [cut(text, name) for text in documents]
        yield first
        cell = _cell_width(width, max(map(cell_len, first)), len(table.columns) - 1)
        for number, column in enumerate(columns, start=1):
            if number != table.aside:
                yield [cut_end(text, cell) for text in column] if table.by_cell else column
            elif width >= WIDE:
                yield [cut_path(text, name) for text in column]

    @on(DataTable.CellSelected)
    def open_cell(self, message: DataTable.CellSelected) -> None:
        """Close with what the cell opens, if it opens anything."""
        self._open(message.coordinate.row, message.coordinate.column)

    @on(DataTable.RowSelected)
    def open_row(self, message: DataTable.RowSelected) -> None:
        """Close with what the row opens."""
        self._open(message.cursor_row, 0)

    def _open(self, row: int, column: int) -> None:
        opening = self._table.rows[row].openings[column] if self._table else None
        if opening:
            self.dismiss(opening)

    def action_move(self, step: int) -> None:
        """Move to another row."""
        grid = self.query_one(DataTable)
        grid.move_cursor(row=grid.cursor_row + step)
