"""Sending records to a cluster: in batches, several at once, in bounded memory.

What the cluster is too busy for is sent again after a pause. All records have ids of their own, so
that what is sent twice is there once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from briefqa.engines.opensearch.client import BUSY, Client, Pauses, RequestError, refusal

__all__ = ["Sender"]

BATCH = 2_000_000
"""Bytes of a batch, or a little more."""
AT_ONCE = 3
"""Batches that are under way at the most, and as many again may wait."""
TRIES = 12
"""Tries of a batch after the first: they take about a minute and a half."""
MISSING = 404
"""The status of what was to be deleted and is not there."""


class Sender:
    """Sends records to an index, on several connections.

    Args:
        client: speaks to the cluster.
        index: the name of the index.
    """

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._path = f"/{index}/_bulk"
        self._batch: list[bytes] = []
        self._size = 0
        self._after: list[bytes] = []
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._under_way: deque[tuple[Future[None], list[bytes]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Whoever interrupts does not wait for what pauses before another try.
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def add(self, lines: bytes) -> None:
        """Add a record or a deletion, as the cluster's bulk interface takes it.

        Raises:
            EngineError: an earlier one could not be stored.
        """
        self._batch.append(lines)
        self._size += len(lines)
        if self._size >= BATCH:
            self._submit()

    def add_after(self, lines: bytes) -> None:
        """Add a record that is sent only once all added before are stored."""
        self._after.append(lines)

    def finish(self) -> None:
        """Send what is left, and wait until all is stored.

        Raises:
            EngineError: something could not be stored.
        """
        while self._batch or self._after or self._under_way:
            self._submit()
            while self._under_way:
                self._await()

    def _submit(self) -> None:
        if len(self._under_way) >= 2 * AT_ONCE:
            self._await()
        batch, after = self._batch, self._after
        self._batch, self._after, self._size = [], [], 0
        self._under_way.append((self._pool.submit(self._send, batch), after))

    def _await(self) -> None:
        """Wait for the earliest batch; what was to follow it follows."""
        future, after = self._under_way.popleft()
        future.result()
        self._batch.extend(after)

    def _send(self, batch: list[bytes]) -> None:
        pauses = Pauses(TRIES)
        while batch:
            batch, error = self._try(batch)
            if batch and not pauses.pause():
                raise error

    def _try(self, batch: list[bytes]) -> tuple[list[bytes], RequestError]:
        """Send a batch; return what of it the cluster was too busy for, and how it said so."""
        try:
            wanted = "errors,items.*.status,items.*.error.type"
            answer = self._client.request("POST", self._path, b"".join(batch), filter_path=wanted)
        except RequestError as error:
            if error.status not in BUSY:
                raise
            return batch, error
        overloaded = refusal(str(self._client.address), 429, "")
        if not answer["errors"]:
            return [], overloaded
        statuses = [_status(item.values(), self._client) for item in answer["items"]]
        pairs = zip(batch, statuses, strict=True)
        return [lines for lines, status in pairs if status in BUSY], overloaded


def _status(outcomes: Iterable[dict[str, object]], client: Client) -> int:
    """The status of a record; raises where another try cannot help."""
    [outcome] = outcomes
    status = int(str(outcome["status"]))
    if status >= 400 and status != MISSING and status not in BUSY:
        raise refusal(str(client.address), status, outcome.get("error", ""))
    return status
