"""Parsing as all commands have it: options anywhere, no abbreviations, a hint for a slip.

A parser of its own, for argparse takes as long to load and to set up as answering does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import SimpleNamespace

from briefqa.cli.streams import write
from briefqa.configuration.values import COLORS, choice, pattern, size, suggestion
from briefqa.documents import STANDARD_INPUT
from briefqa.errors import UsageError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Option", "Parser", "first"]

PATHS = """\
PATH is a file, a folder, or - for standard input; without one, BRIEFQA_PATH, else the paths of the
configuration, else the bundled briefing.
"""
ANYWHERE = "Options may stand anywhere; after -- everything is a word.\n"
HELP_WIDTH = 98
"""Columns of the help."""
HELP_COLUMN = 20
"""The column at which the options are explained."""


class Option(Record):
    """An option of a command.

    Attributes:
        names: all ways to write it, the short one first.
        help: what it does.
        metavar: what stands for its value in the help; None for one without a value.
        type: makes the value of what is written; raises `UsageError`.
        default: its value where it is not given.
        repeated: whether it may be given again, for one value more.
        negative: the name that says no, of an option without a value; None where there is none.
        choices: all values there are; empty where they cannot be listed.
    """

    names: tuple[str, ...]
    help: str
    metavar: str | None
    type: Callable[[str], Any]
    default: Any
    repeated: bool
    negative: str | None
    choices: tuple[str, ...]

    @property
    def written(self) -> tuple[str, ...]:
        """All ways to write it, the one that says no last."""
        return (*self.names, self.negative) if self.negative else self.names

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
        about: what its words are, told below the options.

    Attributes:
        command: the same; as are `usage`, `examples`, `codes` and `about`.
        options: all options, in the order declared.
    """

    def __init__(
        self,
        command: str,
        usage: Sequence[str],
        examples: str,
        codes: str,
        about: str = PATHS,
    ) -> None:
        self.command = command
        self.usage = usage
        self.examples = examples
        self.codes = codes
        self.about = about
        self.options: list[Option] = []
        self._program = f"briefqa {command}"
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
        choices: Sequence[str] = (),
    ) -> None:
        """Declare an option, in the words of argparse.

        Args:
            names: `-n`, `--name` or both.
            help: what it does.
            metavar: what stands for its value in the help.
            type: makes the value of what is written; raises `UsageError`.
            default: its value where it is not given.
            action: `store`, `append` or, for one without a value, `store_true`.
            choices: all values there are, where they can be listed; they need no `type`.
        """
        if action == "store_true":
            default, metavar = False, None
        if choices:
            type = partial(choice, choices=choices)  # noqa: A001  # as argparse has it
        repeated = action == "append"
        self._add(Option(names, help, metavar, type, default, repeated, None, tuple(choices)))

    def add_switch(self, name: str, help: str) -> None:  # noqa: A002  # as argparse has it
        """Declare `--name` and `--no-name`; the value is None where neither is given.

        Args:
            name: `--name`.
            help: what it does.
        """
        negative = f"--no-{name.removeprefix('--')}"
        self._add(Option((name,), help, None, str, None, False, negative, ()))

    def _add(self, option: Option) -> None:
        self.options.append(option)
        self._named.update(dict.fromkeys(option.written, option))

    def add_color(self) -> None:
        """Declare `--color`."""
        self.add_argument("--color", metavar="WHEN", choices=COLORS, help=", ".join(COLORS))

    def add_choosing(self) -> None:
        """Declare the options that say which documents are meant, and where their index is."""
        self.add_argument(
            "-c",
            "--collection",
            metavar="NAME",
            action="append",
            default=(),
            help="the documents of a collection of the configuration; may be given again",
        )
        for name, what in (("--include", "only"), ("--exclude", "no")):
            self.add_argument(
                name,
                metavar="GLOB",
                type=pattern,
                action="append",
                default=(),
                help=f"of folders, read {what} files such as '*.md' or drafts/; may be given again",
            )
        self.add_argument(
            "--index",
            metavar="WHERE",
            help="a folder that keeps the index, or an index on a cluster: https://host:9200/name"
            " (default BRIEFQA_INDEX, else the cache folder)",
        )
        self.add_switch("--ignore", "heed .gitignore and .briefqaignore in folders, or not")
        self.add_max_size()

    def add_max_size(self) -> None:
        """Declare `--max-size`."""
        self.add_argument(
            "--max-size",
            metavar="SIZE",
            type=size,
            help="the largest file read, such as 64M or 1G (default 256M)",
        )

    def parse_anywhere(self, arguments: Sequence[str]) -> tuple[SimpleNamespace, list[str]]:
        """Take the options out, wherever they stand; what is left are words.

        Raises:
            UsageError: an option is unknown or has a bad value.
            SystemExit: help was asked for, and printed.
        """
        values = SimpleNamespace(**{option.field: option.default for option in self.options})
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
            setattr(values, option.field, name != option.negative)
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
        more = "" if message.endswith("?") else f"; see {self._program} --help"
        return UsageError(f"{'/'.join(option.names)}: {message}{more}")

    def _unknown(self, word: str) -> str:
        hint = suggestion(word.split("=")[0], list(self._named)) or f"see {self._program} --help"
        return f"no option {word}; {hint}"

    def _help(self) -> Iterator[str]:
        from textwrap import wrap

        forms = "\n       ".join(f"{self._program} {form}" for form in self.usage)
        yield f"usage: {forms}\n\nexamples:\n{self.examples}\noptions:\n"
        for option in self.options:
            value = f" {option.metavar}" if option.metavar else ""
            names = "  " + ", ".join(name + value for name in option.written)
            lines = wrap(option.help, HELP_WIDTH - HELP_COLUMN)
            if len(names) < HELP_COLUMN:
                names = f"{names:<{HELP_COLUMN}}{lines.pop(0)}"
            yield f"{names}\n"
            yield from (f"{'':<{HELP_COLUMN}}{line}\n" for line in lines)
        yield f"\n{self.about}{ANYWHERE}exit codes: {self.codes}\n"


def _is_word(argument: str) -> bool:
    """Whether an argument is no option: a question may well begin with a dash, `-:9` is a place."""
    dashed = argument.startswith("-") and not argument.startswith(f"{STANDARD_INPUT}:")
    return not dashed or argument == STANDARD_INPUT or " " in argument


def first(*values: Any) -> Any:
    """Return the first value that is not None: what is set nearest."""
    return next(value for value in values if value is not None)
