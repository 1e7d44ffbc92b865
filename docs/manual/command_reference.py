"""The commands of briefqa and their options, as completions and the manual show them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from briefqa.cli import COMMANDS, DEFAULT
from briefqa.cli.parser import Option, Parser

__all__ = ["REFERENCE", "CommandReference", "Flag", "cases", "filled"]


class Flag(NamedTuple):
    """An option as shells complete it.

    Attributes:
        names: all its names.
        help: what it does.
        value: the placeholder for its value; None for an option without a value.
        choices: all its values; empty if they cannot be listed.
        repeated: whether it may be given several times.
    """

    names: tuple[str, ...]
    help: str
    value: str | None
    choices: tuple[str, ...]
    repeated: bool

    @classmethod
    def of(cls, option: Option) -> "Flag":
        """Return an option of a parser."""
        return cls(option.written, option.help, option.metavar, option.choices, option.repeated)

    @property
    def is_file(self) -> bool:
        """Whether its value is or may be a path."""
        return self.value in ("FILE", "WHERE")

    @property
    def is_collection(self) -> bool:
        """Whether its value is a name that `briefqa config collections` prints."""
        return "--collection" in self.names


class CommandReference(NamedTuple):
    """A command with its parser.

    Attributes:
        name: its name.
        summary: what it does, as a phrase.
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
        """All names of its options."""
        return [name for flag in self.flags for name in flag.names]

    @property
    def actions(self) -> tuple[str, ...]:
        """The words that its first operand may be; empty if it may be anything."""
        return tuple(self.parser.actions)

    @property
    def takes_paths(self) -> bool:
        """Whether any of its operands may be a path."""
        return "PATH" in self.parser.usage[0]


REFERENCE = tuple(
    CommandReference(command.name, command.summary, command.load().parser())
    for command in COMMANDS.values()
)
"""All commands, in the order of the help."""


def cases() -> Iterator[tuple[str, CommandReference]]:
    """Yield the first word of a command line and its command; no word for the default one."""
    yield "''", next(command for command in REFERENCE if command.name == DEFAULT)
    for command in REFERENCE:
        yield command.name, command


def filled(script: str, parts: Mapping[str, Iterable[str]]) -> str:
    """Return a script with its placeholders replaced by lines."""
    for mark, lines in parts.items():
        script = script.replace(mark, "\n".join(lines))
    return script
