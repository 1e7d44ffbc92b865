"""Building an index on a cluster, whatever comes between."""

import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from briefqa.analysis.analyzer import Analyzer
from briefqa.analysis.english import ENGLISH, english_analyzer
from briefqa.assistant import Assistant
from briefqa.corpus import Corpus, Skipped
from briefqa.engines import BuildOptions
from briefqa.engines.opensearch import (
    Client,
    ClusterCorpus,
    build,
    bulk,
    clear,
    parse_address,
    schema,
    status,
)
from briefqa.engines.opensearch.cluster_index import records
from briefqa.engines.opensearch.generations import all_generations
from briefqa.errors import DocumentError, EngineError
from cluster.proxy import BUSY, disturbing, pass_on, respond
from cluster.running import Cluster

SMALL_BATCH = 20_000
"""Bytes of a batch, so that a small build has many."""
BUILDER = """
import os, signal, sys
from itertools import count
from briefqa.engines.opensearch import bulk
from briefqa.corpus import Corpus
from briefqa.engines.opensearch import Client, build, parse_address

address, folder, batch, last = sys.argv[1:]
requests, request = count(1), Client.request

def fatal(*arguments, **options):
    number = next(requests)
    answer = request(*arguments, **options) if number < int(last) or number % 2 else None
    if number >= int(last):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

Client.request = fatal
bulk.BATCH = int(batch)
build(Client(parse_address(address, {}), {}), Corpus.of(folder))
"""
"""Builds, and dies at a request: after it, or where its number is even before it."""
SEED = 20261124


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", SMALL_BATCH)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred documents of ten passages each."""
    folder, words = tmp_path_factory.mktemp("documents"), random.Random(SEED)
    vocabulary = [f"{a}{b}{c}" for a in ("ba", "ko", "ti", "re") for b in "lmnst" for c in "aeiou"]
    for number in range(100):
        paragraphs = (" ".join(words.choices(vocabulary, k=60)).capitalize() for _ in range(10))
        text = "".join(f"{paragraph}.\n\n" for paragraph in paragraphs)
        (folder / f"{number:03}.txt").write_text(f"Report {number}\n\n{text}")
    return folder


def contents(client: Client) -> list[dict[str, Any]]:
    """All passages and documents of an index, but for the stamps of files."""
    client.request("POST", f"/{client.address.name}/_refresh")
    passages = sorted(records(client, schema.PASSAGE), key=lambda each: str(each["stored"]))
    described = [
        {name: value for name, value in record.items() if name != "stored"}
        for record in records(client, schema.DOCUMENT)
    ]
    return passages + described


@pytest.fixture(scope="module")
def undisturbed(cluster: Cluster, documents: Path) -> list[dict[str, Any]]:
    """What an index of the documents holds when nothing came between."""
    client = Client(parse_address(cluster.address("undisturbed"), {}), {})
    build(client, Corpus.of(documents))
    held = contents(client)
    assert len(held) == 1000 + 100
    clear(client)
    return held


def test_building_again_changes_nothing(
    client: Client, documents: Path, undisturbed: list[dict[str, Any]]
) -> None:
    assert build(client, Corpus.of(documents)).sent == 100
    again = build(client, Corpus.of(documents))
    assert (again.sent, again.removed) == (0, 0)
    assert contents(client) == undisturbed


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(
    client: Client, tmp_path: Path
) -> None:
    for name in ("kept", "changed", "gone"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} one.\n\nIt has two passages.\n")
    build(client, Corpus.of(tmp_path))
    (tmp_path / "changed.txt").write_text("The volcano erupted.\n")
    (tmp_path / "gone.txt").unlink()
    built = build(client, Corpus.of(tmp_path))
    assert (built.sent, built.removed) == (1, 1)
    texts = {record["stored"]["text"] for record in records(client, schema.PASSAGE)}
    assert texts == {"The kept one.", "It has two passages.", "The volcano erupted."}
    found = status(client, english_analyzer())
    assert (found.documents, found.passages) == (2, 3)


def test_the_index_has_the_number_of_files_that_were_not_read(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The tides.\n")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "c.html").write_text("<img src='moon.png'>")
    for _ in range(2):
        built = build(client, Corpus.of(tmp_path))
        assert [error.kind for error in built.skipped] == [".png", "no text"]
        opened = ClusterCorpus.open(client, english_analyzer())
        assert opened.skipped == (Skipped(".png", 1), Skipped("no text", 1))
        assert opened.skipped_files() == ()


def test_nothing_is_removed_where_something_cannot_be_read(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "mounted"
    folder.mkdir()
    (folder / "a.txt").write_text("The tides.\n")
    (tmp_path / "b.txt").write_text("The moon.\n")
    paths = (str(folder), str(tmp_path / "b.txt"))
    build(client, Corpus.of(paths))
    (folder / "a.txt").unlink()
    built = build(client, Corpus.of(paths))
    assert [str(problem) for problem in built.problems] == [f"{folder}: a folder without documents"]
    assert status(client, english_analyzer()).documents == 2


def test_a_folder_without_documents_leaves_the_index_as_it_was(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The tides.\n")
    build(client, Corpus.of(tmp_path))
    (tmp_path / "a.txt").unlink()
    with pytest.raises(DocumentError, match="a folder without documents"):
        build(client, Corpus.of(tmp_path))
    assert status(client, english_analyzer()).documents == 1


def test_a_full_build_replaces_the_index_once_it_is_whole(
    client: Client, documents: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The tides.\n")
    build(client, Corpus.of(tmp_path))
    seen: set[int] = set()

    def look(done: int, total: int) -> None:
        seen.add(ClusterCorpus.open(client, english_analyzer()).engine.documents)

    build(client, Corpus.of(documents), BuildOptions(rebuild=True, shards=2), look)
    assert seen == {1}
    assert status(client, english_analyzer()).name == f"{client.address.name}-000002, 2 shards"
    assert ClusterCorpus.open(client, english_analyzer()).engine.documents == 100
    assert len(all_generations(client)) == 1


def test_an_index_of_another_analyzer_is_refused_until_it_is_built_again(
    client: Client, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Analyzer(ENGLISH._replace(name="american"))
    with monkeypatch.context() as patch:
        patch.setattr(Corpus, "analyzer", other)
        build(client, Corpus.of(documents))
    with pytest.raises(EngineError, match="built with analysis american"):
        ClusterCorpus.open(client, english_analyzer())
    build(client, Corpus.of(documents))
    assert ClusterCorpus.open(client, english_analyzer()).engine.documents == 100


def test_an_index_of_others_is_not_touched(client: Client, documents: Path) -> None:
    client.request("PUT", f"/{client.address.name}")
    with pytest.raises(EngineError, match="choose another name"):
        build(client, Corpus.of(documents))
    client.request("DELETE", f"/{client.address.name}")


def test_a_build_killed_ten_times_ends_in_the_same_index(
    address: str, client: Client, documents: Path, undisturbed: list[dict[str, Any]]
) -> None:
    moments, killed = random.Random(SEED), 0
    changing = documents / "000.txt"
    text = changing.read_text()
    for attempt in range(10):
        # What an attempt has left of a document that is another by the next is to go too.
        changing.write_text(f"{text}{attempt}\n\n" * (10 - attempt) if attempt < 9 else text)
        arguments = (address, str(documents), str(SMALL_BATCH), str(moments.randrange(4, 16)))
        process = subprocess.run([sys.executable, "-c", BUILDER, *arguments], check=False)
        killed += process.returncode == -signal.SIGKILL
    assert killed >= 5
    build(client, Corpus.of(documents))
    assert contents(client) == undisturbed
    assert status(client, english_analyzer()).is_current


@pytest.mark.usefixtures("small_batches")
def test_a_busy_cluster_and_a_broken_network_lose_nothing(
    cluster: Cluster, client: Client, documents: Path, undisturbed: list[dict[str, Any]]
) -> None:
    port = cluster.ports[0]
    met: list[str] = []

    def disturb(number: int, request: BaseHTTPRequestHandler) -> bool:
        kinds = {0: "busy", 2: "cut before", 4: "cut after", 6: "half"}
        kind = kinds.get(number % 9, "")
        met.append(kind)
        size = int(request.headers["content-length"])
        if kind == "busy":
            request.rfile.read(size)
            respond(request, 429, BUSY)
        elif kind == "cut after":
            pass_on(request, port)
        elif kind == "half":
            request.rfile.read(size // 2)
        request.close_connection = bool(kind) and kind != "busy"
        return bool(kind)

    with disturbing(port, disturb) as disturbed:
        address = parse_address(f"http://127.0.0.1:{disturbed}/{client.address.name}", {})
        build(Client(address, {}), Corpus.of(documents))
    assert {"busy", "cut before", "cut after", "half"} <= set(met)
    assert contents(client) == undisturbed


@pytest.mark.usefixtures("small_batches")
def test_a_node_that_stops_loses_neither_answers_nor_passages(
    cluster: Cluster, client: Client, documents: Path, undisturbed: list[dict[str, Any]]
) -> None:
    def restart() -> None:
        cluster.stop(2)
        cluster.start(2)

    disturbance = Thread(target=restart)
    build(client, Corpus.of(documents), progress=_starting(disturbance, after=20))
    disturbance.join()
    assert contents(client) == undisturbed
    _await_replicas(client)
    assistant = Assistant(ClusterCorpus.open(client, english_analyzer()))
    texts = [str(each["stored"]["text"]) for each in records(client, schema.PASSAGE)]
    questions = [text[:60] for text in texts[:200]]
    before = [assistant.ask(question) for question in questions]
    disturbance = Thread(target=restart)
    disturbance.start()
    for question, expected in zip(questions, before, strict=True):
        assert not (answer := assistant.ask(question)).partial
        assert answer == expected
    disturbance.join()


def _await_replicas(client: Client) -> None:
    """Wait until each passage is on two nodes again."""
    at_once = {"index.unassigned.node_left.delayed_timeout": "0"}
    client.request("PUT", f"/{client.address.name}/_settings", at_once)
    for _ in range(4):
        with suppress(EngineError):
            client.request("GET", "/_cluster/health", wait_for_status="green")
            return
    raise AssertionError("replicas are missing")


def _starting(disturbance: Thread, after: int) -> Callable[[int, int], None]:
    """Make a progress that starts a thread after so many documents."""
    calls = count()

    def progress(done: int, total: int) -> None:
        if next(calls) == after:
            disturbance.start()

    return progress
