"""Numbers of items, headings and notes as documents show them."""

from __future__ import annotations

__all__ = ["RAISED", "written_number"]

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""From digits to those of the numbers of notes."""
LETTERED = 78
"""The last number that letters stand for, `zzz`: they grow with the number."""


def written_number(number: int, form: str) -> str:
    """Return a number as it is written.

    Args:
        number: the number.
        form: `lowerLetter`, `upperLetter`, `lowerRoman`, `upperRoman`, `decimalZero`; any other is
            in decimals.
    """
    if 0 < number <= LETTERED and form.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if 0 < number < 5000 and form.endswith("Roman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
