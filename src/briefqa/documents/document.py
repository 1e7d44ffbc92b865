"""Documents, and loading them from paths."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence

from briefqa.documents.dates import DocumentDate, date_of_document
from briefqa.documents.file_system import MAX_SIZE, STANDARD_INPUT, Stamp
from briefqa.documents.files import NOT_REGULAR, digest, read_file
from briefqa.documents.sources import (
    DEFAULT_SELECTION,
    Outcomes,
    Selection,
    Source,
    failed_file,
    is_left_out,
    survey,
)
from briefqa.errors import DocumentError, NoTextError, SkippedFileError
from briefqa.readers import Block, read
from briefqa.readers.registry import FORMATS
from briefqa.records import Record

__all__ = [
    "Document",
    "LoadedDocuments",
    "load",
    "read_document",
    "read_source",
    "skipped_file",
    "sources_with_progress",
]

SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
TEXT_SUFFIXES = frozenset((".txt", *(suffix for each in FORMATS for suffix in each.suffixes)))
"""Suffixes of files that are read; others name a format that is not."""
BLANK = b" \t\n\v\f\r\0\xef\xbb\xbf\xfe\xff"
"""The bytes of white space and of byte-order marks, in all encodings of Unicode."""


class Document(Record):
    """A text and where it comes from.

    Attributes:
        path: as given, or as found in a folder that was given; `-` is standard input.
        title: the title in the document, or the name of the file.
        text: the whole text; a new line is always one line feed.
        blocks: the parts of the text, in order; see `Block`.
        digest: of the bytes that it was read from; see `digest`.
        unread: whether its file is not blank, but no text was found in it.
        date: its date, and where that was taken from; None if it has none.
    """

    path: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    digest: bytes = b""
    unread: bool = False
    date: DocumentDate | None = None

    @property
    def dated(self) -> tuple[str | None, str | None]:
        """Its date as in ISO 8601, and where that was taken from; None for both without one."""
        return (self.date.day.isoformat(), self.date.source.value) if self.date else (None, None)


class LoadedDocuments(Record):
    """The documents that could be read, and the errors of the others.

    Attributes:
        documents: sorted by path, each file once.
        problems: what could not be read, in the order of the paths given.
        skipped: the files of which nothing was read, in the order of their paths.
    """

    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]
    skipped: tuple[SkippedFileError, ...] = ()


def load(
    paths: Sequence[str], max_size: int = MAX_SIZE, selection: Selection = DEFAULT_SELECTION
) -> LoadedDocuments:
    """Read the documents that paths stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: the size limit of a file, in bytes.
        selection: which files of a folder are read.

    Returns:
        The documents and the problems; no path that cannot be read raises an exception.
    """
    surveyed = survey(paths, selection)
    outcomes = Outcomes(surveyed)
    documents: list[Document] = []
    skipped: list[SkippedFileError] = []
    for source in surveyed.sources:
        outcome = read_source(source, max_size)
        outcomes.add(source, outcome)
        skipped += skipped_file(source, outcome)
        if isinstance(outcome, Document):
            documents.append(outcome)
    return LoadedDocuments(tuple(documents), outcomes.problems(), tuple(skipped))


def read_document(path: str, max_size: int = MAX_SIZE) -> Document:
    """Read one document.

    Args:
        path: a file, or `-` for standard input.
        max_size: the size limit, in bytes.

    Raises:
        DocumentError: the file cannot be read.
    """
    if os.path.isdir(path):
        raise DocumentError(path, "a folder; name a file in it")
    loaded = load([path], max_size)
    if loaded.problems:
        raise loaded.problems[0]
    return loaded.documents[0]


def sources_with_progress(
    sources: Sequence[Source], progress: Callable[[int, int], None] | None
) -> Iterator[Source]:
    """Yield files, and report progress once each has been dealt with.

    Args:
        sources: the files.
        progress: called with the bytes read so far, and all bytes to read.
    """
    sizes = [Stamp.of(source.stamp).size for source in sources]
    done, total = 0, sum(sizes)
    for source, size in zip(sources, sizes, strict=True):
        yield source
        done += size
        if progress:
            progress(done, total)


def read_source(source: Source, max_size: int) -> Document | DocumentError:
    """Read a file; return the error if it cannot be read."""
    try:
        data = read_file(source.path, max_size, named=source.named)
        reading = read(source.path, data)
    except DocumentError as error:
        return error
    title = reading.title or _file_name(source.path)
    unread = not reading.text.strip() and bool(data.strip(BLANK))
    modified = Stamp.of(source.stamp).modified
    return Document(
        path=source.path,
        title=title,
        text=reading.text,
        blocks=reading.blocks,
        digest=digest(data),
        unread=unread,
        date=date_of_document(source.path, reading.text, reading.date, modified),
    )


def skipped_file(source: Source, outcome: Document | DocumentError) -> Iterator[SkippedFileError]:
    """Yield what is reported of a file if nothing in it was read.

    Args:
        source: the file.
        outcome: what `read_source` returned for it.
    """
    if isinstance(outcome, Document):
        if outcome.unread:
            yield SkippedFileError(source.path, "no text in it", "no text")
    elif is_left_out(source, outcome):
        yield SkippedFileError(source.path, outcome.reason, _kind(source, outcome))
    else:
        yield failed_file(source, outcome)


def _kind(source: Source, error: DocumentError) -> str:
    if isinstance(error, NoTextError):
        return "scan"
    if error.reason == NOT_REGULAR:
        return "special file"
    suffix = os.path.splitext(source.path)[1].lower()
    return suffix if SUFFIX.fullmatch(suffix) and suffix not in TEXT_SUFFIXES else "binary"


def _file_name(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else os.path.basename(path)
