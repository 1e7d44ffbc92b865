"""The keys of configuration files: the table of what each may hold, and a new file with all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from briefqa.assistant import MAX_TOP
from briefqa.configuration import color, output_format, pattern, size, suggestion
from briefqa.documents import STANDARD_INPUT
from briefqa.documents.file_system import is_pipe
from briefqa.errors import UsageError
from briefqa.output import FORMATS

__all__ = ["PERSONAL", "SHARED", "TEMPLATE", "Keys", "UnheededError", "as_table"]

LARGEST_SIZE = 10**15

Read = Callable[[object, str], object]
"""Checks and converts a TOML value, given the file's folder; raises `UsageError`."""


class UnheededError(UsageError):
    """Something in a project's file does not count, or the file itself.

    Attributes:
        rest: the value that counts instead; None for none.
    """

    def __init__(self, reason: str, rest: object = None) -> None:
        super().__init__(reason)
        self.rest = rest


def as_table(value: object) -> Mapping[str, object]:
    """Return a value that must be a table.

    Raises:
        UsageError: it is none.
    """
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


def _paths_below(value: object, folder: str) -> tuple[str, ...]:
    """Read paths that must be in the folder of the file, wherever links lead."""
    paths = _paths(value, folder)
    below = tuple(path for path in paths if _is_below(path, folder))
    if outside := [path for path in paths if path not in below]:
        more = f" and {len(outside) - 1} more" * (len(outside) > 1)
        raise UnheededError(f"not used outside the folder of the file: {outside[0]}{more}", below)
    return below


def _is_below(path: str, folder: str) -> bool:
    try:
        top = os.path.realpath(folder)
        return os.path.commonpath((top, os.path.realpath(path))) == top
    except (OSError, ValueError):
        return False


def _globs(value: object, folder: str) -> tuple[str, ...]:
    globs = _strings(value, folder)
    for glob in globs:
        pattern(glob)
    return globs


def _bindings(value: object, _: str) -> dict[str, str]:
    """Read keys by binding id; an id may be a dotted key, or one in quotes."""
    found, pending = {}, list(as_table(value).items())
    for name, keys in pending:
        if isinstance(keys, dict):
            pending += [(f"{name}.{part}", each) for part, each in keys.items()]
        elif isinstance(keys, str):
            found[name] = keys
        else:
            raise UsageError(f'{name}: expected a string such as "ctrl+x"')
    return found


def _personal_size(value: object, folder: str) -> int:
    _size(value, folder)
    raise UnheededError("not used: only your own file may set it; see briefqa config path")


def _not_here(value: object, _: str) -> object:
    raise UsageError("allowed only in the user's own file; see briefqa config path")


Keys = Mapping[str, "Read | Mapping[str, Read]"]

SHARED: Keys = {
    "paths": _paths_below,
    "collections": {"paths": _paths_below},
    "include": _globs,
    "exclude": _globs,
    "ignore": _flag,
    "top": _top,
    "format": _one_of(output_format),
    "color": _one_of(color),
    "strict": _flag,
    "cache": _flag,
    "max-size": _personal_size,
    "app": _not_here,
}
"""The keys of a project's file."""
PERSONAL: Keys = {
    **SHARED,
    "paths": _paths,
    "collections": {"paths": _paths},
    "max-size": _size,
    "app": {"theme": _string, "wrap": _flag, "keys": _bindings},
}
"""The keys of the user's file."""

TEMPLATE = f"""\
# What briefqa does unless the command line or the environment says otherwise.
# Remove the first # of a line to set it; `briefqa config` shows what is in force.

# The documents to answer from where no PATH is given; relative to this file, or absolute.
# paths = ["~/reports", "~/notes.md"]

# Named groups of documents: briefqa ask -c energy "..."
# collections.energy.paths = ["~/reports/energy"]

# Which files of folders are read and which are not; patterns as in a .gitignore.
# include = ["*.md", "*.txt"]
# exclude = ["drafts/"]

# Whether .gitignore and .briefqaignore apply in folders.
# ignore = true

# The largest number of excerpts in an answer.
# top = 3

# One of {", ".join(FORMATS)}.
# The default is text on a terminal and line elsewhere.
# format = "text"

# auto, always or never.
# color = "auto"

# Whether a weak answer counts as no answer.
# strict = false

# Whether indexes are cached, so that the next question need not read the documents again.
# cache = true

# The largest file that is read.
# max-size = "256M"

# [app]
# theme = "nord"
# wrap = true

# [app.keys]
# "pane.zoom" = "f7"
"""
"""The contents of a new file: each key, commented out, with an example."""
