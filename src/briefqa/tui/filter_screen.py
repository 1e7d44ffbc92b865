"""The dialog that limits the answers to some documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from briefqa.errors import UsageError
from briefqa.scope import DocumentScope
from briefqa.text_safety import sanitise_name
from briefqa.tui import keys
from briefqa.tui.background import FacetsFound
from briefqa.tui.facets import Facet, date_range, matching_facets
from briefqa.tui.question_bar import SafeField
from briefqa.tui.worker import BackgroundWorker

__all__ = ["FilterScreen"]

SHOWN = 200
"""The largest number of documents and folders that are listed; words select among all of them."""


class FilterScreen(ModalScreen[DocumentScope | None]):
    """Fields for words and dates, and the documents and folders that match the words.

    Args:
        count: counts the hits of each document; called in a thread.
        scope: the present limits.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.LIST]

    def __init__(self, count: Callable[[], Message], scope: DocumentScope) -> None:
        super().__init__()
        self._count = count
        self._scope = scope
        self._facets: list[Facet] = []
        self._matching: list[Facet] = []
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="filter") as box:
            box.border_title = "Only some documents"
            box.border_subtitle = "Enter chooses, Esc closes"
            yield SafeField(placeholder="Words of the path, or a pattern such as *.pdf", id="words")
            with Horizontal(id="dates"):
                yield Static("since", markup=False)
                yield SafeField(str(self._scope.since or ""), placeholder="any day", id="since")
                yield Static("until", markup=False)
                yield SafeField(str(self._scope.until or ""), placeholder="any day", id="until")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Count the hits in the background."""
        self._show_matching("")
        self._worker.run(self._count)

    @on(FacetsFound)
    def receive_facets(self, message: FacetsFound) -> None:
        """Show the documents and folders."""
        self._facets = message.facets
        self._show_matching(self.query_one("#words", Input).value)

    @on(Input.Changed, "#words")
    def filter(self, message: Input.Changed) -> None:
        """Show what matches the words."""
        self._show_matching(message.value)

    @on(Input.Submitted)
    def choose(self) -> None:
        """Close with the highlighted documents."""
        number = self.query_one(OptionList).highlighted
        if number is not None:
            self._close(self._matching[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Close with the documents that were clicked."""
        self._close(self._matching[message.option_index])

    def _close(self, facet: Facet) -> None:
        """Close with documents in the range of days, unless there is no such range."""
        since, until = (self.query_one(each, Input).value for each in ("#since", "#until"))
        try:
            scope = date_range(since, until)
        except UsageError as error:
            self.query_one("#filter").border_subtitle = Content(sanitise_name(str(error)))
            return
        self.dismiss(scope._replace(patterns=(facet.pattern,) if facet.pattern else ()))

    def action_move(self, step: int) -> None:
        """Highlight another row."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show_matching(self, words: str) -> None:
        self._matching = matching_facets(self._facets, words)[:SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([_row(facet) for facet in self._matching])
        patterns = [facet.pattern for facet in self._matching]
        present = "".join(self._scope.patterns)
        options.highlighted = patterns.index(present) if present in patterns else 0


def _row(facet: Facet) -> Content:
    count = f"{facet.passages:,}" if facet.passages is not None else ""
    return Content.assemble((f"{count:>7}  ", "$text-mark"), sanitise_name(facet.name))
