"""Putting an answer together."""

from briefqa.analysis import terms, tokenize
from briefqa.answers.answer import Answer, Corpus, Excerpt
from briefqa.answers.choosing import LEADING, Candidate, rank_sentences
from briefqa.answers.confidence import evidence, status
from briefqa.answers.correcting import Correction, correct
from briefqa.answers.question import Question
from briefqa.answers.weights import Weights, shipped_weights
from briefqa.index import Index
from briefqa.spans import Span, merge

__all__ = ["answer"]


def answer(
    question: Question,
    index: Index,
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
    corrections: tuple[Correction, ...] = ()
    if not literal:
        question, corrections = correct(question, index)
    hits = index.search(question.terms, max(top, LEADING))
    candidates = rank_sentences(question, hits, index, weights)
    confidence = (
        weights.trust(evidence(question, candidates[0].features, index)) if candidates else 0.0
    )
    matched, missing = _matching(question, candidates)
    return Answer(
        question=question.text,
        status=status(confidence, strict=strict),
        confidence=confidence,
        matched=matched,
        missing=missing,
        corrections=corrections,
        excerpts=tuple(
            _excerpt(rank, candidate, question, index)
            for rank, candidate in enumerate(candidates[:top], 1)
        ),
        corpus=Corpus(documents, len(index)),
    )


def _matching(
    question: Question, candidates: list[Candidate]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the question's words into those that the first excerpt matches and the others."""
    held: frozenset[str] = frozenset()
    if candidates:
        hit = candidates[0].hit
        held = hit.lent | set(terms(hit.passage.text, stop_words=True))
    matched = [word.text for word in question.words if not held.isdisjoint(word.terms)]
    missing = [word.text for word in question.words if held.isdisjoint(word.terms)]
    return tuple(matched), tuple(missing)


def _excerpt(rank: int, candidate: Candidate, question: Question, index: Index) -> Excerpt:
    hit = candidate.hit
    return Excerpt(
        rank=rank,
        score=hit.score,
        passage=hit.passage,
        sentence=candidate.span,
        highlights=_highlights(hit.passage.text, question),
        contributions=index.explain(question.terms, hit),
    )


def _highlights(text: str, question: Question) -> tuple[Span, ...]:
    wanted = frozenset(question.terms)
    tokens = tokenize(text, stop_words=True)
    return merge(token.span for token in tokens if token.term in wanted)
