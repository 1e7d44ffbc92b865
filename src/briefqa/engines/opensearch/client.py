"""Speaking to a cluster: requests go out, answers come back, and what fails is said in one line.

The only module that knows opensearch-py.
"""

from __future__ import annotations

import json
import logging
import os
import random
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from http import HTTPStatus
from itertools import chain, repeat
from typing import Any

from briefqa.engines.opensearch.address import Address, Host
from briefqa.engines.opensearch.credentials import find_login, tls_context
from briefqa.errors import EngineError, UsageError

__all__ = [
    "BUSY",
    "Client",
    "Pauses",
    "RequestError",
    "encode",
    "encode_lines",
    "is_partial",
    "refusal",
    "unlike",
]

TIMEOUT = 30
"""Seconds that a request may take."""
CONNECTIONS = 8
"""Connections to each node at the most."""
TAKING_OVER = 6
"""Tries of a search that misses parts of the index."""
BUSY = frozenset({429, 502, 503, 504})
"""Statuses that a later try may not meet again."""

Answer = Any
"""Parsed JSON; what a cluster answers has no type until it is looked at."""


class Pauses:
    """Ever longer pauses between tries, each of random length so that clients do not keep step.

    Args:
        tries: pauses at the most.
        sleep: waits for so many seconds.
    """

    FIRST = 0.1
    LONGEST = 15.0

    def __init__(self, tries: int, sleep: Callable[[float], object] = time.sleep) -> None:
        self._left = tries
        self._sleep = sleep
        self._next = self.FIRST

    def pause(self) -> bool:
        """Wait; tell whether another try is worth it."""
        if self._left <= 0:
            return False
        self._left -= 1
        self._sleep(random.uniform(self._next / 2, self._next))
        self._next = min(2 * self._next, self.LONGEST)
        return True


class Client:
    """Sends requests about one index to the nodes of a cluster.

    Args:
        address: of the index.
        environment: the environment variables, which hold the credentials.

    Raises:
        UsageError: opensearch-py is missing, or the credentials make no sense.
    """

    def __init__(self, address: Address, environment: Mapping[str, str] = os.environ) -> None:
        try:
            import opensearchpy
        except ImportError as error:
            raise UsageError('a cluster needs: pip install "briefqa[opensearch]"') from error
        self.address = address
        self._errors = opensearchpy.exceptions
        # The library warns and logs on standard error, which is ours; the errors say it all.
        warnings.simplefilter("ignore", opensearchpy.OpenSearchWarning)
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        # A login may differ from host to host, so each connection has its own.
        self._transport = opensearchpy.Transport(
            [_connection(host, address.secure, environment) for host in address.hosts],
            connection_class=opensearchpy.Urllib3HttpConnection,
            max_retries=max(2, len(address.hosts)),
            retry_on_status=(502, 503, 504),
            retry_on_timeout=False,
            timeout=TIMEOUT,
            pool_maxsize=CONNECTIONS,
            ssl_context=tls_context(environment) if address.secure else None,
        )

    def request(
        self, method: str, path: str, body: Mapping[str, Any] | bytes | None = None, **params: Any
    ) -> Answer:
        """Send a request, again to other nodes where one is down.

        Args:
            method: of HTTP.
            path: below the address of the cluster.
            body: an object, or lines of them.
            params: of the query.

        Returns:
            What the cluster answered, parsed.

        Raises:
            EngineError: it cannot be reached, or refuses.
        """
        data = body if isinstance(body, bytes) or body is None else encode(body)
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        try:
            return self._transport.perform_request(
                method, path, params=params, body=data, headers={"content-type": kind}
            )
        except self._errors.OpenSearchException as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> RequestError:
        """Say in one line what went wrong, and what to do."""
        errors, where = self._errors, str(self.address)
        status = getattr(error, "status_code", None)
        if isinstance(error, errors.SSLError):
            return RequestError(
                f"{where}: its certificate is not trusted; name the authority's file in"
                " BRIEFQA_INDEX_CA",
            )
        if isinstance(error, errors.ConnectionTimeout):
            return RequestError(f"{where}: no answer within {TIMEOUT} seconds; try again", 504)
        if isinstance(error, errors.ConnectionError):
            return RequestError(f"{where}: not to be reached; is it running, and is this it?", 503)
        if isinstance(status, int):
            return refusal(where, status, getattr(error, "error", ""))
        return unlike(self.address)

    def search(
        self, *searches: Mapping[str, Any], search_type: str = "", patient: bool = True
    ) -> list[Answer]:
        """Search the index in several ways, in one request.

        Where parts of the index are missing it is asked again for some seconds, for other nodes may
        be about to take over; what is missing then is told by `is_partial`.

        Args:
            searches: what is looked for.
            search_type: how the first of them is done.
            patient: whether it is asked again.

        Returns:
            What each of them found.

        Raises:
            EngineError: the cluster cannot be reached, or any of the searches fails.
        """
        headers = chain([{"search_type": search_type} if search_type else {}], repeat({}))
        lines = encode_lines(chain.from_iterable(zip(headers, searches, strict=False)))
        pauses, taking_over = Pauses(tries=6), Pauses(TAKING_OVER if patient else 0)
        while True:
            path = f"/{self.address.name}/_msearch"
            found: list[Answer] = self.request("POST", path, lines)["responses"]
            failed = next((each for each in found if "error" in each), None)
            if failed is None:
                if not any(map(is_partial, found)) or not taking_over.pause():
                    return found
            elif failed["status"] not in BUSY or not pauses.pause():
                raise refusal(str(self.address), failed["status"], failed["error"])

    def of(self, name: str) -> Client:
        """Return a client of another index of the same cluster, on the same connections."""
        other = copy(self)
        other.address = self.address._replace(name=name)
        return other

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


def is_partial(found: Mapping[str, Any]) -> bool:
    """Whether a search missed parts of the index."""
    # A part that no node has is not among those that failed.
    shards = found["_shards"]
    return bool(found["timed_out"] or shards["successful"] < shards["total"])


class RequestError(EngineError):
    """A request failed.

    Attributes:
        status: of HTTP; what would be the nearest where there was no answer.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


def unlike(where: Address) -> RequestError:
    """Say that what answers is no OpenSearch cluster."""
    return RequestError(f"{where}: does not answer like an OpenSearch cluster")


def encode(record: Mapping[str, Any]) -> bytes:
    """Write an object as JSON, in ASCII."""
    return json.dumps(record, separators=(",", ":")).encode("ascii")


def encode_lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Write objects as JSON, one a line."""
    return b"".join(encode(record) + b"\n" for record in records)


def _connection(host: Host, secure: bool, environment: Mapping[str, str]) -> dict[str, Any]:
    login = find_login(host, environment)
    plain = {"host": host.name.strip("[]"), "port": host.port, "use_ssl": secure}
    return plain | ({"http_auth": tuple(login)} if login else {})


def refusal(where: str, status: int, error: object) -> RequestError:
    """Say why a cluster refused.

    Args:
        where: its address.
        status: of HTTP.
        error: the kind of error, or its description, as the cluster gave it.
    """
    name = where.rpartition("/")[2]
    kind = error.get("type", "") if isinstance(error, dict) else str(error)
    told = {
        401: "the user or the password is not accepted; see BRIEFQA_INDEX_USER and"
        " BRIEFQA_INDEX_PASSWORD",
        403: f"the user may not do that; asking needs a role with read and mappings/get on {name}*",
        404: f"there is no index {name}; make it: briefqa index build --index {where} PATH ...",
        429: "the cluster is overloaded; try again later",
        503: "parts of the index are down; see that the nodes of the cluster run",
    }
    if status in told:
        return RequestError(f"{where}: {told[status]}", status)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    return RequestError(f"{where}: {status} {phrase}{': ' * bool(kind)}{kind[:200]}", status)
