"""`briefqa timeline`: the sentences that mention a date, in the order of these dates."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from types import SimpleNamespace

from briefqa.assistant import Assistant
from briefqa.cli import ANSWERED, ERROR, NO_ANSWER
from briefqa.cli.open_documents import (
    AskedScope,
    asked_corpus,
    asked_scope,
    check_scope,
    open_assistant,
    or_default,
)
from briefqa.cli.parser import Parser, chosen_format, first
from briefqa.cli.progress import READING, show_progress
from briefqa.cli.streams import complain, is_terminal, write
from briefqa.cli.terminals import use_color
from briefqa.configuration import values_in_force
from briefqa.documents.date_mentions import Reason
from briefqa.errors import UsageError
from briefqa.output import Layout
from briefqa.output.timeline_format import TIMELINE_FORMATS
from briefqa.timeline import Timeline, UnplacedDate

__all__ = ["parser", "run"]

WHY = {
    Reason.UNCLEAR: "it may be two days, or is no day; --day-first reads 03/04/2026 as 3 April",
    Reason.UNDATED: "its document tells no date of its own to count from",
}
"""Why a date is left out."""
EXAMPLES = """\
  briefqa timeline reports/                         all dates that the documents mention
  briefqa timeline reports/ --about "harbour crane"
  briefqa timeline news/ --since 2026-11-01 --until 2026-12-31 --format csv
"""


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa timeline`.

    Args:
        options: those of `parser`.
        operands: the paths.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, a document or the output is at fault.
    """
    values = values_in_force(complain)
    scope = asked_scope(options)
    found = or_default(asked_corpus(options, operands, values))
    check_scope(found, AskedScope(patterns=scope.patterns))
    if found.notice:
        complain(found.notice)
    cached = first(options.cache, values.cache, True)
    assistant = open_assistant(found.corpus, cached=cached, verbose=options.verbose)
    timeline = _timeline(assistant, options, scope)
    name = chosen_format(options) or ("text" if is_terminal(sys.stdout) else "line")
    write(TIMELINE_FORMATS[name](timeline, _layout(options, values.color)))
    _report(timeline.unplaced)
    if assistant.problems:
        return ERROR
    return ANSWERED if timeline.events else NO_ANSWER


def _timeline(assistant: Assistant, options: SimpleNamespace, scope: AskedScope) -> Timeline:
    with show_progress(READING) as progress:
        try:
            return assistant.timeline(
                options.about,
                since=scope.since,
                until=scope.until,
                documents=AskedScope(patterns=scope.patterns).select(assistant),
                day_first=True if options.day_first else None,
                progress=progress,
            )
        except UsageError as error:
            hint = "narrow it with --about, --since, --until or --in"
            raise UsageError(f"{error}; {hint}") from error


def _report(unplaced: Iterable[UnplacedDate]) -> None:
    """Say which dates are left out."""
    for each in unplaced:
        one = each.dates == 1
        dates = "1 date is left out" if one else f"{each.dates:,} dates are left out"
        complain(f"{dates}, such as {each.written} in {each.place.citation}: {WHY[each.reason]}")


def _layout(options: SimpleNamespace, preferred_color: str | None) -> Layout:
    """Return what the terminal can show."""
    from shutil import get_terminal_size

    color = use_color(options.color, os.environ, sys.stdout, preferred_color)
    return Layout(color=color, width=get_terminal_size().columns)


def parser() -> Parser:
    """Return the parser of `briefqa timeline`."""
    parser = Parser(
        "timeline",
        ["[OPTIONS] [PATH ...]"],
        EXAMPLES,
        "0 dates are listed, 1 there are none, 2 usage or input error",
    )
    parser.add_argument(
        "--about", metavar="WORDS", help="list sentences of passages that have all WORDS"
    )
    parser.add_scope_options("list", "dates")
    parser.add_format(tuple(TIMELINE_FORMATS), "text on a terminal, else line")
    parser.add_color()
    parser.add_corpus_options()
    parser.add_verbose()
    parser.add_switch("--cache", "read and write cached indexes (default)")
    return parser
