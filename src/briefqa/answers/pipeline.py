"""The pipeline: from the text of a question to its answer.

A question is parsed, rewritten and searched; the sentences of the leading passages are ranked
again; and the best of them become snippets. A rewriter may search too, and an engine is searched
for each query once only, so that a question takes one search, or two if its words were given other
names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial

from briefqa.answers.answer import Answer, CorpusSize, Related, Value
from briefqa.answers.confidence import answer_status, confidence
from briefqa.answers.features import Candidate
from briefqa.answers.kinds import question_kind
from briefqa.answers.passage_sentences import sentences_of
from briefqa.answers.program_options import with_manual
from briefqa.answers.question import (
    ALL_PASSAGES,
    PassageScope,
    Question,
    parse_question,
    restrict,
)
from briefqa.answers.ranker import (
    Weights,
    newest_first,
    rerank_depth,
    rerank_sentences,
    shipped_weights,
)
from briefqa.answers.related import RelatedForms, related_terms, wider_terms
from briefqa.answers.repeats import fold_repeats
from briefqa.answers.snippets import snippets
from briefqa.answers.value_span import value_type
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.analysis.language import Language
    from briefqa.engines import Engine
    from briefqa.index import Hit
    from briefqa.index.query import Query

    Search = Callable[[Query], list[Hit]]
    """Searches to the depth that a question needs."""
    Rewriter = Callable[[Question, Engine, Search], Question]
    """Takes a question, and returns it with other words or more of them."""

__all__ = ["REWRITERS", "AnswerOptions", "answer", "rewrite"]

COMPARED_TYPES = ("company", "date", "duration", "person", "place", "quantity")
"""Types of answers whose values are compared."""
CHANCE = 0.02
"""The confidence below which related words alone are no match."""
WH = frozenset("wh")
SHORT = 6
"""Letters of the longest misspelling of a question word."""
DEEPER = 4
"""How many times as many passages are ranked if repeats leave too few excerpts."""
DEEPEST = 1000
"""The maximum number of passages that are ranked then."""
NEAR = 160
"""Characters on both sides of a bracket in which `definitions` looks for a definition."""


class AnswerOptions(Record):
    """How a question is answered.

    Attributes:
        top: the largest number of excerpts.
        strict: whether an answer that would be weak is none.
        literal: whether to search for the words exactly as written, signs before them included.
        fold: whether places that say the same are one excerpt.
        newest: whether newer documents come before those that answer hardly better.
        unfinished: whether the last word is still being typed: it stands for all words that begin
            with it, and is neither corrected nor missing; and repeats may leave fewer excerpts.
    """

    top: int
    strict: bool = False
    literal: bool = False
    fold: bool = True
    newest: bool = False
    unfinished: bool = False


def answer(
    text: str,
    engine: Engine,
    options: AnswerOptions,
    scope: PassageScope = ALL_PASSAGES,
    weights: Weights | None = None,
) -> Answer:
    """Answer a question.

    Args:
        text: the question as asked.
        engine: searches the passages to answer from.
        options: how to answer.
        scope: which passages may answer.
        weights: of the features of a sentence; by default those of the package.

    Raises:
        QuestionError: the question has no words, or a word of the scope is not one word.
    """
    question = _parse(text, engine, options, scope)
    if question_kind(question.text).kind == "gist" and not options.literal:
        # Few questions need it, and loading it takes time.
        from briefqa.answers.gist import gist

        if told := gist(question, engine, top=options.top, strict=options.strict):
            return told
    depth = max(options.top, rerank_depth(question, len(engine)))
    search = cache(partial(engine.search, top=depth))
    if not options.literal:
        engine.prefetch(question.query, depth)
        question = rewrite(question, engine, search)
    weights = weights or shipped_weights()
    hits = search(question.query)
    if question.options:
        hits = with_manual(question, hits, engine, rerank_depth(question, len(engine)))
    ranking = _rank(question, hits, engine, options, weights)
    return _answer(question, ranking, engine, options)


def _parse(text: str, engine: Engine, options: AnswerOptions, scope: PassageScope) -> Question:
    """Return a question as asked, with its last word completed, of the passages of a scope."""
    question = parse_question(text, engine.analyzer, engine, literal=options.literal)
    if options.unfinished:
        # Only the app needs it.
        from briefqa.answers.spelling import complete_last_word

        question = complete_last_word(question, engine, literal=options.literal)
    elif not options.literal and _may_need_repair(question, engine.analyzer.language):
        # Few questions do, and loading it takes time.
        from briefqa.answers.spelling import repair

        question = repair(question, engine)
    return question if scope == ALL_PASSAGES else restrict(question, engine.analyzer, scope)


def _may_need_repair(question: Question, language: Language) -> bool:
    """Return whether a letter stands alone, or a short word may be a misspelled question word."""
    if any(len(word.text) == 1 and word.text.isalpha() for word in question.words):
        return True
    if not language.interrogatives.isdisjoint(question.written):
        return False
    short = (word for word in question.words if len(word.text) <= SHORT)
    # All of them start with these letters, or with one before them.
    alike = (word for word in short if not WH.isdisjoint(word.written[:3]))
    return any(word.terms[0] not in language.lexicon for word in alike)


class _Ranking(Record):
    """Ranked candidates.

    Attributes:
        candidates: all of them, best first.
        compared: those whose sentences were compared, best first.
        values: the values that several documents give.
        confidence: the estimated probability that the first candidate answers.
    """

    candidates: Sequence[Candidate]
    compared: Sequence[Candidate]
    values: tuple[Value, ...]
    confidence: float


def _rank(
    question: Question,
    hits: Sequence[Hit],
    engine: Engine,
    options: AnswerOptions,
    weights: Weights,
) -> _Ranking:
    """Rank the sentences of hits, with repeats folded and values compared.

    What is compared does not depend on how many excerpts are wanted. The others follow it.
    """
    analyzer, depth = engine.analyzer, rerank_depth(question, len(engine))
    candidates = rerank_sentences(question, hits, engine, weights)
    compared: Sequence[Candidate] = candidates[:depth]
    if options.fold:
        compared = fold_repeats(compared, analyzer)
        wanted = max(options.top, depth)
        while (
            not options.unfinished
            and len(hits) == wanted < DEEPEST
            and len(fold_repeats(candidates, analyzer)) < options.top
        ):
            wanted = min(DEEPER * wanted, DEEPEST)
            hits = engine.search(question.query, wanted)
            candidates = rerank_sentences(question, hits, engine, weights)
    if options.newest:
        compared = newest_first(question, compared, len(engine))
    values: tuple[Value, ...] = ()
    if _compares_values(question, compared):
        # Few questions need it, and loading it takes time.
        from briefqa.answers.agreement import compare_values

        agreement = compare_values(compared, question, analyzer)
        values, compared = agreement.values, agreement.candidates
    candidates = [*compared, *candidates[depth:]]
    if options.fold:
        candidates = fold_repeats(candidates, analyzer)
    estimated = confidence(question, compared, engine, depth, weights.confidence)
    return _Ranking(candidates, compared, values, estimated)


def _answer(
    question: Question, ranking: _Ranking, engine: Engine, options: AnswerOptions
) -> Answer:
    """Return the answer that a ranking makes, with snippets of its first candidates."""
    analyzer, estimated = engine.analyzer, ranking.confidence
    matches = _is_match(question, ranking, analyzer)
    candidates = ranking.candidates[: options.top] if matches else []
    matched, missing = _matched_words(question, candidates, engine)
    return Answer(
        question=question.asked,
        status=answer_status(estimated, matches=matches, strict=options.strict),
        confidence=estimated if matches else 0.0,
        matched=matched,
        missing=(*missing, *question.stray),
        corrections=question.corrections,
        aliases=question.aliases,
        excerpts=snippets(candidates, question, engine),
        corpus=CorpusSize(engine.documents, len(engine)),
        kind=question_kind(question.text).kind,
        related=_related_words(question, candidates, analyzer),
        partial=engine.partial,
        required=tuple(word.text for word in question.words if word.required),
        excluded=question.excluded_words,
        values=ranking.values if matches else (),
    )


def _compares_values(question: Question, compared: Sequence[Candidate]) -> bool:
    """Return whether the values of several documents are compared."""
    paths = {each.hit.passage.path for each in compared}
    paths.update(each.hit.passage.path for first in compared for each in first.repeats)
    return len(paths) > 1 and value_type(question.text) in COMPARED_TYPES


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

    Abbreviations and names are written with capitals, or are no common word; what stands for
    several words in lower case is defined in brackets.
    """
    hits = search(question.query)[: rerank_depth(question, len(engine))]
    is_named = any(
        word.text != word.text.lower() or word.may_abbreviate(engine) for word in question.words
    )
    asked = frozenset(question.terms)
    texts = (hit.passage.text for hit in hits)
    if not is_named and not any(_may_define(text, asked, engine.analyzer) for text in texts):
        return question
    # Few questions need it, and loading it takes time.
    from briefqa.answers.aliases import add_aliases

    return add_aliases(question, hits, engine)


def _add_related(question: Question, engine: Engine, search: Search) -> Question:
    """Search for related words in place of those that no passage has."""
    if all(word.is_known(engine) for word in question.telling):
        return question
    words = []
    for word in question.words:
        if not (word.light or word.exact or word.is_known(engine)):
            word = word._replace(related=tuple(sorted(wider_terms(word, engine.analyzer))))
        words.append(word)
    return question._replace(words=tuple(words))


REWRITERS: Sequence[Rewriter] = (_correct_spelling, _add_aliases, _add_related)
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


def _terms_of(hit: Hit, analyzer: Analyzer) -> frozenset[str]:
    """Return the terms that a passage has or inherits."""
    sentences = sentences_of(hit.passage, analyzer)
    return hit.inherited.union(*(sentence.terms for sentence in sentences))


def _is_match(question: Question, ranking: _Ranking, analyzer: Analyzer) -> bool:
    """Whether a passage matches, or the first one has related words and may well answer."""
    hits = [candidate.hit for candidate in ranking.compared]
    if any(_has_telling(question, hit, analyzer) for hit in hits):
        return True
    may_answer = bool(hits) and ranking.confidence >= CHANCE
    return may_answer and _has_related(question, hits[0], analyzer)


def _has_telling(question: Question, hit: Hit, analyzer: Analyzer) -> bool:
    """Return whether a passage has a word of the question that is not light in any question."""
    terms, light_words = _terms_of(hit, analyzer), analyzer.language.light_words
    return any(
        word.is_matched(terms) and not (word.light and word.written in light_words)
        for word in question.words
    )


def _has_related(question: Question, hit: Hit, analyzer: Analyzer) -> bool:
    """Return whether a passage has words related to over two thirds of the telling words.

    Some of several are chance: nearly every passage has a word that some other word may mean.
    """
    terms = _terms_of(hit, analyzer)
    related = [not related_terms(word, analyzer).isdisjoint(terms) for word in question.telling]
    return 3 * sum(related) > 2 * len(related)


def _matched_words(
    question: Question, candidates: Sequence[Candidate], engine: Engine
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of the question that the first excerpt matches, and the others.

    If there is none because no passage has a required word, that word alone is missing.
    """
    required = (word for word in question.words if word.required)
    unmet = tuple(word.text for word in required if not word.is_known(engine))
    if unmet and not candidates:
        return (), unmet
    terms = _terms_of(candidates[0].hit, engine.analyzer) if candidates else frozenset()
    matched = [word.text for word in question.words if word.is_matched(terms)]
    missing = [word.text for word in question.telling if not word.is_matched(terms)]
    return tuple(matched), tuple(missing)


def _related_words(
    question: Question, candidates: Sequence[Candidate], analyzer: Analyzer
) -> tuple[Related, ...]:
    """Return the words that the first excerpt matches by a related form only."""
    if not candidates:
        return ()
    first, terms = candidates[0], _terms_of(candidates[0].hit, analyzer)
    words = [word for word in question.telling if not word.is_matched(terms)]
    if not words:
        return ()
    sentences = sentences_of(first.hit.passage, analyzer)
    nearest = sorted(sentences, key=lambda sentence: sentence.span != first.span)
    return RelatedForms(words, analyzer).find(nearest)
