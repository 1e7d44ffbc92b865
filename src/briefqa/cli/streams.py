"""The three standard streams: answers on output, all else on error, neither ever a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from io import TextIOWrapper

from briefqa.errors import OutputError, describe
from briefqa.sanitising import sanitise_name

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

__all__ = [
    "color_variable",
    "complain",
    "is_gone",
    "is_terminal",
    "obeys_escapes",
    "reserve_descriptors",
    "shows_unicode",
    "takes_links",
    "use_color",
    "write",
]

INVALID = 22
"""`errno.EINVAL`, everywhere; the module would be loaded for this alone."""
OBEY_ESCAPES = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, a mode of consoles."""
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
SETTLED = ("always", "never")


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


def use_color(
    when: str | None,
    environment: Mapping[str, str],
    stream: TextIO | None,
    configured: str | None = None,
) -> bool:
    """Decide on colour and other escape sequences.

    Args:
        when: `always` and `never` settle it; `auto` asks, in this order, NO_COLOR (no-color.org),
            FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb, and whether the stream is a terminal; None
            is the same, but that what is configured comes after the environment.
        environment: the environment variables.
        stream: where the text goes.
        configured: the same words as `when`.
    """
    if when in SETTLED:
        return when == "always"
    if (variable := color_variable(environment)) is not None:
        return variable in FORCING
    if when is None and configured in SETTLED:
        return configured == "always"
    if stream is None or not is_terminal(stream) or environment.get("TERM") == "dumb":
        return False
    return obeys_escapes(stream)


def color_variable(environment: Mapping[str, str]) -> str | None:
    """Return the variable that settles whether there is colour; None where none does."""
    if environment.get("NO_COLOR"):
        return "NO_COLOR"
    forcing = (name for name in FORCING if environment.get(name, "0") not in ("", "0"))
    return next(forcing, None)


def takes_links(environment: Mapping[str, str], stream: TextIO | None) -> bool:
    """Guess whether the terminal takes OSC 8 links; those that do not know them show nothing.

    The Linux console and dumb terminals print them instead.
    """
    return is_terminal(stream) and environment.get("TERM", "dumb") not in ("dumb", "linux")


def shows_unicode(stream: TextIO | None) -> bool:
    """Tell whether the stream's encoding has the marks that set excerpts off."""
    try:
        "▌…·".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


if sys.platform == "win32":

    def obeys_escapes(stream: TextIO) -> bool:
        """Have a console obey escape sequences, as those from Windows 10 on do if asked."""
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

    def obeys_escapes(stream: TextIO) -> bool:
        """Tell that a terminal obeys escape sequences."""
        return True
