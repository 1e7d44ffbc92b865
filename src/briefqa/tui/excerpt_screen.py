"""The actions on the selected excerpt: print, copy, edit, pin, export."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.events import Key

from briefqa.answers import Excerpt
from briefqa.errors import BriefqaError, OpeningError, UsageError
from briefqa.text_safety import sanitise_name
from briefqa.tui.document_screen import DocumentScreen
from briefqa.tui.export import citation_text, markdown_quotation, passage_text
from briefqa.tui.places import NO_PINS, Pin, Pins
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.storage import History
from briefqa.tui.worker import Delay

if TYPE_CHECKING:
    from briefqa.editor import Opener

__all__ = ["ExcerptScreen"]

NO_ANSWER = "No answer is selected."
ELSEWHERE = "The answer is elsewhere: Esc, Enter."
HOW_TO_ASK = "To ask, press Esc, Ctrl+U, then type."
NEED_ANSWER = frozenset(["copy_passage", "copy_citation", "copy_quotation", "pin"])
"""The actions that need an answer."""


class ExcerptScreen(DocumentScreen):
    """A screen with a selected excerpt.

    Args:
        options: the options of the app.
        history: the questions whose answers were of use.

    Attributes:
        pins: the excerpts that are kept across questions.
    """

    def __init__(self, options: LaunchOptions, history: History) -> None:
        super().__init__(options)
        self.history = history
        self.pins = Pins(options.last_session.pins if options.last_session else ())
        self._export_name = "briefqa.md"
        self._editor_delay = Delay(self, self._open_editor)
        self._keep_delay = Delay(self, self.keep_question)

    def lack(self, action: str) -> str:
        """Return what an action lacks: an answer, or pins."""
        if action == "pins":
            return "" if self.pins else NO_PINS
        if action == "copy_passage" and self.get_selected_text():
            return ""
        if action in NEED_ANSWER and self.session.excerpt is None:
            return NO_ANSWER
        if action in NEED_ANSWER and self.is_elsewhere:
            return ELSEWHERE
        return super().lack(action)

    def show_cards(self, *, again: bool = False) -> None:
        """Show the excerpts of the present answer in the list."""
        raise NotImplementedError

    def keep_question(self) -> None:
        """Add the question to the history, and its answer to the export."""
        question = self.session.keep()
        if question is not None:
            self.history.add(question)

    def keep_question_later(self) -> None:
        """Keep the question if it is still the same after a while: its answers are read."""
        self._keep_delay.stop()
        if self.options.keep_delay and self.session.request.finished and self.session.excerpt:
            self._keep_delay.start(self.options.keep_delay)

    def action_print(self) -> None:
        """Exit with the selected excerpt."""
        if excerpt := self._kept_excerpt():
            self.app.exit(passage_text(excerpt))

    def action_copy_passage(self) -> None:
        """Copy the selected text, or else the passage with its citation."""
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(selected)
            self.notify("Copied the selected text.", markup=False)
        elif excerpt := self._kept_excerpt():
            self.app.copy_to_clipboard(passage_text(excerpt))
            self.notify("Copied the passage with its source.", markup=False)

    def action_copy_citation(self) -> None:
        """Copy the citation of the answer, or of the line that is read while it is out of view."""
        if excerpt := self._kept_excerpt():
            citation, place = citation_text(excerpt), self.place_read
            if place and place.line != excerpt.line:
                citation = f"{place.path}:{place.line}"
            self.app.copy_to_clipboard(citation)
            self.notify(f"Copied {citation}.", markup=False)

    def action_edit(self) -> None:
        """Open the document in the user's editor, at the answer, or in a viewer.

        One of the letters of a question that is typed in the wrong place must not do so: no other
        letter may follow within a moment.
        """
        if self.options.word_delay:
            self._editor_delay.start(self.options.word_delay)
        else:
            self._open_editor()

    def stop_editor(self) -> None:
        """Do not open the editor if it is about to be opened: another key is pressed."""
        if self._editor_delay.is_running:
            self._editor_delay.stop()
            self.typed.begin()
            self.tell_how_to_ask()

    def takes_as_text(self, key: Key, action: str) -> bool:
        """Return whether a key is part of a question typed in a pane; say how to ask then.

        Args:
            key: a character.
            action: what it does; empty if it can do nothing now.
        """
        is_text = self.typed.takes(key, action)
        if is_text:
            self.tell_how_to_ask()
        return is_text

    def tell_how_to_ask(self) -> None:
        """Say how to ask: a question seems to be typed where letters are commands."""
        self.notify(HOW_TO_ASK)

    def _open_editor(self) -> None:
        # Few sessions open an editor, and loading it takes time.
        from briefqa.editor import find_opener

        self.keep_question()
        place = self.place_read
        if place:
            try:
                self._run(find_opener(os.environ, sys.platform, *place))
            except (BriefqaError, SuspendNotSupported) as error:
                self.notify(sanitise_name(str(error)), severity="error", markup=False)
            self.check_documents()

    def _run(self, opener: Opener) -> None:
        """Run an editor or viewer.

        Raises:
            OpeningError: it does not exist, or fails.
            SuspendNotSupported: it needs the terminal, which the app cannot leave.
        """
        failure = None
        with self.app.suspend() if opener.uses_terminal else nullcontext():
            try:
                opener.run()
            except OpeningError as error:
                # Textual does not return to the app from an exception.
                failure = error
        if failure:
            raise failure

    def action_copy_quotation(self) -> None:
        """Copy the answer as a quotation in Markdown, with its source."""
        if excerpt := self._kept_excerpt():
            self.app.copy_to_clipboard(markdown_quotation(excerpt))
            self.notify("Copied as a Markdown quotation.", markup=False)

    def action_pin(self) -> None:
        """Keep the selected excerpt across questions, or no longer."""
        session = self.session
        if session.answer and self._kept_excerpt():
            pin = Pin(session.answered, session.answer, session.selected, session.lookups)
            try:
                pinned = self.pins.toggle(pin)
            except UsageError as error:
                self.notify(str(error), severity="warning", markup=False)
                return
            self.show_cards(again=True)
            self.refresh_bindings()
            count = _counted(len(self.pins), "pin")
            rest = f"; p compares {count}." if self.pins else "."
            self.notify(f"{'Pinned' if pinned else 'Removed the pin'}{rest}")

    def action_pins(self) -> None:
        """Compare the pinned excerpts, and go to one."""
        from briefqa.tui.pins_screen import PinsScreen

        screen = PinsScreen(self.pins, self.corpus)
        self.app.push_screen(screen, self._go_to_pin)
        self.typed.on_undo(screen.dismiss)

    def _go_to_pin(self, pin: Pin | None) -> None:
        self.show_cards(again=True)
        self.refresh_bindings()
        if pin:
            self.jumps.leave(self.visit)
            self.show_visit(pin.visit)

    def action_export(self) -> None:
        """Write the pins, or the questions and answers of the session, to a file."""
        from briefqa.tui.export_screen import ExportPart, ExportScreen

        self.keep_question()
        parts = []
        if self.pins:
            parts.append(ExportPart(_counted(len(self.pins), "pinned answer"), self.pins.answers()))
        if kept := self.session.kept:
            parts.append(ExportPart(_counted(len(kept), "question") + " of the session", [*kept]))
        if parts:
            self.app.push_screen(ExportScreen(parts, self._export_name), self._exported)
        else:
            self.notify("There is nothing to export yet.", markup=False)

    def _exported(self, path: Path | None) -> None:
        if path:
            self._export_name = str(path)

    def _kept_excerpt(self) -> Excerpt | None:
        """Keep the question, and return the selected excerpt, if it is shown."""
        self.keep_question()
        return None if self.is_elsewhere else self.session.excerpt


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
