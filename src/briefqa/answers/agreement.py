"""Agreement: which values several documents give for what is asked, and which others differ.

Only numbers, dates and names are compared, of sentences that are about the same: that match the
same words of the question, and share half of their words. That values differ is worth a look;
whether they contradict each other, no words alone can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from briefqa.answers.answer import Value
from briefqa.answers.answer_type import what_is_counted
from briefqa.answers.claim import Claim, without_accents
from briefqa.answers.document_fields import asks_for_field, is_field
from briefqa.answers.features import Candidate
from briefqa.answers.notation import in_one_notation
from briefqa.answers.passage_sentences import Sentence, sentence_at, sentences_of
from briefqa.answers.question import Question
from briefqa.answers.repeats import MARKS
from briefqa.answers.value_span import value_span, value_type
from briefqa.conventions import MONTHS
from briefqa.passages import NAMES
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["Agreement", "compare_values", "is_same_value"]

ABBREVIATED = 3
"""The minimum number of letters of an abbreviated month."""
NAMED = ("person", "place", "company")
"""Types of values that are names."""
PREPOSITIONS = frozenset(
    "about after against among at before between by during for from in near of on to with".split()
)
ARTICLES = frozenset(["the", "a", "an"])
WORDS_OF_TITLES = frozenset(
    "archbishop bishop chair chairwoman chief coach commissioner deputy detective executive"
    " first foreign inspector lieutenant major officer pope prime rep sen sergeant spokesman"
    " spokeswoman vice".split()
)
"""Words before a name that are no part of it, beside the titles of the language."""


class Agreement(Record):
    """What several documents give for what is asked.

    Attributes:
        values: those of most documents first, then the newest; none where fewer than two documents
            give one.
        candidates: with the best sentence of each value first, in the order of the values.
    """

    values: tuple[Value, ...]
    candidates: Sequence[Candidate]


class _Given(Record):
    """A candidate and the value that it gives.

    Attributes:
        candidate: the candidate, with the sentence that gives the value.
        written: the value, as the sentence has it.
        form: see `_form`.
    """

    candidate: Candidate
    written: str
    form: frozenset[str]


def compare_values(
    candidates: Sequence[Candidate], question: Question, analyzer: Analyzer
) -> Agreement:
    """Compare the values of candidates, and order them by what most documents say.

    If the best candidate gives none of the values, the order stays, unless it gives a value of
    something else: it has no word of what is asked about. Each candidate that leads for a
    value gets the shares of all sentences that give it.

    Args:
        candidates: those that were compared, best first.
        question: the question that was searched for.
        analyzer: of the passages.
    """
    comparison = _Comparison(candidates, question, analyzer)
    groups = list(_groups(comparison.given(), question.text))
    valued = [(_value(group), _leading(group)) for group in groups]
    if len({place.passage.path for value, _ in valued for place in value.places}) < 2:
        return Agreement((), candidates)
    valued.sort(key=lambda each: _weight(each[0]), reverse=True)
    values = tuple(value for value, _ in valued)
    is_given = any(candidates[0].place in value.places for value in values)
    if not (is_given or comparison.passes_over(candidates[0])):
        return Agreement(values, candidates)
    leading = [first for _, first in valued]
    return Agreement(values, [*leading, *_others(candidates, leading)])


def is_same_value(one: str, other: str, kind: str | None, analyzer: Analyzer) -> bool:
    """Return whether two values are one, however they are written.

    Args:
        one: a value, as some sentence has it.
        other: another one.
        kind: the type of both: see `briefqa.answers.value_span.value_type`.
        analyzer: of the sentences.
    """
    return _is_same(_form(one, kind, analyzer), _form(other, kind, analyzer), kind)


def _weight(value: Value) -> tuple[int, str]:
    return value.documents, value.latest or ""


def _groups(given: Iterable[_Given], question: str) -> Iterator[list[_Given]]:
    """Yield what gives the same value."""
    kind = value_type(question)
    groups: list[tuple[frozenset[str], list[_Given]]] = []
    for each in given:
        same = (n for n, (form, _) in enumerate(groups) if _is_same(form, each.form, kind))
        place = next(same, None)
        if place is None:
            groups.append((each.form, [each]))
        else:
            form, group = groups[place]
            groups[place] = (form | each.form, [*group, each])
    yield from (group for _, group in groups)


def _value(group: Sequence[_Given]) -> Value:
    """Return the value of a group, as the most explicit of it has it: twelve less than 12."""
    written = max((each.written for each in group), key=lambda each: (_has_digit(each), len(each)))
    return Value(written, tuple(each.candidate.place for each in group))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _leading(group: Sequence[_Given]) -> Candidate:
    first = group[0].candidate
    return first._replace(
        share=sum(each.candidate.share for each in group),
        passage_share=sum(each.candidate.passage_share for each in group),
    )


def _others(candidates: Sequence[Candidate], leading: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what is left of candidates without those that lead."""
    shown = {member.hit.number for first in leading for member in (first, *first.repeats)}
    for candidate in candidates:
        members = [each for each in (candidate, *candidate.repeats) if each.hit.number not in shown]
        if members:
            yield members[0]._replace(repeats=tuple(members[1:]))


class _Comparison:
    """Finds the sentences that give a value and are about the same.

    They are about the same as the first candidate that gives a value and has most words of the
    question, what is counted left out: they match the words of the question that its sentence
    matches, and stand where its names are as well. If it has none of these words, none is compared.
    """

    def __init__(
        self, candidates: Sequence[Candidate], question: Question, analyzer: Analyzer
    ) -> None:
        self._candidates = candidates
        self._question = question
        self._analyzer = analyzer
        self._asked = frozenset(question.terms)
        self._asks = asks_for_field(frozenset(question.written))
        self._unit: frozenset[str] = frozenset()
        self._own: frozenset[str] = frozenset()
        self._near: frozenset[str] = frozenset()
        self._words: tuple[frozenset[str], ...] = ()
        compared = self._most_telling()
        if compared is not None:
            sentence = self._sentence_of(compared)
            span = self._value_in(sentence)
            self._unit = self._unit_of(span.slice(sentence.text)) if span else frozenset()
            self._own = self._matched(frozenset(sentence.terms))
            self._near = self._matched(self._around(compared))
            self._words = tuple(self._words_of(sentence))

    def _most_telling(self) -> Candidate | None:
        """Return the candidate that the others are compared with; None if no value is compared."""
        ranked = sorted(self._candidates, key=self._told, reverse=True)
        valued = (each for each in ranked if self._value_in(self._sentence_of(each)))
        best = next(valued, None)
        return best if best and self._is_on_topic(best) else None

    @cached_property
    def _topic(self) -> frozenset[str]:
        """The telling words of the question, without what is counted if there are others."""
        counted = what_is_counted(self._question.text, self._analyzer)
        return frozenset(word.text for word in self._question.telling if counted not in word.terms)

    def _told(self, candidate: Candidate) -> int:
        """Return how many words of the topic the sentence of a candidate has."""
        terms = self._with_context(candidate, self._sentence_of(candidate))
        return len(self._topic & self._matched(terms))

    def _is_on_topic(self, candidate: Candidate) -> bool:
        """Whether a candidate, or what is around it, has a word of the topic, if there is one."""
        around = self._matched(self._around(candidate))
        return not self._topic or not self._topic.isdisjoint(around)

    def passes_over(self, candidate: Candidate) -> bool:
        """Return whether a candidate gives a value of something else than what is compared."""
        gives = self._value_in(self._sentence_of(candidate)) is not None
        return gives and bool(self._words) and not self._is_on_topic(candidate)

    def given(self) -> Iterator[_Given]:
        """Yield the candidates that give a value; of others another sentence of their passage."""
        for candidate in self._candidates if self._words else ():
            if given := self._given(candidate, self._sentence_of(candidate)):
                yield given
                yield from (self._repeated(each, given) for each in candidate.repeats)
                continue
            for member in (candidate._replace(repeats=()), *candidate.repeats):
                others = sentences_of(member.hit.passage, self._analyzer)
                found = (given for each in others if (given := self._given(member, each)))
                yield from islice(found, 1)

    def _repeated(self, repeat: Candidate, given: _Given) -> _Given:
        """Return the value that a repeat gives, which may be written in another way.

        The candidate has the shares of its repeats already.
        """
        sentence = self._sentence_of(repeat)
        span = self._value_in(sentence)
        written = span.slice(sentence.text) if span else given.written
        return given._replace(
            candidate=repeat._replace(share=0.0, passage_share=0.0),
            written=" ".join(written.split()),
        )

    def _sentence_of(self, candidate: Candidate) -> Sentence:
        return sentence_at(candidate.hit.passage, candidate.span, self._analyzer)

    def _given(self, candidate: Candidate, sentence: Sentence) -> _Given | None:
        """Return the value that a sentence gives; None if it gives none, or on something else."""
        passage, part = candidate.hit.passage, sentence.part
        if part.kind in NAMES or (not self._asks and is_field(passage, part, sentence.text)):
            return None
        if not self._matches_as_much(candidate, sentence):
            return None
        span = self._value_in(sentence)
        if span is None or self._unit_of(span.slice(sentence.text)) != self._unit:
            return None
        if not self._shares_words(sentence):
            return None
        written = " ".join(span.slice(sentence.text).split())
        giving = candidate._replace(span=sentence.span)
        form = _form(written, value_type(self._question.text), self._analyzer)
        return _Given(giving, written, form)

    def _value_in(self, sentence: Sentence) -> Span | None:
        placed = self._analyzer.placed_terms(sentence.text, stop_words=True)
        words = [Span(start, end) for term, start, end in placed if term in self._asked]
        return value_span(sentence.text, self._question, words, self._analyzer)

    def _words_of(self, sentence: Sentence) -> Iterator[frozenset[str]]:
        """Yield the terms of a sentence, then those without numbers, dateline and source."""
        yield frozenset(self._analyzer.terms(sentence.text))
        yield frozenset(Claim.of(sentence.text, self._analyzer).words)

    def _unit_of(self, written: str) -> frozenset[str]:
        """Return the unit of a number; nothing for other values."""
        kind = value_type(self._question.text)
        form = _form(written, kind, self._analyzer) if kind == "quantity" else ()
        return frozenset(part for part in form if not _has_digit(part))

    def _shares_words(self, sentence: Sentence) -> bool:
        """Whether a sentence has half the words of the one that is compared with, or it has."""
        pairs = zip(self._words, self._words_of(sentence), strict=True)
        return any(2 * len(one & other) >= min(len(one), len(other)) for one, other in pairs)

    def _matches_as_much(self, candidate: Candidate, sentence: Sentence) -> bool:
        """Whether a sentence and what is around it match the same words of the question."""
        matched = self._matched(self._with_context(candidate, sentence))
        around = self._matched(self._around(candidate))
        return (
            self._own - self._set_apart <= matched
            and self._own & self._set_apart <= around
            and self._near & self._names <= around
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names and numbers of the question; all of its words if it has no capitals."""
        words = [word.text for word in self._question.telling]
        named = frozenset(word for word in words if word != word.lower() or _has_digit(word))
        return named or frozenset(words)

    @cached_property
    def _set_apart(self) -> frozenset[str]:
        """The words of the question that what is around a sentence may say in its place.

        They are names and what follows a preposition: in "How many people were killed by the
        quake?", a sentence must have "people" and "killed".
        """
        words = [word.text for word in self._question.telling]
        written = self._question.text.split()
        bare = [word.strip(MARKS) for word in written]
        prepositions = (place for place, word in enumerate(bare) if word in PREPOSITIONS and place)
        after = frozenset(bare[next(prepositions, len(bare)) :])
        capitals = {word for word in words if word != word.lower() or _has_digit(word)}
        apart = frozenset(word for word in words if word in after or word in capitals)
        return apart if len(apart) < len(words) else frozenset(capitals)

    def _with_context(self, candidate: Candidate, sentence: Sentence) -> frozenset[str]:
        """Return the terms of a sentence, of its titles, and of what its pronoun refers to."""
        passage = candidate.hit.passage
        sentences = sentences_of(passage, self._analyzer)
        place = sentences.index(sentence)
        refers = not self._analyzer.language.pronouns.isdisjoint(sentence.words[:1])
        before = sentences[place - 1].terms if refers and place else ()
        return self._inherited(candidate).union(before, sentence.terms)

    def _around(self, candidate: Candidate) -> frozenset[str]:
        """Return the terms of a passage, and those that it inherits."""
        sentences = sentences_of(candidate.hit.passage, self._analyzer)
        return self._inherited(candidate).union(*(each.terms for each in sentences))

    def _inherited(self, candidate: Candidate) -> frozenset[str]:
        """Return the terms of the titles that a passage stands under."""
        passage = candidate.hit.passage
        titles = self._analyzer.terms(" ".join((passage.title, *passage.headings)))
        return candidate.hit.inherited.union(titles)

    def _matched(self, terms: frozenset[str]) -> frozenset[str]:
        """Return the telling words of the question that some terms match."""
        return frozenset(word.text for word in self._question.telling if word.is_matched(terms))


def _form(written: str, kind: str | None, analyzer: Analyzer) -> frozenset[str]:
    """Return the parts of a value, the same for values that are written in other ways."""
    plain = without_accents(in_one_notation(written))
    words = [word.strip(MARKS) for word in plain.casefold().split()]
    if kind in NAMED:
        titles = analyzer.language.titles | WORDS_OF_TITLES | ARTICLES
        words = [word.removesuffix("'s") for word in words if word not in titles] or words
    parts = (part for word in words for part in _parts(word))
    return frozenset(parts) - {""}


def _parts(word: str) -> Iterable[str]:
    """Return a word; of a date its parts, of a quantity the number and the unit."""
    if date := re.fullmatch(r"(?:(\d{4})|-)-(\d\d)-(\d\d)", word):
        return [date[1] or "", MONTHS[int(date[2]) - 1].lower(), str(int(date[3]))]
    if quantity := re.fullmatch(r"([\d.]*\d)([^\d.]+)", word):
        return [quantity[1], quantity[2]]
    if len(word) < ABBREVIATED:
        return [word]
    return [next((month for month in map(str.lower, MONTHS) if month.startswith(word)), word)]


def _is_same(one: frozenset[str], other: frozenset[str], kind: str | None) -> bool:
    """Whether two values are one: one may lack a unit, a year, a first name."""
    if kind in ("quantity", "duration"):
        numbers = [frozenset(part for part in each if _has_digit(part)) for each in (one, other)]
        return (
            numbers[0] == numbers[1]
            and (bool(numbers[0]) or one == other)
            and (one <= other or other <= one)
        )
    return one <= other or other <= one
