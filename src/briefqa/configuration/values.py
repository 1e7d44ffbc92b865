"""Values that the command line and configuration files have in common, and their checks."""

from __future__ import annotations

from briefqa.errors import UsageError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "COLORS",
    "bytes_written",
    "choice",
    "color",
    "count",
    "output_format",
    "pattern",
    "size",
    "size_written",
    "suggestion",
    "top",
]

COLORS = ("auto", "always", "never")
UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
COUNT_DIGITS = 9
"""The largest number of digits in a number of items."""
SIZE_DIGITS = 15
"""The largest number of digits in a size."""


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
    if value.isascii() and value.isdigit() and len(value) <= COUNT_DIGITS and int(value) >= least:
        return int(value)
    raise UsageError(f"expected a number from {least}, got {value or 'nothing'}")


def top(value: str) -> int:
    """Return a number of excerpts.

    Raises:
        UsageError: it is not a number from 1 to `MAX_TOP`.
    """
    from briefqa.assistant import MAX_TOP

    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MAX_TOP:
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
