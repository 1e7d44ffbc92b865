"""`briefqa mcp`: the server in a process of its own, as clients start it."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import briefqa
from briefqa.cli import main
from briefqa.mcp.protocol import INTERNAL_ERROR
from conftest import BRIEFING, GOLDEN_WRITING, ROOT, Run
from manual.command_reference import REFERENCE
from mcp_client import (
    LEGACY,
    MODERN,
    Message,
    Server,
    called,
    exchange,
    initialize,
    modern,
    request,
    text_of,
)
from mcp_mutations import mutated_lines

QUESTION = "When will Kishida and Biden meet?"
CALLS = (
    request(1, "tools/list"),
    called(2, "ask", questions=[QUESTION, "Who won the World Cup?"]),
    called(3, "read", places=[f"{BRIEFING}:9", "nowhere.txt:1"], context=1),
    called(4, "documents"),
    called(5, "documents", path=BRIEFING),
    called(6, "ask", question=QUESTION),
    called(7, "find"),
)
INITIALIZED: Message = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def transcript(messages: list[Message], responses: list[Message]) -> str:
    """Return what was said, a line a message; the responses belong to the messages by their id."""
    by_id = {response["id"]: response for response in responses}
    lines = []
    for message in messages:
        lines.append(f"> {json.dumps(message)}\n")
        if "id" in message:
            lines.append(f"< {json.dumps(by_id[message['id']])}\n")
    # What the weights estimate is no part of the protocol.
    told = re.sub(r'(answered |"confidence": )0\.\d+(?=[\\,])', r"\g<1>0.NN", "".join(lines))
    return told.replace(briefqa.__version__, "VERSION")


@pytest.mark.parametrize("era", ["legacy", "modern"])
def test_a_conversation_of_each_era_is_a_golden_file(era: str) -> None:
    messages: list[Message]
    if era == "legacy":
        ping = request(8, "ping")
        messages = [initialize(LEGACY[0]), INITIALIZED, *CALLS, ping, request(9, "resources/list")]
    else:
        ping = modern(request(8, "ping"))
        discover = modern(request(0, "server/discover"))
        messages = [discover, *map(modern, CALLS), ping, request(9, "server/discover")]
    found = transcript(messages, exchange(messages, "seeds"))
    golden = ROOT / "tests" / "golden" / f"mcp-{era}.txt"
    if GOLDEN_WRITING:
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("version", LEGACY)
def test_each_handshake_is_agreed_to(version: str) -> None:
    greeted, asked = exchange([initialize(version), INITIALIZED, CALLS[1]], "seeds")
    assert greeted["result"]["protocolVersion"] == version
    assert "April 10, 2023" in text_of(asked)


def test_an_unknown_handshake_is_offered_the_newest_one() -> None:
    (greeted,) = exchange([initialize("1999-01-01")], "seeds")
    assert greeted["result"]["protocolVersion"] == LEGACY[0]


def test_both_eras_share_one_pipe() -> None:
    messages = [modern(CALLS[1]), initialize(LEGACY[1]), {**CALLS[1], "id": 3}]
    stateless, _, legacy = exchange(messages, "seeds")
    assert stateless["result"]["resultType"] == "complete"
    assert "resultType" not in legacy["result"]
    assert text_of(stateless) == text_of(legacy)


def test_another_version_is_told_the_one_that_is_supported() -> None:
    message = modern(request(1, "tools/list"))
    message["params"]["_meta"] = {
        **message["params"]["_meta"],
        "io.modelcontextprotocol/protocolVersion": "2199-01-01",
    }
    (response,) = exchange([message], "seeds")
    assert response["error"]["code"] == -32022
    assert response["error"]["data"] == {"supported": [MODERN], "requested": "2199-01-01"}


def test_tools_are_listed_before_a_document_is_opened(tmp_path: Path) -> None:
    (listed,) = exchange([request(1, "tools/list")], str(tmp_path / "nowhere"))
    assert [tool["name"] for tool in listed["result"]["tools"]] == [
        "ask",
        "read",
        "timeline",
        "documents",
    ]
    (refused,) = exchange([called(1, "ask", questions=["Why?"])], str(tmp_path / "nowhere"))
    assert refused["result"]["isError"]
    assert "nowhere: no such file" in text_of(refused)


def test_requests_are_answered_in_order() -> None:
    messages = [called(number, "ask", questions=[QUESTION]) for number in range(40)]
    messages.insert(20, request("late", "ping"))
    responses = exchange(messages, "seeds")
    assert [response["id"] for response in responses] == [message["id"] for message in messages]


def test_what_is_no_request_gets_the_error_of_the_protocol() -> None:
    lines = {
        b"{": -32700,
        b"\xff{}": -32700,
        b"[" * 100_000: -32700,
        b"null": -32600,
        b"7": -32600,
        b"[]": -32600,
        b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]': -32600,
        b"{}": -32600,
        b'{"jsonrpc": "2.0", "id": null, "method": "ping"}': -32600,
        b'{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}': -32600,
        b'{"jsonrpc": "2.0", "id": true, "method": "ping"}': -32600,
        b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}': -32600,
        b'{"jsonrpc": "2.0", "id": 1, "method": 2}': -32600,
        b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}': -32602,
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call"}': -32602,
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"cursor": "a"}}': -32602,
        b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}': -32602,
        b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}': -32601,
        b'"' + b"a" * 5_000_000 + b'"': -32600,
    }
    responses = exchange(list(lines), "seeds")
    assert [response["error"]["code"] for response in responses] == list(lines.values())


def test_notifications_and_responses_get_no_answer() -> None:
    silent: list[Message | bytes] = [
        INITIALIZED,
        {"jsonrpc": "2.0", "method": "tools/call"},
        {"jsonrpc": "2.0", "method": "notifications/cancelled"},
        {"jsonrpc": "2.0", "id": 4, "result": {}},
        b"",
        b"  ",
    ]
    assert exchange(silent, "seeds") == []


def test_one_revision_has_arrays_of_messages() -> None:
    batch = json.dumps([request(1, "ping"), INITIALIZED, request(2, "no/such"), [], 7]).encode()
    _, responses = exchange([initialize("2025-03-26"), batch], "seeds")
    assert [response.get("id") for response in responses] == [1, 2, None, None]


def test_a_long_message_does_not_end_the_conversation() -> None:
    message = json.dumps(request(1, "ping", text="a" * 5_000_000)).encode()
    long, after = exchange([message, request(2, "ping")], "seeds")
    assert long["error"]["code"] == -32600
    assert after == {"jsonrpc": "2.0", "id": 2, "result": {}}


def test_without_paths_the_bundled_briefing_is_served() -> None:
    (response,) = exchange([called(1, "ask", questions=[QUESTION])])
    assert "April 10, 2023" in text_of(response)


def test_standard_input_is_no_document(run: Run) -> None:
    result = run("mcp", "-")
    assert result.code == 2
    assert "carries the protocol" in result.err


def test_the_skill_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--skill"]) == 0
    skill = capsys.readouterr().out
    assert skill.startswith("---\nname: briefqa\ndescription: ")
    assert all(f"`{tool}`" in skill for tool in ("ask", "read", "timeline", "documents"))
    parsers = {command.name: command.parser for command in REFERENCE}
    commands = [shlex.split(line)[1:] for line in skill.splitlines() if line.startswith("    brie")]
    assert len(commands) == 4
    for name, *words in commands:
        parsers[name].parse(words)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_it_ends_on_sigterm() -> None:
    with Server("seeds") as server:
        server.ask(request(1, "ping"))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=60) == -signal.SIGTERM


@pytest.mark.skipif(sys.platform == "win32", reason="processes of POSIX")
def test_it_ends_once_its_parent_is_gone() -> None:
    starter = (
        "import os, subprocess, sys\n"
        "command = [sys.executable, '-m', 'briefqa', 'mcp', 'seeds']\n"
        "process = subprocess.Popen(command, stdin=int(sys.argv[1]))\n"
        "print(process.pid, flush=True)\n"
        "os.close(1)\n"
        "sys.stdin.readline()\n"
    )
    # The test holds the other end of the server's input, so that its input never ends.
    input_end, held = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", starter, str(input_end)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[input_end],
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        assert parent.stdout.readline().strip().isdigit()
        os.write(held, json.dumps(request(1, "ping")).encode() + b"\n")
        assert json.loads(parent.stdout.readline())["id"] == 1
        parent.stdin.close()
        parent.wait(timeout=60)
        # The server has the other end of this pipe, which closes when it ends.
        assert parent.stdout.read() == b""
    os.close(held)
    os.close(input_end)


def test_it_ends_when_nobody_reads() -> None:
    with Server("seeds") as server:
        server.ask(request(1, "ping"))
        assert server.process.stdout
        server.process.stdout.close()
        server.send(request(2, "ping"))
        assert server.process.wait(timeout=60) == 0


def test_a_closed_input_is_the_end() -> None:
    closed = subprocess.run(
        [sys.executable, "-m", "briefqa", "mcp", "seeds"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (closed.returncode, closed.stdout, closed.stderr) == (0, b"", b"")


def test_starts_and_ends_leave_no_process() -> None:
    for _ in range(20):
        with Server("seeds") as server:
            server.send(request(1, "tools/list"))
            responses, errors, code = server.end()
            assert (len(responses), errors, code) == (1, "", 0)


def test_whatever_is_sent_gets_an_answer_or_an_error() -> None:
    with Server("seeds") as server:
        for number, line in enumerate(mutated_lines(1000, seed=18)):
            server.send(line, request(f"after {number}", "ping"))
            answers = [server.receive()]
            while answers[-1] != {"jsonrpc": "2.0", "id": f"after {number}", "result": {}}:
                answers.append(server.receive())
            assert len(answers) <= 2, line
            for answer in answers[:-1]:
                assert ("result" in answer) != ("error" in answer), line
                assert answer.get("error", {}).get("code") != INTERNAL_ERROR, (line, answer)
        responses, errors, code = server.end()
        assert (responses, errors, code) == ([], "", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_request_can_be_cancelled(tmp_path: Path) -> None:
    messages = [
        called(1, "ask", questions=[QUESTION]),
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}},
        request(2, "ping"),
    ]
    # Whether the first is answered before it is cancelled depends on time; the last always is.
    *_, last = exchange(messages, "seeds")
    assert last["id"] == 2
