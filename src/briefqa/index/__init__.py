"""The index: terms in, the passages that share them out, best first.

The only part that knows rank-bm25 and numpy.
"""

from __future__ import annotations

from briefqa.index.container import DamagedIndexError
from briefqa.index.opener import IndexedLibrary, in_memory, open_library
from briefqa.index.reader import Contribution, Hit, Index

__all__ = [
    "Contribution",
    "DamagedIndexError",
    "Hit",
    "Index",
    "IndexedLibrary",
    "in_memory",
    "open_library",
]
