"""Evaluation: how good answers are, measured on questions whose answers are known."""

from __future__ import annotations

from briefqa.evaluation.measures import (
    DEPTH,
    KnownQuestion,
    Measures,
    Outcome,
    ReliabilityBin,
    judge,
    read_known_questions,
    reliability,
    summarise,
)

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
