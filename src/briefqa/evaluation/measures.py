"""Measures of answers, as information retrieval defines them; shares are in per cent."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.answers import Answer, Excerpt, Status
from briefqa.evaluation.question_set import KnownQuestion
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["DEPTH", "Measures", "Outcome", "ReliabilityBin", "judge", "reliability", "summarise"]

DEPTH = 10
"""Excerpts that are judged."""
BINS = 10
"""Bins of equal width in which confidence is compared with success."""


class Outcome(Record):
    """How one question was answered.

    Attributes:
        known: the question, and its known answers.
        answer: the answer it got.
        rank: the rank of the first excerpt whose passage contains a known answer, from 1; None if
            none of the first ten does.
        right: whether the first sentence contains a known answer.
    """

    known: KnownQuestion
    answer: Answer
    rank: int | None
    right: bool

    @property
    def failed(self) -> bool:
        """Whether the first sentence is wrong, or a question without an answer was answered."""
        if self.known.answerable:
            return not self.right
        return self.answer.status is Status.ANSWERED


class Measures(Record):
    """How a set of questions was answered. Shares are in per cent; None if no question counts.

    Attributes:
        questions: their number.
        passage_1: the share of answerable questions for which the first excerpt's passage contains
            an answer.
        passage_5: the same for the first five excerpts.
        mrr_10: the mean reciprocal rank of the first such excerpt of ten (Voorhees, TREC-8, 1999).
        sentence_1: the share of answerable questions for which the first sentence contains an
            answer.
        words: the mean length of that sentence, in words.
        false_answers: the share of unanswerable questions with the status `answered`.
        false_abstentions: the share of answerable questions with the status `none`.
        auroc: how well the confidence separates the two kinds of questions: the probability that an
            answerable one has the higher confidence (Fawcett 2006).
        calibration_error: the mean difference between confidence and success in ten bins (Naeini,
            Cooper and Hauskrecht 2015).
    """

    questions: int
    passage_1: float | None
    passage_5: float | None
    mrr_10: float | None
    sentence_1: float | None
    words: float | None
    false_answers: float | None
    false_abstentions: float | None
    auroc: float | None
    calibration_error: float | None


class ReliabilityBin(Record):
    """How often answers of about the same confidence were right.

    Attributes:
        lowest: the lowest confidence of the bin.
        highest: the confidence below which it ends; the last bin includes 1.
        questions: the number of answers in it.
        confidence: their mean confidence, in per cent.
        right: the share of them whose first sentence is right, in per cent.
    """

    lowest: float
    highest: float
    questions: int
    confidence: float
    right: float


def judge(known: KnownQuestion, answer: Answer) -> Outcome:
    """Compare an answer with the known answers."""
    excerpts = answer.excerpts[:DEPTH] if known.answerable else ()
    ranks = (
        excerpt.rank
        for excerpt in excerpts
        if _holds(known, excerpt, Span(0, len(excerpt.passage.text)))
    )
    right = any(
        one.is_in(excerpt.passage, excerpt.answer if one.is_pattern else excerpt.sentence)
        for excerpt in excerpts[:1]
        for one in known.answers
    )
    return Outcome(known, answer, next(ranks, None), right)


def _holds(known: KnownQuestion, excerpt: Excerpt, part: Span) -> bool:
    return any(one.is_in(excerpt.passage, part) for one in known.answers)


def summarise(outcomes: Sequence[Outcome]) -> Measures:
    """Return the measures of a set of questions."""
    answerable = [outcome for outcome in outcomes if outcome.known.answerable]
    others = [outcome for outcome in outcomes if not outcome.known.answerable]
    ranks = [outcome.rank for outcome in answerable]
    return Measures(
        questions=len(outcomes),
        passage_1=_share([rank == 1 for rank in ranks]),
        passage_5=_share([rank is not None and rank <= 5 for rank in ranks]),
        mrr_10=_share([1 / rank if rank else 0 for rank in ranks]),
        sentence_1=_share([outcome.right for outcome in answerable]),
        words=_mean([_length(outcome.answer) for outcome in answerable]),
        false_answers=_share([outcome.failed for outcome in others]),
        false_abstentions=_share([outcome.answer.status is Status.NONE for outcome in answerable]),
        auroc=_auroc(
            [outcome.answer.confidence for outcome in answerable],
            [outcome.answer.confidence for outcome in others],
        ),
        calibration_error=_calibration_error(outcomes),
    )


def _length(answer: Answer) -> int:
    return sum(
        len(excerpt.sentence.slice(excerpt.passage.text).split()) for excerpt in answer.excerpts[:1]
    )


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 2) if values else None


def _share(values: Sequence[float]) -> float | None:
    return round(100 * sum(values) / len(values), 2) if values else None


def _auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the share of pairs in which the positive value is higher; a tie counts half."""
    if not positive or not negative:
        return None
    ranked = sorted([(value, True) for value in positive] + [(value, False) for value in negative])
    wins = below = 0.0
    start = 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        tied = sum(not is_positive for _, is_positive in ranked[start:end])
        wins += (end - start - tied) * (below + tied / 2)
        below += tied
        start = end
    return round(100 * wins / (len(positive) * len(negative)), 2)


def reliability(outcomes: Sequence[Outcome]) -> list[ReliabilityBin]:
    """Return the bins of confidence that have answers, lowest first."""
    return [
        ReliabilityBin(
            place / BINS,
            (place + 1) / BINS,
            len(some),
            round(100 * sum(each.answer.confidence for each in some) / len(some), 2),
            round(100 * sum(each.right for each in some) / len(some), 2),
        )
        for place, some in enumerate(_binned(outcomes))
        if some
    ]


def _binned(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    bins: list[list[Outcome]] = [[] for _ in range(BINS)]
    for outcome in outcomes:
        bins[min(int(outcome.answer.confidence * BINS), BINS - 1)].append(outcome)
    return bins


def _calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    differences = (
        sum(outcome.answer.confidence - outcome.right for outcome in some)
        for some in _binned(outcomes)
    )
    return _share([sum(map(abs, differences)) / len(outcomes)]) if outcomes else None
