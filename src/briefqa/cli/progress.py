"""The progress of indexing, on one line that is erased at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from briefqa.cli.streams import is_terminal
from briefqa.cli.terminals import supports_escapes

__all__ = ["Progress", "show_progress"]

PATIENCE = 0.5
"""Seconds before progress is shown."""
INTERVAL = 0.1
"""Seconds between updates of the line."""
ERASE = "\r\x1b[K"


class Progress:
    """Shows progress.

    Args:
        show: writes text to the terminal.
        clock: returns the time in seconds.
    """

    def __init__(self, show: Callable[[str], object], clock: Callable[[], float] = monotonic):
        self._show = show
        self._clock = clock
        self._started = clock()
        self._due = self._started + PATIENCE

    def __call__(self, done: int, total: int) -> None:
        """Show how much is done, unless the line was updated just before.

        Args:
            done: bytes read.
            total: bytes to read in all.
        """
        now = self._clock()
        # Work continues after the last byte is read; that is shown once, without an interval.
        if now < (self._due if done < total else self._started + PATIENCE):
            return
        self._due = now + INTERVAL
        if done >= total:
            self._show(f"{ERASE}briefqa: finishing the index\r")
            return
        rate = done / (now - self._started)
        left = f"{(total - done) / rate:.0f} s left" if rate else ""
        self._show(f"{ERASE}briefqa: indexing, {done / total:.0%}, {rate / 1e6:.1f} MB/s, {left}\r")

    def close(self) -> None:
        """Erase the line if anything was shown."""
        if self._due > self._started + PATIENCE:
            self._show(ERASE)


@contextmanager
def show_progress() -> Iterator[Progress | None]:
    """Show progress on standard error while the context lasts, if that is a terminal."""
    shown = is_terminal(sys.stderr) and supports_escapes(sys.stderr)
    progress = Progress(_write) if shown else None
    try:
        yield progress
    finally:
        if progress:
            progress.close()


def _write(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
