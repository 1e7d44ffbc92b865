"""Definitions: of abbreviations by their long forms, and of what a question asks to define.

The algorithm for abbreviations is that of Schwartz and Hearst ("A simple algorithm for identifying
abbreviation definitions in biomedical text", 2003): the long form is before or inside brackets, and
has the letters of the abbreviation in their order, the first of them at the start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.analysis.english import ENGLISH
from briefqa.records import Record

__all__ = [
    "Definition",
    "definition_strength",
    "find_definitions",
    "is_abbreviation",
    "letters",
    "phrases_with_initials",
]

ABBREVIATION = r"[A-Z](?:\.?[A-Z&]){1,6}\.?(?:'?s|’s)?"
"""Capitals, with or without dots between them, singular or plural: SDF, U.N., EVs."""
BRACKETED = r"\(([^()\n]{2,80})\)"
LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
"""Lowers ASCII letters only, so that no offset changes."""
LAST_WORD = r"[\w.&'’]+\s$"
WORDS_BEFORE = 160
"""Characters before a bracket in which a long form is searched for."""
CONNECTORS = r"(?:(?:of|and|for|the|de|on)\s+)*"
"""Words without an initial in the abbreviation."""

CALLED = ("called", "i.e.", "known as", "meaning", "named", "referred to as", "termed")
"""What stands before a name that is defined."""
CONSISTS = r"\b(?:shall |will )?(?:consists? (?:only |solely )?(?:in|of)|means?|includes?)\b"
"""What defines a name that opens a sentence, with words between that belong to the name."""
BETWEEN = 60
"""The maximum number of characters between them."""
DEFINE = ("consists of", "mean", "means", "refers to", "stands for")
IS = ("are", "is", "was", "were")
ARTICLES = (" a", " an", " any", " the")
NAMING = ("phrase", "term", "word")
"""What may stand between the start of a sentence and a name that is defined."""
CLASSES = ("a", "an", "any", "defined", "one", "the", "used")
"""Words after is with which a definition goes on."""
APPOSITIONS = (", a ", ", an ", ", or ", ", the ", ", which ", ", who ")
DASHES = ("—", "–", " - ")
MARKS = "\"'“”‘’*_`("


class Definition(Record):
    """An abbreviation and its long form, as written."""

    short: str
    long: str


def is_abbreviation(word: str) -> bool:
    """Return whether a word looks like an abbreviation."""
    small = word.isalpha() and word[1:].islower()
    return not small and re.fullmatch(ABBREVIATION, word) is not None


def letters(abbreviation: str) -> str:
    """Return the letters of an abbreviation, folded, without dots and the s of a plural."""
    return re.sub(r"['’]?s$|\W", "", abbreviation).casefold()


def find_definitions(text: str) -> Iterator[Definition]:
    """Yield the definitions in a text, in order: `long form (SF)` and `SF (long form)`."""
    if "(" not in text:
        return
    for match in re.finditer(BRACKETED, text):
        inside, before = match[1], text[max(0, match.start() - WORDS_BEFORE) : match.start()]
        if is_abbreviation(inside):
            yield from _definition(inside, before.rstrip())
        elif last := re.search(LAST_WORD, before):
            short = last[0].rstrip()
            if is_abbreviation(short):
                yield from _definition(short, inside)


def _definition(short: str, text: str) -> Iterator[Definition]:
    """Yield the definition if the last words of a text, at least two, spell out `short`."""
    start = _long_form_start(letters(short), text)
    if start is not None and not text[start:].isalnum():
        yield Definition(short, text[start:])


def _long_form_start(short: str, text: str) -> int | None:
    """Match the letters backwards; return where the word with the first one starts, or None."""
    folded, place = text.translate(LOWER), len(text)
    for number in reversed(range(len(short))):
        place = folded.rfind(short[number], 0, place)
        while number == 0 and place > 0 and text[place - 1].isalnum():
            place = folded.rfind(short[number], 0, place)
        if place < 0:
            return None
    words = text[place:].split()
    return place if len(words) <= min(len(short) + 5, 2 * len(short)) else None


def phrases_with_initials(initials: str, text: str) -> Iterator[str]:
    """Yield the neighbouring words that have some initials, as written, in order.

    Args:
        initials: at least two letters.
        text: any text.
    """
    first, *others = (rf"(?i:{letter})[a-zà-ÿ]\w*" for letter in initials)
    following = "".join(rf"(?:\s+{CONNECTORS}|-){other}" for other in others)
    for match in re.finditer(rf"\b(?=({first}{following})\b)", text):
        yield match[1]


def definition_strength(subject: str, text: str) -> float:
    """Return how surely a text defines something, 0 to 1.

    Args:
        subject: what it may define, case-folded.
        text: a sentence.
    """
    strength, folded = 0.0, text.casefold()
    start = folded.find(subject)
    while start >= 0 and strength < 1:
        end = start + len(subject)
        for ending in ("es", "s"):
            end += len(ending) * folded.startswith(ending, end)
        whole = not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum())
        if whole:
            named = _strength_of_title(text[:start].split()[-2:])
            strength = max(strength, named, _strength_at(folded, start, end))
        start = folded.find(subject, start + 1)
    expanded = any(letters(each.short) == letters(subject) for each in find_definitions(text))
    return 1.0 if expanded else strength


def _strength_of_title(before: Sequence[str]) -> float:
    """Return how surely the two words before a surname say who bears it: a title, a first name."""
    capitals = [word for word in before if word[0].isupper()]
    titled = [word.casefold() in ENGLISH.titles for word in capitals]
    if not any(titled) or capitals[-1] != before[-1]:
        return 0.0
    return 0.6 if titled[-1] else 0.8


def _strength_at(text: str, start: int, end: int) -> float:
    """Return how surely what stands around a subject defines it, in case-folded text."""
    before, after = text[:start].rstrip(MARKS + " "), text[end:].lstrip(MARKS[:-1])
    if after.startswith(" ("):
        after = after.partition(")")[2]
    before = f" {before}"
    before = before.removesuffix(next(filter(before.endswith, ARTICLES), "")).strip()
    opens = not before or not before[-1].isalnum() or before.endswith(NAMING)
    following = after.split(maxsplit=2)
    defines = " ".join(following[:1]) in DEFINE or " ".join(following[:2]) in DEFINE
    if following[:1] and following[0] in IS:
        defines = len(following) > 1 and following[1] in CLASSES
        if opens and not defines:
            return 0.7
    if defines:
        return 1.0 if opens else 0.5
    if opens and re.search(CONSISTS, after[:BETWEEN]):
        return 0.7
    if opens and after.lstrip()[:1] in (":", "—", "–", "-") and len(following) > 1:
        return 1.0
    if before.endswith(CALLED):
        return 0.8
    if before.endswith((" is", " are")) and after.startswith(DASHES):
        return 0.8
    return 0.6 if after.startswith(APPOSITIONS) else 0.0
