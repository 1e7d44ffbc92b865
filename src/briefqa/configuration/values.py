"""What may be written, on the command line and in a file alike, and what it means."""

from __future__ import annotations

from briefqa.errors import UsageError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "COLORS",
    "choice",
    "color",
    "output_format",
    "pattern",
    "size",
    "size_written",
    "suggestion",
    "top",
]

COLORS = ("auto", "always", "never")
UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
SIZE_DIGITS = 15
"""Digits of a size at the most."""


def choice(value: str, choices: Sequence[str], kind: str = "") -> str:
    """Return `value` if it is one of the choices.

    Args:
        value: what is written.
        choices: what may be.
        kind: what they are, for the message.

    Raises:
        UsageError: it is none; the message names the closest.
    """
    if value in choices:
        return value
    hint = suggestion(value, choices) or f"it is one of {', '.join(choices)}"
    raise UsageError(f"there is no {kind}{' ' if kind else ''}{value}; {hint}")


def suggestion(word: str, known: Sequence[str]) -> str | None:
    """Ask whether the closest of the known words was meant; None where none is close."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else None


def pattern(value: str) -> str:
    """Return a pattern of names.

    Raises:
        UsageError: it can match nothing.
    """
    from briefqa.documents.gitignore import parse_pattern

    if parse_pattern(value) is None:
        raise UsageError(f"{value or 'an empty text'} is no pattern such as *.md or drafts/")
    return value


def size(value: str) -> int:
    """Return the bytes of a size such as 64M.

    Raises:
        UsageError: it is none.
    """
    written = value.upper()
    written = written.removesuffix("IB" if written.endswith("IB") else "B")
    digits = written.rstrip("KMGT")
    unit = UNITS.get(written[len(digits) :])
    if unit is None or not (digits.isascii() and digits.isdigit() and len(digits) <= SIZE_DIGITS):
        raise UsageError(f"{value} is not a size such as 64M or 1G")
    return int(digits) * unit


def size_written(value: int) -> str:
    """Write a size in the largest unit that it is whole in, as `size` reads it."""
    unit = max((unit for unit in UNITS if value % UNITS[unit] == 0), key=UNITS.__getitem__)
    return f"{value // UNITS[unit]}{unit}"


def top(value: str) -> int:
    """Return how many excerpts are asked for.

    Raises:
        UsageError: it is no number, or out of range.
    """
    from briefqa.assistant import MAX_TOP

    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MAX_TOP:
        return int(value)
    raise UsageError(f"{value} is not a number from 1 to {MAX_TOP}")


def output_format(value: str) -> str:
    """Return the name of a format.

    Raises:
        UsageError: there is none of that name.
    """
    from briefqa.output import FORMATS

    return choice(value, tuple(FORMATS))


def color(value: str) -> str:
    """Return when colour is wanted.

    Raises:
        UsageError: it is none of `COLORS`.
    """
    return choice(value, COLORS)
