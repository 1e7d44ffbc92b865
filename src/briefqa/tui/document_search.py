"""Searching the text of a document: for its terms, and for a text as typed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from itertools import islice

from briefqa.analysis.analyzer import Analyzer
from briefqa.documents import Document
from briefqa.spans import Span, merge

__all__ = ["MATCH_LIMIT", "TermPositions", "find_text"]

MATCH_LIMIT = 10_000


class TermPositions:
    """The positions of each term of a document.

    Args:
        document: the document.
        analyzer: splits its text into terms.

    Attributes:
        document: the same.
    """

    def __init__(self, document: Document, analyzer: Analyzer) -> None:
        self.document = document
        # For each term, the starts and ends of its spans in turn.
        self._edges: dict[str, array[int]] = {}
        for token in analyzer.tokenize(document.text, stop_words=True):
            self._edges.setdefault(token.term, array("q")).extend(token.span)

    def find(self, terms: Iterable[str]) -> tuple[Span, ...]:
        """Return the spans of all occurrences of some terms, sorted and disjoint."""
        spans: list[Span] = []
        for term in terms:
            edges = self._edges.get(term, ())
            spans.extend(map(Span, edges[::2], edges[1::2]))
        return merge(spans)


def find_text(text: str, wanted: str) -> tuple[Span, ...]:
    """Return the first `MATCH_LIMIT` matches of a wanted text, sorted and disjoint.

    Case is ignored unless the wanted text has a capital; white space matches any white space.
    """
    words = wanted.split()
    if not words:
        return ()
    pattern = r"\s+".join(map(re.escape, words))
    flags = re.NOFLAG if any(map(str.isupper, wanted)) else re.IGNORECASE
    matches = re.finditer(pattern, text, flags)
    return tuple(Span(*match.span()) for match in islice(matches, MATCH_LIMIT))
