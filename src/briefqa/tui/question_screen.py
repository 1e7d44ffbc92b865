"""The question of the screen: its words, the documents that it is asked, and tables of answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from briefqa.corpus import ALL_DOCUMENTS, DocumentScope
from briefqa.tui.excerpt_screen import ExcerptScreen
from briefqa.tui.fields import QuestionField
from briefqa.tui.places import Visit
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.storage import History
from briefqa.tui.word_chips import (
    MARKS,
    Chip,
    ChipBar,
    mark_next,
    question_chips,
    scope_text,
)

if TYPE_CHECKING:
    from briefqa.tui.answer_tables import Opening
    from briefqa.tui.filter_screen import ScopeChoice
    from briefqa.tui.table_screen import TableView

__all__ = ["QuestionScreen"]

SYNTAX = '"as written" · +must occur · -must not'
THIS_QUESTION = "this question"
ALL_QUESTIONS = "all questions"
QUESTIONS = 8
"""The largest number of questions of a grid, the latest."""


class QuestionScreen(ExcerptScreen):
    """A screen with the field of a question and the row of its words.

    Args:
        options: the options of the app.
        history: the earlier questions.

    Attributes:
        given_question: the last question that was chosen rather than typed.
    """

    def __init__(self, options: LaunchOptions, history: History) -> None:
        super().__init__(options, history)
        self.given_question = ""

    def waits_for_answer(self, action: Callable[[], None]) -> bool:
        """Return whether what is typed is not answered yet; the action is run once it is."""
        raise NotImplementedError

    def ask_again(self, question: str | None) -> None:
        """Ask a question that was chosen, if one was."""
        if question is not None:
            self.set_question(question)
            self.set_focus(self.query_one(QuestionField))

    def set_question(self, question: str) -> None:
        """Ask a question that is not typed, so that its last word is finished."""
        self.given_question = question
        field = self.query_one(QuestionField)
        field.value = question
        field.cursor_position = len(question)

    def show_chips(self) -> None:
        """Show the filter and the words of the question."""
        session, request = self.session, self.session.request
        scope = scope_text(request.scope, self.corpus.shared_path if self.corpus else "")
        literal = request.literal and bool(session.lookups)
        chips = question_chips(session.lookups, literal=literal, scope=scope)
        # A small screen shows nowhere else how to get help.
        syntax = f"F1 help · {SYNTAX}" if self.has_class("-narrow") else SYNTAX
        self.query_one(ChipBar).show(chips, "" if session.answer else syntax)

    async def action_history(self) -> None:
        """Select one of the earlier questions."""
        from briefqa.tui.dialogs import HistoryScreen

        self.keep_question()
        await self.app.push_screen(HistoryScreen(self.history.questions), self.ask_again)

    def action_literal(self) -> None:
        """Ask the question exactly as typed, or with corrections again."""
        request = self.session.request
        self.session.ask(request._replace(literal=not request.literal))
        self.ask()

    def action_words(self) -> None:
        """Focus the words of the question, to mark them."""
        if self.query_one(ChipBar).chips:
            self.query_one(ChipBar).open()

    def action_mark(self, mark: str) -> None:
        """Mark the selected word, or take its mark away if it has it already."""
        if chip := self.query_one(ChipBar).chip:
            self._mark(chip, (mark, "") if chip.mark != mark else ("", mark))

    def action_mark_next(self) -> None:
        """Give the selected word its next mark."""
        if chip := self.query_one(ChipBar).chip:
            self._activate(chip)

    @on(ChipBar.Clicked)
    def chip_clicked(self, message: ChipBar.Clicked) -> None:
        """Give the word that is clicked its next mark."""
        self._activate(message.chip)

    def _activate(self, chip: Chip) -> None:
        if chip.kind == "filter":
            self.set_scope(ALL_DOCUMENTS)
        elif chip.kind == "literal":
            self.action_literal()
        else:
            self._mark(chip, MARKS)

    def _mark(self, chip: Chip, among: Sequence[str]) -> None:
        """Ask again with another mark for a word, the first of some that follow that it has.

        Words that are looked up as typed have no marks, so that they no longer are.
        """
        request = self.session.request
        if self.corpus and chip.word:
            self.session.ask(request._replace(literal=False))
            analyzer = self.corpus.assistant.analyzer
            self.set_question(mark_next(request.question, chip, analyzer, among))
            if request.literal:
                self.ask()

    def action_filter(self) -> None:
        """Choose the documents that may answer."""
        from briefqa.tui.filter_screen import FilterScreen, count_for_filter

        if self.corpus:
            request = self.session.request
            count = partial(count_for_filter, self.corpus, request)
            self.app.push_screen(FilterScreen(count, request.scope), self._limit)

    def _limit(self, choice: ScopeChoice | None) -> None:
        """Limit the answers to the documents that were chosen, if any were; read a single one."""
        if choice is None:
            return
        self.jumps.leave(self.visit)
        self.session.ask(self.session.request._replace(scope=choice.scope, includes=""))
        if choice.is_document and self.waits_for_answer(self._read_unanswered):
            return
        self.ask()
        if choice.is_document:
            self._read_unanswered()

    def _read_unanswered(self) -> None:
        """Focus the document if there is no answer to choose."""
        if self.session.excerpt is None:
            self.focus_document()

    def set_scope(self, scope: DocumentScope) -> None:
        """Limit the answers to some documents."""
        self.session.ask(self.session.request._replace(scope=scope, includes=""))
        self.ask()

    def action_grid(self) -> None:
        """Show what each document answers to this question, or to all of the session."""
        from briefqa.tui.answer_tables import distinct_questions, grid_table
        from briefqa.tui.table_screen import TableView

        if self.waits_for_answer(self.action_grid):
            return
        self.keep_question()
        session, corpus = self.session, self.corpus
        present = [session.answer] if session.answer else []
        questions = distinct_questions([*session.kept, *present])[:QUESTIONS]
        if corpus and questions:
            scope = session.request.scope
            every = TableView(ALL_QUESTIONS, partial(grid_table, corpus, questions, scope))
            one = TableView(THIS_QUESTION, partial(grid_table, corpus, questions[:1], scope))
            single = [one] if len(questions) == 1 or present else []
            self._push_table([*single, every] if len(questions) > 1 else single)
        elif corpus:
            self.notify("Ask a question first.", markup=False)

    def action_timeline(self) -> None:
        """Show the sentences that have the words of the question and mention a date."""
        from briefqa.tui.answer_tables import timeline_table
        from briefqa.tui.table_screen import TableView

        if self.corpus:
            self.keep_question()
            about, scope = self.session.request.question, self.session.request.scope
            fill = partial(timeline_table, self.corpus, about, scope)
            self._push_table([TableView("timeline", fill)])

    def _push_table(self, views: Sequence[TableView]) -> None:
        from briefqa.tui.table_screen import TableScreen

        screen = TableScreen(views)
        self.app.push_screen(screen, self._open)
        self.typed.on_undo(screen.dismiss)

    def _open(self, opening: Opening | None) -> None:
        """Go to the answer of a document to a question, or show a place of it."""
        if opening is None:
            return
        self.jumps.leave(self.visit)
        if opening.question:
            self.set_question(opening.question)
            request = self.session.request._replace(
                question=opening.question, finished=True, includes=opening.path
            )
            self.session.ask(request)
            self.ask()
            self.focus_document()
        else:
            self.show_visit(self._visit(opening))

    def _visit(self, opening: Opening) -> Visit:
        """Return a place of a document; that of an excerpt, if the answer has the sentence."""
        session, mark = self.session, opening.mark
        answer = session.answer if session.is_current else None
        visit = Visit(
            session.request,
            answer,
            session.selected,
            opening.path,
            offset=None if mark else 0,
            lookups=session.lookups,
            mark=mark,
        )
        for number, excerpt in enumerate(answer.excerpts if answer and mark else ()):
            sentence = excerpt.sentence.shift(excerpt.passage.span.start)
            if (excerpt.passage.path, sentence) == (opening.path, mark and mark.sentence):
                return visit._replace(selected=number, mark=None)
        return visit
