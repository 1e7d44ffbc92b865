"""Writing an index file: from documents to its sections, in bounded memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import BinaryIO

import numpy as np

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import ReportProgress
from briefqa.documents import (
    Document,
    Outcomes,
    Source,
    Stamp,
    Survey,
    read_source,
    skipped_file,
    sources_with_progress,
)
from briefqa.documents.dates import DateSource, date_modified
from briefqa.errors import DocumentError
from briefqa.index.bm25 import MANY_DOCUMENTS, title_terms
from briefqa.index.cache import DOCUMENT, PROBLEM, CorpusSnapshot, has_contents, kind_of
from briefqa.index.container import ContainerWriter, IndexFile
from briefqa.index.doc_store_writer import UNDATED, DocStoreWriter, encode_date
from briefqa.index.external_sort import ExternalSorter, Numbers, SortedRun, as_bytes, narrow
from briefqa.index.inversion import Inverter, TermNumbers
from briefqa.index.manifest_writer import (
    KnownFile,
    ManifestEntry,
    known_files,
    manifest_sections,
)
from briefqa.index.postings_writer import write_postings, write_terms
from briefqa.index.reuse import PreviousIndex
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage
from briefqa.records import Record

__all__ = ["IndexWriter", "IndexedDocuments", "index_documents", "write_index"]

RUN_TERMS = 1_000_000
"""Inherited terms in a sorted run."""
GROUP_LIMIT = 1000
"""Maximum number of passages in a group, so that the terms it inherits fit into memory."""


class _TitleGroup(Record):
    """Neighbouring passages with the same title, from number `start` to `end`."""

    start: int
    end: int
    title: str


class IndexWriter:
    """Writes an index.

    Args:
        file: the output; it is only appended to.
        analyzer: makes the terms.
        previous: an index of which documents can be copied. Both it and the documents copied must
            have at least `MANY_DOCUMENTS` documents with passages: inherited terms are copied too.
    """

    def __init__(
        self, file: BinaryIO, analyzer: Analyzer, previous: PreviousIndex | None = None
    ) -> None:
        self._analyzer = analyzer
        self._writer = ContainerWriter(file)
        self._previous = previous
        self._sorter = ExternalSorter(previous)
        find, count = (previous.term_number, previous.terms) if previous else (None, 0)
        self._terms = TermNumbers(find, count)
        self._inverter = Inverter(self._terms, self._sorter, analyzer)
        self._store = DocStoreWriter(self._writer, previous.preset if previous else None)
        self._documents = 0
        self._dates = bytearray()
        self._unchanged = range(0)
        self._groups: list[_TitleGroup] = []

    def add_document(
        self, path: str, title: str, passages: Iterable[Passage], date: bytes = UNDATED
    ) -> None:
        """Add a document and its passages; for the date see `encode_date`."""
        self._copy_unchanged()
        self._store.add_document(path, title)
        self._dates += date
        first = len(self._store)
        for passage in passages:
            self._inverter.add(len(self._store), passage.indexed.encode("utf-8", "surrogatepass"))
            self._store.add(passage)
        end = len(self._store)
        for each in range(first, end, GROUP_LIMIT):
            self._groups.append(_TitleGroup(each, min(each + GROUP_LIMIT, end), title))
        self._documents += end > first

    def copy_document(self, document: int, modified: bytes) -> None:
        """Add a document of the previous index unchanged.

        Args:
            document: its number.
            modified: the date of its file, which is its own where it has no other.
        """
        if self._previous:
            date = self._previous.date(document)
            self._dates += date if modified[-1:] != date[-1:] and date.strip() else modified
        if document != self._unchanged.stop:
            self._copy_unchanged()
            self._unchanged = range(document, document)
        self._unchanged = range(self._unchanged.start, document + 1)

    def _copy_unchanged(self) -> None:
        """Copy neighbouring documents of the previous index in one go."""
        if self._previous and self._unchanged:
            counts = map(self._previous.passage_count, self._unchanged)
            self._documents += sum(map(bool, counts))
            self._previous.copy(self._unchanged, self._store)
        self._unchanged = range(0)

    def finish(self, sections: Mapping[str, bytes]) -> None:
        """Write the remaining sections and the end of the file.

        Args:
            sections: additional sections by name.
        """
        self._copy_unchanged()
        with self._sorter:
            self._store.finish()
            self._writer.add("documents.dates", bytes(self._dates))
            self._write_words()
            self._writer.add("terms.inherited", self._add_inherited().tobytes())
            self._write_terms()
            write_postings(self._writer, self._sorter, self._terms.count, len(self._store))
        for name, data in sections.items():
            self._writer.add(name, data)
        self._writer.finish()

    def _add_inherited(self) -> Numbers:
        """Add the terms that passages inherit from titles.

        Returns:
            For each term, 1 if it is inherited.
        """
        in_texts, inherited = self._terms_in_texts(), set[int]()
        terms, passages, sizes = array("I"), array("I"), array("I")
        for group in self._groups:
            above = title_terms(group.title, self._analyzer)
            numbers = map(self._terms.__getitem__, above)
            new = array("I", (each for each in numbers if not in_texts[each : each + 1].any()))
            inherited.update(new)
            count = group.end - group.start
            terms += new * count
            passages.extend(range(group.start, group.end))
            sizes += array("I", [len(new)]) * count
            if len(terms) >= RUN_TERMS:
                self._add_run(terms, passages, sizes)
                terms, passages, sizes = array("I"), array("I"), array("I")
        self._add_run(terms, passages, sizes)
        flags = np.zeros(self._terms.count, np.uint8)
        if self._previous:
            flags[: self._previous.terms] = self._previous.inherited()
        flags[list(inherited)] = 1
        return flags

    def _add_run(self, terms: array[int], passages: array[int], sizes: array[int]) -> None:
        """Add a run of inherited terms.

        Args:
            terms: those of one passage after the other.
            passages: the numbers of the passages.
            sizes: how many terms each passage inherits.
        """
        repeated = np.repeat(np.frombuffer(passages, np.uint32), np.frombuffer(sizes, np.uint32))
        run = SortedRun.of(np.frombuffer(terms, np.uint32), repeated)
        self._sorter.add(run, inherited=True)

    def _terms_in_texts(self) -> Numbers:
        """Return, for each term, whether some passage contains it.

        In many documents all terms of titles are inherited: then the array is empty.
        """
        if self._documents >= MANY_DOCUMENTS:
            return np.zeros(0, np.bool_)
        return self._sorter.term_counts(self._terms.count) > 0

    def _write_terms(self) -> None:
        new = self._terms.new()
        if self._previous:
            self._previous.write_terms(self._writer, new)
            return
        write_terms(self._writer, "terms", (term for term, _ in new))
        numbers = np.array([number for _, number in new], np.uint32)
        self._writer.add("terms.numbers", as_bytes(narrow(numbers)))

    def _write_words(self) -> None:
        counted = self._inverter.finish()
        if self._previous:
            self._previous.write_words(self._writer, counted)
            return
        counts = array("I")

        def words() -> Iterator[str]:
            for word, count in counted:
                counts.append(count)
                yield word

        write_terms(self._writer, "words", words())
        self._writer.add("words.counts", as_bytes(narrow(np.frombuffer(counts, np.uint32))))


class IndexedDocuments(Record):
    """What came of reading the documents of a corpus.

    Attributes:
        outcomes: of reading the files.
        read_once: documents that cannot be read again, such as standard input, by path.
    """

    outcomes: Outcomes
    read_once: Mapping[str, Document]


def write_index(
    file: BinaryIO,
    snapshot: CorpusSnapshot,
    previous: IndexFile | None = None,
    progress: ReportProgress | None = None,
) -> IndexedDocuments:
    """Read the files of a corpus and write their index.

    Args:
        file: the output.
        snapshot: the corpus.
        previous: an index with the same key from which unchanged documents are copied.
        progress: called as documents are read.

    Raises:
        OSError: the file cannot be written.
        DamagedIndexError: the previous index is damaged.
    """
    surveyed = snapshot.surveyed
    known = known_files(previous) if previous else {}
    reused = PreviousIndex(previous, snapshot.analyzer) if previous else None
    if reused and not _reuse_pays(reused, surveyed, known):
        reused, known = None, {}
    writer = IndexWriter(file, snapshot.analyzer, reused)
    outcomes, entries, read_once = Outcomes(surveyed), [], {}
    for source in sources_with_progress(surveyed.sources, progress):
        outcome, entry = _add_file(writer, source, known.get(source.path), snapshot.corpus.max_size)
        outcomes.add(source, outcome)
        entries.append(entry)
        if isinstance(outcome, Document) and not source.stamp:
            read_once[source.path] = outcome
    writer.finish({"key": snapshot.key, **manifest_sections(entries, snapshot.started)})
    return IndexedDocuments(outcomes, read_once)


def _add_file(
    writer: IndexWriter, source: Source, known: KnownFile | None, max_size: int
) -> tuple[Document | Source | DocumentError | None, ManifestEntry]:
    """Add the document in a file, if it is one.

    Args:
        writer: of the new index.
        source: the file.
        known: what the manifest of the previous index says of it.
        max_size: bytes; a larger file is not read.

    Returns:
        The document, the file if its document was copied, or why there is none; and the entry of
        the manifest.
    """
    if known and _is_unchanged(source, known, max_size):
        if known.kind == DOCUMENT:
            writer.copy_document(known.document, _date_of_file(source))
        outcome = source if known.kind == DOCUMENT else None
        return outcome, ManifestEntry(source, known.kind, known.digest, known.skipped)
    read, digest = read_source(source, max_size), b""
    if isinstance(read, Document):
        writer.add_document(read.path, read.title, split_passages(read), encode_date(*read.dated))
        digest = read.digest
    kind, skipped = kind_of(source, read), next(skipped_file(source, read), None)
    return read, ManifestEntry(source, kind, digest, skipped if kind != PROBLEM else None)


def _date_of_file(source: Source) -> bytes:
    day = date_modified(Stamp.of(source.stamp).modified)
    return encode_date(day.isoformat(), DateSource.FILE.value) if day else UNDATED


def _is_unchanged(source: Source, known: KnownFile, max_size: int) -> bool:
    if known.stamp == source.stamp and not known.recheck:
        return True
    return known.kind == DOCUMENT and has_contents(source, known.digest, max_size)


def _reuse_pays(previous: PreviousIndex, surveyed: Survey, known: Mapping[str, KnownFile]) -> bool:
    """Return whether most passages are unchanged, in as many documents as inherit all terms."""
    if previous.has_mostly_unused_terms:
        return False
    counts = [
        previous.passage_count(file.document)
        for path, stamp in zip(surveyed.files, surveyed.stamps, strict=True)
        if (file := known.get(path)) and file.kind == DOCUMENT and file.stamp == stamp
    ]
    return sum(map(bool, counts)) >= MANY_DOCUMENTS and 2 * sum(counts) > previous.size


def index_documents(documents: Iterable[Document], analyzer: Analyzer) -> IndexFile:
    """Index documents in memory."""
    buffer = BytesIO()
    writer = IndexWriter(buffer, analyzer)
    for document in documents:
        writer.add_document(
            document.path, document.title, split_passages(document), encode_date(*document.dated)
        )
    writer.finish({})
    return IndexFile(buffer.getbuffer())
