"""Modality: whether a sentence tells what was, what will be, or what somebody only supposes.

"When will the ferry run again?" asks for no day on which it ran, and "Did the recount change the
result?" not for what somebody expected of it. The rules are those of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.answers.answer_type import AUXILIARIES, clause, question_words
from briefqa.answers.repeats import MARKS
from briefqa.conventions import word_set
from briefqa.spans import Span

__all__ = [
    "asks_of_future",
    "find_negations",
    "is_past_date",
    "is_supposed",
    "only_denies_supposition",
]


WILL = word_set("shall will")
PAST_QUESTIONS = word_set("did had has have was were")
"""Words that open a question of what happened."""
PAST = word_set(
    "ate became began bought broke brought built came caught cut did drew drove fell felt flew"
    " found gave got grew had held hit kept knew led left lost made met paid put ran rang rose said"
    " sang sank saw sent shot shut sold spent spoke stole stood struck swam taught threw told took"
    " was went were woke won wore wrote"
)
"""Past forms that do not end in -ed."""
AHEAD = word_set(
    "am are aims aim due estimated expect expected expects going hopes hope intends is may might"
    " plan planned plans scheduled set shall should supposed will would"
)
"""Words of clauses that tell what is ahead."""
REPORTS = word_set(
    "announced confirmed declared explained learned promised reported reports said says stated"
    " told warned wrote"
)
"""Verbs that are followed by when something was said, or by what."""
TOWARDS = word_set("before by for from till to until")
"""Words before a day that is not that of the verb: put off until Friday, called for Friday."""
SMALL = word_set("a an early in it last late on the this")
"""Words between a verb and its day."""
SUPPOSE = (
    r"(?:anticipat|believ|doubt|expect|fear|guess|hop|imagin|predict|suppos|suspect)(?:e|es|ed|s|ing)?"
    r"|foresee[sn]?|forecasts?|thinks?|thought|wants?|wanted|likely|unlikely"
)
SUPPOSED_BEFORE = rf"(?i)\b(?:{SUPPOSE}|if|whether|unless|perhaps|probably|would|might)\b"
SUPPOSED_AFTER = rf"(?i)(?:\s\w+)?\s(?:{SUPPOSE}|clear|certain|sure|knows?|known|says?|comment)\b"
AHEAD_NEGATION = r"(?i)(?:will|would|may|might|shall|wo|would)\s?n[o'’]"
"""Negations of what is ahead, which do not tell what happened."""


NEGATION = (
    rf"(?i)\b(?:(?:{'|'.join(sorted(AUXILIARIES))})\s)?(?:not|never|no longer)\b"
    r"|\b(?:no|none|neither|nobody|nothing|cannot|without|[a-z]+n['’]t)\b"
)
"""A negation, with the auxiliary verb before it."""
NO_NEGATION = (
    r"\s+(?:but|doubt|earlier|fewer|just|later|least|less|matter|more|only|question\s+that|sooner)\b"
    r"|\.\s*\d"
)
"""What follows "no" and "not" where they deny nothing, as in "not only", and in "No. 5"."""


def asks_of_future(question: str) -> bool:
    """Return whether a question asks for what will be.

    Args:
        question: as asked.
    """
    words = question_words(question)
    return not WILL.isdisjoint(words) or ("going" in words and "to" in words)


def is_past_date(sentence: str, date: Span) -> bool:
    """Return whether a date is that of something past, as far as the verb beside it tells.

    Args:
        sentence: contains the date.
        date: characters of the sentence.
    """
    part = clause(sentence, date)
    before = _words(sentence[part.start : date.start])
    if before[-1:] and before[-1] in TOWARDS:
        return False
    spoken = [place for place, word in enumerate(before) if word in REPORTS or word == "that"]
    if spoken:
        between = before[spoken[-1] + 1 :]
        if SMALL.issuperset(between):
            return before[spoken[-1]] != "that"
        before = between
    after = _words(sentence[date.end : part.end])
    after = after[: next((i for i, word in enumerate(after) if word in REPORTS), None)]
    words = [*before, *after]
    if not AHEAD.isdisjoint(words):
        return False
    return any(word in PAST or (word.endswith("ed") and len(word) > len("need")) for word in words)


def _words(text: str) -> list[str]:
    return [word.strip(MARKS) for word in text.casefold().split()]


def find_negations(sentence: str) -> Iterator[Span]:
    """Yield the spans of what denies something, in order, each with its auxiliary verb.

    Args:
        sentence: any text.
    """
    for match in re.finditer(NEGATION, sentence):
        if not re.compile(NO_NEGATION).match(sentence, match.end()):
            yield Span(*match.span())


def only_denies_supposition(sentence: str, question: str) -> bool:
    """Return whether a sentence denies something, but only what somebody supposes.

    Args:
        sentence: any text.
        question: see `is_supposed`.
    """
    denied = list(find_negations(sentence))
    return bool(denied) and all(is_supposed(sentence, each, question) for each in denied)


def is_supposed(sentence: str, negation: Span, question: str) -> bool:
    """Return whether a negation only denies what somebody supposes, or what may yet come.

    Args:
        sentence: contains the negation.
        negation: characters of the sentence.
        question: as asked; if it asks what somebody supposes, the negation is an answer.
    """
    if re.search(SUPPOSED_BEFORE, question):
        return False
    within = clause(sentence, negation)
    if re.search(SUPPOSED_BEFORE, sentence[within.start : negation.start]):
        return True
    if re.compile(SUPPOSED_AFTER).match(sentence, negation.end):
        return True
    of_past = question_words(question)[:1]
    return (
        bool(of_past)
        and of_past[0] in PAST_QUESTIONS
        and bool(re.match(AHEAD_NEGATION, negation.slice(sentence)))
    )
