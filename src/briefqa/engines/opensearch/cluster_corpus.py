"""A corpus whose index is on a cluster."""

from __future__ import annotations

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import Skipped
from briefqa.documents import Document
from briefqa.engines.opensearch.client import Client, unlike
from briefqa.engines.opensearch.cluster_index import ClusterIndex, records, summarise
from briefqa.engines.opensearch.document_assembly import assemble
from briefqa.engines.opensearch.generations import current_generation
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    PASSAGE,
    document_id,
    passage_of,
)
from briefqa.errors import DocumentError, SkippedFileError
from briefqa.records import Record

__all__ = ["ClusterCorpus"]


class ClusterCorpus(Record):
    """An open corpus on a cluster; see `briefqa.engines.IndexedCorpus`.

    Attributes:
        client: sends requests to the cluster.
        engine: the index of the passages.
        problems: none; they were reported when the index was built.
        skipped: how many files were not read when the index was built, by reason.
    """

    client: Client
    engine: ClusterIndex
    problems: tuple[DocumentError, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @classmethod
    def open(cls, client: Client, analyzer: Analyzer) -> ClusterCorpus:
        """Open the current generation of an index.

        Args:
            client: sends requests to the cluster.
            analyzer: what the index must have been built with.

        Raises:
            EngineError: the cluster cannot be reached, refuses, or has no index that this version
                of briefqa can search.
        """
        try:
            generation = current_generation(client, analyzer)
            index = ClusterIndex(client, analyzer, inherit_all=generation.inherit_all)
            return cls(client, index, skipped=generation.skipped)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise unlike(client.address) from error

    def skipped_files(self) -> tuple[SkippedFileError, ...]:
        """Return no files: the index has only their number."""
        return ()

    def contains(self, path: str) -> bool:
        """Return whether a path is that of a document of the corpus."""
        return any(records(self.client, DOCUMENT, document_id(path)))

    def document(self, path: str) -> Document:
        """Assemble a document from its passages.

        The index does not have the text between passages, such as headings. White space stands for
        it, so that lines and spans are those of the document.

        Raises:
            DocumentError: it is not in the index, or has no passages.
            EngineError: the cluster cannot be reached, or refuses.
        """
        found = records(self.client, PASSAGE, document_id(path))
        passages = [passage_of(record["stored"]) for record in found]
        if not passages:
            raise DocumentError(path, "not one of the documents")
        return assemble(passages)

    def is_stale(self) -> bool:
        """Return whether the index contains other documents than when it was opened."""
        return summarise(self.client) != self.engine.summary

    def reopened(self, *, cached: bool, anew: bool = False) -> ClusterCorpus:
        """Open the current generation of the same index.

        Args:
            cached: not used, since nothing is cached.
            anew: not used either.
        """
        return ClusterCorpus.open(self.client, self.engine.analyzer)
