"""What a terminal supports: colour, links and characters beyond ASCII."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from briefqa.cli.streams import is_terminal

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["color_variable", "supports_escapes", "supports_links", "supports_unicode", "use_color"]

OBEY_ESCAPES = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, a mode of Windows consoles."""
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
SETTLED = ("always", "never")


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
