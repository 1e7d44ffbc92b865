"""Other names for what a question asks of, found in the documents.

Three kinds: abbreviations that the documents define, in either order, as in Self-Defense Forces
(SDF); the initials of a phrase, as AI for artificial intelligence; and surnames, once a person has
been named in full.

They are looked for when a question is asked, in the passages that hold its words: nothing has to be
stored, and a changed document changes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from briefqa.answers.answer import Alias
from briefqa.answers.definitions import (
    find_definitions,
    is_abbreviation,
    letters,
    phrases_with_initials,
)
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Hit, Query

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.analysis.language import Language
    from briefqa.engines import Engine

__all__ = ["add_aliases"]

LEADING = 50
"""Passages that hold an abbreviation, among which its definition is looked for."""
FEW = 1000
"""Passages up to which all of them are searched for a phrase with the initials asked for."""
ABBREVIATIONS = 8
"""Abbreviations of a question that are spelled out at the most."""
COHESION = 0.5
"""How much of its rarest word's use a phrase in small letters must make up."""
ROMAN = r"[IVXLC]+"
WORD = r"\w+"


def add_aliases(
    question: Question, hits: Sequence[Hit], index: Engine
) -> tuple[Question, tuple[Alias, ...]]:
    """Let the words of a question be matched by the other names that the documents use.

    Args:
        question: the question.
        hits: the passages that lead without other names.
        index: where they are from.

    Returns:
        The question to look up, and the names that were added.
    """
    if question.text.isupper():
        return question, ()
    texts = [hit.passage.text for hit in hits]
    words = list(question.words)
    aliases = [
        *_spell_out(words, texts, index),
        *_abbreviate(words, texts, index.analyzer),
        *_call_by_surname(words, texts, index.analyzer.language),
    ]
    return question._replace(words=tuple(words)), tuple(aliases)


def _spell_out(words: list[QuestionWord], texts: Sequence[str], index: Engine) -> Iterator[Alias]:
    """Add to abbreviations what they stand for."""
    short = [number for number, word in enumerate(words) if _is_short(word.text)]
    for number in short[:ABBREVIATIONS]:
        word = words[number]
        phrase = _defined(word, index) or _with_initials(word, texts, index)
        if phrase:
            words[number] = word._replace(phrase=tuple(dict.fromkeys(index.analyzer.terms(phrase))))
            yield Alias(word.text, phrase)


def _is_short(word: str) -> bool:
    """Whether a word is an abbreviation, and no Roman number."""
    return is_abbreviation(word) and not re.fullmatch(ROMAN, word)


def _defined(word: QuestionWord, index: Engine) -> str | None:
    """The long form that the documents define most often."""
    found = Counter(
        definition.long
        for hit in index.search(Query(word.terms), LEADING)
        for definition in find_definitions(hit.passage.text)
        if letters(definition.short) == letters(word.text)
    )
    return max(found, key=lambda phrase: (found[phrase], phrase), default=None)


def _with_initials(word: QuestionWord, texts: Sequence[str], index: Engine) -> str | None:
    """The phrase that has these initials: a name, or a phrase used as one where there is none."""
    initials = letters(word.text)
    if len(index) <= FEW:
        texts = list(index.texts())
    found = Counter(
        " ".join(phrase.split())
        for text in texts
        for phrase in phrases_with_initials(initials, text)
    )
    known = word.is_known(index)
    counts = index.word_counts(word for phrase in found for word in _folded(phrase))
    stop_words = index.analyzer.language.stop_words
    fit = [
        phrase
        for phrase in found
        if _stands_for(phrase, found[phrase], counts, stop_words, known=known)
    ]
    return max(
        fit,
        key=lambda phrase: (_is_name(phrase, stop_words), found[phrase], phrase),
        default=None,
    )


def _stands_for(
    phrase: str,
    count: int,
    counts: Mapping[str, int],
    stop_words: frozenset[str],
    *,
    known: bool,
) -> bool:
    """Whether a phrase with the right initials is more than chance.

    A name is, though for an abbreviation that the documents use by itself it has to recur. Other
    words have to belong together, and the documents must not know the abbreviation.
    """
    words = _folded(phrase)
    if words[0] in stop_words or words[-1] in stop_words:
        return False
    coheres = count >= COHESION * min(counts.get(word, count) for word in words)
    if known:
        return _is_name(phrase, stop_words) and coheres and count > 1
    if _is_name(phrase, stop_words):
        return True
    return coheres and "-" not in phrase and stop_words.isdisjoint(words)


def _folded(phrase: str) -> list[str]:
    return [word.casefold() for word in re.findall(WORD, phrase)]


def _is_name(phrase: str, stop_words: frozenset[str]) -> bool:
    """Whether all words but the small ones between are capitalised."""
    return all(word in stop_words or word[0].isupper() for word in re.findall(WORD, phrase))


def _abbreviate(
    words: list[QuestionWord], texts: Sequence[str], analyzer: Analyzer
) -> Iterator[Alias]:
    """Add to the words of a long form the abbreviation that the passages define for it."""
    asked = {term: number for number, word in enumerate(words) for term in word.terms}
    seen: set[str] = set()
    for text in texts:
        for short, long in find_definitions(text):
            spelled = analyzer.terms(long)
            places = {asked[term] for term in spelled if term in asked}
            if short in seen or len(places) < 2 or not all(term in asked for term in spelled):
                continue
            seen.add(short)
            for place in places:
                words[place] = _also(words[place], analyzer.terms(short))
            yield Alias(long, short)


def _call_by_surname(
    words: list[QuestionWord], texts: Sequence[str], language: Language
) -> Iterator[Alias]:
    """Let a surname stand for the first name before it, where only one person bears it."""
    for number, (first, last) in enumerate(pairwise(words)):
        if _may_be_names(first, last, language) and _is_person(
            first.text, last.text, texts, language
        ):
            words[number] = _also(words[number], last.terms)
            yield Alias(f"{first.text} {last.text}", last.text)


def _may_be_names(first: QuestionWord, last: QuestionWord, language: Language) -> bool:
    """Whether two words look like a person's names: capitalised, the last no common English."""
    capitalised = first.text.istitle() and last.text.istitle()
    return capitalised and last.terms[0] not in language.lexicon


def _is_person(first: str, last: str, texts: Sequence[str], language: Language) -> bool:
    """Whether both names stand together somewhere, the last alone elsewhere, and with no other."""
    pattern = re.compile(rf"(?:\b(\w+)[^\S\n]+)?\b{re.escape(last)}\b")
    before = {match[1] or "" for text in texts for match in pattern.finditer(text)}
    no_names = language.titles | language.stop_words
    others = {word for word in before if word.istitle() and word.casefold() not in no_names}
    return others == {first} and len(before) > 1


def _also(word: QuestionWord, others: Sequence[str]) -> QuestionWord:
    return word._replace(terms=tuple(dict.fromkeys((*word.terms, *others))))
