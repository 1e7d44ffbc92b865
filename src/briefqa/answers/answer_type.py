"""What kind of answer a question expects, and where a sentence holds one.

When asks for a date, who for a person, where for a place, how many for a quantity, why for a
reason: the classes of the first question answering evaluations (Li and Roth, "Learning Question
Classifiers", 2002) that rules recognise well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefqa.analysis.english import ENGLISH
from briefqa.spans import Span, trim

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    from briefqa.analysis.analyzer import Analyzer

    Expectation = Literal["date", "person", "place", "duration", "quantity", "reason"]
    """A kind of answer."""

__all__ = [
    "asks_for_several",
    "expectation",
    "find_counted",
    "find_expected",
    "find_full_name",
    "nearest",
    "what_is_counted",
]

SEVERAL = (
    r"^how (?:do|does|to|can|could|should|would)\b|\b(?:what|which)\b.*\b(?:are|were)\b"
    r"|\b(?:list|steps?|checklist|kinds|types|ways|reasons|options|values|requirements)\b"
)
"""What asks for all of a list."""
CACHED_SENTENCES = 16384
COUNTED_WITHIN = 40
"""Characters after a number within which the counted thing stands."""


MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
YEAR = r"\b(?:1\d|20)\d\ds?\b(?!,\d)"
# A class of characters beyond the first 256 takes a tenth of a millisecond to compile.
DASH = r"(?:-\s*|–\s*)"
NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|twice|several)"
)
WORD = r"\w+"
OFFICE = r"(\w+)\s$"
OFFICE_LIMIT = 40
"""Characters before a name within which the word before it stands."""
CAPITAL = "[A-ZÀ-ÖØ-Þ]"
TITLE = r"(?<=\bProf)|(?<=\b(?:Col|Gen|Gov|Hon|Mrs|Rep|Rev|Sen|Sgt))|(?<=\b(?:Dr|Lt|Mr|Ms|St))"
# A dot belongs to a name inside of it, after an initial, and after a title: U.S., J. Smith, Dr. No.
CAPITALISED = rf"\b{CAPITAL}(?:\w|(?:[.'-]|’)(?=\w)|(?:(?<=\b{CAPITAL})|{TITLE})\.)*+"
BETWEEN = r"\s+(?:of\s+|de\s+|von\s+|van\s+|al\s+|the\s+)?"
# What stands between two is tried before the first too, so that the longer part is there but once.
NAME = rf"(?={CAPITAL})(?:(?:{BETWEEN})?{CAPITALISED})++"
NAME_OF_DAY = rf"(?:{WEEKDAY}\s+)?{MONTH}|{WEEKDAY}"
UNIT = (
    r"(?i)"
    r"[-\s]{1,2}(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations?"
    r"|inch(?:es)?|f(?:oo|ee)t|yards?|miles?|km|m|kilomet(?:re|er)s?|met(?:re|er)s?)\b"
)
"""What something long is measured in."""

PATTERNS: dict[Expectation, str] = {
    "date": (
        rf"(?:{WEEKDAY},?\s+)?(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?\b{MONTH}(?:\s+\d{{1,2}}\b)?"
        rf"(?:,?\s+{YEAR})?"
        rf"|{YEAR}(?:\s*{DASH}(?:{YEAR}|\d\d\b))?|\b{WEEKDAY}\b|\b\d{{1,2}}(?:st|nd|rd|th)\s+century"
        r"|\b\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\b\.?)|\b\d{1,4}\s+(?:BCE?|AD|CE)\b"
    ),
    "person": NAME,
    "place": (
        rf"(?:(?<=\b[Ii]n )|(?<=\b[Aa]t )|(?<=\bnear )|(?<=\bfrom )|(?<=\bto )|(?<=\bof ))"
        rf"(?:the\s+)?{NAME}"
    ),
    "quantity": (
        rf"(?i)[$€£¥]?\b\d++(?:[.,]\d++)*+(?:\s*%|(?:\s+(?:percent|per\s+cent|{NUMBER_WORD}))*+)"
        rf"|\b{NUMBER_WORD}(?:[-\s]+{NUMBER_WORD})*+\b"
    ),
    "reason": (
        r"(?i)\b(?:because|due to|owing to|since|so that|in order to|as a result|in response to"
        r"|thus|therefore|reasons?|caus(?:ed?|es|ing)|le(?:d|ads?) to)\b[^,;:.()]*+"
    ),
}
"""Each is anchored at a word and moves on after it, so that a long text stays linear. A question
needs one of them, so that each is compiled when it is first used."""

ASKED: tuple[tuple[str, Expectation, str], ...] = (
    ("how", "duration", r"\bhow (?:long|old)\b|\bfor how many (?:days|months|years)\b"),
    ("how", "quantity", r"\bhow (?:many|much|far|tall|big|large|often|high|deep|fast)\b"),
    (
        "what",
        "quantity",
        r"\bwhat (?:percent|percentage|number|proportion|share|amount)\b",
    ),
    ("when", "date", r"\bwhen\b"),
    ("wh", "date", r"\b(?:what|which) (?:year|date|day|month|century|decade|time)\b"),
    ("where", "place", r"\bwhere\b"),
    (
        "wh",
        "place",
        r"\b(?:what|which)"
        r" (?:city|country|state|town|place|location|region|area|province|continent|county)\b",
    ),
    ("who", "person", r"\bwho(?:m|se)?\b"),
    ("why", "reason", r"\bwhy\b"),
    ("what", "reason", r"\bwhat (?:caused|led|(?:is|was|were) the reasons?)\b"),
)
"""What asks for each kind, in the order in which they are tried, each after letters that the
question must hold for it."""


def expectation(question: str) -> Expectation | None:
    """Tell what kind of answer a question expects; None where the rules cannot tell."""
    asked = question.casefold()
    return next(
        (
            kind
            for letters, kind, pattern in ASKED
            if letters in asked and re.search(pattern, asked)
        ),
        None,
    )


def asks_for_several(question: str) -> bool:
    """Whether a question asks for all items of a list, or for all steps."""
    return re.search(SEVERAL, question.casefold()) is not None


def find_expected(kind: Expectation, sentence: str, known: frozenset[str]) -> list[Span]:
    """Find what may be the answer.

    Args:
        kind: what is expected.
        sentence: a sentence.
        known: words of the question, case-folded; what only repeats them is no answer.

    Returns:
        Spans of the sentence, in order.
    """
    return [span for span in _matches(kind, sentence) if not _repeats(span.slice(sentence), known)]


@lru_cache(CACHED_SENTENCES)
def _matches(kind: Expectation, sentence: str) -> tuple[Span, ...]:
    """Find all of a kind: the sentences of one question are often the next one's."""
    if kind == "duration":
        return tuple(_durations(sentence))
    find = _persons if kind == "person" else re.compile(PATTERNS[kind]).finditer
    return tuple(trim(sentence, Span(*match.span())) for match in find(sentence))


def _persons(sentence: str) -> Iterator[re.Match[str]]:
    """Yield the names but those of days and months, and no small word that opens the sentence."""
    openings, names, place = re.compile(rf"\b{CAPITAL}\w*"), re.compile(NAME), 0
    while opening := openings.search(sentence, place):
        place = opening.end()
        if opening[0].casefold() not in ENGLISH.stop_words:
            name = names.match(sentence, opening.start())
            if name:
                place = name.end()
                if _is_person(name):
                    yield name


def _durations(sentence: str) -> Iterator[Span]:
    """Yield the quantities that a unit follows, with it."""
    for span in _matches("quantity", sentence):
        unit = re.compile(UNIT).match(sentence, span.end)
        if unit:
            yield Span(span.start, unit.end())


def find_counted(sentence: str, counted: str, analyzer: Analyzer) -> bool:
    """Tell whether a number stands shortly before what it counts.

    Args:
        sentence: a sentence.
        counted: the term of what is counted.
        analyzer: of the sentence.
    """
    return any(
        counted in analyzer.terms(sentence[end : end + COUNTED_WITHIN], stop_words=True)
        for _, end in find_expected("quantity", sentence, frozenset())
    )


def what_is_counted(question: str, analyzer: Analyzer) -> str | None:
    """The term of what a question counts, as ships in how many ships; None where it does not."""
    asked = question.casefold()
    match = re.search(r"\bhow many\s+(\w+)", asked) if "how" in asked else None
    return next(iter(analyzer.terms(match[1], stop_words=True)), None) if match else None


def find_full_name(sentence: str, asked: frozenset[str], analyzer: Analyzer) -> bool:
    """Tell whether somebody's both names stand beside words of the question.

    Args:
        sentence: a sentence.
        asked: the terms of the question.
        analyzer: of the sentence.
    """
    for span in _matches("person", sentence):
        name = analyzer.terms(span.slice(sentence))
        before = re.compile(OFFICE).search(sentence, max(0, span.start - OFFICE_LIMIT), span.start)
        office = analyzer.terms(before[1]) if before else []
        others = [term for term in name if term not in asked and len(term) > 1]
        if len(others) > 1 and not asked.isdisjoint([*name, *office]):
            return True
    return False


def nearest(expected: Sequence[Span], words: Sequence[Span]) -> Span | None:
    """Choose among what may be the answer what stands nearest to the question's words.

    What is counted follows its number and what happened goes before its date, so distance alone
    decides; of two as near the first is taken.

    Args:
        expected: spans of a sentence.
        words: where the question's words stand in it.

    Returns:
        One of `expected`; None where there is none.
    """
    return min(expected, key=lambda span: _distance(span, words), default=None)


def _distance(span: Span, words: Sequence[Span]) -> int:
    """Characters between a span and the nearest word outside of it; 0 where there is none."""
    gaps = (max(word.start - span.end, span.start - word.end) for word in words)
    return min((gap for gap in gaps if gap >= 0), default=0)


def _words(text: str) -> list[str]:
    return re.findall(WORD, text.casefold())


def _repeats(text: str, known: frozenset[str]) -> bool:
    return known.issuperset(_words(text))


def _is_person(name: re.Match[str]) -> bool:
    """Whether a name is somebody's: not one alone at the beginning, nor that of a day."""
    alone = name.start() == 0 and " " not in name[0]
    return not alone and not re.fullmatch(NAME_OF_DAY, name[0])
