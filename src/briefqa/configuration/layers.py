"""The configuration files together: which there are, and which value is in force."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from briefqa.configuration import Values, project_file, user_file
from briefqa.configuration.config_file import Layer, read_layer
from briefqa.errors import ConfigurationError
from briefqa.records import Record

__all__ = ["Configuration", "load_configuration"]


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
