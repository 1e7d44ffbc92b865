"""Taking answers away from the screen: copied, opened in an editor, exported, printed."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

from textual.app import SuspendNotSupported
from textual.screen import Screen

from briefqa.answers import Excerpt
from briefqa.editor import find_opener
from briefqa.errors import BriefqaError, OutputError
from briefqa.text_safety import sanitise_name
from briefqa.tui.export import export, passage_with_source, place
from briefqa.tui.state.history import History
from briefqa.tui.state.session import Session

__all__ = ["TakingScreen"]


class TakingScreen(Screen[None]):
    """A screen with a chosen excerpt.

    Args:
        session: the question, its answer and the chosen excerpt.
        history: where questions are kept whose answers were of use.
    """

    def __init__(self, session: Session, history: History) -> None:
        super().__init__()
        self.session = session
        self.history = history
        self._exported: Path | None = None

    def watch_documents(self) -> None:
        """Look whether a document has changed, as after it was edited."""
        raise NotImplementedError

    def action_print(self) -> None:
        """Leave with the chosen excerpt."""
        if excerpt := self._taken():
            self.app.exit(passage_with_source(excerpt))

    def action_copy_passage(self) -> None:
        """Copy what is selected, or the passage with its source."""
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(selected)
            self.notify("The selection is copied.", markup=False)
        elif excerpt := self._taken():
            self.app.copy_to_clipboard(passage_with_source(excerpt))
            self.notify("The passage is copied, with its source.", markup=False)

    def action_copy_place(self) -> None:
        """Copy where the answer stands."""
        if excerpt := self._taken():
            self.app.copy_to_clipboard(place(excerpt))
            self.notify(f"{place(excerpt)} is copied.", markup=False)

    def action_edit(self) -> None:
        """Open the document in the reader's editor, at the answer, or in a viewer."""
        if excerpt := self._taken():
            try:
                found = find_opener(os.environ, sys.platform, excerpt.passage.path, excerpt.line)
                with self.app.suspend() if found.uses_terminal else nullcontext():
                    found.run()
            except (BriefqaError, SuspendNotSupported) as error:
                self.notify(sanitise_name(str(error)), severity="error", markup=False)
            self.watch_documents()

    def action_export(self) -> None:
        """Write the session's questions and answers to a file."""
        self.remember()
        if not self.session.settled:
            self.notify("There is nothing to export yet.", markup=False)
            return
        try:
            self._exported = export(self.session.settled, Path.cwd(), self._exported)
        except OutputError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            count = len(self.session.settled)
            self.notify(f"{count} answered, written to {self._exported}.", markup=False)

    def _taken(self) -> Excerpt | None:
        """The chosen excerpt, which the reader stays with."""
        self.remember()
        return self.session.excerpt

    def remember(self) -> None:
        """Keep the question, and its answer for the export."""
        question = self.session.settle()
        if question is not None:
            self.history.add(question)
