"""Common English: what is no slip of the keyboard and no rare surname, and what means the same.

The terms stand in `english.txt`, one a line with its synonyms, and with where they are from.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from mmap import ACCESS_READ, mmap

__all__ = ["is_english", "synonyms"]

CACHED_TERMS = 16384


def is_english(term: str) -> bool:
    """Tell whether a term is common English, names among it."""
    return _entry(term) is not None


@lru_cache(CACHED_TERMS)
def synonyms(term: str) -> frozenset[str]:
    """Return the terms that share a term's most frequent meaning or are derived from it."""
    return frozenset((_entry(term) or b"").decode().split())


def _entry(term: str) -> bytes | None:
    """Find what stands after a term; its lines are sorted, the comments above before all others."""
    lexicon, wanted = _lexicon(), term.encode("utf-8", "replace")
    low, high = 0, len(lexicon)
    while low < high:
        start = max(low, lexicon.rfind(b"\n", low, (low + high) // 2) + 1)
        end = lexicon.find(b"\n", start)
        found, _, entry = lexicon[start:end].partition(b":")
        if found == wanted:
            return entry
        low, high = (end + 1, high) if found < wanted else (low, start)
    return None


@cache
def _lexicon() -> mmap:
    """Map the file: a question touches little of it."""
    with open(os.path.join(os.path.dirname(__file__), "english.txt"), "rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
