"""Globs: from what stands for names and paths to an expression that matches them.

Whoever wrote one may be hostile, so that it may take no more time than its length times the name's.
Therefore what stands between two stars is taken at its first place, and no other is tried; a match
is found all the same, since the star after it takes anything.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["expression"]

UNCLOSED = "["
TOKEN = r"\*+|\?|\[[!^]?+\]?+(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|/|[^*?/\[\\]+"
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


def expression(glob: str) -> str:
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
