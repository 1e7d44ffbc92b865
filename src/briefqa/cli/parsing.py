"""Parsing as all commands have it: options anywhere, no abbreviations, a hint for a slip."""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from briefqa.cli.streams import write
from briefqa.documents import MAX_SIZE, STANDARD_INPUT
from briefqa.errors import UsageError

__all__ = ["Parser", "choice"]

SIZE = re.compile(r"(\d{1,15})([KMGT]?)(?:i?B)?", re.IGNORECASE)
UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}

HELP_WIDTH = 98
"""Columns of the help."""
EPILOG = """\
PATH is a file, a folder, or - for standard input; without one, BRIEFQA_PATH, else the bundled
briefing. Options may stand anywhere; after -- everything is a word.
"""


class Parser(argparse.ArgumentParser):
    """The parser of one command's options.

    Args:
        command: the command's name.
        usage: the words it takes, one form a line.
        examples: shown first in the help.
        codes: what its exit codes mean.
    """

    def __init__(self, command: str, usage: Sequence[str], examples: str, codes: str) -> None:
        forms = [f"briefqa {command} {form}" for form in usage]
        super().__init__(
            prog=f"briefqa {command}",
            usage="\n       ".join(forms),
            description=f"examples:\n{examples}",
            epilog=f"{EPILOG}exit codes: {codes}",
            formatter_class=_formatter,
            allow_abbrev=False,
        )

    def add_max_size(self) -> None:
        """Declare `--max-size`."""
        self.add_argument(
            "--max-size",
            metavar="SIZE",
            type=_size,
            default=MAX_SIZE,
            help="the largest file read, such as 64M or 1G (default 256M)",
        )

    def parse_anywhere(self, arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
        """Take the options out, wherever they stand; what is left are words.

        Only options are declared, and argparse hands back the rest in order: that is the same in
        all versions of Python, which positional arguments amid options are not.

        Raises:
            UsageError: an option is unknown or has a bad value.
            SystemExit: help was asked for, and printed.
        """
        end = arguments.index("--") if "--" in arguments else len(arguments)
        options, rest = self.parse_known_args(arguments[:end])
        for word in rest:
            if word.startswith("-") and word != STANDARD_INPUT and " " not in word:
                raise UsageError(self._unknown(word))
        return options, [*rest, *arguments[end + 1 :]]

    def error(self, message: str) -> NoReturn:
        """Raise what argparse finds wrong as an error of ours."""
        raise UsageError(f"{message}; see {self.prog} --help")

    def _print_message(self, message: str, file: object = None) -> None:
        write([message])

    def _unknown(self, word: str) -> str:
        known = [option for action in self._actions for option in action.option_strings]
        hint = _did_you_mean(word.split("=")[0], known) or f"see {self.prog} --help"
        return f"no option {word}; {hint}"


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Format help without asking how wide the terminal is, which loads a good deal."""
    return argparse.RawDescriptionHelpFormatter(prog, width=HELP_WIDTH)


def choice(value: str, choices: Sequence[str]) -> str:
    """Return `value` if it is one of the choices.

    Raises:
        ArgumentTypeError: it is none; the message names the closest.
    """
    if value in choices:
        return value
    hint = _did_you_mean(value, choices) or f"it is one of {', '.join(choices)}"
    raise argparse.ArgumentTypeError(f"there is no {value}; {hint}")


def _did_you_mean(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else None


def _size(value: str) -> int:
    match = SIZE.fullmatch(value)
    if match is None:
        raise argparse.ArgumentTypeError(f"{value} is not a size such as 64M or 1G")
    return int(match[1]) * UNITS[match[2].upper()]
