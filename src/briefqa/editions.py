"""What changed between two editions of the same documents, sentence by sentence.

A sentence of one edition is the same as one of the other if both have the same words, whatever
their line breaks. Of the rest, each is paired with the most similar one (Jaccard 1912) that is
similar enough; it is reworded if numbers, names and negations are the same in both, else changed.
What is left is new or gone.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from briefqa.analysis.english import english_analyzer
from briefqa.answers.answer import Answer, Place, Status
from briefqa.answers.passage_sentences import sentences_of
from briefqa.answers.repeats import Statement
from briefqa.documents import Document
from briefqa.passage_splitter import split_passages
from briefqa.records import Record

__all__ = [
    "Change",
    "ChangeKind",
    "Comparison",
    "Edition",
    "compare_answers",
    "compare_editions",
]

SIMILAR = 0.5
"""The least share of common words, of all words of both, in a sentence that was changed."""
COMMON = 200
"""Sentences that a word may be in and still tell which sentences are similar."""


class ChangeKind(StrEnum):
    """How a sentence, or the answer to a question, differs between two editions."""

    SAME = "same"
    CHANGED = "changed"
    """A number, a name or a negation differs."""
    REWORDED = "reworded"
    """Other words say it."""
    MOVED = "moved"
    """It is in another document or under another heading."""
    NEW = "new"
    GONE = "gone"


class Edition(Record):
    """The documents of an edition.

    Attributes:
        root: the file or folder that was named; documents are compared by their paths below it.
        documents: what could be read of it.
    """

    root: str
    documents: tuple[Document, ...]


class Change(Record):
    """A sentence that differs between two editions.

    Attributes:
        kind: how it differs.
        old: where the earlier edition has it; None if it is new.
        new: where the later edition has it; None if it is gone.
    """

    kind: ChangeKind
    old: Place | None
    new: Place | None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it stands under, in the later edition if it is there."""
        place = self.new or self.old
        return place.passage.headings if place else ()


class Comparison(Record):
    """What differs between two editions.

    Attributes:
        changes: in the order of the later edition; what is gone follows.
        same: the number of sentences that are in both, in the same place.
    """

    changes: tuple[Change, ...]
    same: int

    def count(self, kind: ChangeKind) -> int:
        """Return the number of changes of a kind."""
        return sum(each.kind is kind for each in self.changes)


class _Sentence:
    """A sentence of an edition that is compared.

    Attributes:
        order: its number in the edition.
        statement: what it says.
        location: the path of its document below the root, if both editions have that, and its
            headings.
    """

    def __init__(self, order: int, statement: Statement, location: tuple[str, ...]) -> None:
        self.order = order
        self.statement = statement
        self.location = location

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.statement.passage, self.statement.sentence.span)


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """Compare the sentences of two editions.

    Args:
        old: the earlier edition.
        new: the later one.
    """
    shared = _paths(old) & _paths(new)
    before, after = list(_sentences(old, shared)), list(_sentences(new, shared))
    pairs = _same_pairs(before, after)
    moved = [pair for pair in pairs if pair[0].location != pair[1].location]
    same = len(pairs) - len(moved)
    found = [(ChangeKind.MOVED, one, other) for one, other in moved]
    paired = {id(each) for pair in pairs for each in pair}
    before = [each for each in before if id(each) not in paired]
    after = [each for each in after if id(each) not in paired]
    for one, other in _similar_pairs(before, after):
        alike = one.statement.claim.agrees(other.statement.claim)
        found.append((ChangeKind.REWORDED if alike else ChangeKind.CHANGED, one, other))
        paired.update((id(one), id(other)))
    changes = [(other.order, Change(kind, one.place, other.place)) for kind, one, other in found]
    changes += [
        (each.order, Change(ChangeKind.NEW, None, each.place))
        for each in after
        if id(each) not in paired
    ]
    gone = [Change(ChangeKind.GONE, each.place, None) for each in before if id(each) not in paired]
    ordered = [change for _, change in sorted(changes, key=lambda each: each[0])]
    return Comparison((*ordered, *gone), same)


def _paths(edition: Edition) -> set[str]:
    return {_relative(document, edition) for document in edition.documents}


def _relative(document: Document, edition: Edition) -> str:
    return os.path.relpath(document.path, edition.root)


def _sentences(edition: Edition, shared: Collection[str]) -> Iterator[_Sentence]:
    """Yield the sentences of an edition; a document that only one has is compared with all."""
    analyzer, order = english_analyzer(), 0
    for document in edition.documents:
        path = _relative(document, edition)
        path = path if path in shared else ""
        for passage in split_passages(document):
            for sentence in sentences_of(passage, analyzer):
                if sentence.words:
                    statement = Statement(passage, sentence, analyzer)
                    yield _Sentence(order, statement, (path, *passage.headings))
                    order += 1


def _same_pairs(
    before: Sequence[_Sentence], after: Sequence[_Sentence]
) -> list[tuple[_Sentence, _Sentence]]:
    """Pair sentences of the same words, those of the same place first."""
    waiting: defaultdict[tuple[str, ...], list[_Sentence]] = defaultdict(list)
    for each in before:
        waiting[each.statement.sentence.words].append(each)
    pairs, others = [], []
    for each in after:
        olds = waiting[each.statement.sentence.words]
        place = next((n for n, old in enumerate(olds) if old.location == each.location), None)
        if place is None:
            others.append(each)
        else:
            pairs.append((olds.pop(place), each))
    for each in others:
        if olds := waiting[each.statement.sentence.words]:
            pairs.append((olds.pop(0), each))
    return pairs


def _similar_pairs(
    before: Sequence[_Sentence], after: Sequence[_Sentence]
) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Yield pairs of similar sentences, the most similar first; each sentence is in one at most."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(before):
        for word in each.statement.words:
            having[word].append(number)
    rated = []
    for number, each in enumerate(after):
        words = each.statement.words
        shared = Counter(
            other for word in words if len(having[word]) <= COMMON for other in having[word]
        )
        for other, count in shared.items():
            if 2 * count >= SIMILAR * len(words):
                rated.append((_similarity(before[other], each), -number, -other))
    taken: tuple[set[int], set[int]] = set(), set()
    for rating, number, other in sorted(rated, reverse=True):
        if rating < SIMILAR:
            return
        if -number not in taken[0] and -other not in taken[1]:
            taken[0].add(-number)
            taken[1].add(-other)
            yield before[-other], after[-number]


def _similarity(one: _Sentence, other: _Sentence) -> float:
    """Return the share of common words, and a little more for sentences of one place."""
    words = one.statement.words | other.statement.words
    common = one.statement.words & other.statement.words
    beside = one.location == other.location
    return len(common) / len(words) + 0.05 * beside if words else 0.0


def compare_answers(old: Answer, new: Answer) -> ChangeKind:
    """Return how the answer to a question differs between two editions.

    Only an answer with the status answered counts. It is the same if what looks like the answer, or
    else the sentence, has the same words.

    Args:
        old: the answer of the earlier edition.
        new: that of the later one.
    """
    said, says = (each.status is Status.ANSWERED for each in (old, new))
    if not (said and says):
        return ChangeKind.GONE if said else ChangeKind.NEW if says else ChangeKind.SAME
    same = old.excerpts[0].said == new.excerpts[0].said
    return ChangeKind.SAME if same else ChangeKind.CHANGED
