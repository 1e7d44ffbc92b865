"""The command line: runs a command and turns its outcome into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from briefqa.cli.commands import run_command
from briefqa.cli.streams import complain, reserve_descriptors
from briefqa.errors import BriefqaError, NoDocumentsError, describe

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["ANSWERED", "ERROR", "INTERRUPTED", "NO_ANSWER", "main", "run"]

ANSWERED = 0
NO_ANSWER = 1
ERROR = 2
"""A usage or input error, even if there are answers."""
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

DEBUG = "BRIEFQA_DEBUG"
"""The environment variable that makes unexpected errors show a traceback."""


def run() -> NoReturn:
    """Run the command line of this process, and exit with its code."""
    try:
        reserve_descriptors()
        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass
    # All is written: taking the interpreter down in order would cost a tenth of a one-shot.
    os._exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run a command line.

    Args:
        arguments: what follows the program's name.

    Returns:
        The exit code: 0 answered, 1 no answer, 2 a usage or input error.
    """
    # Ranking needs no threads of linear algebra, and starting them costs tens of milliseconds.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        return run_command(arguments)
    except BrokenPipeError:
        return 0
    except NoDocumentsError as error:
        for problem in error.problems:
            complain(str(problem))
    except BriefqaError as error:
        complain(str(error))
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        complain(_unexpected(error))
    return ERROR


def _unexpected(error: Exception) -> str:
    """Return the message for an error that no code foresaw."""
    if isinstance(error, MemoryError):
        return "out of memory; try fewer or smaller documents"
    if isinstance(error, ModuleNotFoundError):
        return f"the Python module {error.name} is missing; reinstall briefqa"
    if isinstance(error, ImportError):
        # numpy puts pages of advice into its own error; the system's is its cause.
        reason = str(error.__cause__ or error).strip().partition("\n")[0]
        return f"cannot load {error.name or 'a Python module'}: {reason}"
    if isinstance(error, OSError):
        return f"{error.filename or 'system error'}: {describe(error)}"
    name = type(error).__name__
    return f"internal error: {name}: {error}; set {DEBUG}=1 for a traceback"
