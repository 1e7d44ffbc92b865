"""Where the process begins: `python -m briefqa`, and the installed command."""

from __future__ import annotations

import gc
import os

# The public `signal` only adds enumerations to this, which take a millisecond to make.
from _signal import SIGINT, default_int_handler, getsignal, signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

__all__ = ["start"]

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""
GARBAGE = 50_000
"""The number of objects that are allocated before garbage is collected."""
STANDARD_ERROR = 2
ERASE = b"\r\x1b[K"


def start() -> NoReturn:
    """Run the command line of this process; Ctrl-C ends it silently from the start."""
    if getsignal(SIGINT) is default_int_handler:
        signal(SIGINT, _end)
    # What start-up allocates lives until exit, so that collecting garbage only costs time.
    gc.set_threshold(GARBAGE)
    from briefqa.cli import run

    run()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End at once: an exception would be printed, or lost, where modules are being loaded.

    Nothing has to be undone, since a process may be killed at any time anyway.
    """
    if os.isatty(STANDARD_ERROR):
        # There may be a line of progress.
        os.write(STANDARD_ERROR, ERASE)
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    start()
