"""The server's streams: order, cancellation, and failures of single requests."""

import io
import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pytest

from briefqa.mcp.protocol import INTERNAL_ERROR, Protocol, Tool, ToolResult
from briefqa.mcp.stdio import Connection, end_with_parent
from briefqa.mcp.tool_definitions import object_of
from mcp_client import Message, called, request


def cancellation(identity: object) -> Message:
    """Return the notification that a request is no longer wanted."""
    params = {"requestId": identity}
    return {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": params}


class SlowTool:
    """A tool that runs until it is interrupted or may end."""

    def __init__(self) -> None:
        self.running = threading.Event()
        self.end = threading.Event()
        self.calls = 0

    def __call__(self, arguments: Mapping[str, Any]) -> ToolResult:
        self.calls += 1
        self.running.set()
        assert self.end.wait(60)
        return ToolResult(f"call {self.calls}")


class Conversation:
    """A connection on pipes, served in a thread."""

    def __init__(self, tool: SlowTool) -> None:
        protocol = Protocol([Tool("slow", "", object_of({}), tool)], "test", "1", "")
        self._streams: list[BinaryIO] = []
        requests, self._requests = self._pipe()
        self._responses, responses = self._pipe()
        connection = Connection(protocol, responses, tool.end.set)
        self._thread = threading.Thread(target=connection.run, args=(requests,))
        self._thread.start()

    def _pipe(self) -> tuple[BinaryIO, BinaryIO]:
        descriptors = os.pipe()
        ends = os.fdopen(descriptors[0], "rb"), os.fdopen(descriptors[1], "wb")
        self._streams += ends
        return ends

    def send(self, message: object) -> None:
        self._requests.write(json.dumps(message).encode() + b"\n")
        self._requests.flush()

    def receive(self) -> Any:
        return json.loads(self._responses.readline())

    def close(self) -> None:
        self._requests.close()
        self._thread.join(60)
        assert not self._thread.is_alive()
        for stream in self._streams:
            stream.close()


@pytest.fixture
def tool() -> SlowTool:
    return SlowTool()


@pytest.fixture
def talk(tool: SlowTool) -> Iterator[Conversation]:
    conversation = Conversation(tool)
    yield conversation
    tool.end.set()
    conversation.close()


def test_a_running_request_is_interrupted_and_gets_no_answer(
    talk: Conversation, tool: SlowTool
) -> None:
    talk.send(called(1, "slow"))
    assert tool.running.wait(60)
    talk.send(cancellation(1))
    talk.send(request(2, "ping"))
    assert talk.receive()["id"] == 2
    assert tool.end.is_set()


def test_a_waiting_request_is_never_run(talk: Conversation, tool: SlowTool) -> None:
    talk.send(called(1, "slow"))
    assert tool.running.wait(60)
    talk.send(called(2, "slow"))
    talk.send(cancellation(2))
    talk.send(called("3", "slow"))
    talk.send(cancellation(3))
    talk.send(cancellation(None))
    talk.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": [1]})
    talk.send(cancellation(1))
    assert talk.receive()["id"] == "3"
    assert tool.calls == 2


def test_an_id_can_be_used_again_after_a_cancellation(talk: Conversation, tool: SlowTool) -> None:
    talk.send(called(1, "slow"))
    assert tool.running.wait(60)
    talk.send(cancellation(1))
    talk.send(request(2, "ping"))
    assert talk.receive()["id"] == 2
    talk.send(cancellation(1))
    talk.send(called(1, "slow"))
    assert talk.receive()["result"]["content"][0]["text"] == "call 2"


def test_a_failure_is_reported_and_ends_nothing() -> None:
    def fail(arguments: Mapping[str, Any]) -> ToolResult:
        raise ValueError("the \x1b[31mred\n button")

    protocol = Protocol([Tool("fail", "", object_of({}), fail)], "test", "1", "")
    messages = [called(1, "fail"), request(2, "ping")]
    lines = b"".join(json.dumps(message).encode() + b"\n" for message in messages)
    output = io.BytesIO()
    Connection(protocol, output).run(io.BytesIO(lines))
    failed, answered = map(json.loads, output.getvalue().splitlines())
    assert failed["error"]["code"] == INTERNAL_ERROR
    assert failed["error"]["message"].startswith("internal error: ValueError: the ␛[31mred")
    assert answered["result"] == {}


class EndedError(Exception):
    """Stands for the end of the process."""


def test_a_process_whose_parent_is_another_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(code: int) -> None:
        assert code == 0
        raise EndedError

    looks = iter((7, 7, 1))
    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(os, "getppid", lambda: next(looks))
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(EndedError):
        end_with_parent(7)


def test_a_process_of_the_first_process_has_no_parent_to_watch() -> None:
    end_with_parent(1)
