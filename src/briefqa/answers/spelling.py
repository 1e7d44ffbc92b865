"""Correction of typing errors, and completion of a word that is still being typed.

A word of the question that no passage has, and that is not common English either, is taken for the
most frequent word of the documents one edit away: an insertion, a deletion, a substitution or an
exchange of neighbours, which make up four in five typing errors (Damerau, "A technique for computer
detection and correction of spelling errors", 1964). A long word may be two edits away. A misspelled
stop word is removed, as the stop word would be. A name is never taken for a word that the documents
write in lower case.
"""

from __future__ import annotations

import re
from heapq import nlargest
from itertools import islice

from briefqa.answers.answer import Correction
from briefqa.answers.question import Question, QuestionWord, parse_question
from briefqa.errors import QuestionError
from briefqa.index.query import Query

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["complete_last_word", "correct_spelling"]

SHORTEST = 4
"""Letters; a shorter word is one edit from too many others."""
LONGEST = 40
"""Letters; a longer string is not a word that anybody mistyped."""
LONG = 8
"""Letters from which on a word may be two edits away."""
NAME_DEPTH = 8
"""Passages in which a word is looked for with a capital."""
WORD = re.compile(r"\w+")
UNKNOWN_LIMIT = 16
"""Words of a question that are corrected at most."""
SHORTEST_START = 2
"""Letters of a word that is completed; too many words begin with fewer."""
COMPLETIONS = 8
"""The number of words that are taken for what a word may become, the most frequent ones."""


def correct_spelling(question: Question, engine: Engine) -> Question:
    """Return a question with its misspelled words replaced.

    Args:
        question: the question.
        engine: has the words of the documents.
    """
    analyzer = engine.analyzer
    words, corrections = [], []
    misspelled = (word for word in question.words if _is_misspelled(word, engine))
    suspects = tuple(islice(misspelled, UNKNOWN_LIMIT))
    for word in question.words:
        meant = _nearest_word(word, engine) if word in suspects else None
        if meant is None or (_is_name(word, question) and not _is_written_as_name(meant, engine)):
            words.append(word)
            continue
        corrections.append(Correction(word.text, meant))
        if meant not in analyzer.language.stop_words:
            words.append(word._replace(written=meant, terms=tuple(analyzer.terms(meant))))
    if not words:
        return question
    return question._replace(words=tuple(words), corrections=tuple(corrections))


def _is_misspelled(word: QuestionWord, engine: Engine) -> bool:
    """Whether a word is known neither to the documents nor to the language."""
    written, language = word.text.casefold(), engine.analyzer.language
    if word.exact or not SHORTEST <= len(written) <= LONGEST or not written.isalpha():
        return False
    if written in language.stop_words or word.is_known(engine):
        return False
    return word.terms[0] not in language.lexicon


def _nearest_word(word: QuestionWord, engine: Engine) -> str | None:
    """Return the most frequent word of the documents near to a word, or a stop word; or None."""
    from briefqa.edit_distance import one_edit_away

    written = word.text.casefold()
    near = engine.near(written, 1)
    if not near and len(written) >= LONG:
        near = engine.near(written, 2)
    candidates = [each for each in near if engine.analyzer.terms(each)]
    if not candidates:
        candidates = list(engine.analyzer.language.stop_words.intersection(one_edit_away(written)))
    return min(candidates, key=lambda each: (-near.get(each, 0), each), default=None)


def _is_name(word: QuestionWord, question: Question) -> bool:
    """Whether a word has a capital that neither its place nor the whole question explains."""
    if question.text.isupper():
        return False
    opens = question.text.startswith(word.text)
    return not word.text[1 if opens else 0 :].islower()


def _is_written_as_name(word: str, engine: Engine) -> bool:
    """Whether the leading passages for a word write it with a capital."""
    hits = engine.search(Query(tuple(engine.analyzer.terms(word))), NAME_DEPTH)
    written = {each for hit in hits for each in WORD.findall(hit.passage.text)}
    return any(each.casefold() == word and not each.islower() for each in written)


def complete_last_word(question: Question, engine: Engine, *, signs: bool = True) -> Question:
    """Return a question whose last word stands for the words that begin with it.

    It is neither corrected nor ever missing, since nobody knows yet what it will be. If no passage
    has such a word, the other words are the question.

    Args:
        question: the question.
        engine: has the words of the documents.
        signs: whether a sign may require or exclude its word.
    """
    last = question.words[-1]
    if not question.text.endswith(last.text):
        return question
    completions = _completions(last.written, engine)
    if not completions and not last.is_known(engine):
        return _without(last.text, question, engine, signs=signs)
    terms = engine.analyzer.terms(" ".join(completions))
    word = last._replace(terms=tuple(dict.fromkeys((*last.terms, *terms))), light=True, exact=True)
    return question._replace(words=(*question.words[:-1], word))


def _completions(start: str, engine: Engine) -> list[str]:
    """Return the most frequent words that begin with some letters."""
    found = engine.beginning_with(start) if len(start) >= SHORTEST_START else {}
    return nlargest(COMPLETIONS, found, key=lambda word: (found[word], word))


def _without(last: str, question: Question, engine: Engine, *, signs: bool) -> Question:
    """Return a question without its last word, unless it has no other one."""
    try:
        rest = parse_question(question.text[: -len(last)], engine.analyzer, engine, signs=signs)
    except QuestionError:
        return question
    return rest._replace(text=question.text)
