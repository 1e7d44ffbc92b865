"""Evaluation: questions with known answers, and measures of how they are answered.

A set of questions is a file of JSON Lines:

    {"question": "When do they meet?", "answers": ["April 10"], "answerable": true, "kind": "when"}

An answer is a string that the right text contains; `{"text", "start", "end"}` with half-open
character offsets into its document; or `{"pattern"}` with a regular expression that the right text
matches, in any letter case, or `"answer"` beside the question with one. `answerable` is by default
whether there are answers. `kind` is any name by which questions are to be grouped.

The measures are those of information retrieval; shares are in per cent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from briefqa.answers import Answer, Status
from briefqa.errors import QuestionError
from briefqa.passages import Passage
from briefqa.question_file import QuestionEntry, read_questions
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "DEPTH",
    "KnownAnswer",
    "KnownQuestion",
    "Measures",
    "Outcome",
    "ReliabilityBin",
    "judge",
    "read_known_questions",
    "reliability",
    "summarise",
]

PATTERN_FLAGS = re.IGNORECASE | re.DOTALL


class KnownAnswer(Record):
    """A right answer to a question.

    Attributes:
        text: its words, or the regular expression.
        span: its characters in its document; None if it is right wherever it occurs.
        is_pattern: whether it is a regular expression.
    """

    text: str
    span: Span | None
    is_pattern: bool = False

    def is_in(self, passage: Passage, part: Span) -> bool:
        """Return whether a part of a passage, a span of its text, contains the answer."""
        if self.is_pattern:
            return re.search(self.text, part.slice(passage.text), PATTERN_FLAGS) is not None
        if self.span is None:
            return _fold(self.text) in _fold(part.slice(passage.text))
        place = part.shift(passage.span.start)
        start = self.span.start - passage.span.start
        return place.contains(self.span) and passage.text.startswith(self.text, start)


class KnownQuestion(Record):
    """A question whose answers are known.

    Attributes:
        question: the question.
        answers: the right answers, of which one is enough.
        answerable: whether the documents contain an answer.
        kind: the name of its group; empty if it has none.
    """

    question: str
    answers: tuple[KnownAnswer, ...]
    answerable: bool
    kind: str = ""


def read_known_questions(
    path: str, note: Callable[[str], object] | None = None
) -> Iterator[KnownQuestion]:
    """Yield the questions of a file, or of standard input for `-`.

    Args:
        path: of the file.
        note: called with a sentence if there are no questions; None to say nothing.

    Raises:
        DocumentError: the file cannot be read.
        QuestionError: a line is not of the form above; its number is in the message.
    """
    for asked in read_questions(path, note=note):
        yield _known(asked)


def _known(asked: QuestionEntry) -> KnownQuestion:
    fields = asked.fields or {}
    answers = fields.get("answers", [])
    if not isinstance(answers, list):
        raise QuestionError(f"{asked.place}: answers must be a list")
    if fields.get("answer"):
        answers = [*answers, {"pattern": fields["answer"]}]
    known = tuple(_answer(answer, asked.place) for answer in answers)
    answerable = fields.get("answerable", bool(known))
    if not isinstance(answerable, bool):
        raise QuestionError(f"{asked.place}: answerable must be true or false")
    if answerable and not known:
        raise QuestionError(f"{asked.place}: answerable, but has no answers")
    return KnownQuestion(asked.question, known, answerable, str(fields.get("kind") or ""))


def _answer(answer: object, place: str) -> KnownAnswer:
    match answer:
        case str(text) if text.strip():
            return KnownAnswer(text, None)
        case {"text": str(text), "start": int(start), "end": int(end)} if 0 <= start <= end:
            return KnownAnswer(text, Span(start, end))
        case {"pattern": str(text)} if text:
            try:
                re.compile(text, PATTERN_FLAGS)
            except re.error as error:
                raise QuestionError(f"{place}: invalid regular expression: {error}") from error
            return KnownAnswer(text, None, is_pattern=True)
    expected = "expected a string, or an object with text, start and end, or with pattern"
    raise QuestionError(f"{place}: invalid answer; {expected}")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


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
        if any(
            one.is_in(excerpt.passage, Span(0, len(excerpt.passage.text))) for one in known.answers
        )
    )
    right = any(
        one.is_in(excerpt.passage, excerpt.answer if one.is_pattern else excerpt.sentence)
        for excerpt in excerpts[:1]
        for one in known.answers
    )
    return Outcome(known, answer, next(ranks, None), right)


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
