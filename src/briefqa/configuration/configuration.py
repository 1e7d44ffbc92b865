"""What is configured, and where.

What is set nearer wins: on the command line, by an environment variable, in the project's file, in
the user's file. Without any file nothing is loaded that reads them.
"""

from __future__ import annotations

import os
import sys

from briefqa.folders import user_folder
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from briefqa.errors import ConfigurationError

__all__ = [
    "Configuration",
    "Layer",
    "Values",
    "load_configuration",
    "project_file",
    "user_file",
    "values_in_force",
]

PROJECT_FILE = ".briefqa.toml"
USER_FILE = "config.toml"


class Values(Record):
    """What is set; None for what is not.

    Attributes:
        paths: the documents, from the working folder or absolute.
        collections: the same for each named collection.
        include: patterns of the files of folders that alone are read.
        exclude: patterns of those that are not.
        ignore: whether ignore files are heeded.
        top: excerpts at the most.
        format: of the answers.
        color: auto, always or never.
        strict: whether a weak answer is none.
        cache: whether a cached index may be read and written.
        max_size: bytes of a file at the most.
        theme: of the app.
        wrap: whether the app wraps long lines.
        keys: for ids of the app's bindings, the keys that they have instead, parted by commas.
    """

    paths: tuple[str, ...] | None = None
    collections: Mapping[str, tuple[str, ...]] | None = None
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    ignore: bool | None = None
    top: int | None = None
    format: str | None = None
    color: str | None = None
    strict: bool | None = None
    cache: bool | None = None
    max_size: int | None = None
    theme: str | None = None
    wrap: bool | None = None
    keys: Mapping[str, str] | None = None


class Layer(Record):
    """What one file sets.

    Attributes:
        file: its path.
        values: those that make sense.
        problems: what does not, in the order met.
    """

    file: str
    values: Values
    problems: tuple[ConfigurationError, ...]


class Configuration(Record):
    """What all files set.

    Attributes:
        layers: the files, the nearest first.
    """

    layers: tuple[Layer, ...]

    @property
    def values(self) -> Values:
        """What is set, by the nearest file that sets it; collections each by themselves."""
        found = Values._make([None] * len(Values._fields))
        for layer in reversed(self.layers):
            given = {name: value for name, value in _fields(layer.values) if value is not None}
            if found.collections and layer.values.collections:
                given["collections"] = {**found.collections, **layer.values.collections}
            found = found._replace(**given)
        return found

    @property
    def problems(self) -> tuple[ConfigurationError, ...]:
        """What makes no sense, the nearest file's first."""
        return tuple(problem for layer in self.layers for problem in layer.problems)

    def origin(self, field: str) -> str | None:
        """Return the file that sets a field of `Values`; None where none does."""
        setting = (layer.file for layer in self.layers if getattr(layer.values, field) is not None)
        return next(setting, None)


def _fields(values: Values) -> Iterator[tuple[str, Any]]:
    return zip(Values._fields, values, strict=True)


def user_file() -> str | None:
    """Return the path of the user's file, there or not; None where there is no place for it."""
    folder = user_folder("config", os.environ, sys.platform)
    return os.path.join(folder, USER_FILE) if folder else None


def project_file() -> str | None:
    """Find the file of the project that the working folder is in.

    It is looked for from there upwards, to the user's home folder or the file system's root.

    Returns:
        Its path, from the working folder; None where there is none.
    """
    try:
        folder = os.getcwd()
    except OSError:
        return None
    home, way = os.path.realpath(os.path.expanduser("~")), ""
    while not os.path.isfile(os.path.join(way, PROJECT_FILE)):
        parent = os.path.dirname(folder)
        if folder in (home, parent):
            return None
        folder, way = parent, os.path.join(os.pardir, way)
    return os.path.join(way, PROJECT_FILE)


def load_configuration() -> Configuration:
    """Read the configuration files that there are; nothing is raised for what makes no sense."""
    project, user = project_file(), user_file()
    files = [(project, False)] if project else []
    if user and os.path.isfile(user):
        files.append((user, True))
    if not files:
        return Configuration(())
    from briefqa.configuration.reading import read_layer

    return Configuration(tuple(read_layer(file, personal=personal) for file, personal in files))


def values_in_force() -> Values:
    """Return what the configuration files set.

    Raises:
        ConfigurationError: something in them makes no sense.
    """
    configuration = load_configuration()
    if configuration.problems:
        raise configuration.problems[0]
    return configuration.values
