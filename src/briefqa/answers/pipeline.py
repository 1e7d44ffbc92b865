"""Putting an answer together."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.answers.answer import Alias, Answer, CorpusSize, Correction, Excerpt
from briefqa.answers.features import sentences_of
from briefqa.answers.model import Weights, evidence, shipped_weights, status
from briefqa.answers.question import Question
from briefqa.answers.ranker import Candidate, leading, rank_sentences
from briefqa.answers.snippets import excerpt
from briefqa.index import Hit
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["Understanding", "answer", "understand"]

NEAR = 160
"""Characters on both sides of a bracket among which `definitions` looks."""


class Understanding(Record):
    """A question as it was looked up, and what that found.

    Attributes:
        question: with corrected words and other names.
        corrections: words that were looked up as others.
        aliases: words that were looked up by other names too.
        hits: the leading passages.
    """

    question: Question
    corrections: tuple[Correction, ...]
    aliases: tuple[Alias, ...]
    hits: Sequence[Hit]


def answer(
    question: Question,
    index: Engine,
    documents: int,
    *,
    top: int,
    strict: bool,
    literal: bool = False,
    weights: Weights | None = None,
) -> Answer:
    """Answer a question.

    Args:
        question: the question.
        index: the passages to answer from.
        documents: how many documents those are from.
        top: excerpts at the most.
        strict: whether an answer that would be weak is none.
        literal: whether to look up the words exactly as asked.
        weights: what speaks for a sentence; those that ship with the package unless given.
    """
    weights = weights or shipped_weights()
    understood = understand(question, index, top=top, literal=literal)
    question = understood.question
    candidates = rank_sentences(question, understood.hits, index, weights, top)
    first = evidence(question, candidates[0].features, index) if candidates else None
    confidence = weights.trust(first) if first else 0.0
    matched, missing = _matching(question, candidates, index.analyzer)
    return Answer(
        question=question.text,
        status=status(confidence, strict=strict),
        confidence=confidence,
        matched=matched,
        missing=missing,
        corrections=understood.corrections,
        aliases=understood.aliases,
        excerpts=_excerpts(candidates, question, index),
        corpus=CorpusSize(documents, len(index)),
        partial=index.partial,
        required=tuple(word.text for word in question.words if word.required),
        excluded=question.excluded_words,
    )


def _excerpts(
    candidates: Sequence[Candidate], question: Question, index: Engine
) -> tuple[Excerpt, ...]:
    ranked = enumerate(candidates, 1)
    return tuple(excerpt(rank, candidate, question, index) for rank, candidate in ranked)


def understand(
    question: Question, index: Engine, *, top: int = 1, literal: bool = False
) -> Understanding:
    """Look a question up, with what was probably meant and what the documents call it.

    Args:
        question: the question.
        index: the passages.
        top: hits at the most; never fewer than are compared, see `leading`.
        literal: whether to look up the words exactly as asked.
    """
    if literal:
        return Understanding(question, (), (), _hits(question, index, top))
    # A distant index tells how frequent the terms are with the first hits.
    hits = _hits(question, index, top)
    question, corrections = _corrected(question, index)
    if corrections:
        hits = _hits(question, index, top)
    question, aliases = _aliased(question, hits[: leading(question, len(index))], index)
    if aliases:
        hits = _hits(question, index, top)
    return Understanding(question, corrections, aliases, hits)


def _corrected(question: Question, index: Engine) -> tuple[Question, tuple[Correction, ...]]:
    """Correct a question, loading what does so only where it has a word that no passage holds."""
    if all(word.is_known(index) for word in question.words):
        return question, ()
    from briefqa.answers.spelling import correct

    return correct(question, index)


def _aliased(
    question: Question, hits: Sequence[Hit], index: Engine
) -> tuple[Question, tuple[Alias, ...]]:
    """Add other names, loading what finds them only where there may be any.

    Abbreviations and names are written with capitals; what stands for several words in small
    letters is defined with brackets.
    """
    capitals = any(word.text != word.text.lower() for word in question.words)
    asked = frozenset(question.terms)
    texts = (hit.passage.text for hit in hits)
    if not capitals and not any(_may_define(text, asked, index.analyzer) for text in texts):
        return question, ()
    from briefqa.answers.aliases import add_aliases

    return add_aliases(question, hits, index)


def _may_define(text: str, asked: frozenset[str], analyzer: Analyzer) -> bool:
    """Whether a bracket may tell what is short for terms of the question.

    What looks like an abbreviation opens the bracket or stands before it then, and one of the terms
    ends the other side.
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


def _hits(question: Question, index: Engine, top: int) -> list[Hit]:
    return index.search(question.query, max(top, leading(question, len(index))))


def _matching(
    question: Question, candidates: list[Candidate], analyzer: Analyzer
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the question's words into those that the first excerpt matches and the others."""
    held: frozenset[str] = frozenset()
    if candidates:
        hit = candidates[0].hit
        held = hit.inherited.union(*(each.terms for each in sentences_of(hit.passage, analyzer)))
    matched = [word.text for word in question.words if word.is_held(held)]
    missing = [word.text for word in question.telling if not word.is_held(held)]
    return tuple(matched), tuple(missing)
