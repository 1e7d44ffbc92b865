"""The index: terms in, the passages that share them out, best first.

The only part that knows rank-bm25 and numpy.
"""

from __future__ import annotations

from briefqa.index.file_format import DamagedIndexError
from briefqa.index.index import Contribution, Hit, Index
from briefqa.index.library import IndexedLibrary, in_memory, open_library

__all__ = [
    "Contribution",
    "DamagedIndexError",
    "Hit",
    "Index",
    "IndexedLibrary",
    "in_memory",
    "open_library",
]
