"""Asking a cluster: from the command line, in the app, and with nodes down."""

import json
from pathlib import Path

import pytest

from briefqa.corpus import Corpus
from briefqa.engines import BuildOptions
from briefqa.engines.opensearch import Client, build
from cluster.running import Cluster
from conftest import BRIEFING, Run
from engine_suite import write_library
from tui import Driver, drive

QUESTION = "When will Kishida and Biden meet?"


@pytest.fixture
def briefing_address(address: str, client: Client) -> str:
    """The address of an index of the sample briefing."""
    build(client, Corpus.of(BRIEFING))
    return address


def test_the_answer_is_that_of_the_documents_here(run: Run, briefing_address: str) -> None:
    there = run("ask", QUESTION, "--index", briefing_address, "--format", "json")
    here = run("ask", QUESTION, BRIEFING, "--format", "json")
    assert (there.code, there.err) == (0, "")
    excerpts, expected = (json.loads(each.out)["excerpts"] for each in (there, here))
    for name in ("path", "lines", "span", "text", "sentence", "highlights"):
        assert [each[name] for each in excerpts] == [each[name] for each in expected]


def test_a_cluster_is_built_looked_at_measured_and_cleared_by_command(
    run: Run, address: str, tmp_path: Path
) -> None:
    environment = {"BRIEFQA_INDEX": address}
    known = tmp_path / "known.jsonl"
    known.write_text(json.dumps({"question": QUESTION, "answers": ["April 10, 2023"]}))
    assert run("index", "status", env=environment).code == 2
    built = run("index", "build", BRIEFING, "--shards", "1", "--replicas", "0", env=environment)
    assert (built.code, built.out.splitlines()[0]) == (0, "sent       1 documents")
    again = run("index", "build", BRIEFING, env=environment)
    assert again.out.splitlines()[0] == "sent       0 documents"
    status = run("index", "status", env=environment)
    assert (status.code, "1 shards" in status.out, "complete" in status.out) == (0, True, True)
    assert run("eval", str(known), "--min", "sentence@1=100", env=environment).code == 0
    assert run("index", "clear", env=environment).out == "1 index removed\n"
    assert "there is no index" in run("ask", QUESTION, env=environment).err


def test_the_app_shows_the_document_that_is_not_here(briefing_address: str) -> None:
    async def read(driver: Driver) -> None:
        await driver.ask(QUESTION)
        assert "April 10, 2023" in driver.status
        assert driver.document.document is not None
        assert "April 10, 2023" in driver.document.document.text[:]

    drive(read, location=briefing_address)


def test_with_a_shard_down_the_rest_answers_and_says_so(
    cluster: Cluster, client: Client, run: Run, address: str, tmp_path: Path
) -> None:
    library = write_library(tmp_path / "library")
    build(client, Corpus.of(library), BuildOptions(shards=3, replicas=0))
    arguments = ("ask", "Who discusses energy and people?", "--index", address)
    assert run(*arguments).code == 0
    cluster.stop(1)
    try:
        partial = run(*arguments, "--format", "json")
    finally:
        cluster.start(1)
    assert partial.code == 2
    assert json.loads(partial.out)["partial"] is True
    assert json.loads(partial.out)["excerpts"]
