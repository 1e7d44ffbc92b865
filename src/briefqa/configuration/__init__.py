"""The configuration: values that files set for the command line and the app.

The command line overrides environment variables, these override the project's file, and that
overrides the user's file. The TOML parser is loaded only if there is a file. Values
are checked in the same way wherever they come from.
"""

from __future__ import annotations

import os
import sys

from briefqa.errors import UsageError
from briefqa.records import Record
from briefqa.user_dirs import user_folder

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "COLORS",
    "Values",
    "bytes_written",
    "choice",
    "color",
    "count",
    "output_format",
    "pattern",
    "project_file",
    "size",
    "size_written",
    "suggestion",
    "top",
    "user_file",
    "values_in_force",
]

PROJECT_FILE = ".briefqa.toml"
USER_FILE = "config.toml"

COLORS = ("auto", "always", "never")
UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
COUNT_DIGITS = 9
"""The largest number of digits in a number of items."""
SIZE_DIGITS = 15
"""The largest number of digits in a size."""


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


def choice(value: str, choices: Sequence[str], kind: str = "value") -> str:
    """Return a value that must be one of several.

    Args:
        value: the value.
        choices: all valid values.
        kind: what they are, for the message.

    Raises:
        UsageError: it is none of them; the message names the closest, or all.
    """
    if value in choices:
        return value
    hint = suggestion(value, choices) or f"expected one of {', '.join(choices)}"
    raise UsageError(f"unknown {kind} {value}; {hint}")


def suggestion(word: str, known: Sequence[str], least: float = 0.6) -> str | None:
    """Return a hint that names the known word closest to another; None if none is close.

    Args:
        word: the other word.
        known: the words that may be meant.
        least: how alike they must be, from 0 to 1.
    """
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=least)
    return f"did you mean {close[0]}?" if close else None


def pattern(value: str) -> str:
    """Return a pattern for file names.

    Raises:
        UsageError: it can match nothing.
    """
    from briefqa.documents.gitignore import parse_pattern

    if parse_pattern(value) is None:
        raise UsageError(f"expected a pattern such as *.md or drafts/, got {value or 'nothing'}")
    return value


def size(value: str) -> int:
    """Return the number of bytes that a size such as 64M stands for.

    Raises:
        UsageError: it is not a size.
    """
    written = value.upper()
    written = written.removesuffix("IB" if written.endswith("IB") else "B")
    digits = written.rstrip("KMGT")
    unit = UNITS.get(written[len(digits) :])
    if unit is None or not (digits.isascii() and digits.isdigit() and len(digits) <= SIZE_DIGITS):
        raise UsageError(f"expected a size such as 64M or 1G, got {value or 'nothing'}")
    return int(digits) * unit


def bytes_written(value: int) -> str:
    """Return about how many bytes a number is, for people: `812`, `3.1K`, `12M`."""
    unit = max((unit for unit in UNITS if value >= UNITS[unit]), key=UNITS.__getitem__, default="")
    number = value / UNITS[unit]
    return f"{number:.1f}{unit}" if unit and number < 9.95 else f"{number:.0f}{unit}"


def size_written(value: int) -> str:
    """Return a number of bytes as `size` reads it, in the largest unit that divides it."""
    unit = max((unit for unit in UNITS if value % UNITS[unit] == 0), key=UNITS.__getitem__)
    return f"{value // UNITS[unit]}{unit}"


def count(value: str, least: int = 0) -> int:
    """Return a number of items.

    Args:
        value: the number as written.
        least: the smallest number there may be.

    Raises:
        UsageError: it is none, or too large for any use.
    """
    is_number = value.isascii() and value.isdigit()
    if is_number and len(value) > COUNT_DIGITS:
        raise UsageError(f"expected a number of at most {COUNT_DIGITS} digits, got {value}")
    if is_number and int(value) >= least:
        return int(value)
    raise UsageError(f"expected a number from {least}, got {value or 'nothing'}")


def top(value: str) -> int:
    """Return a number of excerpts.

    Raises:
        UsageError: it is not a number from 1 to `MAX_TOP`.
    """
    from briefqa.assistant import MAX_TOP

    is_short = value.isascii() and value.isdigit() and len(value) <= COUNT_DIGITS
    if is_short and 1 <= int(value) <= MAX_TOP:
        return int(value)
    raise UsageError(f"expected a number from 1 to {MAX_TOP}, got {value or 'nothing'}")


def output_format(value: str) -> str:
    """Return the name of an output format.

    Raises:
        UsageError: there is no such format.
    """
    from briefqa.output import FORMATS

    return choice(value, tuple(FORMATS), "format")


def color(value: str) -> str:
    """Return when to use colour.

    Raises:
        UsageError: it is none of `COLORS`.
    """
    return choice(value, COLORS)
