"""Names in a sentence: of persons, places and companies, as far as capitals tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefqa.analysis.english import ENGLISH
from briefqa.conventions import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from briefqa.spans import Span, trim

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    from briefqa.analysis.analyzer import Analyzer

    NameType = Literal["person", "place", "company"]

__all__ = ["NAME_PATTERNS", "find_full_name", "find_names"]

OFFICE = r"(\w+)\s$"
OFFICE_LIMIT = 40
"""Characters before a name in which the word before it is looked for."""
CAPITAL = "[A-ZÀ-ÖØ-Þ]"
TITLES = tuple("Prof Col Gen Gov Hon Mrs Rep Rev Sen Sgt Dr Lt Mr Ms St".split())
# A dot is part of a name inside it, after an initial, and after a title: U.S., J. Smith, Dr. No.
WITHIN_NAME = rf"\w|(?:[.'-]|’)(?=\w)|(?<=\b{CAPITAL})\."
BETWEEN = rf"\s+(?:(?:of|de|von|van|al|the)\s+)?(?={CAPITAL})"
PLAIN_NAME = rf"(?={CAPITAL})(?:{WITHIN_NAME}|{BETWEEN})++"
NAME = rf"(?={CAPITAL})(?:\b(?:{'|'.join(TITLES)})\.|{WITHIN_NAME}|{BETWEEN})++"
COMPANY = (
    r"(?:A\.?G|Airlines|Airways|Bank|Co|Company|Corp|Corporation|GmbH|Group|Holdings|Inc|Incorporated"
    r"|Industries|LLC|LLP|Ltd|Limited|Motors?|PLC|S\.A|SE|Technologies)\b\.?"
)
"""Words that end the name of a company."""

MONTH_NAMES = frozenset((*MONTHS, *MONTH_ABBREVIATIONS))

NAME_PATTERNS: Mapping[NameType, str] = {
    "person": NAME,
    "place": (
        rf"(?:(?<=\b[Ii]n )|(?<=\b[Aa]t )|(?<=\bnear )|(?<=\bfrom )|(?<=\bto )|(?<=\bof ))"
        rf"(?:the\s+)?{NAME}"
    ),
    "company": (
        rf"(?<![\w&'’-]){CAPITAL}[\w&'’-]*+(?:,?\s+(?:&\s+)?{CAPITAL}[\w&'’-]*+){{0,4}},?\s+{COMPANY}"
    ),
}
"""Each is anchored at a word and consumes it, so that the time is linear."""


def find_names(kind: NameType, sentence: str) -> Iterator[Span]:
    """Yield the names of a kind in a sentence, in order.

    Args:
        kind: one of `NAME_PATTERNS`.
        sentence: any text.
    """
    find = _persons if kind == "person" else re.compile(NAME_PATTERNS[kind]).finditer
    for match in find(sentence):
        yield trim(sentence, Span(*match.span()))


def _persons(sentence: str) -> Iterator[re.Match[str]]:
    """Yield names, except those of days and months and a stop word that opens the sentence.

    Of capitals alone, none is told from another.
    """
    if sentence.isupper():
        return
    openings, names, place = re.compile(rf"\b{CAPITAL}\w*"), re.compile(PLAIN_NAME), 0
    while opening := openings.search(sentence, place):
        place = opening.end()
        if opening[0].casefold() not in ENGLISH.stop_words:
            name = names.match(sentence, opening.start())
            if name and name[0].endswith(TITLES) and sentence.startswith(".", name.end()):
                # Few sentences need the pattern with titles, which is slow to compile.
                name = re.compile(NAME).match(sentence, opening.start())
            if name:
                place = name.end()
                if _is_person(name):
                    yield name


def find_full_name(sentence: str, asked: frozenset[str], analyzer: Analyzer) -> bool:
    """Return whether a sentence has a person's first name and surname beside the question's terms.

    Args:
        sentence: a sentence.
        asked: the terms of the question.
        analyzer: of the sentence.
    """
    for span in find_names("person", sentence):
        name = analyzer.terms(span.slice(sentence))
        before = re.compile(OFFICE).search(sentence, max(0, span.start - OFFICE_LIMIT), span.start)
        office = analyzer.terms(before[1]) if before else []
        others = [term for term in name if term not in asked and len(term) > 1]
        if len(others) > 1 and not asked.isdisjoint([*name, *office]):
            return True
    return False


def _is_person(name: re.Match[str]) -> bool:
    """Whether a name may be a person's: not one word at the start, nor a day or month."""
    words = name[0].split()
    last = words[-1] + "." * name.string.startswith(".", name.end())
    of_days = (words[0] in WEEKDAYS) + (not MONTH_NAMES.isdisjoint((words[-1], last)))
    return (name.start() > 0 or len(words) > 1) and of_days < len(words)
