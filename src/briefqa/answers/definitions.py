"""Abbreviations and their long forms, as a text defines them.

The algorithm is that of Schwartz and Hearst ("A simple algorithm for identifying abbreviation
definitions in biomedical text", 2003): the long form is before or inside brackets, and has the
letters of the abbreviation in their order, the first of them at the start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.records import Record

__all__ = [
    "Definition",
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
