"""Searching a document for a text."""

from __future__ import annotations

import re
from itertools import islice

from briefqa.spans import Span

__all__ = ["MATCH_LIMIT", "find_text"]

MATCH_LIMIT = 10_000


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
