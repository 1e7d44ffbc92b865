"""Engines: what ranks passages, on this machine or elsewhere.

Only `adapters` knows which engines there are; an engine's modules are loaded when an address names
it.
"""

from __future__ import annotations

from briefqa.engines.engine import (
    Adapter,
    BuildOptions,
    BuildResult,
    Engine,
    IndexedCorpus,
    IndexStatus,
    StoredIndex,
)

__all__ = [
    "Adapter",
    "BuildOptions",
    "BuildResult",
    "Engine",
    "IndexStatus",
    "IndexedCorpus",
    "StoredIndex",
]
