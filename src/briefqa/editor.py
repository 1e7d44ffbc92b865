"""Opening a document in the reader's own programs, at the line where an answer stands."""

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

__all__ = ["Opener", "editor_command", "opener", "run_on_terminal"]

COLON = frozenset({"helix", "hx", "subl", "zed"})
"""Editors that take a line as `PATH:LINE`."""
GOTO = frozenset({"code", "code-insiders", "codium", "cursor", "windsurf"})
"""Editors that take it as `--goto PATH:LINE`; the others as `+LINE PATH`."""
LINELESS = frozenset({"notepad"})
WINDOWED = GOTO | LINELESS | {"subl", "zed"}
"""Editors with a window of their own: nobody waits for them, nor lends them the terminal."""
BATCH = (".bat", ".cmd")
"""Files that Windows hands to its shell, for which a document's name may hold commands."""
EDITOR = {"win32": "notepad"}
"""The editor that is always there, where it is not vi."""
VIEWER = {"darwin": "open"}
"""The program that opens a file as the desktop would, where it is not xdg-open."""
PATIENCE = 1
"""Seconds in which a program says that it cannot; one that runs longer shows the document."""


class Opener(Record):
    """How to open a document.

    Attributes:
        path: the document's absolute path.
        command: the command that opens it; empty where the system has a function for it.
        takes_terminal: whether it runs in the terminal, and is waited for.
    """

    path: str
    command: tuple[str, ...]
    takes_terminal: bool

    def run(self) -> None:
        """Open the document.

        Raises:
            OpeningError: there is no such program, or it cannot.
        """
        try:
            if self.takes_terminal:
                run_on_terminal(self.command)
                return
            code = _run_beside(self.path, self.command)
        except OSError as error:
            program = self.command[0] if self.command else self.path
            raise OpeningError(f"{program} cannot be opened: {describe(error)}") from error
        if code:
            raise OpeningError(f"{self.path}: no program here opens it; briefqa show prints it")


def opener(environment: Mapping[str, str], platform: str, path: str, line: int) -> Opener:
    """Find out how to open a document: in the editor, or in a viewer where its format needs one.

    Args:
        environment: the environment variables; VISUAL and EDITOR name the editor.
        platform: as `sys.platform` has it.
        path: the document's path.
        line: the line of its text to go to, from 1; left out where the file has other lines.

    Raises:
        DocumentError: there is no such file, or it is standard input.
        OpeningError: the name of the editor makes no sense.
    """
    if path == STANDARD_INPUT:
        raise DocumentError(path, "what was piped in is in no file")
    opens = detect(path, read_file(path, sys.maxsize, pipes=False)).opens
    path = os.path.abspath(path)
    if opens is Opens.VIEWER:
        viewer = () if platform == "win32" else (VIEWER.get(platform, "xdg-open"), path)
        return Opener(path, viewer, takes_terminal=False)
    at = line if opens is Opens.EDITOR_AT_LINE else None
    command = editor_command(environment, platform, path, at)
    return Opener(path, command, takes_terminal=_program(command[0]) not in WINDOWED)


def editor_command(
    environment: Mapping[str, str], platform: str, path: str, line: int | None
) -> tuple[str, ...]:
    """Return the command that opens a file in the reader's editor.

    Args:
        environment: the environment variables: VISUAL, else EDITOR, else what is always there.
        platform: as `sys.platform` has it.
        path: the file, absolute.
        line: from 1; None to open it wherever the editor does.

    Raises:
        OpeningError: the variable cannot be split into words, as where a quotation is not closed,
            or names a batch file.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        # Backslashes part folders there, and quotation marks stay with their words.
        words = [word.strip('"') for word in shlex.split(named, posix=platform != "win32")]
    except ValueError as error:
        reason = str(error).lower()
        raise OpeningError(f"the editor cannot be opened: {named}: {reason}") from error
    words = words or [EDITOR.get(platform, "vi")]
    if platform == "win32" and words[0].lower().endswith(BATCH):
        raise OpeningError(f"the editor is a batch file: {words[0]}; name the program itself")
    program = _program(words[0])
    if line is None or program in LINELESS:
        return (*words, path)
    if program in GOTO:
        return (*words, "--goto", f"{path}:{line}")
    return (*words, f"{path}:{line}") if program in COLON else (*words, f"+{line}", path)


def _program(path: str) -> str:
    """The name of a program, without its folder, however the system writes that."""
    return path.replace("\\", "/").rsplit("/")[-1].lower().removesuffix(".exe")


def run_on_terminal(command: Sequence[str]) -> None:
    """Run a program that draws on the terminal, and wait for it.

    Raises:
        OSError: there is no such program.
        OpeningError: it fails.
    """
    with _terminal() as terminal, _deaf_to_interrupts():
        done = subprocess.run(
            command, stdin=terminal, stdout=terminal, stderr=terminal, check=False
        )
    if done.returncode:
        raise OpeningError(f"{command[0]} failed, exit code {done.returncode}")


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave Ctrl-C to the program on the terminal, which may have another use for it.

    To ignore the signal would make that program ignore it too.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


@contextmanager
def _terminal() -> Iterator[int | None]:
    """Lend the terminal where standard streams are piped; None where they are on it, or none is."""
    try:
        terminal = None if all(map(os.isatty, range(3))) else os.open("/dev/tty", os.O_RDWR)
    except OSError:
        terminal = None
    try:
        yield terminal
    finally:
        if terminal is not None:
            os.close(terminal)


def _run_beside(path: str, command: tuple[str, ...]) -> int:
    """Open a file in a window of its own, and return whether that failed."""
    if sys.platform == "win32" and not command:
        os.startfile(path)
        return 0
    nowhere = subprocess.DEVNULL
    program = subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        return program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return 0
