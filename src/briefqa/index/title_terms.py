"""The terms that passages inherit from the titles of their documents.

A term that occurs in titles only is inherited, so that passages are found by what only their title
names. In a collection of `MANY_DOCUMENTS` or more, all terms of titles are: there they tell what a
passage is about, as a field of its own would (Robertson, Zaragoza and Taylor, "Simple BM25
extension to multiple weighted fields", 2004), while within one document they only repeat its
subject. Headings are part of what is indexed of a passage; see `Passage.indexed`.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["MANY_DOCUMENTS", "title_terms"]

MANY_DOCUMENTS = 20
"""Documents with passages from which on titles distinguish passages."""
LIMIT = 500
"""Characters of a title that are used: every passage of the document inherits their terms."""


def title_terms(title: str, analyzer: Analyzer) -> list[str]:
    """Return the terms that the passages of a document inherit, in order and with repetitions.

    Args:
        title: of the document.
        analyzer: of the passages.
    """
    return analyzer.terms(title[:LIMIT])
