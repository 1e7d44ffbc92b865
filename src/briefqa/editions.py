"""What changed between two editions of the same documents, sentence by sentence.

A sentence of one edition is the same as one of the other if both have the same words, whatever
their line breaks, or make the same claim in another notation. Of the rest, each is paired with the
most similar one (Jaccard 1912) that is similar enough; it is reworded if numbers, dates, names and
negations are the same in both, else changed. What is left is new or gone.

The date of a document, and the addresses of a mail, are not compared: each edition has its own.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from heapq import nlargest

from briefqa.analysis.analyzer import Analyzer
from briefqa.answers.agreement import is_same_value
from briefqa.answers.answer import Answer, Place, Status
from briefqa.answers.claim import Claim
from briefqa.answers.passage_sentences import Sentence, sentences_of
from briefqa.answers.repeats import Statement
from briefqa.answers.value_span import value_type
from briefqa.corpus import Corpus
from briefqa.documents import Document
from briefqa.documents.dates import find_dates
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage
from briefqa.readers.blocks import Kind
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
CANDIDATES = 8
"""The most sentences of the earlier edition that one of the later may be paired with."""
BESIDE = 0.05
"""What it adds to the similarity of two sentences that they are in the same place."""
TOP = 1500
"""Characters at the start of a document in which it may name its date."""
BESIDE_DATE = 4
"""Words in a line that names the date of a document, beside the date."""
ADDRESSES = ("bcc:", "cc:", "from:", "reply-to:", "sender:", "to:")
"""Lines of a mail that are not compared."""


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

    @property
    def analyzer(self) -> Analyzer:
        """What makes the terms of the documents."""
        return Corpus.of(self.root).analyzer


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


_Pair = tuple[_Sentence, _Sentence]
"""A sentence of the earlier edition, and what became of it in the later one."""


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
    before, after = _unpaired(before, pairs), _unpaired(after, pairs)
    similar = list(_similar_pairs(before, after))
    for one, other in similar:
        alike = one.statement.claim.agrees(other.statement.claim)
        found.append((ChangeKind.REWORDED if alike else ChangeKind.CHANGED, one, other))
    before, after = _unpaired(before, similar), _unpaired(after, similar)
    changes = [(other.order, Change(kind, one.place, other.place)) for kind, one, other in found]
    changes += [(each.order, Change(ChangeKind.NEW, None, each.place)) for each in after]
    gone = [Change(ChangeKind.GONE, each.place, None) for each in before]
    ordered = [change for _, change in sorted(changes, key=lambda each: each[0])]
    return Comparison((*ordered, *gone), same)


def _paths(edition: Edition) -> set[str]:
    return {_relative(document, edition) for document in edition.documents}


def _relative(document: Document, edition: Edition) -> str:
    return os.path.relpath(document.path, edition.root)


def _sentences(edition: Edition, shared: Collection[str]) -> Iterator[_Sentence]:
    """Yield the sentences of an edition; a document that only one has is compared with all."""
    analyzer, order = edition.analyzer, 0
    for document in edition.documents:
        path = _relative(document, edition)
        path = path if path in shared else ""
        for passage in split_passages(document):
            for sentence in sentences_of(passage, analyzer):
                if sentence.words and not _is_envelope(sentence, passage, document):
                    statement = Statement(passage, sentence, analyzer)
                    yield _Sentence(order, statement, (path, *passage.headings))
                    order += 1


def _is_envelope(sentence: Sentence, passage: Passage, document: Document) -> bool:
    """Whether a sentence is an address, or names the date of its document and little else."""
    if passage.span.start + sentence.span.start > TOP:
        return False
    if sentence.text.lower().startswith(ADDRESSES) and sentence.part.kind == Kind.LINE:
        return True
    text, day = sentence.text, document.date.day if document.date else None
    return any(
        found == day and len(f"{text[:start]} {text[end:]}".split()) <= BESIDE_DATE
        for start, end, found in find_dates(text)
    )


def _same_pairs(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> list[_Pair]:
    """Pair sentences of the same words, and then those of the same claim in another notation.

    Those of the same place come first.
    """
    keys: tuple[Callable[[_Sentence], Hashable], ...] = (
        lambda each: (each.statement.sentence.words, each.location),
        lambda each: each.statement.sentence.words,
        lambda each: (each.statement.claim.without_dateline, each.location),
        lambda each: each.statement.claim.without_dateline,
    )
    pairs: list[_Pair] = []
    for key in keys:
        found = _pairs_of(before, after, key)
        before, after = _unpaired(before, found), _unpaired(after, found)
        pairs += found
    return pairs


def _pairs_of(
    before: Sequence[_Sentence], after: Sequence[_Sentence], key: Callable[[_Sentence], Hashable]
) -> list[_Pair]:
    """Pair sentences that have the same key, in their order."""
    waiting: defaultdict[Hashable, deque[_Sentence]] = defaultdict(deque)
    for each in before:
        waiting[key(each)].append(each)
    return [(olds.popleft(), each) for each in after if (olds := waiting[key(each)])]


def _unpaired(sentences: Iterable[_Sentence], pairs: Iterable[_Pair]) -> list[_Sentence]:
    """Return the sentences that are in no pair."""
    paired = {id(each) for pair in pairs for each in pair}
    return [each for each in sentences if id(each) not in paired]


def _similar_pairs(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> Iterator[_Pair]:
    """Yield pairs of similar sentences, the most similar first; each sentence is in one at most."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(before):
        for word in each.statement.words:
            having[word].append(number)
    rated: list[tuple[float, int, int]] = []
    for number, each in enumerate(after):
        words = each.statement.words
        shared = Counter(
            other for word in words if len(having[word]) <= COMMON for other in having[word]
        )
        similar = (
            (_similarity(before[other], each), -number, -other)
            for other, count in shared.items()
            if 2 * count >= SIMILAR * len(words)
        )
        rated += nlargest(CANDIDATES, (pair for pair in similar if pair[0] >= SIMILAR))
    taken: tuple[set[int], set[int]] = set(), set()
    for _, number, other in sorted(rated, reverse=True):
        if -number not in taken[0] and -other not in taken[1]:
            taken[0].add(-number)
            taken[1].add(-other)
            yield before[-other], after[-number]


def _similarity(one: _Sentence, other: _Sentence) -> float:
    """Return the share of common words, numbers and sources apart, in two sentences."""
    mine, others = (frozenset(each.statement.claim.words) for each in (one, other))
    words = len(mine | others)
    return len(mine & others) / words + BESIDE * (one.location == other.location) if words else 0.0


def compare_answers(old: Answer, new: Answer, analyzer: Analyzer) -> ChangeKind:
    """Return how the answer to a question differs between two editions.

    Only an answer with the status answered counts. It is the same if it has the same value, or the
    same values are given in both editions, or if it makes the same claim.

    Args:
        old: the answer of the earlier edition.
        new: that of the later one.
        analyzer: made the terms of both editions.
    """
    said, says = (each.status is Status.ANSWERED for each in (old, new))
    if not (said and says):
        return ChangeKind.GONE if said else ChangeKind.NEW if says else ChangeKind.SAME
    return ChangeKind.SAME if _says_the_same(old, new, analyzer) else ChangeKind.CHANGED


def _says_the_same(old: Answer, new: Answer, analyzer: Analyzer) -> bool:
    one, other = old.excerpts[0], new.excerpts[0]
    if one.focus is None or other.focus is None:
        claims = [Claim.of(each.said, analyzer) for each in (one, other)]
        return one.said == other.said or claims[0].repeats(claims[1])
    same = partial(is_same_value, kind=value_type(old.question), analyzer=analyzer)
    values = [[value.written for value in each.values] for each in (old, new)]
    return same(one.said, other.said) or (
        len(values[0]) == len(values[1]) > 0
        and all(any(same(value, each) for each in values[1]) for value in values[0])
    )
