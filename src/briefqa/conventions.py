"""Conventions of texts: English names, marks of list items, what separates the cells of a row."""

from __future__ import annotations

__all__ = [
    "ARTICLES",
    "BULLETS",
    "CELL_SEPARATOR",
    "MONTHS",
    "MONTH_ABBREVIATIONS",
    "MONTH_STARTS",
    "NUMBERS",
    "TENS",
    "WEEKDAYS",
    "word_set",
]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text that blanks separate."""
    return frozenset(words.split())


MONTHS = (
    "January February March April May June July August September October November December"
).split()
MONTH_ABBREVIATIONS = "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec.".split()
MONTH_STARTS = [start for month in MONTHS for start in (month[:3], month[:3].upper())]
"""How a month starts that has a capital: "may" and "march" are other words."""
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
"""The names of 20, 30 ... 90."""
ARTICLES = frozenset("a an any the".split())

BULLETS = "-*+•‣◦·–—●○▪■□◆►➢✓✔☐☑❑"
"""The characters that mark items of lists; the hyphen is first, for a class of a pattern."""
CELL_SEPARATOR = " | "
"""What readers put between the cells of a row."""
