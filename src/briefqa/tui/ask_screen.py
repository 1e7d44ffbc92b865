"""The screen: a question, its answers, and the document beside them."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from briefqa.answers import Corpus
from briefqa.sanitising import sanitise_name
from briefqa.tui import jobs, keys
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.background import Background
from briefqa.tui.cards import Card, excerpt_card
from briefqa.tui.collection import Collection, stamp
from briefqa.tui.concordance import Concordance
from briefqa.tui.document_view import DocumentView
from briefqa.tui.history import History
from briefqa.tui.launch import Launch
from briefqa.tui.messages import Answered, Concorded, Failed, Found, Opened, Refused, Suggested
from briefqa.tui.question_field import FindField, QuestionField
from briefqa.tui.session import Asking, Session
from briefqa.tui.status import Situation, failure, pane_title, status_line

__all__ = ["AskScreen"]

WIDTHS = [(0, "-narrow"), (60, "-stacked"), (100, "-wide")]
"""The classes of screens at least so many columns wide: one pane, two stacked, two abreast."""
HEIGHTS = [(0, "-short"), (18, "-tall")]
"""The classes of screens at least so many rows high; a short one has one pane too."""


class AskScreen(Screen[None]):
    """Ask, and read the answers in their documents."""

    BINDINGS = keys.ANYWHERE
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS: ClassVar[str | None] = "#question"

    def __init__(self, launch: Launch, session: Session, history: History) -> None:
        super().__init__()
        self.launch = launch
        self.session = session
        self.history = history
        self.collection: Collection | None = None
        self.situation = Situation()
        self.starters: list[str] = []
        self._asking = Background(self.post_message)
        self._reading = Background(self.post_message)
        self._concordance: Concordance | None = None
        self._timers: list[Timer] = []

    def compose(self) -> ComposeResult:
        """Lay the widgets out."""
        with Horizontal(id="ask"):
            yield Static("Ask>", id="prompt", markup=False)
            yield QuestionField(id="question", placeholder="Type a question", select_on_focus=False)
            yield Static(_link("F1 help", "app.help"), id="hint", markup=False)
        yield Static(id="status", markup=False)
        with Container(id="panes"):
            yield AnswerList()
            with Vertical(id="reader"):
                yield DocumentView()
                yield FindField(id="find", placeholder="Find in the document")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Read the documents, without keeping the reader waiting."""
        self.query_one(FindField).display = False
        self.action_reload()

    # What the threads have found.

    @on(Opened)
    def take_collection(self, message: Opened) -> None:
        """Show what was read, and ask what was typed meanwhile."""
        collection = self.collection = message.collection
        self._concordance = None
        self.starters.clear()
        self.situation = self.situation._replace(
            corpus=Corpus(len(collection.documents), collection.passages),
            bundled=self.launch.bundled,
            problems=collection.problems,
            error="",
        )
        self.show_answer()
        self.ask()
        if not self.session.asking.question.strip():
            overtaken = lambda: self._asking.overtaken  # noqa: E731
            self._asking.run(partial(jobs.suggest, collection, self.post_message, overtaken))
