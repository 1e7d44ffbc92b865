"""The question of the screen: its words, the documents that it is asked, and tables of answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from briefqa.corpus import ALL_DOCUMENTS, DocumentScope, exact_pattern
from briefqa.tui.excerpt_screen import ExcerptScreen
from briefqa.tui.fields import QuestionField
from briefqa.tui.places import Visit
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.storage import History
from briefqa.tui.word_chips import (
    MARKS,
    Chip,
    ChipBar,
    mark_word,
    next_mark,
    question_chips,
    scope_text,
)

if TYPE_CHECKING:
    from briefqa.tui.answer_tables import Opening, ReportSteps, Table

__all__ = ["QuestionScreen"]

SYNTAX = '"as written" · +must occur · -must not'
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
        """Ask again with another mark for a word, the first of some that follow that it has."""
        question = self.session.request.question
        if self.corpus and chip.word and not self.session.request.literal:
            mark = next_mark(question, chip, self.corpus.assistant.analyzer, among)
            self.set_question(mark_word(question, chip.word, mark))

    def action_filter(self) -> None:
        """Choose the documents that may answer."""
        from briefqa.tui.filter_screen import FilterScreen, count_for_filter

        if self.corpus:
            request = self.session.request
            count = partial(count_for_filter, self.corpus, request)
            self.app.push_screen(FilterScreen(count, request.scope), self.set_scope)

    def set_scope(self, scope: DocumentScope | None) -> None:
        """Limit the answers to some documents that were chosen, if any were."""
        if scope is not None:
            self.session.ask(self.session.request._replace(scope=scope))
            self.ask()

    def action_grid(self) -> None:
        """Show what each document by itself answers to the questions of the session."""
        from briefqa.tui.answer_tables import grid_table

        if self.corpus:
            asked = [answer.question for answer in self.session.kept]
            present = self.session.answer.question if self.session.answer else ""
            questions = list(dict.fromkeys(filter(None, (present, *reversed(asked)))))[:QUESTIONS]
            if questions:
                scope = self.session.request.scope
                self._push_table(partial(grid_table, self.corpus, questions, scope))
            else:
                self.notify("Ask a question first.", markup=False)

    def action_timeline(self) -> None:
        """Show the sentences that have the words of the question and mention a date."""
        from briefqa.tui.answer_tables import timeline_table

        if self.corpus:
            about, scope = self.session.request.question, self.session.request.scope
            self._push_table(partial(timeline_table, self.corpus, about, scope))

    def _push_table(self, fill: Callable[[ReportSteps], Table]) -> None:
        from briefqa.tui.answer_tables import TableScreen

        self.keep_question()
        screen = TableScreen(fill)
        self.app.push_screen(screen, self._open)
        self.typed.on_undo(screen.close)

    def _open(self, opening: Opening | None) -> None:
        """Ask the document of a cell its question, or show a place of it."""
        if opening is None:
            return
        self.jumps.leave(self.visit)
        scope = DocumentScope(patterns=(exact_pattern(opening.path),))
        if opening.question:
            self.set_question(opening.question)
            self.session.ask(self.session.request._replace(question=opening.question, scope=scope))
            self.ask()
        else:
            session = self.session
            answer = session.answer if session.is_current else None
            visit = Visit(
                session.request,
                answer,
                selected=session.selected,
                path=opening.path,
                offset=opening.offset,
                lookups=session.lookups,
                target=True,
            )
            self.show_visit(visit)
