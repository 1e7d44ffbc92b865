"""The document beside the answers: the selected excerpt in it, matches, and the text to find."""

from __future__ import annotations

from textual.message import Message

from briefqa.answers import Status
from briefqa.tui.corpus_screen import CorpusScreen
from briefqa.tui.document_pane import DocumentPane
from briefqa.tui.document_view import DocumentView
from briefqa.tui.jump_list import Visit

__all__ = ["DocumentScreen"]


class DocumentScreen(CorpusScreen):
    """A screen with the pane of a document."""

    class WrapChanged(Message):
        """The user has turned the wrapping of long lines on or off."""

        def __init__(self, *, wrapped: bool) -> None:
            super().__init__()
            self.wrapped = wrapped

    @property
    def shown_place(self) -> tuple[str, int] | None:
        """The path of the document that is shown, and the first line in view."""
        view = self.query_one(DocumentView)
        return (view.document.path, view.first_visible_line) if view.document else None

    def show_excerpt(self, *, again: bool = False, visit: Visit | None = None) -> None:
        """Show the selected excerpt in its document.

        Args:
            again: whether the question is the same as before; then the place shown is kept.
            visit: the place to return to; None for the sentence of the excerpt.
        """
        excerpt, answer = self.session.excerpt, self.session.answer
        if excerpt and answer and answer.status is not Status.ANSWERED:
            excerpt = excerpt._replace(focus=None)
        if self.corpus:
            self.query_one(DocumentPane).show(self.corpus, excerpt, again=again, visit=visit)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys that need a document or matches while there are none."""
        if action in ("match", "accept_find"):
            return bool(self.query_one(DocumentView).matches.spans)
        if action in ("edit", "find"):
            return self.query_one(DocumentView).document is not None
        if action == "zoom":
            # A small screen has one pane anyway.
            return not (self.has_class("-narrow") or self.has_class("-short"))
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
        view = self.query_one(DocumentView)
        view.wrap(wrapped=not view.wrapped)
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
