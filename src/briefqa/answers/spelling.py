"""Correcting slips of the keyboard.

A word of the question that no passage holds, and that is no common English word either, is taken
for the most frequent word of the documents one edit away: an insertion, a deletion, a substitution
or an exchange of neighbours, which four in five typing errors are (Damerau, "A technique for
computer detection and correction of spelling errors", 1964). Long words may be two edits away. A
slip in a stop word is passed over as the stop word would be. A name is no slip of a word that the
documents write small.
"""

from __future__ import annotations

import re
from itertools import islice

from briefqa.answers.answer import Correction
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Query

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["correct"]

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


def correct(question: Question, index: Engine) -> tuple[Question, tuple[Correction, ...]]:
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
        if used not in index.analyzer.language.stop_words:
            terms = tuple(index.analyzer.terms(used))
            words.append(word._replace(written=used, terms=terms))
    if not words:
        return question, ()
    return question._replace(words=tuple(words)), tuple(corrections)


def _may_be_slip(word: QuestionWord, index: Engine) -> bool:
    """Whether a word is known neither to the documents nor to English."""
    asked, language = word.text.casefold(), index.analyzer.language
    if not SHORTEST <= len(asked) <= LONGEST or not asked.isalpha():
        return False
    if asked in language.stop_words:
        return False
    return not word.is_known(index) and word.terms[0] not in language.lexicon


def _looks_like_name(word: QuestionWord, question: Question) -> bool:
    """Whether a word has a capital that is not owed to its place, or to the whole question."""
    if question.text.isupper():
        return False
    opens = question.text.startswith(word.text)
    return not word.text[1 if opens else 0 :].islower()


def _is_written_as_name(word: str, index: Engine) -> bool:
    """Whether passages that lead for a word write it with a capital."""
    query = Query(tuple(index.analyzer.terms(word)))
    texts = [hit.passage.text for hit in index.search(query, LOOKED_AT)]
    written = {each for text in texts for each in WORD.findall(text) if each.casefold() == word}
    return any(not each.islower() for each in written)


def _meant(word: QuestionWord, index: Engine) -> str | None:
    """The word of the documents that was probably meant; None where there is none like it."""
    from briefqa.edit_distance import one_edit_away

    asked = word.text.casefold()
    near = index.near(asked, 1)
    if not near and len(asked) >= LONG:
        near = index.near(asked, 2)
    meant = [known for known in near if index.analyzer.terms(known)]
    stop_words = index.analyzer.language.stop_words
    stops = () if meant else stop_words.intersection(one_edit_away(asked))
    return min(meant or stops, key=lambda known: (-near.get(known, 0), known), default=None)
