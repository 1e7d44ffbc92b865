"""Indexing: from the files of a survey to an index file, one document at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import BinaryIO

from briefqa.analysis.analyzer import Analyzer
from briefqa.documents import Document, Library, Outcomes, Source, Stamp, Survey, read_source
from briefqa.errors import DocumentError
from briefqa.index.container import IndexFile
from briefqa.index.freshness import (
    DOCUMENT,
    NOTHING,
    PROBLEM,
    Known,
    Reading,
    SourceTable,
    is_same,
    is_unchanged,
    pack_sources,
)
from briefqa.index.heading_terms import MANY_DOCUMENTS
from briefqa.index.reuse import PreviousIndex
from briefqa.index.writer import IndexWriter
from briefqa.passages import split_passages

__all__ = ["index_library", "reported", "write_index"]


def write_index(
    file: BinaryIO,
    surveyed: Survey,
    max_size: int,
    started: int,
    key: bytes,
    analyzer: Analyzer,
    earlier: IndexFile | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[DocumentError, ...]:
    """Read the files of a survey and write their index.

    Args:
        file: where to.
        surveyed: the survey.
        max_size: bytes of a file at the most.
        started: when the survey began, in nanoseconds since 1970.
        key: what the index is found again by.
        analyzer: makes the terms.
        earlier: an index of the same key, from which documents that are the same are taken over.
        progress: told of the bytes read so far, and of all there are.

    Returns:
        What could not be read.

    Raises:
        OSError: the file cannot be written.
        DamagedIndexError: the earlier index is damaged.
    """
    known = SourceTable(earlier).known() if earlier else {}
    kept = PreviousIndex(earlier, analyzer) if earlier else None
    if kept and not _pays(kept, surveyed, known):
        kept = None
    indexer = _Indexer(IndexWriter(file, analyzer, kept), max_size, known if kept else {})
    outcomes, readings = Outcomes(surveyed), []
    for source in reported(surveyed.sources, progress):
        outcome, reading = indexer.index(source)
        outcomes.note(source, outcome)
        readings.append(reading)
    indexer.builder.finish({"key": key, **pack_sources(readings, started)})
    return outcomes.problems()


def reported(
    sources: Sequence[Source], progress: Callable[[int, int], None] | None
) -> Iterator[Source]:
    """Yield files, and report how far they reach.

    Args:
        sources: the files.
        progress: told of the bytes read so far, and of all there are.
    """
    sizes = [Stamp.of(source.stamp).size for source in sources]
    done, total = 0, sum(sizes)
    for source, size in zip(sources, sizes, strict=True):
        yield source
        done += size
        if progress:
            progress(done, total)


class _Indexer:
    """Indexes one file after the other.

    Args:
        builder: of the index.
        max_size: bytes of a file at the most.
        known: what the earlier index knows of the files.
    """

    def __init__(self, builder: IndexWriter, max_size: int, known: Mapping[str, Known]) -> None:
        self.builder = builder
        self._max_size = max_size
        self._known = known

    def index(self, source: Source) -> tuple[object, Reading]:
        """Index a file.

        Returns:
            What reading it gave, and what is to be remembered of that.
        """
        known = self._known.get(source.path)
        if known and self._is_same(source, known):
            if known.kind == DOCUMENT:
                self.builder.copy_document(known.document)
            outcome = source if known.kind == DOCUMENT else None
            return outcome, Reading(source, known.kind, known.digest)
        read = read_source(source, self._max_size)
        if isinstance(read, Document):
            self.builder.add_document(read.path, read.title, split_passages(read))
            return read, Reading(source, DOCUMENT, read.digest)
        return read, Reading(source, NOTHING if read is None else PROBLEM, b"")

    def _is_same(self, source: Source, known: Known) -> bool:
        """Whether an earlier reading still holds."""
        if is_unchanged(source, known) and not known.doubtful:
            return True
        return known.kind == DOCUMENT and is_same(source, known.digest, self._max_size)


def _pays(earlier: PreviousIndex, surveyed: Survey, known: Mapping[str, Known]) -> bool:
    """Whether so much is the same that taking it over pays, and many documents are."""
    if earlier.has_mostly_unused_terms:
        return False
    counts = [earlier.passage_count(document) for document in _unchanged(surveyed, known)]
    return sum(map(bool, counts)) >= MANY_DOCUMENTS and 2 * sum(counts) > earlier.size


def _unchanged(surveyed: Survey, known: Mapping[str, Known]) -> Iterator[int]:
    """Yield the numbers of the documents whose files are the same."""
    for source in surveyed.sources:
        before = known.get(source.path)
        if before and before.kind == DOCUMENT and is_unchanged(source, before):
            yield before.document


def index_library(library: Library, analyzer: Analyzer) -> IndexFile:
    """Index documents that are in memory already, in memory."""
    buffer = BytesIO()
    builder = IndexWriter(buffer, analyzer)
    for document in library.documents:
        builder.add_document(document.path, document.title, split_passages(document))
    builder.finish({})
    return IndexFile(buffer.getbuffer())
