"""Questions: parsed from text, and what an engine ranks for them.

A phrase in double quotes adds weight to sentences that have it; `word_groups` says how words with
signs, and single words in quotes, are read. Words that only ask count less in a question, but a
query that only names a subject keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from briefqa.answers.answer_type import AUXILIARIES, question_words, type_nouns
from briefqa.answers.word_groups import QUOTED, QUOTES, WordGroup, word_groups
from briefqa.errors import QuestionError
from briefqa.index.query import Query
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.analysis.language import Language
    from briefqa.answers.answer import Alias, Correction
    from briefqa.engines import Engine

__all__ = [
    "ALL_PASSAGES",
    "TERM_LIMIT",
    "PassageScope",
    "Question",
    "QuestionWord",
    "parse_question",
    "restrict",
]

TERM_LIMIT = 256
"""Distinct terms of a question; further ones are ignored."""
COMMON_WEIGHT = 1.0
"""What a matched word adds however common it is. Among a handful of passages, idf alone would make
the words that all of them share worthless."""
PHRASE_LIMIT = 16
"""Quoted phrases of a question; further ones are plain text."""

FRAME_CUES = frozenset(
    "abbreviation acronym cover define definition details directions explain facts full info"
    " information instructions know learn mean meaning mention news refer say short stand"
    " state steps tell times type types until want way".split()
)
"""Words of which each frame of a question has one."""
ASKERS = frozenset(("give", "i", "me", "please", "us", "we"))
"""Words that, at the start of a question, say that somebody asks: tell me, I want."""
HEDGES = frozenset("actually anybody anyone anything exactly somebody someone something".split())
"""Light words that are the subject of no query."""
ABBREVIATED = range(3, 6)
"""Letters of an abbreviation in lower case; fewer are the initials of too many words."""


class QuestionWord(Record):
    """A word of a question.

    Attributes:
        text: as asked.
        written: as the documents would write it, case-folded.
        terms: what it is searched as, several for a word of several parts; any of them matches it.
        phrase: terms that together match it too, as those of electric vehicles do EVs, and 16 and
            GB do 16GB; empty if there are none.
        required: whether a passage must have it.
        light: whether it says little of what is asked for, as "old" in "how old", or "take place":
            answers seldom repeat it, so it is searched for, but never counts as missing.
        related: terms of related words that are searched for in its place, since no passage has it.
        exact: whether nothing else is searched for in its place or as well.
    """

    text: str
    written: str
    terms: tuple[str, ...]
    phrase: tuple[str, ...] = ()
    required: bool = False
    light: bool = False
    related: tuple[str, ...] = ()
    exact: bool = False

    def is_known(self, engine: Engine) -> bool:
        """Return whether any passage has the word, or some passages have all of the phrase."""
        if any(map(engine.document_frequency, self.terms)):
            return True
        return bool(self.phrase) and all(map(engine.document_frequency, self.phrase))

    def may_abbreviate(self, engine: Engine) -> bool:
        """Return whether a word in lower case may be an abbreviation: no common word is."""
        short = len(self.text) in ABBREVIATED and self.text.isalpha() and self.text.islower()
        return short and not self.exact and self.terms[0] not in engine.analyzer.language.lexicon

    def weight(self, engine: Engine) -> float:
        """Return how much it counts: as its rarest known term, or as a word no passage has."""
        terms = (*self.terms, *self.phrase)
        known = [engine.idf(term) for term in terms if engine.document_frequency(term)]
        return max(known, default=engine.max_idf) + COMMON_WEIGHT

    def is_paraphrased(self, terms: Collection[str]) -> bool:
        """Return whether all terms of the phrase are among some terms."""
        return bool(self.phrase) and all(term in terms for term in self.phrase)

    def is_matched(self, terms: Collection[str]) -> bool:
        """Return whether some terms match the word, by any of its terms or by the whole phrase."""
        return any(term in terms for term in self.terms) or self.is_paraphrased(terms)


class Question(Record):
    """A question, as it is searched for.

    Attributes:
        asked: as asked.
        text: the same, without stray letters, and with its question word as it was meant.
        words: its content words, each once; the stop words if there are no others.
        written: all its words as written, case-folded, stop words and parts of words included.
        asks: whether it is put as a question, and does not only name a subject.
        phrases: the terms of each quoted phrase, stop words included.
        excluded: terms that no passage may have.
        excluded_words: the words that these terms stand for, as asked.
        filter: paths of the documents that may answer; None for all.
        corrections: words that were replaced.
        aliases: other names that were added to its words.
        stray: letters that stand alone, mean nothing to the documents and are left out.
    """

    asked: str
    text: str
    words: tuple[QuestionWord, ...]
    written: tuple[str, ...]
    asks: bool
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: frozenset[str] = frozenset()
    excluded_words: tuple[str, ...] = ()
    filter: frozenset[str] | None = None
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Alias, ...] = ()
    stray: tuple[str, ...] = ()

    @property
    def query(self) -> Query:
        """What an engine ranks for the question."""
        related = (term for word in self.words for term in word.related)
        terms = tuple(dict.fromkeys((*self.terms, *related)))
        return Query(terms, self.required, self.excluded, self.filter)

    @property
    def telling(self) -> tuple[QuestionWord, ...]:
        """Its words except the light ones, unless there are no others."""
        return tuple(word for word in self.words if not word.light) or self.words

    @property
    def names(self) -> tuple[int, ...]:
        """The places among the telling words of numbers, and of names, which have a capital.

        A capital at the start of the question, or of all its words, says nothing.
        """
        return tuple(
            place
            for place, word in enumerate(self.telling)
            if any(map(str.isdigit, word.text))
            or (
                word.text[:1].isupper()
                and not self.text.startswith(word.text)
                and not self.text.isupper()
            )
        )

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of all words, each once, in the order asked."""
        return tuple(
            dict.fromkeys(term for word in self.words for term in (*word.terms, *word.phrase))
        )

    @property
    def options(self) -> frozenset[str]:
        """The terms of the options of programs that it names."""
        return frozenset(word.terms[0] for word in self.words if word.terms[0][0] == "-")

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """For each required word its terms, of which a passage must have at least one."""
        return tuple(word.terms for word in self.words if word.required)


def parse_question(
    text: str, analyzer: Analyzer, engine: Engine | None = None, *, literal: bool = False
) -> Question:
    """Parse a question.

    Args:
        text: the question as asked.
        analyzer: of the documents.
        engine: knows how the documents write words; without it, none is known to be text.
        literal: whether words are looked up exactly as written, and signs are text.

    Raises:
        QuestionError: it has no words.
    """
    groups = word_groups(text, analyzer, engine, literal=literal)
    if not groups:
        raise QuestionError("the question contains no word to search for")
    excluded = [group for group in groups if group.sign == "-"]
    tokens = analyzer.tokenize(text, stop_words=True)
    first = text.split(maxsplit=1)[0].casefold()
    return Question(
        asked=text,
        text=text,
        words=_without_lone_nouns(text, tuple(_words(text, groups, analyzer)), analyzer, engine),
        written=tuple(token.span.slice(text).casefold() for token in tokens),
        asks=first in analyzer.language.interrogatives or text.rstrip().endswith("?"),
        phrases=tuple(_phrases(text, analyzer)),
        excluded=frozenset(group.terms[0] for group in excluded),
        excluded_words=tuple(dict.fromkeys(group.span.slice(text) for group in excluded)),
    )


class PassageScope(Record):
    """Which passages may answer.

    Attributes:
        must: words that each of them has.
        without: words that none of them has.
        documents: the paths of their documents; None for all.
    """

    must: Sequence[str] = ()
    without: Sequence[str] = ()
    documents: Collection[str] | None = None


ALL_PASSAGES = PassageScope()


def restrict(question: Question, analyzer: Analyzer, scope: PassageScope) -> Question:
    """Return a question that only some passages may answer.

    Args:
        question: the question.
        analyzer: of the documents.
        scope: the passages that may.

    Raises:
        QuestionError: a word of the scope is not one word.
    """
    words = list(question.words)
    for asked in scope.must:
        terms = _terms_of_word(asked, analyzer)
        found = next((word for word in words if word.terms[0] in terms), None)
        if found:
            words[words.index(found)] = found._replace(required=True)
        else:
            words.append(QuestionWord(asked, asked.casefold(), terms, required=True, light=True))
    left_out = {asked: _terms_of_word(asked, analyzer)[0] for asked in scope.without}
    return question._replace(
        words=tuple(words),
        excluded=question.excluded | frozenset(left_out.values()),
        excluded_words=tuple(dict.fromkeys((*question.excluded_words, *left_out))),
        filter=None if scope.documents is None else frozenset(scope.documents),
    )


def _terms_of_word(asked: str, analyzer: Analyzer) -> tuple[str, ...]:
    terms = tuple(analyzer.terms(asked, stop_words=True))
    if not terms or " " in asked.strip():
        raise QuestionError(f"expected one word, got {asked or 'nothing'}")
    return terms


def _words(text: str, groups: Sequence[WordGroup], analyzer: Analyzer) -> Iterator[QuestionWord]:
    """Yield each word that is not excluded once."""
    seen: set[tuple[str, ...]] = set()
    language, count = analyzer.language, 0
    light_words, quotations = _light_words(text, language), _quotations(text)
    for group in groups:
        if group.sign == "-":
            continue
        terms = group.terms[: TERM_LIMIT - count]
        if not terms:
            return
        if terms in seen:
            continue
        seen.add(terms)
        count += len(terms)
        asked = group.span.slice(text)
        written, before = asked.casefold(), text[: group.span.start].casefold().split()[-1:]
        if before == ["how"] and written in language.measures:
            terms += tuple(analyzer.terms(language.measures[written]))
        light = written in light_words or _is_light_after(before, written, language)
        light = light and not any(quoted.contains(group.span) for quoted in quotations)
        required = group.sign == "+"
        light = light or (required and written in language.stop_words)
        yield QuestionWord(
            asked, written, terms, group.phrase, required, light=light, exact=group.quoted
        )


def _light_words(text: str, language: Language) -> frozenset[str]:
    """Return the words of a question that say little of what is asked for.

    A query that is no question is all subject: "make -j", "file size".
    """
    words = question_words(text)
    if _asks(text, words, language):
        return _frame_words(words) | language.light_words | type_nouns(text)
    return _frame_words(words) | HEDGES


def _without_lone_nouns(
    text: str, words: tuple[QuestionWord, ...], analyzer: Analyzer, engine: Engine | None
) -> tuple[QuestionWord, ...]:
    """Return the words of a query, its type nouns light that no passage has with another word.

    In "file size", the size counts if some passage has it with files; in "release date of 2.1", the
    date does not if dates are only beside the releases. In questions, all of them are light.
    """
    nouns = type_nouns(text)
    others = tuple(term for word in words if word.written not in nouns for term in word.terms)
    if engine is None or not nouns or not others:
        return words
    return tuple(
        word._replace(light=True)
        if word.written in nouns
        and not (word.light or word.exact or word.required)
        and not engine.search(Query(word.terms, (word.terms, others)), 1)
        else word
        for word in words
    )


def _asks(text: str, words: Sequence[str], language: Language) -> bool:
    """Return whether words ask, by a question word, their order, or what they want told to whom."""
    return (
        "?" in text
        or not language.interrogatives.isdisjoint(words)
        or not AUXILIARIES.isdisjoint(words[:1])
        or not ASKERS.isdisjoint(words[:2])
    )


def _frame_words(words: list[str]) -> frozenset[str]:
    """Return the words that only ask, of all words of a question."""
    if FRAME_CUES.isdisjoint(words):
        return frozenset()
    # Few questions have a frame, and loading it takes time.
    from briefqa.answers.question_frame import frame_words

    return frame_words(words)


def _is_light_after(before: list[str], written: str, language: Language) -> bool:
    """Whether the word before makes a word light, as "how" does "old", and "take" does "place"."""
    if before == ["how"]:
        return written in language.measures
    return written == "place" and not language.light_words.isdisjoint(before)


def _quotations(text: str) -> list[Span]:
    """Return the first parts of a question in double quotes."""
    if QUOTES.isdisjoint(text):
        return []
    return [Span(*each.span()) for each in islice(re.finditer(QUOTED, text), PHRASE_LIMIT)]


def _phrases(text: str, analyzer: Analyzer) -> Iterator[tuple[str, ...]]:
    """Yield the terms of each quoted phrase of more than one word."""
    for quoted in _quotations(text):
        phrase = tuple(analyzer.terms(quoted.slice(text), stop_words=True)[:TERM_LIMIT])
        if len(phrase) > 1:
            yield phrase
