"""The ranker: which sentence answers, of those of the leading passages.

BM25 finds passages; which sentence answers is another question. Each sentence of the leading
passages is scored by a linear model of a few features, and a passage is as good as its best
sentence. In a large index, where whole documents are about something else, the score of BM25 is
added to that; and if the question there only names a subject, the order of BM25 stays, and the
model only chooses within each passage.

The fitted weights are in `weights.txt`, one a line, below the command that fitted them and the
names of the sets that they were fitted on. The file is not JSON, whose module few answers load.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import groupby
from math import exp, fsum, log
from operator import mul

from briefqa.answers.confidence import ChoiceEvidence, Confidence, TopicEvidence
from briefqa.answers.features import Candidate, Features
from briefqa.answers.kinds import question_kind
from briefqa.answers.passage_sentences import Sentence
from briefqa.answers.question import Question
from briefqa.answers.sentence_matcher import measure
from briefqa.index import Hit
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = [
    "RERANK_DEPTH",
    "SMALL_INDEX",
    "WEIGHTS_FILE",
    "Weights",
    "newest_first",
    "rerank_depth",
    "rerank_sentences",
    "shipped_weights",
]

RERANK_DEPTH = 20
"""Passages whose sentences are compared."""
RERANK_DEPTH_OF_QUESTION = 12
"""The same for a question in a large index: docs/quality.md."""
RERANK_DEPTH_OF_SUBJECT = 3
"""The same for a subject there: a greater depth would not change the order of passages."""
RERANK_DEPTH_OF_OPTION = 60
"""The same for an option of a program, which the passage that defines it seldom has often."""
NEWEST = 0.15
"""What the newest document gains if newer ones are preferred, as a share; set by hand."""
NEARLY = log(5)
"""The score below that of the best sentence down to which the one beside it may as well answer: by
the softmax that the weights are fitted with, a fifth of the chance."""
SMALL_INDEX = 1000
"""Passages of an index that is small: the best sentences alone order the excerpts, and all passages
are searched for a phrase with given initials."""
WEIGHTS_FILE = os.path.join(os.path.dirname(__file__), "weights.txt")


class Weights(Record):
    """The weights of features and of evidence.

    Attributes:
        sentence: the weight of each feature of a sentence.
        confidence: the weights of the evidence that the first sentence answers.
    """

    sentence: Features
    confidence: Confidence

    def score(self, features: Features) -> float:
        """Return the weighted sum of features, rounded so that all machines agree."""
        return round(fsum(map(mul, self.sentence, features)), 6)


@cache
def shipped_weights() -> Weights:
    """Return the weights of the package."""
    fitted: dict[str, dict[str, float]] = {"sentence": {}, "topic": {}, "choice": {}}
    with open(WEIGHTS_FILE, encoding="utf-8") as file:
        next(file)
        for line in file:
            kind, name, value = line.split()
            fitted[kind][name] = float(value)
    return Weights(Features(**fitted["sentence"]), _confidence(fitted["topic"], fitted["choice"]))


def _confidence(topic: dict[str, float], choice: dict[str, float]) -> Confidence:
    intercepts = topic.pop("intercept"), choice.pop("intercept")
    return Confidence(TopicEvidence(**topic), ChoiceEvidence(**choice), *intercepts)


def rerank_depth(question: Question, size: int) -> int:
    """Return how many passages are reranked.

    Args:
        question: the question; a phrase in quotes may change the order of passages.
        size: the number of passages of the index.
    """
    if question.options:
        return RERANK_DEPTH_OF_OPTION
    if size <= SMALL_INDEX or question.phrases:
        return RERANK_DEPTH
    return RERANK_DEPTH_OF_QUESTION if question.asks else RERANK_DEPTH_OF_SUBJECT


def rerank_sentences(
    question: Question, hits: Sequence[Hit], engine: Engine, weights: Weights
) -> list[Candidate]:
    """Return the best sentence of each passage, ranked.

    The leading passages are ordered by their best sentences; the others follow in the order of the
    hits, so that more hits return the same candidates and more.

    Args:
        question: the question.
        hits: passages, best first, at least as many as are compared.
        engine: found the hits.
        weights: of the features.

    Returns:
        One candidate for each passage, best first; of equally good ones the newer first, then in
        the order of the hits.
    """
    size = len(engine)
    depth = rerank_depth(question, size)
    measured = groupby(measure(question, hits, engine, depth), key=lambda each: each[0].number)
    passages = [_candidates(sentences, weights) for _, sentences in measured]
    best = partial(_best, question=question, analyzer=engine.analyzer)
    leading = _with_shares(passages[:depth], best)
    others = [best(sentences) for sentences in passages[depth:]]
    if size <= SMALL_INDEX or question.asks or question.phrases or question.options:
        leading.sort(key=_sort_key(question, size), reverse=True)
    return [*leading, *others]


def newest_first(question: Question, candidates: Sequence[Candidate], size: int) -> list[Candidate]:
    """Return candidates with newer ones before those that are hardly better.

    The newest gains `NEWEST` of the range between the best and the worst of them and the oldest
    nothing, so that a clearly better sentence stays first whatever its date.

    Args:
        question: the question.
        candidates: those that were compared, best first.
        size: the number of passages of the index.
    """
    strength = _strength(question, size)
    strengths = [strength(each) for each in candidates]
    reach = NEWEST * (max(strengths, default=0.0) - min(strengths, default=0.0))
    dates = sorted({each.hit.passage.date for each in candidates if each.hit.passage.date})
    gains = {date: reach * (place + 1) / len(dates) for place, date in enumerate(dates)}
    return sorted(
        candidates,
        key=lambda each: strength(each) + gains.get(each.hit.passage.date or "", 0.0),
        reverse=True,
    )


def _candidates(
    sentences: Iterable[tuple[Hit, Sentence, Features]], weights: Weights
) -> list[Candidate]:
    """Return the sentences of a passage, scored."""
    return [
        Candidate(hit, sentence.span, features, weights.score(features))
        for hit, sentence, features in sentences
    ]


def _with_shares(
    passages: Sequence[Sequence[Candidate]], best_of: Callable[[Sequence[Candidate]], Candidate]
) -> list[Candidate]:
    """Return the best sentence of each passage, the first of equally good ones, with its shares."""
    best = [best_of(sentences) for sentences in passages]
    highest = max(map(_score, best), default=0.0)
    powers = [sum(exp(each.score - highest) for each in sentences) for sentences in passages]
    total = fsum(powers)
    return [
        candidate._replace(
            share=exp(candidate.score - highest) / total, passage_share=power / total
        )
        for candidate, power in zip(best, powers, strict=True)
    ]


def _best(sentences: Sequence[Candidate], question: Question, analyzer: Analyzer) -> Candidate:
    """Return the best sentence of a passage, with the one beside it that may as well answer.

    Where a question fits best, the sentence after it answers, unless that asks as well, as in a
    list of questions; where the name of an option does, its definition. What only says the question
    again, as the name of a fault in a manual, is shown with the sentence after it.
    """
    scores = [each.score for each in sentences]
    place = scores.index(max(scores))
    best = sentences[place]
    following = sentences[place + 1 : place + 2]
    if following and _asks(best) and not _asks(following[0]):
        return best._replace(span=following[0].span, beside=best.span)
    if question.options and (definition := _definition_of(best, sentences[place + 1 :])):
        return best._replace(span=definition.span, beside=best.span)
    if following and _repeats(best, question, analyzer):
        return best._replace(beside=following[0].span)
    neighbours = (*sentences[place - 1 : place], *following)
    beside = max(neighbours, key=_score, default=best)
    if beside is best or best.score - beside.score > NEARLY or _only_first_fits(best, beside):
        return best
    return best._replace(beside=beside.span)


def _asks(candidate: Candidate) -> bool:
    """Whether a sentence is a question, and no more of a quotation."""
    return candidate.text.endswith("?")


def _definition_of(term: Candidate, following: Sequence[Candidate]) -> Candidate | None:
    """Return the first sentence of the definition below a term; None for what is no term."""
    kinds = {part.span.start: part.kind for part in term.hit.passage.parts}
    if kinds.get(term.span.start) != "term":
        return None
    return next((each for each in following if kinds.get(each.span.start) == "definition"), None)


def _repeats(candidate: Candidate, question: Question, analyzer: Analyzer) -> bool:
    """Whether a sentence only says the question again; to say all of it answers yes or no."""
    confirms = question_kind(question.text).kind == "yesno" and candidate.features.coverage == 1
    return not confirms and frozenset(question.terms).issuperset(analyzer.terms(candidate.text))


def _only_first_fits(best: Candidate, beside: Candidate) -> bool:
    """Whether the best sentence has a span of the expected type, and the one beside it none."""
    found, other = best.features, beside.features
    return found.expected + found.dated > 0 == other.expected + other.dated


def _score(candidate: Candidate) -> float:
    return candidate.score


def _sort_key(question: Question, size: int) -> Callable[[Candidate], tuple[float, str]]:
    """Return what orders candidates; of equally good ones the newer is better."""
    strength = _strength(question, size)
    return lambda candidate: (strength(candidate), candidate.hit.passage.told_date or "")


def _strength(question: Question, size: int) -> Callable[[Candidate], float]:
    if size <= SMALL_INDEX:
        return _score
    if question.asks or question.options:
        return lambda candidate: candidate.score + candidate.features.passage
    # The BM25 score, doubled if the sentence has all that the question quotes.
    return lambda candidate: candidate.hit.score * (1 + candidate.features.quoted)
