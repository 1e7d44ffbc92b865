"""The app: a question, its answers, and the document beside them."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from briefqa.assistant import Assistant
from briefqa.errors import QuestionError
from briefqa.sanitising import sanitise_name
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.background import Background
from briefqa.tui.cards import excerpt_card
from briefqa.tui.collection import Collection, open_collection
from briefqa.tui.document_view import DocumentView
from briefqa.tui.messages import Answered, Opened, Refused
from briefqa.tui.question_field import QuestionField
from briefqa.tui.session import Asking, Session
from briefqa.tui.status import status_line

__all__ = ["BriefqaApp"]

TOP = 20
"""Excerpts of an answer at the most."""
WIDTHS = [(0, "-narrow"), (60, "-stacked"), (100, "-wide")]
"""The classes of screens at least so many columns wide: one pane, two stacked, two abreast."""
HEIGHTS = [(0, "-short"), (18, "-tall")]
"""The classes of screens at least so many rows high; a short one has one pane too."""
DEBOUNCE = 0.08
"""Seconds without a key before a question is asked."""


class BriefqaApp(App[str]):
    """Ask, and read the answers in their documents."""

    TITLE = "briefqa"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True),
    ]

    def __init__(self, paths: Sequence[str], max_size: int, *, debounce: float = DEBOUNCE) -> None:
        super().__init__()
        self.session = Session()
        self.collection: Collection | None = None
        self._paths = paths
        self._max_size = max_size
        self._debounce = debounce
        self._pending: Timer | None = None
        self._asking = Background(self.post_message)

    def compose(self) -> ComposeResult:
        """Lay the widgets out."""
        with Horizontal(id="ask"):
            yield Static("Ask>", id="prompt", markup=False)
            yield QuestionField(id="question", placeholder="a question in plain language")
            yield Static("F1 help", id="hint", markup=False)
        yield Static(id="status", markup=False)
        with Container(id="panes"):
            yield AnswerList()
            yield DocumentView()
        yield Footer()

    def on_mount(self) -> None:
        """Read the documents, without keeping the reader waiting."""
        self.query_one(AnswerList).border_title = "Answers"
        self._asking.run(partial(_open, self._paths, self._max_size))
        self.query_one(QuestionField).focus()
        self._show_status()

    @on(Opened)
    def take_collection(self, message: Opened) -> None:
        """Show what was read, and ask what was typed meanwhile."""
        self.collection = message.collection
        self._show_status()
        self._show_excerpt()
        self._ask()

    @on(Input.Changed, "#question")
    def take_question(self, message: Input.Changed) -> None:
        """Ask once the typing pauses."""
        self.session.ask(Asking(message.value, self.session.asking.literal))
        if self._pending:
            self._pending.stop()
        if self._debounce:
            self._pending = self.set_timer(self._debounce, self._ask)
        else:
            self._ask()

    @on(Answered)
    def take_answer(self, message: Answered) -> None:
        """Show an answer, unless another question was asked meanwhile."""
        if self.session.take(message.asking, message.answer):
            self._show_answer()

    @on(Refused)
    def take_refusal(self, message: Refused) -> None:
        """Say why a question cannot be asked."""
        if self.session.take(message.asking, None):
            self._show_answer()

    @on(AnswerList.Chosen)
    def take_choice(self, message: AnswerList.Chosen) -> None:
        """Choose the answer that was clicked."""
        self.action_choose(message.number - self.session.chosen)

    @on(Input.Submitted, "#question")
    def action_read(self) -> None:
        """Go to the document."""
        self.query_one(DocumentView).focus()

    def action_choose(self, step: int) -> None:
        """Choose another answer."""
        if self.session.choose(self.session.chosen + step):
            self.query_one(AnswerList).choose(self.session.chosen)
            self._show_excerpt()

    def action_up(self) -> None:
        """Choose the answer above."""
        self.action_choose(-1)

    def action_clear(self) -> None:
        """Clear the question."""
        self.query_one(QuestionField).value = ""

    @on(DocumentView.Moved)
    def title_document(self) -> None:
        """Say which document is shown, and which match of how many is the current one."""
        view = self.query_one(DocumentView)
        if view.document is None:
            return
        title = sanitise_name(view.document.path)
        if view.matches:
            number = 0 if view.current is None else view.current + 1
            title += f" · {number}/{len(view.matches)} matches"
        view.border_title = Content(title)

    def _ask(self) -> None:
        asking = self.session.asking
        if self.collection is None:
            return
        if not asking.question.strip():
            self._show_answer()
            return
        self._asking.run(partial(_answer, self.collection.assistant, asking))

    def _show_answer(self) -> None:
        answer = self.session.answer
        cards = [excerpt_card(excerpt) for excerpt in answer.excerpts] if answer else []
        self.query_one(AnswerList).show(cards, self.session.chosen)
        self._show_excerpt()
        self._show_status()

    def _show_excerpt(self) -> None:
        collection, excerpt = self.collection, self.session.excerpt
        if collection is None:
            return
        view = self.query_one(DocumentView)
        if excerpt is None:
            view.show(view.document or next(iter(collection.documents.values())))
            return
        start = excerpt.passage.span.start
        view.show(
            collection.documents[excerpt.passage.path],
            excerpt.sentence.shift(start),
            [span.shift(start) for span in excerpt.highlights],
        )

    def _show_status(self) -> None:
        self.query_one("#status", Static).update(status_line(self.session, self.collection))


def _open(paths: Sequence[str], max_size: int) -> Message:
    return Opened(open_collection(paths, max_size))


def _answer(assistant: Assistant, asking: Asking) -> Message:
    try:
        answer = assistant.ask(asking.question, TOP, literal=asking.literal)
    except QuestionError as error:
        return Refused(asking, str(error))
    return Answered(asking, answer)
