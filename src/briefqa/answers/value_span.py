"""Which span of a sentence is the value that a question asks for.

Several spans of a sentence may be of the kind that is asked for: "two of the seven members",
"raised from 4.25 to 4.50 percent", "on Saturday, not on Friday". Rules leave out those that are not
meant; of the rest, the one that is nearest to the words of the question counts. What decides a
question for yes or no is a negation, if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from briefqa.answers.answer_type import (
    AUXILIARIES,
    answer_type,
    find_expected,
    question_words,
    what_is_counted,
)
from briefqa.answers.kinds import question_kind
from briefqa.answers.question import Question
from briefqa.answers.repeats import MARKS
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.answer_type import AnswerType

__all__ = ["nearest", "value_span", "value_type"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DEGREES = _set(
    "bad cold dangerous deadly expensive hot loud powerful severe small steep strong warm"
)
"""Words after how that ask for a quantity, beside those that the ranking knows."""
MEASURED = _set(
    "amount attendance balance bill bonus budget capacity cost damage debt deficit depth discount"
    " dividend fee fine gain growth height increase inflation interest loan loss magnitude margin"
    " number output pay percentage population price profit proportion rate revenue rise salary"
    " sales score share size speed sum surplus tax temperature toll total turnout unemployment"
    " value wage weight width yield"
)
"""Nouns that are measured or counted."""
DATED = _set("anniversary birthday date day deadline month year")
NAMED = _set("name")
ENDS_NOUN = _set(
    "of for in on at to by from between among after before during since per that which"
)
"""Words after the noun that is asked for."""
MONEY = _set("bill budget cost costs fee fine insured loan pay price salary toll wage worth")
"""Words of questions that ask for a sum of money."""
SHARES = _set("inflation interest percent percentage proportion rate share turnout unemployment")
"""Words of questions that ask for a share."""
CURRENCIES = _set(
    "cents crowns dollars euro euros francs krona krone kroner kronor pesos pounds rand reais"
    " roubles rubles rupees yen yuan zloty"
)
UNITS = CURRENCIES | _set(
    "°c °f acres bar barrels celsius centimeters centimetres cm degrees fahrenheit feet ft g gb ghz"
    " gigawatts grams gw h ha hectares hz inches kb kg khz kilograms kilometers kilometres km km/h"
    " km² kilos kw kwh litres liters m m/s m² m³ mb megawatts meters metres mg mhz miles"
    " millimeters millimetres minutes ml mm mph ms mw psi seconds t tb tonnes tons watts"
)
"""What follows a number and belongs to it, in lower case."""
UNIT = r"\s?(°?[^\W\d_]*(?:/[^\W\d_]+)?)(?!\w)"
SIGNS = "$€£¥"
PERCENT = ("%", "percent", "per cent")
NOT_MEANT = _set("from instead not previously than versus")
"""Words before a value that is not the one that counts."""
BEFORE_VALUE = _set("a about around at by in of on roughly some the up")
"""Words that may stand between those and the value."""
PLACED = _set("in at near to into outside inside around across")
"""Words before the place of something, rather than a part of a name."""
CLAUSE_BREAK = r"[,;:]\s|\s(?:and|but|while|whereas)\s"
SHORT_SCALES = ("bn", "mn", "m", "k")
"""Directly after a number: millions and the like."""
NEGATION = (
    rf"(?i)\b(?:(?:{'|'.join(sorted(AUXILIARIES))})\s)?(?:not|never|no longer)\b"
    r"|\b(?:no|none|neither|nobody|nothing|cannot|without|[a-z]+n['’]t)\b"
)
"""A negation, with the auxiliary verb before it."""
NO_NEGATION = r"\s+(?:doubt|earlier|fewer|just|later|least|less|matter|more|only|sooner)\b|\.\s*\d"
"""What follows "no" and "not" where they deny nothing, as in "not only", and in "No. 5"."""
PARTITIVE = _set("of out the its their these those all his her")


def value_type(question: str) -> AnswerType | None:
    """Return the type of value that a question asks for; None if it asks for none.

    It knows more questions than `answer_type`, which the ranking was fitted with.
    """
    kind = answer_type(question)
    if kind is not None:
        return kind
    words = question_words(question)
    if words[:1] == ["how"] and not DEGREES.isdisjoint(words[1:2]):
        return "quantity"
    for place, word in enumerate(words):
        if word in ("what", "which"):
            return _type_of_noun(words[place + 1 :])
    return None


def _type_of_noun(words: Sequence[str]) -> AnswerType | None:
    """Return the type of `is the key rate of the bank`, or `did it raise its rate to`."""
    places = [place for place, word in enumerate(words) if word in ENDS_NOUN]
    ends = places[-1:] == [len(words) - 1]
    whole = words[:-1] if ends else words[: min(places, default=len(words))]
    noun = next((word for word in reversed(whole) if word not in AUXILIARIES), "")
    if noun in MEASURED:
        return "quantity"
    if noun in DATED:
        return "date"
    return "person" if noun in NAMED and words[:1] in (["is"], ["was"]) else None


def value_span(
    sentence: str, question: Question, words: Sequence[Span], analyzer: Analyzer
) -> Span | None:
    """Return the span of a sentence that is the value asked for; None if there is none.

    Args:
        sentence: the sentence.
        question: the question that was searched for.
        words: the spans of its words in the sentence.
        analyzer: of the sentence.
    """
    kind = value_type(question.text)
    if kind is None:
        return _negation(sentence, question, words)
    found = find_expected(kind, sentence, frozenset(question.written))
    if kind in ("quantity", "duration"):
        found = _quantities(found, sentence, question, analyzer)
    origin = "from" in question.written
    if kind == "place":
        placed = PLACED | {"from"} if origin else PLACED
        found = _preferred(found, lambda span: _word_before(sentence, span) in placed)
    dismissing = NOT_MEANT - {"from"} if origin else NOT_MEANT
    found = _preferred(found, lambda span: not _is_dismissed(sentence, span, dismissing))
    value = nearest(found, words)
    return _with_unit(sentence, value) if value and kind == "quantity" else value


def _negation(sentence: str, question: Question, words: Sequence[Span]) -> Span | None:
    """Return what denies a yes or no that is asked for, in a clause with words of the question."""
    if question_kind(question.text).kind != "yesno" or re.search(NEGATION, question.text):
        return None
    found = [Span(*match.span()) for match in re.finditer(NEGATION, sentence)]
    denying = [
        span
        for span in found
        if not re.compile(NO_NEGATION).match(sentence, span.end)
        and any(_clause(sentence, span).contains(word) for word in words)
    ]
    return nearest(denying, words)


def _preferred(found: list[Span], is_meant: Callable[[Span], bool]) -> list[Span]:
    """Return the spans that are meant; all of them if none is."""
    if len(found) < 2:
        return found
    return [span for span in found if is_meant(span)] or found


def _quantities(
    found: list[Span], sentence: str, question: Question, analyzer: Analyzer
) -> list[Span]:
    """Leave out parts of dates, wholes of parts, and numbers of something else."""
    from briefqa.answers.date_spans import NUMERIC_DATE

    dates = [Span(*match.span()) for match in re.finditer(NUMERIC_DATE, sentence)]
    found = [
        span
        for span in found
        if not _is_dated(sentence, span)
        and not any(date.start <= span.start < date.end for date in dates)
    ]
    wholes = {other for one, other in pairwise(found) if _is_whole(sentence[one.end : other.start])}
    found = _preferred(found, lambda span: span not in wholes)
    counted = what_is_counted(question.text, analyzer)
    if counted:
        return _counting(found, sentence, counted, question, analyzer)
    asked = frozenset(question.written)
    if not MONEY.isdisjoint(asked):
        found = _preferred(found, lambda span: _is_money(sentence, span))
    elif not SHARES.isdisjoint(asked):
        found = _preferred(found, lambda span: span.slice(sentence).endswith(PERCENT))
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
        analyzer.terms(_clause(sentence, span).slice(sentence), stop_words=True) for span in found
    ]
    shared = [len(others.intersection(terms)) for terms in clauses]
    best = [span for span, count in zip(found, shared, strict=True) if count == max(shared)]
    return _preferred(best, lambda span: counted in _following(found, span, sentence, analyzer))


def _clause(sentence: str, span: Span) -> Span:
    """Return the part of a sentence around a span, from comma or conjunction to the next."""
    breaks = [match.span() for match in re.finditer(CLAUSE_BREAK, sentence)]
    start = max((end for _, end in breaks if end <= span.start), default=0)
    end = min((begin for begin, _ in breaks if begin >= span.end), default=len(sentence))
    return Span(start, end)


def _following(
    found: Sequence[Span], span: Span, sentence: str, analyzer: Analyzer
) -> Sequence[str]:
    """Return the terms between a number and the next one: what it counts is among them."""
    end = min((each.start for each in found if each.start > span.start), default=len(sentence))
    return analyzer.terms(sentence[span.end : end], stop_words=True)


def _word_before(sentence: str, span: Span) -> str:
    return (sentence[: span.start].split() or [""])[-1].casefold()


def _is_dismissed(sentence: str, span: Span, dismissing: frozenset[str]) -> bool:
    """Whether a value is said not to be the one, or no longer to be it."""
    for word in reversed(sentence[: span.start].casefold().split()):
        bare = word.strip(MARKS)
        if bare in dismissing:
            return True
        if bare not in BEFORE_VALUE or word[-1:] in MARKS:
            return False
    return False


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
    # Few answers have several numbers, and loading it takes time.
    from briefqa.documents.dates import MONTHS

    bare = word.strip(MARKS).casefold()
    return word[:1].isupper() and len(bare) > 2 and any(each.startswith(bare) for each in MONTHS)


def _is_whole(between: str) -> bool:
    """Whether what stands between two numbers makes the second the whole of the first."""
    words = between.casefold().split()
    return "of" in words and PARTITIVE.issuperset(words)


def _is_money(sentence: str, span: Span) -> bool:
    return sentence[span.start] in SIGNS or not CURRENCIES.isdisjoint(
        _with_unit(sentence, span).slice(sentence).casefold().split()
    )


def _with_unit(sentence: str, span: Span) -> Span:
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


def nearest(expected: Sequence[Span], words: Sequence[Span]) -> Span | None:
    """Return the span that is nearest to the question's words.

    Only the distance decides, since what is counted follows its number, but an event precedes its
    date.

    Args:
        expected: spans of a sentence.
        words: the spans of the question's words in it.

    Returns:
        One of `expected`, the first of equally near ones; None if there are none.
    """
    return min(expected, key=lambda span: _distance(span, words), default=None)


def _distance(span: Span, words: Sequence[Span]) -> int:
    """Return the characters between a span and the nearest word outside it; 0 if there is none."""
    gaps = (max(word.start - span.end, span.start - word.end) for word in words)
    return min((gap for gap in gaps if gap >= 0), default=0)
