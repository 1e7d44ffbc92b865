"""Which numbers of a sentence are meant by a question, and the units that belong to them.

Parts of dates are left out, as are wholes of parts, such as seven in "two of the seven members",
and numbers of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefqa.answers.answer_type import clause, preferred, what_is_counted
from briefqa.answers.date_spans import NUMERIC_DATE
from briefqa.answers.question import Question
from briefqa.answers.repeats import MARKS
from briefqa.conventions import MONTHS, word_set
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["meant_quantities", "with_unit"]


MONEY = word_set("bill budget cost costs fee fine insured loan pay price salary toll wage worth")
"""Words of questions that ask for a sum of money."""
SHARES = word_set(
    "inflation interest percent percentage proportion rate share turnout unemployment"
)
"""Words of questions that ask for a share."""
CURRENCIES = word_set(
    "cents crowns dollars euro euros francs krona krone kroner kronor pesos pounds rand reais"
    " roubles rubles rupees yen yuan zloty"
)
UNITS = CURRENCIES | word_set(
    "°c °f acres bar barrels celsius centimeters centimetres cm degrees fahrenheit feet ft g gb ghz"
    " gigawatts grams gw h ha hectares hz inches kb kg khz kilograms kilometers kilometres km km/h"
    " km² kilos kw kwh litres liters m m/s m² m³ mb megawatts meters metres mg mhz miles"
    " millimeters millimetres minutes ml mm mph ms mw psi seconds t tb tonnes tons watts"
)
"""What follows a number and belongs to it, in lower case."""
UNIT = r"\s?(°?[^\W\d_]*(?:/[^\W\d_]+)?)(?!\w)"
SIGNS = "$€£¥"
PERCENT = ("%", "percent", "per cent")
SHORT_SCALES = ("bn", "mn", "m", "k")
"""Directly after a number: millions and the like."""
DEGREES = ("°", "degrees", "celsius", "fahrenheit")
HEAT = word_set("cold hot temperature warm")
"""Words of questions that ask for a temperature."""
ITEM_MARK = r"\s*\(?\d{1,3}[.)](?=\s)"
CODE = r"\d++(?:-\d++){2,}|0\d{2,}(?:[ -]\d++)*+"
"""Figures that are no numbers, as those of an account or a telephone."""
PARTITIVE = word_set("of out the its their these those all his her")


def meant_quantities(
    found: list[Span], sentence: str, question: Question, analyzer: Analyzer
) -> list[Span]:
    """Leave out parts of dates, wholes of parts, and numbers of something else."""
    dates = [Span(*match.span()) for match in re.finditer(NUMERIC_DATE, sentence)]
    codes = [Span(*match.span()) for match in re.finditer(CODE, sentence)]
    mark = re.match(ITEM_MARK, sentence)
    found = [
        span
        for span in found
        if not _is_dated(sentence, span)
        and not any(other.start <= span.start < other.end for other in (*dates, *codes))
        and not (mark and span.start < mark.end())
    ]
    found = preferred(found, lambda span: not _is_in_brackets(sentence, span))
    wholes = {other for one, other in pairwise(found) if _is_whole(sentence[one.end : other.start])}
    found = preferred(found, lambda span: span not in wholes)
    counted = what_is_counted(question.text, analyzer)
    if counted:
        return _counting(found, sentence, counted, question, analyzer)
    asked = frozenset(question.written)
    if not MONEY.isdisjoint(asked):
        found = preferred(found, lambda span: _is_money(sentence, span))
    elif not HEAT.isdisjoint(asked):
        found = preferred(found, lambda span: _is_heat(sentence, span))
    elif not SHARES.isdisjoint(asked):
        found = preferred(found, lambda span: span.slice(sentence).endswith(PERCENT))
    return found


def _counting(
    found: list[Span], sentence: str, counted: str, question: Question, analyzer: Analyzer
) -> list[Span]:
    """Return the numbers whose clause has most words of the question, or else count the thing.

    What is counted may be left out: "7 people were killed and 120 were injured".
    """
    if len(found) < 2:
        return found
    others = frozenset(question.terms) - {counted}
    clauses = [
        analyzer.terms(clause(sentence, span).slice(sentence), stop_words=True) for span in found
    ]
    shared = [len(others.intersection(terms)) for terms in clauses]
    best = [span for span, count in zip(found, shared, strict=True) if count == max(shared)]
    return preferred(best, lambda span: counted in _following(found, span, sentence, analyzer))


def _following(
    found: Sequence[Span], span: Span, sentence: str, analyzer: Analyzer
) -> Sequence[str]:
    """Return the terms between a number and the next one: what it counts is among them."""
    end = min((each.start for each in found if each.start > span.start), default=len(sentence))
    return analyzer.terms(sentence[span.end : end], stop_words=True)


def _is_dated(sentence: str, span: Span) -> bool:
    """Whether a number is the day or the year of a date."""
    written = span.slice(sentence)
    after = (sentence[span.end :].split() or [""])[0]
    before = sentence[: span.start].split()[-2:]
    if any(map(_is_month, before[-1:])) or _is_month(after):
        return written.isdigit()
    year = len(written) == 4 and written.isdigit() and written[:2] in ("18", "19", "20")
    return year and (before[-1:] in (["in"], ["since"], ["of"]) or any(map(_is_month, before)))


def _is_month(word: str) -> bool:
    start = word.strip(MARKS).capitalize()
    may_be = word[:1].isupper() and len(start) > 2
    return may_be and any(month.startswith(start) for month in MONTHS)


def _is_whole(between: str) -> bool:
    """Whether what stands between two numbers makes the second the whole of the first."""
    words = between.casefold().split()
    return "of" in words and PARTITIVE.issuperset(words)


def _is_money(sentence: str, span: Span) -> bool:
    return sentence[span.start] in SIGNS or not CURRENCIES.isdisjoint(
        with_unit(sentence, span).slice(sentence).casefold().split()
    )


def _is_heat(sentence: str, span: Span) -> bool:
    return sentence[span.end :].lstrip().casefold().startswith(DEGREES)


def _is_in_brackets(sentence: str, span: Span) -> bool:
    return sentence.count("(", 0, span.start) > sentence.count(")", 0, span.start)


def with_unit(sentence: str, span: Span) -> Span:
    """Return the span of a number with the unit that follows it, such as kilometres per hour."""
    short = next((each for each in SHORT_SCALES if sentence.startswith(each, span.end)), "")
    if short and not sentence[span.end + len(short) :][:1].isalnum():
        span = Span(span.start, span.end + len(short))
    unit = re.compile(UNIT).match(sentence, span.end)
    if unit is None or unit[1].casefold() not in UNITS:
        return span
    end, words = unit.end(), sentence[unit.end() :].split(maxsplit=2)
    if words[:1] == ["per"] and words[1:] and unit[1].casefold() not in CURRENCIES:
        end = sentence.index(words[1], end) + len(words[1].rstrip(MARKS))
    return Span(span.start, end)
