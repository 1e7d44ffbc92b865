"""The documents behind the screen: they are opened and watched, and suggest questions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Self

from textual import on
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from briefqa.corpus import ALL_DOCUMENTS
from briefqa.text_safety import sanitise_name
from briefqa.tui import background
from briefqa.tui.background import (
    CorpusOpened,
    QuestionSuggested,
    ReadingProgress,
    SuggestionsEnded,
)
from briefqa.tui.breakpoints import size_classes
from briefqa.tui.places import Visit
from briefqa.tui.session import AskRequest, OpenCorpus, Session
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.status_line import TICK, AppStatus, status_line
from briefqa.tui.worker import BackgroundWorker

__all__ = ["CorpusScreen"]

HINT = (
    'Type a question. "In quotes" is a phrase; +word must occur, -word must not. '
    "Tab, then f opens a document."
)
NAMED_DOCUMENTS = 20
"""Documents that are named if no question can be suggested."""


class CorpusScreen(Screen[None]):
    """A screen with documents, which are read in the background.

    Args:
        options: the options of the app.

    Attributes:
        session: the question, its answer and the selected excerpt.
        corpus: the documents; None until they are read.
        app_status: what the status line shows besides the answer.
        starters: the questions that are suggested.
        hints: what is shown if none can be suggested.
        last_session: where to go on, until it is shown again.
        ask_worker: opens the documents and answers questions, one after the other.
    """

    def __init__(self, options: LaunchOptions) -> None:
        super().__init__()
        self.options = options
        self.last_session = options.last_session
        request = AskRequest("", options.literal)
        self.session = Session(self.last_session.request if self.last_session else request)
        self.corpus: OpenCorpus | None = None
        self.app_status = AppStatus()
        self.starters: list[str] = []
        self.hints: list[str] = []
        self.ask_worker = BackgroundWorker(self.post_message)
        self._watch_worker = BackgroundWorker(self.post_message)
        self._suggest_worker = BackgroundWorker(self.post_message)

    def fit(self, size: Size) -> Self:
        """Arrange the panes for a size before they are created, so that they are styled once.

        Args:
            size: columns and rows.
        """
        for name in size_classes(size):
            self.add_class(name, update=False)
        return self

    def ask(self) -> None:
        """Ask the present question."""
        raise NotImplementedError

    def show_answer(self, *, again: bool = False, visit: Visit | None = None) -> None:
        """Show the present answer, or questions to start with."""
        raise NotImplementedError

    def lack(self, action: str) -> str:
        """Return a sentence that says what an action lacks to act now; empty if it can act."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys that cannot act now; they say why."""
        return None if self.lack(action) else super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Read the documents in the background."""
        # The first paint comes first: the thread would only slow it down.
        self.call_after_refresh(self._read_documents)
        self.set_interval(TICK, self._tick)
        if self.options.watch_interval:
            self.set_interval(self.options.watch_interval, self.check_documents)

    @on(CorpusOpened)
    def receive_corpus(self, message: CorpusOpened) -> None:
        """Show the documents, and ask the question that was typed meanwhile."""
        corpus = self.corpus = message.corpus
        self.starters.clear()
        self.hints.clear()
        self.app_status = self.app_status._replace(
            corpus=corpus.assistant.size,
            bundled=self.options.bundled,
            problems=corpus.assistant.problems,
            skipped=corpus.assistant.skipped,
            error="",
        )
        self.show_answer(again=True)
        if self.session.request.question.strip():
            self.ask()
        else:
            self._suggest_worker.run(partial(self._suggest_questions, corpus))

    @on(ReadingProgress)
    def receive_progress(self, message: ReadingProgress) -> None:
        """Show how much of the documents has been read."""
        self.app_status = self.app_status._replace(percent=message.percent)
        self.show_status()

    def _suggest_questions(self, corpus: OpenCorpus) -> None:
        background.suggest_questions(
            corpus, self.post_message, lambda: self.ask_worker.is_busy or corpus is not self.corpus
        )

    @on(QuestionSuggested)
    def receive_suggestion(self, message: QuestionSuggested) -> None:
        """Offer another question to start with."""
        self.starters.append(message.question)
        if self.session.answer is None:
            self.show_answer()

    @on(SuggestionsEnded)
    def receive_end_of_suggestions(self) -> None:
        """Say what can be typed and list the documents, if no question could be suggested."""
        if self.corpus and not self.starters:
            self.hints = [HINT, *self.document_names()]
            if self.session.answer is None:
                self.show_answer()

    def document_names(self) -> list[str]:
        """Return the names of the first documents within the filter, sanitised."""
        shared = self.corpus.shared_path if self.corpus else ""
        paths = islice(self.paths_in_scope, NAMED_DOCUMENTS)
        return [sanitise_name(path.removeprefix(shared)) for path in paths]

    @property
    def paths_in_scope(self) -> Sequence[str]:
        """The paths of the documents within the filter, in order."""
        if self.corpus is None:
            return []
        scope = self.session.request.scope
        if scope == ALL_DOCUMENTS:
            return self.corpus.assistant.paths
        return sorted(self.corpus.assistant.select(**scope._asdict()))

    def check_documents(self) -> None:
        """Read the documents again if any has changed, or if none could be read."""
        if self.corpus:
            self._watch_worker.run(
                partial(background.reopen_if_changed, self.options, self.corpus, self.post_message)
            )
        elif self.app_status.error and not self.options.reads_standard_input:
            self._watch_worker.run(
                partial(background.open_documents, self.options, self.post_message)
            )

    def action_reload(self) -> None:
        """Read the documents again."""
        if self.options.reads_standard_input:
            self.notify("Standard input can be read only once.", markup=False)
        else:
            self._read_documents()

    def _read_documents(self) -> None:
        self.app_status = self.app_status._replace(corpus=None, percent=0, ticks=0, error="")
        self.show_status()
        self.ask_worker.run(partial(background.open_documents, self.options, self.post_message))

    def on_resize(self) -> None:
        """Show as much of the status line as has room now."""
        self.show_status()

    def _tick(self) -> None:
        """Show that the documents are still being read."""
        if self.app_status.corpus is None and not self.app_status.error:
            self.app_status = self.app_status._replace(ticks=self.app_status.ticks + 1)
            self.show_status()

    def show_status(self) -> None:
        """Show the status line."""
        line = self.query_one("#status", Static)
        width = self.size.width - line.gutter.width
        status = status_line(self.session, self.app_status, width)
        # Only what could not be read may take several rows, which a question takes back.
        is_start = self.session.answer is None and bool(self.app_status.problems)
        is_whole = bool(self.app_status.error) or is_start
        line.set_class(is_whole, "-whole")
        line.update(status, layout=is_whole)
