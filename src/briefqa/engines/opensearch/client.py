"""Requests to a cluster, and errors of one line that say what to do.

The only module that imports opensearch-py.
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

from briefqa.engines.opensearch.connection import Address, Host, find_login, tls_context
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
"""Seconds until a request fails."""
CONNECTIONS = 8
"""The number of connections to each node."""
RETRIES = 6
"""The number of retries of a search that fails, or that misses shards."""
BUSY = frozenset({429, 502, 503, 504})
"""The HTTP statuses after which a retry may succeed."""

Json = Any
"""Parsed JSON, which has no static type."""


class Pauses:
    """Growing pauses between retries, of random length so that clients do not retry in step.

    Args:
        tries: the number of pauses.
        sleep: waits for a number of seconds.
    """

    FIRST = 0.1
    LONGEST = 15.0

    def __init__(self, tries: int, sleep: Callable[[float], object] = time.sleep) -> None:
        self._left = tries
        self._sleep = sleep
        self._next = self.FIRST

    def pause(self) -> bool:
        """Wait, and return True; return False without waiting if there are no retries left."""
        if self._left <= 0:
            return False
        self._left -= 1
        self._sleep(random.uniform(self._next / 2, self._next))
        self._next = min(2 * self._next, self.LONGEST)
        return True


class Client:
    """Sends requests about one index to the nodes of a cluster.

    Args:
        address: the address of the index.
        environment: the environment variables, which have the credentials.

    Raises:
        UsageError: opensearch-py is not installed, or the credentials are invalid.
    """

    def __init__(self, address: Address, environment: Mapping[str, str] = os.environ) -> None:
        try:
            import opensearchpy
        except ImportError as error:
            message = 'opensearch-py is not installed: pip install "briefqa[opensearch]"'
            raise UsageError(message) from error
        self.address = address
        self._errors = opensearchpy.exceptions
        # The library warns and logs on standard error; its exceptions say the same.
        warnings.simplefilter("ignore", opensearchpy.OpenSearchWarning)
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        # Each host may need other credentials.
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
    ) -> Json:
        """Send a request; if a node is down, send it to another.

        Args:
            method: the HTTP method.
            path: the path below the address of the cluster.
            body: a JSON object, or lines of JSON.
            params: the parameters of the query string.

        Returns:
            The response, parsed.

        Raises:
            EngineError: the cluster cannot be reached, or refuses.
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
        """Return an error of one line that says what to do."""
        errors, where = self._errors, str(self.address)
        status = getattr(error, "status_code", None)
        if isinstance(error, errors.SSLError):
            return RequestError(
                f"{where}: its certificate is not trusted; set BRIEFQA_INDEX_CA to the file of its"
                " authority",
            )
        if isinstance(error, errors.ConnectionTimeout):
            return RequestError(f"{where}: no response within {TIMEOUT} seconds; try again", 504)
        if isinstance(error, errors.ConnectionError):
            hint = "check that it is running and that the address is right"
            return RequestError(f"{where}: cannot be reached; {hint}", 503)
        if isinstance(status, int):
            return refusal(where, status, getattr(error, "error", ""))
        return unlike(self.address)

    def search(
        self, *searches: Mapping[str, Any], search_type: str = "", patient: bool = True
    ) -> list[Json]:
        """Run several searches in one request.

        If shards are missing the request is repeated for some seconds, since other nodes may be
        about to take over. `is_partial` says whether shards are still missing after that.

        Args:
            searches: the searches.
            search_type: the search type of the first of them.
            patient: whether to repeat the request if shards are missing.

        Returns:
            The response to each search.

        Raises:
            EngineError: the cluster cannot be reached, or one of the searches fails.
        """
        headers = chain([{"search_type": search_type} if search_type else {}], repeat({}))
        lines = encode_lines(chain.from_iterable(zip(headers, searches, strict=False)))
        after_failure, after_partial = Pauses(RETRIES), Pauses(RETRIES if patient else 0)
        while True:
            path = f"/{self.address.name}/_msearch"
            found: list[Json] = self.request("POST", path, lines)["responses"]
            failed = next((each for each in found if "error" in each), None)
            if failed is None:
                if not any(map(is_partial, found)) or not after_partial.pause():
                    return found
            elif failed["status"] not in BUSY or not after_failure.pause():
                raise refusal(str(self.address), failed["status"], failed["error"])

    def of(self, name: str) -> Client:
        """Return a client of another index of the same cluster, with the same connections."""
        other = copy(self)
        other.address = self.address._replace(name=name)
        return other

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


def is_partial(found: Mapping[str, Any]) -> bool:
    """Return whether a search missed shards."""
    # A shard that no node has is not counted as failed.
    shards = found["_shards"]
    return bool(found["timed_out"] or shards["successful"] < shards["total"])


class RequestError(EngineError):
    """A request failed.

    Attributes:
        status: the HTTP status; without a response the one that fits best, 0 if none does.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


def unlike(where: Address) -> RequestError:
    """Return the error for a server that is not an OpenSearch cluster."""
    return RequestError(f"{where}: does not answer like an OpenSearch cluster")


def encode(record: Mapping[str, Any]) -> bytes:
    """Return an object as JSON, in ASCII."""
    return json.dumps(record, separators=(",", ":")).encode("ascii")


def encode_lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return objects as lines of JSON."""
    return b"".join(encode(record) + b"\n" for record in records)


def _connection(host: Host, secure: bool, environment: Mapping[str, str]) -> dict[str, Any]:
    login = find_login(host, environment)
    plain = {"host": host.name.strip("[]"), "port": host.port, "use_ssl": secure}
    return plain | ({"http_auth": (login.user, login.password)} if login else {})


def refusal(where: str, status: int, error: object) -> RequestError:
    """Return the error for a request that a cluster refused.

    Args:
        where: the address.
        status: the HTTP status.
        error: the type of the error, or its description, from the response.
    """
    name = where.rpartition("/")[2]
    kind = error.get("type", "") if isinstance(error, dict) else str(error)
    messages = {
        401: "the user or the password is not accepted; check BRIEFQA_INDEX_USER and"
        " BRIEFQA_INDEX_PASSWORD",
        403: f"permission denied; searching needs a role with read and mappings/get on {name}*",
        404: f"there is no index {name}; build it: briefqa index build --index {where} PATH ...",
        429: "the cluster is overloaded; try again later",
        503: "parts of the index are down; check that all nodes of the cluster are running",
    }
    if status in messages:
        return RequestError(f"{where}: {messages[status]}", status)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    return RequestError(f"{where}: {status} {phrase}{': ' * bool(kind)}{kind[:200]}", status)
