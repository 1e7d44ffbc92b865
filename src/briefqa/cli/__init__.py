"""The command line: finds the command, runs it, and turns what happens into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from briefqa.cli.streams import complain, reserve_descriptors, write
from briefqa.errors import BriefqaError, describe

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["ANSWERED", "INTERRUPTED", "NO_ANSWER", "TROUBLE", "main", "run"]

ANSWERED = 0
NO_ANSWER = 1
TROUBLE = 2
"""A usage or input error, even where there are answers."""
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

DEBUG = "BRIEFQA_DEBUG"
"""The variable of the environment that lets an unforeseen error show where it happened."""
USAGE = """\
briefqa: ask your documents; read the exact sentences that answer

usage: briefqa [PATH ...]
       briefqa ask [OPTIONS] QUESTION [PATH ...]
       briefqa show [OPTIONS] PATH:LINE[-LINE]
       briefqa index [build|status|clear] [PATH ...]
       briefqa eval [OPTIONS] FILE [PATH ...]
       briefqa config [path|show|edit|collections]
       briefqa completion SHELL
       briefqa --help | --version

examples:
  briefqa reports/                                    the app, on a folder
  briefqa ask "When will they meet?"                  of the bundled briefing
  briefqa ask "When will they meet?" notes.txt        of a file
  briefqa ask "Who leads the project?" reports/       of a folder
  pbpaste | briefqa ask "What changed?" -             of standard input

commands:
  open        read, ask and move through the answers in the app; PATHs alone do the same
  ask         answer one question, or a file of them, and exit
  show        print a place that an answer cites, and the lines around it
  index       build, look at or clear cached indexes; ask makes them unasked
  eval        score a file of questions with known answers
  config      show what is configured and where, or edit it
  completion  print what makes a shell complete commands, options and values on Tab

`briefqa COMMAND --help` tells the options.
"""


def run() -> NoReturn:
    """Run the command line of this process, and end it with the exit code."""
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
    try:
        return _dispatch(arguments)
    except BrokenPipeError:
        return 0
    except BriefqaError as error:
        complain(str(error))
        return TROUBLE
    except MemoryError:
        complain("out of memory; fewer or smaller documents would fit")
        return TROUBLE
    except ImportError as error:
        complain(f"{error.name or 'a module'} cannot be loaded; is there memory enough for it?")
        return TROUBLE
    except OSError as error:
        complain(f"{error.filename or 'the system'}: {describe(error)}")
        return TROUBLE
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        complain(f"a mistake in briefqa, {type(error).__name__}: {error}; {DEBUG}=1 shows where")
        return TROUBLE


def _dispatch(arguments: Sequence[str]) -> int:
    first = arguments[0] if arguments else ""
    if first == "ask":
        from briefqa.cli.ask_command import ask

        return ask(arguments[1:])
    if first == "eval":
        from briefqa.cli.eval_command import evaluate

        return evaluate(arguments[1:])
    if first == "index":
        from briefqa.cli.index_command import index

        return index(arguments[1:])
    if first == "show":
        from briefqa.cli.show_command import show

        return show(arguments[1:])
    if first == "completion":
        from briefqa.cli.completion_command import completion

        return completion(arguments[1:])
    if first == "config":
        from briefqa.cli.config_command import config

        return config(arguments[1:])
    if first in ("-h", "--help"):
        write([USAGE])
        return 0
    from briefqa.cli.app_command import open_app, refuse_slip

    if first == "open":
        return open_app(arguments[1:])
    refuse_slip(first)
    return open_app(arguments)
