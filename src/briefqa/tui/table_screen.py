"""The dialog with a table of answers, each cell of which opens a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import DataTable

from briefqa.errors import BriefqaError
from briefqa.tui.answer_tables import Opening, Report, Table
from briefqa.tui.question_bar import error_text
from briefqa.tui.worker import BackgroundWorker, TaskFailed

__all__ = ["TableScreen"]


WIDE = 80
"""Columns of the terminal."""


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


class TableScreen(ModalScreen[Opening | None]):
    """A table that is filled in the background.

    Args:
        fill: returns the table; called in a thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="table.leave"),
        Binding("j", "move(1)", "Next row", id="table.down", show=False),
        Binding("k", "move(-1)", "Previous row", id="table.up", show=False),
    ]

    def __init__(self, fill: Callable[[Report], Table]) -> None:
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
        self._tell(error_text(message.error))

    def _tell(self, title: str) -> None:
        self.query_one("#table").border_title = Content(title)

    @on(TableFilled)
    def show_table(self, message: TableFilled) -> None:
        """Show the table."""
        table = self._table = message.table
        self._tell(
            f"{table.title} · {len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'}"
        )
        self.query_one("#table").border_subtitle = table.hint
        grid = self.query_one(DataTable)
        grid.cursor_type = "cell" if table.by_cell else "row"
        # The first column stays where there is room for another one.
        grid.fixed_columns = int(self.size.width >= WIDE)
        grid.add_columns(*map(Text, table.columns))
        grid.add_rows([Text(text) for text in row.texts] for row in table.rows)
        grid.focus()

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
