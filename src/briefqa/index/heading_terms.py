"""The terms that passages inherit from the title and the heading above them.

A term that occurs in headings or titles only is inherited, so that passages are found by what only
their heading names. In a collection of `MANY_DOCUMENTS` or more, all terms of headings and titles
are: there they tell what a passage is about, as a field of its own would (Robertson, Zaragoza and
Taylor, "Simple BM25 extension to multiple weighted fields", 2004), while within one document they
only repeat its subject.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["MANY_DOCUMENTS", "heading_terms"]

MANY_DOCUMENTS = 20
"""Documents with passages from which on titles and headings distinguish passages."""
LIMIT = 500
"""Characters of a title or heading that are used: every passage below inherits their terms."""


def heading_terms(title: str, heading: str | None, analyzer: Analyzer) -> list[str]:
    """Return the terms that a passage inherits, in order and with repetitions.

    Args:
        title: of its document.
        heading: above the passage; None for none.
        analyzer: of the passage.
    """
    return analyzer.terms(f"{title[:LIMIT]} {(heading or '')[:LIMIT]}")
