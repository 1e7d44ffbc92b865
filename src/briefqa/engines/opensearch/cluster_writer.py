"""Building an index on a cluster from documents on this machine.

The record of a document is sent after its passages are stored, and tells the next build not to send
the document again. An interrupted build therefore continues where it stopped, and a repeated build
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import time_ns
from typing import Any

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import Corpus, ReportProgress, count_skipped
from briefqa.documents import (
    Document,
    Outcomes,
    Source,
    Survey,
    read_source,
    skipped_file,
    sources_with_progress,
    survey,
)
from briefqa.engines import BuildOptions, BuildResult
from briefqa.engines.opensearch.bulk import Sender
from briefqa.engines.opensearch.client import Client, answers_of, encode_lines, is_partial
from briefqa.engines.opensearch.cluster_index import records
from briefqa.engines.opensearch.connection import refusal
from briefqa.engines.opensearch.generations import (
    Generation,
    complete,
    newest_generation,
    prepare,
)
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    LAYOUT,
    PASSAGE,
    Version,
    document_id,
    document_record,
    passage_record,
    stamp_of,
    version_of,
)
from briefqa.errors import DocumentError, NoDocumentsError, SkippedFileError
from briefqa.index.bm25 import MANY_DOCUMENTS
from briefqa.passage_splitter import split_passages

__all__ = ["build"]

PAGE_VERSIONS = 1_000
"""The number of versions in a page of all versions."""
AHEAD = 64 * 1024 * 1024
"""Characters of the documents that are read ahead and kept in memory."""

DEFAULTS = BuildOptions()


def build(
    client: Client,
    corpus: Corpus,
    options: BuildOptions = DEFAULTS,
    progress: ReportProgress | None = None,
) -> BuildResult:
    """Make a cluster's index contain the documents of a corpus, and nothing else.

    Args:
        client: sends requests to the cluster.
        corpus: the documents.
        options: how to build.
        progress: called as documents are read.

    Raises:
        EngineError: the cluster cannot be reached, or refuses.
        NoDocumentsError: there is nothing to read; the index is left as it was.
    """
    started = time_ns()
    surveyed = survey(corpus.paths, corpus.selection)
    if not surveyed.sources:
        raise NoDocumentsError(Outcomes(surveyed).problems())
    newest = newest_generation(client)
    known = _known(client, newest) if newest else {}
    reader = _Reader(surveyed, corpus.max_size, started, known)
    many = reader.has_many_documents()
    generation = prepare(client, newest, options, analyzer=corpus.analyzer, inherit_all=many)
    if newest is None or generation.name != newest.name:
        known.clear()
    with Sender(client, generation.name) as sender:
        searching = client.of(generation.name)
        update = _Update(sender, searching, reader, known, corpus.analyzer, inherit_all=many)
        problems = update.run(surveyed, progress, resumes=not generation.is_complete)
        sender.finish()
    skipped = tuple(update.skipped)
    complete(client, generation, count_skipped(skipped))
    return BuildResult(problems, update.sent, update.removed, skipped)


class _Reader:
    """Reads the documents of a survey, the first of them ahead.

    What passages inherit depends on how many documents have passages, which must be known before
    the first passage is sent.

    Args:
        surveyed: the survey.
        max_size: bytes; a larger file is not read.
        started: when the survey began, in nanoseconds since 1970.
        known: what the newest generation knows of each document, by the document's id.
    """

    def __init__(
        self, surveyed: Survey, max_size: int, started: int, known: Mapping[str, Version]
    ) -> None:
        self._surveyed = surveyed
        self._max_size = max_size
        self._started = started
        self._before = dict(known)
        self._ahead: dict[str, Document | DocumentError] = {}
        self._size = 0

    def stamp(self, source: Source) -> str:
        """Return what identifies the state of a file; see `stamp_of`."""
        return stamp_of(source, self._started)

    def read(self, source: Source) -> Document | DocumentError:
        """Return the outcome of reading a file; see `read_source`."""
        if source.path in self._ahead:
            return self._ahead.pop(source.path)
        return read_source(source, self._max_size)

    def has_many_documents(self) -> bool:
        """Return whether the index will have `MANY_DOCUMENTS` with passages; see `IndexWriter`."""
        outcomes, met, count = Outcomes(self._surveyed), set(), 0
        for source in self._surveyed.sources:
            document, stamp = document_id(source.path), self.stamp(source)
            before = self._before.get(document)
            met.add(document)
            if before and stamp and before.stamp == stamp:
                outcomes.add(source, source)
                count += before.passages > 0
            else:
                read = self._read_ahead(source)
                outcomes.add(source, read)
                count += isinstance(read, Document) and next(split_passages(read), None) is not None
            if count >= MANY_DOCUMENTS:
                return True
        if outcomes.problems():
            # Documents that were not found are then kept; see `_Update.run`.
            rest = (self._before[document] for document in self._before.keys() - met)
            count += sum(version.passages > 0 for version in rest)
        return count >= MANY_DOCUMENTS

    def _read_ahead(self, source: Source) -> Document | DocumentError:
        """Read a file, and keep the outcome unless it is large and can be read again."""
        read = read_source(source, self._max_size)
        size = len(read.text) if isinstance(read, Document) else 0
        if self._size + size <= AHEAD or not source.stamp:
            self._size += size
            self._ahead[source.path] = read
        return read


class _Update:
    """Sends new and changed documents, and removes the others from the index.

    Args:
        sender: sends records to the index.
        client: searches the index.
        reader: reads the documents.
        known: what the index knows of each document, by the document's id.
        analyzer: makes the terms.
        inherit_all: whether passages inherit all terms of titles.

    Attributes:
        sent: the number of documents that were new or had changed.
        removed: the number of documents that no longer exist.
        skipped: the files of which nothing was read.
    """

    def __init__(
        self,
        sender: Sender,
        client: Client,
        reader: _Reader,
        known: Mapping[str, Version],
        analyzer: Analyzer,
        *,
        inherit_all: bool,
    ) -> None:
        self._sender = sender
        self._client = client
        self._reader = reader
        self._known = known
        self._analyzer = analyzer
        self._inherit_all = inherit_all
        self._seen: set[str] = set()
        self._incomplete: dict[str, int] = {}
        self.sent = self.removed = 0
        self.skipped: list[SkippedFileError] = []

    def run(
        self, surveyed: Survey, progress: ReportProgress | None, *, resumes: bool
    ) -> tuple[DocumentError, ...]:
        """Make the index contain the documents of a survey, and nothing else.

        Args:
            surveyed: the survey.
            progress: called as documents are read.
            resumes: whether the previous build was interrupted.

        Returns:
            The paths that could not be read, and why.
        """
        if resumes:
            self._find_incomplete()
        problems = self._send_all(surveyed, progress)
        # A folder that is not mounted looks empty: what cannot be read now may be back tomorrow.
        if not problems:
            self._remove_vanished()
        self._remove_incomplete()
        return problems

    def _find_incomplete(self) -> None:
        """Find the passages of documents that an interrupted build did not complete."""
        whole = {known.version for known in self._known.values()}
        found = _versions(self._client)
        self._incomplete = {version: count for version, count in found if version not in whole}

    def _send_all(
        self, surveyed: Survey, progress: ReportProgress | None
    ) -> tuple[DocumentError, ...]:
        """Send the documents of a survey; return the paths that could not be read."""
        outcomes = Outcomes(surveyed)
        for source in sources_with_progress(surveyed.sources, progress):
            outcomes.add(source, self._send_source(source))
        return outcomes.problems()

    def _send_source(self, source: Source) -> object:
        """Send a document unless the index has it; return the outcome of reading it."""
        document, stamp = document_id(source.path), self._reader.stamp(source)
        known = self._known.get(document)
        # Whether a document without passages is to be reported is not recorded: it is read again.
        if known and known.passages and stamp and known.stamp == stamp:
            self._seen.add(document)
            return source
        read = self._reader.read(source)
        self.skipped += skipped_file(source, read)
        if isinstance(read, Document):
            self._seen.add(document)
            self._send_document(read, document, stamp, known)
        return read

    def _send_document(
        self, read: Document, document: str, stamp: str, known: Version | None
    ) -> None:
        version = version_of(read)
        self._incomplete.pop(version, None)
        if known and known.version == version:
            if known.stamp != stamp:
                self._sender.add_after(_document_lines(read, known._replace(stamp=stamp)))
            return
        passages = length = 0
        for passage in split_passages(read):
            record = passage_record(
                passage,
                document,
                version,
                passages,
                analyzer=self._analyzer,
                inherit_all=self._inherit_all,
            )
            self._sender.add(_index_lines(f"{version}-{passages}", record))
            passages += 1
            length += record["terms"].count("\n") + bool(record["terms"])
        self._sender.add_after(_document_lines(read, Version(version, stamp, passages, length)))
        self.sent += 1
        if known:
            self._delete(known.version, known.passages)

    def _remove_vanished(self) -> None:
        """Remove the documents that no longer exist."""
        for document, known in self._known.items():
            if document not in self._seen:
                self._delete(known.version, known.passages)
                self._sender.add_after(_delete_lines(document))
                self.removed += 1

    def _remove_incomplete(self) -> None:
        """Remove the passages of incomplete documents that were not sent again."""
        for version, passages in self._incomplete.items():
            self._delete(version, passages)

    def _delete(self, version: str, passages: int) -> None:
        for number in range(passages):
            self._sender.add(_delete_lines(f"{version}-{number}"))


def _document_lines(read: Document, known: Version) -> bytes:
    return _index_lines(document_id(read.path), document_record(read, known))


def _index_lines(record_id: str, record: dict[str, Any]) -> bytes:
    return encode_lines([{"index": {"_id": record_id}}, record])


def _delete_lines(record_id: str) -> bytes:
    return encode_lines([{"delete": {"_id": record_id}}])


def _known(client: Client, generation: Generation) -> dict[str, Version]:
    """Return what a generation knows of each document, by the document's id."""
    if generation.meta.get("briefqa") != LAYOUT:
        return {}
    client.request("POST", f"/{generation.name}/_refresh")
    with answers_of(client):
        return {
            str(record["document"]): Version(
                version=str(record["version"]),
                stamp=str(record["stored"]["stamp"]),
                passages=int(record["passages"]),
                length=int(record["length"]),
            )
            for record in records(client.of(generation.name), DOCUMENT)
        }


def _versions(client: Client) -> Iterator[tuple[str, int]]:
    """Yield the version of each document that has passages, and the number of its passages."""
    sources = [{"version": {"terms": {"field": "version"}}}]
    pages: dict[str, Any] = {"size": PAGE_VERSIONS, "sources": sources}
    last = {"last": {"max": {"field": "number"}}}
    while True:
        aggregations = {"versions": {"composite": pages, "aggs": last}}
        query = {"term": {"kind": PASSAGE}}
        [found] = client.search({"size": 0, "query": query, "aggs": aggregations})
        if is_partial(found):
            raise refusal(str(client.address), 503, "")
        with answers_of(client):
            versions = found["aggregations"]["versions"]
            for bucket in versions["buckets"]:
                yield bucket["key"]["version"], int(bucket["last"]["value"]) + 1
            if "after_key" not in versions:
                return
            pages["after"] = versions["after_key"]
