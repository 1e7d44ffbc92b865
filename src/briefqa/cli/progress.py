"""The progress of what takes long, on one line that is erased at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from briefqa.cli.streams import is_terminal
from briefqa.cli.terminals import supports_escapes
from briefqa.records import Record

__all__ = ["ASKING", "INDEXING", "READING", "Progress", "Work", "show_progress"]

PATIENCE = 0.5
"""Seconds before progress is shown."""
INTERVAL = 0.1
"""Seconds between updates of the line."""
ERASE = "\r\x1b[K"


class Work(Record):
    """What is done.

    Attributes:
        name: as a participle.
        end: what follows the last unit.
        unit: what its rate is told in.
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
