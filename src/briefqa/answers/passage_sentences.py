"""The sentences of a passage: their words, and which of them introduces which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefqa.answers.structure import leads_on, names_of
from briefqa.passages import Part, Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["CACHED_PASSAGES", "Sentence", "introductions", "sentence_at", "sentences_of"]

CACHED_PASSAGES = 4096
"""Passages whose sentences are kept: one question's leading passages are often the next one's."""
INNERMOST = 100
"""The depth of blocks inside which there are no lists."""


class Sentence(Record):
    """A sentence of a passage and its words.

    Attributes:
        span: characters of the passage's text.
        part: the block of the passage that it is in.
        text: the characters themselves.
        terms: the terms of its words, in order.
        words: the words as written, case-folded, in order.
        name: what its document calls what it says, such as the term that it defines; else empty.
        name_terms: the terms of the name.
        leads_on: whether it leads to steps, a list or code, or is a numbered step.
    """

    span: Span
    part: Part
    text: str
    terms: tuple[str, ...]
    words: tuple[str, ...]
    name: str = ""
    name_terms: frozenset[str] = frozenset()
    leads_on: bool = False


@lru_cache(CACHED_PASSAGES)
def sentences_of(passage: Passage, analyzer: Analyzer) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, with their words."""
    placed = placed_sentences(passage)
    texts = [span.slice(passage.text) for span, _ in placed]
    # No token extends beyond the end of a sentence.
    pairs = analyzer.terms_and_words(texts)
    sentences = []
    names, leading = names_of(passage.text, placed), leads_on(passage, placed)
    rows = zip(placed, texts, pairs, names, leading, strict=True)
    for (span, part), text, (terms, words), name, leads in rows:
        named = frozenset(analyzer.terms(name)) if name else frozenset()
        sentences.append(Sentence(span, part, text, tuple(terms), tuple(words), name, named, leads))
    return tuple(sentences)


def sentence_at(passage: Passage, span: Span, analyzer: Analyzer) -> Sentence:
    """Return the sentence of a passage that is at a span."""
    return next(each for each in sentences_of(passage, analyzer) if each.span == span)


def introductions(sentences: Sequence[Sentence]) -> Iterator[int]:
    """Yield, for each sentence, the place of the one that it depends on; its own for the first.

    That is the sentence before; for an item the one that introduces its list, for a row what is
    above its table.
    """
    opened: list[tuple[int, int]] = []
    for place, sentence in enumerate(sentences):
        depth = _depth(sentence.part)
        before = max(0, place - 1)
        if sentence.span.start == sentence.part.span.start:
            while opened and opened[-1][0] >= depth:
                opened.pop()
            yield opened[-1][1] if opened else before
        else:
            # Nothing precedes the first sentence, even where white space does.
            del opened[-1:]
            yield before
        opened.append((depth, place))


def _depth(part: Part) -> int:
    """Return how deep a block is nested in a passage; 0 for prose."""
    if part.kind in ("row", "header", "code"):
        return INNERMOST
    return part.level if part.kind != "heading" else 0
