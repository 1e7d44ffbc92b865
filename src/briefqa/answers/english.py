"""Common English, names among it: what is no slip of the keyboard, and no rare surname.

The terms stand in `english.txt`, with where they are from.
"""

import os
from functools import cache

__all__ = ["is_english"]


def is_english(term: str) -> bool:
    """Tell whether a term is common English."""
    return f"\n{term}\n" in _lexicon()


@cache
def _lexicon() -> str:
    path = os.path.join(os.path.dirname(__file__), "english.txt")
    with open(path, encoding="utf-8") as file:
        return file.read()
