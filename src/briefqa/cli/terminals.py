"""What a terminal can show: colour, links and more characters than ASCII."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from briefqa.cli.streams import is_terminal

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["color_variable", "obeys_escapes", "shows_unicode", "takes_links", "use_color"]

OBEY_ESCAPES = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, a mode of consoles."""
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
SETTLED = ("always", "never")


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
