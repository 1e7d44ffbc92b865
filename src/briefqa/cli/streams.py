"""The standard streams: answers go to standard output, all other messages to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper

from briefqa.errors import OutputError, describe
from briefqa.text_safety import sanitise_name

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["complain", "is_broken_pipe", "is_terminal", "reserve_descriptors", "write"]

INVALID = 22
"""`errno.EINVAL` on all systems; importing errno for it would cost start-up time."""


def reserve_descriptors() -> None:
    """Open the standard descriptors that are closed, so that no file opened later gets them."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)


def write(chunks: Iterable[str], *, exact: bool = False) -> None:
    """Write chunks of text to standard output, and flush after each.

    Characters that the stream's encoding does not have are replaced.

    Args:
        chunks: the texts.
        exact: whether they are names of files, written in the encoding of these.

    Raises:
        BrokenPipeError: the reader has closed the pipe.
        OutputError: standard output is closed or full.
    """
    output = sys.stdout
    if output is None:
        raise OutputError("standard output: closed")
    if isinstance(output, TextIOWrapper):
        encoding, errors = None, "replace"
        if exact:
            encoding, errors = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
        output.reconfigure(encoding=encoding, errors=errors, newline="\n")
    for chunk in chunks:
        try:
            output.write(chunk)
            output.flush()
        except OSError as error:
            _discard(output)
            if is_broken_pipe(error, os.name):
                raise BrokenPipeError from error
            raise OutputError(f"standard output: {describe(error)}") from error


def is_broken_pipe(error: OSError, system: str) -> bool:
    """Return whether an error means that the reader has closed the pipe.

    Args:
        error: the error of a write; Windows reports an invalid argument.
        system: the value of `os.name`.
    """
    return isinstance(error, BrokenPipeError) or (system == "nt" and error.errno == INVALID)


def _discard(stream: TextIO) -> None:
    """Discard what is still buffered; the interpreter would try to write it again at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def complain(message: str) -> None:
    """Write a line to standard error, if it is open."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"briefqa: {sanitise_name(message)}\n")
        sys.stderr.flush()
    except OSError:
        pass


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal."""
    return stream is not None and stream.isatty()
