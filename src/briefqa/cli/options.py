"""What the command line of `briefqa ask` means."""

from __future__ import annotations

import os
from collections.abc import Sequence

from briefqa.cli.open_documents import Scope, asked_scope
from briefqa.cli.parser import Parser, first
from briefqa.configuration import values_in_force
from briefqa.configuration.values import top
from briefqa.errors import UsageError
from briefqa.output import FORMATS
from briefqa.records import Record

__all__ = ["AskOptions", "ask_parser", "parse_ask"]

TOP = 3
"""Excerpts of an answer, unless told otherwise."""
EXAMPLES = """\
  briefqa ask "When will they meet?" notes.txt
  briefqa ask "Who leads the project?" reports/ --top 5
  briefqa ask "What changed?" report.txt --format json | jq .excerpts
  briefqa ask --questions questions.txt --format jsonl reports/
"""


class AskOptions(Record):
    """The command line of `briefqa ask`.

    Attributes:
        question: the question; None where a file of questions is asked.
        questions: the file of questions; None where one question is asked.
        scope: the documents.
        top: excerpts at the most.
        format: one of the formats; None for the default.
        strict: whether a weak answer is none.
        literal: whether to look up the words exactly as asked.
        explain: whether to tell how the scores came about.
        color: auto, always or never; None where the command line does not say.
        preferred_color: what the configuration says.
        opened: the rank of the excerpt to open in the editor; None for none.
        quiet: whether only the exit code matters.
        cached: whether a cached index may be read and written.
    """

    question: str | None
    questions: str | None
    scope: Scope
    top: int
    format: str | None
    strict: bool
    literal: bool
    explain: bool
    color: str | None
    preferred_color: str | None
    opened: int | None
    quiet: bool
    cached: bool


def parse_ask(arguments: Sequence[str]) -> AskOptions:
    """Parse what follows `briefqa ask`.

    Raises:
        UsageError: an option is unknown or has a bad value, or the question is missing.
        ConfigurationError: a configuration file makes no sense.
        SystemExit: help was asked for, and printed.
    """
    parser = ask_parser()
    options, words = parser.parse_anywhere(arguments)
    questions = options.questions
    if questions is None and not words:
        raise UsageError('a question is missing; try: briefqa ask "When will they meet?"')
    question, paths = (words[0], words[1:]) if questions is None else (None, words)
    if question is not None:
        _refuse_swap(question, paths)
    values = values_in_force()
    excerpts = first(options.top, values.top, TOP)
    return AskOptions(
        question=question,
        questions=questions,
        scope=asked_scope(options, paths, values),
        top=excerpts,
        format=_format(options.format, plain=options.plain) or values.format,
        strict=first(options.strict, values.strict, False),
        literal=options.literal,
        explain=options.explain,
        color=options.color,
        preferred_color=values.color,
        opened=_opened(options.open, excerpts, batch=questions is not None),
        quiet=options.quiet,
        cached=first(options.cache, values.cache, True),
    )


def _refuse_swap(question: str, paths: Sequence[str]) -> None:
    """Refuse a path where the question goes, and what may be the question among the paths.

    Raises:
        UsageError: they are in the places of each other.
    """
    asked = (path for path in paths if " " in path and not os.path.lexists(path))
    if os.path.lexists(question) and (meant := next(asked, None)):
        raise UsageError(f'the question goes first: briefqa ask "{meant}" {question}')


def ask_parser() -> Parser:
    """Return the parser of `briefqa ask`."""
    parser = Parser(
        "ask",
        ["[OPTIONS] QUESTION [PATH ...]", "[OPTIONS] --questions FILE [PATH ...]"],
        EXAMPLES,
        "0 answered, 1 no answer, 2 a usage or input error, 130 interrupted",
    )
    _add_what_to_ask(parser)
    _add_how_to_answer(parser)
    return parser


def _add_what_to_ask(parser: Parser) -> None:
    parser.add_argument(
        "--questions", metavar="FILE", help="ask a question a line, or JSON Lines; - is stdin"
    )
    parser.add_argument(
        "-n", "--top", metavar="N", type=top, help=f"at most N excerpts (default {TOP})"
    )
    parser.add_switch("--strict", "a weak answer is none: exit 1")
    parser.add_argument("--literal", action="store_true", help="look up the words exactly as asked")
    parser.add_choosing()
    parser.add_switch("--cache", "read and write a cached index, or neither")


def _add_how_to_answer(parser: Parser) -> None:
    parser.add_argument(
        "-f",
        "--format",
        metavar="F",
        choices=tuple(FORMATS),
        help=f"{', '.join(FORMATS)} (default text on a terminal, else line)",
    )
    parser.add_argument(
        "--plain", action="store_true", help="for screen readers: the same as --format plain"
    )
    parser.add_argument(
        "--open", metavar="N", type=top, help="then open the Nth excerpt in the editor"
    )
    parser.add_argument("--explain", action="store_true", help="tell how the scores came about")
    parser.add_color()
    parser.add_argument("-q", "--quiet", action="store_true", help="no output, only the exit code")


def _format(named: str | None, *, plain: bool) -> str | None:
    if plain and named not in (None, "plain"):
        raise UsageError(f"--plain is a format of its own, not {named}; leave one of them out")
    return "plain" if plain else named


def _opened(rank: int | None, excerpts: int, *, batch: bool) -> int | None:
    if rank is not None and batch:
        raise UsageError("--open opens an excerpt of one answer; leave out --questions")
    if rank is not None and rank > excerpts:
        raise UsageError(f"to open excerpt {rank}, ask for as many: --top {rank}")
    return rank
