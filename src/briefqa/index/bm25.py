"""The numbers of BM25 that need no library."""

from __future__ import annotations

import math

__all__ = ["K1", "SCORE_DIGITS", "B", "inverse_frequency", "rounded"]

K1 = 0.9
B = 0.7

SCORE_DIGITS = 6
"""Scores are rounded to this before they are compared, so that all machines rank alike."""


def inverse_frequency(size: int, holding: int) -> float:
    """Return the idf of a term: ln(1 + (N - n + 0.5) / (n + 0.5)), never negative.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.

    Args:
        size: N, the number of passages.
        holding: n, how many of them hold the term.
    """
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))


def rounded(score: float) -> float:
    """Round a score as it is compared and shown."""
    return round(score, SCORE_DIGITS)
