"""OpenSearch clusters as one of the engines."""

from __future__ import annotations

import os

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import Corpus, ReportProgress
from briefqa.engines.engine import Adapter, BuildOptions, BuildResult, IndexStatus
from briefqa.engines.opensearch.address import parse_address
from briefqa.engines.opensearch.client import Client
from briefqa.engines.opensearch.cluster_corpus import ClusterCorpus
from briefqa.engines.opensearch.cluster_index import summarise
from briefqa.engines.opensearch.cluster_writer import build
from briefqa.engines.opensearch.generations import current_generation, generations
from briefqa.errors import UsageError

__all__ = ["OpenSearchAdapter", "clear", "status"]


class OpenSearchAdapter(Adapter):
    """Opens, builds and looks after indexes on OpenSearch clusters."""

    def open(self, corpus: Corpus) -> ClusterCorpus:
        return ClusterCorpus.open(_client(corpus), corpus.analyzer)

    def build(
        self, corpus: Corpus, options: BuildOptions, progress: ReportProgress | None
    ) -> BuildResult:
        if not corpus.paths:
            raise UsageError("name the PATHs to build the index from")
        return build(_client(corpus), corpus, options, progress)

    def status(self, corpus: Corpus, *, quick: bool = False) -> IndexStatus:
        return status(_client(corpus), corpus.analyzer)

    def clear(self, corpus: Corpus) -> int:
        return clear(_client(corpus))


def _client(corpus: Corpus) -> Client:
    return Client(parse_address(corpus.location or "", os.environ))


def status(client: Client, analyzer: Analyzer) -> IndexStatus:
    """Return what an index contains; its size is without replicas.

    Args:
        client: sends requests to the cluster.
        analyzer: what the index must have been built with.

    Raises:
        EngineError: the index cannot be searched.
    """
    generation = current_generation(client, analyzer)
    summary = summarise(client)
    stored = client.request("GET", f"/{generation.name}/_stats/store")
    complete = all(each.is_complete for each in generations(client))
    return IndexStatus(
        name=f"{generation.name}, {summary.shards} shards",
        state="complete" if complete else "a build was interrupted; run it again",
        is_current=complete,
        documents=summary.documents,
        passages=summary.passages,
        size=stored["_all"]["primaries"]["store"]["size_in_bytes"],
    )


def clear(client: Client) -> int:
    """Remove all generations of an index; return how many there were.

    Raises:
        EngineError: the cluster cannot be reached, or refuses.
    """
    found = [each for each in generations(client) if "briefqa" in each.meta]
    for generation in found:
        client.request("DELETE", f"/{generation.name}")
    return len(found)
