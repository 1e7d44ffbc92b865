"""How far an answer can be trusted.

A first rule, on what the best sentence covers of the question and on how many of its words the
index does not know at all. It never claims that the documents do not say something: no lexical
method can know that.
"""

import math

from briefqa.answers.answer import Status
from briefqa.answers.choosing import Features

__all__ = ["confidence", "status"]

INTERCEPT = -1.6
COVERAGE = 3.4
VERBATIM = 1.3
UNKNOWN = -2.4

ANSWERED = 0.6
"""Clearly more likely right than wrong."""
NONE = 0.1
"""Below this it is chance that a word is shared."""


def confidence(best: Features | None, unknown: float) -> float:
    """Estimate the probability that the best sentence holds the answer.

    Args:
        best: the features of the first excerpt's sentence; None where nothing matched.
        unknown: the share of the question's words that no passage holds, 0 to 1.

    Returns:
        0 to 1, rounded to four decimals.
    """
    if best is None:
        return 0.0
    evidence = COVERAGE * best.coverage + VERBATIM * best.verbatim + UNKNOWN * unknown
    return round(1 / (1 + math.exp(-INTERCEPT - evidence)), 4)


def status(trust: float, *, strict: bool) -> Status:
    """Name how far an answer of that confidence can be trusted.

    Args:
        trust: a confidence.
        strict: whether what would be weak is none.
    """
    if trust >= ANSWERED:
        return Status.ANSWERED
    return Status.NONE if strict or trust < NONE else Status.WEAK
