"""The command line: the table of commands, and running one of them.

Dispatch, help, completions, the manual and the hints for misspelled commands come from this table.
To add a command, write a module with `parser` and `run`, and add a row to `COMMANDS`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.cli.streams import complain, reserve_descriptors, write
from briefqa.errors import BriefqaError, NoDocumentsError, describe
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from types import SimpleNamespace
    from typing import NoReturn, Protocol

    from briefqa.cli.parser import Parser

    class CommandModule(Protocol):
        """A module that implements a command."""

        def parser(self) -> Parser:
            """Return the parser of the command's arguments."""

        def run(self, options: SimpleNamespace, operands: list[str]) -> int:
            """Run the command with parsed options and operands; return the exit code."""


__all__ = [
    "ANSWERED",
    "COMMANDS",
    "DEFAULT",
    "ERROR",
    "EXAMPLES",
    "NO_ANSWER",
    "Command",
    "main",
    "run",
]

ANSWERED = 0
NO_ANSWER = 1
ERROR = 2
"""A usage or input error, even if there are answers."""
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

DEBUG = "BRIEFQA_DEBUG"
"""The environment variable that makes unexpected errors show a traceback."""

TITLE = "briefqa: ask your documents; read the exact sentences that answer"
DEFAULT = "open"
"""The command that runs if none is named."""
EXAMPLES = """\
  briefqa reports/                                    open the app on a folder
  briefqa ask "When will they meet?"                  ask the bundled briefing
  briefqa ask "When will they meet?" notes.txt        ask a file
  briefqa ask "Who leads the project?" reports/       ask a folder
  pbpaste | briefqa ask "What changed?"               ask standard input
"""
HELP_COLUMN = 14
"""The column at which the summaries of commands begin."""


class Command(Record):
    """A command.

    Attributes:
        name: its name, the first argument of the command line.
        summary: what it does, as a phrase in the imperative.
        load: imports and returns the module that implements it.
    """

    name: str
    summary: str
    load: Callable[[], CommandModule]

    def run(self, arguments: Sequence[str]) -> int:
        """Parse arguments and run the command, or print its help.

        Args:
            arguments: what follows the command's name.

        Returns:
            The exit code.

        Raises:
            BriefqaError: the arguments, the input or the output are at fault.
        """
        module = self.load()
        parser = module.parser()
        options, operands = parser.parse(arguments)
        if options.help:
            write([f"{self.summary[0].upper()}{self.summary[1:]}.\n\n", *parser.help()])
            return 0
        return module.run(options, operands)


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
        return _run_command(arguments)
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


def _run_command(arguments: Sequence[str]) -> int:
    """Run the command that a command line names, or the default one.

    Args:
        arguments: what follows the program's name.

    Returns:
        The exit code.

    Raises:
        BriefqaError: the arguments, the input or the output are at fault.
    """
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help"):
        write(_help())
        return 0
    if first in COMMANDS:
        return COMMANDS[first].run(arguments[1:])
    if not first:
        return COMMANDS[DEFAULT].run(arguments)
    from briefqa.cli.intent import intended

    default = COMMANDS[DEFAULT].load().parser()
    ask = COMMANDS["ask"].load
    return _run_command(intended(arguments, COMMANDS, default, lambda: ask().parser()))


def _help() -> Iterator[str]:
    """Yield the lines of `briefqa --help`."""
    yield f"{TITLE}\n"
    yield """
usage: briefqa [PATH ...]
       briefqa ask [OPTIONS] QUESTION [PATH ...]
       briefqa COMMAND [OPTIONS] [ARGUMENT ...]
       briefqa --help | --version
"""
    yield f"\nexamples:\n{EXAMPLES}\ncommands:\n"
    for command in COMMANDS.values():
        yield f"  {command.name:<{HELP_COLUMN - 2}}{command.summary}\n"
    yield "\nRun `briefqa COMMAND --help` for the options of a command.\n"


def _open() -> CommandModule:
    from briefqa.cli import app_command

    return app_command


def _ask() -> CommandModule:
    from briefqa.cli import ask_command

    return ask_command


def _show() -> CommandModule:
    from briefqa.cli import show_command

    return show_command


def _list() -> CommandModule:
    from briefqa.cli import list_command

    return list_command


def _index() -> CommandModule:
    from briefqa.cli import index_command

    return index_command


def _eval() -> CommandModule:
    from briefqa.cli import eval_command

    return eval_command


def _mcp() -> CommandModule:
    from briefqa.cli import mcp_command

    return mcp_command


def _diff() -> CommandModule:
    from briefqa.cli import diff_command

    return diff_command


def _timeline() -> CommandModule:
    from briefqa.cli import timeline_command

    return timeline_command


def _config() -> CommandModule:
    from briefqa.cli import config_command

    return config_command


def _completion() -> CommandModule:
    from briefqa.cli import completion_command

    return completion_command


COMMANDS: Mapping[str, Command] = {
    each.name: each
    for each in (
        Command("open", "ask and read in the app; the default command", _open),
        Command("ask", "answer a question, or a file of questions", _ask),
        Command("show", "print a place that an answer cites, and the lines around it", _show),
        Command("list", "list the documents that would be read", _list),
        Command("index", "build, inspect or delete indexes; ask builds them as needed", _index),
        Command("diff", "show what changed between two editions of documents", _diff),
        Command("timeline", "list sentences in the order of the dates they mention", _timeline),
        Command("eval", "measure answers to questions whose answers are known", _eval),
        Command("mcp", "serve agents by the Model Context Protocol on standard streams", _mcp),
        Command("config", "show or edit the configuration", _config),
        Command("completion", "print a shell completion script", _completion),
    )
}
"""All commands by name, in the order in which help lists them."""
