"""How many passages of each document match a question."""

from __future__ import annotations

from collections import Counter
from functools import cache, partial

from briefqa.answers.pipeline import rewrite
from briefqa.answers.question import parse_question

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["COUNTED", "count_hits"]

COUNTED = 1000
"""The number of passages that are counted at most, the best."""


def count_hits(text: str, engine: Engine, *, literal: bool = False) -> Counter[str]:
    """Return how many of the best passages for a question each document has, by its path.

    Args:
        text: the question.
        engine: searches the passages.
        literal: whether to search for the words exactly as asked.

    Raises:
        QuestionError: the question has no words.
    """
    question = parse_question(text, engine.analyzer, engine, signs=not literal)
    search = cache(partial(engine.search, top=COUNTED))
    if not literal:
        question = rewrite(question, engine, search)
    return Counter(hit.passage.path for hit in search(question.query))
