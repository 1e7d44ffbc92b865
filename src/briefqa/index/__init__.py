"""The index: ranked search over passages, and its cache.

The only package that imports rank-bm25 and numpy.
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
