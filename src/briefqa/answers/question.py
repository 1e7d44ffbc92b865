"""Questions: parsed from text, and what an engine ranks for them.

A phrase in double quotes adds weight to sentences that have it, and one word in quotes is looked up
exactly as written. A passage must have `+word`, and must not have `-word`. A sign counts only after
white space, before a letter, and if some word has no sign or another one; anything else is plain
text. It does not count either where the documents have the word with its sign, or where several
words have a hyphen, since these are the options of a program.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from briefqa.answers.answer_type import question_words, type_nouns
from briefqa.errors import QuestionError
from briefqa.index.query import Query
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer, Token
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

QUOTES = frozenset('"“')
QUOTED = r"\"([^\"]++)\"|“([^“”]++)”"
SIGNS = frozenset("-+")
SIGNED = r"(?<=\s)[-+](?=[^\W\d_])"
FRAME_CUES = frozenset(
    "abbreviation acronym cover define definition details directions explain facts full info"
    " information instructions know learn mean meaning mention news refer say short stand"
    " state steps tell times type types until want way".split()
)
"""Words of which each frame of a question has one."""
OPTION = r"--?[^\W\d_]"
"""How an option of a program starts."""

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
        text: as asked.
        words: its content words, each once; the stop words if there are no others.
        written: all its words as written, case-folded, stop words and parts of words included.
        asks: whether it is put as a question, and does not only name a subject.
        phrases: the terms of each quoted phrase, stop words included.
        excluded: terms that no passage may have.
        excluded_words: the words that these terms stand for, as asked.
        filter: paths of the documents that may answer; None for all.
        corrections: words that were replaced.
        aliases: other names that were added to its words.
    """

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
    def required(self) -> tuple[tuple[str, ...], ...]:
        """For each required word its terms, of which a passage must have at least one."""
        return tuple(word.terms for word in self.words if word.required)


class _Group(Record):
    """The tokens of one word: of the whole, then of its parts."""

    span: Span
    terms: tuple[str, ...]
    phrase: tuple[str, ...]
    sign: str


def parse_question(
    text: str, analyzer: Analyzer, engine: Engine | None = None, *, signs: bool = True
) -> Question:
    """Parse a question.

    Args:
        text: the question as asked.
        analyzer: of the documents.
        engine: knows which words the documents have with a sign; without it they have none.
        signs: whether a sign may require or exclude its word.

    Raises:
        QuestionError: it has no words.
    """
    tokens = list(analyzer.tokenize(text, stop_words=True))
    groups = list(_groups(text, analyzer.tokenize(text))) or list(_groups(text, tokens))
    if not groups:
        raise QuestionError("the question contains no word to search for")
    groups = _with_signs(text, groups, analyzer, engine) if signs else _unsigned(groups)
    excluded = [group for group in groups if group.sign == "-"]
    first = text.split(maxsplit=1)[0].casefold()
    return Question(
        text=text,
        words=tuple(_words(text, groups, analyzer)),
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


def _groups(text: str, tokens: Iterable[Token]) -> Iterator[_Group]:
    """Yield the words of a question, each with all its tokens."""
    signs = {}
    if not SIGNS.isdisjoint(text):
        for match in re.finditer(SIGNED, text):
            # The sign is a part of the token if the word is one that an option may have.
            signs[match.start()] = signs[match.end()] = match[0]
    pending: list[Token] = []
    for token in tokens:
        if pending and not pending[0].span.contains(token.span):
            yield _group(pending, signs)
            pending = []
        pending.append(token)
    if pending:
        yield _group(pending, signs)


def _group(tokens: list[Token], signs: Mapping[int, str]) -> _Group:
    span = tokens[0].span
    terms = tuple(dict.fromkeys(token.term for token in tokens))
    sign = signs.get(span.start, "")
    coded = any(token.term.isdigit() for token in tokens[1:])
    if coded or (len(tokens) > 1 and tokens[1].span == span):
        # A unit, a number and the letters of a code match too much by themselves.
        return _Group(span, terms[:1], terms[1:], sign)
    return _Group(span, terms, (), sign)


def _with_signs(
    text: str, groups: list[_Group], analyzer: Analyzer, engine: Engine | None
) -> list[_Group]:
    """Return the words of a question, those that are required or excluded without their signs."""
    hyphened = (text[group.span.start :] for group in groups if text[group.span.start] == "-")
    options = sum(bool(re.match(OPTION, rest)) for rest in hyphened)
    signed = []
    for group in groups:
        written = group.span.slice(text)
        if written[0] in SIGNS and engine and engine.document_frequency(group.terms[0]):
            # The documents have exactly this word: its parts would match too much.
            group = _Group(group.span, group.terms[:1], (), "")
        elif group.sign == "-" and options > 1:
            group = group._replace(sign="")
        elif group.sign and written[0] in SIGNS:
            bare = analyzer.terms(written[1:]) or list(group.terms)
            span = Span(group.span.start + 1, group.span.end)
            group = _Group(span, tuple(dict.fromkeys(bare)), (), group.sign)
        signed.append(group)
    return _unsigned(signed) if all(group.sign for group in signed) else signed


def _unsigned(groups: list[_Group]) -> list[_Group]:
    return [group._replace(sign="") for group in groups]


def _words(text: str, groups: list[_Group], analyzer: Analyzer) -> Iterator[QuestionWord]:
    """Yield each word that is not excluded once."""
    seen: set[tuple[str, ...]] = set()
    language = analyzer.language
    light_words = language.light_words | type_nouns(text) | _frame_words(question_words(text))
    count = 0
    for group in groups:
        if group.sign == "-":
            continue
        terms = group.terms[: TERM_LIMIT - count]
        if not terms:
            return
        if terms not in seen:
            seen.add(terms)
            count += len(terms)
            asked = group.span.slice(text)
            written, before = asked.casefold(), text[: group.span.start].casefold().split()[-1:]
            light = written in light_words or _is_light_after(before, written, language)
            if before == ["how"] and written in language.measures:
                terms += tuple(analyzer.terms(language.measures[written]))
            required = group.sign == "+"
            exact = _is_quoted(text, group.span)
            yield QuestionWord(
                asked, written, terms, group.phrase, required, light=light, exact=exact
            )


def _frame_words(words: list[str]) -> frozenset[str]:
    """Return the words that only ask, of all words of a question."""
    if FRAME_CUES.isdisjoint(words):
        return frozenset()
    # Few questions have a frame, and loading it takes time.
    from briefqa.answers.question_frame import frame_words

    return frame_words(words)


def _is_quoted(text: str, span: Span) -> bool:
    """Whether a word stands in quotes by itself."""
    around = text[max(0, span.start - 1) : span.end + 1]
    # Few questions have quotes, and compiling the pattern takes long.
    return not QUOTES.isdisjoint(around) and bool(re.fullmatch(QUOTED, around))


def _is_light_after(before: list[str], written: str, language: Language) -> bool:
    """Whether the word before makes a word light, as "how" does "old", and "take" does "place"."""
    if before == ["how"]:
        return written in language.measures
    return written == "place" and not language.light_words.isdisjoint(before)


def _phrases(text: str, analyzer: Analyzer) -> Iterator[tuple[str, ...]]:
    """Yield the terms of each quoted phrase of more than one word."""
    if QUOTES.isdisjoint(text):
        return
    for match in islice(re.finditer(QUOTED, text), PHRASE_LIMIT):
        terms = analyzer.terms(match[1] or match[2], stop_words=True)
        phrase = tuple(terms[:TERM_LIMIT])
        if len(phrase) > 1:
            yield phrase
