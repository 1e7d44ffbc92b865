"""The dialog that asks for the file to which pins or the session are written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from briefqa.answers import Answer
from briefqa.errors import OutputError
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui.dialogs import Dialog
from briefqa.tui.export import export_answers, export_path
from briefqa.tui.fields import SafeField
from briefqa.tui.worker import BackgroundWorker

__all__ = ["ExportPart", "ExportScreen"]

HINT = "A name that ends in .md, .json or .csv, in {}"
NO_FOLDER = "The working folder is gone: type a whole path that ends in .md, .json or .csv"


class AnswersExported(Message):
    """Answers were written to a file, or could not be.

    Attributes:
        path: the file.
        exists: whether there is such a file, which was not to be replaced.
        error: why it could not be written; empty if it was.
    """

    def __init__(self, path: Path, *, exists: bool = False, error: str = "") -> None:
        super().__init__()
        self.path = path
        self.exists = exists
        self.error = error


def _export(answers: Sequence[Answer], path: Path, *, replace: bool) -> Message:
    """Write answers to a file, which is replaced only if it is to be."""
    try:
        export_answers(answers, path, replace=replace)
    except FileExistsError:
        return AnswersExported(path, exists=True)
    except OutputError as error:
        return AnswersExported(path, error=str(error))
    return AnswersExported(path)


class ExportPart(Record):
    """What can be exported.

    Attributes:
        name: what it is called, with the number of answers.
        answers: the answers.
    """

    name: str
    answers: Sequence[Answer]


class ExportScreen(Dialog[Path | None]):
    """The parts of the session, one of which is chosen, and a field for the name of a file.

    It returns the file that was written; None if none was.

    Args:
        parts: the parts to choose from, at least one.
        name: the name that is suggested.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="export.leave"),
        Binding("down", "choose(1)", "Next part", id="export.down", priority=True),
        Binding("up", "choose(-1)", "Previous part", id="export.up", priority=True),
    ]

    def __init__(self, parts: Sequence[ExportPart], name: str) -> None:
        super().__init__()
        self._parts = parts
        self._chosen = 0
        self._name = name
        self._existing = ""
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="export") as box:
            box.border_title = "Export"
            box.border_subtitle = "Enter writes, Esc closes"
            yield Static(id="parts")
            yield SafeField(self._name, placeholder="The name of a file", id="file")
            yield Static(self._hint, id="file-note", markup=False)

    def on_mount(self) -> None:
        """Show the parts."""
        self.action_choose(0)

    def action_choose(self, step: int) -> None:
        """Choose another part."""
        self._chosen = (self._chosen + step) % len(self._parts)
        lines = [
            Content.styled(f"● {part.name}", "bold") if chosen else Content(f"○ {part.name}")
            for part, chosen in ((each, each is self._part) for each in self._parts)
        ]
        self.query_one("#parts", Static).update(Content("\n").join(lines))

    @property
    def _hint(self) -> str:
        """What may be typed, and the folder that it is relative to."""
        try:
            return HINT.format(sanitise_name(os.getcwd()))
        except FileNotFoundError:
            return NO_FOLDER

    @property
    def _part(self) -> ExportPart:
        return self._parts[self._chosen]

    @on(Input.Changed)
    def name_changed(self, message: Input.Changed) -> None:
        """Another file is meant, which must not be replaced yet."""
        if message.value != self._existing:
            self._existing = ""
            self._tell(self._hint)

    @on(Input.Submitted)
    def write(self, message: Input.Submitted) -> None:
        """Write the file; a file that exists is replaced the second time."""
        try:
            path = export_path(message.value)
        except OutputError as error:
            self._tell(str(error), wrong=True)
            return
        replace = message.value == self._existing
        self._worker.run(partial(_export, self._part.answers, path, replace=replace))

    @on(AnswersExported)
    def receive(self, message: AnswersExported) -> None:
        """Close if the file is written, else say why it is not."""
        name = sanitise_name(str(message.path))
        if message.exists:
            self._existing = self.query_one(SafeField).value
            self._tell(f"{name} exists. Enter again replaces it.", wrong=True)
        elif message.error:
            self._tell(message.error, wrong=True)
        else:
            self.app.notify(f"Exported {self._part.name} to {name}.", markup=False)
            self.dismiss(message.path)

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        note = self.query_one("#file-note", Static)
        note.update(text)
        note.set_class(wrong, "-wrong")
