"""Answer types: the kind of answer that a question expects, and spans of that kind.

"When" asks for a date, "who" for a person, "where" for a place, "how many" for a quantity, "why"
for a reason: the classes of the first question answering evaluations (Li and Roth, "Learning
Question Classifiers", 2002) that rules recognise well. The rules are those of English; questions in
other languages have no type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from briefqa.analysis.english import ENGLISH
from briefqa.conventions import ARTICLES, NUMBERS, TENS, word_set
from briefqa.spans import Span, trim

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.fine_types import FineType
    from briefqa.answers.name_spans import NameType

    AnswerType = FineType | NameType | Literal["date", "duration", "quantity", "reason"]

__all__ = [
    "AUXILIARIES",
    "DIVISIONS",
    "FINE_TYPES",
    "IS",
    "SURE_TYPES",
    "UNITS_OF_TIME",
    "answer_type",
    "asks_for_several",
    "clause",
    "find_counted",
    "find_expected",
    "preferred",
    "question_words",
    "type_nouns",
    "what_is_counted",
]

STEPS_AFTER_HOW = frozenset("do does to can could should would".split())
"""Words that, after "how" at the start of a question, ask for all steps."""
SEVERAL = frozenset(
    "list step steps checklist kinds types ways reasons options values requirements".split()
)
"""Words that ask for all items of a list."""
DEEDS = (
    r"^what (?:do|should|must) (?:i|we|you)\b.* (?:do|need|include)\b"
    r"|^what (?:should|must)\b.* (?:do|include)\b|\b(?:has|have|needs?) to do\b"
)
"""What asks for all that is to be done."""
DEED_VERBS = frozenset({"do", "include", "need"})
"""Each of the deeds has one of these words."""
CACHED_QUESTIONS, CACHED_SENTENCES = 256, 16384
CLAUSE_BREAK = r"[,;:]\s|\s(?:and|but|while|whereas)\s"
COUNTED_WITHIN = 40
"""Characters after a number in which the thing counted is looked for."""


NUMBER_WORD = (
    rf"(?:{'|'.join((*NUMBERS[1:], *TENS))}"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|twice|several)"
)
WORD = r"\w+"
UNIT = (
    r"(?i)"
    r"[-\s]{1,2}(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations?"
    r"|inch(?:es)?|f(?:oo|ee)t|yards?|miles?|km|m|kilomet(?:re|er)s?|met(?:re|er)s?)\b"
)
"""A unit of time or length."""

PATTERNS: dict[AnswerType, str] = {
    "quantity": (
        # The numbers of 04:12 are a time.
        rf"(?i)[$€£¥]?\b(?<!\d[:/])(?:(?:\d++\s)?\d++/\d++(?![\d/])|\d++(?!:\d|(?:st|nd|rd|th)\b))"
        rf"(?:[.,]\d++)*+(?:\s*%|(?:\s+(?:percent|per\s+cent|{NUMBER_WORD}))*+)"
        rf"|\b{NUMBER_WORD}(?:[-\s]+{NUMBER_WORD})*+\b"
    ),
    "reason": (
        r"(?i)\b(?:because|due to|owing to|since|so that|in order to|as a result|in response to"
        r"|thus|therefore|reasons?|caus(?:ed?|es|ing)|le(?:d|ads?) to"
        r"|(?:intended|meant) to|aim(?:s|ed)|in (?:a bid|an effort) to)\b[^,;:.()]*+"
    ),
}
"""Each is anchored at a word and consumes it, so that the time is linear. A question needs one of
them, so each is compiled when it is first used. Other types have modules of their own."""


DIVISIONS = word_set(
    "amendment annex appendix article chapter clause paragraph part rule section step title"
)
"""Numbered parts of documents."""

QUANTITIES = word_set(
    "big bright close cold deep distant expensive far fast few frequently heavy high hot large loud"
    " many much near often quickly small steep strong tall thick thin warm wide"
)
"""Words after how that ask for a quantity."""
DURATIONS = word_set("long old soon")
"""Words after how that ask for a duration."""
UNITS_OF_TIME = word_set("days hours minutes months seconds weeks years")
COSTS = word_set("cost weigh")
"""Verbs that ask for a quantity at the end of what does it cost."""
CAUSES = word_set("caused causes led made makes")
"""Verbs after what that ask for a reason."""
NOUNS: dict[AnswerType, frozenset[str]] = {
    "date": word_set("century date day deadline decade month time year"),
    "place": word_set(
        "area areas cities city continent countries country counties county location place places"
        " province region regions state states town towns"
    ),
    "quantity": word_set(
        "age ages amount fee level number percent percentage price proportion rate share size sum"
    ),
    "person": word_set(
        "actor actress author lawmaker lawmakers leader leaders man men minister official officials"
        " people person player players president scientist scientists senator senators woman women"
    ),
    "reason": word_set("aim aims cause causes goal objective purpose reason reasons"),
    "company": word_set(
        "airline airlines automaker automakers carmaker carmakers companies company firm firms"
        " maker makers manufacturer manufacturers"
    ),
}
"""Nouns after what or which, each with the type of what it asks for."""
FINE_TYPES: frozenset[FineType] = frozenset(
    ("email", "phone", "website", "address", "version", "code", "colour")
)
SURE_TYPES: frozenset[AnswerType] = FINE_TYPES | {"date", "duration"}
"""Types that are recognised surely."""
FINE_NOUNS = word_set(
    "address addresses code color colors colour colours e-mail e-mails email emails fax homepage"
    " hotline hours id no number numbers page phone reference site telephone times url version"
    " versions website websites"
)
"""Nouns of which a question for a fine type has one."""
KEYWORDS: dict[AnswerType, frozenset[str]] = {
    "date": word_set("date dates deadline"),
    "quantity": word_set("amount cost maximum minimum number percentage population price size"),
    "reason": word_set("cause causes reason reasons"),
}
"""Nouns that ask for a type though no question word goes before them."""
PRONOUNS: dict[str, AnswerType] = {
    "when": "date",
    "where": "place",
    "who": "person",
    "whom": "person",
    "whose": "person",
    "why": "reason",
}
"""Question words that ask for a type by themselves."""
AUXILIARIES = word_set(
    "am are can could did do does had has have is may might must shall should was were will would"
)
IS = word_set("are is was were")
LAST_DAYS = word_set("closing final first last")
"""Words before day that ask for a date though no question word goes before them."""
DEPENDS = word_set("about after at by find for from in know me on say see since tell till to until")
"""Words after which a question word that is not the first one asks: by when, tell me where."""
NOUN_WITHIN = 3
"""Words after what or which among which its noun is."""


def question_words(question: str) -> list[str]:
    """Return the words of a question, case-folded, without marks; `what's` gives two words.

    Args:
        question: as asked; of several sentences, the last one counts if it ends in `?`.
    """
    folded = question.casefold().replace("’", "'").rstrip()
    if folded.endswith("?"):
        folded = folded[1 + max(folded.rfind(stop, 0, -1) for stop in (". ", "? ", "! ")) :]
    words = (word.strip("\"'“”‘.,;:!?()[]*`") for word in folded.split())
    parts = (
        (word[:-2], "is") if word[-2:] == "'s" and word[:-2] in ENGLISH.interrogatives else (word,)
        for word in words
    )
    return [part for several in parts for part in several if part]


@lru_cache(CACHED_QUESTIONS)
def answer_type(question: str) -> AnswerType | None:
    """Return the type of answer that a question expects; None if no rule applies.

    The first question word decides: what follows it describes what is asked for.
    """
    words = question_words(question)
    if words[:1] and words[0] in AUXILIARIES and words[1:2] != ["you"]:
        return None
    if not FINE_NOUNS.isdisjoint(words):
        # Few questions need it, and loading it takes time.
        from briefqa.answers.fine_types import fine_type

        if fine := fine_type(words):
            return fine
    for place, word in enumerate(words):
        if word in PRONOUNS and _asks(words, place):
            return PRONOUNS[word]
        if word == "how":
            return _type_after_how(words[place + 1 :])
        if word in ("what", "which"):
            return _type_after_what(words[place + 1 :])
    if any(first in LAST_DAYS and second == "day" for first, second in pairwise(words)):
        return "date"
    return next((kind for kind, nouns in KEYWORDS.items() if not nouns.isdisjoint(words)), None)


def _asks(words: list[str], place: int) -> bool:
    """Return whether a question word asks: in "minimum length when chosen" it does not."""
    return place in (0, len(words) - 1) or words[place - 1] in DEPENDS


def type_nouns(question: str) -> frozenset[str]:
    """Return the nouns that only name the type of the answer, as year in what year.

    Args:
        question: as asked.
    """
    kind = answer_type(question)
    if kind is None:
        return frozenset()
    if kind in FINE_TYPES:
        return FINE_NOUNS
    return NOUNS.get(kind, frozenset()) | KEYWORDS.get(kind, frozenset())


def _type_after_how(words: list[str]) -> AnswerType | None:
    following = words[:1]
    if following == ["come"]:
        return "reason"
    if following == ["many"] and not UNITS_OF_TIME.isdisjoint(words[1:2]):
        return "duration"
    if not DURATIONS.isdisjoint(following):
        return "duration"
    return "quantity" if not QUANTITIES.isdisjoint(following) else None


def _type_after_what(words: list[str]) -> AnswerType | None:
    """Return the type of what a noun after what or which asks for, as year in what year."""
    if not CAUSES.isdisjoint(words[:1]):
        return "reason"
    verb = bool(words) and words[0] in AUXILIARIES
    if verb and words[0] not in IS:
        return "quantity" if words[-1] in COSTS else None
    rest = words[1:] if verb else words
    for word, following in zip(rest[:NOUN_WITHIN], [*rest[1:], ""], strict=False):
        if word in AUXILIARIES or (word, following) == ("time", "off"):
            return None
        for kind, nouns in NOUNS.items():
            if word in nouns and (not verb or rest[0] in ARTICLES):
                return kind
    return None


def asks_for_several(question: str) -> bool:
    """Return whether a question asks for all items of a list, or for all steps."""
    words = re.findall(WORD, question.casefold())
    if words[:1] == ["how"] and not STEPS_AFTER_HOW.isdisjoint(words[1:2]):
        return True
    which = next((place for place, word in enumerate(words) if word in ("what", "which")), None)
    plural = which is not None and not {"are", "were"}.isdisjoint(words[which:])
    if plural or not SEVERAL.isdisjoint(words):
        return True
    return not DEED_VERBS.isdisjoint(words) and bool(re.search(DEEDS, " ".join(words)))


def find_expected(kind: AnswerType, sentence: str, known: frozenset[str]) -> list[Span]:
    """Find spans that may be the answer.

    Args:
        kind: of the answer.
        sentence: a sentence.
        known: words of the question, case-folded; spans of these words only are left out.

    Returns:
        Spans of the sentence, in order.
    """
    return [
        span
        for span in _matches(kind, sentence)
        if not known.issuperset(re.findall(WORD, span.slice(sentence).casefold()))
    ]


def clause(sentence: str, span: Span) -> Span:
    """Return the part of a sentence around a span, from comma or conjunction to the next."""
    breaks = [match.span() for match in re.finditer(CLAUSE_BREAK, sentence)]
    start = max((end for _, end in breaks if end <= span.start), default=0)
    end = min((begin for begin, _ in breaks if begin >= span.end), default=len(sentence))
    return Span(start, end)


def preferred(found: list[Span], is_meant: Callable[[Span], bool]) -> list[Span]:
    """Return the spans that are meant; all of them if none is."""
    if len(found) < 2:
        return found
    return [span for span in found if is_meant(span)] or found


@lru_cache(CACHED_SENTENCES)
def _matches(kind: AnswerType, sentence: str) -> tuple[Span, ...]:
    """Find all spans of a kind; consecutive questions often share sentences."""
    if kind == "duration":
        return tuple(_durations(sentence))
    if kind == "quantity" or kind == "reason":
        found = re.compile(PATTERNS[kind]).finditer(sentence)
        return tuple(trim(sentence, Span(*match.span())) for match in found)
    # A question asks for one type, and loading all of them takes time.
    if kind == "date":
        from briefqa.answers.date_spans import find_date_spans

        return tuple(trim(sentence, span) for span in find_date_spans(sentence))
    if kind == "person" or kind == "place" or kind == "company":
        from briefqa.answers.name_spans import find_names

        return tuple(find_names(kind, sentence))
    from briefqa.answers.fine_types import find_fine

    return tuple(find_fine(kind, sentence))


def _durations(sentence: str) -> Iterator[Span]:
    """Yield the quantities that are followed by a unit, with the unit."""
    for span in _matches("quantity", sentence):
        unit = re.compile(UNIT).match(sentence, span.end)
        if unit and span.slice(sentence).casefold() != "third":
            yield Span(span.start, unit.end())


def find_counted(sentence: str, counted: str, analyzer: Analyzer) -> bool:
    """Return whether a sentence has a number shortly before what it counts.

    Args:
        sentence: a sentence.
        counted: the term of the thing counted.
        analyzer: of the sentence.
    """
    return any(
        counted in analyzer.terms(sentence[end : end + COUNTED_WITHIN], stop_words=True)
        for _, end in find_expected("quantity", sentence, frozenset())
    )


def what_is_counted(question: str, analyzer: Analyzer) -> str | None:
    """Return the term of what a question counts; None if it counts nothing.

    The thing counted is a plural, of which one word may tell more: how many (old) ships.
    """
    following = re.findall(WORD, question.casefold().partition("how many ")[2])[:2]
    plurals = [word for word in following if word[-1] == "s" and word not in ENGLISH.stop_words]
    noun = " ".join([*plurals, *following][:1])
    return next(iter(analyzer.terms(noun, stop_words=True)), None)
