"""The commands of briefqa and their options, as its own parsers have them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from briefqa.cli import USAGE
from briefqa.cli.app_command import open_parser
from briefqa.cli.completion_command import completion_parser
from briefqa.cli.config_command import config_parser
from briefqa.cli.eval_command import eval_parser
from briefqa.cli.index_command import index_parser
from briefqa.cli.options import ask_parser
from briefqa.cli.parser import Option, Parser
from briefqa.cli.show_command import show_parser

__all__ = ["COMMANDS", "OPEN", "Command", "Flag", "cases", "filled", "section"]

OPEN = "open"
"""The command that is meant where none is named."""
PARSERS: Mapping[str, Callable[[], Parser]] = {
    "open": open_parser,
    "ask": ask_parser,
    "show": show_parser,
    "index": index_parser,
    "eval": eval_parser,
    "config": config_parser,
    "completion": completion_parser,
}
ACTIONS = re.compile(r"\[?([a-z]+(?:\|[a-z]+)+)\]?")
"""Words to choose from, in a form of usage."""


class Flag(NamedTuple):
    """An option, as shells see it.

    Attributes:
        names: all ways to write it.
        help: what it does.
        value: what stands for its value; None for one without.
        choices: all values there are; empty where they cannot be listed.
        repeated: whether it may be given again.
    """

    names: tuple[str, ...]
    help: str
    value: str | None
    choices: tuple[str, ...]
    repeated: bool

    @classmethod
    def of(cls, option: Option) -> "Flag":
        """Take what shells need of an option."""
        return cls(option.written, option.help, option.metavar, option.choices, option.repeated)

    @property
    def is_file(self) -> bool:
        """Whether its value is a path, or may be one."""
        return self.value in ("FILE", "WHERE")

    @property
    def is_collection(self) -> bool:
        """Whether its value is one of the names that `briefqa config collections` prints."""
        return "--collection" in self.names


class Command(NamedTuple):
    """A command.

    Attributes:
        name: its name.
        summary: what it does, in a line.
        parser: its parser.
    """

    name: str
    summary: str
    parser: Parser

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Its options."""
        return tuple(map(Flag.of, self.parser.options))

    @property
    def names(self) -> list[str]:
        """All ways to write any of its options."""
        return [name for flag in self.flags for name in flag.names]

    @property
    def actions(self) -> tuple[str, ...]:
        """What its first word may be, where that is to be chosen from."""
        found = ACTIONS.search(self.parser.usage[0])
        return tuple(found[1].split("|")) if found else ()

    @property
    def takes_paths(self) -> bool:
        """Whether any of its words may be a path."""
        return "PATH" in self.parser.usage[0]


def section(name: str) -> list[str]:
    """Return the lines of a section of `briefqa --help`, without their indentation."""
    _, _, rest = USAGE.partition(f"\n{name}:")
    return [line.strip() for line in rest.partition("\n\n")[0].strip().split("\n")]


def _commands() -> Iterator[Command]:
    told = dict(line.split(maxsplit=1) for line in section("commands"))
    if told.keys() != PARSERS.keys():
        raise LookupError(f"PARSERS and --help differ: {told.keys() ^ PARSERS.keys()}")
    for name, summary in told.items():
        yield Command(name, summary, PARSERS[name]())


COMMANDS = tuple(_commands())
"""All commands, in the order of the help."""


def cases() -> Iterator[tuple[str, Command]]:
    """Yield what a shell sees as the command, and which it is; nothing at all is one too."""
    yield "''", next(command for command in COMMANDS if command.name == OPEN)
    for command in COMMANDS:
        yield command.name, command


def filled(script: str, parts: Mapping[str, Iterable[str]]) -> str:
    """Return a script with lines put where its marks are."""
    for mark, lines in parts.items():
        script = script.replace(mark, "\n".join(lines))
    return script
