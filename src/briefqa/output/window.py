"""Chooses the part of a long passage to show."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.answers import Excerpt
from briefqa.passages import NAMES, placed_sentences
from briefqa.spans import Span, trim

__all__ = ["EXCERPT_LIMIT", "window"]

EXCERPT_LIMIT = 500
"""Characters of a passage that people are shown: no neighbours beyond."""


def window(excerpt: Excerpt, limit: int | None = EXCERPT_LIMIT) -> Span:
    """Choose the part of a passage to show: the answer, and as many neighbours as fit.

    Headings are shown beside the passage, so that they are no neighbours.

    Args:
        excerpt: the passage and the answer in it.
        limit: characters up to which neighbours are shown; None to show all of the passage.

    Returns:
        A span of the passage's text that contains the answer; if the sentence alone is too long,
        the part of it around the first match.
    """
    text, sentence, shown = excerpt.passage.text, excerpt.sentence, excerpt.answer
    if limit is None:
        return Span(0, len(text))
    if sentence.length > limit:
        return _part(text, sentence, excerpt.highlights, limit)
    sentences = [span for span, part in placed_sentences(excerpt.passage) if part.kind not in NAMES]
    before = [span for span in sentences if span.end <= shown.start]
    after = [span for span in reversed(sentences) if span.start >= shown.end]
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
