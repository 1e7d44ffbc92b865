"""An OpenSearch cluster as the index, for collections that outgrow one machine.

This is the adapter: it opens, builds and looks after indexes. An open corpus assembles documents
from their passages, for users who do not have the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import Corpus, ReportProgress, Skipped
from briefqa.documents import Document
from briefqa.engines import Adapter, BuildOptions, BuildResult, IndexStatus
from briefqa.engines.opensearch.client import Client, answers_of
from briefqa.engines.opensearch.cluster_index import ClusterIndex, read_summary, records
from briefqa.engines.opensearch.cluster_writer import build
from briefqa.engines.opensearch.connection import Address, parse_address
from briefqa.engines.opensearch.generations import all_generations, current_generation
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    PASSAGE,
    document_id,
    passage_of,
)
from briefqa.errors import DocumentError, SkippedFileError, UsageError
from briefqa.passages import Part, Passage
from briefqa.readers import Block, Kind
from briefqa.readers.blocks import Member
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "Address",
    "Client",
    "ClusterCorpus",
    "OpenSearchAdapter",
    "assemble",
    "build",
    "clear",
    "parse_address",
    "status",
]


class ClusterCorpus(Record):
    """An open corpus on a cluster; see `briefqa.engines.IndexedCorpus`.

    Attributes:
        client: sends requests to the cluster.
        engine: the index of the passages.
        problems: none; they were reported when the index was built.
        skipped: how many files were not read when the index was built, by reason.
    """

    client: Client
    engine: ClusterIndex
    problems: tuple[DocumentError, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @classmethod
    def open(cls, client: Client, analyzer: Analyzer) -> ClusterCorpus:
        """Open the current generation of an index.

        Args:
            client: sends requests to the cluster.
            analyzer: what the index must have been built with.

        Raises:
            EngineError: the cluster cannot be reached, refuses, or has no index that this version
                of briefqa can search.
        """
        with answers_of(client):
            generation = current_generation(client, analyzer)
            index = ClusterIndex(client, analyzer, inherit_all=generation.inherit_all)
            return cls(client, index, skipped=generation.skipped)

    def skipped_files(self) -> tuple[SkippedFileError, ...]:
        """Return no files: the index has only their number."""
        return ()

    def contains(self, path: str) -> bool:
        """Return whether a path is that of a document of the corpus."""
        return any(records(self.client, DOCUMENT, document_id(path)))

    def document(self, path: str) -> Document:
        """Assemble a document from its passages.

        The index does not have the text between passages, such as headings. White space stands for
        it, so that lines and spans are those of the document.

        Raises:
            DocumentError: it is not in the index, or has no passages.
            EngineError: the cluster cannot be reached, or refuses.
        """
        found = records(self.client, PASSAGE, document_id(path))
        with answers_of(self.client):
            passages = [passage_of(record["stored"]) for record in found]
            if not passages:
                raise DocumentError(path, "not one of the documents")
            return assemble(passages)

    def is_stale(self) -> bool:
        """Return whether the index contains other documents than when it was opened."""
        return read_summary(self.client) != self.engine.summary

    def reopened(self, *, cached: bool, rebuild: bool = False) -> ClusterCorpus:
        """Open the current generation of the same index.

        Args:
            cached: not used, since nothing is cached.
            rebuild: not used either.
        """
        return ClusterCorpus.open(self.client, self.engine.analyzer)


def assemble(passages: Sequence[Passage]) -> Document:
    """Return a document with every passage at its span and on its lines.

    What stands between passages is white space.

    Args:
        passages: all passages of the document, in order; at least one.
    """
    text = ""
    line = 1
    for passage in passages:
        breaks = passage.lines[0] - line
        blanks = passage.span.start - len(text) - breaks
        text += " " * blanks + "\n" * breaks + passage.text
        line = passage.lines[1]
    blocks = tuple(block for passage in passages for block in _blocks(passage))
    return Document(passages[0].path, passages[0].title, text, blocks)


def _blocks(passage: Passage) -> Iterator[Block]:
    member = Member(passage.member, passage.member_line) if passage.member else None
    for part in passage.parts or (Part(Span(0, len(passage.text)), "paragraph"),):
        yield Block(
            part.span.shift(passage.span.start),
            Kind(part.kind),
            passage.page,
            passage.time,
            part.level or None,
            part.header or None,
            member,
        )


class OpenSearchAdapter(Adapter):
    """Opens, builds and looks after indexes on OpenSearch clusters."""

    def open(self, corpus: Corpus) -> ClusterCorpus:
        return ClusterCorpus.open(_client(corpus), corpus.analyzer)

    def build(
        self, corpus: Corpus, options: BuildOptions, progress: ReportProgress | None
    ) -> BuildResult:
        if not corpus.paths:
            raise UsageError("name the PATHs to build the index from")
        return build(_client(corpus), corpus, options, progress)

    def status(self, corpus: Corpus, *, quick: bool = False) -> IndexStatus:
        return status(_client(corpus), corpus.analyzer)

    def clear(self, corpus: Corpus) -> int:
        return clear(_client(corpus))


def _client(corpus: Corpus) -> Client:
    return Client(parse_address(corpus.location or "", os.environ))


def status(client: Client, analyzer: Analyzer) -> IndexStatus:
    """Return what an index contains; its size is without replicas.

    Args:
        client: sends requests to the cluster.
        analyzer: what the index must have been built with.

    Raises:
        EngineError: the index cannot be searched.
    """
    generation = current_generation(client, analyzer)
    summary = read_summary(client)
    stored = client.request("GET", f"/{generation.name}/_stats/store")
    complete = all(each.is_complete for each in all_generations(client))
    with answers_of(client):
        size = int(stored["_all"]["primaries"]["store"]["size_in_bytes"])
    return IndexStatus(
        name=f"{generation.name}, {summary.shards} shards",
        state="complete" if complete else "a build was interrupted; run it again",
        is_current=complete,
        documents=summary.documents,
        passages=summary.passages,
        size=size,
    )


def clear(client: Client) -> int:
    """Remove all generations of an index; return how many there were.

    Raises:
        EngineError: the cluster cannot be reached, or refuses.
    """
    found = [each for each in all_generations(client) if "briefqa" in each.meta]
    for generation in found:
        client.request("DELETE", f"/{generation.name}")
    return len(found)
