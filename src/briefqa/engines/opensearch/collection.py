"""What a cluster's index holds, ready to be asked."""

from briefqa.engines.opensearch.client import Client, unlike
from briefqa.engines.opensearch.generations import asked
from briefqa.engines.opensearch.searching import ClusterIndex, summarise
from briefqa.errors import DocumentError
from briefqa.records import Record

__all__ = ["ClusterCollection"]


class ClusterCollection(Record):
    """The documents of an index on a cluster; see `briefqa.engines.Collection`.

    Attributes:
        client: speaks to the cluster.
        passages: theirs, indexed.
        problems: none; whoever built the index was told of them.
    """

    client: Client
    passages: ClusterIndex
    problems: tuple[DocumentError, ...] = ()

    @classmethod
    def open(cls, client: Client) -> "ClusterCollection":
        """Make sure that an index can be asked.

        Raises:
            ClusterError: it cannot be reached, or was made by another version.
        """
        try:
            generation = asked(client)
            return cls(client, ClusterIndex(client, lends=generation.lends))
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise unlike(client.address) from error

    def is_stale(self) -> bool:
        """Whether the index holds other documents than when it was opened."""
        return summarise(self.client) != self.passages.summary

    def opened_again(self, *, cached: bool) -> "ClusterCollection":
        """Open the same index again.

        Args:
            cached: of no matter; nothing is kept here.
        """
        return ClusterCollection.open(self.client)
