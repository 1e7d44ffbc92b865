"""Searching the text of a document: for its terms, and for a text as typed."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

from briefqa.records import Record
from briefqa.spans import Span, merge
from briefqa.tui.large_files import AnyDocument
from briefqa.tui.long_text import AnyText, cut_lines, pieces_of

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["MATCH_LIMIT", "Matches", "SpanArray", "TermPositions", "find_text"]

MATCH_LIMIT = 1_000_000
"""Matches of a text that are kept: those around the reader's place."""
TERM_WINDOW = 500_000
"""Characters on both sides of an excerpt in which its terms are searched for."""


class SpanArray(Sequence[Span]):
    """Spans that are sorted and disjoint, in 8 bytes each."""

    __slots__ = ("_edges",)

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        # The start and the end of each.
        self._edges = array("I")
        for span in spans:
            self.append(span.start, span.end)

    def append(self, start: int, end: int) -> None:
        """Add a span after the others."""
        self._edges.extend((start, end))

    def drop(self, count: int) -> None:
        """Remove the first spans."""
        del self._edges[: 2 * count]

    def __len__(self) -> int:
        return len(self._edges) // 2

    @overload
    def __getitem__(self, number: int) -> Span: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Span]: ...
    def __getitem__(self, number: int | slice) -> Span | Sequence[Span]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        place = 2 * number
        return Span(self._edges[place], self._edges[place + 1])


class Matches(Record):
    """The matches of something in a text.

    Attributes:
        spans: characters of the text, sorted and disjoint.
        skipped: the number of earlier matches that are not among them.
        more: whether there are later matches that are not among them.
    """

    spans: Sequence[Span] = ()
    skipped: int = 0
    more: bool = False

    @property
    def total(self) -> str:
        """Their number as text, with a plus sign if there are more."""
        return f"{self.skipped + len(self.spans):,}{'+' if self.more else ''}"

    def first_in(self, within: Span) -> int | None:
        """Return the number of the first match that shares a character with a span; else None."""
        first = bisect_left(self.spans, within.start + 1, key=lambda span: span.end)
        is_within = first < len(self.spans) and self.spans[first].start < within.end
        return first if is_within else None


class TermPositions:
    """The positions of each term of a document, or of the part of a long one around an excerpt.

    Args:
        document: the document.
        analyzer: splits its text into terms.
        near: a character of the excerpt.

    Attributes:
        document: the same.
    """

    def __init__(self, document: AnyDocument, analyzer: Analyzer, near: int = 0) -> None:
        self.document = document
        text = document.text
        self._within = Span(max(0, near - TERM_WINDOW), min(len(text), near + TERM_WINDOW))
        self._spans: dict[str, SpanArray] = {}
        place = self._within.start
        for piece in cut_lines(text[place : self._within.end]):
            for term, start, end in analyzer.placed_terms(piece, stop_words=True):
                spans = self._spans.get(term)
                if spans is None:
                    spans = self._spans[term] = SpanArray()
                spans.append(place + start, place + end)
            place += len(piece)

    def covers(self, document: AnyDocument, near: int) -> bool:
        """Return whether these are the positions around a character of a document."""
        return document is self.document and (
            self._within.start < near < self._within.end
            or self._within.length == len(document.text)
        )

    def find(self, terms: Iterable[str]) -> Matches:
        """Return the occurrences of some terms."""
        found = merge(span for term in terms for span in self._spans.get(term, ()))
        return Matches(SpanArray(found), more=self._within.length < len(self.document.text))


def find_text(text: AnyText, wanted: str, near: int = 0) -> Matches:
    """Return the matches of a wanted text: at most `MATCH_LIMIT`, those around a place.

    Case is ignored unless the wanted text has a capital; white space matches any white space.

    Args:
        text: the text to search.
        wanted: the text to find.
        near: the place: a character of the text.
    """
    spans, skipped = SpanArray(), 0
    words = wanted.split()
    if not words:
        return Matches(spans)
    pattern = r"\s+".join(map(re.escape, words))
    flags = re.NOFLAG if any(map(str.isupper, wanted)) else re.IGNORECASE
    half = MATCH_LIMIT // 2
    for found in _find_all(re.compile(pattern, flags), text, len("".join(words))):
        if len(spans) == MATCH_LIMIT:
            if spans[half].start > near:
                return Matches(spans, skipped, more=True)
            spans.drop(half)
            skipped += half
        spans.append(found.start, found.end)
    return Matches(spans, skipped)


def _find_all(pattern: re.Pattern[str], text: AnyText, length: int) -> Iterator[Span]:
    """Yield the matches of a pattern in a text, which is searched piece by piece.

    Args:
        pattern: the pattern.
        text: the text.
        length: the characters of a match that are no white space.
    """
    end = 0
    for piece in pieces_of(text):
        edge = piece.start + len(piece.text)
        window = piece.text + ("" if piece.is_last else _beginning(text, edge, length))
        for match in pattern.finditer(window, max(0, end - piece.start)):
            if match.start() >= len(piece.text):
                break
            end = piece.start + match.end()
            yield Span(piece.start + match.start(), end)


def _beginning(text: AnyText, start: int, length: int) -> str:
    """Return the text from a character on up to the end, or to so many that are no white space."""
    taken = 2 * length
    while True:
        found = text[start : start + taken]
        if len(found) < taken or len("".join(found.split())) >= length:
            return found
        taken *= 2
