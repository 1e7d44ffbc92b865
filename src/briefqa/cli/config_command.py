"""`briefqa config`: where the configuration is, what it says, and editing it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from briefqa.cli import TROUBLE
from briefqa.cli.open_documents import paths_from_environment
from briefqa.cli.options import TOP
from briefqa.cli.parser import Parser
from briefqa.cli.streams import complain, write
from briefqa.cli.terminals import color_variable
from briefqa.configuration import Values, project_file, user_file
from briefqa.configuration.config_file import read_layer
from briefqa.configuration.layers import Configuration, load_configuration
from briefqa.configuration.template import TEMPLATE
from briefqa.configuration.values import choice, size_written
from briefqa.documents import MAX_SIZE
from briefqa.editor import editor_command, run_on_terminal
from briefqa.errors import ConfigurationError, OpeningError, UsageError, describe
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.user_dirs import bundled_briefing

__all__ = ["config", "config_parser"]

DONE = 0
EXAMPLES = """\
  briefqa config                         what holds here, and where it is set
  briefqa config path                    the files
  briefqa config edit                    open your own in $VISUAL or $EDITOR
  briefqa config collections             the names that -c takes
"""
APP = ("theme", "wrap", "keys")
"""Values that stand in the table `app`."""


class Held(Record):
    """A value that holds.

    Attributes:
        key: as it is written in a file.
        value: None where nothing is set.
        origin: what sets it.
    """

    key: str
    value: object
    origin: str


def config(arguments: Sequence[str]) -> int:
    """Run `briefqa config`.

    Args:
        arguments: what follows `config`.

    Returns:
        The exit code.

    Raises:
        BriefqaError: the command line, the output or the editor is at fault.
    """
    _, words = config_parser().parse_anywhere(arguments)
    if len(words) > 1:
        raise UsageError(f"{words[1]} is one word too many; see briefqa config --help")
    return ACTIONS[choice(words[0], tuple(ACTIONS)) if words else "show"]()


def config_parser() -> Parser:
    """Return the parser of `briefqa config`."""
    return Parser(
        "config",
        ["[path|show|edit|collections]"],
        EXAMPLES,
        "0 done, 2 a usage error or a mistake in a file",
        "Without a word, show is meant.\n",
    )


def _path() -> int:
    files = [_users_file(), *([os.path.abspath(found)] if (found := project_file()) else [])]
    write(f"{sanitise_name(file)}\n" for file in files)
    return DONE


def _show() -> int:
    configuration = load_configuration()
    held = list(_held(configuration))
    rows = [(each.key, _written(each.value)) for each in held]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for (key, value), each in zip(rows, held, strict=True):
        write([f"{key:<{widths[0]}} = {value:<{widths[1]}}  # {sanitise_name(each.origin)}\n"])
    return _told(configuration.problems)


def _told(problems: Sequence[ConfigurationError]) -> int:
    """Say what makes no sense, and return the exit code."""
    for problem in problems:
        complain(str(problem))
    return TROUBLE if problems else DONE


def _edit() -> int:
    file = _users_file()
    try:
        _create(file)
        command = editor_command(os.environ, sys.platform, file, None)
        run_on_terminal(command)
    except OSError as error:
        raise OpeningError(f"{file}: the editor cannot be opened: {describe(error)}") from error
    return _told(read_layer(file, personal=True).problems)


def _list_collections() -> int:
    collections = load_configuration().values.collections or {}
    write(f"{sanitise_name(name)}\n" for name in sorted(collections))
    return DONE


ACTIONS: Mapping[str, Callable[[], int]] = {
    "path": _path,
    "show": _show,
    "edit": _edit,
    "collections": _list_collections,
}


def _users_file() -> str:
    file = user_file()
    if file is None:
        raise UsageError("there is no folder for a configuration file; set XDG_CONFIG_HOME")
    return file


def _create(file: str) -> None:
    """Write a file of commented examples, unless there is a file already."""
    os.makedirs(os.path.dirname(file), 0o700, exist_ok=True)
    with suppress(FileExistsError), open(file, "x", encoding="utf-8", newline="\n") as new:
        new.write(TEMPLATE)


def _held(configuration: Configuration) -> Iterator[Held]:
    """Yield what holds without options on the command line."""
    defaults = Values(
        paths=(bundled_briefing(),), top=TOP, color="auto", ignore=True, strict=False, cache=True,
        max_size=MAX_SIZE,
    )  # fmt: skip
    environment = _environment()
    values = configuration.values
    for field in Values._fields:
        key = field.replace("_", "-")
        key = f"app.{key}" if field in APP else key
        if field == "collections":
            yield from _collections(configuration)
        elif field in environment:
            yield Held(key, *environment[field])
        else:
            file = configuration.origin(field)
            value = getattr(values if file else defaults, field)
            value = size_written(value) if field == "max_size" else value
            yield Held(key, value, file or ("not set" if value is None else "default"))


def _collections(configuration: Configuration) -> Iterator[Held]:
    found: dict[str, Held] = {}
    for layer in configuration.layers:
        for name, paths in (layer.values.collections or {}).items():
            key = f"collections.{sanitise_name(name)}.paths"
            found.setdefault(name, Held(key, paths, layer.file))
    yield from found.values()


def _environment() -> dict[str, tuple[object, str]]:
    """Return what environment variables settle, and which."""
    found: dict[str, tuple[object, str]] = {}
    if paths := paths_from_environment(os.environ):
        found["paths"] = (paths, "BRIEFQA_PATH")
    if variable := color_variable(os.environ):
        found["color"] = ("never" if variable == "NO_COLOR" else "always", variable)
    return found


def _written(value: object) -> str:
    """Write a value much as a file has it, safe to show; nothing where nothing is set."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        pairs = (f"{_written(key)} = {_written(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    return sanitise_name(json.dumps(value, ensure_ascii=False))
