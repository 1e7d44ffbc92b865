"""`briefqa open`, also `briefqa [PATH ...]`: the app."""

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
from briefqa.cli.open_documents import DefaultCorpus, corpus_to_ask, or_bundled, or_default
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import is_terminal, write
from briefqa.configuration import Values, user_file, values_in_force
from briefqa.corpus import Corpus
from briefqa.errors import DocumentError, NoDocumentsError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from briefqa.tui.settings import LaunchOptions
    from briefqa.tui.storage import LastSession

__all__ = ["parser", "run"]

EXAMPLES = """\
  briefqa                                go on where the last session ended
  briefqa reports/ notes.txt             open a folder and a file
  vi "$(briefqa --print notes.txt)"      pass the chosen excerpt on
"""
NO_TERMINAL = 'the app needs a terminal; without one, use: briefqa ask "QUESTION" [PATH ...]'
TERMINAL = "/dev/tty"
DESCRIPTORS = (0, 1, 2)


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run the app.

    Args:
        options: those of `parser`.
        operands: the paths.

    Returns:
        The exit code: with `--print`, 1 if nothing was chosen.

    Raises:
        UsageError: an argument is invalid, or there is no terminal.
        NoDocumentsError: none of the paths exists.
        ConfigurationError: a configuration file is invalid.
    """
    if options.version:
        write([f"briefqa {__version__}\n"])
        return ANSWERED
    notices: list[str] = []
    values = values_in_force(notices.append)
    drawable = os.environ.get("TERM") != "dumb"
    if not drawable or not (options.print or is_terminal(sys.stdout)):
        raise UsageError(NO_TERMINAL)
    # On Ctrl-C the app restores the terminal before it exits.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with _on_terminal():
        from briefqa.tui.app import BriefqaApp

        app = BriefqaApp(_launch_options(options, operands, values, notices))
        chosen = app.run()
        if app.unexpected_error:
            raise app.unexpected_error
        if app.return_code:
            # A signal ended it.
            return app.return_code
    if options.print and chosen:
        write([chosen])
    return ANSWERED if chosen or not options.print else NO_ANSWER


def _launch_options(
    options: SimpleNamespace, paths: Sequence[str], values: Values, notices: list[str]
) -> LaunchOptions:
    from pathlib import Path

    from briefqa.tui.settings import SESSION_FILE, LaunchOptions, settings_of
    from briefqa.tui.storage import state_folder

    file, folder = user_file(), state_folder()
    found = or_default(corpus_to_ask(options, paths, values))
    last = None
    if not options.fresh and not options.no_history and _is_bare(options, paths):
        last = _last_session(folder / SESSION_FILE, found, notices)
    if last:
        found = DefaultCorpus(last.corpus, bundled=last.corpus == or_bundled(Corpus()))
    _check_existence(found.corpus)
    return LaunchOptions(
        found.corpus,
        bundled=found.bundled,
        cached=first(values.cache, True),
        literal=options.literal,
        print_on_enter=options.print,
        state_folder=folder,
        settings=settings_of(values),
        settings_file=Path(file) if file else None,
        history=not options.no_history,
        notices=tuple(notices),
        last_session=last,
    )


def _check_existence(corpus: Corpus) -> None:
    """Raise NoDocumentsError if there is none of the files of a corpus."""
    named = [path for path in corpus.paths if path != "-"]
    if named and not corpus.scheme and not any(map(os.path.lexists, named)):
        raise NoDocumentsError(tuple(DocumentError(path, "no such file") for path in named))


def _is_bare(options: SimpleNamespace, paths: Sequence[str]) -> bool:
    """Whether nothing on the command line says what to open, or how."""
    said = (options.collection, options.include, options.exclude, options.index, options.max_size)
    return not any((paths, *said, options.print, options.literal)) and options.ignore is None


def _last_session(path: Path, default: DefaultCorpus, notices: list[str]) -> LastSession | None:
    """Return the last session, unless other documents are configured.

    If its documents are gone, only its pins are left.

    Args:
        path: its file.
        default: what is opened without it.
        notices: takes what to tell the user.
    """
    from briefqa.tui.session import AskRequest
    from briefqa.tui.storage import LastSession, read_last_session

    last = read_last_session(path, notices.append)
    if last is None:
        return None
    last = last.seen_from(os.getcwd())
    if not default.bundled:
        return last if last.corpus == default.corpus else None
    if not any(map(os.path.lexists, last.corpus.paths)):
        notices.append(f"the documents of the last session are gone: {last.corpus.paths[0]}")
        left = LastSession(default.corpus, last.folder, AskRequest(""), pins=last.pins)
        return left if last.pins else None
    return last


def parser() -> Parser:
    """Return the parser of `briefqa open`."""
    parser = Parser(
        "open",
        ["[OPTIONS] [PATH ...]"],
        EXAMPLES,
        "0 closed, 1 nothing chosen with --print, 2 usage or input error",
    )
    parser.add_argument(
        "--print", action="store_true", help="on Enter, print the selected excerpt and exit"
    )
    parser.add_argument(
        "--literal", action="store_true", help="search for the words exactly as written"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="do not go on where the last session ended"
    )
    parser.add_argument(
        "--no-history", action="store_true", help="store neither questions nor the session"
    )
    parser.add_argument("-V", "--version", action="store_true", help="show the version and exit")
    parser.add_corpus_options()
    return parser


@contextmanager
def _on_terminal() -> Iterator[None]:
    """Point the standard descriptors at the terminal, since any of them may be piped, and back.

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
        # Standard input may be a document: it stays readable.
        piped, sys.stdin = sys.stdin, open(os.dup(0), encoding="utf-8", closefd=True)  # noqa: SIM115
        after.callback(setattr, sys, "stdin", piped)
        for number in DESCRIPTORS:
            os.dup2(terminal, number)
        yield


def _restore(saved: int, number: int) -> None:
    with suppress(OSError):
        os.dup2(saved, number)
        os.close(saved)
