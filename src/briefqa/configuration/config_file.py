"""Reading a configuration file: from TOML to values, or to what is wrong and on which line.

A project's file may come from anywhere. It can name documents and how answers are shown, and
nothing that would be run or waited for; what belongs to the app stands in the user's own file
alone.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from briefqa.assistant import MAX_TOP
from briefqa.configuration import Values
from briefqa.configuration.layers import Layer
from briefqa.configuration.line_numbers import is_deep, line_of, locate
from briefqa.configuration.values import choice, color, output_format, pattern, size, suggestion
from briefqa.documents import STANDARD_INPUT, read_file
from briefqa.documents.long_paths import is_pipe
from briefqa.errors import ConfigurationError, DocumentError, TooLargeError, UsageError

__all__ = ["LARGEST", "read_layer"]

LARGEST = 64 * 1024
"""Bytes of a configuration file at the most."""
LARGEST_SIZE = 10**15

Read = Callable[[object, str], object]
"""Makes a value of what TOML has, and of the file's folder; raises `UsageError`."""


def read_layer(file: str, *, personal: bool) -> Layer:
    """Read a configuration file.

    Args:
        file: its path.
        personal: whether it is the user's own.

    Returns:
        What it sets, and what in it makes no sense.
    """
    try:
        text = _text(file)
        table = _parsed(file, text)
    except ConfigurationError as error:
        return Layer(file, Values(), (error,))
    reader = _Reader(file, text)
    values = dict(reader.read(table, PERSONAL if personal else SHARED, ()))
    return Layer(file, Values(**values), tuple(reader.problems))


def _text(file: str) -> str:
    try:
        return read_file(file, LARGEST, pipes=False).decode("utf-8-sig").replace("\r\n", "\n")
    except TooLargeError as error:
        raise ConfigurationError(file, f"larger than {LARGEST:,} bytes") from error
    except DocumentError as error:
        raise ConfigurationError(file, error.reason) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(file, "not UTF-8") from error


def _parsed(file: str, text: str) -> dict[str, Any]:
    if is_deep(text):
        raise ConfigurationError(file, "nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigurationError(file, "nested too deeply") from error
    except ValueError as error:
        reason, _, place = str(error).partition(" (at ")
        line = place.removeprefix("line ").partition(",")[0]
        number = int(line) if line.isdigit() else None
        raise ConfigurationError(file, f"not TOML: {reason.lower()}", number) from error


class _Reader:
    """Reads tables, and gathers what is wrong in them.

    Args:
        file: the path of the file.
        text: what it holds.

    Attributes:
        problems: what is wrong.
    """

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[ConfigurationError] = []
        self._file = file
        self._lines = cache(lambda: locate(text))
        self._folder = os.path.dirname(file)

    def read(
        self, table: Mapping[str, object], keys: Keys, above: tuple[str, ...]
    ) -> Iterator[tuple[str, Any]]:
        """Yield the fields that a table sets, and their values.

        Args:
            table: as TOML has it.
            keys: what may stand in it.
            above: the keys that lead to it.
        """
        for key, value in table.items():
            try:
                known = keys[choice(key, tuple(keys), "key")]
                if known is COLLECTION:
                    yield key, dict(self._collections(_table(value), (*above, key)))
                elif isinstance(known, dict):
                    yield from self.read(_table(value), known, (*above, key))
                elif callable(known):
                    yield key.replace("-", "_"), known(value, self._folder)
            except UsageError as error:
                self._note((*above, key), str(error), known=key in keys)

    def _collections(
        self, tables: Mapping[str, object], above: tuple[str, ...]
    ) -> Iterator[tuple[str, Any]]:
        """Yield the names of collections and their paths."""
        for name, value in tables.items():
            place, before = (*above, name), len(self.problems)
            table = value if isinstance(value, dict) else {}
            fields = dict(self.read(table, COLLECTION, place))
            if fields.get("paths"):
                yield name, fields["paths"]
            elif len(self.problems) == before:
                self._note(place, 'no documents in it; write paths = ["reports"]', known=True)

    def _note(self, path: tuple[str, ...], reason: str, *, known: bool) -> None:
        message = f"{'.'.join(path)}: {reason}" if known else reason
        self.problems.append(ConfigurationError(self._file, message, line_of(path, self._lines())))


def _table(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise UsageError("not a table")


def _string(value: object, _: str) -> str:
    if isinstance(value, str):
        return value
    raise UsageError("not a text in quotes")


def _one_of(check: Callable[[str], str]) -> Read:
    return lambda value, folder: check(_string(value, folder))


def _flag(value: object, _: str) -> bool:
    if isinstance(value, bool):
        return value
    hint = suggestion(value.lower(), ("true", "false")) if isinstance(value, str) else None
    raise UsageError(f"neither true nor false{f'; {hint}' if hint else ''}")


def _top(value: object, _: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_TOP:
        return value
    raise UsageError(f"not a number from 1 to {MAX_TOP}")


def _size(value: object, _: str) -> int:
    if isinstance(value, str):
        return size(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_SIZE:
        return value
    raise UsageError('not a size such as "64M" or "1G"')


def _strings(value: object, folder: str) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise UsageError('not a list such as ["one", "two"]')


def _paths(value: object, folder: str) -> tuple[str, ...]:
    paths = _strings(value, folder)
    if not all(paths):
        raise UsageError("a path in it is empty")
    paths = tuple(os.path.join(folder, os.path.expanduser(path)) for path in paths)
    for path in paths:
        if path == STANDARD_INPUT or is_pipe(path):
            raise UsageError(f"{path} may never end; it is read where the command line names it")
    return paths


def _globs(value: object, folder: str) -> tuple[str, ...]:
    globs = _strings(value, folder)
    for glob in globs:
        pattern(glob)
    return globs


def _bindings(value: object, _: str) -> dict[str, str]:
    """Read ids of bindings and their keys; an id may be a key of parts, or one in quotes."""
    found, pending = {}, list(_table(value).items())
    for name, keys in pending:
        if isinstance(keys, dict):
            pending += [(f"{name}.{part}", each) for part, each in keys.items()]
        elif isinstance(keys, str):
            found[name] = keys
        else:
            raise UsageError(f'{name} is not a text such as "ctrl+x"')
    return found


def _not_here(value: object, _: str) -> object:
    raise UsageError("allowed in the user's own file alone; see briefqa config path")


Keys = Mapping[str, "Read | Mapping[str, Read]"]

COLLECTION: Mapping[str, Read] = {"paths": _paths}
"""What a collection may hold."""
SHARED: Keys = {
    "paths": _paths,
    "collections": COLLECTION,
    "include": _globs,
    "exclude": _globs,
    "ignore": _flag,
    "top": _top,
    "format": _one_of(output_format),
    "color": _one_of(color),
    "strict": _flag,
    "cache": _flag,
    "max-size": _size,
    "app": _not_here,
}
"""What a project's file may hold."""
PERSONAL: Keys = {**SHARED, "app": {"theme": _string, "wrap": _flag, "keys": _bindings}}
"""What the user's file may hold."""
