"""Why a cluster refused a request, and whether a retry may succeed."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from briefqa.engines.opensearch.connection import Address
from briefqa.errors import EngineError

__all__ = ["RequestError", "is_passing", "refusal", "unlike"]

BUSY = frozenset({429, 502, 503, 504})
"""The HTTP statuses after which a retry may succeed."""
PASSING = frozenset(
    "connect_transport_exception index_shard_closed_exception illegal_index_shard_state_exception"
    " master_not_discovered_exception no_shard_available_action_exception node_closed_exception"
    " node_disconnected_exception node_not_connected_exception receive_timeout_transport_exception"
    " shard_not_found_exception shard_not_in_primary_mode_exception unavailable_shards_exception"
    " already_closed_exception".split()
)
"""The causes of errors that pass once other nodes have taken over."""
WRAPPERS = frozenset({"search_phase_execution_exception", "remote_transport_exception"})
"""Errors that have others as their causes."""
CAUSES = ("root_cause", "caused_by", "failed_shards", "reason")
"""The fields of an error that have others."""
MOST_CAUSES = 1000
"""The number of causes of an error that are looked at."""


class RequestError(EngineError):
    """A request failed.

    Attributes:
        status: the HTTP status; without a response the one that fits best, 0 if none does.
        passing: whether a retry may succeed.
    """

    def __init__(self, message: str, status: int = 0, *, passing: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.passing = passing


def unlike(where: Address) -> RequestError:
    """Return the error for a server that is not an OpenSearch cluster."""
    return RequestError(f"{where}: does not answer like an OpenSearch cluster")


def refusal(where: str, status: int, error: object) -> RequestError:
    """Return the error for a request that a cluster refused.

    Args:
        where: the address.
        status: the HTTP status.
        error: the type of the error, or its description, from the response.
    """
    name = where.rpartition("/")[2]
    kind = str(error.get("type", "") if isinstance(error, dict) else error)
    passing = is_passing(status, error)
    messages = {
        401: "the user or the password is not accepted; check BRIEFQA_INDEX_USER and"
        " BRIEFQA_INDEX_PASSWORD",
        403: f"permission denied; searching needs a role with read and mappings/get on {name}*",
        404: f"there is no index {name}; build it: briefqa index build --index {where} PATH ...",
        429: "the cluster is overloaded; try again later",
        503: "parts of the index are down; check that all nodes of the cluster are running",
    }
    message = messages.get(503 if passing and status not in BUSY else status)
    if message:
        return RequestError(f"{where}: {message}", status, passing=passing)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    return RequestError(
        f"{where}: {status} {phrase}{': ' * bool(kind)}{kind[:200]}", status, passing=passing
    )


def is_passing(status: int, error: object) -> bool:
    """Return whether a request that a cluster refused may succeed if it is sent again.

    Args:
        status: the HTTP status.
        error: the error, from the response.
    """
    kinds = set(_kinds(error))
    if status in BUSY or not kinds.isdisjoint(PASSING):
        return True
    # Without another cause, no node had the shards.
    return bool(kinds) and kinds <= WRAPPERS


def _kinds(error: object) -> Iterator[str]:
    """Yield the types of an error and its causes."""
    pending = [error]
    for _ in range(MOST_CAUSES):
        if not pending:
            return
        each = pending.pop()
        if isinstance(each, list):
            pending += each
        elif isinstance(each, dict):
            if isinstance(each.get("type"), str):
                yield each["type"]
            pending += [
                each.get(name) for name in ("root_cause", "caused_by", "failed_shards", "reason")
            ]
