"""An OpenSearch cluster as the index, for collections that outgrow one machine."""

from __future__ import annotations

from briefqa.engines.opensearch.adapter import ClusterCorpus, OpenSearchAdapter, clear, status
from briefqa.engines.opensearch.client import Client
from briefqa.engines.opensearch.cluster_writer import build
from briefqa.engines.opensearch.connection import Address, parse_address

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
