"""The fitted numbers: what each feature counts, and how coverage becomes confidence.

They stand in `weights.txt`, one a line, below the command that fitted them and on what; for JSON,
its module would be loaded even where an answer is shown as text.

The confidence estimates the probability that the first sentence holds the answer, from what that
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
"""Below this it is chance that a word is shared."""


class Evidence(Record):
    """What the confidence rests on.

    Attributes:
        coverage: how much of the question the first sentence covers, 0 to 1; see `Features`.
        bigrams: the share of the question's neighbouring words that are neighbours there too.
        unknown: the share of the question's words that no passage holds.
        words: the number of the question's content words.
        matched: how many of them the sentence covers: two of two are less than six of six.
    """

    coverage: float
    bigrams: float
    unknown: float
    words: float
    matched: float


class Weights(Record):
    """What each feature and each piece of evidence counts.

    Attributes:
        sentence: the weights of the sentence's features.
        intercept: the log-odds that a sentence without any evidence answers.
        confidence: what each piece of evidence adds to the log-odds.
    """

    sentence: Features
    intercept: float
    confidence: Evidence

    def score(self, features: Features) -> float:
        """Return how much the features speak for a sentence, rounded so that all machines agree."""
        products = (weight * value for weight, value in zip(self.sentence, features, strict=True))
        return round(math.fsum(products), 6)

    def trust(self, evidence: Evidence) -> float:
        """Estimate the probability that the first sentence holds the answer, 0 to 1."""
        products = (weight * value for weight, value in zip(self.confidence, evidence, strict=True))
        return round(1 / (1 + math.exp(-self.intercept - math.fsum(products))), 4)


@cache
def shipped_weights() -> Weights:
    """Return the weights that ship with the package."""
    fitted: dict[str, dict[str, float]] = {"sentence": {}, "confidence": {}}
    with open(os.path.join(os.path.dirname(__file__), "weights.txt"), encoding="utf-8") as file:
        next(file)
        for line in file:
            kind, name, value = line.split()
            fitted[kind][name] = float(value)
    intercept = fitted["confidence"].pop("intercept")
    return Weights(Features(**fitted["sentence"]), intercept, Evidence(**fitted["confidence"]))


def evidence(question: Question, first: Features, index: Engine) -> Evidence:
    """Gather what the confidence rests on.

    Args:
        question: the question.
        first: the features of the first sentence.
        index: what the question was asked of.
    """
    unknown = [not word.phrase and not word.is_known(index) for word in question.telling]
    return Evidence(
        coverage=first.coverage,
        bigrams=first.bigrams,
        unknown=sum(unknown) / len(unknown),
        words=len(unknown),
        matched=len(unknown) * first.coverage,
    )


def status(confidence: float, *, strict: bool) -> Status:
    """Name how far an answer of that confidence can be trusted.

    Args:
        confidence: a probability.
        strict: whether what would be weak is none.
    """
    if confidence >= ANSWERED:
        return Status.ANSWERED
    return Status.NONE if strict or confidence < NONE else Status.WEAK
