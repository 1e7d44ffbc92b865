"""The fitted model: the weights of features, and the confidence in an answer.

The weights are in `weights.txt`, one a line, below the command that fitted them and the names of
the sets that they were fitted on. The file is not JSON, whose module most answers do not load.

The confidence estimates the probability that the first sentence contains the answer, from what that
sentence covers of the question. It never claims that the documents do not say something: no lexical
method can know that.
"""

from __future__ import annotations

import math
import os
from functools import cache

from briefqa.answers.answer import Status
from briefqa.answers.features import Features
from briefqa.answers.question import Question
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["Evidence", "Weights", "evidence", "shipped_weights", "status"]

ANSWERED = 0.5
"""More likely right than wrong."""
NONE = 0.1
"""Below this a shared word is likely to be chance."""


class Evidence(Record):
    """What the confidence is estimated from.

    Attributes:
        coverage: the share of the question that the first sentence covers: see `Features`.
        bigrams: the share of the question's pairs of neighbouring words that it has as well.
        unknown: the share of the question's words that no passage has.
        words: the number of the question's content words.
        matched: how many of them the sentence covers: two of two are less evidence than six of six.
    """

    coverage: float
    bigrams: float
    unknown: float
    words: float
    matched: float


class Weights(Record):
    """The weights of features and of evidence.

    Attributes:
        sentence: the weight of each feature of a sentence.
        intercept: the log-odds that a sentence answers without any evidence.
        confidence: what each piece of evidence adds to the log-odds.
    """

    sentence: Features
    intercept: float
    confidence: Evidence

    def score(self, features: Features) -> float:
        """Return the weighted sum of features, rounded so that all machines agree."""
        products = (weight * value for weight, value in zip(self.sentence, features, strict=True))
        return round(math.fsum(products), 6)

    def trust(self, evidence: Evidence) -> float:
        """Return the probability that the first sentence contains the answer, 0 to 1."""
        products = (weight * value for weight, value in zip(self.confidence, evidence, strict=True))
        return round(1 / (1 + math.exp(-self.intercept - math.fsum(products))), 4)


@cache
def shipped_weights() -> Weights:
    """Return the weights of the package."""
    fitted: dict[str, dict[str, float]] = {"sentence": {}, "confidence": {}}
    with open(os.path.join(os.path.dirname(__file__), "weights.txt"), encoding="utf-8") as file:
        next(file)
        for line in file:
            kind, name, value = line.split()
            fitted[kind][name] = float(value)
    intercept = fitted["confidence"].pop("intercept")
    return Weights(Features(**fitted["sentence"]), intercept, Evidence(**fitted["confidence"]))


def evidence(question: Question, first: Features, engine: Engine) -> Evidence:
    """Return what the confidence is estimated from.

    Args:
        question: the question that was searched for.
        first: the features of the first sentence.
        engine: searched for it.
    """
    unknown = [not word.phrase and not word.is_known(engine) for word in question.telling]
    return Evidence(
        coverage=first.coverage,
        bigrams=first.bigrams,
        unknown=sum(unknown) / len(unknown),
        words=len(unknown),
        matched=len(unknown) * first.coverage,
    )


def status(confidence: float, *, strict: bool) -> Status:
    """Return the status of an answer.

    Args:
        confidence: in its first sentence.
        strict: whether an answer that would be weak is none.
    """
    if confidence >= ANSWERED:
        return Status.ANSWERED
    return Status.NONE if strict or confidence < NONE else Status.WEAK
