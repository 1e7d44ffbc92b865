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
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from copy import copy
from itertools import chain, repeat
from threading import Thread
from typing import Any

from briefqa.engines.opensearch.connection import (
    Address,
    Host,
    RequestError,
    find_login,
    refusal,
    tls_context,
    unlike,
)
from briefqa.errors import BriefqaError, UsageError
from briefqa.records import Record

__all__ = [
    "Client",
    "Pauses",
    "answers_of",
    "encode",
    "encode_lines",
    "is_partial",
]

TIMEOUT = 30.0
"""Seconds until a request fails, with all its retries."""
LARGEST = 256 * 1024 * 1024
"""Bytes of the largest response that is read."""
READ_SIZE = 256 * 1024
CONNECTIONS = 8
"""The number of connections to each node."""
RETRIES = 6
"""The number of retries of a search that fails, or that misses shards."""
UNUSABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading a response raises if it is not that of a cluster."""

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


class _Response(Record):
    """A response that is read, with what opensearch-py uses of it."""

    status: int
    headers: Any
    data: bytes


class _TooLargeError(Exception):
    """A response is larger than `LARGEST`."""


def _open_whole(open_url: Callable[..., Any]) -> Callable[..., _Response]:
    """Return a function that opens a URL and reads the response, which may have no end."""

    def open_and_read(*arguments: Any, **named: Any) -> _Response:
        response = open_url(*arguments, preload_content=False, **named)
        data = bytearray()
        for part in response.stream(READ_SIZE):
            data += part
            if len(data) > LARGEST:
                response.close()
                raise _TooLargeError
        response.release_conn()
        return _Response(response.status, response.headers, bytes(data))

    return open_and_read


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

        class Connection(opensearchpy.Urllib3HttpConnection):
            def _create_urllib3_pool(self) -> None:
                super()._create_urllib3_pool()
                self.pool.urlopen = _open_whole(self.pool.urlopen)

        # Each host may need other credentials.
        self._transport = opensearchpy.Transport(
            [_connection(host, address.secure, environment) for host in address.hosts],
            connection_class=Connection,
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

        A request that only reads is repeated for some seconds if its failure may pass.

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
        deadline = time.monotonic() + TIMEOUT
        pauses = Pauses(RETRIES if method == "GET" else 0)
        while True:
            try:
                return self._send(method, path, body, params, deadline - time.monotonic())
            except RequestError as error:
                if not error.passing or time.monotonic() > deadline or not pauses.pause():
                    raise

    def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None,
        params: Mapping[str, Any],
        seconds: float,
    ) -> Json:
        """Send a request in a thread: a server may send a response slowly, and for ever."""
        data = body if isinstance(body, bytes) or body is None else encode(body)
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        received: Future[Json] = Future()

        def perform() -> None:
            try:
                response = self._transport.perform_request(
                    method, path, params=params, body=data, headers={"content-type": kind}
                )
            except BaseException as error:
                received.set_exception(error)
            else:
                received.set_result(response)

        Thread(target=perform, daemon=True).start()
        try:
            with answers_of(self):
                response = received.result(max(0.0, seconds))
        except TimeoutError as error:
            raise self._late() from error
        except self._errors.OpenSearchException as error:
            raise self._failure(error) from error
        if not isinstance(response, dict):
            raise unlike(self.address)
        return response

    def _late(self) -> RequestError:
        return RequestError(
            f"{self.address}: no answer within {TIMEOUT:.0f} seconds; try again", 504
        )

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
            return self._late()
        if isinstance(error, errors.ConnectionError):
            if isinstance(error.info, _TooLargeError):
                return unlike(self.address)
            hint = "check that it is running and that the address is right"
            # A connection that was never made fails at once: the address may be wrong.
            lost = type(error.info).__name__ == "ProtocolError"
            return RequestError(f"{where}: cannot be reached; {hint}", 503, passing=lost)
        if isinstance(status, int):
            return refusal(where, status, _described(error))
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
        deadline = time.monotonic() + TIMEOUT
        while True:
            try:
                found = self._search_once(lines, len(searches), deadline)
            except RequestError as error:
                if not error.passing or time.monotonic() > deadline or not after_failure.pause():
                    raise
                continue
            late = time.monotonic() > deadline
            if late or not any(map(is_partial, found)) or not after_partial.pause():
                return found

    def _search_once(self, lines: bytes, count: int, deadline: float) -> list[Json]:
        path, seconds = f"/{self.address.name}/_msearch", deadline - time.monotonic()
        with answers_of(self):
            found: list[Json] = self._send("POST", path, lines, {}, seconds)["responses"]
            for each in found:
                if "error" in each:
                    raise refusal(str(self.address), each["status"], each["error"])
                is_partial(each)
            if len(found) != count:
                raise unlike(self.address)
            return found

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


@contextmanager
def answers_of(client: Client) -> Iterator[None]:
    """Raise `unlike` where what a server sent cannot be used as the answer of a cluster."""
    try:
        yield
    except BriefqaError:
        raise
    except UNUSABLE as error:
        raise unlike(client.address) from error


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


def _described(error: Exception) -> object:
    """Return the error in the response that opensearch-py raised an exception for."""
    info = getattr(error, "info", None)
    described = info.get("error") if isinstance(info, dict) else None
    return described or getattr(error, "error", "")
