"""Where the words of a document stand, all of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from briefqa.analysis.analyzer import Analyzer
from briefqa.documents import Document
from briefqa.spans import Span, merge

__all__ = ["Concordance"]


class Concordance:
    """The places of each term of a document.

    Args:
        document: the document.
        analyzer: makes its terms.

    Attributes:
        document: the same.
    """

    def __init__(self, document: Document, analyzer: Analyzer) -> None:
        self.document = document
        self._places: dict[str, array[int]] = {}
        for term, span in analyzer.tokenize(document.text, stop_words=True):
            self._places.setdefault(term, array("q")).extend(span)

    def find(self, terms: Iterable[str]) -> tuple[Span, ...]:
        """Return where any of the terms stands, sorted and disjoint."""
        found: list[Span] = []
        for term in terms:
            edges = self._places.get(term, ())
            found.extend(map(Span, edges[::2], edges[1::2]))
        return merge(found)
