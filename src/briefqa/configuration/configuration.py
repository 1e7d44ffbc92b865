"""What is configured, and where.

What is set nearer wins: on the command line, by an environment variable, in the project's file, in
the user's file. Without any file nothing is loaded that reads them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from briefqa.configuration.places import project_file, user_file
from briefqa.errors import ConfigurationError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Configuration", "Layer", "Values", "load_configuration", "values_in_force"]


class Values(Record):
    """What is set; None for what is not.

    Attributes:
        paths: the documents, from the working folder or absolute.
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
        """What is set, by the nearest file that sets it."""
        found = Values()
        for layer in reversed(self.layers):
            given = {name: value for name, value in _fields(layer.values) if value is not None}
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
