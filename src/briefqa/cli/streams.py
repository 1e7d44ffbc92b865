"""The three standard streams: answers on output, all else on error, neither ever a traceback."""

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

__all__ = ["complain", "is_gone", "is_terminal", "reserve_descriptors", "write"]

INVALID = 22
"""`errno.EINVAL`, everywhere; the module would be loaded for this alone."""


def reserve_descriptors() -> None:
    """Open the standard descriptors that are closed, so that no document gets their numbers."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)


def write(chunks: Iterable[str]) -> None:
    """Write answers to standard output, each as soon as it is there.

    What the stream's encoding lacks is replaced.

    Raises:
        BrokenPipeError: the reader is gone.
        OutputError: standard output is closed or full.
    """
    output = sys.stdout
    if output is None:
        raise OutputError("standard output: closed")
    if isinstance(output, TextIOWrapper):
        output.reconfigure(errors="replace", newline="\n")
    for chunk in chunks:
        try:
            output.write(chunk)
            output.flush()
        except OSError as error:
            _discard(output)
            if is_gone(error, os.name):
                raise BrokenPipeError from error
            raise OutputError(f"standard output: {describe(error)}") from error


def is_gone(error: OSError, system: str) -> bool:
    """Tell whether nobody reads a pipe any more, which Windows calls an invalid argument.

    Args:
        error: what came of writing to it.
        system: as `os.name` has it.
    """
    return isinstance(error, BrokenPipeError) or (system == "nt" and error.errno == INVALID)


def _discard(stream: TextIO) -> None:
    """Send what is still buffered nowhere: the interpreter would try it again at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def complain(message: str) -> None:
    """Say one line on standard error, if anybody listens."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"briefqa: {sanitise_name(message)}\n")
        sys.stderr.flush()
    except OSError:
        pass


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person reads the stream."""
    return stream is not None and stream.isatty()
