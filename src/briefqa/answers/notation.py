"""Numbers, units and dates in one notation, however they are written.

4.50 per cent, 4.5 percent and 4.5% are `4.5%`; twelve is `12`; 3.2 million euros and €3.2m are
`3200000EUR`; March 12, 2027 is `2027-03-12`, and 12 March `--03-12`, as ISO 8601:1988 has it.
"""

from __future__ import annotations

import re

from briefqa.answers.date_spans import WEEKDAY
from briefqa.conventions import MONTH_STARTS, MONTHS, NUMBERS, TENS

__all__ = ["in_one_notation"]

WORDS = {word: number for number, word in enumerate(NUMBERS)} | {
    word: 10 * number for number, word in enumerate(TENS, 2)
}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 1000,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
}
MEASURES = {
    "%": r"%|percent|per cent|pct",
    "pp": r"percentage points?",
    "USD": r"US\$|\$|dollars?|USD",
    "EUR": r"€|euros?|EUR",
    "GBP": r"£|pounds?|GBP",
    "JPY": r"¥|yen",
    "km/h": r"km/h|kph|kilomet(?:re|er)s? per hour",
    "mi/h": r"mph|miles? per hour",
    "km": r"km|kilomet(?:re|er)s?",
    "cm": r"cm|centimet(?:re|er)s?",
    "mm": r"mm|millimet(?:re|er)s?",
    "m": r"m|met(?:re|er)s?",
    "mi": r"miles?",
    "kg": r"kg|kilo(?:gram)?s?",
    "g": r"g|grams?",
    "t": r"tonnes?",
    "l": r"l|lit(?:re|er)s?",
    "ha": r"ha|hectares?",
    "°": r"°C?|degrees?(?: Celsius)?",
}
"""Units that are written in several ways."""

MONTH = "|".join(
    rf"{name[:3]}(?:{'t|T|' if name[:3] in ('Sep', 'SEP') else ''}{name[3:]}\b)?\b\.?"
    for month in MONTHS
    for name in (month, month.upper())
)
"""A month in capitals: may and march are verbs."""
YEAR = r"(?:1[89]|2[01])\d\d"
"""What each date has that has a year."""
ISO = r"\d{4}-\d\d-\d\d|--\d\d-\d\d"
DAY = r"(?P<{}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
DAY_OF_MONTH = (
    rf"\b{DAY.format('before')}(?:\s+of)?\s+(?P<first>{MONTH})"
    rf"|\b(?P<second>{MONTH})\s+{DAY.format('after')}\b"
)
WEEKDAY_OF_DATE = rf"\b{WEEKDAY},?\s+(?=--\d|\d{{4}}-\d\d-)"
NUMBER_WORDS = (
    rf"(?i)\b(?:(?P<tens>{'|'.join(TENS)})(?:[-\s](?P<rest>{'|'.join(NUMBERS[1:10])}))?"
    rf"|(?P<unit>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}))\b"
)
WORD_CHARACTERS = "".join(
    letter if letter.isalnum() or letter == "_" else " " for letter in map(chr, range(128))
)
"""Maps what separates words in ASCII to a blank."""
NUMBER_LIMIT = 1000
"""The maximum number of characters of a number that are compared."""
THOUSANDS = r"(?<=\d)[,\u2009\u202f](?=\d{3}(?!\d))"
QUANTITY = (
    r"(?i)(?P<sign>US\$|[$€£¥])?(?<![\w.-])(?P<number>\d++(?:\.\d++)?+)"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn)\b|(?P<short>[km])\b)?+"
    rf"(?:[\s-]?(?P<unit>{'|'.join(MEASURES.values())})(?![\w/]))?+"
)


def in_one_notation(text: str) -> str:
    """Return a text with its numbers, units and dates in one notation.

    Args:
        text: a sentence, or a part of one.
    """
    text = text.replace("’", "'").replace("\xa0", " ")
    if _may_have_number_words(text):
        text = re.sub(NUMBER_WORDS, _number_of_words, text)
    if not any(map(str.isdigit, text)):
        return text
    text = _dated(text)
    # Few texts have dates, and compiling the patterns takes time.
    if any(map(text.__contains__, MONTH_STARTS)):
        text = re.sub(DAY_OF_MONTH, _day_of_month, text)
    if "day" in text:
        text = re.sub(WEEKDAY_OF_DATE, "", text)
    text = re.sub(THOUSANDS, "", text)
    parts, end = [], 0
    for date in re.finditer(ISO, text):
        parts += [re.sub(QUANTITY, _quantity, text[end : date.start()]), date[0]]
        end = date.end()
    return "".join((*parts, re.sub(QUANTITY, _quantity, text[end:])))


def _may_have_number_words(text: str) -> bool:
    # Compiling the pattern takes time, and most texts have no such word.
    if not text.isascii():
        return any(map(text.casefold().__contains__, WORDS))
    return not WORDS.keys().isdisjoint(text.lower().translate(WORD_CHARACTERS).split())


def _dated(text: str) -> str:
    """Return a text with the dates that have a year in ISO 8601."""
    if not re.search(YEAR, text):
        return text
    # Few texts have dates, and loading it takes time.
    from briefqa.documents.dates import find_dates

    for start, end, day in sorted(find_dates(text), reverse=True):
        text = text[:start] + day.isoformat() + text[end:]
    return text


def _day_of_month(match: re.Match[str]) -> str:
    from briefqa.documents.dates import month_number

    written = (match["first"] or match["second"]).lower()
    month = month_number(written[:3])
    return f"--{month:02}-{int(match['before'] or match['after']):02}"


def _number_of_words(match: re.Match[str]) -> str:
    words = (match["tens"], match["rest"], match["unit"])
    return str(sum(WORDS[word.lower()] for word in words if word))


def _quantity(match: re.Match[str]) -> str:
    scale = match["scale"] or match["short"]
    number = _scaled(match["number"], SCALES[scale.lower()] if scale else 1)
    written = match["sign"] or match["unit"]
    return number + (_unit(written) if written else "")


def _scaled(number: str, scale: int) -> str:
    """Return a decimal number times a scale, without zeros that say nothing."""
    whole, _, fraction = number[:NUMBER_LIMIT].partition(".")
    digits = str(int(whole + fraction) * scale).zfill(len(fraction) + 1)
    if not fraction:
        return digits
    point = len(digits) - len(fraction)
    return f"{digits[:point]}.{digits[point:]}".rstrip("0").rstrip(".")


def _unit(written: str) -> str:
    """Return the sign of a unit."""
    return next(sign for sign, form in MEASURES.items() if re.fullmatch(f"(?i:{form})", written))
