"""Choosing the sentence that answers, across the leading passages.

BM25 finds passages; which sentence answers is a second question. Each sentence of the leading
passages is scored by a linear model of a few features, and a passage is as good as its best
sentence. In a large collection, where whole documents are about something else, BM25 counts for
more beside that; and where no question is asked there but a subject named, BM25's order stays, and
the model only chooses within each passage.
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

__all__ = ["LEADING", "Candidate", "leading", "rank_sentences"]

LEADING = 20
"""Passages whose sentences are compared."""
LEADING_OF_MANY = 8
"""The same in a large collection: docs/quality.md."""
LEADING_OF_SUBJECT = 3
"""The same there where no question is asked, so that they are not put in another order."""
SMALL_COLLECTION = 1000
"""Passages up to which the best sentences alone order the excerpts."""


class Candidate(Record):
    """A sentence that may answer.

    Attributes:
        hit: the passage it stands in.
        span: characters of the passage's text.
        features: what speaks for it.
        score: how much they speak for it; comparable within one question only.
    """

    hit: Hit
    span: Span
    features: Features
    score: float


def leading(question: Question, size: int) -> int:
    """Return how many passages are compared.

    Args:
        question: the question; where it quotes a phrase, that may put passages in another order.
        size: how many passages there are.
    """
    if size <= SMALL_COLLECTION or question.phrases:
        return LEADING
    return LEADING_OF_MANY if question.asks else LEADING_OF_SUBJECT


def rank_sentences(
    question: Question, hits: Sequence[Hit], index: Engine, weights: Weights, top: int
) -> list[Candidate]:
    """Find the best sentence of each passage.

    The leading passages are compared, and put in order by that; others stay behind them in the
    order of the hits, so that who asks for more gets the same and more.

    Args:
        question: the question.
        hits: passages, best first.
        index: where the hits are from.
        weights: what each feature counts.
        top: candidates at the most.

    Returns:
        One candidate a passage, the best first; ties stay in the order of the hits.
    """
    compared = leading(question, len(index))
    measured = groupby(measure(question, hits, index, compared), key=lambda each: each[0].number)
    best = (_best(sentences, weights) for _, sentences in measured)
    if len(index) > SMALL_COLLECTION and not question.asks and not question.phrases:
        return list(islice(best, top))
    candidates = list(best)
    key = _order(question, len(index))
    return [*sorted(candidates[:compared], key=key, reverse=True), *candidates[compared:]][:top]


def _best(sentences: Iterable[tuple[Hit, Sentence, Features]], weights: Weights) -> Candidate:
    """Return the best sentence of a passage, of as good ones the first."""
    candidates = (
        Candidate(hit, sentence.span, features, weights.score(features))
        for hit, sentence, features in sentences
    )
    return max(candidates, key=lambda candidate: candidate.score)


def _order(question: Question, size: int) -> Callable[[Candidate], float]:
    """Return what the leading candidates are put in order by."""
    if size <= SMALL_COLLECTION:
        return _by_sentence
    return _by_sentence_and_passage if question.asks else _doubled_where_quoted


def _by_sentence(candidate: Candidate) -> float:
    return candidate.score


def _by_sentence_and_passage(candidate: Candidate) -> float:
    return candidate.score + candidate.features.passage


def _doubled_where_quoted(candidate: Candidate) -> float:
    """The BM25 score, doubled where the sentence holds all that the question quotes."""
    return candidate.hit.score * (1 + candidate.features.quoted)
