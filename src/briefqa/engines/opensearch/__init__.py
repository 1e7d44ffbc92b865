"""An OpenSearch cluster as the index, for collections that outgrow one machine."""

from __future__ import annotations

from briefqa.engines.opensearch.address import Address, parse_address
from briefqa.engines.opensearch.client import Client
from briefqa.engines.opensearch.cluster_admin import ClusterStatus, clear, status
from briefqa.engines.opensearch.cluster_corpus import ClusterCollection
from briefqa.engines.opensearch.cluster_writer import Built, build
from briefqa.engines.opensearch.generations import Shape

__all__ = [
    "Address",
    "Built",
    "Client",
    "ClusterCollection",
    "ClusterStatus",
    "Shape",
    "build",
    "clear",
    "parse_address",
    "status",
]
