"""Strings a few slips of the keyboard apart.

An edit is an insertion, a deletion, a substitution or an exchange of neighbours (Damerau, "A
technique for computer detection and correction of spelling errors", 1964).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

__all__ = ["code_points_near", "distance", "one_edit_away", "two_edits_away"]

ASCII_LETTERS = "abcdefghijklmnopqrstuvwxyz"
REACH = 1024
"""How far code points may be from another to be tried: those of Latin are, Chinese has far more."""


def code_points_near(letter: str) -> range:
    """Return the code points around a letter: those of its script."""
    return range(max(0, ord(letter) - REACH), ord(letter) + REACH)


def one_edit_away(
    word: str, letters: Callable[[str], Iterable[str]] = lambda beginning: ASCII_LETTERS
) -> Iterator[str]:
    """Yield all strings one edit away.

    Args:
        word: a word.
        letters: tells what may be put in after a beginning of the word.
    """
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters(head):
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
