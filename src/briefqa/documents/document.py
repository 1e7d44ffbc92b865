"""Documents, and the library that a question is asked of."""

from __future__ import annotations

import os
from collections.abc import Sequence

from briefqa.documents.files import digest, read_file
from briefqa.documents.survey import Outcomes, survey
from briefqa.documents.walk import MAX_SIZE, STANDARD_INPUT, USUAL, Selection, Source
from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import Block, read
from briefqa.records import Record

__all__ = ["Document", "Library", "load", "read_document", "read_source"]


class Document(Record):
    """A text and where it came from.

    Attributes:
        path: as given, or as found in a folder that was given; `-` is standard input.
        title: the title it gives itself, else the name of its file.
        text: all of it; a new line is always one line feed.
        blocks: its parts, in order; see `Block`.
        digest: of the bytes that it was read from; see `digest`.
    """

    path: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    digest: bytes = b""


class Library(Record):
    """All that could be read, and what could not.

    Attributes:
        documents: sorted by path, each file once.
        problems: what was named or found and could not be read, by the paths given.
    """

    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


def load(paths: Sequence[str], max_size: int = MAX_SIZE, selection: Selection = USUAL) -> Library:
    """Read the documents that `paths` stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.

    Returns:
        The documents and the problems; nothing is raised for a path that cannot be read.
    """
    surveyed = survey(paths, selection)
    outcomes = Outcomes(surveyed)
    documents = []
    for source in surveyed.sources:
        outcome = read_source(source, max_size)
        outcomes.note(source, outcome)
        if isinstance(outcome, Document):
            documents.append(outcome)
    return Library(tuple(documents), outcomes.problems())


def read_document(path: str, max_size: int = MAX_SIZE) -> Document:
    """Read one document.

    Args:
        path: a file, or `-` for standard input.
        max_size: bytes; a larger file is not read.

    Raises:
        DocumentError: it cannot be read.
    """
    if os.path.isdir(path):
        raise DocumentError(path, "a folder; name a file in it")
    library = load([path], max_size)
    if library.problems:
        raise library.problems[0]
    return library.documents[0]


def read_source(source: Source, max_size: int) -> Document | DocumentError | None:
    """Read a file; None for what a folder holds that is no document."""
    try:
        return _read_document(source, max_size)
    except NotADocumentError as error:
        return error if source.named else None
    except DocumentError as error:
        return error


def _read_document(source: Source, max_size: int) -> Document:
    data = read_file(source.path, max_size, pipes=source.named)
    text, title, blocks = read(source.path, data)
    return Document(source.path, title or _name(source.path), text, blocks, digest(data))


def _name(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else os.path.basename(path)
