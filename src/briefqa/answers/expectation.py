"""What kind of answer a question expects, and where a sentence holds one.

When asks for a date, who for a person, where for a place, how many for a quantity: the classes of
the first question answering evaluations (Li and Roth, "Learning Question Classifiers", 2002) that
rules recognise well.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from briefqa.spans import Span

__all__ = ["Expectation", "expectation", "find_expected"]


class Expectation(StrEnum):
    """A kind of answer."""

    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    QUANTITY = "quantity"


MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
YEAR = r"\b(?:1\d{3}|20\d{2})(?:s\b|\b)(?!,\d)"
NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|twice|several)"
)
CAPITALISED = r"[A-Z][\w’'.-]*+"
NAME = rf"{CAPITALISED}(?:\s+(?:of\s+|de\s+|von\s+|van\s+|al\s+|the\s+)?{CAPITALISED})*+"

PATTERNS = {
    Expectation.DATE: re.compile(
        rf"(?:{WEEKDAY},?\s+)?(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?\b{MONTH}(?:\s+\d{{1,2}}\b)?"
        rf"(?:,?\s+{YEAR})?"
        rf"|{YEAR}(?:\s*[-–]\s*(?:{YEAR}|\d\d\b))?|\b{WEEKDAY}\b|\b\d{{1,2}}(?:st|nd|rd|th)\s+century"
        r"|\b\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\b\.?)|\b\d{1,4}\s+(?:BCE?|AD|CE)\b"
    ),
    Expectation.PERSON: re.compile(NAME),
    Expectation.PLACE: re.compile(
        rf"(?:(?<=\b[Ii]n )|(?<=\b[Aa]t )|(?<=\bnear )|(?<=\bfrom )|(?<=\bto )|(?<=\bof ))"
        rf"(?:the\s+)?{NAME}"
    ),
    Expectation.QUANTITY: re.compile(
        rf"[$€£¥]?\b\d[\d,.]*+(?:\s*%|(?:\s+(?:percent|per\s+cent|{NUMBER_WORD}))*+)"
        rf"|\b{NUMBER_WORD}(?:[-\s]+{NUMBER_WORD})*+\b",
        re.IGNORECASE,
    ),
}
"""Each is anchored at a word and moves on after it, so that a long text stays linear."""

ASKED = (
    (
        Expectation.QUANTITY,
        r"\bhow (?:many|much|old|long|far|tall|big|large|often|high|deep|fast)\b"
        r"|\bwhat (?:percent|percentage|number|proportion|share|amount)\b",
    ),
    (
        Expectation.DATE,
        r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b",
    ),
    (
        Expectation.PLACE,
        r"\bwhere\b|\b(?:what|which)"
        r" (?:city|country|state|town|place|location|region|area|province|continent|county)\b",
    ),
    (Expectation.PERSON, r"\bwho(?:m|se)?\b"),
)
"""What asks for each kind, in the order in which they are tried."""


def expectation(question: str) -> Expectation | None:
    """Tell what kind of answer a question expects; None where the rules cannot tell."""
    asked = question.casefold()
    return next((kind for kind, pattern in ASKED if re.search(pattern, asked)), None)


def find_expected(kind: Expectation, sentence: str, known: Iterable[str]) -> list[Span]:
    """Find what may be the answer.

    Args:
        kind: what is expected.
        sentence: a sentence.
        known: words of the question, case-folded; what only repeats them is no answer.

    Returns:
        Spans of the sentence, in order.
    """
    repeated = frozenset(known)
    return [
        Span(*match.span())
        for match in PATTERNS[kind].finditer(sentence)
        if not _repeats(match[0], repeated) and _is_name(kind, match)
    ]


def _repeats(text: str, known: frozenset[str]) -> bool:
    words = re.findall(r"\w+", text.casefold())
    return all(word in known for word in words)


def _is_name(kind: Expectation, match: re.Match[str]) -> bool:
    """Whether a capital tells a name: at the beginning of a sentence one alone does not."""
    return kind is not Expectation.PERSON or match.start() > 0 or " " in match[0]
