"""A client of the server in a process of its own, one line a message."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

MODERN = "2026-07-28"
LEGACY = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": {"name": "tests", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}

Message = dict[str, Any]


def request(identity: object, method: str, **params: object) -> Message:
    """Return a request."""
    return {"jsonrpc": "2.0", "id": identity, "method": method, "params": params}


def called(identity: object, tool: str, **arguments: object) -> Message:
    """Return the call of a tool."""
    return request(identity, "tools/call", name=tool, arguments=arguments)


def modern(message: Message) -> Message:
    """Return a request with what the stateless era needs."""
    return {**message, "params": {**message["params"], "_meta": META}}


def initialize(version: str) -> Message:
    """Return the first request of the era with handshakes."""
    client = {"name": "tests", "version": "1"}
    return request(0, "initialize", protocolVersion=version, capabilities={}, clientInfo=client)


def text_of(response: Message) -> str:
    """Return the text of a tool's result."""
    (content,) = response["result"]["content"]
    assert content["type"] == "text"
    text: str = content["text"]
    return text


class Server:
    """`briefqa mcp` as a process; its standard error is inherited unless taken.

    Args:
        paths: what it serves.
        env: variables to set.
    """

    def __init__(self, *paths: str, env: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "briefqa", "mcp", *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | (env or {}),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()

    def send(self, *messages: Message | bytes) -> None:
        """Write messages, or lines as they are."""
        assert self.process.stdin
        for message in messages:
            line = message if isinstance(message, bytes) else json.dumps(message).encode()
            self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def receive(self) -> Any:
        """Return the next message."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def ask(self, message: Message) -> Message:
        """Return the response to a request."""
        self.send(message)
        response: Message = self.receive()
        assert response["id"] == message["id"]
        return response

    def end(self) -> tuple[list[Any], str, int]:
        """End the input; return the messages that are left, the errors and the exit code."""
        out, errors = self.process.communicate(timeout=60)
        return (
            [json.loads(line) for line in out.splitlines()],
            errors.decode(),
            (self.process.returncode),
        )


def exchange(
    messages: Sequence[Message | bytes], *paths: str, env: Mapping[str, str] | None = None
) -> list[Any]:
    """Return all that the server writes in answer to messages."""
    with Server(*paths, env=env) as server:
        server.send(*messages)
        responses, errors, code = server.end()
        assert (errors, code) == ("", 0)
        return responses
