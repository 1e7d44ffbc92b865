"""The documents that the app answers from, and whether they are still what was read."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefqa.assistant import Assistant
from briefqa.documents import STANDARD_INPUT, Document, load
from briefqa.errors import DocumentError

__all__ = ["Collection", "Stamp", "open_collection", "stamp"]


class Stamp(NamedTuple):
    """What tells a file that has changed.

    Attributes:
        size: bytes.
        modified: nanoseconds since the epoch.
    """

    size: int
    modified: int


class Collection(NamedTuple):
    """What was read.

    Attributes:
        assistant: answers from the documents.
        documents: by path, sorted.
        stamps: what each file was like when it was read; None for what is no file.
        problems: the paths that could not be read, and why.
    """

    assistant: Assistant
    documents: Mapping[str, Document]
    stamps: Mapping[str, Stamp | None]
    problems: tuple[DocumentError, ...]

    @property
    def passages(self) -> int:
        """The number of passages of all documents."""
        return self.assistant.passages

    def same(self, document: Document | None) -> Document:
        """Return a document as it is now; the first where it is gone."""
        first = next(iter(self.documents.values()))
        return self.documents.get(document.path, first) if document else first


def open_collection(paths: Sequence[str], max_size: int) -> Collection:
    """Read and index documents.

    Raises:
        DocumentError: none of the paths could be read.
    """
    library = load(paths, max_size)
    if library.problems and not library.documents:
        raise library.problems[0]
    documents = {document.path: document for document in library.documents}
    stamps = {path: stamp(path) for path in documents}
    return Collection(Assistant(library), documents, stamps, library.problems)


def stamp(path: str) -> Stamp | None:
    """Return what a file is like now; None if it is gone, or no file."""
    if path == STANDARD_INPUT:
        return None
    try:
        status = os.stat(path)
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns)
