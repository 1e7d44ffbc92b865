"""Chooses the part of a long passage to show."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.analysis.sentences import split_sentences
from briefqa.spans import Span, trim

__all__ = ["EXCERPT_LIMIT", "window"]

EXCERPT_LIMIT = 500
"""The largest number of characters of a passage that people are shown."""


def window(text: str, sentence: Span, highlights: Sequence[Span], limit: int) -> Span:
    """Choose the part of a passage to show: the sentence, and as many neighbours as fit.

    Args:
        text: the passage.
        sentence: the sentence that answers: characters of `text`.
        highlights: the words that match.
        limit: the largest number of characters.

    Returns:
        A span of `text` that contains the sentence; if the sentence alone is too long, the part
        of it around the first match.
    """
    if sentence.length > limit:
        return _part(text, sentence, highlights, limit)
    shown = sentence
    sentences = split_sentences(text)
    before = [span for span in sentences if span.end <= sentence.start]
    after = [span for span in reversed(sentences) if span.start >= sentence.end]
    while before or after:
        if before and shown.end - before[-1].start <= limit:
            shown = Span(before.pop().start, shown.end)
        elif after and after[-1].end - shown.start <= limit:
            shown = Span(shown.start, after.pop().end)
        else:
            break
    return shown


def _part(text: str, sentence: Span, highlights: Sequence[Span], limit: int) -> Span:
    """Cut a long sentence at words, a quarter of the limit before the first match."""
    first = next((span.start for span in highlights if sentence.contains(span)), sentence.start)
    start = max(sentence.start, min(first - limit // 4, sentence.end - limit))
    if start > sentence.start:
        start = _next_word(text, start, first)
    end = min(start + limit, sentence.end)
    if end < sentence.end:
        space = text.rfind(" ", start, end)
        end = space if space > first else end
    return trim(text, Span(start, end))


def _next_word(text: str, start: int, limit: int) -> int:
    space = text.find(" ", start, limit)
    return space + 1 if space >= 0 else start
