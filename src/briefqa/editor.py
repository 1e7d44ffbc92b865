"""Opening a document in the user's editor or viewer, at the line of an answer."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from briefqa.documents import STANDARD_INPUT, read_file
from briefqa.errors import DocumentError, OpeningError, describe
from briefqa.readers.registry import Opens, detect
from briefqa.records import Record

__all__ = ["Opener", "editor_command", "find_opener", "run_on_terminal"]

COLON_EDITORS = frozenset({"helix", "hx", "subl", "zed"})
"""Editors that take a line as `PATH:LINE`."""
GOTO_EDITORS = frozenset({"code", "code-insiders", "codium", "cursor", "windsurf"})
"""Editors that take a line as `--goto PATH:LINE`; all others take it as `+LINE PATH`."""
EDITORS_WITHOUT_LINES = frozenset({"notepad"})
WINDOW_EDITORS = GOTO_EDITORS | EDITORS_WITHOUT_LINES | {"subl", "zed"}
"""Editors that open a window, so that they do not need the terminal and are not waited for."""
BATCH_FILES = (".bat", ".cmd")
"""Suffixes of programs that Windows runs by its shell: a document's name could hold commands."""
DEFAULT_EDITORS = {"win32": "notepad"}
"""The editor that is always installed, by platform; vi on all others."""
VIEWERS = {"darwin": "open"}
"""The program that opens a file in the desktop's viewer, by platform; xdg-open on all others."""
VIEWER_TIMEOUT = 1
"""Seconds after which a viewer that has not failed is taken to show the document."""


class Opener(Record):
    """How to open a document.

    Attributes:
        path: the absolute path of the document.
        command: the command that opens it; empty if the system has a function for that.
        uses_terminal: whether the program runs in the terminal, and is waited for.
    """

    path: str
    command: tuple[str, ...]
    uses_terminal: bool

    def run(self) -> None:
        """Open the document.

        Raises:
            OpeningError: the program does not exist, or fails.
        """
        try:
            if self.uses_terminal:
                run_on_terminal(self.command)
                return
            code = _run_in_window(self.path, self.command)
        except OSError as error:
            program = self.command[0] if self.command else self.path
            raise OpeningError(f"cannot open {program}: {describe(error)}") from error
        if code:
            raise OpeningError(f"{self.path}: no program opens it; briefqa show prints it")


def find_opener(environment: Mapping[str, str], platform: str, path: str, line: int) -> Opener:
    """Return how to open a document: in the editor, or in a viewer if its format needs one.

    Args:
        environment: the environment variables; VISUAL and EDITOR name the editor.
        platform: the value of `sys.platform`.
        path: the path of the document.
        line: the line to go to, from 1; ignored if the lines of the file are not those of the
            document's text.

    Raises:
        DocumentError: the file does not exist, or is standard input.
        OpeningError: the name of the editor is invalid.
    """
    if path == STANDARD_INPUT:
        raise DocumentError(path, "standard input cannot be opened in an editor")
    opens = detect(path, read_file(path, sys.maxsize, named=False)).opens
    path = os.path.abspath(path)
    if opens is Opens.VIEWER:
        viewer = () if platform == "win32" else (VIEWERS.get(platform, "xdg-open"), path)
        return Opener(path, viewer, uses_terminal=False)
    at_line = line if opens is Opens.EDITOR_AT_LINE else None
    command = editor_command(environment, platform, path, at_line)
    return Opener(path, command, uses_terminal=_program_name(command[0]) not in WINDOW_EDITORS)


def editor_command(
    environment: Mapping[str, str], platform: str, path: str, line: int | None
) -> tuple[str, ...]:
    """Return the command that opens a file in the user's editor.

    Args:
        environment: the environment variables; VISUAL or else EDITOR names the editor.
        platform: the value of `sys.platform`.
        path: the absolute path of the file.
        line: the line to go to, from 1; None for no line.

    Raises:
        OpeningError: the variable cannot be split into words, such as with a missing quotation
            mark, or it names a batch file.
    """
    editor = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        # On Windows backslashes separate folders, and shlex leaves quotation marks in the words.
        words = [word.strip('"') for word in shlex.split(editor, posix=platform != "win32")]
    except ValueError as error:
        raise OpeningError(f"cannot open the editor {editor}: {str(error).lower()}") from error
    words = words or [DEFAULT_EDITORS.get(platform, "vi")]
    if platform == "win32" and words[0].lower().endswith(BATCH_FILES):
        raise OpeningError(f"the editor is a batch file: {words[0]}; name the program itself")
    program = _program_name(words[0])
    if line is None or program in EDITORS_WITHOUT_LINES:
        return (*words, path)
    if program in GOTO_EDITORS:
        return (*words, "--goto", f"{path}:{line}")
    if program in COLON_EDITORS:
        return (*words, f"{path}:{line}")
    return (*words, f"+{line}", path)


def _program_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/")[-1].lower().removesuffix(".exe")


def run_on_terminal(command: Sequence[str]) -> None:
    """Run a program that draws on the terminal, and wait for it.

    Raises:
        OSError: the program does not exist.
        OpeningError: the program fails.
    """
    with _terminal() as terminal, _interrupts_ignored():
        completed = subprocess.run(
            command, stdin=terminal, stdout=terminal, stderr=terminal, check=False
        )
    if completed.returncode:
        raise OpeningError(f"{command[0]} failed with exit code {completed.returncode}")


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Leave Ctrl-C to the program on the terminal, which may use it for something else.

    A handler is set because the program would inherit SIG_IGN, and ignore Ctrl-C as well.
    """
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler or signal.SIG_DFL)


@contextmanager
def _terminal() -> Iterator[int | None]:
    """Open the terminal if a standard stream is not on it; yield None if all are, or on failure."""
    try:
        terminal = None if all(map(os.isatty, range(3))) else os.open("/dev/tty", os.O_RDWR)
    except OSError:
        terminal = None
    try:
        yield terminal
    finally:
        if terminal is not None:
            os.close(terminal)


def _run_in_window(path: str, command: tuple[str, ...]) -> int:
    """Open a file in a program with a window; return an exit code, 0 if it is still running."""
    if sys.platform == "win32" and not command:
        os.startfile(path)
        return 0
    devnull = subprocess.DEVNULL
    program = subprocess.Popen(
        command, stdin=devnull, stdout=devnull, stderr=devnull, start_new_session=True
    )
    try:
        return program.wait(VIEWER_TIMEOUT)
    except subprocess.TimeoutExpired:
        return 0
