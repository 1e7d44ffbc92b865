"""Building an index on a cluster from documents here.

A document's own record is sent once its passages are stored, and tells the next build that it need
not be sent again: an interrupted build goes on where it was, and a repeated one changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import time_ns
from typing import Any

from briefqa.documents import (
    USUAL,
    Document,
    Outcomes,
    Selection,
    Source,
    Survey,
    read_source,
    survey,
)
from briefqa.engines.opensearch.bulk import Sender
from briefqa.engines.opensearch.client import Client, encode_lines, is_partial, refusal
from briefqa.engines.opensearch.cluster_index import records
from briefqa.engines.opensearch.generations import Shape, complete, prepare
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    PASSAGE,
    Version,
    document_id,
    document_record,
    passage_record,
    stamp_of,
    version_of,
)
from briefqa.errors import DocumentError
from briefqa.index.document_indexer import reported
from briefqa.index.heading_terms import MANY_DOCUMENTS
from briefqa.passages import split_passages
from briefqa.records import Record

__all__ = ["Built", "build"]

PAGE = 1_000
"""Versions that are fetched at a time."""

SPREAD = Shape()
Progress = Callable[[int, int], None]


class Built(Record):
    """What a build did.

    Attributes:
        sent: documents that were new or had changed.
        removed: documents that were there no longer.
        problems: what could not be read.
    """

    sent: int
    removed: int
    problems: tuple[DocumentError, ...]


def build(
    client: Client,
    paths: tuple[str, ...],
    max_size: int,
    selection: Selection = USUAL,
    *,
    shape: Shape = SPREAD,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Make a cluster's index hold what paths hold, and nothing else.

    Args:
        client: speaks to the cluster.
        paths: files or folders.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        shape: of a new index.
        rebuild: whether all is sent again, to a new index that replaces the old one.
        progress: told of the bytes read so far, and of all there are.

    Raises:
        ClusterError: the cluster cannot be reached, or refuses.
        DocumentError: there is nothing to read; the index is as it was.
    """
    started = time_ns()
    surveyed = survey(paths, selection)
    if not surveyed.sources:
        raise Outcomes(surveyed).problems()[0]
    lends = len(surveyed.sources) >= MANY_DOCUMENTS
    generation = prepare(client, shape, lends=lends, rebuild=rebuild)
    client.request("POST", f"/{generation.name}/_refresh")
    with Sender(client, generation.name) as sender:
        update = _Update(sender, client.of(generation.name), max_size, started, lends=lends)
        problems = update.run(surveyed, progress, resumes=not generation.is_whole)
        sender.finish()
    complete(client, generation)
    return Built(update.sent, update.removed, problems)


class _Update:
    """Sends what is new, and removes what is no longer.

    Args:
        sender: sends records to the index.
        client: asks the index.
        max_size: bytes of a file at the most.
        started: when the survey began, in nanoseconds since 1970.
        lends: whether headings and titles lend passages all their terms.

    Attributes:
        sent: documents that were new or had changed.
        removed: documents that were there no longer.
    """

    def __init__(
        self, sender: Sender, client: Client, max_size: int, started: int, *, lends: bool
    ) -> None:
        self._sender = sender
        self._client = client
        self._max_size = max_size
        self._started = started
        self._lends = lends
        self._known = dict(_known(client))
        self._met: set[str] = set()
        self._remains: dict[str, int] = {}
        self.sent = self.removed = 0

    def run(
        self, surveyed: Survey, progress: Progress | None, *, resumes: bool
    ) -> tuple[DocumentError, ...]:
        """Make the index hold what a survey found, and nothing else.

        Args:
            surveyed: the survey.
            progress: told of the bytes read so far, and of all there are.
            resumes: whether an earlier build was interrupted.

        Returns:
            What could not be read.
        """
        if resumes:
            self._find_remains()
        problems = self._take_all(surveyed, progress)
        # What cannot be read may be there again tomorrow: a folder that is not mounted looks empty.
        if not problems:
            self._remove_vanished()
        self._remove_remains()
        return problems

    def _find_remains(self) -> None:
        """Look for passages of documents that an interrupted build did not finish."""
        whole = {known.version for known in self._known.values()}
        found = _versions(self._client)
        self._remains = {version: count for version, count in found if version not in whole}

    def _take_all(self, surveyed: Survey, progress: Progress | None) -> tuple[DocumentError, ...]:
        """Send the documents of a survey; return what could not be read."""
        outcomes = Outcomes(surveyed)
        for source in reported(surveyed.sources, progress):
            outcomes.note(source, self._take(source))
        return outcomes.problems()

    def _take(self, source: Source) -> object:
        """Send a document unless it is known; return what reading it gave."""
        document, stamp = document_id(source.path), stamp_of(source, self._started)
        known = self._known.get(document)
        if known and stamp and known.stamp == stamp:
            self._met.add(document)
            return source
        read = read_source(source, self._max_size)
        if isinstance(read, Document):
            self._met.add(document)
            self._send(read, document, stamp, known)
        return read

    def _send(self, read: Document, document: str, stamp: str, known: Version | None) -> None:
        version = version_of(read)
        self._remains.pop(version, None)
        if known and known.version == version:
            if known.stamp != stamp:
                self._sender.add_after(_described(read, known._replace(stamp=stamp)))
            return
        passages = length = 0
        for passage in split_passages(read):
            record = passage_record(passage, document, version, passages, lends=self._lends)
            self._sender.add(_storing(f"{version}-{passages}", record))
            passages += 1
            length += record["terms"].count("\n") + bool(record["terms"])
        self._sender.add_after(_described(read, Version(version, stamp, passages, length)))
        self.sent += 1
        if known:
            self._delete(known.version, known.passages)

    def _remove_vanished(self) -> None:
        """Remove the documents that were not met."""
        for document, known in self._known.items():
            if document not in self._met:
                self._delete(known.version, known.passages)
                self._sender.add_after(_deleting(document))
                self.removed += 1

    def _remove_remains(self) -> None:
        """Remove what was found of unfinished documents that are no longer so."""
        for version, passages in self._remains.items():
            self._delete(version, passages)

    def _delete(self, version: str, passages: int) -> None:
        for number in range(passages):
            self._sender.add(_deleting(f"{version}-{number}"))


def _described(read: Document, known: Version) -> bytes:
    return _storing(document_id(read.path), document_record(read.path, known))


def _storing(record_id: str, record: dict[str, Any]) -> bytes:
    return encode_lines([{"index": {"_id": record_id}}, record])


def _deleting(record_id: str) -> bytes:
    return encode_lines([{"delete": {"_id": record_id}}])


def _known(client: Client) -> Iterator[tuple[str, Version]]:
    """Yield what the index knows of each document, by the document's id."""
    for record in records(client, DOCUMENT):
        fields = (record["passages"], record["length"])
        yield record["document"], Version(record["version"], record["stored"]["stamp"], *fields)


def _versions(client: Client) -> Iterator[tuple[str, int]]:
    """Yield the versions of all passages, and up to which number there may be any."""
    sources = [{"version": {"terms": {"field": "version"}}}]
    pages: dict[str, Any] = {"size": PAGE, "sources": sources}
    last = {"last": {"max": {"field": "number"}}}
    while True:
        aggregations = {"versions": {"composite": pages, "aggs": last}}
        query = {"term": {"kind": PASSAGE}}
        [found] = client.search({"size": 0, "query": query, "aggs": aggregations})
        if is_partial(found):
            raise refusal(str(client.address), 503, "")
        versions = found["aggregations"]["versions"]
        for bucket in versions["buckets"]:
            yield bucket["key"]["version"], int(bucket["last"]["value"]) + 1
        if "after_key" not in versions:
            return
        pages["after"] = versions["after_key"]
