"""`briefqa config`: show the configuration and its files, or edit it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import SimpleNamespace

from briefqa.cli import ERROR
from briefqa.cli.ask_options import TOP
from briefqa.cli.open_documents import paths_from_environment
from briefqa.cli.parser import Parser
from briefqa.cli.streams import complain, write
from briefqa.cli.terminals import color_variable
from briefqa.configuration import Values, choice, project_file, size_written, user_file
from briefqa.configuration.config_file import Configuration, load_configuration, read_layer
from briefqa.configuration.key_table import TEMPLATE
from briefqa.documents import MAX_SIZE
from briefqa.editor import editor_command, run_on_terminal
from briefqa.errors import ConfigurationError, OpeningError, UsageError, describe
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.user_dirs import bundled_briefing

__all__ = ["parser", "run"]

DONE = 0
EXAMPLES = """\
  briefqa config                         show the values in force, and what sets them
  briefqa config path                    show the paths of the configuration files
  briefqa config edit                    edit your configuration file in $VISUAL or $EDITOR
  briefqa config collections             list the names that -c accepts
"""
APP = ("theme", "wrap", "keys")
"""Fields of `Values` that stand in the table `app`."""


class Setting(Record):
    """A value in force.

    Attributes:
        key: its key in a configuration file.
        value: the value; None if it is not set.
        origin: what sets it: a file, an environment variable, or a phrase.
    """

    key: str
    value: object
    origin: str


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa config`.

    Args:
        options: those of `parser`.
        operands: the action, if any.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, the output or the editor is at fault.
    """
    if len(operands) > 1:
        raise UsageError(f"unexpected argument: {operands[1]}; see briefqa config --help")
    return ACTIONS[choice(operands[0], tuple(ACTIONS), "action") if operands else "show"]()


def parser() -> Parser:
    """Return the parser of `briefqa config`."""
    return Parser(
        "config",
        ["[path|show|edit|collections]"],
        EXAMPLES,
        "0 done, 2 usage error or invalid file",
        "The default is show.\n",
        tuple(ACTIONS),
    )


def _path() -> int:
    files = [_users_file(), *([os.path.abspath(found)] if (found := project_file()) else [])]
    write(f"{sanitise_name(file)}\n" for file in files)
    return DONE


def _show() -> int:
    configuration = load_configuration()
    settings = list(_settings(configuration))
    keys = max(len(each.key) for each in settings)
    values = max(len(_written(each.value)) for each in settings)
    for each in settings:
        value, origin = _written(each.value), sanitise_name(each.origin)
        write([f"{each.key:<{keys}} = {value:<{values}}  # {origin}\n"])
    for notice in configuration.notices:
        complain(notice)
    return _report(configuration.problems)


def _report(problems: Sequence[ConfigurationError]) -> int:
    """Write problems to standard error, and return the exit code."""
    for problem in problems:
        complain(str(problem))
    return ERROR if problems else DONE


def _edit() -> int:
    file = _users_file()
    try:
        _create(file)
        command = editor_command(os.environ, sys.platform, file, None)
        run_on_terminal(command)
    except OSError as error:
        raise OpeningError(f"cannot open the editor for {file}: {describe(error)}") from error
    return _report(read_layer(file, personal=True).problems)


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
        raise UsageError("cannot find a folder for the configuration file; set XDG_CONFIG_HOME")
    return file


def _create(file: str) -> None:
    """Write a file of examples that are commented out, unless the file exists."""
    os.makedirs(os.path.dirname(file), 0o700, exist_ok=True)
    with suppress(FileExistsError), open(file, "x", encoding="utf-8", newline="\n") as new:
        new.write(TEMPLATE)


def _settings(configuration: Configuration) -> Iterator[Setting]:
    """Yield the values that are in force where the command line has no options."""
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
            yield Setting(key, *environment[field])
        else:
            file = configuration.origin(field)
            value = getattr(values if file else defaults, field)
            value = size_written(value) if field == "max_size" else value
            yield Setting(key, value, file or ("not set" if value is None else "default"))


def _collections(configuration: Configuration) -> Iterator[Setting]:
    found: dict[str, Setting] = {}
    for layer in configuration.layers:
        for name, paths in (layer.values.collections or {}).items():
            key = f"collections.{sanitise_name(name)}.paths"
            found.setdefault(name, Setting(key, paths, layer.file))
    yield from found.values()


def _environment() -> dict[str, tuple[object, str]]:
    """Return the fields that environment variables set, each with its value and the variable."""
    found: dict[str, tuple[object, str]] = {}
    if paths := paths_from_environment(os.environ):
        found["paths"] = (paths, "BRIEFQA_PATH")
    if variable := color_variable(os.environ):
        found["color"] = ("never" if variable == "NO_COLOR" else "always", variable)
    return found


def _written(value: object) -> str:
    """Return a value much as a file has it, safe to print; empty for None."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        pairs = (f"{_written(key)} = {_written(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    return sanitise_name(json.dumps(value, ensure_ascii=False))
