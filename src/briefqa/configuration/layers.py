"""What each configuration file sets, and all of them together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from briefqa.configuration import Values, project_file, user_file
from briefqa.errors import ConfigurationError
from briefqa.records import Record

__all__ = ["Configuration", "Layer", "load_configuration"]


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


def load_configuration() -> Configuration:
    """Read the configuration files that there are; nothing is raised for what makes no sense."""
    from briefqa.configuration.config_file import read_layer

    project, user = project_file(), user_file()
    files = [(project, False)] if project else []
    if user and os.path.isfile(user):
        files.append((user, True))
    return Configuration(tuple(read_layer(file, personal=personal) for file, personal in files))
