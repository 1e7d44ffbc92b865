"""What a terminal supports, and the line on it that shows the progress of what takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from time import monotonic

from briefqa.cli.streams import is_terminal
from briefqa.records import Record

__all__ = [
    "ASKING",
    "INDEXING",
    "READING",
    "Progress",
    "Work",
    "color_variable",
    "show_progress",
    "supports_escapes",
    "supports_links",
    "supports_unicode",
    "use_color",
]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

OBEY_ESCAPES = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, a mode of Windows consoles."""
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
SETTLED = ("always", "never")

PATIENCE = 0.5
"""Seconds before progress is shown."""
INTERVAL = 0.1
"""Seconds between updates of the line."""
ERASE = "\r\x1b[K"


def use_color(
    when: str | None,
    environment: Mapping[str, str],
    stream: TextIO | None,
    configured: str | None = None,
) -> bool:
    """Return whether to use colour and other escape sequences.

    Args:
        when: `always`, `never` or `auto`. With `auto` these decide, in this order: NO_COLOR
            (no-color.org), FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb, and whether the stream is a
            terminal. None is `auto`, but with the configured value after the variables.
        environment: the environment variables.
        stream: where the text goes.
        configured: the configured value; the same words as `when`.
    """
    if when in SETTLED:
        return when == "always"
    if (variable := color_variable(environment)) is not None:
        return variable in FORCING
    if when is None and configured in SETTLED:
        return configured == "always"
    if stream is None or not is_terminal(stream) or environment.get("TERM") == "dumb":
        return False
    return supports_escapes(stream)


def color_variable(environment: Mapping[str, str]) -> str | None:
    """Return the environment variable that decides on colour; None if none does."""
    if environment.get("NO_COLOR"):
        return "NO_COLOR"
    forcing = (name for name in FORCING if environment.get(name, "0") not in ("", "0"))
    return next(forcing, None)


def supports_links(environment: Mapping[str, str], stream: TextIO | None) -> bool:
    """Return whether to write OSC 8 links.

    Most terminals that do not support them ignore them; the Linux console and dumb terminals print
    them.
    """
    return is_terminal(stream) and environment.get("TERM", "dumb") not in ("dumb", "linux")


def supports_unicode(stream: TextIO | None) -> bool:
    """Return whether the stream's encoding has the characters that mark excerpts."""
    try:
        "▌…·".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


if sys.platform == "win32":

    def supports_escapes(stream: TextIO) -> bool:
        """Enable ANSI escape sequences on a console (Windows 10 and later); return success."""
        import ctypes
        import msvcrt

        try:
            console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        except OSError:
            return True
        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        known = kernel.GetConsoleMode(console, ctypes.byref(mode))
        return bool(known and kernel.SetConsoleMode(console, mode.value | OBEY_ESCAPES))

else:

    def supports_escapes(stream: TextIO) -> bool:
        """Return True: terminals interpret escape sequences."""
        return True


class Work(Record):
    """What is done.

    Attributes:
        name: as a participle.
        end: what follows the last unit.
        unit: the unit of its rate.
        scale: how many of what is counted are one unit.
    """

    name: str
    end: str
    unit: str
    scale: float = 1


INDEXING = Work("indexing", "finishing the index", "MB", 1e6)
ASKING = Work("asking", "writing the answers", "answers")
READING = Work("reading", "ordering the dates", "passages")


class Progress:
    """Shows progress.

    Args:
        show: writes text to the terminal.
        clock: returns the time in seconds.
        work: what is done.
    """

    def __init__(
        self,
        show: Callable[[str], object],
        clock: Callable[[], float] = monotonic,
        work: Work = INDEXING,
    ):
        self._show = show
        self._clock = clock
        self._work = work
        self._started = clock()
        self._due = self._started + PATIENCE

    def __call__(self, done: int, total: int) -> None:
        """Show how much is done, unless the line was updated just before.

        Args:
            done: bytes, or what else is counted.
            total: how many there are in all.
        """
        now, work = self._clock(), self._work
        # Work continues after the last byte is read; that is shown once, without an interval.
        if now < (self._due if done < total else self._started + PATIENCE):
            return
        self._due = now + INTERVAL
        if done >= total:
            self._show(f"{ERASE}briefqa: {work.end}\r")
            return
        rate = done / (now - self._started)
        left = f"{(total - done) / rate:.0f} s left" if rate else ""
        speed = f"{rate / work.scale:.1f} {work.unit}/s"
        self._show(f"{ERASE}briefqa: {work.name}, {done / total:.0%}, {speed}, {left}\r")

    def close(self) -> None:
        """Erase the line if anything was shown."""
        if self._due > self._started + PATIENCE:
            self._show(ERASE)


@contextmanager
def show_progress(work: Work = INDEXING) -> Iterator[Progress | None]:
    """Show progress on standard error while the context lasts, if that is a terminal."""
    shown = is_terminal(sys.stderr) and supports_escapes(sys.stderr)
    progress = Progress(_write, work=work) if shown else None
    try:
        yield progress
    finally:
        if progress:
            progress.close()


def _write(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
