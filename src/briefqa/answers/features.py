"""What speaks for a sentence, measured.

Each feature is a number from 0 to 1. Which of them count, and how much, is fitted on questions with
known answers; see `weights`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from briefqa.answers.answer_type import (
    expectation,
    find_counted,
    find_expected,
    find_full_name,
    what_is_counted,
)
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Hit
from briefqa.index.bm25 import bm25
from briefqa.index.reader import terms_above
from briefqa.passages import NAMES, Part, Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["Features", "Sentence", "measure", "sentences_of"]

COMPLETE = 0.999
"""Coverage of a sentence that holds all that is asked, but for rounding."""
INNERMOST = 100
"""The rank of what no list stands in."""

COMMON_WEIGHT = 1.0
"""What a matched word counts however common it is. Among a handful of passages, idf alone would
make the words that all of them share worthless."""

STEM_LENGTH = 4
"""Letters at the beginning that two words share which may be related: repair, reparation."""
RELATED_LENGTH = 5
"""Letters of a word at the least for that to mean something."""

CACHED_PASSAGES = 4096
"""Passages whose sentences are kept: one question's leading passages are often the next one's."""


class Features(Record):
    """What speaks for a sentence; each from 0 to 1.

    Attributes:
        passage: the BM25 score of its passage, as a share of the best passage's (Robertson and
            Zaragoza 2009): a sentence is rarely better than its passage.
        sentence: its own BM25 score among the sentences, as a share of the best sentence's.
        coverage: how much of the question it matches, by itself or by its heading, words weighed
            by their idf; words that the index does not know weigh most.
        verbatim: the same of the words as written, not stemmed: a stem may join what differs.
        bigrams: the share of the question's neighbouring words that are neighbours in it too.
        context: coverage by the sentence and its two neighbours together.
        lead: coverage by the sentence and the one before, which it often takes its subject from.
        first: 1 where it opens its passage: paragraphs say first what they are about.
        expected: two thirds where it holds one date for a when, one person for a who and so on, 1
            where it holds three or more, 0 for none.
        counted: 1 where a number stands before what the question counts.
        related: how much of the question it does not match but begins alike: a stemmer joins
            inflections only.
        synonyms: how much of the question it does not match but has a synonym of (WordNet, Fellbaum
            1998). It helps to choose; nothing is called matched for it.
        named: 1 where it has, beside the question's words, both names of a person asked for: news
            gives them where it introduces somebody, and later the surname alone.
        quoted: the share of the question's quoted phrases that it holds.
    """

    passage: float
    sentence: float
    coverage: float
    verbatim: float
    bigrams: float
    context: float
    lead: float
    first: float
    expected: float
    counted: float
    related: float
    synonyms: float
    named: float
    quoted: float


class Sentence(Record):
    """A sentence of a passage and its words.

    Attributes:
        span: characters of the passage's text.
        part: the block of the passage that it stands in.
        text: the characters themselves.
        terms: the terms of its words, in order.
        words: the words as written, case-folded, in order.
    """

    span: Span
    part: Part
    text: str
    terms: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(CACHED_PASSAGES)
def sentences_of(passage: Passage, analyzer: Analyzer) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, with their words."""
    placed = placed_sentences(passage)
    texts = [span.slice(passage.text) for span, _ in placed]
    # No token reaches over the end of a sentence.
    pairs = analyzer.terms_and_words(texts)
    return tuple(
        Sentence(span, part, text, tuple(terms), tuple(words))
        for (span, part), text, (terms, words) in zip(placed, texts, pairs, strict=True)
    )


def measure(
    question: Question, hits: Sequence[Hit], index: Engine, compared: int
) -> Iterator[tuple[Hit, Sentence, Features]]:
    """Measure all sentences of the leading passages.

    Args:
        question: the question.
        hits: the leading passages, best first.
        index: where the hits are from; it knows how telling a term is.
        compared: how many of the passages, from the first on, all are held against.
    """
    asked = _Asked(question, index)
    sentences = [sentences_of(hit.passage, index.analyzer) for hit in hits]
    found = [(hit, each) for hit, some in zip(hits, sentences, strict=True) for each in some]
    if not found:
        return
    first = list(chain.from_iterable(sentences[:compared]))
    mean = sum(len(sentence.terms) for sentence in first) / len(first) or 1.0
    scores = [asked.bm25(sentence, mean) for _, sentence in found]
    best_score = max(scores[: len(first)]) or 1.0
    best_hit = hits[0].score
    around = _neighbourhoods(hits, sentences, asked)
    told = any(asked.holds_all(each) for _, each in found if each.part.kind not in NAMES)
    for (hit, sentence), score, near in zip(found, scores, around, strict=True):
        if sentence.part.kind in NAMES and not _may_answer(sentence, hit.passage, told, asked):
            continue
        yield (
            hit,
            sentence,
            Features(
                passage=hit.score / best_hit,
                sentence=score / best_score,
                coverage=asked.coverage(near.held),
                verbatim=asked.verbatim(sentence),
                bigrams=asked.bigrams(sentence),
                context=asked.coverage(near.context),
                lead=asked.coverage(near.lead),
                first=float(sentence.span.start == near.first),
                expected=asked.expected(sentence),
                counted=asked.counted(sentence),
                related=asked.related(sentence, near.held),
                synonyms=asked.synonyms(sentence, near.held),
                named=asked.named(sentence),
                quoted=asked.quoted(sentence),
            ),
        )


def _may_answer(name: Sentence, passage: Passage, told: bool, asked: _Asked) -> bool:
    """Whether a heading or the names of columns may be the answer.

    They are where nothing else stands in their passage; and a heading is, where no sentence has
    all that is asked, but it does.
    """
    if all(part.kind in NAMES for part in passage.parts):
        return True
    return name.part.kind == "heading" and not told and asked.is_told_by(name)


class _Neighbourhood(Record):
    """The terms of the question that a sentence holds, by itself or with its neighbours.

    Attributes:
        held: by itself.
        lead: with the sentence before, or the one that introduces it.
        context: with the sentences on both sides, and the headings above.
        first: where the first sentence of the passage begins that is no heading.
    """

    held: frozenset[str]
    lead: frozenset[str]
    context: frozenset[str]
    first: int


def _neighbourhoods(
    hits: Sequence[Hit], sentences: Sequence[Sequence[Sentence]], asked: _Asked
) -> Iterator[_Neighbourhood]:
    # What stands above a sentence counts as its own only where no sentence has it.
    bodies = (each for each in chain.from_iterable(sentences) if each.part.kind not in NAMES)
    written = frozenset[str]().union(*map(asked.held, bodies))
    for hit, some in zip(hits, sentences, strict=True):
        held = [(hit.inherited - written) | asked.held(sentence) for sentence in some]
        first = next((each.span.start for each in some if each.part.kind not in NAMES), 0)
        for place, before in enumerate(_introductions(some)):
            lead = held[place] | held[before]
            after = held[min(place + 1, len(held) - 1)]
            yield _Neighbourhood(held[place], lead, lead | after | hit.inherited, first)


def _introductions(sentences: Sequence[Sentence]) -> Iterator[int]:
    """Yield, for each sentence, the place of the one that it leans on; its own for the first.

    That is the sentence before; for an item of a list the one that introduces its list, for a row
    what stands above its table.
    """
    opened: list[tuple[int, int]] = []
    for place, sentence in enumerate(sentences):
        rank = _rank(sentence.part)
        before = max(0, place - 1)
        if sentence.span.start == sentence.part.span.start:
            while opened and opened[-1][0] >= rank:
                opened.pop()
            yield opened[-1][1] if opened else before
        else:
            opened.pop()
            yield before
        opened.append((rank, place))


def _rank(part: Part) -> int:
    """How deep a block stands in a passage; 0 where it is prose."""
    if part.kind in ("row", "header", "code"):
        return INNERMOST
    return part.level if part.kind != "heading" else 0


class _Asked:
    """A question, ready to be compared with many sentences."""

    def __init__(self, question: Question, index: Engine) -> None:
        written = question.written
        self._analyzer = index.analyzer
        synonyms = index.analyzer.language.lexicon.synonyms
        self._idf = {term: index.idf(term) for term in question.terms}
        self._terms = frozenset(self._idf)
        self._coverages: dict[frozenset[str], float] = {}
        self._weights = {word: _weight(word, index) for word in question.telling}
        self._total = sum(self._weights.values())
        self._words = frozenset(written)
        self._pairs = frozenset(pairwise(written))
        self._kind = expectation(question.text)
        self._synonyms = {
            word: frozenset().union(*map(synonyms, word.terms)) - self._terms
            for word in question.words
        }
        self._phrases = question.phrases
        self._counted = what_is_counted(question.text, index.analyzer)

    def holds_all(self, sentence: Sentence) -> bool:
        """Whether a sentence has all words of the question."""
        return self.coverage(self.held(sentence)) > COMPLETE

    def is_told_by(self, heading: Sentence) -> bool:
        """Whether a heading has all words of the question, and more than them."""
        words = self._analyzer.terms(heading.text)
        return self.holds_all(heading) and not self._terms.issuperset(words)

    def bm25(self, sentence: Sentence, mean: float) -> float:
        """Score a sentence by the formula that ranks passages, with the idf of the whole index."""
        if self._terms.isdisjoint(sentence.terms):
            return 0.0
        frequencies = Counter(term for term in sentence.terms if term in self._idf)
        length = len(sentence.terms)
        return sum(self._idf[term] * bm25(n, length, mean) for term, n in frequencies.items())

    def held(self, sentence: Sentence) -> frozenset[str]:
        """The terms of the question that a sentence holds, the names of a row's columns too."""
        held = self._terms.intersection(sentence.terms)
        header = sentence.part.header
        return held | (self._terms & terms_above((header,), self._analyzer)) if header else held

    def coverage(self, held: frozenset[str]) -> float:
        """How much of the question is covered by some of its terms, 0 to 1."""
        if held not in self._coverages:
            covered = (self._covered(word, held) for word in self._weights)
            self._coverages[held] = sum(covered) / self._total
        return self._coverages[held]

    def _covered(self, word: QuestionWord, held: frozenset[str]) -> float:
        if word.is_paraphrased(held):
            return self._weights[word]
        idfs = [self._idf[term] for term in word.terms if term in held]
        return max(idfs) + COMMON_WEIGHT if idfs else 0.0

    def verbatim(self, sentence: Sentence) -> float:
        words = frozenset(sentence.words)
        found = (
            weight
            for word, weight in self._weights.items()
            if word.written in words or word.is_paraphrased(sentence.terms)
        )
        return sum(found) / self._total

    def bigrams(self, sentence: Sentence) -> float:
        shared = self._pairs.intersection(pairwise(sentence.words))
        return len(shared) / max(1, len(self._pairs))

    def expected(self, sentence: Sentence) -> float:
        if self._kind is None:
            return 0.0
        found = len(find_expected(self._kind, sentence.text, self._words))
        return (min(found, 3) + 3) / 6 if found else 0.0

    def counted(self, sentence: Sentence) -> float:
        if self._counted is None:
            return 0.0
        return float(find_counted(sentence.text, self._counted, self._analyzer))

    def named(self, sentence: Sentence) -> float:
        if self._kind != "person":
            return 0.0
        return float(find_full_name(sentence.text, self._terms, self._analyzer))

    def quoted(self, sentence: Sentence) -> float:
        held = [_holds(sentence.terms, phrase) for phrase in self._phrases]
        return sum(held) / max(1, len(held))

    def related(self, sentence: Sentence, held: frozenset[str]) -> float:
        beginnings = {word[:STEM_LENGTH] for word in sentence.words}
        related = (
            weight
            for word, weight in self._weights.items()
            if len(word.written) >= RELATED_LENGTH
            and word.written[:STEM_LENGTH] in beginnings
            and held.isdisjoint(word.terms)
        )
        return sum(related) / self._total

    def synonyms(self, sentence: Sentence, held: frozenset[str]) -> float:
        meant = (
            weight
            for word, weight in self._weights.items()
            if not self._synonyms[word].isdisjoint(sentence.terms) and not word.is_held(held)
        )
        return sum(meant) / self._total


def _holds(terms: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Whether the terms of a phrase stand somewhere side by side."""
    starts = range(len(terms) - len(phrase) + 1)
    return any(tuple(terms[start : start + len(phrase)]) == phrase for start in starts)


def _weight(word: QuestionWord, index: Engine) -> float:
    """How much a word of the question counts: as its most telling known term, or as unknown."""
    looked_up = (*word.terms, *word.phrase)
    known = [index.idf(term) for term in looked_up if index.document_frequency(term)]
    return max(known, default=index.max_idf) + COMMON_WEIGHT
