"""The document beside the answers: the excerpt in it, matches, text to find, and jumps.

A jump goes to a heading, to a line, or back and forward through the places left.
"""

from __future__ import annotations

from textual.message import Message

from briefqa.answers import Status
from briefqa.tui.corpus_screen import CorpusScreen
from briefqa.tui.document_pane import DocumentPane
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import QuestionField
from briefqa.tui.outline import count_matches
from briefqa.tui.places import JumpList, LinePlace, Visit
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.typed_text import TypedText

__all__ = ["DocumentScreen"]

NO_DOCUMENT = "No document is shown yet."
INDENT = 2
"""Cells by which a heading is indented under another."""


class DocumentScreen(CorpusScreen):
    """A screen with the pane of a document, which can be jumped through.

    Args:
        options: the options of the app.

    Attributes:
        jumps: the places that were left.
        typed: the letters that are pressed in the panes.
        is_elsewhere: whether another place is shown than that of the selected excerpt.
    """

    class WrapChanged(Message):
        """The user has turned the wrapping of long lines on or off."""

        def __init__(self, *, wrapped: bool) -> None:
            super().__init__()
            self.wrapped = wrapped

    def __init__(self, options: LaunchOptions) -> None:
        super().__init__(options)
        self.jumps = JumpList()
        self.typed = TypedText(self, options.word_delay)
        self.is_elsewhere = False

    @property
    def place_read(self) -> LinePlace | None:
        """The line of the answer, or where one reads the document elsewhere; None for no line."""
        view, excerpt = self.query_one(DocumentView), self.session.excerpt
        reads_on = self.focused is view and not view.shows_sentence
        if excerpt and not (self.is_elsewhere or reads_on):
            return LinePlace(excerpt.passage.path, excerpt.line)
        return LinePlace(view.document.path, view.line_read) if view.document else None

    @property
    def visit(self) -> Visit | None:
        """The present place; None while no document is shown."""
        view, session = self.query_one(DocumentView), self.session
        if view.document is None or not self.query_one(DocumentPane).is_whole:
            return None
        request = session.answered._replace(finished=True)
        path, selected = view.document.path, session.selected
        mark = self.query_one(DocumentPane).mark
        return Visit(request, session.answer, selected, path, view.top, session.lookups, mark)

    def show_excerpt(self, *, again: bool = False, visit: Visit | None = None) -> None:
        """Show the selected excerpt in its document.

        Args:
            again: whether the question is the same as before; then the place shown is kept.
            visit: the place to return to; None for the sentence of the excerpt.
        """
        excerpt, answer = self.session.excerpt, self.session.answer
        if visit or not again:
            path = excerpt.passage.path if excerpt else None
            is_marked = visit is not None and visit.mark is not None
            self.is_elsewhere = visit is not None and (is_marked or visit.path != path)
        if self.is_elsewhere:
            excerpt = None
        if excerpt and answer and answer.status is not Status.ANSWERED:
            excerpt = excerpt._replace(focus=None)
        if self.corpus:
            pane, scope = self.query_one(DocumentPane), self.session.request.scope
            pane.show(self.corpus, excerpt, again=again, visit=visit, scope=scope)

    def lack(self, action: str) -> str:
        """Return what an action lacks: a document, headings, matches, room for two panes."""
        if action == "match" and not self.query_one(DocumentView).matches.spans:
            return "There are no matches in the document."
        if action in ("scroll_left", "scroll_right"):
            return "There is nothing more on this side."
        if action == "outline" and not self.query_one(DocumentView).outline.spans:
            return "This document has no headings."
        if action in ("edit", "find") and self.query_one(DocumentView).document is None:
            return NO_DOCUMENT
        if action == "place" and not self.query_one(DocumentPane).is_whole:
            return NO_DOCUMENT
        if action == "zoom" and (self.has_class("-narrow") or self.has_class("-short")):
            return "A small screen has one pane anyway."
        return super().lack(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the key that goes to a match while there is none, which the bar says."""
        if action == "accept_find":
            return bool(self.query_one(DocumentView).matches.spans)
        return super().check_action(action, parameters)

    def action_match(self, step: int) -> None:
        """Move to another match."""
        self.query_one(DocumentView).move(step)

    def action_zoom(self) -> None:
        """Show the focused pane on the whole screen, or both panes again."""
        self.set_class(self.focused is self.query_one(DocumentView), "-reading")
        self.toggle_class("-zoomed")

    def action_wrap(self) -> None:
        """Turn the wrapping of long lines on or off."""
        self._turn_wrapping()
        self.typed.on_undo(self._turn_wrapping)

    def _turn_wrapping(self) -> None:
        view = self.query_one(DocumentView)
        view.wrap(wrapped=not view.wrapped)
        self.notify(f"Long lines are {'' if view.wrapped else 'not '}wrapped.")
        self.post_message(self.WrapChanged(wrapped=view.wrapped))

    def action_find(self) -> None:
        """Show the field to find other text in the document."""
        self.add_class("-reading")
        self.query_one(DocumentPane).open_find()

    def action_accept_find(self) -> None:
        """Focus the document at the current match."""
        self.set_focus(self.query_one(DocumentView))

    def action_close_find(self) -> None:
        """Hide the field, and highlight the words of the question again."""
        self.query_one(DocumentPane).close_find()
        self.set_focus(self.query_one(DocumentView))

    def action_outline(self) -> None:
        """Choose a heading of the document to go to."""
        from briefqa.tui.dialogs import Choice, ChoiceScreen

        view = self.query_one(DocumentView)
        outline, text = view.outline, view.outline.document.text
        counts = count_matches(outline.spans, view.matches.spans, len(text))
        choices = [
            Choice(heading.text, f"{count:,}" if count else "", INDENT * heading.depth)
            for heading, count in zip(outline.headings(), counts, strict=True)
        ]
        screen = ChoiceScreen("Headings", "heading", choices, view.section or 0)
        self.app.push_screen(screen, self._go_to_heading)

    def _go_to_heading(self, number: int | None) -> None:
        view = self.query_one(DocumentView)
        # The document may have changed meanwhile.
        if number is not None and number < len(view.outline.spans):
            self.jumps.leave(self.visit)
            view.go_to(view.outline.spans[number].start)
            self.focus_document()

    def action_place(self) -> None:
        """Show the field of a line to go to."""
        self.add_class("-reading")
        self.query_one(DocumentPane).place_bar.open()

    def action_accept_place(self) -> None:
        """Go to the line that is typed."""
        visit = self.visit
        if self.query_one(DocumentPane).go_to_place():
            self.jumps.leave(visit)
            self.focus_document()

    def action_close_place(self) -> None:
        """Hide the field of a line."""
        self.query_one(DocumentPane).place_bar.close()
        self.focus_document()

    def action_jump_back(self) -> None:
        """Return to the place before the present one."""
        self._return_to(self.jumps.go_back(self.visit), "earlier")

    def action_jump_forward(self) -> None:
        """Return to the place after the present one."""
        self._return_to(self.jumps.go_forward(self.visit), "later")

    def _return_to(self, visit: Visit | None, direction: str) -> None:
        if visit is None:
            self.notify(f"There is no {direction} place.", markup=False)
        else:
            self.show_visit(visit)

    def show_visit(self, visit: Visit) -> None:
        """Show a place again, with its question and answer."""
        self.session.return_to(visit.request, visit.answer, visit.selected, visit.lookups)
        field = self.query_one(QuestionField)
        with field.prevent(QuestionField.Changed):
            field.value = visit.request.question
        field.cursor_position = len(field.value)
        self.show_answer(visit=visit)
        self.focus_document()
        if visit.request.question.strip():
            # The documents may have changed since.
            self.ask()

    def focus_document(self) -> None:
        """Focus the document."""
        self.add_class("-reading")
        self.set_focus(self.query_one(DocumentView))
