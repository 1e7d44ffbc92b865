"""Other names of what a question asks about, found in the documents.

There are three kinds: an abbreviation that the documents define, as in Self-Defense Forces (SDF),
and its long form; the initials of a phrase, as AI of artificial intelligence; and the surname of a
person whom the question names in full.

They are looked for in the passages that have the words of the question when it is asked: nothing is
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
from briefqa.answers.ranker import SMALL_INDEX
from briefqa.index import Hit
from briefqa.index.query import Query

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["add_aliases"]

DEFINITION_DEPTH = 50
"""Passages with an abbreviation in which its definition is looked for."""
ABBREVIATION_LIMIT = 8
"""Abbreviations of a question that are spelled out at most."""
COHESION = 0.5
"""The share of its rarest word's occurrences that a phrase in lower case must make up."""
ROMAN = r"[IVXLC]+"
WORD = r"\w+"


def add_aliases(question: Question, hits: Sequence[Hit], engine: Engine) -> Question:
    """Return a question whose words are matched by the other names that the documents use, too.

    Args:
        question: the question.
        hits: the leading passages for the question as it is.
        engine: searches the passages.
    """
    if question.text.isupper():
        return question
    words = list(question.words)
    finder = _AliasFinder([hit.passage.text for hit in hits], engine)
    aliases = (*finder.spell_out(words), *finder.abbreviate(words), *finder.use_surnames(words))
    return question._replace(words=tuple(words), aliases=aliases)


class _AliasFinder:
    """Finds other names. Each kind of name is added to a list of words, and yielded.

    Args:
        texts: of the leading passages.
        engine: searches all passages.
    """

    def __init__(self, texts: Sequence[str], engine: Engine) -> None:
        self._texts = texts
        self._engine = engine
        self._language = engine.analyzer.language
        self._terms = engine.analyzer.terms

    def spell_out(self, words: list[QuestionWord]) -> Iterator[Alias]:
        """Add to abbreviations what they stand for."""
        short = [place for place, word in enumerate(words) if self._is_short(word)]
        for place in short[:ABBREVIATION_LIMIT]:
            word = words[place]
            phrase = self._definition(word) or self._phrase_with_initials(word)
            if phrase:
                words[place] = word._replace(phrase=tuple(dict.fromkeys(self._terms(phrase))))
                yield Alias(word.text, phrase)

    def _is_short(self, word: QuestionWord) -> bool:
        """Whether a word is an abbreviation, and not a Roman number.

        A word in lower case is one if the documents do not have it, or in capitals only.
        """
        if word.exact or re.fullmatch(ROMAN, word.text.upper()):
            return False
        if not word.may_abbreviate(self._engine):
            return is_abbreviation(word.text)
        pattern = re.compile(rf"(?i)\b{word.text}\b")
        written = [each for text in self._texts for each in pattern.findall(text)]
        return all(map(str.isupper, written)) if written else not word.is_known(self._engine)

    def _definition(self, word: QuestionWord) -> str | None:
        """Return the long form that the documents define most often; None if they define none."""
        found = Counter(
            definition.long
            for hit in self._engine.search(Query(word.terms), DEFINITION_DEPTH)
            for definition in find_definitions(hit.passage.text)
            if letters(definition.short) == letters(word.text)
        )
        return max(found, key=lambda phrase: (found[phrase], phrase), default=None)

    def _phrase_with_initials(self, word: QuestionWord) -> str | None:
        """Return the phrase that has these initials, a name if there is one; None for none."""
        initials, texts = letters(word.text), self._texts
        if len(self._engine) <= SMALL_INDEX:
            texts = [passage.text for passage in self._engine.passages()]
        found = Counter(
            " ".join(phrase.split())
            for text in texts
            for phrase in phrases_with_initials(initials, text)
        )
        counts = self._engine.word_counts(word for phrase in found for word in _folded(phrase))
        known = word.is_known(self._engine)
        fit = [each for each in found if self._fits(each, found[each], counts, known=known)]
        if word.text.islower():
            # Nothing but its length tells that it is an abbreviation.
            fit = list(filter(self._is_name, fit))
        return max(fit, key=lambda each: (self._is_name(each), found[each], each), default=None)

    def _fits(self, phrase: str, count: int, counts: Mapping[str, int], *, known: bool) -> bool:
        """Whether a phrase has the right initials not just by chance.

        A name has; but if the documents use the abbreviation by itself, the name must recur. Other
        words must belong together, and the documents must not have the abbreviation.
        """
        words, stop_words = _folded(phrase), self._language.stop_words
        if words[0] in stop_words or words[-1] in stop_words:
            return False
        coheres = count >= COHESION * min(counts.get(word, count) for word in words)
        if self._is_name(phrase):
            return not known or (coheres and count > 1)
        return not known and coheres and "-" not in phrase and stop_words.isdisjoint(words)

    def _is_name(self, phrase: str) -> bool:
        """Whether all words of a phrase except stop words are capitalised."""
        stop_words = self._language.stop_words
        return all(word in stop_words or word[0].isupper() for word in re.findall(WORD, phrase))

    def abbreviate(self, words: list[QuestionWord]) -> Iterator[Alias]:
        """Add to the words of a long form the abbreviation that the passages define for it."""
        places = {
            term: place for place, word in enumerate(words) for term in word.terms if not word.exact
        }
        seen: set[str] = set()
        for text in self._texts:
            for short, long in find_definitions(text):
                terms = self._terms(long)
                asked = {places[term] for term in terms if term in places}
                if short in seen or len(asked) < 2 or not all(term in places for term in terms):
                    continue
                seen.add(short)
                for place in asked:
                    words[place] = _with_terms(words[place], self._terms(short))
                yield Alias(long, short)

    def use_surnames(self, words: list[QuestionWord]) -> Iterator[Alias]:
        """Let a surname stand for the first name before it, if only one person bears it."""
        for place, (first, last) in enumerate(pairwise(words)):
            capitalised = first.text.istitle() and last.text.istitle()
            if first.exact or not capitalised or last.terms[0] in self._language.lexicon:
                continue
            if self._is_person(first.text, last.text):
                words[place] = _with_terms(words[place], last.terms)
                yield Alias(f"{first.text} {last.text}", last.text)

    def _is_person(self, first: str, last: str) -> bool:
        """Whether the passages have both names together, the last alone, and it with no other."""
        pattern = re.compile(rf"(?:\b(\w+)[^\S\n]+)?\b{re.escape(last)}\b")
        before = {match[1] or "" for text in self._texts for match in pattern.finditer(text)}
        no_names = self._language.titles | self._language.stop_words
        others = {word for word in before if word.istitle() and word.casefold() not in no_names}
        return others == {first} and len(before) > 1


def _folded(phrase: str) -> list[str]:
    return [word.casefold() for word in re.findall(WORD, phrase)]


def _with_terms(word: QuestionWord, others: Sequence[str]) -> QuestionWord:
    return word._replace(terms=tuple(dict.fromkeys((*word.terms, *others))))
