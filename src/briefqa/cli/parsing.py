"""Parsing as all commands have it: options anywhere, no abbreviations, a hint for a slip.

A parser of its own, for argparse takes as long to load and to set up as answering does.
"""

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from briefqa.cli.streams import write
from briefqa.documents import MAX_SIZE, STANDARD_INPUT
from briefqa.errors import UsageError

__all__ = ["Parser", "choice"]

UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
SIZE_DIGITS = 15
"""Digits of a size at the most."""

EPILOG = """\
PATH is a file, a folder, or - for standard input; without one, BRIEFQA_PATH, else the bundled
briefing. Options may stand anywhere; after -- everything is a word.
"""
HELP_WIDTH = 98
"""Columns of the help."""
HELP_COLUMN = 20
"""The column at which the options are explained."""


class Option(NamedTuple):
    """An option of a command.

    Attributes:
        names: all ways to write it, the short one first.
        help: what it does.
        metavar: what stands for its value in the help; None for one without a value.
        type: makes the value of what is written; raises `UsageError`.
        default: its value where it is not given.
        repeated: whether it may be given again, for one value more.
    """

    names: tuple[str, ...]
    help: str
    metavar: str | None
    type: Callable[[str], Any]
    default: Any
    repeated: bool

    @property
    def field(self) -> str:
        """The name of its value."""
        return self.names[-1].lstrip("-").replace("-", "_")


class Parser:
    """The parser of one command's options.

    Args:
        command: the command's name.
        usage: the words it takes, one form a line.
        examples: shown first in the help.
        codes: what its exit codes mean.
    """

    def __init__(self, command: str, usage: Sequence[str], examples: str, codes: str) -> None:
        self._program = f"briefqa {command}"
        forms = "\n       ".join(f"{self._program} {form}" for form in usage)
        self._head = f"usage: {forms}\n\nexamples:\n{examples}"
        self._foot = f"{EPILOG}exit codes: {codes}\n"
        self._options: list[Option] = []
        self._named: dict[str, Option] = {}
        self.add_argument("-h", "--help", action="store_true", help="show this help and exit")

    def add_argument(
        self,
        *names: str,
        help: str,  # noqa: A002  # as argparse has it
        metavar: str | None = None,
        type: Callable[[str], Any] = str,  # noqa: A002  # as argparse has it
        default: Any = None,
        action: str = "store",
    ) -> None:
        """Declare an option, in the words of argparse.

        Args:
            names: `-n`, `--name` or both.
            help: what it does.
            metavar: what stands for its value in the help.
            type: makes the value of what is written; raises `UsageError`.
            default: its value where it is not given.
            action: `store`, `append` or, for one without a value, `store_true`.
        """
        if action == "store_true":
            default, metavar = False, None
        option = Option(names, help, metavar, type, default, action == "append")
        self._options.append(option)
        self._named.update(dict.fromkeys(names, option))

    def add_max_size(self) -> None:
        """Declare `--max-size`."""
        self.add_argument(
            "--max-size",
            metavar="SIZE",
            type=_size,
            default=MAX_SIZE,
            help="the largest file read, such as 64M or 1G (default 256M)",
        )

    def add_index(self) -> None:
        """Declare `--index`."""
        self.add_argument(
            "--index",
            metavar="WHERE",
            help="a folder that keeps the index, or an index on a cluster: https://host:9200/name"
            " (default BRIEFQA_INDEX, else the cache folder)",
        )

    def parse_anywhere(self, arguments: Sequence[str]) -> tuple[SimpleNamespace, list[str]]:
        """Take the options out, wherever they stand; what is left are words.

        Raises:
            UsageError: an option is unknown or has a bad value.
            SystemExit: help was asked for, and printed.
        """
        values = SimpleNamespace(**{option.field: option.default for option in self._options})
        words: list[str] = []
        pending = iter(arguments)
        for argument in pending:
            if argument == "--":
                words.extend(pending)
            elif _is_word(argument):
                words.append(argument)
            else:
                self._take(argument, pending, values)
        if values.help:
            write(self._help())
            raise SystemExit(0)
        return values, words

    def _take(self, argument: str, pending: Iterator[str], values: SimpleNamespace) -> None:
        """Take an option and, from what is pending, its value."""
        name, equals, value = argument.partition("=")
        if name not in self._named and not argument.startswith("--"):
            name, equals, value = argument[:2], argument[2:], argument[2:].removeprefix("=")
        option = self._named.get(name)
        if option is None:
            raise UsageError(self._unknown(argument))
        if option.metavar is None:
            setattr(values, option.field, True)
            if value and not name.startswith("--"):
                self._take(f"-{value}", pending, values)
            elif equals:
                raise self._error(option, f"takes no value, not {value}")
            return
        if not equals:
            value = next(pending, "--")
            if value == "--" or (value in self._named):
                raise self._error(option, "expected one argument")
        self._store(option, value, values)

    def _store(self, option: Option, written: str, values: SimpleNamespace) -> None:
        try:
            value = option.type(written)
        except UsageError as error:
            raise self._error(option, str(error)) from error
        if option.repeated:
            value = [*getattr(values, option.field), value]
        setattr(values, option.field, value)

    def _error(self, option: Option, message: str) -> UsageError:
        return UsageError(f"{'/'.join(option.names)}: {message}; see {self._program} --help")

    def _unknown(self, word: str) -> str:
        hint = _did_you_mean(word.split("=")[0], list(self._named)) or f"see {self._program} --help"
        return f"no option {word}; {hint}"

    def _help(self) -> Iterator[str]:
        from textwrap import wrap

        yield f"{self._head}\noptions:\n"
        for option in self._options:
            value = f" {option.metavar}" if option.metavar else ""
            names = "  " + ", ".join(name + value for name in option.names)
            first, *others = wrap(option.help, HELP_WIDTH - HELP_COLUMN)
            yield f"{names:<{HELP_COLUMN - 1}} {first}\n"
            yield from (f"{'':<{HELP_COLUMN}}{line}\n" for line in others)
        yield f"\n{self._foot}"


def _is_word(argument: str) -> bool:
    """Whether an argument is no option: a question may well begin with a dash."""
    return not argument.startswith("-") or argument == STANDARD_INPUT or " " in argument


def choice(value: str, choices: Sequence[str]) -> str:
    """Return `value` if it is one of the choices.

    Raises:
        UsageError: it is none; the message names the closest.
    """
    if value in choices:
        return value
    hint = _did_you_mean(value, choices) or f"it is one of {', '.join(choices)}"
    raise UsageError(f"there is no {value}; {hint}")


def _did_you_mean(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else None


def _size(value: str) -> int:
    written = value.upper()
    written = written.removesuffix("IB" if written.endswith("IB") else "B")
    digits = written.rstrip("KMGT")
    unit = UNITS.get(written[len(digits) :])
    if unit is None or not (digits.isascii() and digits.isdigit() and len(digits) <= SIZE_DIGITS):
        raise UsageError(f"{value} is not a size such as 64M or 1G")
    return int(digits) * unit
