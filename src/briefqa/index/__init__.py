"""The index: terms in, the passages that share them out, best first.

The only part that knows rank-bm25 and numpy.
"""

from __future__ import annotations

from briefqa.index.container import DamagedIndexError
from briefqa.index.opener import LocalCorpus, in_memory, open_corpus
from briefqa.index.query import Query
from briefqa.index.reader import Contribution, Hit, Index

__all__ = [
    "Contribution",
    "DamagedIndexError",
    "Hit",
    "Index",
    "LocalCorpus",
    "Query",
    "in_memory",
    "open_corpus",
]
