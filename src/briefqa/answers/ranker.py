"""The ranker: which sentence answers, of those of the leading passages.

BM25 finds passages; which sentence answers is another question. Each sentence of the leading
passages is scored by a linear model of a few features, and a passage is as good as its best
sentence. In a large index, where whole documents are about something else, the score of BM25 is
added to that; and if the question there only names a subject, the order of BM25 stays, and the
model only chooses within each passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, islice

from briefqa.answers.features import Features, Sentence, measure
from briefqa.answers.model import Weights
from briefqa.answers.question import Question
from briefqa.index import Hit
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["RERANK_DEPTH", "Candidate", "rerank_depth", "rerank_sentences"]

RERANK_DEPTH = 20
"""Passages whose sentences are compared."""
RERANK_DEPTH_OF_QUESTION = 8
"""The same for a question in a large index: docs/quality.md."""
RERANK_DEPTH_OF_SUBJECT = 3
"""The same for a subject there: a greater depth would not change the order of passages."""
SMALL_INDEX = 1000
"""Passages up to which the best sentences alone order the excerpts."""


class Candidate(Record):
    """A sentence that may answer.

    Attributes:
        hit: its passage.
        span: characters of the passage's text.
        features: its features.
        score: the weighted sum of the features; comparable within one question only.
    """

    hit: Hit
    span: Span
    features: Features
    score: float


def rerank_depth(question: Question, size: int) -> int:
    """Return how many passages are reranked.

    Args:
        question: the question; a phrase in quotes may change the order of passages.
        size: the number of passages of the index.
    """
    if size <= SMALL_INDEX or question.phrases:
        return RERANK_DEPTH
    return RERANK_DEPTH_OF_QUESTION if question.asks else RERANK_DEPTH_OF_SUBJECT


def rerank_sentences(
    question: Question, hits: Sequence[Hit], engine: Engine, weights: Weights, top: int
) -> list[Candidate]:
    """Return the best sentence of each passage, ranked.

    The leading passages are ordered by their best sentences; the others follow in the order of the
    hits, so that a larger `top` returns the same candidates and more.

    Args:
        question: the question.
        hits: passages, best first.
        engine: found the hits.
        weights: of the features.
        top: the largest number of candidates.

    Returns:
        One candidate for each passage, best first; ties stay in the order of the hits.
    """
    size = len(engine)
    depth = rerank_depth(question, size)
    measured = groupby(measure(question, hits, engine, depth), key=lambda each: each[0].number)
    best = (_best_sentence(sentences, weights) for _, sentences in measured)
    if size > SMALL_INDEX and not question.asks and not question.phrases:
        return list(islice(best, top))
    candidates = list(best)
    ranked = sorted(candidates[:depth], key=_sort_key(question, size), reverse=True)
    return [*ranked, *candidates[depth:]][:top]


def _best_sentence(
    sentences: Iterable[tuple[Hit, Sentence, Features]], weights: Weights
) -> Candidate:
    """Return the best sentence of a passage, the first of equally good ones."""
    candidates = (
        Candidate(hit, sentence.span, features, weights.score(features))
        for hit, sentence, features in sentences
    )
    return max(candidates, key=lambda candidate: candidate.score)


def _sort_key(question: Question, size: int) -> Callable[[Candidate], float]:
    if size <= SMALL_INDEX:
        return lambda candidate: candidate.score
    if question.asks:
        return lambda candidate: candidate.score + candidate.features.passage
    # The BM25 score, doubled if the sentence has all that the question quotes.
    return lambda candidate: candidate.hit.score * (1 + candidate.features.quoted)
