"""The dates that a text mentions, also those that need the date of its document, as "on Friday".

What could be read in two ways, or is no day, is reported and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from briefqa.conventions import MONTH_STARTS, MONTHS, NUMBERS, WEEKDAYS
from briefqa.documents.dates import month_number, parse_day, valid_day
from briefqa.errors import UsageError
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["DateMention", "Reason", "find_mentions", "may_mention"]

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = r"(?:st|nd|rd|th)?"
YEAR = r"(?:1\d|20|21)\d\d"
LIKELY_YEAR = r"(?:(?:18|19|20|21)\d\d|1[0-7]\d\d(?=[,.;:)]))"
"""A number that is a year if "in" or the like stands before it; "in 1200 homes" has none."""
NAMES = "|".join(
    name for month in MONTHS for name in (rf"{month[:3]}(?:{month[3:]})?", rf"{month}".upper())
)
MONTH = rf"\b(?P<month>Sept|{NAMES})\b(?:\.(?=,?\s+\d))?"
"""The name of a month has a capital: "may" and "march" are other words."""
TO = r"\s?[-\N{EN DASH}]\s?"
JOIN = r"(?:\s?[-\N{EN DASH}]\s?|\s+(?:and|or|to|until|till|through)\s+(?:the\s+)?)"
LAST_DAY = rf"{DAY}{ORDINAL}(?:{TO}{DAY}{ORDINAL})?"
LAST_MONTH = rf"(?P<last_month>Sept|{NAMES})\b\.?"
LAST_YEAR = rf"(?P<last_year>{YEAR})\b"
CUES = (
    r"[12]\d\d\d|\d/\d|day\b|night\b|morrow\b|\bago\b|\b(?:[Tt]his|[Ll]ast|[Nn]ext|[Cc]oming)\s"
    rf"|\b(?:{'|'.join(MONTH_STARTS)})"
)
"""A text without any of these mentions no date."""
BETWEEN = re.compile(r",?\s*\(?(?:the\s)?")
"""What stands between a weekday and its date."""
COMING = (
    r"\b(?:will|shall|would|may|might|to be|is to|are to|due|upcoming"
    r"|(?:moved|put off|postponed|delayed|deferred|adjourned|rescheduled|extended) (?:to|until|for)"
    r"|(?:set|going|about|agreed|hop(?:es?|ed)|aim(?:s|ed)?|want(?:s|ed)?) to"
    r"|(?:expect|plan|schedul|intend)(?:s|e?d|ned)?)\b"
)
PAST = (
    r"\b(?<!\bbe )(?:was|were|had|did|said|told|met|took|came|went|made|gave|began|held|left|rose"
    r"|fell|won|lost|sent|ran|saw|spoke|wrote|sank|sold|bought|brought|fought|built|kept|paid|became"
    r"|grew|drew|flew|struck|broke|drove|stood|found|got|hit|(?!hundred)[a-z]{2,}[^\We]ed)\b"
)
MARKER = rf"(?P<coming>{COMING})|{PAST}"
"""The verbs that tell whether a day that is named without its year or week is past or coming."""
AROUND = 300
"""Characters before and after a date in which that verb is looked for."""
DIRECTLY_BEFORE = 3
"""Words before a date among which the verb that belongs to it is looked for first."""


class Reason(StrEnum):
    """Why a date that is mentioned is no day or days of the calendar."""

    UNCLEAR = "unclear"
    """It may be two days, as 03/04/2026, or there is no such day."""
    UNDATED = "undated"
    """It needs the date of its document, which does not tell it."""


class DateMention(Record):
    """A date that a text mentions.

    Attributes:
        span: characters of the text.
        first: the first day that it stands for; None for an unclear or undated one.
        last: the last day; that of a month, a week or a year is not the first.
        is_relative: whether it is counted from the date of the document.
        reason: why it stands for no day; None if it does.
    """

    span: Span
    first: date | None
    last: date | None
    is_relative: bool
    reason: Reason | None = None


class _Context(Record):
    """What a mention is read by.

    Attributes:
        dated: the date of the document; None if it states none.
        before: the text before the mention, in its sentence; at most `AROUND` characters.
        after: the text after it, likewise.
        day_first: whether 03/04/2026 is in April; None if that is not known.
    """

    dated: date | None
    before: str
    after: str
    day_first: bool | None

    @property
    def today(self) -> date:
        """The date of the document.

        Raises:
            _UndatedError: it states none.
        """
        if self.dated is None:
            raise _UndatedError
        return self.dated

    def nearest(self, days: list[date], which: str | None) -> date:
        """Return the one of some days that is meant: the last, the next or the nearest.

        Args:
            days: the days.
            which: the word before the day; None if there is none.

        Raises:
            ValueError: there is no such day.
        """
        direction = {"last": -1, "next": 1}.get(which or "") or self._direction()
        beyond = [day for day in days if (day - self.today).days * direction >= 0]
        return min(beyond, key=lambda day: abs(day - self.today))

    def _direction(self) -> int:
        """Return whether the sentence speaks of what is coming, 1, of the past, -1, or neither."""
        near = " ".join(self.before.split()[-DIRECTLY_BEFORE:])
        for part in (near, self.before):
            if re.search(COMING, part):
                return 1
            if re.search(PAST, part):
                return -1
        marker = re.search(MARKER, self.after)
        return 0 if marker is None else 1 if marker["coming"] else -1


class _UndatedError(Exception):
    """The date of the document is needed, but not stated."""


Days = tuple[date, date]
"""The first and the last day."""


def find_mentions(
    sentence: str, dated: date | None, *, day_first: bool | None = None
) -> list[DateMention]:
    """Return the dates that a sentence mentions, in order.

    Days without a year and weekdays are those that are nearest to the date of the document: before
    it if the verb is in the past tense, after it if that speaks of the future.

    Args:
        sentence: the text.
        dated: the date of its document; None if that states none.
        day_first: whether 03/04/2026 is in April or in March; None if that is not known.
    """
    if not may_mention(sentence):
        return []
    found: list[DateMention] = []
    weekdays: list[DateMention] = []
    taken = bytearray(len(sentence))
    for form, days_of in _forms():
        for match in form.finditer(sentence):
            named = [match.start(name) for name, part in match.groupdict().items() if part]
            span = Span(min(named, default=match.start()), match.end())
            if any(taken[span.start : span.end]):
                continue
            before = sentence[max(0, span.start - AROUND) : span.start]
            after = sentence[span.end : span.end + AROUND]
            context = _Context(dated, before, after, day_first)
            mention = _mention(match, span, context, days_of)
            if days_of is _weekday:
                weekdays.append(mention)
            else:
                found.append(mention)
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
    found += _without_dates(weekdays, found, sentence)
    return sorted(found, key=lambda each: each.span)


def may_mention(text: str) -> bool:
    """Return whether a text may mention a date; if not, `find_mentions` finds none."""
    return re.search(CUES, text) is not None


def _mention(
    match: re.Match[str], span: Span, context: _Context, days_of: Callable[..., Days]
) -> DateMention:
    try:
        first, last = days_of(match, context)
    except _UndatedError:
        return DateMention(span, None, None, True, Reason.UNDATED)
    except (OverflowError, UsageError, ValueError):
        return DateMention(span, None, None, False, Reason.UNCLEAR)
    groups = match.groupdict()
    relative = days_of not in COMPLETE and not (groups.get("year") or groups.get("last_year"))
    return DateMention(span, first, last, relative)


def _without_dates(
    weekdays: list[DateMention], found: list[DateMention], sentence: str
) -> list[DateMention]:
    """Return the weekdays that do not belong to a date beside them, as in "Friday, April 10"."""
    dates = [each.span for each in found if any(map(str.isdigit, each.span.slice(sentence)))]
    starts = {date.start for date in dates}
    follows = {_after_gap(sentence, date.end) for date in dates}
    return [
        each
        for each in weekdays
        if each.span.start not in follows and _after_gap(sentence, each.span.end) not in starts
    ]


def _after_gap(sentence: str, place: int) -> int:
    """Return where what follows a weekday or its date begins."""
    gap = BETWEEN.match(sentence, place)
    return gap.end() if gap else place


@cache
def _forms() -> list[tuple[re.Pattern[str], Callable[..., Days]]]:
    """Return how dates are written, and what reads each form; earlier forms go first."""
    which = r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming)"
    since = (
        r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ll]ate|[Ee]arly|[Mm]id|[Aa]fter"
        r"|[Bb]efore|[Tt]hrough|[Aa]s of|[Aa]round"
    )
    counts = "|".join((r"\d{1,3}", "an?", *NUMBERS[1:]))
    forms = {
        rf"{MONTH}\s+(?P<day>{DAY}){ORDINAL}(?:{TO}(?P<until>{DAY}){ORDINAL})?"
        rf"(?:,?\s+(?P<year>{YEAR})\b|(?={JOIN}{LAST_MONTH}\s+{LAST_DAY},?\s+{LAST_YEAR})"
        r"|(?![\d%]|[,.]\d|\s(?:percent|per cent|million|billion)))":
            _day_of_month,
        rf"(?<![\d.,$/])\b(?P<day>{DAY}){ORDINAL}(?:{TO}(?P<until>{DAY}){ORDINAL})?"
        rf"[\s-]+(?:of\s+)?{MONTH}(?:,?[\s-]+(?P<year>{YEAR})\b"
        rf"|(?={JOIN}{LAST_DAY}[\s-]+(?:of\s+)?{LAST_MONTH},?[\s-]+{LAST_YEAR}))?": _day_of_month,
        rf"(?<![\d./-])(?:{YEAR}([-/.])(?:0?[1-9]|1[0-2])\1{DAY}(?![\d/-])"
        rf"|{DAY}/{DAY}/(?:{YEAR}|\d\d)(?![\d/])|{DAY}\.{DAY}\.{YEAR}(?!\.?\d))": _numeric,
        rf"{MONTH},?\s+(?:of\s+)?(?P<year>{YEAR})\b": _month,
        rf"\b(?:{which}\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b": _weekday,
        rf"\b(?P<count>(?i:{counts}))\s+(?P<unit>day|week|month|year)s?\s+ago\b": _ago,
        rf"\b{which}\s+(?P<unit>week|month|year|morning|afternoon|evening|night)\b(?!\s+of\b)":
            _period,
        r"\b(?P<word>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)\b(?!['’]s)": _beside_today,
        rf"(?:{since}|(?:[Ee]nd|[Ss]tart|[Bb]eginning|[Mm]iddle)\s+of)|\b{which})[\s-]+{MONTH}"
        r"(?!\s+\d)": _month,
        rf"{since}|[Ff]rom|[Bb]etween|[Yy]ears?)[\s-]+(?P<year>{LIKELY_YEAR})"
        rf"(?:\s?(?:-|\N{{EN DASH}}|to|and)\s?(?P<until>{LIKELY_YEAR}))?\b"
        r"(?![-/]\d|[,.]\d|\s?%)": _years,
    }  # fmt: skip
    return [(re.compile(form), days_of) for form, days_of in forms.items()]


def _day_of_month(match: re.Match[str], context: _Context) -> Days:
    month, day = month_number(match["month"].lower()), int(match["day"])
    if match["year"]:
        first = date(int(match["year"]), month, day)
    elif match["last_year"]:
        # The year is written once, after the last day: "30 December to 2 January 2026".
        year_before = month_number(match["last_month"].lower()) < month
        first = date(int(match["last_year"]) - year_before, month, day)
    else:
        # The day may be one of a leap year.
        years = range(context.today.year - 8, context.today.year + 9)
        days = (valid_day(year, month, day) for year in years)
        first = context.nearest([each for each in days if each], None)
    last = first.replace(day=int(match["until"])) if match["until"] else first
    if last < first:
        raise ValueError(match[0])
    return first, last


def _numeric(match: re.Match[str], context: _Context) -> Days:
    day = parse_day(match[0], date.min, day_first=context.day_first)
    return day, day


def _month(match: re.Match[str], context: _Context) -> Days:
    month, groups = month_number(match["month"].lower()), match.groupdict()
    if groups.get("year"):
        return _month_of(date(int(groups["year"]), month, 1))
    today = context.today
    if month == today.month and groups["which"] is None:
        return _month_of(today)
    which = (groups["which"] or "").lower()
    months = [date(today.year + years, month, 1) for years in (-1, 0, 1)]
    others = [first for first in months if first != today.replace(day=1)]
    return _month_of(context.nearest(others, which))


def _weekday(match: re.Match[str], context: _Context) -> Days:
    which = (match["which"] or "").lower()
    after = (WEEKDAYS.index(match["weekday"]) - context.today.weekday()) % 7
    days = [context.today + timedelta(after + 7 * weeks) for weeks in (-1, 0, 1)]
    if which in ("last", "next"):
        days = [day for day in days if day != context.today]
    elif which:
        return days[1], days[1]
    day = context.nearest(days, which)
    return day, day


def _ago(match: re.Match[str], context: _Context) -> Days:
    written = match["count"].lower()
    count = int(written) if written.isdigit() else max(1, _count(written))
    match match["unit"]:
        case "day":
            day = context.today - timedelta(count)
            return day, day
        case unit:
            return _unit_of(context.today, unit, -count)


def _count(written: str) -> int:
    return NUMBERS.index(written) if written in NUMBERS else 1


def _period(match: re.Match[str], context: _Context) -> Days:
    ahead = {"last": -1, "this": 0, "next": 1, "coming": 1}[match["which"].lower()]
    if match["unit"] in ("week", "month", "year"):
        return _unit_of(context.today, match["unit"], ahead)
    day = context.today + timedelta(ahead)
    return day, day


def _beside_today(match: re.Match[str], context: _Context) -> Days:
    ahead = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
    day = context.today + timedelta(ahead)
    return day, day


def _years(match: re.Match[str], context: _Context) -> Days:
    first, last = int(match["year"]), int(match["until"] or match["year"])
    if last < first:
        raise ValueError(match[0])
    return date(first, 1, 1), date(last, 12, 31)


def _unit_of(today: date, unit: str, ahead: int) -> Days:
    """Return the week from Monday, the month or the year that is so many after that of a day."""
    if unit == "week":
        monday = today - timedelta(today.weekday()) + timedelta(weeks=ahead)
        return monday, monday + timedelta(6)
    if unit == "year":
        return date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)
    months = today.year * 12 + today.month - 1 + ahead
    return _month_of(date(months // 12, months % 12 + 1, 1))


def _month_of(day: date) -> Days:
    first = day.replace(day=1)
    following = (first + timedelta(31)).replace(day=1)
    return first, following - timedelta(1)


COMPLETE = (_numeric, _years)
"""What reads forms that need no other date."""
