"""The pane of the document: loads it, shows the excerpt in it, and finds text in it."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from briefqa.analysis.analyzer import Analyzer
from briefqa.answers import Excerpt
from briefqa.documents import Document
from briefqa.text_safety import sanitise_name
from briefqa.tui import background
from briefqa.tui.answer_cards import keep_end
from briefqa.tui.background import BackgroundWorker, DocumentLoaded, TermsLocated, TextFound
from briefqa.tui.document_search import TermPositions
from briefqa.tui.document_view import DocumentView
from briefqa.tui.question_bar import FindField
from briefqa.tui.session import DocumentRequest, OpenCorpus
from briefqa.tui.text_rows import WrappedText

__all__ = ["DocumentPane"]

SHORT_TEXT = 500_000
"""Characters; a text up to this length is wrapped without a noticeable delay."""
TITLE_MARGIN = 4
"""Cells of the border that a title does not use."""


class DocumentPane(Vertical):
    """A document with an excerpt, and a field to find other text.

    Args:
        wrapped: whether long lines are wrapped at first.
        loading_delay: seconds after which the passage is shown while its document is loaded.

    Attributes:
        request: the request for the document that is being loaded; None if none is.
    """

    def __init__(self, *, wrapped: bool, loading_delay: float) -> None:
        super().__init__(id="document-pane")
        self.view = DocumentView(wrapped=wrapped)
        self.field = FindField(id="find", placeholder="Find in the document")
        self.field.display = False
        self._excerpt: Excerpt | None = None
        self._note = ""
        self._positions: TermPositions | None = None
        self.request: DocumentRequest | None = None
        self._analyzer: Analyzer | None = None
        self._loading_delay = loading_delay
        self._loading_timer: Timer | None = None
        self._load_worker = BackgroundWorker(self.post_message)
        self._search_worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        yield self.view
        yield self.field

    def show(self, corpus: OpenCorpus, excerpt: Excerpt | None) -> None:
        """Show an excerpt in its document, once that is loaded.

        Args:
            corpus: the open corpus.
            excerpt: the excerpt; None to show the present document without one, or the first.
        """
        self._end_loading()
        self._analyzer = corpus.assistant.analyzer
        shown = self.view.document
        path = excerpt.passage.path if excerpt else shown.path if shown else None
        cached = corpus.cached(path) if path is not None else None
        if cached and (cached is shown or len(cached.text) <= SHORT_TEXT):
            self._show_document(cached, excerpt)
            return
        self.request = DocumentRequest(path, excerpt)
        if excerpt:
            self._loading_timer = self.set_timer(self._loading_delay, self._show_loading)
        self._load_worker.run(
            partial(background.load_document, corpus, self.request, self.view.text_layout)
        )

    @on(DocumentLoaded)
    def receive_document(self, message: DocumentLoaded) -> None:
        """Show a document, unless another was requested meanwhile."""
        request = message.request
        if request is not self.request:
            return
        self._end_loading()
        if message.document:
            self._show_document(message.document, request.excerpt, message.rows)
        elif request.excerpt:
            self._show_passage(request.excerpt, "cannot be read")

    def _show_loading(self) -> None:
        """Show the passage, since loading its document takes long."""
        if self.request and self.request.excerpt:
            self._show_passage(self.request.excerpt, "loading …")

    def _end_loading(self) -> None:
        self.request = None
        if self._loading_timer:
            self._loading_timer.stop()

    def _show_document(
        self, document: Document, excerpt: Excerpt | None, rows: WrappedText | None = None
    ) -> None:
        """Show a document.

        Args:
            document: the document.
            excerpt: the excerpt to highlight; None for none.
            rows: the text of the document in the layout of the view; None to wrap it here.
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
        if self._analyzer and (self._positions is None or self._positions.document is not document):
            self._search_worker.run(partial(background.locate_terms, document, self._analyzer))
        self._highlight_terms()

    def _show_passage(self, excerpt: Excerpt, note: str) -> None:
        """Show only the passage of an excerpt, while its document is not available.

        Args:
            excerpt: the excerpt.
            note: the reason, which is added to the title.
        """
        passage = excerpt.passage
        self._excerpt, self._note = excerpt, f" · {note}"
        self.view.show(
            Document(passage.path, passage.title, passage.text, ()),
            excerpt.sentence,
            excerpt.highlights,
            excerpt.focus,
            first_line=passage.lines[0],
        )

    def open_find(self) -> None:
        """Show the field, and focus it."""
        self.field.display = True
        self.screen.set_focus(self.field)

    def close_find(self) -> None:
        """Hide the field, and focus the document."""
        self.field.value = ""
        self.field.display = False
        self.screen.set_focus(self.view)

    @on(TermsLocated)
    def receive_positions(self, message: TermsLocated) -> None:
        """Highlight the terms in the whole document, rather than in the excerpt alone."""
        self._positions = message.positions
        self._highlight_terms()

    @on(Input.Changed)
    def search(self, message: Input.Changed) -> None:
        """Search for the text that is typed."""
        if self.view.document:
            self._search_worker.run(
                partial(background.search_document, self.view.document, message.value)
            )

    @on(TextFound)
    def receive_matches(self, message: TextFound) -> None:
        """Highlight the matches, unless another text was typed meanwhile."""
        is_wanted = self.field.display and message.text == self.field.value
        if is_wanted and message.document is self.view.document:
            self.view.highlight(message.spans, move=True)

    @on(DocumentView.Moved)
    def show_title(self) -> None:
        """Show the path of the document, and the number of the current match."""
        view = self.view
        if view.document is None:
            return
        matches = ""
        if view.matches:
            number = 0 if view.current is None else view.current + 1
            matches = f" · {number}/{len(view.matches)} matches"
        room = view.size.width - len(matches) - len(self._note) - TITLE_MARGIN
        path = keep_end(sanitise_name(view.document.path), max(1, room))
        view.border_title = Content(path + self._note + matches)

    def _highlight_terms(self) -> None:
        """Highlight the terms of the excerpt in the whole document, once they are located."""
        excerpt, positions = self._excerpt, self._positions
        if excerpt and positions and positions.document is self.view.document:
            self.view.highlight(positions.find(each.term for each in excerpt.contributions))
