"""Answers outside the app: an excerpt as text, questions and answers as a file, and its dialog."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
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

from briefqa.answers import Answer, Excerpt
from briefqa.errors import OutputError, describe
from briefqa.output import FORMATS, Layout, Reply
from briefqa.output.markdown_format import escape_markdown
from briefqa.records import Record
from briefqa.text_safety import sanitise, sanitise_name
from briefqa.tui.dialogs import Dialog
from briefqa.tui.fields import SafeField
from briefqa.tui.worker import BackgroundWorker

__all__ = [
    "SUFFIXES",
    "ExportPart",
    "ExportScreen",
    "citation_text",
    "export_answers",
    "export_path",
    "markdown_quotation",
    "passage_text",
    "write_new",
]

SUFFIXES = {".md": "markdown", ".json": "json", ".csv": "csv"}
"""The ends of names of files, and the format that each stands for."""
HINT = "A name that ends in .md, .json or .csv"


def citation_text(excerpt: Excerpt) -> str:
    """Return the citation of an excerpt, sanitised."""
    return sanitise_name(excerpt.citation)


def passage_text(excerpt: Excerpt) -> str:
    """Return the passage of an excerpt and its citation, sanitised."""
    return f"{sanitise(excerpt.passage.text)}\n\n— {citation_text(excerpt)}\n"


def markdown_quotation(excerpt: Excerpt) -> str:
    """Return the answer of an excerpt as a quotation, with its title and a link to its source."""
    from urllib.parse import quote

    passage = excerpt.passage
    lines = sanitise(excerpt.answer.slice(passage.text)).split("\n")
    quoted = "\\\n".join(f"> {escape_markdown(line)}" for line in lines if line.strip())
    # Only what would end the link is escaped, so that the path can be read.
    target = quote(passage.path, safe="/ :~!$&'*+,;=@", errors="surrogateescape")
    source = f"[{escape_markdown(excerpt.citation)}](<{target}>)"
    is_named = passage.title == os.path.basename(passage.path)
    title = "" if is_named else f"{escape_markdown(passage.title)}, "
    return f"{quoted}\n>\n> — {title}{source}\n"


def export_path(name: str) -> Path:
    """Return the path of a file whose name is typed.

    Raises:
        OutputError: there is no name, or its end stands for no format.
    """
    path = Path(name.strip()).expanduser()
    if path.suffix.lower() not in SUFFIXES:
        named = f"{name.strip()}: " if name.strip() else ""
        raise OutputError(f"{named}expected a name that ends in {', '.join(SUFFIXES)}")
    return path


def export_answers(answers: Sequence[Answer], path: Path, *, replace: bool = False) -> None:
    """Write questions and answers to a file, in the format that its name ends in.

    Args:
        answers: the answers, in order.
        path: the file.
        replace: whether to replace an existing file.

    Raises:
        FileExistsError: the file exists, and is not to be replaced.
        OutputError: the file cannot be written.
    """
    render = FORMATS[SUFFIXES[path.suffix.lower()]].render
    text = "".join(render((Reply(answer) for answer in answers), Layout(batch=True)))
    try:
        write_new(path, text, replace=replace)
    except FileExistsError:
        raise
    except OSError as error:
        raise OutputError(f"{sanitise_name(str(path))}: {describe(error)}") from error


def _export(answers: Sequence[Answer], path: Path, *, replace: bool) -> Message:
    """Write answers to a file, which is replaced only if it is to be."""
    try:
        export_answers(answers, path, replace=replace)
    except FileExistsError:
        return AnswersExported(path, exists=True)
    except OutputError as error:
        return AnswersExported(path, error=str(error))
    return AnswersExported(path)


def write_new(path: Path, text: str, *, replace: bool) -> None:
    """Write a file atomically: at any moment it is as before, or complete.

    Raises:
        FileExistsError: the file exists, and is not to be replaced.
        OSError: it cannot be written.
    """
    # What is replaced may be a link, which stays a link.
    path = Path(os.path.realpath(path)) if replace else path
    temporary = path.with_name(f".{os.urandom(8).hex()}.new")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
        else:
            _move(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _move(source: Path, target: Path) -> None:
    """Rename a file, unless there is one of that name already."""
    if os.name == "nt":
        source.rename(target)
        return
    # POSIX has no renaming that refuses to replace, but a second name does.
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # The file system has no hard links.
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.replace(source, target)


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
            yield Static(HINT, id="file-note", markup=False)

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
    def _part(self) -> ExportPart:
        return self._parts[self._chosen]

    @on(Input.Changed)
    def name_changed(self, message: Input.Changed) -> None:
        """Another file is meant, which must not be replaced yet."""
        if message.value != self._existing:
            self._existing = ""
            self._tell(HINT)

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
