"""Lookups: how each word of a question was looked up, and where passages match it.

Both are shown beside the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, partial

from briefqa.answers.answer import Answer, WordLookup
from briefqa.answers.pipeline import rewrite
from briefqa.answers.question import QuestionWord, parse_question
from briefqa.answers.word_groups import is_option

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["COUNTED", "count_hits", "word_lookups"]

COUNTED = 1000
"""The number of passages that are counted at most, the best."""
CORRECTED, ALIAS, RELATED = "corrected", "alias", "related"


def word_lookups(
    answer: Answer, engine: Engine, *, literal: bool = False
) -> tuple[WordLookup, ...]:
    """Return how each word of a question was looked up, in the order asked.

    Args:
        answer: the answer to the question.
        engine: what it was looked up in.
        literal: whether the words were looked up exactly as asked.

    Raises:
        QuestionError: the question has no words.
    """
    question = parse_question(answer.question, engine.analyzer, engine, literal=literal)
    if literal:
        answer = answer._replace(related=())
    telling = question.telling
    found = [
        _lookup(word, answer, engine)
        if word.required or word in telling
        else WordLookup(word.text, None, light=True)
        for word in question.words
    ]
    found += [WordLookup(word, _count(word, engine), "-") for word in answer.excluded]
    found = [each._replace(signs=_written_signs(each.asked, engine)) for each in found]
    return tuple(sorted(found, key=lambda each: answer.question.find(each.asked)))


def _lookup(word: QuestionWord, answer: Answer, engine: Engine) -> WordLookup:
    known = max(map(engine.document_frequency, word.terms), default=0)
    known = known or _count_all(word.phrase, engine) or 0
    mark = "+" if word.required else '"' if word.exact else ""
    lookup = WordLookup(word.text, known, mark, matched=word.text in answer.matched)
    relation, used = next(_others(word.text, answer), ("", ""))
    if relation == CORRECTED or (relation and not known):
        lookup = lookup._replace(passages=_count(used, engine))
    return lookup._replace(relation=relation, used=used)


def _written_signs(asked: str, engine: Engine) -> str:
    """Return the signs with which the documents write a word."""
    bare = asked.lstrip("+-")
    return "".join(sign for sign in "+-" if is_option(sign + bare, engine))


def _others(asked: str, answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield what was looked up besides a word, and its relation to it, the most telling first."""
    for correction in answer.corrections:
        if correction.asked == asked:
            yield CORRECTED, correction.used
    for alias in answer.aliases:
        # A name of several words is shown with the first of them.
        if asked in alias.asked.split()[:1]:
            yield ALIAS, alias.used
    for related in answer.related:
        if related.asked == asked:
            yield RELATED, related.found


def _count(words: str, engine: Engine) -> int | None:
    """Return how many passages have the rarest of some words; None if these are not counted."""
    return _count_all(engine.analyzer.terms(words), engine)


def _count_all(terms: Sequence[str], engine: Engine) -> int | None:
    """Return how many passages have the rarest of some terms; None if there are none."""
    return min(map(engine.document_frequency, terms), default=None)


def count_hits(text: str, engine: Engine, *, literal: bool = False) -> Counter[str]:
    """Return how many of the best passages for a question each document has, by its path.

    Args:
        text: the question.
        engine: searches the passages.
        literal: whether to search for the words exactly as asked.

    Raises:
        QuestionError: the question has no words.
    """
    question = parse_question(text, engine.analyzer, engine, literal=literal)
    search = cache(partial(engine.search, top=COUNTED))
    if not literal:
        question = rewrite(question, engine, search)
    return Counter(hit.passage.path for hit in search(question.query))
