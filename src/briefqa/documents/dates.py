"""The date of a document, and dates as people write them.

A document's date is the one that it gives itself, else that of its name, of a dateline at its top,
or of its file. A date that could be read in two ways, such as 03/04/26, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from briefqa.conventions import MONTHS, WEEKDAYS
from briefqa.errors import UsageError
from briefqa.records import Record

__all__ = [
    "FIELD",
    "AmbiguousDayError",
    "DateSource",
    "DayRange",
    "DocumentDate",
    "date_modified",
    "date_of_document",
    "find_dates",
    "month_number",
    "parse_day",
    "parse_day_range",
    "valid_day",
]

EARLIEST = 1800
"""The first year that is taken for that of a document."""
ABBREVIATED = "|".join(month[:3].lower() for month in MONTHS)
MONTH = rf"(?P<month>{ABBREVIATED})(?:[a-z]{{0,6}}\b\.?|(?=[\W_\d]))"
YEAR = r"(?P<year>(?:18|19|20|21)\d\d)"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
WRITTEN = (
    rf"(?<![\d.]){YEAR}(?P<mark>[-_./])(?P<number>0?[1-9]|1[0-2])(?P=mark){DAY}(?!\d)",
    rf"(?<![\d.]){DAY}(?:st|nd|rd|th|\.)?[\s_-]*(?:of\s)?{MONTH},?[\s_-]*{YEAR}(?!\d)",
    rf"(?<![a-z]){MONTH}[\s_-]*{DAY}(?:st|nd|rd|th)?,?[\s_-]+{YEAR}(?!\d)",
    rf"(?<![\d./]){DAY}(?P<mark>[./])(?P<number>\d\d?)(?P=mark){YEAR}(?!\d)",
    rf"(?<![0-9a-z]){YEAR}(?P<number>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![0-9a-z])",
)
"""Dates with a day, a month and a year, in lower case; the last form counts in names only."""
YEAR_INSIDE = r"(?:1[89]|2[01])\d\d"
"""What all of them have, and most texts have not."""
SLASHED = 3
"""The place of the form whose day and month may be exchanged."""
FIELD = r"(?i)(?:date|dated|published|posted|issued|sent|released?)\s*(?:on|at)?\s*[:=]"
"""The beginning of a field that has the date of its document."""
FIELDS_WITHIN = 1500
"""Characters at the top of a document among which fields are looked for."""
DATELINE_WITHIN = 600
"""The same for a dateline."""
BESIDE_DATELINE = 4
"""Words beside the date in a line that is a dateline: a place, a weekday, an author."""
DASHES = ("—", "–", " - ", "--")
RELATIVE = r"(?P<count>\d{1,5})\s*(?P<unit>[dwmy])"
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LEAP_YEARS_APART = 8
"""The largest number of years between two leap years."""
EXPECTED = "2026-11-24, 24 November 2026, Nov 24, Tuesday, today, yesterday or 7d"
"""The names of a day, an example of each."""


class DateSource(StrEnum):
    """Where the date of a document was taken from."""

    METADATA = "metadata"
    """A field of the document: front matter, a header of a message, an element of a page."""
    NAME = "name"
    """The name of the file, or of a folder that it is in."""
    TEXT = "text"
    """A dateline at the top."""
    FILE = "file"
    """The time of the last change of the file."""


class DocumentDate(Record):
    """The date of a document.

    Attributes:
        day: the day.
        source: where it was taken from.
    """

    day: date
    source: DateSource


def date_of_document(
    path: str, text: str, declared: str | None = None, modified: int = 0
) -> DocumentDate | None:
    """Return the date of a document; None if it has none.

    Args:
        path: of its file.
        text: its text.
        declared: the date that its format has a place for, as written there.
        modified: the time of the last change of its file, in nanoseconds since 1970; 0 if unknown.
    """
    for day, source in (
        (_first(declared or "") or _field(text), DateSource.METADATA),
        (_named(path), DateSource.NAME),
        (_dateline(text), DateSource.TEXT),
        (date_modified(modified), DateSource.FILE),
    ):
        if day:
            return DocumentDate(day, source)
    return None


def find_dates(text: str, *, named: bool = False) -> Iterator[tuple[int, int, date]]:
    """Yield the dates in a text that have a day, a month and a year.

    Args:
        text: any text.
        named: whether it is the name of a file, where dates may lack all marks.

    Yields:
        The start and the end of each in the text, in characters, and the day. Those of one form
        come before those of the next.
    """
    if not re.search(YEAR_INSIDE, text):
        return
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    for place, form in enumerate(WRITTEN if named else WRITTEN[:-1]):
        for match in re.finditer(form, lowered):
            day = _day(match, exchangeable=place == SLASHED)
            if day:
                yield match.start(), match.end(), day


def _day(match: re.Match[str], *, exchangeable: bool) -> date | None:
    found = match.groupdict()
    month = int(found["number"]) if found.get("number") else month_number(found["month"])
    day = int(found["day"])
    if exchangeable and day != month:
        if day <= 12 and month <= 12:
            return None
        day, month = max(day, month), min(day, month)
    return valid_day(int(found["year"]), month, day)


def month_number(written: str) -> int:
    """Return the number of a month, from 1, by its name or the beginning of that in lower case."""
    return next(place for place, name in enumerate(MONTHS, 1) if name.lower().startswith(written))


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return a day; None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first(text: str, *, named: bool = False) -> date | None:
    return next((day for _, _, day in find_dates(text, named=named)), None)


def _field(text: str) -> date | None:
    """Return the date of the first field at the top of a document that has one."""
    top = text[:FIELDS_WITHIN]
    if not re.search(YEAR_INSIDE, top):
        return None
    for line in top.split("\n"):
        field = re.match(FIELD, line)
        if field and (day := _first(line[field.end() :])):
            return day
    return None


def _named(path: str) -> date | None:
    """Return the date in the name of a file, else in that of the nearest folder that has one."""
    if not re.search(YEAR_INSIDE, path):
        return None
    parts = reversed(re.split(r"[/\\]", path))
    return next((day for part in parts if (day := _first(part, named=True))), None)


def _dateline(text: str) -> date | None:
    """Return the date of a line that is a dateline, or that opens with one."""
    for line in text[:DATELINE_WITHIN].split("\n"):
        if not re.search(YEAR_INSIDE, line):
            continue
        opening = min((line.find(dash) for dash in DASHES if dash in line), default=len(line))
        for start, end, day in find_dates(line[:opening]):
            before, after = line[:start].split(), line[end:opening].split()
            alone = opening == len(line) and len(before) + len(after) <= BESIDE_DATELINE
            small = any(word[:1].islower() for word in before)
            opens = opening < len(line) and len(after) <= 1 and not small
            if alone or opens:
                return day
    return None


def date_modified(nanoseconds: int) -> date | None:
    """Return the day of a time in nanoseconds since 1970, in UTC; None for 0 and for no day."""
    if nanoseconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(nanoseconds // 10**9, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


class AmbiguousDayError(UsageError):
    """A day that a person names may be two days, as 03/04/2026."""


def parse_day(written: str, today: date, *, day_first: bool | None = None) -> date:
    """Return the day that a person names: 2026-11-24, `24 Nov 2026`, `today`, `yesterday`, `7d`.

    `7d` is seven days ago; `w`, `m` (30 days) and `y` (365 days) count likewise. `24 Nov` and
    `Tuesday` are the last such day that is not in the future.

    Args:
        written: the name.
        today: the day to count from.
        day_first: whether 03/04/2026 is in April or in March; None to refuse it.

    Raises:
        AmbiguousDayError: there are two such days.
        UsageError: there is no such day.
    """
    name = written.strip().lower()
    ago = {"today": 0, "yesterday": 1}.get(name)
    relative = re.fullmatch(RELATIVE, name)
    if relative:
        ago = int(relative["count"]) * DAYS[relative["unit"]]
    try:
        if ago is not None:
            return today - timedelta(days=ago)
    except OverflowError:
        raise UsageError(f"no day is {written} ago") from None
    slashed = re.fullmatch(r"(\d\d?)[./](\d\d?)[./](\d\d(?:\d\d)?)", name)
    day = _slashed(slashed, written, day_first) if slashed else _named_day(name, today)
    if day is None:
        raise UsageError(f"no such day: {written}; expected one such as {EXPECTED}")
    return day


class DayRange(Record):
    """A range of days.

    Attributes:
        since: the first day; None for any.
        until: the last day; None for any.
    """

    since: date | None = None
    until: date | None = None


def parse_day_range(
    since: str | None, until: str | None, *, day_first: bool | None = None
) -> DayRange:
    """Return the range of the days that a person names, as `parse_day` reads them.

    Args:
        since: the first day; None or white space for any.
        until: the last day; the same.
        day_first: whether 03/04/2026 is in April or in March; None to refuse it.

    Raises:
        AmbiguousDayError: a name may be two days.
        UsageError: a name is no day, or the first day is after the last.
    """
    today = datetime.now(UTC).astimezone().date()
    first, last = (
        parse_day(written, today, day_first=day_first) if written and written.strip() else None
        for written in (since, until)
    )
    if first and last and first > last:
        raise UsageError(f"since {first} is after until {last}")
    return DayRange(first, last)


def _named_day(name: str, today: date) -> date | None:
    """Return the day of a name in lower case, which may have a weekday, and no year."""
    first, _, rest = name.partition(" ")
    weekday = _weekday_number(first.rstrip(",."))
    if weekday is None:
        return _only(name) or _latest(name, today)
    if not rest:
        return today - timedelta((today.weekday() - weekday) % 7)
    day = _only(rest.strip()) or _latest(rest.strip(), today)
    return day if day and day.weekday() == weekday else None


def _weekday_number(written: str) -> int | None:
    """Return the number of a weekday, from 0, by its name or the beginning of that."""
    names = enumerate(WEEKDAYS) if len(written) >= 3 else ()
    return next((place for place, name in names if name.lower().startswith(written)), None)


def _latest(name: str, today: date) -> date | None:
    """Return the last day up to today that a name without its year stands for."""
    years = range(today.year, today.year - LEAP_YEARS_APART - 1, -1)
    days = (_only(f"{name} {year}") for year in years)
    return next((day for day in days if day and day <= today), None)


def _only(name: str) -> date | None:
    """Return the day that is all of a name."""
    whole = (day for start, end, day in find_dates(name) if (start, end) == (0, len(name)))
    return next(whole, None)


def _slashed(match: re.Match[str], written: str, day_first: bool | None) -> date | None:
    one, other, year = (int(part) for part in match.groups())
    year += 2000 if year < 100 else 0
    if day_first is None and one <= 12 and other <= 12 and one != other:
        raise AmbiguousDayError(f"{written} may be two days; write {year}-{one:02}-{other:02} or "
                                f"{year}-{other:02}-{one:02}")  # fmt: skip
    if day_first or (day_first is None and one > 12):
        return valid_day(year, other, one)
    return valid_day(year, one, other)
