"""Snippets: what an excerpt shows of its passage, and what is marked in it."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.answers.answer import Excerpt
from briefqa.answers.answer_type import asks_for_several
from briefqa.answers.extent import extent
from briefqa.answers.features import Candidate
from briefqa.answers.passage_sentences import sentences_of
from briefqa.answers.question import Question
from briefqa.answers.value_span import value_span
from briefqa.passages import Passage
from briefqa.spans import Span, merge

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["snippets"]


def snippets(
    candidates: Sequence[Candidate], question: Question, engine: Engine
) -> tuple[Excerpt, ...]:
    """Make excerpts.

    Args:
        candidates: passages and the sentences of them that answer best, best first.
        question: the question that was searched for.
        engine: found the passages.
    """
    return tuple(
        _excerpt(rank, candidate, question, engine) for rank, candidate in enumerate(candidates, 1)
    )


def _excerpt(rank: int, candidate: Candidate, question: Question, engine: Engine) -> Excerpt:
    hit = candidate.hit
    passage, analyzer = hit.passage, engine.analyzer
    highlights = _highlights(passage, question, analyzer)
    return Excerpt(
        rank=rank,
        score=hit.score,
        passage=passage,
        sentence=candidate.span,
        answer=extent(passage, candidate.span, whole=asks_for_several(question.text)),
        header=_header(passage, candidate.span),
        lead=_lead(passage, candidate.span, analyzer),
        focus=_focus(passage.text, candidate.span, question, highlights, analyzer),
        highlights=highlights,
        contributions=engine.explain(question.terms, hit),
        also=tuple(each.place for each in candidate.repeats),
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
    """Return the names of the columns, if a sentence is a row of a table that has them."""
    headers = (part.header for part in passage.parts if part.span.contains(sentence))
    return next(headers, "") or None


def _lead(passage: Passage, sentence: Span, analyzer: Analyzer) -> Span | None:
    """Return the sentence before one that opens with a pronoun; None for other sentences."""
    written = sentence.slice(passage.text)
    first = next(analyzer.tokenize(written, stop_words=True), None)
    if first is None or first.span.slice(written).lower() not in analyzer.language.pronouns:
        return None
    spans = (each.span for each in sentences_of(passage, analyzer))
    return max((span for span in spans if span.end <= sentence.start), default=None)


def _focus(
    text: str,
    sentence: Span,
    question: Question,
    highlights: Sequence[Span],
    analyzer: Analyzer,
) -> Span | None:
    """Return the span of the sentence that is the value asked for; None if there is none."""
    start = sentence.start
    words = [Span(each.start - start, each.end - start) for each in highlights]
    value = value_span(sentence.slice(text), question, words, analyzer)
    return value and value.shift(start)
