"""The screen: a question, its answers, and the document beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from briefqa.answers import Excerpt
from briefqa.documents import Document
from briefqa.tui import keys
from briefqa.tui.answer_cards import Card, excerpt_card
from briefqa.tui.launch import Launch
from briefqa.tui.line_wrap import Rows
from briefqa.tui.messages import (
    Answered,
    Failed,
    Loaded,
    Opened,
    Progressed,
    Refused,
    Suggested,
    Wrapped,
)
from briefqa.tui.screens.export_screen import TakingScreen
from briefqa.tui.screens.history_screen import HistoryScreen
from briefqa.tui.state import tasks
from briefqa.tui.state.background import Background
from briefqa.tui.state.history import History
from briefqa.tui.state.open_corpus import OpenCorpus
from briefqa.tui.state.session import Asking, Session, Wanted
from briefqa.tui.widgets.answer_list import AnswerList
from briefqa.tui.widgets.document_pane import Reader
from briefqa.tui.widgets.document_view import DocumentView
from briefqa.tui.widgets.question_field import QuestionField
from briefqa.tui.widgets.status_line import Situation, failure, pane_title, status_line

__all__ = ["AskScreen"]

WIDTHS = [(0, "-narrow"), (60, "-stacked"), (100, "-wide")]
"""The classes of screens at least so many columns wide: one pane, two stacked, two abreast."""
HEIGHTS = [(0, "-short"), (18, "-tall")]
"""The classes of screens at least so many rows high; a short one has one pane too."""

SHORT = 500_000
"""Characters of the longest text that is set in rows without a noticeable delay."""


class AskScreen(TakingScreen):
    """Ask, and read the answers in their documents.

    Args:
        launch: what the app is started with.
        history: the questions asked before.
        wrapped: whether long lines of the document are wrapped at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.ANYWHERE]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS: ClassVar[str | None] = "#question"

    def __init__(self, launch: Launch, history: History, *, wrapped: bool) -> None:
        super().__init__(Session(Asking("", launch.literal)), history)
        self.launch = launch
        self.corpus: OpenCorpus | None = None
        self.situation = Situation()
        self.starters: list[str] = []
        self.wanted: Wanted | None = None
        self._wrapped = wrapped
        self._asking = Background(self.post_message)
        self._loading = Background(self.post_message)
        self._watching = Background(self.post_message)
        self._pause: Timer | None = None
        self._patience: Timer | None = None
        self._late: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the widgets out."""
        with Horizontal(id="ask"):
            yield Static("Ask>", id="prompt", markup=False)
            yield QuestionField(id="question", placeholder="Type a question", select_on_focus=False)
            yield Static(Content.from_markup("[@click=app.help]F1 help[/]"), id="hint")
        yield Static(id="status", markup=False)
        with Container(id="panes"):
            yield AnswerList()
            yield Reader(wrapped=self._wrapped)
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Read the documents, without keeping the reader waiting."""
        self.show_answer()
        # The reader sees the screen first: the thread would only take time from its drawing.
        self.call_after_refresh(self._read_documents)
        if self.launch.watch:
            self.set_interval(self.launch.watch, self.watch_documents)

    def on_key(self, event: Key) -> None:
        """Take what is typed before anything has the focus, as while the app starts."""
        field = self.query_one(QuestionField)
        # A key that writes does not come here from a field that has the focus.
        if event.is_printable and event.character and self.focused in (None, field):
            field.insert_text_at_cursor(event.character)
            field.focus()

    # What the threads have found.

    @on(Opened)
    def take_corpus(self, message: Opened) -> None:
        """Show what was read, and ask what was typed meanwhile."""
        corpus = self.corpus = message.corpus
        self.starters.clear()
        self.situation = self.situation._replace(
            corpus=corpus.assistant.size,
            bundled=self.launch.bundled,
            problems=corpus.assistant.problems,
            error="",
        )
        self.show_answer()
        if self.session.asking.question.strip():
            self.ask()
        else:
            self._asking.run(partial(self._suggest, corpus))

    @on(Progressed)
    def take_progress(self, message: Progressed) -> None:
        """Say how far the reading is."""
        self.situation = self.situation._replace(percent=message.percent)
        self.show_status()

    def _suggest(self, corpus: OpenCorpus) -> None:
        tasks.suggest(corpus, self.post_message, lambda: self._asking.overtaken)

    @on(Suggested)
    def take_suggestion(self, message: Suggested) -> None:
        """Offer another question to start with."""
        self.starters.append(message.question)
        if self.session.answer is None:
            self.show_answer()

    @on(Loaded)
    def take_document(self, message: Loaded) -> None:
        """Show a document, unless something else is wanted meanwhile."""
        wanted = message.wanted
        if wanted is not self.wanted:
            return
        self._settle_document()
        if message.document:
            self._show_document(message.document, wanted.excerpt, message.rows)
        elif wanted.excerpt:
            self.query_one(Reader).show_passage(wanted.excerpt, "cannot be read")

    @on(Answered)
    def take_answer(self, message: Answered) -> None:
        """Show an answer, unless another question was asked meanwhile."""
        if self.session.take(message.asking, message.answer):
            self._settle()
            self.show_answer()

    @on(Refused)
    def take_refusal(self, message: Refused) -> None:
        """Say why a question cannot be asked."""
        if self.session.take(message.asking, None):
            self._settle(refusal=message.reason)
            self.show_answer()

    @on(Failed)
    def take_failure(self, message: Failed) -> None:
        """Say what went wrong; the app lives."""
        self._settle(error=failure(message.error))
        self.show_status()

    def _settle(self, *, refusal: str = "", error: str = "") -> None:
        if self._patience:
            self._patience.stop()
        self.situation = self.situation._replace(searching=False, refusal=refusal, error=error)

    # What the reader does.

    @on(Input.Changed, "#question")
    def take_question(self, message: Input.Changed) -> None:
        """Ask once the typing pauses."""
        self.session.ask(Asking(message.value, self.session.asking.literal))
        if self._pause:
            self._pause.stop()
        if self.launch.debounce and message.value.strip():
            self._pause = self.set_timer(self.launch.debounce, self.ask)
        else:
            self.ask()

    @on(AnswerList.Clicked)
    def take_click(self, message: AnswerList.Clicked) -> None:
        """Choose the answer that was clicked, and read it at the second click."""
        if self.session.answer is None:
            self._ask_starter(message.number)
            return
        self.action_choose(message.number - self.session.chosen)
        if message.twice:
            self.action_read()

    def ask(self) -> None:
        """Ask the question as it stands."""
        asking = self.session.asking
        if self.corpus is None or not asking.question.strip():
            # What went wrong with the documents still holds.
            self._settle(error=self.situation.error)
            self.show_answer()
            return
        if self._patience:
            self._patience.stop()
        self._patience = self.set_timer(self.launch.patience, self._tell_searching)
        self._asking.run(partial(tasks.ask, self.corpus.assistant, asking))

    def _tell_searching(self) -> None:
        self.situation = self.situation._replace(searching=not self.session.up_to_date)
        self.show_status()

    def watch_documents(self) -> None:
        """Read the documents again where any has changed or gone, or where none could be read."""
        if self.corpus:
            self._watching.run(partial(tasks.refresh, self.launch, self.corpus, self.post_message))
        elif self.situation.error and not self.launch.piped:
            self._watching.run(partial(tasks.open_documents, self.launch, self.post_message))

    # What is shown.

    def show_answer(self) -> None:
        """Show the present answer, or questions to start with."""
        answer = self.session.answer
        cards = self._starter_cards() if answer is None else map(excerpt_card, answer.excerpts)
        answers = self.query_one(AnswerList)
        answers.border_title = pane_title(answer)
        answers.show(list(cards), self.session.chosen)
        self.show_excerpt()
        self.show_status()

    def _starter_cards(self) -> Sequence[Card]:
        return [Card("", question) for question in self.starters]

    def show_excerpt(self) -> None:
        """Show the chosen excerpt in its document, as soon as that is read."""
        corpus, excerpt, view = self.corpus, self.session.excerpt, self.query_one(DocumentView)
        if corpus is None:
            return
        self._settle_document()
        shown = view.document
        path = excerpt.passage.path if excerpt else shown.path if shown else None
        kept = corpus.kept(path) if path is not None else None
        if kept and (kept is shown or len(kept.text) <= SHORT):
            self._show_document(kept, excerpt)
            return
        self.wanted = Wanted(path, excerpt)
        if excerpt:
            self._late = self.set_timer(self.launch.patience, self._show_passage)
        self._loading.run(partial(tasks.load_document, corpus, self.wanted, view.text_layout))

    def _show_document(
        self, document: Document, excerpt: Excerpt | None, rows: Rows | None = None
    ) -> None:
        if self.corpus:
            analyzer = self.corpus.assistant.analyzer
            self.query_one(Reader).show(document, excerpt, analyzer, rows)

    def _show_passage(self) -> None:
        """Show the passage, since its document takes long."""
        if self.wanted and self.wanted.excerpt:
            self.query_one(Reader).show_passage(self.wanted.excerpt, "loading …")

    def _settle_document(self) -> None:
        self.wanted = None
        if self._late:
            self._late.stop()

    def show_status(self) -> None:
        """Say how far the answer can be trusted, or what the app is doing."""
        status = status_line(self.session, self.situation)
        self.query_one("#status", Static).update(status)

    # The keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Enter print where that is what the app is for, and read elsewhere."""
        if action in ("print", "read"):
            return (action == "print") == self.launch.printing
        return True

    def action_choose(self, step: int) -> None:
        """Choose another answer, or question to start with."""
        if self.session.answer is None:
            self.session.chosen = max(0, min(self.session.chosen + step, len(self.starters) - 1))
            self.query_one(AnswerList).choose(self.session.chosen)
        elif self.session.choose(self.session.chosen + step):
            self.query_one(AnswerList).choose(self.session.chosen)
            self.show_excerpt()

    def action_up(self) -> None:
        """Choose the answer above; in an empty field look among earlier questions."""
        if self.session.asking.question or self.session.chosen:
            self.action_choose(-1)
        else:
            self.action_history()

    def action_read(self) -> None:
        """Go to the document, or ask the chosen question to start with."""
        if self.session.answer is None:
            self._ask_starter(self.session.chosen)
        elif self.session.excerpt:
            self.remember()
            self.add_class("-reading")
            self.query_one(DocumentView).focus()

    def action_clear(self) -> None:
        """Clear the question."""
        self.remember()
        self.query_one(QuestionField).value = ""

    def action_back(self) -> None:
        """Go back to the question."""
        self.remove_class("-reading", "-zoomed")
        self.query_one(QuestionField).focus()

    def action_match(self, step: int) -> None:
        """Go to another match."""
        self.query_one(DocumentView).move(step)

    def action_zoom(self) -> None:
        """Give the pane the whole screen, or take it back."""
        self.set_class(self.focused is self.query_one(DocumentView), "-reading")
        self.toggle_class("-zoomed")

    def action_wrap(self) -> None:
        """Wrap long lines of the document, or not."""
        view = self.query_one(DocumentView)
        view.wrap(wrapped=not view.wrapped)
        self.post_message(Wrapped(wrapped=view.wrapped))

    def action_find(self) -> None:
        """Find something else in the document."""
        self.add_class("-reading")
        self.query_one(Reader).find()

    def action_found(self) -> None:
        """Stay with what was found."""
        self.query_one(DocumentView).focus()

    def action_leave_find(self) -> None:
        """Leave finding; the question's words are marked again."""
        self.query_one(Reader).leave_find()
        self.show_excerpt()

    def action_history(self) -> None:
        """Choose among the questions asked before."""
        self.remember()
        self.app.push_screen(HistoryScreen(self.history.questions), self._ask_again)

    def action_literal(self) -> None:
        """Ask exactly what is written, or let it be corrected again."""
        asking = self.session.asking
        self.session.ask(asking._replace(literal=not asking.literal))
        self.ask()

    def action_reload(self) -> None:
        """Read the documents again."""
        if self.launch.piped:
            self.notify("What was piped in can be read only once.", markup=False)
        else:
            self._read_documents()

    def _read_documents(self) -> None:
        self.situation = self.situation._replace(corpus=None, percent=0, error="")
        self.show_status()
        self._asking.run(partial(tasks.open_documents, self.launch, self.post_message))

    def _ask_starter(self, number: int) -> None:
        if number < len(self.starters):
            self._ask_again(self.starters[number])

    def _ask_again(self, question: str | None) -> None:
        if question is not None:
            field = self.query_one(QuestionField)
            field.value = question
            field.cursor_position = len(question)
            field.focus()
