"""The server on standard streams: one JSON object a line in, one a line out, in order."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping

from briefqa.mcp.protocol import (
    INTERNAL_ERROR,
    INVALID_REQUEST,
    PARSE_ERROR,
    Protocol,
    ProtocolError,
    error_response,
)

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, BinaryIO

__all__ = ["LINE_LIMIT", "Connection", "end_with_parent", "serve"]

LINE_LIMIT = 4 * 1024 * 1024
"""The maximum size of a message in bytes; longer ones are refused."""
BATCH_LIMIT = 100
"""The maximum number of messages of an array."""
WATCHED = 1.0
"""Seconds between checks that the parent process still exists."""


def serve(protocol: Protocol, interrupt: Callable[[], None]) -> None:
    """Serve the process's standard streams until the input ends.

    Nothing else reaches standard output, nor takes from standard input: what would be printed goes
    to standard error, and programs that this one runs inherit neither stream.

    Args:
        protocol: answers messages.
        interrupt: called when the request that is being served is cancelled.
    """
    lines, output = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    Connection(protocol, output, interrupt).run(lines)


def end_with_parent(parent: int) -> None:
    """End the process once its parent is gone, even if another process holds the input open.

    Args:
        parent: the parent's process id; 1 or 0 if there is none to watch.
    """
    while parent > 1:
        time.sleep(WATCHED)
        if os.getppid() != parent:
            os._exit(0)


class Connection:
    """Reads messages, has them answered one after the other, and writes the responses.

    Messages are read while a request is being served, so that it can be cancelled.

    Args:
        protocol: answers them.
        output: where responses go.
        interrupt: called when the request that is being served is cancelled.
    """

    def __init__(
        self, protocol: Protocol, output: BinaryIO, interrupt: Callable[[], None] = lambda: None
    ) -> None:
        self._protocol = protocol
        self._output = output
        self._interrupt = interrupt
        self._messages: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._waiting: set[object] = set()
        self._cancelled: set[object] = set()
        self._current: object = None
        self._lock = threading.Lock()

    def run(self, lines: BinaryIO) -> None:
        """Serve until the input ends and each request is answered, or the output is closed."""
        reader = threading.Thread(target=self._read, args=(lines,), daemon=True)
        reader.start()
        while (message := self._messages.get()) is not None:
            response = self._response(message)
            if response is not None and not self._write(response):
                return

    def _read(self, lines: BinaryIO) -> None:
        while line := lines.readline(LINE_LIMIT + 1):
            if len(line) > LINE_LIMIT:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(LINE_LIMIT)
                self._messages.put(ProtocolError(INVALID_REQUEST, "the message is too long"))
            elif line.strip():
                self._take(_parsed(line))
        self._messages.put(None)

    def _take(self, message: object) -> None:
        """Queue a message; a cancellation acts at once."""
        if isinstance(message, dict):
            if message.get("method") == "notifications/cancelled":
                self._cancel(message)
                return
            with self._lock:
                self._waiting.add(_key(message.get("id")))
        self._messages.put(message)

    def _cancel(self, message: Mapping[str, Any]) -> None:
        params = message.get("params")
        wanted = params.get("requestId") if isinstance(params, dict) else None
        key = _key(wanted)
        with self._lock:
            if key is None or key not in self._waiting:
                return
            self._cancelled.add(key)
            if key == self._current:
                self._interrupt()

    def _response(self, message: object) -> object:
        """Return the response to a message; None if none is due or it was cancelled."""
        if isinstance(message, ProtocolError):
            return error_response(None, message)
        if isinstance(message, list):
            return self._batch(message)
        if not isinstance(message, dict):
            return error_response(None, _no_object())
        key = _key(message.get("id"))
        with self._lock:
            self._current = key
            wanted = key not in self._cancelled
        response = self._served(message) if wanted else None
        with self._lock:
            self._current = None
            self._waiting.discard(key)
            wanted = key not in self._cancelled
            self._cancelled.discard(key)
        return response if wanted else None

    def _batch(self, messages: list[object]) -> object:
        if not self._protocol.takes_batches or not 0 < len(messages) <= BATCH_LIMIT:
            return error_response(None, _no_object())
        responses = [
            error_response(None, _no_object()) if isinstance(each, list) else self._response(each)
            for each in messages
        ]
        return [response for response in responses if response is not None] or None

    def _served(self, message: Mapping[str, Any]) -> dict[str, object] | None:
        try:
            return self._protocol.respond(message)
        except Exception as error:
            # One failing request must not end the others; the client gets the error.
            reason = f"internal error: {type(error).__name__}: {error}"
            return error_response(message.get("id"), ProtocolError(INTERNAL_ERROR, reason))

    def _write(self, response: object) -> bool:
        """Write a response; return False if the output is closed."""
        try:
            self._output.write(json.dumps(response).encode("ascii") + b"\n")
            self._output.flush()
        except OSError:
            return False
        return True


def _key(identity: object) -> object:
    """Return what tells a request from others: 1 and "1" are two; None for what is no id."""
    return (type(identity), identity) if isinstance(identity, str | int) else None


def _no_object() -> ProtocolError:
    return ProtocolError(INVALID_REQUEST, "expected a JSON object")


def _parsed(line: bytes) -> object:
    """Return the message of a line, or the error that it is none."""
    try:
        message: object = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return ProtocolError(PARSE_ERROR, "invalid JSON: expected one object in UTF-8 on each line")
    # The end of the input is None.
    return _no_object() if message is None else message
