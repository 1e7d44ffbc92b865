"""Correcting slips of the keyboard.

A word of the question that no passage holds, and that is no common English word either, is taken
for the most frequent word of the documents one edit away: an insertion, a deletion, a substitution
or an exchange of neighbours, which four in five typing errors are (Damerau, "A technique for
computer detection and correction of spelling errors", 1964). Long words may be two edits away. A
slip in a stop word is passed over as the stop word would be. A name is no slip of a word that the
documents write small.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from briefqa.analysis import STOP_WORDS, terms
from briefqa.answers.english import is_english
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Index
from briefqa.records import Record

__all__ = ["Correction", "correct"]

ASCII_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Letters; a shorter word is one edit from too many others."""
LONGEST = 40
"""Letters; a longer string is no word that anybody mistyped."""
LONG = 8
"""Letters of a word that may be two edits away."""
LOOKED_AT = 8
"""Passages in which a word is looked for with a capital."""
WORD = re.compile(r"\w+")
SLIPS = 16
"""Words of a question that are looked for at the most; where more are unknown, it is no slip."""
ALPHABET = 512
"""Letters tried in the place of others at the most: Latin has these, Chinese has far more."""


class Correction(Record):
    """A word that was looked up as another.

    Attributes:
        asked: the word as asked.
        used: the word of the documents that was looked up, case-folded.
    """

    asked: str
    used: str


def correct(question: Question, index: Index) -> tuple[Question, tuple[Correction, ...]]:
    """Replace what no passage holds by what was probably meant.

    Returns:
        The question to look up, and what was replaced in it.
    """
    words, corrections = [], []
    slips = list(islice((word for word in question.words if _may_be_slip(word, index)), SLIPS))
    for word in question.words:
        used = _meant(word, index) if word in slips else None
        if used and _looks_like_name(word, question) and not _is_written_as_name(used, index):
            used = None
        if used is None:
            words.append(word)
            continue
        corrections.append(Correction(word.text, used))
        if used not in STOP_WORDS:
            words.append(word._replace(written=used, terms=tuple(terms(used))))
    if not words:
        return question, ()
    return question._replace(words=tuple(words)), tuple(corrections)


def _may_be_slip(word: QuestionWord, index: Index) -> bool:
    """Whether a word is known neither to the documents nor to English."""
    asked = word.text.casefold()
    if not SHORTEST <= len(asked) <= LONGEST or not asked.isalpha() or asked in STOP_WORDS:
        return False
    return not any(map(index.passage_frequency, word.terms)) and not is_english(word.terms[0])


def _looks_like_name(word: QuestionWord, question: Question) -> bool:
    """Whether a word has a capital that is not owed to its place, or to the whole question."""
    if question.text.isupper():
        return False
    opens = question.text.startswith(word.text)
    return not word.text[1 if opens else 0 :].islower()


def _is_written_as_name(word: str, index: Index) -> bool:
    """Whether passages that lead for a word write it with a capital."""
    texts = [hit.passage.text for hit in index.search(terms(word), LOOKED_AT)]
    written = {each for text in texts for each in WORD.findall(text) if each.casefold() == word}
    return any(not each.islower() for each in written)


def _meant(word: QuestionWord, index: Index) -> str | None:
    """The word of the documents that was probably meant; None where there is none like it."""
    asked, vocabulary = word.text.casefold(), index.vocabulary
    letters = _letters_near(asked[0], index.letters)
    near = [known for known in _edits(asked, letters) if known in vocabulary]
    if not near and len(asked) >= LONG:
        near = list(_two_edits(asked, index.words_beginning(asked[0])))
    meant = [known for known in near if terms(known)] or STOP_WORDS.intersection(_edits(asked))
    return min(meant, key=lambda known: (-vocabulary.get(known, 0), known), default=None)


def _letters_near(letter: str, letters: str) -> str:
    """The letters that stand nearest in the order of code points: those of the same script."""
    start = min(bisect_left(letters, letter) - ALPHABET // 2, len(letters) - ALPHABET)
    return letters[max(0, start) :][:ALPHABET]


def _edits(word: str, letters: Iterable[str] = ASCII_LETTERS) -> Iterator[str]:
    """Yield all strings one edit away."""
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


def _two_edits(word: str, alike: Iterable[str]) -> Iterator[str]:
    """Yield the words two edits away of those that begin alike: first letters are hardly missed."""
    letters = set(word)
    for known in alike:
        if abs(len(known) - len(word)) > 2:
            continue
        # An edit changes two letters at the most; that is far quicker to see than the distance.
        if len(letters.symmetric_difference(known)) <= 4 and _distance(word, known) == 2:
            yield known


def _distance(one: str, other: str) -> int:
    """The number of insertions, deletions, substitutions and exchanges of neighbours."""
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
