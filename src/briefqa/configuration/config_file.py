"""Reads configuration files: TOML to values, and to problems with their lines.

A project's file may come from strangers. It may name documents and say how answers are shown, but
nothing that would be run or waited for; only the user's file has keys for the app. `locate` finds
the line of each key, which Python's TOML parser does not report.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from briefqa.assistant import MAX_TOP
from briefqa.configuration import Values, project_file, user_file
from briefqa.configuration.values import choice, color, output_format, pattern, size, suggestion
from briefqa.documents import STANDARD_INPUT, read_file
from briefqa.documents.file_system import is_pipe
from briefqa.errors import ConfigurationError, DocumentError, TooLargeError, UsageError
from briefqa.records import Record

__all__ = [
    "LARGEST",
    "Configuration",
    "Layer",
    "is_deep",
    "line_of",
    "load_configuration",
    "locate",
    "read_layer",
]

LARGEST = 64 * 1024
"""The largest size of a configuration file, in bytes."""
LARGEST_SIZE = 10**15

Read = Callable[[object, str], object]
"""Checks and converts a TOML value, given the file's folder; raises `UsageError`."""


class Layer(Record):
    """What one file sets.

    Attributes:
        file: its path.
        values: the valid values.
        problems: what is invalid, in the order of the file.
    """

    file: str
    values: Values
    problems: tuple[ConfigurationError, ...]


class Configuration(Record):
    """All configuration files.

    Attributes:
        layers: the files; each overrides those after it.
    """

    layers: tuple[Layer, ...]

    @property
    def values(self) -> Values:
        """The values in force; collections are merged by name."""
        found = Values._make([None] * len(Values._fields))
        for layer in reversed(self.layers):
            given = {name: value for name, value in _fields(layer.values) if value is not None}
            if found.collections and layer.values.collections:
                given["collections"] = {**found.collections, **layer.values.collections}
            found = found._replace(**given)
        return found

    @property
    def problems(self) -> tuple[ConfigurationError, ...]:
        """What is invalid, in the order of the files."""
        return tuple(problem for layer in self.layers for problem in layer.problems)

    def origin(self, field: str) -> str | None:
        """Return the file that sets a field of `Values`; None if none does."""
        setting = (layer.file for layer in self.layers if getattr(layer.values, field) is not None)
        return next(setting, None)


def _fields(values: Values) -> Iterator[tuple[str, Any]]:
    return zip(Values._fields, values, strict=True)


def load_configuration() -> Configuration:
    """Read the configuration files; `Configuration.problems` has what is invalid."""
    project, user = project_file(), user_file()
    files = [(project, False)] if project else []
    if user and os.path.isfile(user):
        files.append((user, True))
    return Configuration(tuple(read_layer(file, personal=personal) for file, personal in files))


def read_layer(file: str, *, personal: bool) -> Layer:
    """Read a configuration file.

    Args:
        file: its path.
        personal: whether it is the user's own, which may have keys for the app.
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
        return read_file(file, LARGEST, named=False).decode("utf-8-sig").replace("\r\n", "\n")
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
        raise ConfigurationError(file, f"invalid TOML: {reason.lower()}", number) from error


class _Reader:
    """Reads the tables of a file and collects what is invalid.

    Args:
        file: the path of the file.
        text: its contents.

    Attributes:
        problems: what is invalid.
    """

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[ConfigurationError] = []
        self._file = file
        self._lines = cache(lambda: locate(text))
        self._folder = os.path.dirname(file)

    def read(
        self, table: Mapping[str, object], keys: Keys, above: tuple[str, ...]
    ) -> Iterator[tuple[str, Any]]:
        """Yield the fields of `Values` that a table sets, and their values.

        Args:
            table: the parsed table.
            keys: the keys that it may have.
            above: the keys of the tables that it is in.
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
        """Yield the name and the paths of each collection."""
        for name, value in tables.items():
            place, before = (*above, name), len(self.problems)
            table = value if isinstance(value, dict) else {}
            fields = dict(self.read(table, COLLECTION, place))
            if fields.get("paths"):
                yield name, fields["paths"]
            elif len(self.problems) == before:
                self._note(place, 'no paths; set paths = ["reports"]', known=True)

    def _note(self, path: tuple[str, ...], reason: str, *, known: bool) -> None:
        message = f"{'.'.join(path)}: {reason}" if known else reason
        self.problems.append(ConfigurationError(self._file, message, line_of(path, self._lines())))


def _table(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise UsageError("expected a table")


def _string(value: object, _: str) -> str:
    if isinstance(value, str):
        return value
    raise UsageError("expected a string in quotes")


def _one_of(check: Callable[[str], str]) -> Read:
    return lambda value, folder: check(_string(value, folder))


def _flag(value: object, _: str) -> bool:
    if isinstance(value, bool):
        return value
    hint = suggestion(value.lower(), ("true", "false")) if isinstance(value, str) else None
    raise UsageError(f"expected true or false{f'; {hint}' if hint else ''}")


def _top(value: object, _: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_TOP:
        return value
    raise UsageError(f"expected a number from 1 to {MAX_TOP}")


def _size(value: object, _: str) -> int:
    if isinstance(value, str):
        return size(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_SIZE:
        return value
    raise UsageError('expected a size such as "64M" or "1G"')


def _strings(value: object, folder: str) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise UsageError('expected a list of strings such as ["one", "two"]')


def _paths(value: object, folder: str) -> tuple[str, ...]:
    paths = _strings(value, folder)
    if not all(paths):
        raise UsageError("a path is empty")
    paths = tuple(os.path.join(folder, os.path.expanduser(path)) for path in paths)
    for path in paths:
        if path == STANDARD_INPUT or is_pipe(path):
            raise UsageError(f"{path} may never end; name it on the command line instead")
    return paths


def _globs(value: object, folder: str) -> tuple[str, ...]:
    globs = _strings(value, folder)
    for glob in globs:
        pattern(glob)
    return globs


def _bindings(value: object, _: str) -> dict[str, str]:
    """Read keys by binding id; an id may be a dotted key, or one in quotes."""
    found, pending = {}, list(_table(value).items())
    for name, keys in pending:
        if isinstance(keys, dict):
            pending += [(f"{name}.{part}", each) for part, each in keys.items()]
        elif isinstance(keys, str):
            found[name] = keys
        else:
            raise UsageError(f'{name}: expected a string such as "ctrl+x"')
    return found


def _not_here(value: object, _: str) -> object:
    raise UsageError("allowed only in the user's own file; see briefqa config path")


Keys = Mapping[str, "Read | Mapping[str, Read]"]

COLLECTION: Mapping[str, Read] = {"paths": _paths}
"""The keys of a collection."""
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
"""The keys of a project's file."""
PERSONAL: Keys = {**SHARED, "app": {"theme": _string, "wrap": _flag, "keys": _bindings}}
"""The keys of the user's file."""


DEEPEST = 100
"""The largest number of dots in a key."""

PIECE = (
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}'''
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[{]|[\]}]|=|\n"""
)
"""What matters for where statements begin and end: strings, comments, brackets."""


def locate(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of each key and table, from 1, by its full key.

    Args:
        text: valid TOML.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            here = table = _key(statement)
        else:
            here = (*table, *_key(f"{statement}= 0"))
        for length in range(1, len(here) + 1):
            found.setdefault(here[:length], line)
    return found


def is_deep(text: str) -> bool:
    """Whether a key has so many parts that the parser, which is quadratic in them, takes long."""
    if all(line.count(".") <= DEEPEST for line in text.split("\n")):
        return False
    return any(statement.count(".") > DEEPEST for _, statement in _statements(text))


def line_of(path: tuple[str, ...], lines: Mapping[tuple[str, ...], int]) -> int | None:
    """Return the line of a key, or else of the nearest table above it; None if there is none.

    Args:
        path: the full key.
        lines: what `locate` returns.
    """
    above = (lines.get(path[:length]) for length in range(len(path), 0, -1))
    return next(filter(None, above), None)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first line of each statement, and its text up to the value."""
    line, begins, start, depth, says = 1, 1, 0, 0, ""
    for piece in re.finditer(PIECE, f"{text}\n", re.DOTALL):
        mark = piece.group()
        line += mark.count("\n")
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif depth or mark[0] in "\"'":
            continue
        else:
            says = says or text[start : piece.start()].strip()
        if mark == "\n" and not depth:
            if says:
                yield begins, says
            begins, start, says = line, piece.end(), ""


def _key(statement: str) -> tuple[str, ...]:
    """Return the parts of the key that a table header or an assignment sets."""
    found: object = tomllib.loads(statement)
    parts = []
    while isinstance(found, dict) and found:
        ((part, found),) = found.items()
        parts.append(part)
        if isinstance(found, list):
            found = found[0]
    return tuple(parts)
