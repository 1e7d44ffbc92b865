"""Answers: from a question to the sentences that answer it, with a confidence."""

from __future__ import annotations

from briefqa.answers.answer import (
    Alias,
    Answer,
    CorpusSize,
    Correction,
    Excerpt,
    Place,
    Status,
    Value,
)
from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.answers.question import PassageScope, Question, parse_question

__all__ = [
    "Alias",
    "Answer",
    "AnswerOptions",
    "CorpusSize",
    "Correction",
    "Excerpt",
    "PassageScope",
    "Place",
    "Question",
    "Status",
    "Value",
    "answer",
    "parse_question",
]
