"""System calls that fail: each in turn, once or permanently."""

import builtins
import errno
import io
import mmap
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple

import pytest

__all__ = ["Trial", "every_trial", "faults", "one_trial"]

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE)
CALLS = (
    "open read write fdopen close stat lstat fstat scandir listdir mkdir chmod utime unlink rename"
    " replace fsync truncate getcwd dup"
).split()
"""Functions of `os` that fail; those that a platform does not have are skipped."""


class Trial(NamedTuple):
    """How system calls fail.

    Attributes:
        error: the error number.
        lasting: whether all later calls fail as well.
    """

    error: int
    lasting: bool


class Faults:
    """Counts system calls, and makes some of them fail.

    Args:
        first: the number of the first call that fails, from 1.
        lasting: whether all later calls fail as well.
        error: the error's number.

    Attributes:
        calls: the number of calls so far.
    """

    def __init__(self, first: int, *, lasting: bool, error: int) -> None:
        self._first = first
        self._lasting = lasting
        self._error = error
        self.calls = 0

    def check(self) -> None:
        """Count a call, and raise an error if it has to fail."""
        self.calls += 1
        if self.calls == self._first or (self._lasting and self.calls > self._first):
            raise OSError(self._error, os.strerror(self._error))

    def wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that counts as a call and may fail."""

        def checked(*arguments: Any, **named: Any) -> Any:
            self.check()
            made = call(*arguments, **named)
            return FaultyFile(made, self) if isinstance(made, io.IOBase) else made

        return checked


class FaultyFile:
    """A file whose reads and writes count as calls."""

    def __init__(self, file: Any, faults: Faults) -> None:
        self._file = file
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._file, name)
        return self._faults.wrap(found) if name in ("read", "write", "flush", "seek") else found

    def __enter__(self) -> "FaultyFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@contextmanager
def _failing(faults: Faults) -> Iterator[None]:
    """Make system calls fail, except those of the interpreter, such as for imports."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            if hasattr(os, name):
                patch.setattr(os, name, faults.wrap(getattr(os, name)))
        patch.setattr(mmap, "mmap", faults.wrap(mmap.mmap))
        patch.setattr(builtins, "open", faults.wrap(open))
        patch.setattr(io, "open", faults.wrap(open))
        if sys.platform != "win32":
            import fcntl

            patch.setattr(fcntl, "flock", faults.wrap(fcntl.flock))
        yield


def faults(run: Callable[[], object], trials: Callable[[int], Iterable[Trial]]) -> Iterator[str]:
    """Run a function repeatedly, each time with another call failing, until no call fails.

    Args:
        run: the function.
        trials: returns the ways in which the call with a given number fails.

    Yields:
        The faults of each run, after it.
    """
    for first in count(1):
        reached = False
        for error, lasting in trials(first):
            failing = Faults(first, lasting=lasting, error=error)
            with _failing(failing):
                run()
            yield f"call {first}{' and all later' * lasting}: {os.strerror(error)}"
            reached |= failing.calls >= first
        if not reached:
            return


def every_trial(_: int) -> Iterable[Trial]:
    """Return each error, once and permanently."""
    return [Trial(error, lasting) for error in ERRORS for lasting in (False, True)]


def one_trial(first: int) -> Iterable[Trial]:
    """Return one error for each call, in turn, alternately once and permanently."""
    return [Trial(ERRORS[first % len(ERRORS)], first // len(ERRORS) % 2 == 0)]
