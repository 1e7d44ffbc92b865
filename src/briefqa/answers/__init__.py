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
    WordLookup,
)

__all__ = [
    "Alias",
    "Answer",
    "CorpusSize",
    "Correction",
    "Excerpt",
    "Place",
    "Status",
    "Value",
    "WordLookup",
]
