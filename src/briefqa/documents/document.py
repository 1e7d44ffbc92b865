"""Documents, and loading them from paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from briefqa.documents.file_system import MAX_SIZE, STANDARD_INPUT, Stamp
from briefqa.documents.files import digest, read_file
from briefqa.documents.sources import DEFAULT_SELECTION, Outcomes, Selection, Source, survey
from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import Block, read
from briefqa.records import Record

__all__ = [
    "Document",
    "LoadedDocuments",
    "load",
    "read_document",
    "read_source",
    "sources_with_progress",
]


class Document(Record):
    """A text and where it comes from.

    Attributes:
        path: as given, or as found in a folder that was given; `-` is standard input.
        title: the title in the document, or the name of the file.
        text: the whole text; a new line is always one line feed.
        blocks: the parts of the text, in order; see `Block`.
        digest: of the bytes that it was read from; see `digest`.
    """

    path: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    digest: bytes = b""


class LoadedDocuments(Record):
    """The documents that could be read, and the errors of the others.

    Attributes:
        documents: sorted by path, each file once.
        problems: what could not be read, in the order of the paths given.
    """

    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


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
    documents = []
    for source in surveyed.sources:
        outcome = read_source(source, max_size)
        outcomes.add(source, outcome)
        if isinstance(outcome, Document):
            documents.append(outcome)
    return LoadedDocuments(tuple(documents), outcomes.problems())


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


def read_source(source: Source, max_size: int) -> Document | DocumentError | None:
    """Read a file; return None for a file of a folder that is not a document."""
    try:
        data = read_file(source.path, max_size, named=source.named)
        reading = read(source.path, data)
    except NotADocumentError as error:
        return error if source.named else None
    except DocumentError as error:
        return error
    title = reading.title or _file_name(source.path)
    return Document(source.path, title, reading.text, reading.blocks, digest(data))


def _file_name(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else os.path.basename(path)
