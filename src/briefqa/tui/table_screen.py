"""The dialog with a table of answers, which is filled in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable, Static

from briefqa.errors import BriefqaError
from briefqa.records import Record
from briefqa.tui.answer_cards import cut_end
from briefqa.tui.answer_tables import (
    NO_ANSWER_HERE,
    SURE,
    Opening,
    ReportSteps,
    Table,
    TableCell,
    cut_apart,
)
from briefqa.tui.dialogs import Dialog
from briefqa.tui.document_names import DocumentNames
from briefqa.tui.status_line import error_text
from briefqa.tui.text_rows import WrappedText
from briefqa.tui.worker import BackgroundWorker, TaskFailed

__all__ = ["TableScreen", "TableView"]

FIRST_SHARE = 3
"""The part of the width that names take at most in the first column."""
LATER_SHARE = 4
"""The same in a later column."""
DETAIL_SHARE = 2
"""The part of the height that the chosen cell takes at most in full."""
COLUMN_GAP = 2
"""Cells between two columns."""
SCROLLBAR = 1
"""Cells of the bar at the right end."""
SHARE = 18
"""Cells that an answer of several takes at least; as many whole ones as fit share the rest."""
LEAST = 16
"""Cells that it takes where there is less room."""
ONLY_TABLE = "There is only one question."


class TableView(Record):
    """One of the tables of the dialog.

    Attributes:
        name: what it shows.
        fill: returns the table; called in a thread.
    """

    name: str
    fill: Callable[[ReportSteps], Table]


def _share(room: int, columns: int) -> int:
    """Return the width of columns of which whole ones fill the room; gaps are beside them."""
    whole = max(1, min(columns, room // (SHARE + COLUMN_GAP)))
    return max(LEAST, room // whole - COLUMN_GAP)


class TableAbandonedError(BriefqaError):
    """The table was closed, or another one chosen, before it was complete."""


class TableFilled(Message):
    """A table is complete."""

    def __init__(self, view: TableView, table: Table) -> None:
        super().__init__()
        self.view = view
        self.table = table


class TableProgress(Message):
    """Part of a table is complete."""

    def __init__(self, view: TableView, done: int, total: int) -> None:
        super().__init__()
        self.view = view
        self.done = done
        self.total = total


class TableScreen(Dialog[Opening | None]):
    """A table that is filled in the background, with the chosen cell in full below it.

    Args:
        views: what it shows at first, then what a key shows instead.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="table.leave"),
        Binding("j", "move(1)", "Next row", id="table.down", show=False),
        Binding("k", "move(-1)", "Previous row", id="table.up", show=False),
        Binding("a", "turn", "All questions, or this one", id="table.turn", show=False),
    ]

    def __init__(self, views: Sequence[TableView]) -> None:
        super().__init__()
        self._views = tuple(views)
        self._table: Table | None = None
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="table") as box:
            box.border_title = "…"
            box.border_subtitle = "Esc closes"
            yield DataTable[Text](zebra_stripes=True)
            yield Static(id="no-rows", classes="nothing", markup=False)
            with VerticalScroll(id="cell", can_focus=False):
                yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Fill the table in the background."""
        self._fill()

    def _fill(self) -> None:
        self._table = None
        self._tell("…")
        self._worker.run(partial(self._filled, self._views[0]))

    def _filled(self, view: TableView) -> Message:
        shown = -1

        def report(done: int, total: int) -> None:
            nonlocal shown
            if not self.is_attached or view is not self._views[0]:
                raise TableAbandonedError
            percent = 100 * done // max(1, total)
            if percent > shown:
                shown = percent
                self.post_message(TableProgress(view, done, total))

        return TableFilled(view, view.fill(report))

    @on(TableProgress)
    def show_progress(self, message: TableProgress) -> None:
        """Show how much of the table is complete."""
        if self._table is None and message.view is self._views[0]:
            self._tell(f"{message.done:,} of {message.total:,}")

    @on(TaskFailed)
    def show_error(self, message: TaskFailed) -> None:
        """Show why there is no table."""
        if not isinstance(message.error, TableAbandonedError):
            self._tell("…", error_text(message.error))

    def _tell(self, title: str, nothing: str = "") -> None:
        box = self.query_one("#table")
        box.border_title = Content(title)
        box.set_class(bool(nothing), "-empty")
        self.query_one("#no-rows", Static).update(nothing)
        self.query_one("#no-rows").display = bool(nothing)
        has_rows = self._table is not None and bool(self._table.rows)
        self.query_one(DataTable).display = has_rows
        self.query_one("#cell").display = has_rows
        keys = [f"a {view.name}" for view in self._views[1:]]
        keys += ["Enter opens"] if has_rows else []
        box.border_subtitle = ", ".join((*keys, "Esc closes"))

    @on(TableFilled)
    def show_table(self, message: TableFilled) -> None:
        """Show the table, unless another one was chosen meanwhile."""
        if message.view is not self._views[0]:
            return
        table = self._table = message.table
        count = f"{len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'}"
        self._tell(f"{table.title} · {count}", table.nothing)
        grid = self.query_one(DataTable)
        grid.cursor_type = "cell" if table.by_cell else "row"
        # The first column stays in view, cut where there is no room for another one.
        grid.fixed_columns = 1
        self._lay_out(table, Coordinate(0, int(table.by_cell)))
        self.set_focus(grid if table.rows else None)

    def on_resize(self) -> None:
        """Lay out the table in the new width."""
        if self._table:
            self._lay_out(self._table, self.query_one(DataTable).cursor_coordinate)

    def _lay_out(self, table: Table, chosen: Coordinate) -> None:
        """Show as much of the table as has room, and choose a cell."""
        width = self.query_one("#table").content_size.width
        grid = self.query_one(DataTable)
        grid.clear(columns=True)
        columns = [*self._columns(table, width)]
        for head, *cells in columns:
            # Textual would measure the cells later, and keep rows that it drew before.
            grid.add_column(Text(head), width=max(map(cell_len, (head, *cells))))
        for row in islice(zip(*columns, strict=True), 1, None):
            grid.add_row(*(Text(cell, "bold" if cell.startswith(SURE) else "") for cell in row))
        grid.move_cursor(row=chosen.row, column=chosen.column)
        details = [cell.detail for row in table.rows for cell in row]
        lines = len(WrappedText(max(details, key=len, default=""), max(1, width)))
        # With room for each of them, the table keeps its height.
        self.query_one("#cell").styles.height = min(lines + 1, self.size.height // DETAIL_SHARE)

    def _columns(self, table: Table, width: int) -> Iterator[Sequence[str]]:
        """Yield the texts of each column that there is room for, its head first."""
        columns = {
            number: [row[number].text for row in table.rows]
            for number in range(len(table.columns))
            if number != table.aside or self.size.width >= table.wide
        }
        if table.names in columns:
            names = DocumentNames(columns[table.names])
            most = self.size.width // (LATER_SHARE if table.names else FIRST_SHARE)
            columns[table.names] = [names.cut(name, most) for name in columns[table.names]]
        heads = dict(enumerate(table.columns))
        sharing = [*columns][1:] if table.by_cell else [*columns][-1:]
        fixed = (number for number in columns if number not in sharing)
        taken = (max(map(cell_len, [heads[n], *columns[n]])) + COLUMN_GAP for n in fixed)
        room = _share(width - SCROLLBAR - sum(taken), len(sharing))
        heads |= zip(sharing, cut_apart([heads[n] for n in sharing], room), strict=True)
        for number, texts in columns.items():
            cut = (cut_end(text[: room + 1], room) for text in texts)
            yield [heads[number], *(cut if number in sharing else texts)]

    @on(DataTable.CellHighlighted)
    def show_cell(self, message: DataTable.CellHighlighted) -> None:
        """Show a cell in full."""
        self._show_detail(message.coordinate)

    @on(DataTable.RowHighlighted)
    def show_row(self, message: DataTable.RowHighlighted) -> None:
        """Show a row in full."""
        self._show_detail(Coordinate(message.cursor_row, 0))

    def _show_detail(self, place: Coordinate) -> None:
        cell = self._cell(place)
        self.query_one("#detail", Static).update(cell.detail if cell else "")

    def _cell(self, place: Coordinate) -> TableCell | None:
        rows = self._table.rows if self._table else ()
        # Without rows, the cursor of Textual is in row -1.
        return rows[place.row][place.column] if 0 <= place.row < len(rows) else None

    @on(DataTable.CellSelected)
    def open_cell(self, message: DataTable.CellSelected) -> None:
        """Close with what the cell opens, if it opens anything."""
        self._open(message.coordinate)

    @on(DataTable.RowSelected)
    def open_row(self, message: DataTable.RowSelected) -> None:
        """Close with what the row opens."""
        self._open(Coordinate(message.cursor_row, 0))

    def _open(self, place: Coordinate) -> None:
        cell = self._cell(place)
        if cell and cell.opening:
            self.dismiss(cell.opening)
        elif cell:
            self.notify(NO_ANSWER_HERE, markup=False)

    def action_move(self, step: int) -> None:
        """Move to another row."""
        grid = self.query_one(DataTable)
        grid.move_cursor(row=grid.cursor_row + step)

    def action_turn(self) -> None:
        """Show the other table."""
        if len(self._views) > 1:
            self._views = (*self._views[1:], self._views[0])
            self._fill()
        else:
            self.notify(ONLY_TABLE, markup=False)
