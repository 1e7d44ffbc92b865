"""Looking after an index on a cluster: what it holds, and removing it."""

from __future__ import annotations

from briefqa.analysis.english import english_analyzer
from briefqa.engines.opensearch.client import Client
from briefqa.engines.opensearch.cluster_index import Summary, summarise
from briefqa.engines.opensearch.generations import asked, generations
from briefqa.records import Record

__all__ = ["ClusterStatus", "clear", "status"]


class ClusterStatus(Record):
    """What an index on a cluster holds.

    Attributes:
        name: of the index that is asked.
        size: its bytes, without those of replicas.
        is_whole: whether the last build came to its end.
        summary: how much it holds.
    """

    name: str
    size: int
    is_whole: bool
    summary: Summary


def status(client: Client) -> ClusterStatus:
    """Tell what an index holds.

    Raises:
        ClusterError: it cannot be asked.
    """
    generation = asked(client, english_analyzer())
    found = client.request("GET", f"/{generation.name}/_stats/store")
    size = found["_all"]["primaries"]["store"]["size_in_bytes"]
    whole = all(each.is_whole for each in generations(client))
    return ClusterStatus(generation.name, size, whole, summarise(client))


def clear(client: Client) -> int:
    """Remove all indexes behind the name; return how many.

    Raises:
        ClusterError: the cluster cannot be reached, or refuses.
    """
    found = [each for each in generations(client) if "briefqa" in each.meta]
    for generation in found:
        client.request("DELETE", f"/{generation.name}")
    return len(found)
