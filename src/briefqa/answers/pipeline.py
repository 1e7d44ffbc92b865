"""The pipeline: from the text of a question to its answer.

A question is parsed, rewritten and searched; the sentences of the leading passages are ranked
again; and the best of them become snippets. A rewriter may search too, and an engine is searched
for each query once only, so that a question takes one search, or two if its words were given other
names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial

from briefqa.answers.answer import Answer, CorpusSize
from briefqa.answers.features import sentences_of
from briefqa.answers.model import Weights, evidence, shipped_weights, status
from briefqa.answers.question import Question, parse_question
from briefqa.answers.ranker import Candidate, rerank_depth, rerank_sentences
from briefqa.answers.snippets import snippets

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine
    from briefqa.index import Hit
    from briefqa.index.query import Query

    Search = Callable[[Query], list[Hit]]
    """Searches to the depth that a question needs."""
    Rewriter = Callable[[Question, Engine, Search], Question]
    """Takes a question, and returns it with other words or more of them."""

__all__ = ["REWRITERS", "answer", "rewrite"]

NEAR = 160
"""Characters on both sides of a bracket in which `definitions` looks for a definition."""


def answer(
    text: str,
    engine: Engine,
    *,
    top: int,
    strict: bool = False,
    literal: bool = False,
    weights: Weights | None = None,
) -> Answer:
    """Answer a question.

    Args:
        text: the question as asked.
        engine: searches the passages to answer from.
        top: the largest number of excerpts.
        strict: whether an answer that would be weak is none.
        literal: whether to search for the words exactly as asked.
        weights: of the features of a sentence; by default those of the package.

    Raises:
        QuestionError: the question has no words.
    """
    weights = weights or shipped_weights()
    question = parse_question(text, engine.analyzer)
    depth = max(top, rerank_depth(question, len(engine)))
    search = cache(partial(engine.search, top=depth))
    if not literal:
        engine.prefetch(question.query, depth)
        question = rewrite(question, engine, search)
    hits = search(question.query)
    candidates = rerank_sentences(question, hits, engine, weights, top)
    confidence = 0.0
    if candidates:
        confidence = weights.trust(evidence(question, candidates[0].features, engine))
    matched, missing = _matched_words(question, candidates, engine.analyzer)
    return Answer(
        question=text,
        status=status(confidence, strict=strict),
        confidence=confidence,
        matched=matched,
        missing=missing,
        corrections=question.corrections,
        aliases=question.aliases,
        excerpts=snippets(candidates, question, engine),
        corpus=CorpusSize(engine.documents, len(engine)),
        partial=engine.partial,
        required=tuple(word.text for word in question.words if word.required),
        excluded=question.excluded_words,
    )


def rewrite(question: Question, engine: Engine, search: Search) -> Question:
    """Return a question with what was probably meant and what the documents call it.

    Args:
        question: the question as parsed.
        engine: searches the passages.
        search: searches to the depth that the question needs.
    """
    for rewriter in REWRITERS:
        question = rewriter(question, engine, search)
    return question


def _correct_spelling(question: Question, engine: Engine, search: Search) -> Question:
    """Correct the words of a question that no passage has."""
    if all(word.is_known(engine) for word in question.words):
        return question
    # Few questions need it, and loading it takes time.
    from briefqa.answers.spelling import correct_spelling

    return correct_spelling(question, engine)


def _add_aliases(question: Question, engine: Engine, search: Search) -> Question:
    """Add the other names by which the documents call what the question names.

    Abbreviations and names are written with capitals; what stands for several words in lower case
    is defined in brackets.
    """
    hits = search(question.query)[: rerank_depth(question, len(engine))]
    has_capitals = any(word.text != word.text.lower() for word in question.words)
    asked = frozenset(question.terms)
    texts = (hit.passage.text for hit in hits)
    if not has_capitals and not any(_may_define(text, asked, engine.analyzer) for text in texts):
        return question
    # Few questions need it, and loading it takes time.
    from briefqa.answers.aliases import add_aliases

    return add_aliases(question, hits, engine)


REWRITERS: Sequence[Rewriter] = (_correct_spelling, _add_aliases)
"""Applied in this order: names are looked for among the passages that have the corrected words."""


def _may_define(text: str, asked: frozenset[str], analyzer: Analyzer) -> bool:
    """Whether a bracket may define an abbreviation of terms of the question.

    If it does, what looks like an abbreviation opens the bracket or precedes it, and one of the
    terms ends the other side.
    """
    at = text.find("(")
    while at >= 0:
        before = text[max(0, at - NEAR) : at].rstrip()
        inside = text[at + 1 : at + NEAR].partition(")")[0]
        last = before[-2:].removesuffix("s")[-1:]
        if inside[:1].isupper() and not asked.isdisjoint(analyzer.terms(before)[-1:]):
            return True
        if (last.isupper() or last in ".&'’") and not asked.isdisjoint(analyzer.terms(inside)[-1:]):
            return True
        at = text.find("(", at + 1)
    return False


def _matched_words(
    question: Question, candidates: Sequence[Candidate], analyzer: Analyzer
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of the question that the first excerpt matches, and the others."""
    held: frozenset[str] = frozenset()
    if candidates:
        hit = candidates[0].hit
        sentences = sentences_of(hit.passage, analyzer)
        held = hit.inherited.union(*(sentence.terms for sentence in sentences))
    matched = [word.text for word in question.words if word.is_matched(held)]
    missing = [word.text for word in question.telling if not word.is_matched(held)]
    return tuple(matched), tuple(missing)
