"""The terminal on POSIX: Textual's driver, with signals, UTF-8 and pasted escapes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from typing import TYPE_CHECKING, cast

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste
from textual.message import Message

from briefqa.tui.frame import ScreenFrame

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["InputParser", "PosixTerminal", "TerminalOutput"]

PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"
LEAST_HELD = 3
"""Characters of the start of a paste that are no key by themselves."""
SIGNAL_CODES = 128
"""The exit code of a process that a signal ended is the number of the signal, added to this."""


class PosixTerminal(LinuxDriver):
    """A driver that leaves the terminal as it was, whatever ends or stops the app.

    Args:
        app: the app.
        debug: whether Textual logs the keys.
        mouse: whether the mouse is used.
        size: columns and rows; None to ask the terminal.

    Attributes:
        frame: what the terminal shows.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.frame = ScreenFrame()
        assert sys.__stderr__ is not None
        self._file = cast(TextIOWrapper, TerminalOutput(sys.__stderr__.fileno()))
        # Windows, which has other signals, never loads this module.
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self._end, number)
            # A handler that interrupts a write to the terminal could wait for that very write.
            loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
            loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)

    def start_application_mode(self) -> None:
        """Take over the terminal, which another program may have used meanwhile."""
        self.frame.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _end(self, number: int) -> None:
        """End the app as Ctrl+Q does, with the exit code of the signal."""
        self._app.exit(return_code=SIGNAL_CODES + number)

    def _sigcont_application(self, *_: object) -> None:
        """Draw the whole screen again; the shell or another program has used the terminal."""
        if not self._auto_restart:
            return
        if not self._must_signal_resume:
            # SIGSTOP, which cannot be handled, stopped the app.
            self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh(layout=True)

    def _run_input_thread(self) -> None:
        """Read keys; without a terminal to read them from, the app ends."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)


class TerminalOutput:
    """A terminal as a file for text: UTF-8, whatever the locale.

    Args:
        descriptor: the descriptor of the terminal.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, text: str) -> int:
        """Write a text; it is dropped once the terminal is gone."""
        data = memoryview(text.encode("utf-8", "replace"))
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError:
            pass
        return len(text)

    def flush(self) -> None:
        """Do nothing: what is written is not buffered."""

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return os.isatty(self._descriptor)


class InputParser(XTermParser):
    """A parser of keys that takes everything up to the end of a paste as pasted.

    Textual's takes an escape within a paste for a key, and loses the order of the rest.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: str | None = None
        self._held = ""

    def feed(self, data: str) -> Iterator[Message]:
        """Yield the keys and pastes of what the terminal sent; an empty text is its end."""
        if not data:
            yield from super().feed(data)
            return
        data, self._held = self._held + data, ""
        while data:
            if self._pasted is None:
                typed, start, data = data.partition(PASTE_START)
                if start:
                    self._pasted = ""
                else:
                    typed = self._hold_start(typed)
                if typed:
                    yield from super().feed(typed)
            else:
                self._pasted, end, data = (self._pasted + data).partition(PASTE_END)
                if end:
                    yield Paste(self._pasted.replace("\0", ""))
                    self._pasted = None

    def _hold_start(self, typed: str) -> str:
        """Hold back what may be the first part of a paste's start, and return the rest."""
        for length in range(len(PASTE_START) - 1, LEAST_HELD - 1, -1):
            if typed.endswith(PASTE_START[:length]):
                self._held = typed[-length:]
                return typed[:-length]
        return typed


# The driver has no other way to choose the parser of its input.
setattr(linux_driver, "XTermParser", InputParser)  # noqa: B010
