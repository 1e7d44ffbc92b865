"""Making an excerpt of a passage: what to mark in it, and what to show with it."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.answers.answer import Excerpt
from briefqa.answers.answer_type import asks_for_several, expectation, find_expected, nearest
from briefqa.answers.extent import extent
from briefqa.answers.features import sentences_of
from briefqa.answers.question import Question
from briefqa.answers.ranker import Candidate
from briefqa.passages import Passage
from briefqa.spans import Span, merge

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["excerpt"]


def excerpt(rank: int, candidate: Candidate, question: Question, index: Engine) -> Excerpt:
    """Make the excerpt of a candidate.

    Args:
        rank: from 1.
        candidate: a passage and the sentence of it that answers best.
        question: the question as it was looked up.
        index: where the passage is from.
    """
    hit = candidate.hit
    passage, text = hit.passage, hit.passage.text
    highlights = _highlights(passage, question, index.analyzer)
    return Excerpt(
        rank=rank,
        score=hit.score,
        passage=passage,
        sentence=candidate.span,
        answer=extent(passage, candidate.span, whole=asks_for_several(question.text)),
        header=_header(passage, candidate.span),
        lead=_lead(passage, candidate.span, index.analyzer),
        focus=_focus(text, candidate.span, question, highlights),
        highlights=highlights,
        contributions=index.explain(question.terms, hit),
    )


def _highlights(passage: Passage, question: Question, analyzer: Analyzer) -> tuple[Span, ...]:
    wanted = frozenset(question.terms)
    return merge(
        Span(start, end).shift(sentence.span.start)
        for sentence in sentences_of(passage, analyzer)
        if not wanted.isdisjoint(sentence.terms)
        for term, start, end in analyzer.placed_terms(sentence.text, stop_words=True)
        if term in wanted
    )


def _header(passage: Passage, sentence: Span) -> str | None:
    """The names of the columns of a row."""
    headers = (part.header for part in passage.parts if part.span.contains(sentence))
    return next(headers, "") or None


def _lead(passage: Passage, sentence: Span, analyzer: Analyzer) -> Span | None:
    """The sentence before one that opens with a pronoun."""
    text = passage.text
    opening = next(analyzer.tokenize(sentence.slice(text), stop_words=True), None)
    if opening is None:
        return None
    word = opening.span.slice(sentence.slice(text)).lower()
    if word not in analyzer.language.pronouns:
        return None
    before = (
        each.span for each in sentences_of(passage, analyzer) if each.span.end <= sentence.start
    )
    return max(before, default=None)


def _focus(
    text: str, sentence: Span, question: Question, highlights: Sequence[Span]
) -> Span | None:
    """The span of the expected kind that is nearest to the question's words."""
    kind = expectation(question.text)
    if kind is None:
        return None
    found = find_expected(kind, sentence.slice(text), frozenset(question.written))
    return nearest([span.shift(sentence.start) for span in found], highlights)
