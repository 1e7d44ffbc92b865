"""Jumps in the document: to a heading, to a line, and back and forward through the places left."""

from __future__ import annotations

from briefqa.tui.document_pane import DocumentPane
from briefqa.tui.document_screen import DocumentScreen
from briefqa.tui.document_view import DocumentView
from briefqa.tui.jump_list import JumpList, Visit
from briefqa.tui.outline import count_matches
from briefqa.tui.question_bar import QuestionField
from briefqa.tui.settings import LaunchOptions

__all__ = ["JumpScreen"]

INDENT = 2
"""Cells by which a heading is indented under another."""


class JumpScreen(DocumentScreen):
    """A screen whose document can be jumped through.

    Args:
        options: the options of the app.

    Attributes:
        jumps: the places that were left.
    """

    def __init__(self, options: LaunchOptions) -> None:
        super().__init__(options)
        self.jumps = JumpList()

    @property
    def visit(self) -> Visit | None:
        """The present place; None while no document is shown."""
        view, session = self.query_one(DocumentView), self.session
        if view.document is None or not self.query_one(DocumentPane).is_whole:
            return None
        request = session.answered._replace(finished=True)
        path, selected = view.document.path, session.selected
        return Visit(request, session.answer, selected, path, view.top, session.lookups)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the jumps while there is no document, or nothing to jump to."""
        if action == "outline":
            return bool(self.query_one(DocumentView).outline.spans)
        if action == "place":
            return self.query_one(DocumentPane).is_whole
        return super().check_action(action, parameters)

    def action_outline(self) -> None:
        """Choose a heading of the document to go to."""
        from briefqa.tui.choice_screen import Choice, ChoiceScreen

        view = self.query_one(DocumentView)
        outline, text = view.outline, view.outline.document.text
        counts = count_matches(outline.spans, view.matches.spans, len(text))
        choices = [
            Choice(heading.text, f"{count:,}" if count else "", INDENT * heading.depth)
            for heading, count in zip(outline.headings(), counts, strict=True)
        ]
        screen = ChoiceScreen("Headings", "Words of the heading", choices, view.section or 0)
        self.app.push_screen(screen, self._go_to_heading)

    def _go_to_heading(self, number: int | None) -> None:
        view = self.query_one(DocumentView)
        # The document may have changed meanwhile.
        if number is not None and number < len(view.outline.spans):
            self.jumps.leave(self.visit)
            view.go_to(view.outline.spans[number].start)
            self._read()

    def action_place(self) -> None:
        """Show the field of a line to go to."""
        self.add_class("-reading")
        self.query_one(DocumentPane).place_bar.open()

    def action_accept_place(self) -> None:
        """Go to the line that is typed."""
        visit = self.visit
        if self.query_one(DocumentPane).go_to_place():
            self.jumps.leave(visit)
            self._read()

    def action_close_place(self) -> None:
        """Hide the field of a line."""
        self.query_one(DocumentPane).place_bar.close()
        self._read()

    def action_jump_back(self) -> None:
        """Return to the place before the present one."""
        self._return_to(self.jumps.go_back(self.visit))

    def action_jump_forward(self) -> None:
        """Return to the place after the present one."""
        self._return_to(self.jumps.go_forward(self.visit))

    def _return_to(self, visit: Visit | None) -> None:
        if visit is None:
            self.notify("There is no other place.", markup=False)
        else:
            self.show_visit(visit)

    def show_visit(self, visit: Visit) -> None:
        """Show a place again, with its question and answer."""
        self.session.return_to(visit.request, visit.answer, visit.selected, visit.lookups)
        field = self.query_one(QuestionField)
        with field.prevent(QuestionField.Changed):
            field.value = visit.request.question
        self.show_answer(visit=visit)
        self._read()
        if visit.request.question.strip():
            # The documents may have changed since.
            self.ask()

    def _read(self) -> None:
        self.add_class("-reading")
        self.set_focus(self.query_one(DocumentView))
