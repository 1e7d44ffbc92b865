"""Patterns of paths, as in a `.gitignore` (gitignore(5)).

The author of a pattern may be hostile, so a match must take time at most proportional to the length
of the pattern times that of the path. Backtracking matchers do not guarantee that: on a name of 120
letters, the pattern `*a*a*a*a*a*b` takes 4.4 s with pathspec 1.1.1 and 0.07 ms here. The regular
expressions of this module are atomic: the text between two stars is matched at its first place, and
no other is tried. This finds a match whenever there is one, since the next star matches anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from briefqa.records import Record

__all__ = ["Pattern", "PatternList", "parse_pattern"]

LENGTH_LIMIT = 1024
"""Characters; a longer pattern matches nothing."""
SPECIAL = "*?[\\"
CACHE_SIZE = 4096
"""The number of compiled patterns that are cached."""

TOKEN = r"\*+|\?|\[[!^]?+\]?+(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|/|[^*?/\[\\]+"
"""A token of a glob: stars, one character, a bracket expression, a slash, or literal text."""
UNCLOSED = "["
"""Stands for a glob with a bracket that is not closed."""
MEMBER = r"\[:(\w+):\]|(\\.|[^\\])(?:-(\\.|[^\\\]]))?"
"""A member of a bracket expression: a class, a range, a character."""
CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "digit": "0-9",
    "lower": "a-z",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
NEVER = "(?!)"


class Pattern(Record):
    """A pattern.

    Attributes:
        glob: what it matches.
        anchored: whether it is matched with the path relative to its folder, rather than with
            the name alone.
        folders_only: whether it matches only folders.
        negated: whether a match cancels that of an earlier pattern.
    """

    glob: str
    anchored: bool
    folders_only: bool
    negated: bool


class PatternList:
    """Patterns in order; the last that matches decides.

    Args:
        lines: the patterns; blank lines and comments are skipped.

    Attributes:
        length: the total number of characters of the patterns.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        parsed = (parse_pattern(line) for line in lines)
        self._patterns = [pattern for pattern in parsed if pattern][::-1]
        self._names = _GlobSet([each.glob for each in self._patterns if not each.anchored])
        self._paths = _GlobSet([each.glob for each in self._patterns if each.anchored])
        self.length = sum(len(each.glob) for each in self._patterns)

    def match(self, path: str, name: str, *, is_folder: bool) -> bool | None:
        """Match a path with the patterns.

        Args:
            path: relative to the folder of the patterns, with slashes.
            name: its last part.
            is_folder: whether it is a folder.

        Returns:
            Whether the pattern that decides is not negated; None if no pattern matches.
        """
        if not (self._names.matches(name) or self._paths.matches(path)):
            return None
        for pattern in self._patterns:
            if pattern.folders_only and not is_folder:
                continue
            if _matcher(pattern.glob)(path if pattern.anchored else name):
                return not pattern.negated
        return None


class _GlobSet:
    """Matches a text with several globs at once, since most texts match none.

    Args:
        globs: the globs.
    """

    def __init__(self, globs: list[str]) -> None:
        self._empty = not globs
        self._literals = frozenset(filter(_is_literal, globs))
        self._suffixes = tuple(glob[1:] for glob in globs if _is_suffix(glob))
        others = [glob for glob in globs if not (_is_literal(glob) or _is_suffix(glob))]
        self._others = "|".join(map(_expression, others))

    def matches(self, text: str) -> bool:
        """Return whether one of the globs matches."""
        if self._empty:
            return False
        if text in self._literals or text.endswith(self._suffixes):
            return True
        return bool(self._others) and _compiled(self._others)(text) is not None


def parse_pattern(line: str) -> Pattern | None:
    """Parse a line; return None if it holds no pattern."""
    line = _without_trailing_spaces(line)
    if not line or line.startswith("#") or len(line) > LENGTH_LIMIT:
        return None
    negated = line.startswith("!")
    glob = line.removeprefix("!")
    folders_only = glob.endswith("/")
    glob = glob.removesuffix("/")
    anchored = "/" in glob
    glob = glob.removeprefix("/")
    return Pattern(glob, anchored, folders_only, negated) if glob else None


def _without_trailing_spaces(line: str) -> str:
    """Remove the spaces at the end, except one that is escaped by a backslash."""
    line = line.removesuffix("\r")
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and bare != line else bare


def _is_literal(glob: str) -> bool:
    return not any(special in glob for special in SPECIAL)


def _is_suffix(glob: str) -> bool:
    """Return whether a glob is a star and literal text, such as `*.md`."""
    return glob[0] == "*" and "/" not in glob and _is_literal(glob[1:])


@lru_cache(CACHE_SIZE)
def _matcher(glob: str) -> Callable[[str], object]:
    return glob.__eq__ if _is_literal(glob) else _compiled(_expression(glob))


@lru_cache(CACHE_SIZE)
def _compiled(expression: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(expression, re.DOTALL).fullmatch


def _expression(glob: str) -> str:
    """Return the regular expression of a glob; a part `**` matches any number of folders."""
    runs: list[list[str]] = [[]]
    for part in _split(glob):
        if len(part) == 1 and part[0].startswith("**"):
            runs.append([])
        else:
            runs[-1].append(_part_expression(part))
    first, *others = ["/".join(run) for run in runs]
    if not others:
        return first
    *middle, last = others
    beginning = f"{first}/" if first else ""
    inner = "".join(f"(?>(?:[^/]+/)*?{run}/)" for run in middle if run)
    return f"{beginning}{inner}" + (f"(?:[^/]+/)*?{last}" if last else ".+")


def _split(glob: str) -> list[list[str]]:
    """Return the tokens of each part between slashes."""
    parts: list[list[str]] = [[]]
    position = 0
    while token := _token().match(glob, position):
        position = token.end()
        if token.group() == "/":
            parts.append([])
        else:
            parts[-1].append(token.group())
    return parts if position == len(glob) else [[UNCLOSED]]


def _part_expression(tokens: list[str]) -> str:
    """Return the expression of one part of a path."""
    pieces = [""]
    for token in tokens:
        if token[0] == "*":
            pieces.append("")
        else:
            pieces[-1] += _token_expression(token)
    first, *others = pieces
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + f"[^/]*{last}"


@cache
def _token() -> re.Pattern[str]:
    return re.compile(TOKEN, re.DOTALL)


@cache
def _member() -> re.Pattern[str]:
    return re.compile(MEMBER, re.DOTALL)


def _token_expression(token: str) -> str:
    """Return the expression of a token that is neither stars nor a slash."""
    if token == "?":
        return "[^/]"
    if token == UNCLOSED:
        return NEVER
    if token[0] == "[":
        return _bracket_expression(token[1:-1])
    return re.escape(token[1:] if token[0] == "\\" else token)


def _bracket_expression(inside: str) -> str:
    negated = inside[0] in "!^"
    members = "".join(map(_member_expression, _member().finditer(inside, negated)))
    if negated:
        return f"[^/{members}]"
    return f"(?!/)[{members}]" if members else NEVER


def _member_expression(match: re.Match[str]) -> str:
    name, first, last = match.groups()
    if name:
        return CLASSES.get(name, "")
    first, last = (each and each[-1] for each in (first, last))
    if last is None or last < first:
        return re.escape(first)
    return f"{re.escape(first)}-{re.escape(last)}"
