"""Correction of typing errors, and completion of a word that is still being typed.

A word of the question that no passage has, and that is not common English either, is taken for the
most frequent word of the documents one edit away: an insertion, a deletion, a substitution or an
exchange of neighbours, which make up four in five typing errors (Damerau, "A technique for computer
detection and correction of spelling errors", 1964). A long word may be two edits away. A misspelled
stop word is removed, as the stop word would be. A name is never taken for a word that the documents
write in lower case. A word of three letters is corrected only if it lacks a vowel. Before that, the
question word is corrected, since it decides what is asked for, and a letter that stands alone and
means nothing to the documents is left out.
"""

from __future__ import annotations

import re
from heapq import nlargest
from itertools import islice

from briefqa.answers.answer import Correction
from briefqa.answers.answer_type import DEPENDS, DURATIONS, QUANTITIES, STEPS_AFTER_HOW
from briefqa.answers.question import Question, QuestionWord, parse_question
from briefqa.errors import QuestionError
from briefqa.index.query import Query

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["complete_last_word", "correct_spelling", "repair"]

SHORTEST = 4
"""Letters; a shorter word is one edit from too many others."""
LONGEST = 40
"""Letters; a longer string is not a word that anybody mistyped."""
LONG = 8
"""Letters from which on a word may be two edits away."""
NAME_DEPTH = 8
"""Passages in which a word is looked for with a capital."""
VOWELS = "aeiou"
AFTER_HOW = STEPS_AFTER_HOW | QUANTITIES | DURATIONS
QUESTION_WORDS = "what who when where which why how whose whom".split()
"""The most frequent first."""
SENTENCE_ENDS = (".", "?", "!")
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
        is_stop_word = meant in analyzer.language.stop_words
        if is_stop_word and word.required:
            words.append(word)
            continue
        corrections.append(Correction(word.text, meant))
        if not is_stop_word:
            words.append(word._replace(written=meant, terms=tuple(analyzer.terms(meant))))
    if not words:
        return question
    return question._replace(words=tuple(words), corrections=(*question.corrections, *corrections))


def _is_misspelled(word: QuestionWord, engine: Engine) -> bool:
    """Whether a word is known neither to the documents nor to the language."""
    written, language = word.text.casefold(), engine.analyzer.language
    if word.exact or not SHORTEST - 1 <= len(written) <= LONGEST or not written.isalpha():
        return False
    if written in language.stop_words or word.is_known(engine):
        return False
    return word.terms[0] not in language.lexicon


def _nearest_word(word: QuestionWord, engine: Engine) -> str | None:
    """Return the most frequent word of the documents near to a word, or a stop word; or None."""
    from briefqa.edit_distance import one_edit_away

    written = word.text.casefold()
    if len(written) < SHORTEST:
        return _with_vowel(written, engine)
    near = engine.near(written, 1)
    if not near and len(written) >= LONG:
        near = engine.near(written, 2)
    candidates = [each for each in near if engine.analyzer.terms(each)]
    if not candidates:
        candidates = list(engine.analyzer.language.stop_words.intersection(one_edit_away(written)))
    return min(candidates, key=lambda each: (-near.get(each, 0), each), default=None)


def _with_vowel(written: str, engine: Engine) -> str | None:
    """Return the only common word of the documents that has one more vowel; None if not one."""
    analyzer, found = engine.analyzer, set()
    for place in range(1, len(written)):
        for vowel in VOWELS:
            spelled = written[:place] + vowel + written[place:]
            known = [term for term in analyzer.terms(spelled) if engine.document_frequency(term)]
            if known and known[0] in analyzer.language.lexicon:
                found.add(spelled)
    return found.pop() if len(found) == 1 else None


def repair(question: Question, engine: Engine) -> Question:
    """Return a question with its question word as it was meant, and without stray letters.

    Args:
        question: the question.
        engine: has the words of the documents.
    """
    text, corrections = question.text, []
    stray = tuple(word.text for word in question.words if _is_stray(word, question, engine))
    stray = stray if len(stray) < len(question.words) else ()
    for letter in stray:
        text = re.sub(rf"\s*(?<!\w){letter}(?!\w)", "", text)
    if slip := next((word for word in question.words if _may_ask(word, question, engine)), None):
        meant = _question_word(slip.text.casefold(), text)
        if meant:
            text = re.sub(rf"(?<!\w){slip.text}(?!\w)", meant, text, count=1)
            corrections = [Correction(slip.text, meant)]
    if text == question.text:
        return question
    repaired = parse_question(text, engine.analyzer, engine)
    return repaired._replace(asked=question.asked, corrections=tuple(corrections), stray=stray)


def _is_stray(word: QuestionWord, question: Question, engine: Engine) -> bool:
    """Whether a word is one letter that no passage has and that names nothing.

    In lower case, or after the end of a sentence, it does not, unless the documents name something
    by the word before it and a letter, as vitamin C.
    """
    letter = word.text
    if len(letter) > 1 or not letter.isalpha() or word.exact or word.required:
        return False
    before = re.split(rf"(?<!\w){letter}(?!\w)", question.text, maxsplit=1)[0].rstrip()
    if word.is_known(engine) or not (letter.islower() or before.endswith(SENTENCE_ENDS)):
        return False
    return before.endswith(SENTENCE_ENDS) or not _takes_letters(before, engine)


def _takes_letters(before: str, engine: Engine) -> bool:
    """Whether the documents have a letter after the last word of a text."""
    last = WORD.findall(before)[-1:]
    terms = tuple(engine.analyzer.terms(*last)) if last else ()
    pattern = rf"(?i)\b{''.join(last)}\s+[b-hj-z]\b"
    hits = engine.search(Query(terms), NAME_DEPTH) if terms else []
    return any(re.search(pattern, hit.passage.text) for hit in hits)


def _may_ask(word: QuestionWord, question: Question, engine: Engine) -> bool:
    """Whether an unknown word stands where a question word may, and there is none."""
    language, written = engine.analyzer.language, word.text.casefold()
    if not language.interrogatives.isdisjoint(question.written) or not written.isalpha():
        return False
    place = question.written.index(written) if written in question.written else -1
    depends = place > 0 and question.written[place - 1] in DEPENDS
    if word.exact or word.required or _is_name(word, question) or not (place == 0 or depends):
        return False
    return word.terms[0] not in language.lexicon and not word.is_known(engine)


def _question_word(written: str, question: str) -> str | None:
    """Return the question word that was probably meant by a word of a question.

    Exchanged letters are the most likely error, then a lost one, then one too many.
    """
    from briefqa.edit_distance import one_edit_away

    near = set(one_edit_away(written)).intersection(QUESTION_WORDS)
    following = WORD.findall(question.casefold().partition(written)[2])[:1]

    def likelihood(meant: str) -> tuple[bool, int, bool, int]:
        exchanged = sorted(meant) == sorted(written)
        is_followed = meant == "how" and not AFTER_HOW.isdisjoint(following)
        return exchanged, len(meant) - len(written), is_followed, -QUESTION_WORDS.index(meant)

    return max(near, key=likelihood, default=None)


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


def complete_last_word(question: Question, engine: Engine, *, literal: bool = False) -> Question:
    """Return a question whose last word stands for the words that begin with it.

    It is neither corrected nor ever missing, since nobody knows yet what it will be. If no passage
    has such a word, the other words are the question.

    Args:
        question: the question.
        engine: has the words of the documents.
        literal: whether words are looked up exactly as written, and signs are text.
    """
    last = question.words[-1]
    if not question.text.endswith(last.text):
        return question
    completions = _completions(last.written, engine)
    if not completions and not last.is_known(engine):
        return _without(last.text, question, engine, literal=literal)
    terms = engine.analyzer.terms(" ".join(completions))
    word = last._replace(terms=tuple(dict.fromkeys((*last.terms, *terms))), light=True, exact=True)
    return question._replace(words=(*question.words[:-1], word))


def _completions(start: str, engine: Engine) -> list[str]:
    """Return the most frequent words that begin with some letters."""
    found = engine.beginning_with(start) if len(start) >= SHORTEST_START else {}
    return nlargest(COMPLETIONS, found, key=lambda word: (found[word], word))


def _without(last: str, question: Question, engine: Engine, *, literal: bool) -> Question:
    """Return a question without its last word, unless it has no other one."""
    try:
        rest = parse_question(question.text[: -len(last)], engine.analyzer, engine, literal=literal)
    except QuestionError:
        return question
    return rest._replace(asked=question.asked, text=question.text)
