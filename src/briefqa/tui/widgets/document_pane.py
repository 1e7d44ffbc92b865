"""The document beside the answers: what matches in it, and finding something else."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from briefqa.analysis.analyzer import Analyzer
from briefqa.answers import Excerpt
from briefqa.documents import Document
from briefqa.text_safety import sanitise_name
from briefqa.tui.answer_cards import fit_end
from briefqa.tui.line_wrap import Rows
from briefqa.tui.messages import Concorded, Found
from briefqa.tui.state import tasks
from briefqa.tui.state.background import Background
from briefqa.tui.term_positions import Concordance
from briefqa.tui.widgets.document_view import DocumentView
from briefqa.tui.widgets.question_field import FindField

__all__ = ["Reader"]

TITLE_FRAME = 4
"""Cells of the border that a title leaves free."""


class Reader(Vertical):
    """A document with the chosen excerpt, and the field in which to find something else.

    Args:
        wrapped: whether long lines are wrapped at first.
    """

    def __init__(self, *, wrapped: bool) -> None:
        super().__init__(id="reader")
        self.view = DocumentView(wrapped=wrapped)
        self.field = FindField(id="find", placeholder="Find in the document")
        self.field.display = False
        self._excerpt: Excerpt | None = None
        self._note = ""
        self._concordance: Concordance | None = None
        self._reading = Background(self.post_message)

    def compose(self) -> ComposeResult:
        """Lay the widgets out."""
        yield self.view
        yield self.field

    def show(
        self,
        document: Document,
        excerpt: Excerpt | None,
        analyzer: Analyzer,
        rows: Rows | None = None,
    ) -> None:
        """Show a document.

        Args:
            document: the document.
            excerpt: the excerpt to mark in it; None for none.
            analyzer: makes the terms of the document.
            rows: its text, set as the view sets it; set here unless given.
        """
        self._excerpt, self._note = excerpt, ""
        if excerpt is None:
            self.view.show(document, rows=rows)
            return
        start = excerpt.passage.span.start
        self.view.show(
            document,
            excerpt.sentence.shift(start),
            [span.shift(start) for span in excerpt.highlights],
            excerpt.focus.shift(start) if excerpt.focus else None,
            rows=rows,
        )
        if self._concordance is None or self._concordance.document is not document:
            self._reading.run(partial(tasks.concord, document, analyzer))
        self._mark_matches()

    def show_passage(self, excerpt: Excerpt, note: str) -> None:
        """Show the passage of an excerpt alone, for want of its document.

        Args:
            excerpt: the excerpt.
            note: why, to add to the title.
        """
        passage = excerpt.passage
        self._excerpt, self._note = excerpt, f" · {note}"
        self.view.show(
            Document(passage.path, passage.title, passage.text, ()),
            excerpt.sentence,
            excerpt.highlights,
            excerpt.focus,
            first=passage.lines[0],
        )

    def find(self) -> None:
        """Let the reader type what to find."""
        self.field.display = True
        self.field.focus()

    def leave_find(self) -> None:
        """Leave finding."""
        self.field.value = ""
        self.field.display = False
        self.view.focus()

    @on(Concorded)
    def take_concordance(self, message: Concorded) -> None:
        """Mark all matches of the document, not those of the excerpt alone."""
        self._concordance = message.concordance
        self._mark_matches()

    @on(Input.Changed)
    def take_wanted(self, message: Input.Changed) -> None:
        """Find what is typed."""
        if self.view.document:
            self._reading.run(partial(tasks.find_in, self.view.document, message.value))

    @on(Found)
    def take_places(self, message: Found) -> None:
        """Mark what was found, unless something else is wanted by now."""
        wanted = self.field.display and message.wanted == self.field.value
        if wanted and message.document is self.view.document:
            self.view.mark(message.spans, go=True)

    @on(DocumentView.Moved)
    def show_title(self) -> None:
        """Say which document is shown, and which match of how many is the current one."""
        view = self.view
        if view.document is None:
            return
        matches = ""
        if view.matches:
            number = 0 if view.current is None else view.current + 1
            matches = f" · {number}/{len(view.matches)} matches"
        room = view.size.width - len(matches) - len(self._note) - TITLE_FRAME
        path = fit_end(sanitise_name(view.document.path), max(1, room))
        view.border_title = Content(path + self._note + matches)

    def _mark_matches(self) -> None:
        """Mark the words of the excerpt wherever they stand, once that is known."""
        excerpt, concordance = self._excerpt, self._concordance
        if excerpt and concordance and concordance.document is self.view.document:
            self.view.mark(concordance.find(each.term for each in excerpt.contributions))
