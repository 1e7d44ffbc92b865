"""`briefqa [PATH ...]`: the app."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING

from briefqa import __version__
from briefqa.cli import ANSWERED, NO_ANSWER
from briefqa.cli.open_documents import asked_scope
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import is_terminal, write
from briefqa.configuration import Values, user_file, values_in_force
from briefqa.configuration.values import suggestion
from briefqa.errors import UsageError

if TYPE_CHECKING:
    from briefqa.tui.launch import Launch

__all__ = ["open_app", "open_parser", "refuse_slip"]

EXAMPLES = """\
  briefqa                                the bundled briefing
  briefqa reports/ notes.txt             a folder and a file
  vi "$(briefqa --print notes.txt)"      take the chosen excerpt on
"""
COMMANDS = ("open", "ask", "show", "index", "eval", "config", "completion", "--help", "--version")
"""What a first word may have been meant for."""
NO_TERMINAL = 'the app needs a terminal; without one, use: briefqa ask "QUESTION" [PATH ...]'
TERMINAL = "/dev/tty"
DESCRIPTORS = (0, 1, 2)


def open_app(arguments: Sequence[str]) -> int:
    """Run the app.

    Args:
        arguments: the words and options of the command line, without `open`.

    Returns:
        The exit code: with `--print`, 1 where nothing was chosen.

    Raises:
        UsageError: the command line is at fault, or there is no terminal.
        ConfigurationError: a configuration file makes no sense.
    """
    options, words = open_parser().parse_anywhere(arguments)
    if options.version:
        write([f"briefqa {__version__}\n"])
        return ANSWERED
    values = values_in_force()
    drawable = os.environ.get("TERM") != "dumb"
    if not drawable or not (options.print or is_terminal(sys.stdout)):
        raise UsageError(NO_TERMINAL)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The app puts the terminal back before it ends.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with _on_terminal():
        from briefqa.tui.app import BriefqaApp

        app = BriefqaApp(_launch(options, words, values))
        chosen = app.run()
        if app.mistake:
            raise app.mistake
    if options.print and chosen:
        write([chosen])
    return ANSWERED if chosen or not options.print else NO_ANSWER


def refuse_slip(word: str) -> None:
    """Refuse the first word of a command line where it is no path and looks like a command.

    Raises:
        UsageError: it is such a word.
    """
    if word.startswith("-") or os.path.lexists(word):
        return
    if hint := suggestion(word, COMMANDS):
        raise UsageError(f"there is no command and no file {word}; {hint}")


def _launch(options: SimpleNamespace, words: Sequence[str], values: Values) -> Launch:
    from pathlib import Path

    from briefqa.tui.launch import Launch
    from briefqa.tui.state.private_files import state_folder
    from briefqa.tui.state.settings import adopt_earlier

    scope, file, state = asked_scope(options, words, values), user_file(), state_folder()
    settings_file = Path(file) if file else None
    return Launch(
        paths=scope.paths,
        max_size=scope.max_size,
        selection=scope.selection,
        cached=first(values.cache, True),
        cluster=scope.cluster,
        folder=scope.folder,
        bundled=not (scope.named or scope.cluster),
        literal=options.literal,
        printing=options.print,
        state=state,
        settings=adopt_earlier(state / "settings.json", settings_file, values),
        settings_file=settings_file,
        history=not options.no_history,
    )


def open_parser() -> Parser:
    """Return the parser of `briefqa open`."""
    parser = Parser(
        "open",
        ["[OPTIONS] [PATH ...]"],
        EXAMPLES,
        "0 left, 1 nothing chosen with --print, 2 a usage or input error",
    )
    parser.add_argument(
        "--print", action="store_true", help="print the excerpt chosen with Enter, and leave"
    )
    parser.add_argument("--literal", action="store_true", help="look up the words exactly as asked")
    parser.add_argument("--no-history", action="store_true", help="keep no questions")
    parser.add_argument("--version", action="store_true", help="tell the version and exit")
    parser.add_choosing()
    return parser


@contextmanager
def _on_terminal() -> Iterator[None]:
    """Put the standard descriptors on the terminal, and back: answers and documents may be piped.

    Raises:
        UsageError: there is no terminal.
    """
    if all(map(os.isatty, DESCRIPTORS)):
        yield
        return
    try:
        terminal = os.open(TERMINAL, os.O_RDWR)
    except OSError as error:
        raise UsageError(NO_TERMINAL) from error
    with ExitStack() as after:
        after.callback(os.close, terminal)
        for number in DESCRIPTORS:
            after.callback(_restore, os.dup(number), number)
        # A document that is piped in is read from where it comes.
        piped, sys.stdin = sys.stdin, open(os.dup(0), encoding="utf-8", closefd=True)  # noqa: SIM115
        after.callback(setattr, sys, "stdin", piped)
        for number in DESCRIPTORS:
            os.dup2(terminal, number)
        yield


def _restore(saved: int, number: int) -> None:
    with suppress(OSError):
        os.dup2(saved, number)
        os.close(saved)
