"""What the command line of `briefqa ask` means."""

from collections.abc import Sequence
from typing import NamedTuple

from briefqa.assistant import MAX_TOP
from briefqa.cli.parsing import Parser, choice
from briefqa.documents import STANDARD_INPUT
from briefqa.errors import UsageError
from briefqa.output import FORMATS

__all__ = ["AskOptions", "parse_ask"]

COLORS = ("auto", "always", "never")
EXAMPLES = """\
  briefqa ask "When will they meet?" notes.txt
  briefqa ask "Who leads the project?" reports/ --top 5
  briefqa ask "What changed?" report.txt --format json | jq .excerpts
  briefqa ask --questions questions.txt --format jsonl reports/
"""


class AskOptions(NamedTuple):
    """The command line of `briefqa ask`.

    Attributes:
        question: the question; None where a file of questions is asked.
        questions: the file of questions; None where one question is asked.
        paths: the documents; empty where none are named.
        top: excerpts at the most.
        format: one of the formats; None for the default.
        strict: whether a weak answer is none.
        literal: whether to look up the words exactly as asked.
        explain: whether to tell how the scores came about.
        color: auto, always or never.
        quiet: whether only the exit code matters.
        max_size: bytes of a file at the most.
        cached: whether a cached index may be read and written.
        where: the index is; None for the default.
    """

    question: str | None
    questions: str | None
    paths: tuple[str, ...]
    top: int
    format: str | None
    strict: bool
    literal: bool
    explain: bool
    color: str
    quiet: bool
    max_size: int
    cached: bool
    where: str | None


def parse_ask(arguments: Sequence[str]) -> AskOptions:
    """Parse what follows `briefqa ask`.

    Raises:
        UsageError: an option is unknown or has a bad value, or the question is missing.
        SystemExit: help was asked for, and printed.
    """
    parser = _ask_parser()
    options, words = parser.parse_anywhere(arguments)
    questions = options.questions
    if questions is None and not words:
        raise UsageError('a question is missing; try: briefqa ask "When will they meet?"')
    question, paths = (words[0], words[1:]) if questions is None else (None, words)
    if questions == STANDARD_INPUT and STANDARD_INPUT in paths:
        raise UsageError("standard input cannot hold both the questions and a document")
    return AskOptions(
        question=question,
        questions=questions,
        paths=tuple(paths),
        top=options.top,
        format=options.format,
        strict=options.strict,
        literal=options.literal,
        explain=options.explain,
        color=options.color,
        quiet=options.quiet,
        max_size=options.max_size,
        cached=not options.no_cache,
        where=options.index,
    )


def _ask_parser() -> Parser:
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
        "-n", "--top", metavar="N", type=_top, default=3, help="at most N excerpts (default 3)"
    )
    parser.add_argument("--strict", action="store_true", help="a weak answer is none: exit 1")
    parser.add_argument("--literal", action="store_true", help="look up the words exactly as asked")
    parser.add_max_size()
    parser.add_index()
    parser.add_argument(
        "--no-cache", action="store_true", help="neither read nor write a cached index"
    )


def _add_how_to_answer(parser: Parser) -> None:
    parser.add_argument(
        "-f",
        "--format",
        metavar="F",
        type=_format,
        help=f"{', '.join(FORMATS)} (default text on a terminal, else line)",
    )
    parser.add_argument("--explain", action="store_true", help="tell how the scores came about")
    parser.add_argument(
        "--color", metavar="WHEN", type=_color, default="auto", help=f"{', '.join(COLORS)}"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no output, only the exit code")


def _top(value: str) -> int:
    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MAX_TOP:
        return int(value)
    raise UsageError(f"{value} is not a number from 1 to {MAX_TOP}")


def _format(value: str) -> str:
    return choice(value, FORMATS)


def _color(value: str) -> str:
    return choice(value, COLORS)
