"""Confidence: the estimated probability that the first sentence answers.

It has two factors. The documents may not be about the question at all: that is seen from what they
have of its words. And if they are, another sentence may be the right one: that is seen from how far
the first one is ahead of the others, and from whether it has the type of answer that is expected.
Each factor is a logistic regression, fitted on questions with known answers.

The confidence never claims that the documents do not say something: no lexical method can know.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import exp, fsum, log

from briefqa.answers.answer import Status
from briefqa.answers.kinds import question_kind
from briefqa.answers.passage_sentences import sentences_of
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.features import Candidate
    from briefqa.answers.question import Question
    from briefqa.engines import Engine

__all__ = [
    "ChoiceEvidence",
    "Confidence",
    "TopicEvidence",
    "answer_status",
    "confidence",
    "evidence",
]

ANSWERED = 0.5
"""More likely right than wrong."""
WEAK_AT_MOST = 0.49
"""The confidence in a sentence that lacks what the question asks for, as a date for a "when"."""
UNKNOWN_AT_MOST = 1 / 3
"""The share of unknown words from which on an answer is never more than weak."""
SURE_TOPIC = 0.78
"""The probability that the documents are about the question below which an answer is never more
than weak."""
CLEAR_LEAD = 3.0
"""A lead in score that is as good as any larger one."""
LEAST_SHARE = 0.001
"""Added to shares before the logarithm is taken."""
ASKED = frozenset(("ask", "question"))
"""Terms of questions that a question may answer."""
PLAIN_KINDS = ("who", "when", "number")
PLAIN_TYPES = ("code", "email", "phone", "version", "website")
"""What is recognised surely enough for its absence to mean something."""


class TopicEvidence(Record):
    """Evidence that the documents are about what is asked.

    Attributes:
        coverage: coverage of the question by the first sentence; see `Features`.
        implied: the same, related forms and synonyms included.
        bigrams: the share of the question's pairs of neighbouring words that it has.
        absent: the share of the question's names and numbers that are not above or before it.
        vicinity: the best coverage by a passage and those beside it.
        best: the best coverage by a sentence.
        reach: the number of passages that have a word of the question, as a share of those that
            could have been compared.
        unknown: the share of the question's words that no passage has.
        words: the number of the question's content words, as a share of six.
        matched: how many of them the first sentence covers: two of two are less than six of six.
        expected: 1 if the first sentence has the type of answer that the question expects.
        unexpected: 1 if it has not.
    """

    coverage: float
    implied: float
    bigrams: float
    absent: float
    vicinity: float
    best: float
    reach: float
    unknown: float
    words: float
    matched: float
    expected: float
    unexpected: float


class ChoiceEvidence(Record):
    """Evidence that the first sentence is the right one, if the documents are on the topic.

    Attributes:
        share: the logarithm of its share among the compared sentences, by a softmax of the scores.
        passage_share: the logarithm of the share of all sentences of its passage.
        margin: how far it is ahead of the next passage, from 0 to 1.
        expected: 1 if it has the type of answer that the question expects.
        unexpected: 1 if it has not.
        coverage: coverage of the question by the sentence.
        before: coverage by the sentence and all those before it in its passage.
        headed: coverage by the sentence and what its passage stands under.
        written: the share of all words of the question that it has as written.
        bigrams: the share of the question's pairs of neighbouring words that it has.
        definition: how surely it defines what is asked for.
        unknown: the share of the question's words that no passage has.
        words: the number of the question's content words, as a share of six.
        keyword: 1 if the question is no question, but names a subject.
        size: the logarithm of the number of passages.
    """

    share: float
    passage_share: float
    margin: float
    expected: float
    unexpected: float
    coverage: float
    before: float
    headed: float
    written: float
    bigrams: float
    definition: float
    unknown: float
    words: float
    keyword: float
    size: float


class Confidence(Record):
    """The weights of the evidence, and the log-odds without any.

    Attributes:
        topic: of the evidence that the documents are on the topic.
        choice: of the evidence that the sentence is the right one.
        topic_intercept: the log-odds that they are, without evidence.
        choice_intercept: the log-odds that it is, without evidence.
    """

    topic: TopicEvidence
    choice: ChoiceEvidence
    topic_intercept: float
    choice_intercept: float

    def estimate(self, topic: TopicEvidence, choice: ChoiceEvidence) -> float:
        """Return the probability that the first sentence answers."""
        on_topic = _probability(self.topic_intercept, self.topic, topic)
        right = _probability(self.choice_intercept, self.choice, choice)
        estimated = on_topic * right
        lacks = choice.unexpected or topic.unknown >= UNKNOWN_AT_MOST
        if lacks or on_topic < SURE_TOPIC:
            estimated = min(estimated, WEAK_AT_MOST)
        return round(estimated, 4)


def _probability(intercept: float, weights: Sequence[float], evidence: Sequence[float]) -> float:
    products = (weight * value for weight, value in zip(weights, evidence, strict=True))
    return 1 / (1 + exp(-intercept - fsum(products)))


def evidence(
    question: Question, candidates: Sequence[Candidate], engine: Engine, depth: int
) -> tuple[TopicEvidence, ChoiceEvidence]:
    """Gather the evidence for the first candidate.

    Args:
        question: the question as it was searched for.
        candidates: at least one, best first, with all that were compared.
        engine: found them.
        depth: the largest number of candidates that is compared.
    """
    topic = _topic_evidence(question, candidates, engine, depth)
    return topic, _choice_evidence(question, candidates, topic, len(engine))


def _topic_evidence(
    question: Question, candidates: Sequence[Candidate], engine: Engine, depth: int
) -> TopicEvidence:
    words, first = len(question.telling) / 6, candidates[0].features
    kind = question_kind(question.text)
    is_plain = kind.kind in PLAIN_KINDS or kind.expects in PLAIN_TYPES
    other_unit = kind.expects == "duration" and bool(kind.units) and not first.unit
    has_expected = bool(first.expected or first.dated) and not other_unit
    return TopicEvidence(
        coverage=first.coverage,
        implied=first.implied,
        bigrams=first.bigrams,
        absent=first.absent,
        vicinity=max(candidate.features.vicinity for candidate in candidates),
        best=max(candidate.features.coverage for candidate in candidates),
        reach=len(candidates) / min(depth, len(engine)),
        unknown=_unknown_share(question, candidates, engine),
        words=words,
        matched=words * first.coverage,
        expected=float(is_plain and has_expected),
        unexpected=float(is_plain and not has_expected),
    )


def _choice_evidence(
    question: Question, candidates: Sequence[Candidate], topic: TopicEvidence, size: int
) -> ChoiceEvidence:
    first = candidates[0].features
    return ChoiceEvidence(
        share=log(candidates[0].share + LEAST_SHARE),
        passage_share=log(candidates[0].passage_share + LEAST_SHARE),
        margin=_margin(candidates),
        expected=topic.expected,
        unexpected=topic.unexpected,
        coverage=first.coverage,
        before=first.before,
        headed=first.headed,
        written=first.words,
        bigrams=first.bigrams,
        definition=first.definition,
        unknown=topic.unknown,
        words=topic.words,
        keyword=float(question_kind(question.text).kind == "keyword"),
        size=log(size),
    )


def _unknown_share(question: Question, candidates: Sequence[Candidate], engine: Engine) -> float:
    """Return the share of the telling words that no passage has, not in a related form either."""
    unknown = [word for word in question.telling if not word.is_known(engine)]
    if any(word.related for word in unknown):
        sentences = (sentences_of(each.hit.passage, engine.analyzer) for each in candidates)
        terms = {term for each in chain.from_iterable(sentences) for term in each.terms}
        unknown = [word for word in unknown if terms.isdisjoint(word.related)]
    return len(unknown) / len(question.telling)


def _margin(candidates: Sequence[Candidate]) -> float:
    """Return how far the first candidate is ahead of all others, from 0 to 1."""
    others = [candidate.score for candidate in candidates[1:]]
    lead = candidates[0].score - max(others, default=candidates[0].score - CLEAR_LEAD)
    return min(max(lead, 0.0), CLEAR_LEAD) / CLEAR_LEAD


def confidence(
    question: Question,
    candidates: Sequence[Candidate],
    engine: Engine,
    depth: int,
    fitted: Confidence,
) -> float:
    """Estimate the probability that the first candidate answers, 0 to 1.

    Args:
        question: the question as it was searched for.
        candidates: best first, with all that were compared.
        engine: found them.
        depth: the largest number of candidates that is compared.
        fitted: the weights of the evidence.
    """
    if not candidates:
        return 0.0
    estimated = fitted.estimate(*evidence(question, candidates, engine, depth))
    if estimated >= ANSWERED and _only_repeats(question, candidates[0], engine.analyzer):
        return WEAK_AT_MOST
    return estimated


def _only_repeats(question: Question, first: Candidate, analyzer: Analyzer) -> bool:
    """Whether the first sentence has the question's words, but surely not what it asks for.

    It asks itself, only denies what somebody supposes, or lacks the measure that is asked for.
    """
    if first.text.endswith("?") and ASKED.isdisjoint(question.terms):
        return True
    if question_kind(question.text).kind == "yesno":
        # Few questions need it, and loading it takes time.
        from briefqa.answers.modality import only_denies_supposition

        return only_denies_supposition(first.text, question.text)
    passage = first.hit.passage
    # The names of its columns tell the unit of a row.
    in_table = any(part.header and part.span.contains(first.span) for part in passage.parts)
    if question_kind(question.text).expects != "quantity" or in_table:
        return False
    # Few questions need it, and loading it takes time.
    from briefqa.answers.measures import lacks_measure

    shown = first.beside.slice(passage.text) if first.beside else ""
    return lacks_measure(question, f"{first.text} {shown}", analyzer)


def answer_status(estimated: float, *, matches: bool, strict: bool) -> Status:
    """Return the status of an answer with a confidence.

    Args:
        estimated: the confidence.
        matches: whether any passage has a telling word of the question, in any form.
        strict: whether what would be weak is none.
    """
    if matches and estimated >= ANSWERED:
        return Status.ANSWERED
    return Status.WEAK if matches and not strict else Status.NONE
