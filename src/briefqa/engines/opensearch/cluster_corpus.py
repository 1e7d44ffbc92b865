"""What a cluster's index holds, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator

from briefqa.analysis.analyzer import Analyzer
from briefqa.analysis.english import english_analyzer
from briefqa.documents import Document
from briefqa.engines.opensearch.client import Client, unlike
from briefqa.engines.opensearch.cluster_index import ClusterIndex, records, summarise
from briefqa.engines.opensearch.document_assembly import assembled
from briefqa.engines.opensearch.generations import current_generation
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    PASSAGE,
    document_id,
    passage_of,
    path_of,
)
from briefqa.errors import DocumentError
from briefqa.records import Record

__all__ = ["ClusterCorpus"]


class ClusterCorpus(Record):
    """The documents of an index on a cluster; see `briefqa.engines.IndexedCorpus`.

    Attributes:
        client: speaks to the cluster.
        engine: the index of the passages.
        problems: none; whoever built the index was told of them.
    """

    client: Client
    engine: ClusterIndex
    problems: tuple[DocumentError, ...] = ()

    @classmethod
    def open(cls, client: Client, analyzer: Analyzer | None = None) -> ClusterCorpus:
        """Open the current generation of an index.

        Args:
            client: sends requests to the cluster.
            analyzer: what the index was built with; that of English by default.

        Raises:
            EngineError: it cannot be reached, or was made by another version.
        """
        try:
            analyzer = analyzer or english_analyzer()
            generation = current_generation(client, analyzer)
            return cls(client, ClusterIndex(client, analyzer, lends=generation.lends))
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise unlike(client.address) from error

    @property
    def first_paths(self) -> Iterator[str]:
        """The paths of the documents, page by page, in an order of no meaning."""
        return (path_of(record["stored"]) for record in records(self.client, DOCUMENT))

    def document(self, path: str) -> Document | None:
        """Put a document together from its passages; None where there is none of that path.

        What stands between passages is not kept: headings are put where they fit, and white space
        elsewhere, so that lines and spans are those of the document.

        Raises:
            EngineError: the cluster cannot be asked.
        """
        found = records(self.client, PASSAGE, document_id(path))
        passages = [passage_of(record["stored"]) for record in found]
        return assembled(passages) if passages else None

    def is_stale(self) -> bool:
        """Whether the index holds other documents than when it was opened."""
        return summarise(self.client) != self.engine.summary

    def reopened(self, *, cached: bool) -> ClusterCorpus:
        """Open the same index again.

        Args:
            cached: of no matter; nothing is kept here.
        """
        return ClusterCorpus.open(self.client, self.engine.analyzer)
