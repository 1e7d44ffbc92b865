"""Patterns of names, as `.gitignore` has them (gitignore(5)).

Whoever wrote them may be hostile, so that one may take no more time than its length times the
name's. Therefore what stands between two stars is taken at its first place, and no other is tried;
a match is found all the same, since the star after it takes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from briefqa.records import Record

__all__ = ["Pattern", "Patterns", "parse_pattern"]

LONGEST = 1024
"""Characters of a pattern at the most; a longer one matches nothing."""
UNCLOSED = "["
SPECIAL = "*?[\\"
TOKEN = r"\*+|\?|\[[!^]?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|/|[^*?/\[\\]+"
"""What is one thing in a path: stars, a character, some in brackets, a slash, or plain text."""
MEMBER = r"\[:(\w+):\]|(\\.|[^\\])(?:-(\\.|[^\\\]]))?"
"""What may be one thing between brackets: a class, a range, a character."""
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
        matches: tells whether it matches a name, or a path where it is `anchored`.
        anchored: whether it is held against the path from its folder, not against the name alone.
        folders: whether it is for folders alone.
        negated: whether it takes back what patterns before it say.
    """

    matches: Callable[[str], object]
    anchored: bool
    folders: bool
    negated: bool


class Patterns:
    """Patterns in their order, of which the last that matches counts.

    Args:
        lines: the patterns; blank lines and comments are none.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        parsed = (parse_pattern(line) for line in lines)
        self._patterns = [pattern for pattern in parsed if pattern][::-1]

    def __len__(self) -> int:
        return len(self._patterns)

    def verdict(self, path: str, name: str, *, is_folder: bool) -> bool | None:
        """Tell whether the patterns choose something; None where none matches.

        Args:
            path: from the patterns' folder, its parts parted by slashes.
            name: its last part.
            is_folder: whether it is a folder.
        """
        for pattern in self._patterns:
            if pattern.folders and not is_folder:
                continue
            if pattern.matches(path if pattern.anchored else name):
                return not pattern.negated
        return None


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
    return Pattern(_matcher(glob, anchored), anchored, folders, negated) if glob else None


def _without_end(line: str) -> str:
    """Remove the spaces at the end that are not written as backslash and space."""
    line = line.removesuffix("\r")
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and bare != line else bare


def _matcher(glob: str, anchored: bool) -> Callable[[str], object]:
    if _is_plain(glob):
        return glob.__eq__
    if not anchored and glob[0] == "*" and _is_plain(glob[1:]):
        return _ending(glob[1:])
    return re.compile(_expression(glob), re.DOTALL).fullmatch


def _is_plain(glob: str) -> bool:
    return not any(special in glob for special in SPECIAL)


def _ending(end: str) -> Callable[[str], object]:
    return lambda name: name.endswith(end)


def _expression(glob: str) -> str:
    """Return the expression of a path; two stars alone stand for any number of folders."""
    runs: list[list[str]] = [[]]
    for part in _parts(glob):
        if len(part) == 1 and part[0].startswith("**"):
            runs.append([])
        else:
            runs[-1].append(_name(part))
    first, *others = ["/".join(run) for run in runs]
    if not others:
        return first
    *middle, last = others
    beginning = f"{first}/" if first else ""
    inner = "".join(f"(?>(?:[^/]+/)*?{run}/)" for run in middle if run)
    return f"{beginning}{inner}" + (f"(?:[^/]+/)*?{last}" if last else ".+")


def _parts(glob: str) -> list[list[str]]:
    """Return the parts between slashes, each taken apart into what is one thing."""
    parts: list[list[str]] = [[]]
    place = 0
    while token := _token().match(glob, place):
        place = token.end()
        if token.group() == "/":
            parts.append([])
        else:
            parts[-1].append(token.group())
    return parts if place == len(glob) else [[UNCLOSED]]


def _name(tokens: list[str]) -> str:
    """Return the expression of one part of a path."""
    pieces = [""]
    for token in tokens:
        if token[0] == "*":
            pieces.append("")
        else:
            pieces[-1] += _one(token)
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


def _one(token: str) -> str:
    """Return the expression of what stands for itself, or for one character."""
    if token == "?":
        return "[^/]"
    if token == UNCLOSED:
        return NEVER
    if token[0] == "[":
        return _bracket(token[1:-1])
    return re.escape(token[1:] if token[0] == "\\" else token)


def _bracket(inside: str) -> str:
    """Return the expression of a character of some, or of none of some."""
    negated = inside[0] in "!^"
    members = "".join(map(_members, _member().finditer(inside, negated)))
    if negated:
        return f"[^/{members}]"
    return f"(?!/)[{members}]" if members else NEVER


def _members(found: re.Match[str]) -> str:
    name, first, last = found.groups()
    if name:
        return CLASSES.get(name, "")
    first, last = (each and each[-1] for each in (first, last))
    if last is None or last < first:
        return re.escape(first)
    return f"{re.escape(first)}-{re.escape(last)}"
