"""The configuration: values that files set for the command line and the app.

The command line overrides environment variables, these override the project's file, and that
overrides the user's file. The TOML parser is loaded only if there is a file.
"""

from __future__ import annotations

import os
import sys

from briefqa.records import Record
from briefqa.user_dirs import user_folder

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "Values",
    "project_file",
    "user_file",
    "values_in_force",
]

PROJECT_FILE = ".briefqa.toml"
USER_FILE = "config.toml"


class Values(Record):
    """The values that configuration files may set; None for those that are not set.

    Attributes:
        paths: the documents, absolute or relative to the working folder.
        collections: the paths of each named collection.
        include: patterns; of a folder, only files that match one are read.
        exclude: patterns; files of a folder that match one are skipped.
        ignore: whether ignore files apply.
        top: the largest number of excerpts.
        format: the name of an output format.
        color: auto, always or never.
        strict: whether a weak answer counts as none.
        cache: whether cached indexes may be read and written.
        max_size: the largest size of a file, in bytes.
        theme: the name of the app's theme.
        wrap: whether the app wraps long lines.
        keys: the keys of the app's bindings by binding id, separated by commas.
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
    """Return the path of the user's file, which need not exist; None if it has no folder."""
    folder = user_folder("config", os.environ, sys.platform)
    return os.path.join(folder, USER_FILE) if folder else None


def project_file() -> str | None:
    """Find the configuration file of the project that the working folder is in.

    The search goes upwards from the working folder and ends at the user's home folder or the root.

    Returns:
        Its path, relative to the working folder; None if there is no such file.
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


def values_in_force(report: Callable[[str], object] | None = None) -> Values:
    """Return the values that the configuration files set.

    Args:
        report: called with a sentence on each thing in a project's file that does not count; None
            to report nothing.

    Raises:
        ConfigurationError: a file is invalid.
    """
    if not (project_file() or os.path.isfile(user_file() or "")):
        return Values._make([None] * len(Values._fields))
    from briefqa.configuration.config_file import load_configuration

    configuration = load_configuration()
    if configuration.problems:
        raise configuration.problems[0]
    if report:
        for notice in configuration.notices:
            report(notice)
    return configuration.values
