"""The last word of a question that is still being typed."""

from __future__ import annotations

from heapq import nlargest

from briefqa.answers.question import Question, parse_question
from briefqa.errors import QuestionError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["complete_last_word"]

SHORTEST = 2
"""Letters; too many words begin with fewer."""
COMPLETIONS = 8
"""The number of words that are taken for what a word may become, the most frequent ones."""


def complete_last_word(question: Question, engine: Engine, *, signs: bool = True) -> Question:
    """Return a question whose last word stands for the words that begin with it.

    It is neither corrected nor ever missing, since nobody knows yet what it will be. If no passage
    has such a word, the other words are the question.

    Args:
        question: the question.
        engine: has the words of the documents.
        signs: whether a sign may require or exclude its word.
    """
    last = question.words[-1]
    if not question.text.endswith(last.text):
        return question
    completions = _completions(last.written, engine)
    if not completions and not last.is_known(engine):
        return _without(last.text, question, engine, signs=signs)
    terms = engine.analyzer.terms(" ".join(completions))
    word = last._replace(terms=tuple(dict.fromkeys((*last.terms, *terms))), light=True, exact=True)
    return question._replace(words=(*question.words[:-1], word))


def _completions(start: str, engine: Engine) -> list[str]:
    """Return the most frequent words that begin with some letters."""
    found = engine.beginning_with(start) if len(start) >= SHORTEST else {}
    return nlargest(COMPLETIONS, found, key=lambda word: (found[word], word))


def _without(last: str, question: Question, engine: Engine, *, signs: bool) -> Question:
    """Return a question without its last word, unless it has no other one."""
    try:
        rest = parse_question(question.text[: -len(last)], engine.analyzer, engine, signs=signs)
    except QuestionError:
        return question
    return rest._replace(text=question.text)
