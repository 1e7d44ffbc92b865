"""What a cluster sends that is not an answer, and failures that pass."""

import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.assistant import Assistant
from briefqa.engines.opensearch import ClusterCorpus, parse_address
from briefqa.engines.opensearch import client as client_module
from briefqa.engines.opensearch.bulk import Sender
from briefqa.engines.opensearch.client import Client, Pauses
from briefqa.engines.opensearch.connection import RequestError, is_passing
from briefqa.errors import EngineError
from cluster_stand_in import Request, Response, standing_in
from conftest import Ask
from test_cluster_access import META_OF_AN_INDEX, mapping, searched, whole

UNLIKE = "does not answer like an OpenSearch cluster"
QUESTION = "What does the moon draw?"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pauses, "FIRST", 0.0)


def search_error(kind: str, status: int = 500) -> dict[str, object]:
    """Return the error of a search whose only shard failed for a reason."""
    cause = {"type": kind, "reason": "because"}
    failed = [{"shard": 0, "index": "reports-000001", "reason": cause}]
    error = {
        "type": "search_phase_execution_exception",
        "reason": "all shards failed",
        "root_cause": [cause],
        "failed_shards": failed,
    }
    return {"error": error, "status": status}


@contextmanager
def failing_at_first(first: Response | None, times: int = 1) -> Iterator[list[Request]]:
    """Run a cluster whose first searches fail; yield the requests."""
    left = [times]

    def respond(request: Request) -> Response:
        if request.path.endswith("/_msearch") and left[0]:
            left[0] -= 1
            return first or Response(0, b"")
        return whole(request)

    with standing_in(respond) as server:
        server.requests.append(Request(str(server.port), "", {}, b""))
        yield server.requests


def ask_there(ask: Ask, requests: list[Request]) -> tuple[int, str]:
    result = ask(QUESTION, "--index", f"http://127.0.0.1:{requests[0].method}/reports")
    return result.code, result.err


@pytest.mark.parametrize("status", [500, 400, 503])
@pytest.mark.parametrize("kind", ["node_closed_exception", "no_shard_available_action_exception"])
def test_a_search_that_fails_while_a_node_goes_is_repeated(
    ask: Ask, kind: str, status: int
) -> None:
    failed = Response(200, {"responses": [search_error(kind, status)]})
    with failing_at_first(failed, times=3) as requests:
        assert ask_there(ask, requests) == (0, "")


def test_a_search_whose_connection_is_lost_is_repeated(ask: Ask) -> None:
    with failing_at_first(None, times=4) as requests:
        assert ask_there(ask, requests) == (0, "")


def test_opening_an_index_is_repeated_while_a_node_goes(ask: Ask) -> None:
    cause = {"type": "node_closed_exception", "reason": "because"}
    answers = [Response(500, {"error": cause, "status": 500})] * 3

    def respond(request: Request) -> Response:
        mapped = request.path.endswith("/_mapping")
        return answers.pop() if mapped and answers else whole(request)

    with standing_in(respond) as server:
        result = ask(QUESTION, "--index", f"http://127.0.0.1:{server.port}/reports")
    assert (result.code, result.err, answers) == (0, "", [])


def test_a_failure_that_does_not_pass_is_said_at_once(ask: Ask) -> None:
    failed = Response(200, {"responses": [search_error("query_shard_exception")]})
    with failing_at_first(failed, times=9) as requests:
        code, said = ask_there(ask, requests)
        searches = [each for each in requests if each.path.endswith("/_msearch")]
    assert (code, len(searches)) == (2, 1)
    assert "500 Internal Server Error: search_phase_execution_exception" in said


def test_a_failure_that_does_not_end_is_said_at_last(ask: Ask) -> None:
    failed = Response(200, {"responses": [search_error("node_closed_exception")]})
    with failing_at_first(failed, times=99) as requests:
        code, said = ask_there(ask, requests)
    assert code == 2
    assert "parts of the index are down" in said


def test_the_cause_says_whether_a_failure_passes() -> None:
    closed = {"type": "node_closed_exception"}
    assert is_passing(500, {"type": "x", "caused_by": {"type": "y", "caused_by": closed}})
    assert is_passing(500, {"type": "search_phase_execution_exception", "root_cause": []})
    assert is_passing(503, "anything")
    assert not is_passing(
        500, {"type": "search_phase_execution_exception", "caused_by": {"type": "x"}}
    )
    assert not is_passing(500, None)
    deep: object = closed
    for _ in range(5_000):
        deep = [deep]
    assert not is_passing(500, deep)


def send_one(error: str) -> int:
    """Send an operation that fails at first; return the number of requests."""
    failed = {"index": {"status": 500, "error": {"type": error}}}
    answers = iter([{"errors": True, "items": [failed]}])
    with standing_in(lambda request: Response(200, next(answers, {"errors": False}))) as server:
        client = Client(parse_address(f"http://127.0.0.1:{server.port}/reports", {}), {})
        with Sender(client, "reports-000001") as sender:
            sender.add(b'{"index": {"_id": "1"}}\n{}\n')
            sender.finish()
        return len(server.requests)


def test_an_operation_that_fails_is_repeated_if_its_failure_passes() -> None:
    assert send_one("node_closed_exception") == 2
    with pytest.raises(RequestError, match="mapper_parsing_exception"):
        send_one("mapper_parsing_exception")


@contextmanager
def sending(head: bytes, parts: Callable[[], Iterator[bytes]]) -> Iterator[int]:
    """Run a server that answers any request with parts that need not end; yield its port."""
    stopped = threading.Event()

    def serve(listening: socket.socket) -> None:
        while not stopped.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(65_536)
                    connection.sendall(head)
                    for part in parts():
                        if stopped.wait(0):
                            return
                        connection.sendall(part)
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        try:
            yield listening.getsockname()[1]
        finally:
            stopped.set()


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.mark.parametrize("head", [HEAD, HEAD + b"content-length: 99999\r\n\r\n", b"HTTP/1.1 200"])
def test_a_response_that_drips_is_not_waited_for(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(client_module, "TIMEOUT", 0.4)
    tick = threading.Event()

    def drips() -> Iterator[bytes]:
        while not tick.wait(0.02):
            yield b" "

    with sending(head, drips) as port:
        result = ask("Why?", "--index", f"http://127.0.0.1:{port}/reports")
    assert result.code == 2
    assert "no answer within 0 seconds; try again" in result.err


def test_a_response_without_an_end_is_not_read_on(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "LARGEST", 1_000_000)

    def flood() -> Iterator[bytes]:
        while True:
            yield b"[" * 100_000

    with sending(HEAD + b"\r\n", flood) as port:
        result = ask("Why?", "--index", f"http://127.0.0.1:{port}/reports")
    assert result.code == 2
    assert UNLIKE in result.err


ODD = [b"null", b"[]", b"7", b'""', b"{}", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b""]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("path", ["_mapping", "_msearch"])
@pytest.mark.parametrize("status", [200, 500])
def test_what_is_no_answer_is_said_in_one_line(
    ask: Ask, odd: bytes, path: str, status: int
) -> None:
    def respond(request: Request) -> Response:
        return Response(status, odd) if request.path.endswith(path) else whole(request)

    with standing_in(respond) as server:
        result = ask(QUESTION, "--index", f"http://127.0.0.1:{server.port}/reports")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith("briefqa: http://127.0.0.1:")
    assert status == 500 or UNLIKE in result.err or "cannot be reached" in result.err


PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda parts: (
        st.lists(parts, max_size=2) | st.dictionaries(st.text(max_size=3), parts, max_size=2)
    ),
    max_leaves=4,
)


def places(value: object) -> Iterator[tuple[object, object]]:
    """Yield each container of a JSON value with each of its keys."""
    pairs: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, part in pairs:
        yield value, key
        yield from places(part)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_part_of_an_answer_is_odd_is_an_error_of_the_cluster(data: st.DataObject) -> None:
    odd = data.draw(PARTS)
    chosen = data.draw(st.integers(0, 60))
    answers = {
        "/_mapping": mapping(META_OF_AN_INDEX).body,
        "/_msearch": {"responses": [searched()]},
    }
    answers = json.loads(json.dumps(answers))
    found = list(places(answers))
    container, key = found[chosen % len(found)]
    container[key] = odd  # type: ignore[index]

    def respond(request: Request) -> Response:
        answer = answers.get("/" + request.path.rpartition("/")[2])
        if isinstance(answer, dict) and isinstance(answer.get("responses"), list):
            answer = {**answer, "responses": answer["responses"] * request.searches}
        return Response(200, answer)

    with standing_in(respond) as server:
        client = Client(parse_address(f"http://127.0.0.1:{server.port}/reports", {}), {})
        with suppress(EngineError):
            assistant = Assistant(ClusterCorpus.open(client, english_analyzer()))
            assistant.ask(QUESTION, 1)
            list(assistant.documents())
