"""Strings a few slips of the keyboard apart.

An edit is an insertion, a deletion, a substitution or an exchange of neighbours (Damerau, "A
technique for computer detection and correction of spelling errors", 1964).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

__all__ = ["distance", "letters_near", "one_edit_away", "two_edits_away"]

ASCII_LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALPHABET = 512
"""Letters tried in the place of others at the most: Latin has these, Chinese has far more."""


def letters_near(letter: str, letters: str) -> str:
    """Return the letters that stand nearest in the order of code points: those of the same script.

    Args:
        letter: a letter.
        letters: those to choose from, sorted.
    """
    start = min(bisect_left(letters, letter) - ALPHABET // 2, len(letters) - ALPHABET)
    return letters[max(0, start) :][:ALPHABET]


def one_edit_away(word: str, letters: Iterable[str] = ASCII_LETTERS) -> Iterator[str]:
    """Yield all strings one edit away.

    Args:
        word: a word.
        letters: what may be put in.
    """
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def two_edits_away(word: str, alike: Iterable[str]) -> Iterator[str]:
    """Yield those of some words that are two edits away.

    Args:
        word: a word.
        alike: words that begin alike: first letters are hardly missed.
    """
    letters = set(word)
    for known in alike:
        if abs(len(known) - len(word)) > 2:
            continue
        # An edit changes two letters at the most; that is far quicker to see than the distance.
        if len(letters.symmetric_difference(known)) <= 4 and distance(word, known) == 2:
            yield known


def distance(one: str, other: str) -> int:
    """Return the number of insertions, deletions, substitutions and exchanges of neighbours."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
