"""The main screen: a question, its answers, and the document beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from briefqa.corpus import ALL_DOCUMENTS
from briefqa.tui import background, keys
from briefqa.tui.advice import no_match_advice
from briefqa.tui.answer_cards import Card, answer_cards
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.background import QuestionAnswered, QuestionRefused
from briefqa.tui.document_pane import DocumentPane
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import QuestionField
from briefqa.tui.keys import KeyFooter
from briefqa.tui.places import Visit
from briefqa.tui.question_screen import QuestionScreen
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.status_line import error_text, pane_title
from briefqa.tui.storage import History, LastSession, TextPlace
from briefqa.tui.word_chips import ChipBar
from briefqa.tui.worker import Delay, TaskFailed

__all__ = ["AskScreen"]

NO_CHOICE = "There is no other answer."
NOTHING_TO_READ = "There is nothing to read here."


class AskScreen(QuestionScreen):
    """The main screen.

    Args:
        options: the options of the app.
        history: the earlier questions.
        wrapped: whether long lines of the document are wrapped at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.ANYWHERE]

    class WaitEnded(Message):
        """An action that waited for an answer has run, or never will."""

    AUTO_FOCUS: ClassVar[str | None] = "#question"

    def __init__(self, options: LaunchOptions, history: History, *, wrapped: bool) -> None:
        super().__init__(options, history)
        self._wrapped = wrapped
        self._debounce = Delay(self, self.ask)
        self._searching_delay = Delay(self, self._show_searching)
        self._word_delay = Delay(self, self._finish_word)
        self._deferred: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Horizontal(id="ask"):
            yield Static("Ask>", id="prompt", markup=False)
            yield QuestionField(id="question", placeholder="Type a question", select_on_focus=False)
            yield Static(Content.from_markup("[@click=app.help]F1 help[/]"), id="hint")
        yield Static(id="status", markup=False)
        yield ChipBar()
        with Container(id="panes"):
            yield AnswerList()
            yield DocumentPane(wrapped=self._wrapped, loading_delay=self.options.searching_delay)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show that there is no answer yet, or the question of the last session."""
        field = self.query_one(QuestionField)
        with field.prevent(Input.Changed):
            self.set_question(self.session.request.question)
        self.show_answer()

    # Results of background tasks.

    @on(QuestionAnswered)
    def receive_answer(self, message: QuestionAnswered) -> None:
        """Show an answer, unless another question was asked meanwhile."""
        again = self.session.repeats(message.request)
        answer, selected = message.answer, message.selected
        if self.session.receive(message.request, answer, message.lookups, selected):
            self._end_search()
            self.keep_question_later()
            self.show_answer(again=again, visit=self._resume())
            self.end_wait(run=True)

    def _resume(self) -> Visit | None:
        """Select the excerpt at which the last session ended, if this is its question.

        Returns:
            The place in its document then; None to show the sentence of the excerpt.
        """
        last, self.last_session = self.last_session, None
        if last is None or last.passage is None or last.request != self.session.request:
            return None
        found, excerpt = self.session.find(*last.passage), self.session.excerpt
        if not found or excerpt is None or last.top is None:
            return None
        path = excerpt.passage.path
        if last.top.path != os.path.abspath(path):
            return None
        return Visit(
            last.request, self.session.answer, self.session.selected, path, last.top.offset
        )

    @property
    def resumable(self) -> LastSession:
        """Where the session is now, to go on there another time."""
        excerpt, visit = self.session.excerpt, self.visit
        passage = excerpt.passage if excerpt else None
        top = visit.offset if visit else None
        return LastSession(
            self.options.corpus,
            os.getcwd(),
            self.session.request._replace(finished=True),
            TextPlace(os.path.abspath(passage.path), passage.span.start) if passage else None,
            TextPlace(os.path.abspath(visit.path), top) if visit and top is not None else None,
            self.pins.in_order,
        )

    @on(QuestionRefused)
    def receive_refusal(self, message: QuestionRefused) -> None:
        """Show why a question cannot be answered."""
        if self.session.receive(message.request, None):
            self._end_search(refusal=message.reason)
            self.show_answer()
            self.end_wait()

    @on(TaskFailed)
    def receive_error(self, message: TaskFailed) -> None:
        """Show an error."""
        self._end_search(error=error_text(message.error))
        self.show_status()
        self.end_wait()

    def _end_search(self, *, refusal: str = "", error: str = "") -> None:
        self._searching_delay.stop()
        self.app_status = self.app_status._replace(searching=False, refusal=refusal, error=error)

    # Input of the user.

    @on(Input.Changed, "#question")
    def question_changed(self) -> None:
        """Ask once no key has been pressed for a moment."""
        # Of keys in quick succession the last may have been handled already, or Enter after it.
        question = self.query_one(QuestionField).value
        if question == self.session.request.question:
            return
        self.end_wait()
        typed = self.options.word_delay and question != self.given_question
        finished = not typed or not question[-1:].isalnum()
        request = self.session.request._replace(question=question, finished=finished, includes="")
        # As typed is one question, not the next one.
        literal = request.literal if question.strip() else self.options.literal
        self.session.ask(request._replace(literal=literal))
        self._word_delay.stop()
        if not finished:
            self._word_delay.start(self.options.word_delay)
        self._debounce.stop()
        if self.options.debounce and question.strip():
            self._debounce.start(self.options.debounce)
        else:
            self.ask()

    def _finish_word(self) -> None:
        """Take the last word for finished: it is judged and corrected now."""
        self.session.ask(self.session.request._replace(finished=True))
        self.ask()

    @on(AnswerList.Clicked)
    def answer_clicked(self, message: AnswerList.Clicked) -> None:
        """Select the answer that is clicked, and read it on a double click."""
        if self.session.answer is None:
            self._ask_starter(message.number)
            return
        self.action_select_answer(message.number - self.session.selected)
        if message.double:
            self.action_read()

    def ask(self) -> None:
        """Ask the present question."""
        request = self.session.request
        if self.corpus is None or not request.question.strip():
            # An error of the documents remains.
            self._end_search(error=self.app_status.error)
            self.show_answer()
            return
        self._searching_delay.start(self.options.searching_delay)
        # What is shown between two keys need not be more than one sees.
        seen = self.query_one(AnswerList).capacity
        top = background.TOP if request.finished else min(seen, background.TOP)
        self.ask_worker.run(partial(background.ask, self.corpus.assistant, request, top))

    def _show_searching(self) -> None:
        self.app_status = self.app_status._replace(searching=not self.session.is_current)
        self.show_status()

    # Display.

    def show_answer(self, *, again: bool = False, visit: Visit | None = None) -> None:
        """Show the present answer, or questions to start with.

        Args:
            again: whether the question is the same as before; then the places shown are kept.
            visit: the place in a document to return to; None for the sentence of the excerpt.
        """
        self.show_cards(again=again)
        self.show_excerpt(again=again, visit=visit)
        self.show_chips()
        self.show_status()

    def show_excerpt(self, *, again: bool = False, visit: Visit | None = None) -> None:
        """Show the selected excerpt in its document, or another place."""
        super().show_excerpt(again=again, visit=visit)
        self.query_one(AnswerList).point(not self.is_elsewhere)

    def show_cards(self, *, again: bool = False) -> None:
        """Show the excerpts of the present answer in the list, or questions to start with."""
        answer = self.session.answer
        if answer is None:
            told = self._document_cards([self.hints[0], ""]) if self.hints else []
            cards = [*map(Card, self.starters)] or told
        elif answer.excerpts:
            shared = self.corpus.shared_path if self.corpus else ""
            cards = answer_cards(answer, shared, self.pins.excerpts)
        else:
            cards = self._advice()
        answers = self.query_one(AnswerList)
        answers.border_title = pane_title(answer) if answer or self.starters else ""
        if answer is None and self.hints:
            answers.border_title = "Documents"
        elif not cards:
            answers.border_title = ""
        can_choose = bool(self.starters if answer is None else answer.excerpts)
        selected = self.session.selected if can_choose else None
        answers.show(cards, selected, again=again, partial=not self.session.answered.finished)
        self.refresh_bindings()

    def _advice(self) -> list[Card]:
        """Return what to do if no passage matches; nothing while the last word is typed."""
        session, corpus = self.session, self.corpus
        if corpus is None or not session.answered.finished:
            return []
        advice = no_match_advice(session.answered, session.lookups)
        return self._document_cards([*advice, "", "Documents (Tab, then f opens one):"])

    def _document_cards(self, told: Sequence[str]) -> list[Card]:
        """Return what is told as cards, then the names of the first documents."""
        names = self.document_names()
        cards = [*map(Card, told), *(Card("", name=name) for name in names)]
        more = len(self.paths_in_scope) - len(names)
        return [*cards, Card(f"and {more:,} more")] if more else cards

    # Actions of the keys.

    def lack(self, action: str) -> str:
        """Return what an action lacks: something to choose or to read."""
        if action not in ("read", "print", "select_answer") or self._is_pending:
            return super().lack(action)
        answer = self.session.answer
        choices = len(self.starters if answer is None else answer.excerpts)
        if action == "select_answer":
            return "" if choices > 1 or self.is_elsewhere else NO_CHOICE
        return "" if choices else NOTHING_TO_READ

    @property
    def _is_pending(self) -> bool:
        """Whether what is typed is not answered yet."""
        question = self.query_one(QuestionField).value
        request = self.session.request._replace(question=question, finished=True)
        return not (self.session.is_current and self.session.request == request)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the bindings of Enter, to ask, to print or to read, that do not apply."""
        if action in ("ask_starter", "print", "read"):
            asks = self.session.answer is None and bool(self.starters) and not self._is_pending
            if asks or action == "ask_starter":
                return asks and action == "ask_starter"
        if action in ("print", "read") and (action == "print") != self.options.print_on_enter:
            return False
        return super().check_action(action, parameters)

    def action_select_answer(self, step: int) -> None:
        """Select another answer, or question to start with."""
        # What is typed and not answered yet has other answers.
        if self.waits_for_answer(partial(self.action_select_answer, step)):
            return
        if self.session.answer is None:
            last = len(self.starters) - 1
            self.session.selected = max(0, min(self.session.selected + step, last))
            self.query_one(AnswerList).select(self.session.selected)
            return
        visit = self.visit if self.focused is self.query_one(DocumentView) else None
        if self.session.select(self.session.selected + step) or self.is_elsewhere:
            self.jumps.leave(visit)
            self.query_one(AnswerList).select(self.session.selected)
            self.show_excerpt()
            self.show_status()

    async def action_up(self) -> None:
        """Select the previous answer; in an empty field, show earlier questions."""
        if self.session.request.question or self.session.selected:
            self.action_select_answer(-1)
        else:
            await self.action_history()

    def waits_for_answer(self, action: Callable[[], None]) -> bool:
        """Return whether what is typed is not answered yet; the action is run once it is."""
        if not self._is_pending:
            return False
        self._debounce.stop()
        self._word_delay.stop()
        self._deferred = action
        question = self.query_one(QuestionField).value
        self.session.ask(self.session.request._replace(question=question, finished=True))
        self.ask()
        return True

    @property
    def awaits_answer(self) -> bool:
        """Whether an action waits for an answer that is being looked for."""
        return self._deferred is not None and self.corpus is not None

    def end_wait(self, *, run: bool = False) -> None:
        """Wait for the answer no longer.

        Args:
            run: whether to run the action that waits.
        """
        deferred, self._deferred = self._deferred, None
        if deferred and run and self.is_active:
            deferred()
        if deferred:
            self.post_message(self.WaitEnded())

    def action_read(self) -> None:
        """Focus the document."""
        if not self.waits_for_answer(self.action_read) and self.session.excerpt:
            self.keep_question()
            if self.is_elsewhere:
                self.show_excerpt()
            self.focus_document()

    def action_ask_starter(self) -> None:
        """Ask the selected question to start with."""
        self._ask_starter(self.session.selected)

    def action_clear(self) -> None:
        """Remove the filter, or else clear the question."""
        if self.session.request.scope != ALL_DOCUMENTS:
            self.set_scope(ALL_DOCUMENTS)
            return
        self.keep_question()
        self.query_one(QuestionField).value = ""

    def action_back(self) -> None:
        """Focus the question."""
        self.jumps.leave(self.visit)
        self.remove_class("-reading", "-zoomed")
        self.query_one(DocumentPane).close_find()
        self.set_focus(self.query_one(QuestionField))

    def ask_pasted(self, text: str) -> None:
        """Ask a question that is pasted where nothing can be typed."""
        self.action_back()
        self.set_question(" ".join(text.split()))

    def action_print(self) -> None:
        """Exit with the selected excerpt."""
        if not self.waits_for_answer(self.action_print):
            super().action_print()

    def _ask_starter(self, number: int) -> None:
        if number < len(self.starters):
            self.ask_again(self.starters[number])
