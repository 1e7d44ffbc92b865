"""How far an answer can be trusted.

The confidence estimates the probability that the first sentence holds the answer, from what that
sentence covers of the question. It never claims that the documents do not say something: no lexical
method can know that.
"""

from briefqa.answers.answer import Status
from briefqa.answers.features import Features
from briefqa.answers.question import Question
from briefqa.answers.weights import Evidence

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["evidence", "status"]

ANSWERED = 0.5
"""More likely right than wrong."""
NONE = 0.1
"""Below this it is chance that a word is shared."""


def evidence(question: Question, first: Features, index: "Engine") -> Evidence:
    """Gather what the confidence rests on.

    Args:
        question: the question.
        first: the features of the first sentence.
        index: what the question was asked of.
    """
    unknown = [not word.phrase and not word.is_known(index) for word in question.telling]
    return Evidence(
        coverage=first.coverage,
        bigrams=first.bigrams,
        unknown=sum(unknown) / len(unknown),
        words=len(unknown),
        matched=len(unknown) * first.coverage,
    )


def status(confidence: float, *, strict: bool) -> Status:
    """Name how far an answer of that confidence can be trusted.

    Args:
        confidence: a probability.
        strict: whether what would be weak is none.
    """
    if confidence >= ANSWERED:
        return Status.ANSWERED
    return Status.NONE if strict or confidence < NONE else Status.WEAK
