"""What speaks for a sentence, measured.

Each feature is a number from 0 to 1. Which of them count, and how much, is fitted on questions with
known answers; see `weights`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from briefqa.analysis import tokenize
from briefqa.answers.expectation import expectation, find_expected
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Hit, Index
from briefqa.sentences import split_sentences
from briefqa.spans import Span

__all__ = ["Features", "Sentence", "measure", "sentences_of"]

K1 = 0.9
B = 0.7
"""Sentences are scored by the formula that ranks passages."""

COMMON_WEIGHT = 1.0
"""What a matched word counts however common it is. Among a handful of passages, idf alone would
make the words that all of them share worthless."""

STEM_LENGTH = 4
"""Letters at the beginning that two words share which may be related: repair, reparation."""
RELATED_LENGTH = 5
"""Letters of a word at the least for that to mean something."""

CACHED_PASSAGES = 4096
"""Passages whose sentences are kept: one question's leading passages are often the next one's."""


class Features(NamedTuple):
    """What speaks for a sentence; each from 0 to 1.

    Attributes:
        passage: the BM25 score of its passage, as a share of the best passage's (Robertson and
            Zaragoza 2009): a sentence is rarely better than its passage.
        sentence: its own BM25 score among the sentences, as a share of the best sentence's.
        coverage: how much of the question it matches, by itself or by its heading, words weighed
            by their idf; words that the index does not know weigh most.
        verbatim: the same of the words as written, not stemmed: a stem may join what differs.
        bigrams: the share of the question's neighbouring words that are neighbours in it too.
        context: coverage by the sentence and its two neighbours together, since a sentence takes
            its subject from the one before.
        expected: 1 where it holds a date for a when, a person for a who and so on.
        related: how much of the question it does not match but begins alike: a stemmer joins
            inflections only.
    """

    passage: float
    sentence: float
    coverage: float
    verbatim: float
    bigrams: float
    context: float
    expected: float
    related: float


class Sentence(NamedTuple):
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
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, with their words."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    tokens = list(tokenize(text, stop_words=True))
    start = 0
    for span in split_sentences(text):
        end = start
        while end < len(tokens) and tokens[end].span.start < span.end:
            end += 1
        own = tokens[start:end]
        words = tuple(token.span.slice(text).casefold() for token in own)
        yield Sentence(span, span.slice(text), tuple(token.term for token in own), words)
        start = end


def measure(
    question: Question, hits: Sequence[Hit], index: Index
) -> Iterator[tuple[Hit, Sentence, Features]]:
    """Measure all sentences of the leading passages.

    Args:
        question: the question.
        hits: the leading passages, best first.
        index: where the hits are from; it knows how telling a term is.
    """
    asked = _Asked(question, index)
    found = [(hit, sentence) for hit in hits for sentence in sentences_of(hit.passage.text)]
    if not found:
        return
    mean = sum(len(sentence.terms) for _, sentence in found) / len(found) or 1.0
    scores = [asked.bm25(sentence, mean) for _, sentence in found]
    best_score = max(scores) or 1.0
    best_hit = max(hit.score for hit in hits)
    around = _neighbourhoods(hits)
    for (hit, sentence), score, context in zip(found, scores, around, strict=True):
        terms = hit.lent.union(sentence.terms)
        yield (
            hit,
            sentence,
            Features(
                passage=hit.score / best_hit,
                sentence=score / best_score,
                coverage=asked.coverage(terms),
                verbatim=asked.verbatim(sentence),
                bigrams=asked.bigrams(sentence),
                context=asked.coverage(context),
                expected=asked.expected(sentence),
                related=asked.related(sentence, terms),
            ),
        )


def _neighbourhoods(hits: Sequence[Hit]) -> Iterator[frozenset[str]]:
    """Yield, for each sentence, the terms of itself and its neighbours in the passage."""
    for hit in hits:
        held = [sentence.terms for sentence in sentences_of(hit.passage.text)]
        for number in range(len(held)):
            yield hit.lent.union(*held[max(0, number - 1) : number + 2])


class _Asked:
    """A question, ready to be compared with many sentences."""

    def __init__(self, question: Question, index: Index) -> None:
        written = [
            token.span.slice(question.text).casefold()
            for token in tokenize(question.text, stop_words=True)
        ]
        self._idf = {term: index.idf(term) for term in question.terms}
        self._weights = {word: _weight(word, index) for word in question.words}
        self._total = sum(self._weights.values())
        self._words = frozenset(written)
        self._pairs = frozenset(pairwise(written))
        self._kind = expectation(question.text)

    def bm25(self, sentence: Sentence, mean: float) -> float:
        """Score a sentence as if it were a passage, with the idf of the whole index."""
        frequencies = Counter(term for term in sentence.terms if term in self._idf)
        length = K1 * (1 - B + B * len(sentence.terms) / mean)
        return sum(self._idf[term] * n * (K1 + 1) / (n + length) for term, n in frequencies.items())

    def coverage(self, terms: frozenset[str]) -> float:
        covered = (
            max((self._idf[term] for term in word.terms if term in terms), default=-COMMON_WEIGHT)
            for word in self._weights
        )
        return sum(idf + COMMON_WEIGHT for idf in covered) / self._total

    def verbatim(self, sentence: Sentence) -> float:
        words = frozenset(sentence.words)
        found = (weight for word, weight in self._weights.items() if word.written in words)
        return sum(found) / self._total

    def bigrams(self, sentence: Sentence) -> float:
        shared = self._pairs.intersection(pairwise(sentence.words))
        return len(shared) / max(1, len(self._pairs))

    def expected(self, sentence: Sentence) -> float:
        if self._kind is None:
            return 0.0
        return float(bool(find_expected(self._kind, sentence.text, self._words)))

    def related(self, sentence: Sentence, terms: frozenset[str]) -> float:
        beginnings = {word[:STEM_LENGTH] for word in sentence.words}
        related = (
            weight
            for word, weight in self._weights.items()
            if len(word.written) >= RELATED_LENGTH
            and word.written[:STEM_LENGTH] in beginnings
            and terms.isdisjoint(word.terms)
        )
        return sum(related) / self._total


def _weight(word: QuestionWord, index: Index) -> float:
    """How much a word of the question counts: as its most telling known term, or as unknown."""
    known = [index.idf(term) for term in word.terms if index.passage_frequency(term)]
    return max(known, default=index.ceiling) + COMMON_WEIGHT
