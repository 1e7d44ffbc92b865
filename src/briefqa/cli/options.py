"""What a command line means."""

import argparse
import os
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, NoReturn

from briefqa.assistant import MAX_TOP
from briefqa.cli.streams import write
from briefqa.documents import MAX_SIZE, STANDARD_INPUT
from briefqa.errors import UsageError
from briefqa.output import FORMATS

__all__ = ["AskOptions", "parse_ask", "paths_from_environment"]

COLORS = ("auto", "always", "never")
SIZE = re.compile(r"(\d{1,15})([KMGT]?)(?:i?B)?", re.IGNORECASE)
UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}

EXAMPLES = """\
examples:
  briefqa ask "When will they meet?" notes.txt
  briefqa ask "Who leads the project?" reports/ --top 5
  briefqa ask "What changed?" report.txt --format json | jq .excerpts
  briefqa ask --questions questions.txt --format jsonl reports/
"""
EPILOG = """\
PATH is a file, a folder, or - for standard input; without one, BRIEFQA_PATH, else the bundled
briefing. Options may stand anywhere; after -- everything is QUESTION or PATH.
exit codes: 0 answered, 1 no answer, 2 a usage or input error, 130 interrupted
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
        explain: whether to tell how the scores came about.
        color: auto, always or never.
        quiet: whether only the exit code matters.
        max_size: bytes of a file at the most.
    """

    question: str | None
    questions: str | None
    paths: tuple[str, ...]
    top: int
    format: str | None
    strict: bool
    explain: bool
    color: str
    quiet: bool
    max_size: int


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see briefqa ask --help")

    def _print_message(self, message: str, file: object = None) -> None:
        write([message])


def parse_ask(arguments: Sequence[str]) -> AskOptions:
    """Parse what follows `briefqa ask`.

    Raises:
        UsageError: an option is unknown or has a bad value, or the question is missing.
        SystemExit: help was asked for, and printed.
    """
    parser = _ask_parser()
    options, words = _parse_anywhere(parser, arguments)
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
        explain=options.explain,
        color=options.color,
        quiet=options.quiet,
        max_size=options.max_size,
    )


def _parse_anywhere(
    parser: argparse.ArgumentParser, arguments: Sequence[str]
) -> tuple[argparse.Namespace, list[str]]:
    """Take the options out, wherever they stand; what is left are words.

    Only options are declared, and argparse hands back the rest in order: that is the same in all
    versions of Python, which positional arguments amid options are not.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options, rest = parser.parse_known_args(arguments[:end])
    for word in rest:
        if word.startswith("-") and word != STANDARD_INPUT and " " not in word:
            raise UsageError(_unknown(word, parser))
    return options, [*rest, *arguments[end + 1 :]]


def _unknown(word: str, parser: argparse.ArgumentParser) -> str:
    known = [option for action in parser._actions for option in action.option_strings]
    hint = _did_you_mean(word.split("=")[0], known) or "see briefqa ask --help"
    return f"no option {word}; {hint}"


def _did_you_mean(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else None


def _ask_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="briefqa ask",
        usage="briefqa ask [OPTIONS] QUESTION [PATH ...]\n"
        "       briefqa ask [OPTIONS] --questions FILE [PATH ...]",
        description=EXAMPLES,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_what_to_ask(parser)
    _add_how_to_answer(parser)
    return parser


def _add_what_to_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--questions", metavar="FILE", help="ask a question a line, or JSON Lines; - is stdin"
    )
    parser.add_argument(
        "-n", "--top", metavar="N", type=_top, default=3, help="at most N excerpts (default 3)"
    )
    parser.add_argument("--strict", action="store_true", help="a weak answer is none: exit 1")
    parser.add_argument(
        "--max-size",
        metavar="SIZE",
        type=_size,
        default=MAX_SIZE,
        help="the largest file read, such as 64M or 1G (default 256M)",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither read nor write a cached index"
    )


def _add_how_to_answer(parser: argparse.ArgumentParser) -> None:
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
    raise argparse.ArgumentTypeError(f"{value} is not a number from 1 to {MAX_TOP}")


def _size(value: str) -> int:
    match = SIZE.fullmatch(value)
    if match is None:
        raise argparse.ArgumentTypeError(f"{value} is not a size such as 64M or 1G")
    return int(match[1]) * UNITS[match[2].upper()]


def _format(value: str) -> str:
    return _choice(value, FORMATS)


def _color(value: str) -> str:
    return _choice(value, COLORS)


def _choice(value: str, choices: Sequence[str]) -> str:
    if value in choices:
        return value
    hint = _did_you_mean(value, choices) or f"it is one of {', '.join(choices)}"
    raise argparse.ArgumentTypeError(f"there is no {value}; {hint}")


def paths_from_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths of BRIEFQA_PATH, parted as PATH is; none where it is empty or unset."""
    return tuple(filter(None, environment.get("BRIEFQA_PATH", "").split(os.pathsep)))
