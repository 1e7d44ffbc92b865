"""The pane of the document: loads it, shows the excerpt in it, and finds text in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from briefqa.answers import Excerpt
from briefqa.corpus import ALL_DOCUMENTS, DocumentScope
from briefqa.documents import Document
from briefqa.text_safety import sanitise_name
from briefqa.tui import background
from briefqa.tui.background import (
    DocumentLoaded,
    TermsFound,
    TextFound,
    TextWrapped,
)
from briefqa.tui.document_names import keep_end
from briefqa.tui.document_search import TermPositions
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import FindField, PlaceBar
from briefqa.tui.large_files import AnyDocument
from briefqa.tui.outline import Outline
from briefqa.tui.places import Visit
from briefqa.tui.session import DocumentRequest, Mark, OpenCorpus
from briefqa.tui.text_rows import SHORT_TEXT, WrappedText
from briefqa.tui.worker import BackgroundWorker, Delay

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["DocumentPane"]

TITLE_MARGIN = 4
"""Cells of the border that a title does not use."""


class DocumentPane(Vertical):
    """A document with an excerpt, and a field to find other text.

    Args:
        wrapped: whether long lines are wrapped at first.
        loading_delay: seconds after which the passage is shown while its document is loaded.

    Attributes:
        request: the request for the document that is being loaded; None if none is.
        mark: what is marked in the document without an excerpt; None for nothing.
    """

    def __init__(self, *, wrapped: bool, loading_delay: float) -> None:
        super().__init__(id="document-pane")
        self.view = DocumentView(wrapped=wrapped)
        self.field = FindField(id="find", placeholder="a text in the document")
        self.bar = Horizontal(
            Static("Find:", id="find-label"), self.field, Static(id="found"), id="find-bar"
        )
        self.bar.display = False
        self.place_bar = PlaceBar()
        self._excerpt: Excerpt | None = None
        self._note = ""
        self.mark: Mark | None = None
        self._positions: TermPositions | None = None
        self.request: DocumentRequest | None = None
        self._analyzer: Analyzer | None = None
        self._loading_seconds = loading_delay
        self._loading_delay = Delay(self, self._show_loading)
        self._load_worker = BackgroundWorker(self.post_message)
        self._wrap_worker = BackgroundWorker(self.post_message)
        self._search_worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        yield self.view
        yield self.bar
        yield self.place_bar

    def show(
        self,
        corpus: OpenCorpus,
        excerpt: Excerpt | None,
        *,
        again: bool = False,
        visit: Visit | None = None,
        scope: DocumentScope = ALL_DOCUMENTS,
    ) -> None:
        """Show an excerpt in its document, once that is loaded.

        Args:
            corpus: the open corpus.
            excerpt: the excerpt; None to show the present document without one, or the first.
            again: whether it answers the same question as the excerpt that is shown; then neither
                the place nor the text to find changes.
            visit: the place to return to; None to show the sentence of the excerpt.
            scope: the documents to choose from if there is neither an excerpt nor a place.
        """
        shown = self.view.document
        request = self._request(excerpt, visit, again=again, scope=scope)
        self._end_loading()
        self._analyzer = corpus.assistant.analyzer
        if not again:
            self._close_bars()
        path, is_limited = request.path, request.scope != ALL_DOCUMENTS
        cached = None if path is None or is_limited else corpus.cached(path)
        if cached and (cached is shown or len(cached.text) <= SHORT_TEXT):
            self._show_document(cached, request)
            return
        self.request = request
        if not again or shown is None or shown.path != path:
            self._loading_delay.start(self._loading_seconds)
        load = partial(background.load_document, corpus, request, self.view.text_layout)
        self._load_worker.run(load)

    def _request(
        self,
        excerpt: Excerpt | None,
        visit: Visit | None,
        *,
        again: bool,
        scope: DocumentScope,
    ) -> DocumentRequest:
        """Return what is to be shown, with the arguments of `show`."""
        # What was requested and is not shown yet is still wanted for the same question.
        pending = self.request if again else None
        passage = excerpt.passage if excerpt else None
        wanted = visit or passage or pending or self.view.document
        path = wanted.path if wanted else None
        request = DocumentRequest(path, excerpt, again, mark=self.mark if again else None)
        if place := visit or pending:
            request = request._replace(offset=place.offset, mark=place.mark)
        return request if excerpt or visit else request._replace(scope=scope)

    @property
    def is_whole(self) -> bool:
        """Whether a document is shown, not only a passage while it is loaded."""
        return self.view.document is not None and not self._note

    @on(DocumentLoaded)
    def receive_document(self, message: DocumentLoaded) -> None:
        """Show a document, unless another was requested meanwhile."""
        request = message.request
        if request is not self.request:
            return
        self._end_loading()
        if message.document:
            self._show_document(message.document, request, message.rows, message.outline)
        elif request.excerpt:
            self._show_passage(request.excerpt, "cannot be read")

    def _show_loading(self) -> None:
        """Show the passage, since loading its document takes long."""
        if self.request and self.request.excerpt:
            self._show_passage(self.request.excerpt, "loading …")
        elif self.view.document is None:
            self.view.border_title = "loading …"

    def _end_loading(self) -> None:
        self.request = None
        self._loading_delay.stop()

    def _show_document(
        self,
        document: AnyDocument,
        request: DocumentRequest,
        rows: WrappedText | None = None,
        outline: Outline | None = None,
    ) -> None:
        """Show a document.

        Args:
            document: the document.
            request: the request for it.
            rows: the text of the document in the layout of the view; None to wrap it here.
            outline: the headings of the document; None to find them here.
        """
        shift = self._shift(document, request)
        excerpt = self._excerpt = request.excerpt
        self._note = ""
        self.mark = self._valid_mark(document, request)
        if excerpt is None:
            sentence, focus = self.mark or (None, None)
            self.view.show(document, sentence, focus=focus, rows=rows, outline=outline, shift=shift)
            self._return_to(request)
            return
        start = excerpt.passage.span.start
        self.view.show(
            document,
            excerpt.sentence.shift(start),
            [span.shift(start) for span in excerpt.highlights],
            excerpt.focus.shift(start) if excerpt.focus else None,
            rows=rows,
            outline=outline,
            shift=shift,
        )
        self._return_to(request)
        self._search()

    def _return_to(self, request: DocumentRequest) -> None:
        """Scroll to the place that was visited before, if one was requested."""
        if request.offset is not None:
            self.view.return_to(request.offset)

    def _valid_mark(self, document: AnyDocument, request: DocumentRequest) -> Mark | None:
        """Return what is to be marked, unless the text that it is of has changed."""
        shown = self.view.document
        is_same = request.mark == self.mark and shown is not None and shown.path == document.path
        changed = is_same and shown is not None and shown.text != document.text
        return None if request.excerpt or changed else request.mark

    def _shift(self, document: AnyDocument, request: DocumentRequest) -> int | None:
        """Return how many characters further on the place that is shown now is in a document.

        Returns:
            The number; None if another place is to be shown.
        """
        shown, before, excerpt = self.view.document, self._excerpt, request.excerpt
        if shown is None or shown.path != document.path or self._note:
            return None
        if excerpt is None:
            return 0 if request.mark in (None, self.mark) else None
        if not request.again or before is None or before.passage.text != excerpt.passage.text:
            return None
        return excerpt.passage.span.start - before.passage.span.start

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

    @on(DocumentView.RowsNeeded)
    def wrap_text(self, message: DocumentView.RowsNeeded) -> None:
        """Wrap a long text in the background."""
        self._wrap_worker.run(partial(background.wrap_text, message.text, message.layout))

    @on(TextWrapped)
    def receive_rows(self, message: TextWrapped) -> None:
        """Show a long text in its new rows, unless another text is shown."""
        if self.view.document and self.view.document.text is message.rows.text:
            self.view.use_rows(message.rows)

    def open_find(self) -> None:
        """Show the field, and focus it."""
        self.bar.display = True
        self.screen.set_focus(self.field)

    def close_find(self) -> None:
        """Hide the field, and highlight the terms of the excerpt again."""
        if self.bar.display:
            self.bar.display = False
            self.field.value = ""
            self._search()

    def _close_bars(self) -> None:
        """Hide the fields; with one that is focused, no key would act."""
        if self.screen.focused in (self.field, self.place_bar.field):
            self.screen.set_focus(self.view)
        self.close_find()
        self.place_bar.close()

    def go_to_place(self) -> bool:
        """Go to the line that is typed; return whether the document has it."""
        document = self.view.document
        line = self.place_bar.find_line(document) if document else None
        if line is None:
            return False
        self.place_bar.close()
        self.view.go_to_line(line)
        return True

    def _search(self) -> None:
        """Search for the text in the field, if it is shown, else for the terms of the excerpt."""
        document, excerpt = self.view.document, self._excerpt
        if document is None or self._note:
            return
        if self.bar.display:
            text, near = self.field.value, self.view.place
            self._search_worker.run(partial(background.search_document, document, text, near))
        elif excerpt and self._analyzer:
            self._search_worker.run(
                partial(background.find_terms, document, excerpt, self._analyzer, self._positions)
            )

    @on(Input.Changed)
    def search(self) -> None:
        """Search for the text that is typed."""
        if self.bar.display:
            self._search()

    @on(TermsFound)
    def receive_terms(self, message: TermsFound) -> None:
        """Highlight the terms in the whole document, rather than in the excerpt alone."""
        self._positions = message.positions
        is_wanted = not self.bar.display and message.excerpt is self._excerpt
        if is_wanted and message.positions.document is self.view.document:
            view = self.view
            current = None if view.current is None else view.matches.spans[view.current].start
            view.highlight(message.matches, near=current)

    @on(TextFound)
    def receive_matches(self, message: TextFound) -> None:
        """Highlight the matches, unless another text was typed meanwhile."""
        is_wanted = self.bar.display and message.text == self.field.value
        if is_wanted and message.document is self.view.document:
            moves = self.screen.focused is self.field
            self.view.highlight(message.matches, near=self.view.place, move=moves)

    @on(DocumentView.Moved)
    def show_title(self) -> None:
        """Show the path of the document, and the number of the current match."""
        view = self.view
        if view.document is None:
            return
        found = self._match_count()
        finds = self.bar.display
        shown = found if self.field.value.strip() else ""
        if str(self.query_one("#found", Static).content) != shown:
            self.query_one("#found", Static).update(shown)
        self.query_one("#found").set_class(not view.matches.spans, "-none")
        count = f" · {found}" if view.matches.spans and not finds else ""
        room = view.size.width - len(count) - len(self._note) - TITLE_MARGIN
        path = keep_end(sanitise_name(view.document.path), max(1, room))
        view.border_title = Content(path + self._note + count)
        self.screen.refresh_bindings()

    def _match_count(self) -> str:
        """Return the number of the current match, and of all."""
        matches, current = self.view.matches, self.view.current
        if not matches.spans:
            return "no match"
        noun = "match" if matches.total == "1" else "matches"
        number = 0 if current is None else matches.skipped + current + 1
        return f"{number:,}/{matches.total} {noun}" if number else f"{matches.total} {noun}"
