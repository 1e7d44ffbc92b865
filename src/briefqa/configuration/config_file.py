"""Reads configuration files: TOML to values, and to problems with their lines.

A project's file may come from strangers. It counts only if nobody but the user and root can write
it. It may name documents in its own folder and say how answers are shown, but nothing that would be
run or waited for; only the user's file has limits and keys for the app. `locate` finds the line of
each key, which Python's TOML parser does not report.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from briefqa.configuration import Values, choice, project_file, user_file
from briefqa.configuration.key_table import PERSONAL, SHARED, Keys, UnheededError, as_table
from briefqa.documents import read_file
from briefqa.errors import (
    ConfigurationError,
    DocumentError,
    TooLargeError,
    UsageError,
    describe,
)
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


class Layer(Record):
    """What one file sets.

    Attributes:
        file: its path.
        values: the valid values.
        problems: what is invalid, in the order of the file.
        notices: what is valid but does not count, in the same order: a sentence each.
    """

    file: str
    values: Values
    problems: tuple[ConfigurationError, ...] = ()
    notices: tuple[str, ...] = ()


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

    @property
    def notices(self) -> tuple[str, ...]:
        """What is valid but does not count, in the order of the files."""
        return tuple(notice for layer in self.layers for notice in layer.notices)

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
        text = _text(file, personal=personal)
        table = _parsed(file, text)
    except UnheededError as error:
        return Layer(file, Values(), notices=(f"{file}: not used: {error}",))
    except ConfigurationError as error:
        return Layer(file, Values(), (error,))
    reader = _Reader(file, text)
    values = dict(reader.read(table, PERSONAL if personal else SHARED, ()))
    return Layer(file, Values(**values), tuple(reader.problems), tuple(reader.notices))


def _text(file: str, *, personal: bool) -> str:
    check = None if personal else _refuse_strangers
    try:
        if check:
            check(os.lstat(file))
        data = read_file(file, LARGEST, named=False, check=check)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigurationError(file, describe(error)) from error
    except TooLargeError as error:
        raise ConfigurationError(file, f"larger than {LARGEST:,} bytes") from error
    except DocumentError as error:
        raise ConfigurationError(file, error.reason) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(file, "not UTF-8") from error


def _refuse_strangers(status: os.stat_result) -> None:
    """Raise an error if anybody but the user and root can write a file, or wrote a link to it."""
    if not hasattr(os, "geteuid"):
        return
    if status.st_uid not in (0, os.geteuid()):
        raise UnheededError("it belongs to another user")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not stat.S_ISLNK(status.st_mode):
        raise UnheededError("others can write to it; chmod go-w would change that")


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
        notices: what does not count.
    """

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[ConfigurationError] = []
        self.notices: list[str] = []
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
                if key == "collections" and isinstance(known, dict):
                    yield key, dict(self._collections(as_table(value), known, (*above, key)))
                elif isinstance(known, dict):
                    yield from self.read(as_table(value), known, (*above, key))
                elif callable(known):
                    yield key.replace("-", "_"), known(value, self._folder)
            except UnheededError as error:
                self.notices.append(str(self._error((*above, key), str(error), known=True)))
                if error.rest:
                    yield key, error.rest
            except UsageError as error:
                self._note((*above, key), str(error), known=key in keys)

    def _collections(
        self, tables: Mapping[str, object], keys: Keys, above: tuple[str, ...]
    ) -> Iterator[tuple[str, Any]]:
        """Yield the name and the paths of each collection."""
        for name, value in tables.items():
            place, before = (*above, name), len(self.problems) + len(self.notices)
            table = value if isinstance(value, dict) else {}
            fields = dict(self.read(table, keys, place))
            if fields.get("paths"):
                yield name, fields["paths"]
            elif len(self.problems) + len(self.notices) == before:
                self._note(place, 'no paths; set paths = ["reports"]', known=True)

    def _note(self, path: tuple[str, ...], reason: str, *, known: bool) -> None:
        self.problems.append(self._error(path, reason, known=known))

    def _error(self, path: tuple[str, ...], reason: str, *, known: bool) -> ConfigurationError:
        message = f"{'.'.join(path)}: {reason}" if known else reason
        return ConfigurationError(self._file, message, line_of(path, self._lines()))


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
