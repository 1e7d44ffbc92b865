"""How far an answer can be trusted.

A first rule, on what the best sentence covers of the question. It never claims that the documents
do not say something: no lexical method can know that.
"""

import math

from briefqa.answers.answer import Status
from briefqa.answers.choosing import Features

__all__ = ["confidence", "status"]

INTERCEPT = -2.8
COVERAGE = 4.6
VERBATIM = 1.3

ANSWERED = 0.5
"""More likely right than wrong."""
NONE = 0.12
"""Below this it is chance that a word is shared."""


def confidence(best: Features | None) -> float:
    """Estimate the probability that the best sentence holds the answer.

    Args:
        best: the features of the first excerpt's sentence; None where nothing matched.

    Returns:
        0 to 1, rounded to four decimals.
    """
    if best is None:
        return 0.0
    logit = INTERCEPT + COVERAGE * best.coverage + VERBATIM * best.verbatim
    return round(1 / (1 + math.exp(-logit)), 4)


def status(trust: float, *, strict: bool) -> Status:
    """Name how far an answer of that confidence can be trusted.

    Args:
        trust: a confidence.
        strict: whether what would be weak is none.
    """
    if trust >= ANSWERED:
        return Status.ANSWERED
    return Status.NONE if strict or trust < NONE else Status.WEAK
