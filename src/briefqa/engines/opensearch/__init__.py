"""An OpenSearch cluster as the index, for collections that outgrow one machine."""

from __future__ import annotations

from briefqa.engines.opensearch.adapter import OpenSearchAdapter, clear, status
from briefqa.engines.opensearch.address import Address, parse_address
from briefqa.engines.opensearch.client import Client
from briefqa.engines.opensearch.cluster_corpus import ClusterCorpus
from briefqa.engines.opensearch.cluster_writer import build

__all__ = [
    "Address",
    "Client",
    "ClusterCorpus",
    "OpenSearchAdapter",
    "build",
    "clear",
    "parse_address",
    "status",
]
