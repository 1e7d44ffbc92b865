"""The actions on the selected excerpt: print, copy, edit, export."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

from textual.app import SuspendNotSupported

from briefqa.answers import Excerpt
from briefqa.editor import find_opener
from briefqa.errors import BriefqaError, OutputError
from briefqa.text_safety import sanitise_name
from briefqa.tui.document_screen import DocumentScreen
from briefqa.tui.export import citation_text, export_answers, passage_text
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.storage import History

__all__ = ["ExcerptScreen"]


class ExcerptScreen(DocumentScreen):
    """A screen with a selected excerpt.

    Args:
        options: the options of the app.
        history: the questions whose answers were of use.
    """

    def __init__(self, options: LaunchOptions, history: History) -> None:
        super().__init__(options)
        self.history = history
        self._export_file: Path | None = None

    def keep_question(self) -> None:
        """Add the question to the history, and its answer to the export."""
        question = self.session.keep()
        if question is not None:
            self.history.add(question)

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
        """Copy the citation."""
        if excerpt := self._kept_excerpt():
            self.app.copy_to_clipboard(citation_text(excerpt))
            self.notify(f"Copied {citation_text(excerpt)}.", markup=False)

    def action_edit(self) -> None:
        """Open the document in the user's editor, at the answer, or in a viewer."""
        excerpt = self._kept_excerpt()
        place = (excerpt.passage.path, excerpt.line) if excerpt else self.shown_place
        if place:
            try:
                opener = find_opener(os.environ, sys.platform, *place)
                with self.app.suspend() if opener.uses_terminal else nullcontext():
                    opener.run()
            except (BriefqaError, SuspendNotSupported) as error:
                self.notify(sanitise_name(str(error)), severity="error", markup=False)
            self.check_documents()

    def action_export(self) -> None:
        """Write the questions and answers of the session to a file."""
        self.keep_question()
        if not self.session.kept:
            self.notify("There is nothing to export yet.", markup=False)
            return
        try:
            self._export_file = export_answers(self.session.kept, Path.cwd(), self._export_file)
        except OutputError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            count = len(self.session.kept)
            answers = "answer" if count == 1 else "answers"
            self.notify(f"Exported {count} {answers} to {self._export_file}.", markup=False)

    def _kept_excerpt(self) -> Excerpt | None:
        """Keep the question, and return the selected excerpt."""
        self.keep_question()
        return self.session.excerpt
