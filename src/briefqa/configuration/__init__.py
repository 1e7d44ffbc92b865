"""The configuration: what files set for the command line and the app, and how they are read.

What is set nearer wins: on the command line, by an environment variable, in the project's file, in
the user's. TOML is loaded where there is such a file, and nowhere else.
"""

from __future__ import annotations

import os
import sys

from briefqa.records import Record
from briefqa.user_dirs import user_folder

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Values",
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


def values_in_force() -> Values:
    """Return what the configuration files set; without any, nothing that reads them is loaded.

    Raises:
        ConfigurationError: something in them makes no sense.
    """
    if not (project_file() or os.path.isfile(user_file() or "")):
        return Values._make([None] * len(Values._fields))
    from briefqa.configuration.layers import load_configuration

    configuration = load_configuration()
    if configuration.problems:
        raise configuration.problems[0]
    return configuration.values
