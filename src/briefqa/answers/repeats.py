"""Repeats: what several places say in the same words is one excerpt.

Two sentences say the same only if they have the same numbers and names in the same order, the same
negations, and the same other words; one of them may have a few words more. Sets of words alone
would join sentences that differ in the one word that matters: of pages that share 85 % of their
words, 8.8 % were different pages (garrytan/gbrain, issue 4612).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from briefqa.answers.features import Candidate
from briefqa.answers.passage_sentences import Sentence, sentence_at

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.passages import Passage

__all__ = ["MARKS", "Statement", "fold_repeats"]

SHARED = 0.85
"""The least share of the words of the longer sentence that the shorter one has."""
TELLING_WORDS = 4
"""Content words that a sentence needs to say something without its context."""
NEGATIONS = frozenset("cannot hardly neither never no nobody none nor not nothing without".split())
MARKS = ".,;:!?()\"'“”’"
PROSE = frozenset(["paragraph", "quotation", "note"])
"""Kinds of blocks whose sentences say something without a list, a table or a heading."""


class Statement:
    """What a sentence says, as far as its words tell.

    Args:
        passage: its passage.
        sentence: one of the sentences of the passage.
        analyzer: of the passage.

    Attributes:
        passage: as given.
        sentence: as given.
        words: the content words.
    """

    def __init__(self, passage: Passage, sentence: Sentence, analyzer: Analyzer) -> None:
        self.passage = passage
        self.sentence = sentence
        self._language = analyzer.language
        stop_words = self._language.stop_words
        pairs = zip(sentence.terms, sentence.words, strict=True)
        self.words = frozenset(term for term, word in pairs if word not in stop_words)

    @property
    def prefix(self) -> list[str]:
        """Words of which each repeat has one at least: more than a repeat can lack.

        They are the longest ones, which few others have (Chaudhuri, Ganti and Kaushik 2006, "A
        primitive operator for similarity joins").
        """
        ordered = sorted(self.words, key=lambda word: (-len(word), word))
        return ordered[: int((1 - SHARED) * len(ordered)) + 1]

    @cached_property
    def values(self) -> tuple[tuple[str, ...], ...]:
        """The numbers, the names and the negations, in order."""
        sentence = self.sentence
        written = sentence.text.split()[1:]
        return (
            tuple(word for word in sentence.words if any(map(str.isdigit, word))),
            tuple(word.strip(MARKS) for word in written if word[:1].isupper()),
            tuple(word for word in sentence.words if _negates(word)),
        )

    @cached_property
    def context(self) -> str:
        """What it needs to say something: its passage; empty if it needs nothing."""
        return "" if self._stands_alone() else " ".join(self.passage.indexed.split())

    def _stands_alone(self) -> bool:
        """Whether it says something without what is around it."""
        opening = self.sentence.words[:1]
        refers = bool(opening) and opening[0] in self._language.pronouns
        told = len(self.words) >= TELLING_WORDS
        return told and not refers and self.sentence.part.kind in PROSE

    def repeats(self, other: Statement) -> bool:
        """Whether both say the same."""
        fewer, more = sorted((self.words, other.words), key=len)
        alike = len(fewer) >= SHARED * len(more) and fewer <= more
        return alike and self.values == other.values and self.context == other.context


def fold_repeats(candidates: Iterable[Candidate], analyzer: Analyzer) -> list[Candidate]:
    """Keep the first of the candidates that say the same; it gets the others as its `repeats`.

    Args:
        candidates: best first.
        analyzer: of their passages.

    Returns:
        Different candidates, best first; each has the shares of its repeats too.
    """
    kept: list[Candidate] = []
    statements: list[Statement] = []
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for candidate in candidates:
        statement = _statement(candidate, analyzer)
        near = sorted({number for word in statement.words for number in numbers[word]})
        repeated = (number for number in near if statement.repeats(statements[number]))
        number = next(repeated, None)
        if number is not None:
            kept[number] = _with_repeat(kept[number], candidate)
            continue
        for word in statement.prefix:
            numbers[word].append(len(kept))
        kept.append(candidate)
        statements.append(statement)
    return kept


def _statement(candidate: Candidate, analyzer: Analyzer) -> Statement:
    passage = candidate.hit.passage
    return Statement(passage, sentence_at(passage, candidate.span, analyzer), analyzer)


def _with_repeat(first: Candidate, repeat: Candidate) -> Candidate:
    return first._replace(
        share=first.share + repeat.share,
        passage_share=first.passage_share + repeat.passage_share,
        repeats=(*first.repeats, repeat),
    )


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t"))
