"""Access to a cluster: addresses, credentials, TLS and error messages."""

import json
import socket
import ssl
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from briefqa.analysis.english import english_analyzer
from briefqa.assistant import Assistant
from briefqa.cli import main
from briefqa.corpus import Corpus
from briefqa.documents import Document
from briefqa.engines.opensearch import ClusterCorpus, assemble, build, parse_address
from briefqa.engines.opensearch.client import Client, Pauses
from briefqa.engines.opensearch.connection import Host, Login, find_login
from briefqa.engines.opensearch.schema import meta
from briefqa.errors import EngineError, UsageError
from briefqa.index import Query, open_corpus
from briefqa.passage_splitter import split_passages
from briefqa.readers import Block, Kind
from briefqa.spans import Span
from cluster_stand_in import Request, Response, StandIn, standing_in
from conftest import Ask

META_OF_AN_INDEX = {**meta(english_analyzer(), inherit_all=True), "state": "complete"}
SHARDS = {"total": 3, "successful": 3, "failed": 0}
PASSAGE = {
    "path": "tides.txt",
    "title": "Tides",
    "headings": [],
    "parts": "",
    "page": None,
    "time": None,
    "date": None,
    "date_from": None,
    "lines": [1, 1],
    "span": [0, 25],
    "text": "The moon draws the ocean.",
}


def mapping(meta: object) -> Response:
    return Response(200, {"reports-000001": {"mappings": {"_meta": meta}}})


def searched(shards: object = SHARDS) -> dict[str, object]:
    """The response of a search, for every kind of search."""
    return {
        "timed_out": False,
        "status": 200,
        "_shards": shards,
        "hits": {"total": {"value": 1}, "hits": [{"_source": {"stored": PASSAGE}}]},
        "aggregations": {"passages": {"value": 1.0}, "length": {"value": 5.0}},
        "suggest": {"near": []},
    }


def whole(request: Request) -> Response:
    """Respond as a healthy cluster does."""
    if request.path.endswith("/_mapping"):
        return mapping(META_OF_AN_INDEX)
    return Response(200, {"responses": [searched()] * request.searches})


@pytest.mark.parametrize("counts", [{".doc": 2, "scan": 1}, {"scan": 1, ".doc": 2}])
def test_an_index_on_a_cluster_tells_what_its_build_did_not_read(
    ask: Ask, counts: dict[str, int]
) -> None:
    def respond(request: Request) -> Response:
        given = mapping({**META_OF_AN_INDEX, "skipped": counts})
        return given if request.path.endswith("/_mapping") else whole(request)

    with standing_in(respond) as server:
        where = f"http://127.0.0.1:{server.port}/reports"
        result = ask("What does the moon draw?", "--index", where, "--format", "json")
    assert result.err == "briefqa: 3 files not read: 2 .doc, 1 scan\n"
    assert list(json.loads(result.out)["skipped"].items()) == [(".doc", 2), ("scan", 1)]


@pytest.mark.parametrize("counts", [7, {"scan": "many"}, {"scan": None}])
def test_counts_that_no_build_wrote_are_an_error_of_the_cluster(ask: Ask, counts: object) -> None:
    with standing_in(lambda request: mapping({**META_OF_AN_INDEX, "skipped": counts})) as server:
        result = ask("Why?", "--index", f"http://127.0.0.1:{server.port}/reports")
    assert result.code == 2
    assert "does not answer like an OpenSearch cluster" in result.err


def refusing(status: int, kind: str = "some_exception") -> Response:
    return Response(status, {"status": status, "error": {"type": kind, "reason": "because"}})


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_server(authority: trustme.CA) -> Iterator[StandIn]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with standing_in(whole, context) as server:
        yield server


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://search.example:9200/reports", "https://search.example:9200/reports"),
        ("https://search.example/reports/", "https://search.example:9200/reports"),
        ("https://a:1,b:2/x-y_z.1", "https://a:1,b:2/x-y_z.1"),
        ("http://127.0.0.1:9200/reports", "http://127.0.0.1:9200/reports"),
        ("http://[::1]:9200/reports", "http://[::1]:9200/reports"),
        ("http://localhost/reports", "http://localhost:9200/reports"),
    ],
)
def test_an_address_names_hosts_and_an_index(written: str, read: str) -> None:
    assert str(parse_address(written, {})) == read


@pytest.mark.parametrize(
    "written",
    [
        "https://search.example:9200",
        "https://search.example:9200/",
        "https://search.example:9200/a/b",
        "https://search.example:9200/UPPER",
        "https://search.example:9200/_all",
        "https://search.example:9200/a*",
        "https://search.example:99999/reports",
        "https://search.example:9200/reports?pretty",
        "ftp://search.example/reports",
        "https://,/reports",
        "https://a b/reports",
        "https://user:secret@search.example/reports",
        "http://search.example:9200/reports",
        "http://127.0.0.1:9200,search.example:9200/reports",
        "http://127.0.0.1.search.example:9200/reports",
    ],
)
def test_what_is_no_safe_address_is_refused(written: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_address(written, {})
    assert "secret" not in str(refusal.value)


def test_plain_http_beyond_this_machine_can_be_allowed() -> None:
    allowed = {"BRIEFQA_INDEX_PLAIN_HTTP": "1"}
    assert parse_address("http://search.example:9200/reports", allowed).hosts


def test_the_environment_gives_user_and_password() -> None:
    given = {"BRIEFQA_INDEX_USER": "ada", "BRIEFQA_INDEX_PASSWORD": "s3cret"}
    login = find_login(Host("search.example", 9200), given)
    assert login == Login("ada", "s3cret")
    assert "s3cret" not in repr(login)


def test_a_command_gives_the_password() -> None:
    command = f"{sys.executable} -c 'print(\"s3cret\")'"
    given = {"BRIEFQA_INDEX_USER": "ada", "BRIEFQA_INDEX_PASSWORD_COMMAND": command}
    assert find_login(Host("search.example", 9200), given) == Login("ada", "s3cret")


def test_the_netrc_file_gives_both_for_its_host_alone(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine search.example login ada password s3cret\n")
    file.chmod(0o600)
    given = {"NETRC": str(file)}
    assert find_login(Host("search.example", 9200), given) == Login("ada", "s3cret")
    assert find_login(Host("elsewhere.example", 9200), given) is None


@pytest.mark.parametrize(
    "given",
    [
        {"BRIEFQA_INDEX_USER": "ada"},
        {"BRIEFQA_INDEX_PASSWORD": "s3cret"},
        {"BRIEFQA_INDEX_USER": "ada", "BRIEFQA_INDEX_PASSWORD_COMMAND": "false s3cret"},
        {"BRIEFQA_INDEX_USER": "ada", "BRIEFQA_INDEX_PASSWORD_COMMAND": "/nowhere s3cret"},
        {"BRIEFQA_INDEX_USER": "ada", "BRIEFQA_INDEX_PASSWORD_COMMAND": "true s3cret"},
        {"BRIEFQA_INDEX_USER": "ada", "BRIEFQA_INDEX_PASSWORD_COMMAND": "'s3cret"},
        {"NETRC": "/"},
    ],
)
def test_half_of_a_login_is_refused_and_never_shown(given: dict[str, str]) -> None:
    with pytest.raises(UsageError) as refusal:
        find_login(Host("search.example", 9200), given)
    assert "s3cret" not in str(refusal.value)


def test_user_and_password_reach_the_cluster_and_nothing_else(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFQA_INDEX_USER", "ada")
    monkeypatch.setenv("BRIEFQA_INDEX_PASSWORD", "s3cret")
    with standing_in(lambda request: refusing(401)) as server:
        result = ask("Why?", "--index", f"http://127.0.0.1:{server.port}/reports")
    wanted = f"Basic {b64encode(b'ada:s3cret').decode()}"
    assert {request.headers["authorization"] for request in server.requests} == {wanted}
    assert "s3cret" not in result.out + result.err


def test_a_cluster_whose_certificate_is_trusted_is_asked(
    ask: Ask,
    tls_server: StandIn,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("BRIEFQA_INDEX_CA", str(tmp_path / "ca.pem"))
    result = ask(
        "What does the moon draw?", "--index", f"https://localhost:{tls_server.port}/reports"
    )
    assert (result.code, result.err) == (0, "")
    assert result.out == "tides.txt:1: The moon draws the ocean.\n"


def test_a_certificate_of_another_name_is_refused(
    ask: Ask,
    tls_server: StandIn,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("BRIEFQA_INDEX_CA", str(tmp_path / "ca.pem"))
    result = ask("Why?", "--index", f"https://127.0.0.1:{tls_server.port}/reports")
    assert result.code == 2
    assert "its certificate is not trusted" in result.err
    assert not tls_server.requests


def test_an_unknown_authority_is_refused_before_anything_is_sent(
    ask: Ask, tls_server: StandIn
) -> None:
    result = ask("Why?", "--index", f"https://localhost:{tls_server.port}/reports")
    assert result.code == 2
    assert "BRIEFQA_INDEX_CA" in result.err
    assert not tls_server.requests


def test_a_client_certificate_opens_a_cluster_that_wants_one(
    ask: Ask, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    ours = authority.issue_cert("reader@example.org")
    ours.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "ours.pem"))
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("BRIEFQA_INDEX_CA", str(tmp_path / "ca.pem"))
    with standing_in(whole, context) as server:
        where = f"https://localhost:{server.port}/reports"
        assert ask("What does the moon draw?", "--index", where).code == 2
        monkeypatch.setenv("BRIEFQA_INDEX_CERTIFICATE", str(tmp_path / "ours.pem"))
        assert ask("What does the moon draw?", "--index", where).code == 0


def test_a_file_that_is_no_certificate_is_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFQA_INDEX_CA", "README.md")
    result = ask("Why?", "--index", "https://localhost:9/reports")
    assert result.code == 2
    assert "BRIEFQA_INDEX_CA" in result.err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refusing(401), "the password is not accepted"),
        (refusing(403), "permission denied"),
        (refusing(404), "there is no index reports; build it: briefqa index build"),
        (refusing(503), "parts of the index are down"),
        (refusing(418), "418"),
        (refusing(400, "\x1b[31mred\x1b[0m"), "400 Bad Request"),
        (Response(200, b"<html>Welcome</html>"), "does not answer like an OpenSearch cluster"),
        (Response(200, {"unlike": "a mapping"}), "does not answer like an OpenSearch cluster"),
        (Response(200, {"a": 1, "b": 2}), "several indexes"),
        (mapping({}), "not an index built by briefqa"),
        (
            mapping({**META_OF_AN_INDEX, "analysis": "0, Stemmer 1"}),
            "built with analysis 0, Stemmer 1",
        ),
        (mapping({**META_OF_AN_INDEX, "briefqa": 99}), "built with briefqa 99"),
        (
            mapping({**META_OF_AN_INDEX, "k1": 1.2}),
            "built with k1 1.2, but this briefqa needs k1 0.9; build it again",
        ),
        (
            mapping({name: META_OF_AN_INDEX[name] for name in META_OF_AN_INDEX if name != "b"}),
            "built with b unknown, but this briefqa needs b 0.7; build it again",
        ),
    ],
)
def test_a_failure_is_one_line_that_says_what_to_do(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, answer: Response, said: str
) -> None:
    monkeypatch.setattr(Pauses, "FIRST", 0.0)
    with standing_in(lambda request: answer) as server:
        result = ask("Why?", "--index", f"http://127.0.0.1:{server.port}/reports")
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.startswith("briefqa: http://127.0.0.1:")
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


def test_where_nobody_listens_is_said(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    result = ask("Why?", "--index", f"http://127.0.0.1:{port}/reports")
    assert result.code == 2
    assert "cannot be reached; check that it is running" in result.err


def test_another_host_is_asked_where_one_is_down(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        down = free.getsockname()[1]
    with standing_in(whole) as server:
        where = f"http://127.0.0.1:{down},127.0.0.1:{server.port}/reports"
        assert ask("What does the moon draw?", "--index", where).code == 0


def test_a_node_that_takes_over_is_waited_for(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    searches = iter([{"total": 3, "successful": 2}] * 2)

    def answer(request: Request) -> Response:
        if request.path.endswith("/_mapping"):
            return mapping(META_OF_AN_INDEX)
        found = searched(next(searches, SHARDS))
        return Response(200, {"responses": [found] * request.searches})

    monkeypatch.setattr(Pauses, "FIRST", 0.0)
    with standing_in(answer) as server:
        where = f"http://127.0.0.1:{server.port}/reports"
        result = ask("What does the moon draw?", "--index", where, "--format", "json")
    assert result.code == 0
    assert "partial" not in result.out


def test_an_answer_without_some_shards_is_marked_partial(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(request: Request) -> Response:
        if request.path.endswith("/_mapping"):
            return mapping(META_OF_AN_INDEX)
        incomplete = searched({"total": 3, "successful": 2, "failed": 0})
        return Response(200, {"responses": [incomplete] * request.searches})

    monkeypatch.setattr(Pauses, "FIRST", 0.0)
    with standing_in(answer) as server:
        arguments = (
            "What does the moon draw?",
            "--index",
            f"http://127.0.0.1:{server.port}/reports",
        )
        as_json, as_text = (ask(*arguments, "-f", name) for name in ("json", "text"))
        as_line, quiet = ask(*arguments), ask(*arguments, "--quiet")
    assert [each.code for each in (as_json, as_text, as_line, quiet)] == [2, 2, 2, 0]
    assert '"partial": true' in as_json.out
    assert "parts of the index are down" in as_text.out
    assert "parts of the index are down" in as_line.err


def test_paths_beside_a_cluster_are_refused(ask: Ask) -> None:
    result = ask("Why?", "seeds", "--index", "https://search.example/reports")
    assert result.code == 2
    assert "name no PATH" in result.err


def test_paths_named_go_before_a_cluster_of_the_environment(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFQA_INDEX", "https://search.example/reports")
    assert ask("When will Kishida and Biden meet?", "seeds").code == 0


def test_pauses_grow_and_come_to_an_end() -> None:
    slept: list[float] = []
    pauses = Pauses(9, slept.append)
    while pauses.pause():
        pass
    assert len(slept) == 9
    assert all(0.05 <= pause <= Pauses.LONGEST for pause in slept)
    assert sum(slept[6:]) > sum(slept[:6])


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(UsageError, match="briefqa\\[opensearch\\]"):
        Client(parse_address("https://search.example/reports", {}), {})


def test_a_cluster_error_is_one_of_ours() -> None:
    assert issubclass(EngineError, Exception)


def test_a_document_is_put_together_from_its_passages() -> None:
    paragraphs = (
        "The moon draws the ocean.",
        "How High",
        "It depends.\nOn much.",
        "The end is near.",
    )
    text = "Tides\n\n" + "\n\n".join(paragraphs)
    blocks = (
        Block(Span(7, 32), Kind.PARAGRAPH),
        Block(Span(34, 42), Kind.HEADING),
        Block(Span(44, 64), Kind.PARAGRAPH),
        Block(Span(66, 82), Kind.PARAGRAPH),
    )
    passages = list(split_passages(Document("tides.txt", "Tides", text, blocks)))
    document = assemble(passages)
    assert [passage.span.slice(document.text) for passage in passages] == [
        passage.text for passage in passages
    ]
    assert list(split_passages(document)) == passages
    assert "\n\nHow High\n\n" in document.text


def test_an_index_in_a_folder_of_ones_own_is_made_and_used_there(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = ("When will Kishida and Biden meet?", "seeds", "--index", str(tmp_path / "kept"))
    plain = ask(*question[:2])
    assert ask(*question) == plain
    [file] = (tmp_path / "kept" / "briefqa").glob("*.index")
    monkeypatch.setenv("BRIEFQA_INDEX", str(tmp_path / "kept"))
    made = file.stat().st_mtime_ns, file.stat().st_ino
    assert ask(*question[:2]) == plain
    assert file.stat().st_ino == made[1]
    assert main(["index", "clear"]) == 0
    assert not file.exists()


def test_a_build_does_not_work_from_a_part_of_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(request: Request) -> Response:
        if request.path.endswith("/_msearch"):
            return Response(200, {"responses": [searched({"total": 3, "successful": 2})]})
        return mapping({**META_OF_AN_INDEX, "inherit_all": False})

    monkeypatch.setattr(Pauses, "FIRST", 0.0)
    (tmp_path / "tides.txt").write_text("The moon draws the ocean.\n")
    with standing_in(answer) as server:
        client = Client(parse_address(f"http://127.0.0.1:{server.port}/reports", {}), {})
        with pytest.raises(EngineError, match="parts of the index are down"):
            build(client, Corpus.of(tmp_path))
    assert not any("_bulk" in request.path for request in server.requests)


def empty(request: Request) -> Response:
    """Respond as a cluster without an index, which accepts everything."""
    if request.path.endswith("-*/_mapping"):
        return Response(200, {})
    if request.path.endswith("/_mapping") and request.method == "GET":
        return refusing(404)
    if request.path.endswith("/_bulk"):
        items = [{"index": {"status": 201}}] * (request.body.count(b"\n") // 2)
        return Response(200, {"errors": False, "items": items})
    nothing = {**searched(), "hits": {"hits": []}, "aggregations": {"versions": {"buckets": []}}}
    return Response(200, {"responses": [nothing] * request.searches})


@pytest.mark.parametrize(("with_passages", "inherit_all"), [(19, False), (20, True)])
def test_documents_are_many_by_the_same_count_as_locally(
    tmp_path: Path, with_passages: int, inherit_all: bool
) -> None:
    for number in range(with_passages):
        text = f"Report {number} on the Tides\n\nThe moon draws report {number}.\n"
        (tmp_path / f"{number:02}.txt").write_text(text)
    (tmp_path / "blank.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    local = open_corpus(Corpus.of(tmp_path), cached=False).engine
    assert bool(local.search(Query(("report",)), 1)[0].inherited) is inherit_all
    with standing_in(empty) as server:
        client = Client(parse_address(f"http://127.0.0.1:{server.port}/reports", {}), {})
        assert build(client, Corpus.of(tmp_path)).sent == with_passages + 1
    [made] = [request.body for request in server.requests if request.path == "/reports-000001"]
    assert json.loads(made)["mappings"]["_meta"]["inherit_all"] is inherit_all
    sent = b"".join(each.body for each in server.requests if each.path.endswith("/_bulk"))
    records = [json.loads(line) for line in sent.splitlines()]
    terms = [each["terms"].split() for each in records if each.get("kind") == "passage"]
    assert {each.count("report") for each in terms} == {1 + inherit_all}


def test_hits_and_document_frequencies_come_with_one_request() -> None:
    with standing_in(whole) as server:
        client = Client(parse_address(f"http://127.0.0.1:{server.port}/reports", {}), {})
        assistant = Assistant(ClusterCorpus.open(client, english_analyzer()))
        before = len(server.requests)
        answer = assistant.ask("What does the moon draw?")
        assert answer.matched == ("moon", "draw")
        assert len(server.requests) - before == 1


@pytest.mark.parametrize("parts", ["paragraph 0 0 99 0", "paragraph 0 -3 9 0", "paragraph 0 3 0 0"])
def test_a_passage_whose_parts_are_not_in_its_text_is_not_one(ask: Ask, parts: str) -> None:
    found = searched()
    found["hits"] = {
        "total": {"value": 1},
        "hits": [{"_source": {"stored": {**PASSAGE, "parts": parts}}}],
    }

    def respond(request: Request) -> Response:
        if request.path.endswith("/_mapping"):
            return mapping(META_OF_AN_INDEX)
        return Response(200, {"responses": [found] * request.searches})

    with standing_in(respond) as server:
        result = ask("What does the moon draw?", "--index", f"http://127.0.0.1:{server.port}/a")
    assert (result.code, result.out) == (2, "")
    assert "does not answer like an OpenSearch cluster" in result.err
