"""What headings and titles lend to the passages beneath them.

A term that stands in headings or titles alone is lent, so that what only a heading names is found.
From `MANY_DOCUMENTS` documents on all their terms are: there they tell what a passage is about, as
a field of its own would (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple
weighted fields", 2004), while within one document they only repeat its subject.
"""

from __future__ import annotations

from briefqa.analysis.analyzer import terms

__all__ = ["MANY_DOCUMENTS", "heading_terms"]

MANY_DOCUMENTS = 20
"""Documents from which on titles and headings tell passages apart."""
LIMIT = 500
"""Characters of a title or heading that are lent at the most: each passage beneath gets them."""


def heading_terms(title: str, heading: str | None) -> list[str]:
    """Return the terms of what stands above a passage."""
    return terms(f"{title[:LIMIT]} {(heading or '')[:LIMIT]}")
