"""How far indexing has come, on one line that is gone when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from briefqa.cli.streams import is_terminal
from briefqa.cli.terminals import obeys_escapes

__all__ = ["Progress", "showing_progress"]

PATIENCE = 0.5
"""Seconds before anything is shown."""
INTERVAL = 0.1
"""Seconds from one drawing to the next."""
ERASE = "\r\x1b[K"


class Progress:
    """Shows progress.

    Args:
        show: takes what to write.
        clock: tells the seconds.
    """

    def __init__(self, show: Callable[[str], object], clock: Callable[[], float] = monotonic):
        self._show = show
        self._clock = clock
        self._started = clock()
        self._due = self._started + PATIENCE

    def __call__(self, done: int, total: int) -> None:
        """Tell how far it is, unless that was told just now.

        Args:
            done: bytes read.
            total: all bytes there are to read.
        """
        now = self._clock()
        # What comes after the last byte takes its time too, and is told but once.
        if now < (self._due if done < total else self._started + PATIENCE):
            return
        self._due = now + INTERVAL
        if done >= total:
            self._show(f"{ERASE}briefqa: putting the index in order\r")
            return
        rate = done / (now - self._started)
        left = f"{(total - done) / rate:.0f} s left" if rate else ""
        self._show(f"{ERASE}briefqa: indexing, {done / total:.0%}, {rate / 1e6:.1f} MB/s, {left}\r")

    def close(self) -> None:
        """Leave an empty line, if anything was shown."""
        if self._due > self._started + PATIENCE:
            self._show(ERASE)


@contextmanager
def showing_progress() -> Iterator[Progress | None]:
    """Show progress on standard error for a while, if a person reads it."""
    shown = is_terminal(sys.stderr) and obeys_escapes(sys.stderr)
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
