"""Edit distance, and the strings that are one or two edits from a word.

An edit is an insertion, a deletion, a substitution or a transposition of neighbours (Damerau, "A
technique for computer detection and correction of spelling errors", 1964).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

__all__ = ["code_points_near", "distance", "one_edit_away", "two_edits_away"]

ASCII_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SCRIPT_RANGE = 1024
"""How far apart code points of one script are taken to be: true of Latin; Chinese has far more."""


def code_points_near(letter: str) -> range:
    """Return the code points near a letter, which include those of its script."""
    return range(max(0, ord(letter) - SCRIPT_RANGE), ord(letter) + SCRIPT_RANGE)


def one_edit_away(
    word: str, letters: Callable[[str], Iterable[str]] = lambda beginning: ASCII_LETTERS
) -> Iterator[str]:
    """Yield all strings one edit away.

    Args:
        word: a word.
        letters: returns the letters to insert after a beginning of the word.
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


def two_edits_away(word: str, candidates: Iterable[str]) -> Iterator[str]:
    """Yield the candidates that are two edits away.

    Args:
        word: a word.
        candidates: words to compare it with.
    """
    letters = set(word)
    for candidate in candidates:
        if abs(len(candidate) - len(word)) > 2:
            continue
        # An edit changes at most two letters; comparing sets is far faster than the distance.
        if len(letters.symmetric_difference(candidate)) <= 4 and distance(word, candidate) == 2:
            yield candidate


def distance(one: str, other: str) -> int:
    """Return the smallest number of edits between two strings, each letter edited at most once."""
    row: list[int] = list(range(len(other) + 1))
    row_above: list[int] = []
    for i, letter in enumerate(one, 1):
        two_above, row_above, row = row_above, row, [i]
        for j, counterpart in enumerate(other, 1):
            substitution = row_above[j - 1] + (letter != counterpart)
            cost = min(row_above[j] + 1, row[-1] + 1, substitution)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
    return row[-1]
