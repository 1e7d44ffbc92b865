"""Choosing the sentence that answers, across the leading passages.

BM25 finds passages; which sentence answers is a second question. Each sentence of the leading
passages gets the sum of four features between 0 and 1. A passage is as good as its best sentence.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from briefqa.analysis import Token, tokenize
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Hit, Index
from briefqa.sentences import split_sentences
from briefqa.spans import Span

__all__ = ["LEADING", "Candidate", "Features", "rank_sentences"]

LEADING = 20
"""Passages whose sentences are compared."""

K1 = 0.9
B = 0.7
"""Sentences are scored by the formula that ranks passages."""

COMMON_WEIGHT = 1.0
"""What a matched word counts however common it is. Among a handful of passages, idf alone would
make the words that all of them share worthless."""


class Features(NamedTuple):
    """What speaks for a sentence; each from 0 to 1.

    Attributes:
        passage: the BM25 score of its passage, as a share of the best passage's.
        sentence: its own BM25 score among the sentences, as a share of the best sentence's.
        coverage: how much of the question it matches, by itself or by its heading, words weighed
            by their idf; words that the index does not know weigh most.
        verbatim: the same of the words as written, not stemmed.
    """

    passage: float
    sentence: float
    coverage: float
    verbatim: float


class Candidate(NamedTuple):
    """A sentence that may answer.

    Attributes:
        hit: the passage it stands in.
        span: characters of the passage's text.
        features: what speaks for it.
    """

    hit: Hit
    span: Span
    features: Features

    @property
    def score(self) -> float:
        """The sum of the features, from 0 to 4."""
        return sum(self.features)


class _Sentence(NamedTuple):
    hit: Hit
    span: Span
    tokens: Sequence[Token]

    @property
    def written(self) -> set[str]:
        """The words as written, whatever their letter case."""
        return {token.span.slice(self.hit.passage.text).casefold() for token in self.tokens}


def rank_sentences(question: Question, hits: Sequence[Hit], index: Index) -> list[Candidate]:
    """Find the best sentence of each passage.

    Args:
        question: the question.
        hits: the leading passages, best first.
        index: where the hits are from; it knows how telling a term is.

    Returns:
        One candidate a passage, the best first; ties stay in the order of the hits.
    """
    sentences = [sentence for hit in hits for sentence in _sentences(hit)]
    best: dict[int, Candidate] = {}
    for candidate in _candidates(question, sentences, index):
        rival = best.get(candidate.hit.number)
        if rival is None or candidate.score > rival.score:
            best[candidate.hit.number] = candidate
    return sorted(best.values(), key=lambda candidate: -candidate.score)


def _sentences(hit: Hit) -> Iterator[_Sentence]:
    """Yield the sentences of a passage, each with its tokens."""
    tokens = list(tokenize(hit.passage.text, stop_words=True))
    start = 0
    for span in split_sentences(hit.passage.text):
        end = start
        while end < len(tokens) and tokens[end].span.start < span.end:
            end += 1
        yield _Sentence(hit, span, tokens[start:end])
        start = end


def _candidates(
    question: Question, sentences: Sequence[_Sentence], index: Index
) -> Iterator[Candidate]:
    if not sentences:
        return
    idf = {term: index.idf(term) for term in question.terms}
    weights = {word: _weight(word, index) for word in question.words}
    scores = _bm25(sentences, idf)
    best_score = max(scores) or 1.0
    best_hit = max(sentence.hit.score for sentence in sentences)
    for sentence, score in zip(sentences, scores, strict=True):
        features = Features(
            passage=sentence.hit.score / best_hit,
            sentence=score / best_score,
            coverage=_coverage(sentence, weights, idf),
            verbatim=_verbatim(sentence, weights),
        )
        yield Candidate(sentence.hit, sentence.span, features)


def _weight(word: QuestionWord, index: Index) -> float:
    """How much a word of the question counts: as its most telling known term, or as unknown."""
    known = [index.idf(term) for term in word.terms if index.passage_frequency(term)]
    return max(known, default=index.ceiling) + COMMON_WEIGHT


def _coverage(
    sentence: _Sentence, weights: Mapping[QuestionWord, float], idf: Mapping[str, float]
) -> float:
    terms = {token.term for token in sentence.tokens} | sentence.hit.lent
    covered = (
        max((idf[term] + COMMON_WEIGHT for term in word.terms if term in terms), default=0.0)
        for word in weights
    )
    return sum(covered) / sum(weights.values())


def _verbatim(sentence: _Sentence, weights: Mapping[QuestionWord, float]) -> float:
    written = sentence.written
    found = (weight for word, weight in weights.items() if word.text.casefold() in written)
    return sum(found) / sum(weights.values())


def _bm25(sentences: Sequence[_Sentence], idf: Mapping[str, float]) -> list[float]:
    """Score sentences as if each were a passage, with the idf of the whole index."""
    mean = sum(len(sentence.tokens) for sentence in sentences) / len(sentences)
    return [_sentence_bm25(sentence, idf, mean or 1.0) for sentence in sentences]


def _sentence_bm25(sentence: _Sentence, idf: Mapping[str, float], mean: float) -> float:
    frequencies = Counter(token.term for token in sentence.tokens if token.term in idf)
    length = K1 * (1 - B + B * len(sentence.tokens) / mean)
    return sum(idf[term] * n * (K1 + 1) / (n + length) for term, n in frequencies.items())
