"""Opening the documents that a command line names."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace

from briefqa.cli.parser import first
from briefqa.cli.streams import complain, is_terminal
from briefqa.configuration import choice
from briefqa.corpus import ALL_DOCUMENTS, Corpus, DocumentScope, Skipped, count_skipped
from briefqa.documents import MAX_SIZE, STANDARD_INPUT, Selection
from briefqa.errors import NoDocumentsError, SkippedFileError, UsageError
from briefqa.records import Record
from briefqa.user_dirs import bundled_briefing

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.assistant import Assistant
    from briefqa.configuration import Values

__all__ = [
    "DefaultCorpus",
    "check_scope",
    "corpus_of",
    "corpus_to_ask",
    "open_assistant",
    "open_named",
    "or_bundled",
    "or_default",
    "paths_from_environment",
    "report_skipped",
    "scope_of",
    "select_documents",
]

REPORTED = ("failed", "too large")
"""Reasons for which each file is reported by itself."""
SILENCE = 0.5
"""Seconds without data on standard input after which a message says what is waited for."""


def scope_of(options: SimpleNamespace) -> DocumentScope:
    """Return the scope that a command line names.

    Args:
        options: those of `Parser.add_scope_options`.

    Raises:
        UsageError: a day is none, or may be two, or the range has no day.
    """
    patterns = tuple(options.__dict__["in"] or ())
    if options.since is None and options.until is None:
        return DocumentScope(patterns=patterns)
    # Few questions name a day, and loading this takes time.
    from briefqa.documents.dates import AmbiguousDayError, parse_day_range

    day_first = True if options.day_first else None
    try:
        days = parse_day_range(options.since, options.until, day_first=day_first)
    except AmbiguousDayError as error:
        raise UsageError(f"{error}, or add --day-first") from error
    return DocumentScope(days.since, days.until, patterns)


class DefaultCorpus(Record):
    """A corpus, and how it was found if no path was given.

    Attributes:
        corpus: the documents.
        notice: one sentence that says what is read; empty if paths were given.
        bundled: whether it is the bundled briefing.
    """

    corpus: Corpus
    notice: str = ""
    bundled: bool = False


def corpus_of(options: SimpleNamespace, words: Sequence[str], values: Values) -> Corpus:
    """Return the corpus that a command line names; what it leaves open, the environment sets.

    Args:
        options: those of `Parser.add_corpus_options`.
        words: the paths of the command line.
        values: what is configured.

    Returns:
        The corpus, without paths if none are named anywhere.

    Raises:
        UsageError: there is no collection of a name, or a path is empty.
    """
    if "" in words:
        raise UsageError("empty PATH; is a shell variable unset?")
    named = (*_collected(options.collection, values.collections or {}), *words)
    return Corpus(
        named or paths_from_environment(os.environ) or values.paths or (),
        first(options.max_size, values.max_size, MAX_SIZE),
        Selection(
            tuple(options.include) or values.include or (),
            tuple(options.exclude) or values.exclude or (),
            first(options.ignore, values.ignore, True),
        ),
        options.index or os.environ.get("BRIEFQA_INDEX") or None,
    )


def corpus_to_ask(options: SimpleNamespace, words: Sequence[str], values: Values) -> Corpus:
    """Return the corpus to ask: documents that are named, or what an engine has indexed.

    Documents named on the command line have precedence over an address in the environment. For the
    arguments see `corpus_of`.

    Raises:
        UsageError: there is no collection of a name, or documents are named with an address.
    """
    corpus = corpus_of(options, words, values)
    if corpus.scheme is None:
        return corpus
    if not words and not options.collection:
        return corpus._replace(paths=())
    if options.index:
        raise UsageError(f"{corpus.location} answers from what it was built from; name no PATH")
    return corpus._replace(location=None)


def or_bundled(corpus: Corpus) -> Corpus:
    """Return a corpus, with the bundled briefing if it has neither paths nor an engine."""
    if corpus.paths or corpus.scheme:
        return corpus
    return corpus._replace(paths=(bundled_briefing(),))


def _collected(names: Sequence[str], collections: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the paths of collections."""
    for name in names:
        if not collections:
            raise UsageError(f"unknown collection {name}; add it with briefqa config edit")
        yield from collections[choice(name, tuple(collections), "collection")]


def or_default(
    corpus: Corpus, *, questions: str | None = None, quiet: bool = False
) -> DefaultCorpus:
    """Return a corpus, with what is read if it has neither paths nor an engine.

    That is standard input if it holds anything and the questions are not read from it, else the
    bundled briefing.

    Args:
        corpus: the documents that are named.
        questions: the file of questions, if any.
        quiet: whether nothing is reported while standard input is silent.

    Raises:
        UsageError: standard input is both a document and the questions.
        DocumentError: standard input cannot be read.
    """
    if questions == STANDARD_INPUT and STANDARD_INPUT in corpus.paths:
        raise UsageError("standard input cannot hold both the questions and a document")
    if corpus.paths or corpus.scheme:
        return DefaultCorpus(corpus)
    if _is_piped(questions) and _holds_data(quiet=quiet):
        piped = corpus._replace(paths=(STANDARD_INPUT,))
        return DefaultCorpus(piped, "no path given: reading standard input")
    bundled = or_bundled(corpus)
    notice = f"no path given: answering from the bundled briefing in {bundled.paths[0]}"
    return DefaultCorpus(bundled, notice, bundled=True)


def check_scope(found: DefaultCorpus, scope: DocumentScope) -> None:
    """Check that documents are chosen from those that somebody has named.

    Raises:
        UsageError: they would be chosen from the bundled briefing.
    """
    if not (found.bundled and any(scope)):
        return
    message = "--in, --since and --until choose among the documents of a PATH, and none is named"
    meant = next((pattern for pattern in scope.patterns if os.path.exists(pattern)), None)
    raise UsageError(
        f"{message}; for all of {meant}, add {meant} without --in" if meant else message
    )


def select_documents(scope: DocumentScope, assistant: Assistant) -> frozenset[str] | None:
    """Return the paths of the documents that may answer, or None for all; say if there are none."""
    if not any(scope):
        return None
    paths = assistant.select(**scope._asdict())
    if not paths:
        limits = {"--since": scope.since, "--until": scope.until, "--in": scope.patterns}
        given = " and ".join(name for name, limit in limits.items() if limit)
        complain(f"none of {assistant.size.documents} documents matches {given};"
                 " briefqa list shows their paths and dates")  # fmt: skip
    return paths


def _is_piped(questions: str | None) -> bool:
    """Whether standard input is a pipe or a file, and not the file of questions."""
    if sys.stdin is None or questions == STANDARD_INPUT:
        return False
    try:
        opened = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError):
        return False
    mode = opened.st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)):
        return False
    try:
        return questions is None or not os.path.samestat(opened, os.stat(questions))
    except (OSError, ValueError):
        return True


def _holds_data(*, quiet: bool) -> bool:
    """Whether standard input has anything before its end; waits for it."""
    from briefqa.documents import standard_input_holds_data

    if not quiet and _is_silent(sys.stdin.fileno()):
        complain("reading standard input; name a PATH to ask files")
    return standard_input_holds_data()


def _is_silent(descriptor: int) -> bool:
    """Whether nothing arrives on a pipe for a while; on Windows that is not known."""
    from select import select

    try:
        return not select([descriptor], [], [], SILENCE)[0]
    except (OSError, ValueError):
        return False


def open_named(
    options: SimpleNamespace,
    paths: Sequence[str],
    values: Values,
    *,
    questions: str | None = None,
    scope: DocumentScope = ALL_DOCUMENTS,
) -> Assistant:
    """Open the documents that a command line names; if it names none, say which are read.

    Args:
        options: those of `Parser.add_corpus_options`, `--verbose`, and `--cache` if there is one.
        paths: those of the command line.
        values: what is configured.
        questions: the file of questions, if any.
        scope: which of the documents are chosen.

    Raises:
        UsageError: an option contradicts another, or documents are chosen from none that is named.
        NoDocumentsError: none of the paths could be read.
        EngineError: the engine that keeps the index cannot be reached, or refuses.
    """
    found = or_default(corpus_to_ask(options, paths, values), questions=questions)
    check_scope(found, scope)
    if found.notice:
        complain(found.notice)
    cached = first(vars(options).get("cache"), values.cache, True)
    return open_assistant(found.corpus, cached=cached, verbose=options.verbose)


def open_assistant(
    corpus: Corpus, *, cached: bool = True, quiet: bool = False, verbose: bool = False
) -> Assistant:
    """Open a corpus, and report on standard error what was not read.

    Args:
        corpus: the documents.
        cached: whether a cached index may be read and written.
        quiet: whether to report nothing.
        verbose: whether to list the files that were not read.

    Raises:
        NoDocumentsError: none of the paths could be read.
        EngineError: the engine that keeps the index cannot be reached, or refuses.
    """
    try:
        assistant = _open(corpus, cached=cached)
    except NoDocumentsError as error:
        skipped = error.skipped
        report_skipped(count_skipped(skipped), lambda: skipped, verbose=verbose)
        raise
    if not quiet:
        for problem in assistant.problems:
            complain(str(problem))
        # The index of an engine has only the number of such files.
        files = assistant.skipped_files if corpus.scheme is None else None
        report_skipped(assistant.skipped, files, verbose=verbose)
    return assistant


def report_skipped(
    skipped: Sequence[Skipped],
    files: Callable[[], Sequence[SkippedFileError]] | None,
    *,
    verbose: bool,
) -> None:
    """Report on standard error the files that were not read, unless each was reported before.

    Args:
        skipped: how many files were not read, by reason.
        files: returns these files; None if only their number is known.
        verbose: whether to list them.
    """
    if all(each.reason in REPORTED for each in skipped):
        return
    from briefqa.output.wording import left_out

    if verbose:
        for error in files() if files else ():
            if error.kind not in REPORTED:
                complain(str(error))
    them = "it" if sum(each.files for each in skipped) == 1 else "them"
    complain(left_out(skipped) + (f"; --verbose lists {them}" if files and not verbose else ""))


def _open(corpus: Corpus, *, cached: bool) -> Assistant:
    """Open a corpus, and show progress if a person reads standard error."""
    from briefqa.assistant import Assistant

    if not is_terminal(sys.stderr):
        return Assistant.open(corpus, cached=cached)
    from briefqa.cli.terminals import show_progress

    with show_progress() as progress:
        return Assistant.open(corpus, cached=cached, progress=progress)


def paths_from_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths in BRIEFQA_PATH, which are separated as those in PATH."""
    return tuple(filter(None, environment.get("BRIEFQA_PATH", "").split(os.pathsep)))
