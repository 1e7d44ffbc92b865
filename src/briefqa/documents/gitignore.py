"""Patterns of names, as `.gitignore` has them (gitignore(5))."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from briefqa.documents.globs import expression
from briefqa.records import Record

__all__ = ["Pattern", "Patterns", "parse_pattern"]

LONGEST = 1024
"""Characters of a pattern at the most; a longer one matches nothing."""
SPECIAL = "*?[\\"
REMEMBERED = 4096
"""Matchers that are kept."""


class Pattern(Record):
    """A pattern.

    Attributes:
        glob: what it matches.
        anchored: whether it is held against the path from its folder, not against the name alone.
        folders: whether it is for folders alone.
        negated: whether it takes back what patterns before it say.
    """

    glob: str
    anchored: bool
    folders: bool
    negated: bool


class Patterns:
    """Patterns in their order, of which the last that matches counts.

    Args:
        lines: the patterns; blank lines and comments are none.

    Attributes:
        length: characters of all of them.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        parsed = (parse_pattern(line) for line in lines)
        self._patterns = [pattern for pattern in parsed if pattern][::-1]
        self._names = _Sieve([each.glob for each in self._patterns if not each.anchored])
        self._paths = _Sieve([each.glob for each in self._patterns if each.anchored])
        self.length = sum(len(each.glob) for each in self._patterns)

    def verdict(self, path: str, name: str, *, is_folder: bool) -> bool | None:
        """Tell whether the patterns choose something; None where none matches.

        Args:
            path: from the patterns' folder, its parts parted by slashes.
            name: its last part.
            is_folder: whether it is a folder.
        """
        if not (self._names.catch(name) or self._paths.catch(path)):
            return None
        for glob, anchored, folders, negated in self._patterns:
            if folders and not is_folder:
                continue
            if _matcher(glob)(path if anchored else name):
                return not negated
        return None


class _Sieve:
    """Tells at once whether any of some globs matches; of most names and paths none does.

    Args:
        globs: the globs.
    """

    def __init__(self, globs: list[str]) -> None:
        self._empty = not globs
        self._plain = frozenset(filter(_is_plain, globs))
        self._endings = tuple(glob[1:] for glob in globs if _is_ending(glob))
        others = [glob for glob in globs if not (_is_plain(glob) or _is_ending(glob))]
        self._others = "|".join(map(expression, others))

    def catch(self, text: str) -> bool:
        """Whether one of the globs matches."""
        if self._empty:
            return False
        if text in self._plain or text.endswith(self._endings):
            return True
        return bool(self._others) and _compiled(self._others)(text) is not None


def parse_pattern(line: str) -> Pattern | None:
    """Parse a line; None where it holds no pattern."""
    line = _without_end(line)
    if not line or line.startswith("#") or len(line) > LONGEST:
        return None
    negated = line.startswith("!")
    glob = line.removeprefix("!")
    folders = glob.endswith("/")
    glob = glob.removesuffix("/")
    anchored = "/" in glob
    glob = glob.removeprefix("/")
    return Pattern(glob, anchored, folders, negated) if glob else None


def _without_end(line: str) -> str:
    """Remove the spaces at the end that are not written as backslash and space."""
    line = line.removesuffix("\r")
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and bare != line else bare


def _is_plain(glob: str) -> bool:
    return not any(special in glob for special in SPECIAL)


def _is_ending(glob: str) -> bool:
    """Whether a glob is a star and how a name ends, such as `*.md`."""
    return glob[0] == "*" and "/" not in glob and _is_plain(glob[1:])


@lru_cache(REMEMBERED)
def _matcher(glob: str) -> Callable[[str], object]:
    return glob.__eq__ if _is_plain(glob) else _compiled(expression(glob))


@lru_cache(REMEMBERED)
def _compiled(wanted: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(wanted, re.DOTALL).fullmatch
