"""Repeats: what several places say in the same words is one excerpt.

Two sentences say the same only if they have the same numbers and names in the same order, the same
dates and negations, and the same other words; one of them may have a few words more, and only one
may name the place and the source. Sets of words alone
would join sentences that differ in the one word that matters: of pages that share 85 % of their
words, 8.8 % were different pages (garrytan/gbrain, issue 4612).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from briefqa.answers.features import Candidate
from briefqa.answers.passage_sentences import Sentence, sentence_at

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.claim import Claim
    from briefqa.passages import Passage
    from briefqa.spans import Span

__all__ = ["MARKS", "Statement", "fold_repeats"]

NEAR = 0.5
"""The least share of the words of the shorter sentence that the longer one has."""
CACHED_STATEMENTS = 256
TELLING_WORDS = 4
"""Content words that a sentence needs to say something without its context."""
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
        self._analyzer = analyzer
        stop_words = analyzer.language.stop_words
        pairs = zip(sentence.terms, sentence.words, strict=True)
        self.words = frozenset(term for term, word in pairs if word not in stop_words)

    @property
    def prefix(self) -> list[str]:
        """Words of which each repeat has one at least: more than a repeat can lack.

        They are the longest ones, which few others have (Chaudhuri, Ganti and Kaushik 2006, "A
        primitive operator for similarity joins").
        """
        ordered = sorted(self.words, key=lambda word: (-len(word), word))
        return ordered[: int((1 - NEAR) * len(ordered)) + 1]

    @cached_property
    def claim(self) -> Claim:
        """What it says, however that is written."""
        # Few answers need it, and loading it takes time.
        from briefqa.answers.claim import Claim

        return Claim.of(self.sentence.text, self._analyzer)

    @cached_property
    def context(self) -> str:
        """What it needs to say something: its passage; empty if it needs nothing."""
        return "" if self._stands_alone() else " ".join(self.passage.indexed.split())

    def _stands_alone(self) -> bool:
        """Whether it says something without what is around it."""
        language, opening = self._analyzer.language, self.sentence.words[:1]
        refers = bool(opening) and opening[0] in language.pronouns
        told = len(self.words) >= TELLING_WORDS
        return told and not refers and self.sentence.part.kind in PROSE

    def repeats(self, other: Statement) -> bool:
        """Whether both say the same."""
        shared = len(self.words & other.words)
        if shared < NEAR * min(len(self.words), len(other.words)) or self.context != other.context:
            return False
        return self.sentence.text == other.sentence.text or self.claim.repeats(other.claim)


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
        statement = _statement(candidate.hit.passage, candidate.span, analyzer)
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


@lru_cache(CACHED_STATEMENTS)
def _statement(passage: Passage, span: Span, analyzer: Analyzer) -> Statement:
    """Return the statement of a sentence; an answer folds its candidates several times."""
    return Statement(passage, sentence_at(passage, span, analyzer), analyzer)


def _with_repeat(first: Candidate, repeat: Candidate) -> Candidate:
    return first._replace(
        share=first.share + repeat.share,
        passage_share=first.passage_share + repeat.passage_share,
        repeats=(*first.repeats, repeat._replace(repeats=()), *repeat.repeats),
    )
