"""The table of engines: the adapter that opens an index, by the scheme of its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefqa.corpus import Corpus
from briefqa.engines.engine import Adapter
from briefqa.errors import UsageError

__all__ = ["ADAPTERS", "adapter_of"]


def _local() -> Adapter:
    from briefqa.engines.local_adapter import LocalAdapter

    return LocalAdapter()


def _opensearch() -> Adapter:
    from briefqa.engines.opensearch.adapter import OpenSearchAdapter

    return OpenSearchAdapter()


ADAPTERS: Mapping[str | None, Callable[[], Adapter]] = {
    None: _local,
    "http": _opensearch,
    "https": _opensearch,
}
"""What loads the adapter of each scheme; None is an index on this machine."""


def adapter_of(corpus: Corpus) -> Adapter:
    """Return the adapter of the engine that keeps the index of a corpus.

    Raises:
        UsageError: no engine has addresses of this scheme.
    """
    load = ADAPTERS.get(corpus.scheme)
    if load is None:
        known = " or ".join(f"{scheme}://" for scheme in ADAPTERS if scheme)
        raise UsageError(f"no engine for {corpus.location}; an address begins with {known}")
    return load()
