"""The question, taken apart."""

from collections.abc import Iterator
from typing import NamedTuple

from briefqa.analysis import tokenize
from briefqa.errors import QuestionError
from briefqa.spans import Span

__all__ = ["TERM_LIMIT", "Question", "QuestionWord", "parse_question"]

TERM_LIMIT = 256
"""Distinct terms of a question at the most; later ones are ignored."""


class QuestionWord(NamedTuple):
    """A word of the question.

    Attributes:
        text: as asked.
        written: as the documents would write it, case-folded.
        terms: what it is looked up as; several for a word of several parts.
    """

    text: str
    written: str
    terms: tuple[str, ...]


class Question(NamedTuple):
    """What to look for.

    Attributes:
        text: as asked.
        words: its content words, each once; the stop words where there are no others.
    """

    text: str
    words: tuple[QuestionWord, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of all words, each once, in the order asked."""
        return tuple(dict.fromkeys(term for word in self.words for term in word.terms))


def parse_question(text: str) -> Question:
    """Take a question apart.

    Raises:
        QuestionError: it holds no word.
    """
    words = list(_words(text, stop_words=False)) or list(_words(text, stop_words=True))
    if not words:
        raise QuestionError("the question holds no word to look for")
    return Question(text, tuple(words))


def _words(text: str, *, stop_words: bool) -> Iterator[QuestionWord]:
    """Yield each word once; the tokens of its parts follow that of the whole."""
    seen: set[tuple[str, ...]] = set()
    count = 0
    for span, parts in _grouped(text, stop_words):
        asked = span.slice(text)
        word = QuestionWord(asked, asked.casefold(), tuple(dict.fromkeys(parts)))
        count += len(word.terms)
        if count > TERM_LIMIT:
            return
        if word.terms not in seen:
            seen.add(word.terms)
            yield word


def _grouped(text: str, stop_words: bool) -> Iterator[tuple[Span, list[str]]]:
    whole, parts = Span(0, 0), list[str]()
    for token in tokenize(text, stop_words=stop_words):
        if parts and whole.contains(token.span):
            parts.append(token.term)
            continue
        if parts:
            yield whole, parts
        whole, parts = token.span, [token.term]
    if parts:
        yield whole, parts
