"""The sentences of a passage: their words, their names, and which of them introduces which.

A document names what it says: by a heading, by the term of a definition, by the first cell of a
row, by the words before a colon or dash. What stands under a name that is asked for answers, though
it seldom repeats the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefqa.conventions import BULLETS, CELL_SEPARATOR
from briefqa.passages import NAMES, Part, Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = [
    "CACHED_PASSAGES",
    "Sentence",
    "introductions",
    "sentence_at",
    "sentences_of",
]

CACHED_PASSAGES = 4096
"""Passages whose sentences are kept: one question's leading passages are often the next one's."""
INNERMOST = 100
"""The depth of blocks inside which there are no lists."""

NAME_LIMIT = 80
"""Characters of the longest name in front of a colon, dash or gap."""
NAMED = (
    rf"(?:[{BULLETS}o]\s+|\(?\w{{1,3}}[.)]\s+)?(?P<name>\S.{{0,{NAME_LIMIT}}}?)"
    r"(?::\s|\s+[-–—]\s+|\s{2,}|\t)\s*\S"
)
"""A name and what stands between it and what is said of it, behind the mark of an item."""
NAME_ENDS = (": ", " -", " –", " —", "  ")
"""One of them is in the opening of a sentence with a name, if that has no other white space."""
NAME_OPENING = NAME_LIMIT + 20
"""Characters of a sentence that the pattern looks at."""
LISTED = frozenset(["item", "code", "row", "header", "line"])
"""Kinds of blocks of which lists, steps and examples consist."""
ORDERED = r"(?i)\(?\d{1,3}[.)]\s|step\s\d"


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

    def has_phrase(self, phrase: tuple[str, ...]) -> bool:
        """Return whether the terms of a phrase are somewhere next to each other."""
        starts = range(len(self.terms) - len(phrase) + 1)
        return any(self.terms[start : start + len(phrase)] == phrase for start in starts)


@lru_cache(CACHED_PASSAGES)
def sentences_of(passage: Passage, analyzer: Analyzer) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, with their words."""
    placed = placed_sentences(passage)
    texts = [span.slice(passage.text) for span, _ in placed]
    # No token extends beyond the end of a sentence.
    pairs = analyzer.terms_and_words(texts)
    sentences = []
    names, leading = _names_of(passage.text, placed), _leads_on(passage, placed)
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


def _names_of(text: str, placed: Sequence[tuple[Span, Part]]) -> Iterator[str]:
    """Yield, for each sentence of a passage, the name of what it says; empty if it has none.

    Only the first sentence beneath a heading or term has the name of that.

    Args:
        text: the passage's text.
        placed: its sentences in order, each with the block that it stands in.
    """
    pending = ""
    for span, part in placed:
        written = span.slice(text)
        if part.kind in ("heading", "term"):
            # Several terms in a row are names of the same thing.
            pending = f"{pending}, {written}" if pending and part.kind == "term" else written
            yield written if part.kind == "term" else ""
            continue
        name, pending = (pending if part.kind not in NAMES else ""), ""
        yield name or _name_within(written, part)


def _name_within(written: str, part: Part) -> str:
    """Return the name that opens a sentence."""
    if part.kind == "row":
        return written.partition(CELL_SEPARATOR)[0]
    opening = written[:NAME_OPENING]
    # Few sentences have a name, and compiling the pattern takes long.
    if opening.isprintable() and not any(mark in opening for mark in NAME_ENDS):
        return ""
    match = re.match(NAMED, written)
    return match["name"] if match else ""


def _leads_on(passage: Passage, placed: Sequence[tuple[Span, Part]]) -> Iterator[bool]:
    """Yield, for each sentence, whether it leads to steps, a list or code, or is a numbered step.

    Args:
        passage: the passage.
        placed: its sentences in order, each with the block that it stands in.
    """
    follows = dict(zip(passage.parts, passage.parts[1:], strict=False))
    for span, part in placed:
        if part.kind == "item":
            yield bool(re.match(ORDERED, span.slice(passage.text)))
        else:
            following = follows.get(part)
            ends = span.end == part.span.end and part.kind not in LISTED
            yield ends and following is not None and following.kind in LISTED
