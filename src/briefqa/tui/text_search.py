"""Finding in a document: plain text, as it is written."""

from __future__ import annotations

import re
from itertools import islice

from briefqa.spans import Span

__all__ = ["MOST", "find"]

MOST = 10_000
"""Places at the most."""


def find(text: str, wanted: str) -> tuple[Span, ...]:
    """Return where a text holds what is wanted, sorted and disjoint.

    Case matters only where a capital is wanted; any white space in the text stands for a space.
    """
    words = wanted.split()
    if not words:
        return ()
    pattern = r"\s+".join(map(re.escape, words))
    flags = re.IGNORECASE if wanted.islower() or not any(map(str.isupper, wanted)) else 0
    matches = re.finditer(pattern, text, flags)
    return tuple(Span(*match.span()) for match in islice(matches, MOST))
