"""Numbered parts of documents, and versions: how a question names them, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from briefqa.answers.answer_type import DIVISIONS
from briefqa.conventions import NUMBERS

__all__ = ["find_division", "find_dotted_numbers", "is_in_division"]

CARDINALS = NUMBERS[1:11]
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ROMAN = "i ii iii iv v vi vii viii ix x".split()
FIGURES = [str(number) for number in range(1, 11)]
DOTTED = r"v?(\d+(?:\.\d+)+)"
"""The number of a section or a version."""
MARKS = "§.,:;()[]#*"
OPENING = 40
"""Characters of a sentence in which its own number is."""


def find_division(words: Sequence[str]) -> frozenset[str]:
    """Return the ways to write the number of the part of a document that is asked for.

    Args:
        words: of a question, case-folded.
    """
    for before, word in pairwise(words):
        numbered = before in DIVISIONS and (
            word[0].isdigit()
            or word in CARDINALS
            or word in ROMAN
            or (len(word) == 1 and word != "a")
        )
        if numbered or (word in DIVISIONS and before in ORDINALS):
            return _ways_to_write(word if numbered else before)
    return frozenset()


def find_dotted_numbers(words: Iterable[str]) -> frozenset[str]:
    """Return the numbers of sections or versions that a question names, such as 4.2 or v2.1.0.

    Args:
        words: of a question, case-folded.
    """
    return frozenset(filter(None, map(_dotted_number, words)))


def is_in_division(division: frozenset[str], headings: Sequence[str], text: str) -> bool:
    """Return whether a part of a document is named by a heading, or opens a sentence.

    Args:
        division: the ways to write its number; none for no part.
        headings: those above the sentence.
        text: the sentence.
    """
    if not division:
        return False
    words = [word for heading in headings for word in heading.casefold().split()]
    opening = text[:OPENING].casefold().split()[:2]
    return any(_plain_number(word) in division for word in (*words, *opening))


def _plain_number(word: str) -> str:
    """Return a number without the marks around it, and without the v of a version."""
    word = word.strip(MARKS)
    return _dotted_number(word) or word


def _dotted_number(word: str) -> str | None:
    """Return the number of a section or a version; None if a word is neither."""
    match = re.fullmatch(DOTTED, word) if "." in word else None
    return match[1] if match else None


def _ways_to_write(number: str) -> frozenset[str]:
    for names in (CARDINALS, ORDINALS, ROMAN, FIGURES):
        if number in names:
            place = names.index(number)
            return frozenset({CARDINALS[place], ROMAN[place], FIGURES[place]})
    return frozenset({number})
