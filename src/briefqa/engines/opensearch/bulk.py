"""Sending records to a cluster: in batches, several at a time, in bounded memory.

Records that the cluster is too busy for are sent again after a pause. Every record has an id, so a
record that is sent twice is stored once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from briefqa.engines.opensearch.client import Client, Pauses, answers_of
from briefqa.engines.opensearch.connection import RequestError, is_passing, refusal

__all__ = ["Sender"]

BATCH = 2_000_000
"""Bytes from which a batch is sent."""
AT_ONCE = 3
"""The number of batches that are sent at a time; as many again may wait."""
TRIES = 12
"""The number of retries of a batch; they take about a minute and a half."""
MISSING = 404
"""The status of a deletion of a record that does not exist."""


class Sender:
    """Sends records to an index, on several connections.

    Args:
        client: sends requests to the cluster.
        index: the name of the index.
    """

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._path = f"/{index}/_bulk"
        self._batch: list[bytes] = []
        self._size = 0
        self._after: list[bytes] = []
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._pending: deque[tuple[Future[None], list[bytes]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # After an interrupt, batches that pause before a retry are not waited for.
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def add(self, lines: bytes) -> None:
        """Add an operation.

        Args:
            lines: a record or a deletion, in the format of the bulk API.

        Raises:
            EngineError: an earlier operation failed.
        """
        self._batch.append(lines)
        self._size += len(lines)
        if self._size >= BATCH:
            self._submit()

    def add_after(self, lines: bytes) -> None:
        """Add an operation that is sent after all operations added before it are done."""
        self._after.append(lines)

    def finish(self) -> None:
        """Send the remaining operations, and wait until all are done.

        Raises:
            EngineError: an operation failed.
        """
        while self._batch or self._after or self._pending:
            self._submit()
            while self._pending:
                self._await()

    def _submit(self) -> None:
        if len(self._pending) >= 2 * AT_ONCE:
            self._await()
        batch, after = self._batch, self._after
        self._batch, self._after, self._size = [], [], 0
        self._pending.append((self._pool.submit(self._send, batch), after))

    def _await(self) -> None:
        """Wait for the earliest batch, and add the operations that follow it."""
        future, after = self._pending.popleft()
        future.result()
        self._batch.extend(after)

    def _send(self, batch: list[bytes]) -> None:
        pauses = Pauses(TRIES)
        while batch:
            batch, error = self._try(batch)
            if batch and not pauses.pause():
                raise error

    def _try(self, batch: list[bytes]) -> tuple[list[bytes], RequestError]:
        """Send a batch; return the operations to retry, and the error to raise at last."""
        try:
            wanted = "errors,items.*.status,items.*.error.type"
            answer = self._client.request("POST", self._path, b"".join(batch), filter_path=wanted)
        except RequestError as error:
            if not error.passing:
                raise
            return batch, error
        overloaded = refusal(str(self._client.address), 429, "")
        with answers_of(self._client):
            if not answer["errors"]:
                return [], overloaded
            failed = [_has_failed(item.values(), self._client) for item in answer["items"]]
            pairs = zip(batch, failed, strict=True)
            return [lines for lines, again in pairs if again], overloaded


def _has_failed(outcomes: Iterable[dict[str, object]], client: Client) -> bool:
    """Return whether an operation needs a retry; raise an error if that cannot help."""
    [outcome] = outcomes
    status, error = int(str(outcome["status"])), outcome.get("error", "")
    if status < 400 or status == MISSING:
        return False
    if not is_passing(status, error):
        raise refusal(str(client.address), status, error)
    return True
