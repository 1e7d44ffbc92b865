"""The cost of an index on a cluster, compared with the client alone.

    python tests/benchmarks/scale.py FOLDER PASSAGES ... [--address ADDRESS]

Creates corpora of these sizes, and runs a cluster of three nodes in one JVM unless an address is
given. A build is timed in a process of its own, and compared with opensearch-py's `parallel_bulk`
of the same records to a similar index with the same connections. A question is compared with the
search request that it sends, in turn. From half a million passages, `parallel_bulk` is not
measured, since it is given all records at once.
"""

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import opensearchpy
from corpus import questions, write_corpus
from opensearchpy.helpers import parallel_bulk

from briefqa.analysis.english import english_analyzer
from briefqa.answers.question import parse_question
from briefqa.answers.ranker import rerank_depth
from briefqa.assistant import Assistant
from briefqa.documents import Document, read_source, survey
from briefqa.engines.opensearch import Client, ClusterCorpus, clear, parse_address, status
from briefqa.engines.opensearch.bulk import AT_ONCE, BATCH
from briefqa.engines.opensearch.cluster_index import MARGIN
from briefqa.engines.opensearch.schema import document_id, index_body, meta, passage_record
from briefqa.passage_splitter import split_passages

sys.path.insert(0, str(Path(__file__).parents[1]))

from cluster.running import LASTING, running_cluster

BARE_LIMIT = 500_000
"""The number of passages up to which the client alone is measured."""
ASKED = 200
BUILDER = """
import sys, time
from briefqa.cli import main
main(sys.argv[1:])
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(time.process_time(), status["VmHWM"].split()[0])
"""
"""Runs the command line, and prints its processor time in seconds and its peak memory in kB."""
SIZE = 1 << 30


class Build(NamedTuple):
    """The cost of a build: seconds, seconds of processor time, and megabytes of peak memory."""

    seconds: float
    cpu: float
    peak: float


def main() -> None:
    arguments = sys.argv[1:]
    with ExitStack() as stack:
        if "--address" in arguments:
            address = arguments[arguments.index("--address") + 1]
        else:
            address = stack.enter_context(running_cluster(LASTING)).address("NAME")
        sizes = [int(word) for word in arguments[1:] if word.isdigit()]
        for size in sizes:
            _measure(Path(arguments[0]), size, address)


def _measure(folder: Path, size: int, address: str) -> None:
    corpus = folder / str(size)
    write_corpus(corpus, size)
    where = address.replace("NAME", f"bench-{size}")
    client = Client(parse_address(where, os.environ))
    clear(client)
    built = _build(where, corpus)
    opened = ClusterCorpus.open(client, english_analyzer())
    passages = len(opened.engine)
    print(f"\n{passages:,} passages, {opened.engine.documents:,} documents")
    print(f"build: {passages / built.seconds:,.0f} passages/s, {built.cpu:.0f} s of cpu,"
          f" peak {built.peak:.0f} MB")  # fmt: skip
    again = _build(where, corpus)
    print(f"build again: {again.seconds:.1f} s")
    _time_questions(client, opened, questions(corpus, ASKED))
    print(f"stored: {status(client, english_analyzer()).size / 1e6:,.1f} MB, without replicas")
    clear(client)
    if passages < BARE_LIMIT:
        bare = _send_bare(client, corpus)
        print(f"parallel_bulk: {passages / bare:,.0f} passages/s, ratio {bare / built.seconds:.2f}")


def _build(where: str, corpus: Path) -> Build:
    """Build in a process of its own."""
    started = time.perf_counter()
    command = [sys.executable, "-c", BUILDER, "index", "build", "--index", where, str(corpus)]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    seconds = time.perf_counter() - started
    cpu, peak = told.splitlines()[-1].split()
    return Build(seconds, float(cpu), int(peak) / 1024)


def _records(corpus: Path) -> Iterator[dict[str, Any]]:
    for source in survey([str(corpus)]).sources:
        document = read_source(source, SIZE)
        if not isinstance(document, Document):
            continue
        for number, passage in enumerate(split_passages(document)):
            identity = document_id(document.path)
            record = passage_record(
                passage, identity, identity, number, analyzer=english_analyzer(), inherit_all=True
            )
            yield {"_id": f"{identity}-{number}", "_source": record}


def _send_bare(client: Client, corpus: Path) -> float:
    """Send the same records with the client alone; return the seconds."""
    hosts = [{"host": host.name, "port": host.port} for host in client.address.hosts]
    bare, name = opensearchpy.OpenSearch(hosts, timeout=60), f"{client.address.name}-bare"
    bare.indices.delete(index=name, ignore=404)
    bare.indices.create(
        index=name, body=index_body(meta(english_analyzer(), inherit_all=True), 3, 1)
    )
    records = list(_records(corpus))
    started = time.perf_counter()
    sending = parallel_bulk(
        bare, records, thread_count=AT_ONCE, index=name, max_chunk_bytes=BATCH, chunk_size=10_000
    )
    deque(sending, maxlen=0)
    bare.indices.refresh(index=name)
    seconds = time.perf_counter() - started
    bare.indices.delete(index=name)
    return seconds


def _time_questions(client: Client, opened: ClusterCorpus, asked: list[str]) -> None:
    engine, assistant = opened.engine, Assistant(opened)
    hosts = [{"host": host.name, "port": host.port} for host in client.address.hosts]
    bare = opensearchpy.OpenSearch(hosts)
    took: dict[str, list[float]] = {"bare": [], "search": [], "answer": []}
    for question in (*asked[:20], *asked):
        parsed = parse_question(question, engine.analyzer)
        query, compared = parsed.query, rerank_depth(parsed, len(engine))
        request = engine._leading(query, compared + MARGIN)
        kind = engine._search_type or "query_then_fetch"
        name = client.address.name
        ways: dict[str, Callable[[], object]] = {
            "bare": lambda: bare.search(index=name, body=request, search_type=kind),  # noqa: B023
            "search": lambda: engine.search(query, compared),  # noqa: B023
            "answer": lambda: assistant.ask(question),  # noqa: B023
        }
        for way, ask in ways.items():
            started = time.perf_counter()
            ask()
            took[way].append(time.perf_counter() - started)
    for way, seconds in took.items():
        times = sorted(each * 1000 for each in seconds[20:])
        print(f"{way}: p50 {median(times):.1f} ms, p90 {times[len(times) * 9 // 10]:.1f} ms")
    ratios = (search / plain for search, plain in zip(took["search"], took["bare"], strict=True))
    print(f"search against bare: median ratio {median(ratios):.2f}")


if __name__ == "__main__":
    main()
