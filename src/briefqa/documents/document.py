"""Documents, and the library that a question is asked of."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefqa.documents.opening import MAX_SIZE, STANDARD_INPUT, read_file
from briefqa.documents.walking import Found, walk
from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import Block, read

__all__ = ["Document", "Library", "load"]


class Document(NamedTuple):
    """A text and where it came from.

    Attributes:
        path: as given, or as found in a folder that was given; `-` is standard input.
        title: the title it gives itself, else the name of its file.
        text: all of it; a new line is always one line feed.
        blocks: its paragraphs, headings and fragments, in order.
    """

    path: str
    title: str
    text: str
    blocks: tuple[Block, ...]


class Library(NamedTuple):
    """All that could be read, and what could not.

    Attributes:
        documents: sorted by path, each file once.
        problems: what was named or found and could not be read, in the order met.
    """

    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


def load(paths: Sequence[str], max_size: int = MAX_SIZE) -> Library:
    """Read the documents that `paths` stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.

    Returns:
        The documents and the problems; nothing is raised for a path that cannot be read.
    """
    documents: list[Document] = []
    problems: list[DocumentError] = []
    seen: set[str] = set()
    for path in paths:
        for outcome in _load_path(path, max_size, seen):
            if isinstance(outcome, Document):
                documents.append(outcome)
            else:
                problems.append(outcome)
    documents.sort(key=lambda document: document.path)
    return Library(tuple(documents), tuple(problems))


def _load_path(path: str, max_size: int, seen: set[str]) -> Iterator[Document | DocumentError]:
    """Yield the documents of one path that are not among those `seen`, and its problems."""
    empty = True
    for found in walk(path):
        if isinstance(found, Found) and _place(found.path) in seen:
            empty = False
            continue
        outcome = _load_found(found, max_size)
        if outcome is None:
            continue
        empty = False
        if isinstance(outcome, Document):
            seen.add(_place(outcome.path))
        yield outcome
    if empty:
        yield DocumentError(path, "a folder without documents")


def _load_found(found: Found | DocumentError, max_size: int) -> Document | DocumentError | None:
    """Read one file; None for what a folder holds that is no document."""
    if isinstance(found, DocumentError):
        return found
    try:
        return _read_document(found, max_size)
    except NotADocumentError as error:
        return error if found.named else None
    except DocumentError as error:
        return error


def _read_document(found: Found, max_size: int) -> Document:
    data = read_file(found.path, max_size, pipes=found.named)
    text, title, blocks = read(found.path, data)
    return Document(found.path, title or _name(found.path), text, blocks)


def _name(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else os.path.basename(path)


def _place(path: str) -> str:
    """The same string for two paths of the same place, so that no file is read twice."""
    if path == STANDARD_INPUT:
        return path
    try:
        return os.path.abspath(path)
    except OSError:
        return path
