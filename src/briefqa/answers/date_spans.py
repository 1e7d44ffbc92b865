"""Dates, years, weekdays and times of day in a sentence, as they are written.

One pattern for all of them would take a tenth of a one-shot answer to compile. So each way to write
a date has its own, which is compiled when a sentence has the letters or digits that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from briefqa.conventions import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    Search = Callable[[int], Span | None]
    """Returns the first date of one form at or after a place."""

__all__ = ["NUMERIC_DATE", "WEEKDAY", "find_date_spans"]

WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
NUMERIC_DATE = (
    r"\b(?:(?:1\d|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|\d{1,2}([/.])\d{1,2}\2(?:1\d|20)\d\d)(?!\d)"
)
"""A day in figures, such as 2026-11-24."""
YEAR = r"\b(?:1\d|20)\d\ds?\b(?!,\d)"
YEARS = rf"{YEAR}(?:\s*(?:-\s*|–\s*)(?:{YEAR}|\d\d\b))?"
BEFORE_MONTH = rf"(?:{WEEKDAY},?\s+)?(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?\Z"
ENDS_BEFORE_MONTH = "tdhy,"
"""The last letters of what may stand before a month, if that is no digit: `3rd`, `Monday,`."""
AFTER_MONTH = rf"(?:\s+\d{{1,2}}\b)?(?:,?\s+{YEAR})?"
CUES: Mapping[str, tuple[str, ...]] = {
    r"\b\d{1,2}(?:st|nd|rd|th)\s+century": ("century",),
    r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m\b|[ap]\.m\b\.?)": ("am", "a.m", "pm", "p.m"),
    r"\b\d{1,4}\s+(?:BCE?|AD|CE)\b": ("BC", "AD", "CE"),
    r"\b\d{1,2}:\d\d\b": (":",),
    r"\b\d{1,2} o(?:'|’)clock\b": ("clock",),
}
"""Patterns that start with a digit, each with strings of which it needs one."""


def find_date_spans(text: str) -> Iterator[Span]:
    """Yield dates from left to right; of two that start at one place, the more explicit.

    Each form is searched for from the end of the last date only if that cut off its next match, so
    that the time is linear.
    """
    forms = [partial(_search, re.compile(pattern), text) for pattern in _patterns(text)]
    names = (name for name in (*MONTHS, *MONTH_ABBREVIATIONS) if name in text)
    months = [partial(_search_month, name, text) for name in names]
    searches: list[Search] = [*months, *forms]
    found = [search(0) for search in searches]
    while any(found):
        date = min(filter(None, found), key=_start)
        yield date
        for place, each in enumerate(found):
            if each and each.start < date.end:
                found[place] = searches[place](date.end)


def _start(date: Span) -> int:
    return date.start


def _patterns(text: str) -> Iterator[str]:
    """Yield the patterns of dates without a month that a text may have, the explicit first."""
    if any(map(str.isdigit, text)):
        between = (field for mark in "-/." for field in text.split(mark)[1:-1])
        if any(field.isdigit() and len(field) < 3 for field in between):
            yield NUMERIC_DATE
        if "1" in text or "20" in text:
            yield YEARS if "-" in text or "–" in text else YEAR
        for pattern, cues in CUES.items():
            if any(cue in text for cue in cues):
                yield pattern
    if "day" in text:
        yield rf"\b{WEEKDAY}\b"


def _search(pattern: re.Pattern[str], text: str, place: int) -> Span | None:
    match = pattern.search(text, place)
    return Span(*match.span()) if match else None


def _search_month(name: str, text: str, place: int) -> Span | None:
    """Return the first date with the name of a month from a place on."""
    start = text.find(name, place)
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start = text.find(name, start + 1)
    if start < 0:
        return None
    after = re.compile(AFTER_MONTH).match(text, start + len(name))
    ending = text[place:start].rstrip()[-1:]
    if ending and (ending.isdigit() or ending in ENDS_BEFORE_MONTH):
        before = re.compile(BEFORE_MONTH).search(text, place, start)
        start = before.start() if before else start
    return Span(start, after.end() if after else start)
