"""Which span of a sentence is the value that a question asks for.

Several spans of a sentence may be of the kind that is asked for: "two of the seven members",
"raised from 4.25 to 4.50 percent", "on Saturday, not on Friday". Rules leave out those that are not
meant (for numbers see `briefqa.answers.quantities`); of the rest, the one that is nearest to the
words of the question counts. What decides a question for yes or no is a negation, if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.answers.answer_type import (
    AUXILIARIES,
    answer_type,
    clause,
    find_expected,
    preferred,
    question_words,
)
from briefqa.answers.kinds import question_kind
from briefqa.answers.question import Question
from briefqa.answers.repeats import MARKS
from briefqa.conventions import NUMBERS, word_set
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.answer_type import AnswerType

__all__ = ["meant_spans", "nearest", "value_span", "value_type"]


DEGREES = word_set(
    "bad cold dangerous deadly expensive hot loud powerful severe small steep strong warm"
)
"""Words after how that ask for a quantity, beside those that the ranking knows."""
MEASURED = word_set(
    "amount attendance balance bill bonus budget capacity cost damage debt deficit depth discount"
    " dividend fee fine gain growth height increase inflation interest loan loss magnitude margin"
    " number output pay percentage population price profit proportion rate revenue rise salary"
    " sales score share size speed sum surplus tax temperature toll total turnout unemployment"
    " value wage weight width yield"
)
"""Nouns that are measured or counted."""
DATED = word_set("anniversary birthday date day deadline month year")
NAMED = word_set("name")
ENDS_NOUN = word_set(
    "of for in on at to by from between among after before during since per that which"
)
"""Words after the noun that is asked for."""
NOT_MEANT = word_set("from instead not previously than versus")
"""Words before a value that is not the one that counts."""
CHANGES = word_set(
    "brought changed delayed extended moved postponed pushed put rescheduled shifted switched"
)
"""Verbs after which "from" opens what no longer holds, not a range of dates."""
JOINT = r"\s*(?:[-–]|,?\s(?:at|from|on|to|until|till|through)|,)?\s*"
"""What stands between a day and its time, and between the ends of a range."""
NUMBER = rf"(?:\d[\d.,/]*+|(?:{'|'.join(NUMBERS)})\b)"
RANGE_BEFORE = (
    rf"(?i)(?P<between>between\s+)?(?<![\w.,/-])(?P<start>{NUMBER})"
    r"\s*(?P<joint>[-–\u00d7x]|to|by|and)\s*$"
)
RANGE_AFTER = rf"(?i)\s*(?P<joint>[-–\u00d7]|(?:x|to|by|and)\s)\s*(?P<end>{NUMBER})(?![\w-])"
"""The other end of a range, or another side of what is measured."""
RANGE_LIMIT = 24
"""Characters before a number in which the other end is looked for."""
BEFORE_VALUE = word_set("a about around at by in of on roughly some the up")
"""Words that may stand between those and the value."""
FUTURE_CUES = word_set("going shall will")
WHO = "who"
PLACED = word_set("in at near to into outside inside around across")
"""Words before the place of something, rather than a part of a name."""


def value_type(question: str) -> AnswerType | None:
    """Return the type of value that a question asks for; None if it asks for none.

    It knows more questions than `answer_type`, which the ranking was fitted with. Who somebody is,
    is told by a description, which has no type.
    """
    kind = answer_type(question)
    if kind is not None:
        return None if kind == "person" and _asked_person(question) else kind
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
        return _described(sentence, question) or _negation(sentence, question, words)
    if kind == "reason":
        # Few questions ask for one, and loading it takes time.
        from briefqa.answers.causes import find_cause

        return find_cause(sentence)
    found = find_expected(kind, sentence, frozenset(question.written))
    if kind not in ("quantity", "duration"):
        found = meant_spans(kind, found, sentence, question, analyzer)
        found = _meant(kind, found, sentence, question)
        value = nearest(found, words)
        if value is None or kind != "date":
            return value
        return _whole_range(sentence, _whole_date(sentence, value, found))
    # Few questions ask for them, and loading it takes time.
    from briefqa.answers.quantities import meant_quantities, with_unit

    found = meant_quantities(found, sentence, question, analyzer)
    value = nearest(_meant(kind, found, sentence, question), words)
    whole = value and _whole_range(sentence, value)
    return with_unit(sentence, whole) if whole and kind == "quantity" else whole


def meant_spans(
    kind: AnswerType, found: list[Span], sentence: str, question: Question, analyzer: Analyzer
) -> list[Span]:
    """Leave out names that are no answer to "who", and past days where the future is asked for.

    Args:
        kind: the type of the spans.
        found: spans of a sentence.
        sentence: the sentence.
        question: the question that was searched for.
        analyzer: of the sentence.
    """
    # Few questions need these, and loading them takes time.
    if kind == "person" and found:
        from briefqa.answers.persons import meant_persons

        return meant_persons(found, sentence, question, analyzer)
    if kind == "date" and found and not FUTURE_CUES.isdisjoint(question.written):
        from briefqa.answers.modality import asks_of_future, is_past_date

        if asks_of_future(question.text):
            return [span for span in found if not is_past_date(sentence, span)]
    return found


def _asked_person(question: str) -> Sequence[str]:
    """Return the name of the person of whom a question asks who that is."""
    if WHO not in question.casefold():
        return ()
    # Few questions ask that, and loading it takes time.
    from briefqa.answers.descriptions import asked_person

    return asked_person(question)


def _described(sentence: str, question: Question) -> Span | None:
    """Return what a sentence says that the person is who is asked for."""
    name = _asked_person(question.text)
    if not name:
        return None
    from briefqa.answers.descriptions import description

    return description(sentence, name)


def _meant(kind: AnswerType, found: list[Span], sentence: str, question: Question) -> list[Span]:
    """Leave out what is of another kind after all, and what no longer holds."""
    if kind == "person" and len(found) > 1:
        from briefqa.answers.persons import likely_persons

        found = likely_persons(found, sentence)
    origin = "from" in question.written
    if kind == "place":
        placed = PLACED | {"from"} if origin else PLACED
        found = preferred(found, lambda span: _word_before(sentence, span) in placed)
    ranges = kind == "date" and CHANGES.isdisjoint(sentence.casefold().split())
    dismissing = NOT_MEANT - {"from"} if origin or ranges else NOT_MEANT
    return preferred(found, lambda span: not _is_dismissed(sentence, span, dismissing))


def _whole_date(sentence: str, date: Span, dates: Sequence[Span]) -> Span:
    """Return a date with the time of day and the other end of a range that stand next to it."""
    place = dates.index(date)
    first = last = place
    while first > 0 and _are_joined(sentence, dates[first - 1], dates[first]):
        first -= 1
    while last + 1 < len(dates) and _are_joined(sentence, dates[last], dates[last + 1]):
        last += 1
    return Span(dates[first].start, dates[last].end)


def _whole_range(sentence: str, span: Span) -> Span:
    """Return the span of a number or a date with the other end of the range that it is in.

    A change from one number to another is no range.
    """
    before = sentence[max(0, span.start - RANGE_LIMIT) : span.start]
    other = re.search(RANGE_BEFORE, before)
    if other and not before[: other.start()].rstrip().casefold().endswith("from"):
        joined = other["joint"].casefold() != "and" or other["between"]
        if joined:
            return Span(span.start - len(before) + other.start("start"), span.end)
    after = re.compile(RANGE_AFTER).match(sentence, span.end)
    if after and span.slice(sentence)[-1].isalnum():
        between = before.casefold().rstrip().endswith("between")
        if after["joint"].casefold().strip() != "and" or between:
            return Span(span.start, after.end("end"))
    return span


def _are_joined(sentence: str, one: Span, other: Span) -> bool:
    return re.fullmatch(JOINT, sentence[one.end : other.start]) is not None


def _negation(sentence: str, question: Question, words: Sequence[Span]) -> Span | None:
    """Return what denies a yes or no that is asked for, in a clause with words of the question."""
    if question_kind(question.text).kind != "yesno":
        return None
    # Few questions need it, and loading it takes time.
    from briefqa.answers.modality import find_negations, is_supposed

    if any(find_negations(question.text)):
        return None
    denying = [
        span
        for span in find_negations(sentence)
        if any(map(clause(sentence, span).contains, words))
        and not is_supposed(sentence, span, question.text)
    ]
    return nearest(denying, words)


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
