"""Finds the line of each key of a TOML file, which Python's TOML parser does not report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

__all__ = ["is_deep", "line_of", "locate"]

DEEPEST = 100
"""The largest number of dots in a key."""

PIECE = (
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}'''
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[{]|[\]}]|=|\n"""
)
"""What matters for where statements begin and end: strings, comments, brackets."""


def locate(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of each key and table, from 1, by its full key.

    Args:
        text: valid TOML.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            here = table = _key(statement)
        else:
            here = (*table, *_key(f"{statement}= 0"))
        for length in range(1, len(here) + 1):
            found.setdefault(here[:length], line)
    return found


def is_deep(text: str) -> bool:
    """Whether a key has so many parts that the parser, which is quadratic in them, takes long."""
    if all(line.count(".") <= DEEPEST for line in text.split("\n")):
        return False
    return any(statement.count(".") > DEEPEST for _, statement in _statements(text))


def line_of(path: tuple[str, ...], lines: Mapping[tuple[str, ...], int]) -> int | None:
    """Return the line of a key, or else of the nearest table above it; None if there is none.

    Args:
        path: the full key.
        lines: what `locate` returns.
    """
    above = (lines.get(path[:length]) for length in range(len(path), 0, -1))
    return next(filter(None, above), None)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first line of each statement, and its text up to the value."""
    line, begins, start, depth, says = 1, 1, 0, 0, ""
    for piece in re.finditer(PIECE, f"{text}\n", re.DOTALL):
        mark = piece.group()
        line += mark.count("\n")
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif depth or mark[0] in "\"'":
            continue
        else:
            says = says or text[start : piece.start()].strip()
        if mark == "\n" and not depth:
            if says:
                yield begins, says
            begins, start, says = line, piece.end(), ""


def _key(statement: str) -> tuple[str, ...]:
    """Return the parts of the key that a table header or an assignment sets."""
    found: object = tomllib.loads(statement)
    parts = []
    while isinstance(found, dict) and found:
        ((part, found),) = found.items()
        parts.append(part)
        if isinstance(found, list):
            found = found[0]
    return tuple(parts)
