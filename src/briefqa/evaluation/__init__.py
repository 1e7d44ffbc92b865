"""Evaluation: how good answers are, measured on questions whose answers are known."""

from __future__ import annotations

from briefqa.evaluation.measures import (
    DEPTH,
    Measures,
    Outcome,
    ReliabilityBin,
    judge,
    reliability,
    summarise,
)
from briefqa.evaluation.question_set import KnownQuestion, read_known_questions

__all__ = [
    "DEPTH",
    "KnownQuestion",
    "Measures",
    "Outcome",
    "ReliabilityBin",
    "judge",
    "read_known_questions",
    "reliability",
    "summarise",
]
