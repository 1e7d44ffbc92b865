"""The settings of sentences: what the sentences and the passages around them match.

What is matched is a set of words of the question, written as bits: see
`briefqa.answers.sentence_matcher`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from briefqa.answers.passage_sentences import Sentence, introductions
from briefqa.index import Hit
from briefqa.passages import NAMES
from briefqa.records import Record

__all__ = ["Match", "SentenceSetting", "end_before", "settings", "vicinities"]

VICINITY = 300
"""Characters between two passages that are about the same thing."""


class Match(Record):
    """The words of the question that a sentence matches.

    Attributes:
        own: those that it has, or that its passage inherits.
        starts: others that start like a word of it.
        meanings: others that a word of it is a synonym of.
    """

    own: int
    starts: int
    meanings: int

    @property
    def implied(self) -> int:
        """Those that it matches in any way."""
        return self.own | self.starts | self.meanings


class SentenceSetting(Record):
    """What a sentence and its surroundings match.

    Attributes:
        match: of the sentence.
        lead: of the sentence before, or of the one that introduces its list or table.
        before: words that any sentence of its passage up to it has.
        above: words that its passage inherits.
        vicinity: words that its passage and those beside it have.
        opens: whether no other sentence of its passage is before it.
    """

    match: Match
    lead: Match
    before: int
    above: int
    vicinity: int
    opens: bool


def settings(
    sentences: Sequence[Sentence],
    matches: Sequence[Match],
    above: int,
    vicinity: int,
    last: Match | None,
) -> Iterator[SentenceSetting]:
    """Yield the setting of each sentence of a passage."""
    first = next((i for i, each in enumerate(sentences) if each.part.kind not in NAMES), 0)
    before = 0
    for place, introduction in enumerate(introductions(sentences)):
        match, lead = matches[place], matches[introduction]
        if place == first and last:
            lead = last
        before |= match.own
        yield SentenceSetting(match, lead, before, above, vicinity, place == first)


def end_before(
    hit: Hit,
    hits: Sequence[Hit],
    matches: Sequence[Sequence[Match]],
    places: Mapping[int, int],
) -> Match | None:
    """Return the last sentence of the passage right before one, if it is about the same thing."""
    place = places.get(hit.number - 1)
    if place is None:
        return None
    one, other = hits[place].passage, hit.passage
    near = bool(one.headings) and one.path == other.path and one.headings == other.headings
    return matches[place][-1] if near and matches[place] else None


def vicinities(
    hits: Sequence[Hit], matches: Sequence[Sequence[Match]], depth: int
) -> Sequence[int]:
    """Return the words that each passage has together with leading passages close to it."""
    own = [reduce(or_, (match.own for match in each), 0) for each in matches]
    leading = list(zip(hits, own, strict=True))[:depth]
    return [
        reduce(or_, (words for other, words in leading if _are_close(other, hit)), own[number])
        for number, hit in enumerate(hits)
    ]


def _are_close(one: Hit, other: Hit) -> bool:
    if one.passage.path != other.passage.path:
        return False
    first, second = sorted((one.passage.span, other.passage.span))
    return second.start - first.end < VICINITY
