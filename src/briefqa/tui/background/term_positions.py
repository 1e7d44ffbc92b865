"""The positions of all terms of a document."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from briefqa.analysis.analyzer import Analyzer
from briefqa.documents import Document
from briefqa.spans import Span, merge

__all__ = ["TermPositions"]


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
        for term, span in analyzer.tokenize(document.text, stop_words=True):
            self._edges.setdefault(term, array("q")).extend(span)

    def find(self, terms: Iterable[str]) -> tuple[Span, ...]:
        """Return the spans of all occurrences of some terms, sorted and disjoint."""
        spans: list[Span] = []
        for term in terms:
            edges = self._edges.get(term, ())
            spans.extend(map(Span, edges[::2], edges[1::2]))
        return merge(spans)
