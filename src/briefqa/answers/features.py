"""What speaks for a sentence, measured.

Each feature is a number from 0 to 1. Which of them count, and how much, is fitted on questions with
known answers; see `weights`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from briefqa.analysis.sentences import split_sentences
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
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["Features", "Sentence", "measure", "sentences_of"]

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
        text: the characters themselves.
        terms: the terms of its words, in order.
        words: the words as written, case-folded, in order.
    """

    span: Span
    text: str
    terms: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(CACHED_PASSAGES)
def sentences_of(text: str, analyzer: Analyzer) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, with their words."""
    spans = split_sentences(text)
    texts = [span.slice(text) for span in spans]
    # No token reaches over the end of a sentence.
    pairs = analyzer.terms_and_words(texts)
    return tuple(
        Sentence(span, sentence, tuple(terms), tuple(words))
        for span, sentence, (terms, words) in zip(spans, texts, pairs, strict=True)
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
    sentences = [sentences_of(hit.passage.text, index.analyzer) for hit in hits]
    found = [(hit, each) for hit, some in zip(hits, sentences, strict=True) for each in some]
    if not found:
        return
    first = list(chain.from_iterable(sentences[:compared]))
    mean = sum(len(sentence.terms) for sentence in first) / len(first) or 1.0
    scores = [asked.bm25(sentence, mean) for _, sentence in found]
    best_score = max(scores[: len(first)]) or 1.0
    best_hit = hits[0].score
    around = _neighbourhoods(hits, sentences, asked)
    for (hit, sentence), score, near in zip(found, scores, around, strict=True):
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
                first=float(sentence.span.start == 0),
                expected=asked.expected(sentence),
                counted=asked.counted(sentence),
                related=asked.related(sentence, near.held),
                synonyms=asked.synonyms(sentence, near.held),
                named=asked.named(sentence),
                quoted=asked.quoted(sentence),
            ),
        )


class _Neighbourhood(Record):
    """The terms of the question that a sentence holds, by itself or with its neighbours.

    Attributes:
        held: by itself.
        lead: with the sentence before.
        context: with the sentences on both sides.
    """

    held: frozenset[str]
    lead: frozenset[str]
    context: frozenset[str]


def _neighbourhoods(
    hits: Sequence[Hit], sentences: Sequence[Sequence[Sentence]], asked: _Asked
) -> Iterator[_Neighbourhood]:
    for hit, some in zip(hits, sentences, strict=True):
        held = [hit.inherited.union(asked.held(sentence)) for sentence in some]
        nothing: frozenset[str] = frozenset()
        befores, afters = [nothing, *held[:-1]], [*held[1:], nothing]
        for before, own, after in zip(befores, held, afters, strict=True):
            lead = own | before
            yield _Neighbourhood(own, lead, lead | after)


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

    def bm25(self, sentence: Sentence, mean: float) -> float:
        """Score a sentence by the formula that ranks passages, with the idf of the whole index."""
        if self._terms.isdisjoint(sentence.terms):
            return 0.0
        frequencies = Counter(term for term in sentence.terms if term in self._idf)
        length = len(sentence.terms)
        return sum(self._idf[term] * bm25(n, length, mean) for term, n in frequencies.items())

    def held(self, sentence: Sentence) -> frozenset[str]:
        """The terms of the question that a sentence holds."""
        return self._terms.intersection(sentence.terms)

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
