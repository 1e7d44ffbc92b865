"""The parser of all commands: options anywhere, no abbreviations, hints for misspelled names.

It replaces argparse, which takes as long to load and set up as answering a question does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import SimpleNamespace

from briefqa.configuration import COLORS, choice, count, pattern, size
from briefqa.documents import STANDARD_INPUT
from briefqa.errors import UsageError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Option", "Parser", "chosen_format", "first"]

PATHS = """\
PATH is a file, a folder, or - for standard input. The default is BRIEFQA_PATH, then the paths of
the configuration, then standard input if it holds anything, then the bundled briefing.
"""
ANYWHERE = "Options may come anywhere. Arguments after -- are not options.\n"
SHORT_FORMATS = {"--json": "json", "--md": "markdown", "--plain": "plain"}
"""Options that name a format by themselves."""
HELP_WIDTH = 98
"""Columns of the help."""
HELP_COLUMN = 20
"""The column at which the descriptions of options begin."""


class Option(Record):
    """An option of a command.

    Attributes:
        names: its names, the short one first.
        help: what it does.
        metavar: the placeholder for its value in the help; None for an option without a value.
        type: converts the text of a value; raises `UsageError`.
        default: its value if it is not given.
        repeated: whether it may be given several times; its value is then a list.
        negative: the name that turns off an option without a value; None if there is none.
        choices: all its values; empty if they cannot be listed.
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
        """Its names, the negative one last."""
        return (*self.names, self.negative) if self.negative else self.names

    @property
    def field(self) -> str:
        """The name of its value among the parsed options."""
        return self.names[-1].lstrip("-").replace("-", "_")


class Parser:
    """The parser of one command's arguments.

    Args:
        command: the command's name.
        usage: the forms that its arguments may take, without the command's name.
        examples: lines for the help.
        exit_codes: what its exit codes mean.
        about: what its operands are, as lines for the help.
        actions: what its first operand may be, if it is one of a few words.

    Attributes:
        command: the same; as are `usage`, `examples`, `exit_codes`, `about` and `actions`.
        options: all options, in the order declared.
    """

    def __init__(
        self,
        command: str,
        usage: Sequence[str],
        examples: str,
        exit_codes: str,
        about: str = PATHS,
        actions: Sequence[str] = (),
    ) -> None:
        self.command = command
        self.usage = usage
        self.examples = examples
        self.exit_codes = exit_codes
        self.about = about
        self.actions = actions
        self.options: list[Option] = []
        self._program = f"briefqa {command}"
        self._named: dict[str, Option] = {}
        self.add_argument("-h", "--help", action="store_true", help="show this help and exit")

    @property
    def names(self) -> Sequence[str]:
        """The names of all options."""
        return tuple(self._named)

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
        """Declare an option; the parameters are named as in argparse.

        Args:
            names: `-n`, `--name` or both.
            help: what it does.
            metavar: the placeholder for its value in the help.
            type: converts the text of a value; raises `UsageError`.
            default: its value if it is not given.
            action: `store`, `append` or, for an option without a value, `store_true`.
            choices: all values, where they can be listed; they replace `type`.
        """
        if action == "store_true":
            default, metavar = False, None
        if choices:
            type = partial(choice, choices=choices)  # noqa: A001  # as argparse has it
        repeated = action == "append"
        self._add(Option(names, help, metavar, type, default, repeated, None, tuple(choices)))

    def add_switch(self, name: str, help: str) -> None:  # noqa: A002  # as argparse has it
        """Declare `--name` and `--no-name`; the value is None if neither is given.

        Args:
            name: `--name`.
            help: what it does.
        """
        negative = f"--no-{name.removeprefix('--')}"
        self._add(Option((name,), help, None, str, None, False, negative, ()))

    def _add(self, option: Option) -> None:
        self.options.append(option)
        self._named.update(dict.fromkeys(option.written, option))

    def add_format(self, choices: Sequence[str], default: str) -> None:
        """Declare `--format`, and short names of some formats; `chosen_format` reads them.

        Args:
            choices: the names of all formats.
            default: which is the default, for the help.
        """
        listed = ", ".join(choices)
        self.add_argument(
            "-f",
            "--format",
            metavar="F",
            choices=choices,
            help=f"output format: {listed} (default: {default})",
        )
        for name, format_name in SHORT_FORMATS.items():
            if format_name in choices:
                use = ", for screen readers" if format_name == "plain" else ""
                self.add_argument(
                    name, action="store_true", help=f"same as --format {format_name}{use}"
                )

    def add_null(self, where: str) -> None:
        """Declare `--null`.

        Args:
            where: the formats that it is for, for the help.
        """
        self.add_argument(
            "-0",
            "--null",
            action="store_true",
            help=f"with {where}: end each item with a NUL character, as xargs -0 expects",
        )

    def add_max_chars(self, units: str) -> None:
        """Declare `--max-chars`.

        Args:
            units: what is shown or left out as a whole, for the help.
        """
        self.add_argument(
            "--max-chars",
            metavar="N",
            type=partial(count, least=1),
            help=f"show at most N characters of documents, in {units}",
        )

    def add_color(self) -> None:
        """Declare `--color`."""
        self.add_argument(
            "--color",
            metavar="WHEN",
            choices=COLORS,
            help=f"when to use colour: {', '.join(COLORS)}",
        )

    def add_corpus_options(self) -> None:
        """Declare the options that select documents and say where their index is."""
        self.add_argument(
            "-c",
            "--collection",
            metavar="NAME",
            action="append",
            default=(),
            help="add the documents of a configured collection; may be repeated",
        )
        for name, effect in (("--include", "read only"), ("--exclude", "skip")):
            self.add_argument(
                name,
                metavar="GLOB",
                type=pattern,
                action="append",
                default=(),
                help=f"in folders, {effect} files that match, such as '*.md' or drafts/;"
                " may be repeated",
            )
        self.add_argument(
            "--index",
            metavar="WHERE",
            help="the folder of the index, or the address of an index on a cluster, such as"
            " https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)",
        )
        self.add_switch("--ignore", "apply .gitignore and .briefqaignore in folders (default)")
        self.add_max_size()

    def add_verbose(self) -> None:
        """Declare `--verbose`."""
        self.add_argument("--verbose", action="store_true", help="list the files that are not read")

    def add_scope_options(self, verb: str = "ask", dated: str = "documents") -> None:
        """Declare the options that say which documents may answer.

        Args:
            verb: what is done with the documents, for the help.
            dated: what the days are of, for the help.
        """
        self.add_argument(
            "--since",
            metavar="DAY",
            help=f"{verb} {dated} of DAY or later: 2026-11-24, yesterday, 7d, 2w",
        )
        self.add_argument("--until", metavar="DAY", help=f"{verb} {dated} of DAY or earlier")
        self.add_argument(
            "--day-first", action="store_true", help="read 03/04/2026 as the third of April"
        )
        self.add_argument(
            "--in",
            metavar="GLOB",
            action="append",
            default=(),
            help=f"{verb} documents whose path matches GLOB, such as 'reports/2026/*'; repeatable",
        )

    def add_max_size(self) -> None:
        """Declare `--max-size`."""
        self.add_argument(
            "--max-size",
            metavar="SIZE",
            type=size,
            help="the largest file to read, such as 64M or 1G (default: 256M)",
        )

    def parse(self, arguments: Sequence[str]) -> tuple[SimpleNamespace, list[str]]:
        """Split arguments into options and operands.

        Args:
            arguments: what follows the command's name.

        Returns:
            The values of all options, by `Option.field`, and the operands in order.

        Raises:
            UsageError: an option is unknown or has an invalid value.
        """
        values = SimpleNamespace(**{option.field: option.default for option in self.options})
        operands: list[str] = []
        pending = iter(arguments)
        for argument in pending:
            if argument == "--":
                operands.extend(pending)
            elif _is_operand(argument):
                operands.append(argument)
            else:
                self._take(argument, pending, values)
        return values, operands

    def _take(self, argument: str, pending: Iterator[str], values: SimpleNamespace) -> None:
        """Store an option, whose value may be the next of the pending arguments."""
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
                raise self._error(option, f"takes no value, got {value}")
            return
        if not equals:
            value = next(pending, "--")
            if value == "--" or (value in self._named):
                raise self._error(option, "expected a value")
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
        from briefqa.cli.option_hints import option_hint

        hint = option_hint(word.split("=")[0], self.names) or f"see {self._program} --help"
        return f"unknown option {word}; {hint}"

    def help(self) -> Iterator[str]:
        """Yield the lines of the help."""
        from textwrap import wrap

        forms = "\n       ".join(f"{self._program} {form}" for form in self.usage)
        yield f"usage: {forms}\n\nexamples:\n{self.examples}\noptions:\n"
        for option in self.options:
            value = f" {option.metavar}" if option.metavar else ""
            names = f"  {', '.join(option.written)}{value}"
            lines = wrap(option.help, HELP_WIDTH - HELP_COLUMN)
            if len(names) < HELP_COLUMN:
                names = f"{names:<{HELP_COLUMN}}{lines.pop(0)}"
            yield f"{names}\n"
            yield from (f"{'':<{HELP_COLUMN}}{line}\n" for line in lines)
        yield f"\n{self.about}{ANYWHERE}\nexit codes: {self.exit_codes}\n"


def _is_operand(argument: str) -> bool:
    """Whether an argument is not an option; a question may begin with a dash, `-:9` is a place."""
    dashed = argument.startswith("-") and not argument.startswith(f"{STANDARD_INPUT}:")
    return not dashed or argument == STANDARD_INPUT or " " in argument


def chosen_format(options: SimpleNamespace) -> str | None:
    """Return the format that a command line names; None if it names none.

    Args:
        options: those of `Parser.add_format`.

    Raises:
        UsageError: it names two.
    """
    named = {f"--format {options.format}": options.format} if options.format else {}
    for name, format_name in SHORT_FORMATS.items():
        if getattr(options, name.removeprefix("--"), False):
            named[name] = format_name
    if len(set(named.values())) > 1:
        *_, other, last = named
        raise UsageError(f"{last} cannot be combined with {other}")
    return next(iter(named.values()), None)


def first(*values: Any) -> Any:
    """Return the first value that is not None."""
    return next(value for value in values if value is not None)
