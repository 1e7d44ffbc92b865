"""Indexing: from the files of a survey to an index file, one document at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import BinaryIO

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import ReportProgress
from briefqa.documents import (
    Document,
    LoadedDocuments,
    Outcomes,
    Source,
    Stamp,
    Survey,
    read_source,
)
from briefqa.errors import DocumentError
from briefqa.index.container import IndexFile
from briefqa.index.freshness import (
    DOCUMENT,
    NOTHING,
    PROBLEM,
    CorpusSnapshot,
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
from briefqa.records import Record

__all__ = ["IndexedDocuments", "index_library", "reported", "write_index"]


class IndexedDocuments(Record):
    """What came of reading the documents of a corpus.

    Attributes:
        problems: the paths that could not be read, and why.
        read_once: documents that cannot be read again, such as standard input, by path.
    """

    problems: tuple[DocumentError, ...]
    read_once: Mapping[str, Document]


def write_index(
    file: BinaryIO,
    snapshot: CorpusSnapshot,
    earlier: IndexFile | None = None,
    progress: ReportProgress | None = None,
) -> IndexedDocuments:
    """Read the files of a corpus and write their index.

    Args:
        file: where to.
        snapshot: the corpus.
        earlier: an index of the same key, from which unchanged documents are copied.
        progress: called as documents are read.

    Raises:
        OSError: the file cannot be written.
        DamagedIndexError: the earlier index is damaged.
    """
    surveyed = snapshot.surveyed
    known = SourceTable(earlier).known() if earlier else {}
    kept = PreviousIndex(earlier, snapshot.analyzer) if earlier else None
    if kept and not _pays(kept, surveyed, known):
        kept = None
    writer = IndexWriter(file, snapshot.analyzer, kept)
    indexer = _Indexer(writer, snapshot.corpus.max_size, known if kept else {})
    outcomes, readings, read_once = Outcomes(surveyed), [], {}
    for source in reported(surveyed.sources, progress):
        outcome, reading = indexer.index(source)
        outcomes.add(source, outcome)
        readings.append(reading)
        if isinstance(outcome, Document) and not source.stamp:
            read_once[source.path] = outcome
    indexer.builder.finish({"key": snapshot.key, **pack_sources(readings, snapshot.started)})
    return IndexedDocuments(outcomes.problems(), read_once)


def reported(sources: Sequence[Source], progress: ReportProgress | None) -> Iterator[Source]:
    """Yield files, and report progress after each.

    Args:
        sources: the files.
        progress: called with the bytes read so far, and with all bytes to read.
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


def index_library(loaded: LoadedDocuments, analyzer: Analyzer) -> IndexFile:
    """Index documents that are in memory already, in memory."""
    buffer = BytesIO()
    builder = IndexWriter(buffer, analyzer)
    for document in loaded.documents:
        builder.add_document(document.path, document.title, split_passages(document))
    builder.finish({})
    return IndexFile(buffer.getbuffer())
