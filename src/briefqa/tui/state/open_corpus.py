"""The documents that the app answers from, each read when it is to be shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from briefqa.assistant import Assistant
from briefqa.documents import STANDARD_INPUT, USUAL, Document, Selection, load
from briefqa.errors import ClusterError
from briefqa.index import in_memory, open_library

__all__ = ["Collection", "open_cluster", "open_collection"]

Progress = Callable[[int, int], None]

HELD = 16
"""Documents that are kept once they were shown."""


class Collection:
    """An assistant, and the documents that it answers from.

    Args:
        assistant: answers from the documents.
        read: reads a document by its path; None where it cannot be read any more.
        paths: of the documents; all of them unless given.

    Attributes:
        assistant: the same.
    """

    def __init__(
        self,
        assistant: Assistant,
        read: Callable[[str], Document | None],
        paths: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        self.assistant = assistant
        self._read = read
        self._paths = paths or (lambda: assistant.paths)
        self._kept: dict[str, Document] = {}

    def document(self, path: str) -> Document | None:
        """Return a document; None where it cannot be read any more."""
        if path not in self._kept:
            document = self._read(path)
            if document is None:
                return None
            if len(self._kept) >= HELD:
                del self._kept[next(iter(self._kept))]
            self._kept[path] = document
        return self._kept[path]

    def documents(self) -> Iterator[Document]:
        """Yield all documents that can be read; those of files sorted by path."""
        found = map(self.document, self._paths())
        return (document for document in found if document)

    def same(self, document: Document | None) -> Document | None:
        """Return a document as it is now; the first where it is gone."""
        again = self.document(document.path) if document else None
        return again or next(self.documents(), None)


def open_collection(
    paths: Sequence[str],
    max_size: int,
    selection: Selection = USUAL,
    progress: Progress | None = None,
    *,
    cached: bool = True,
    folder: str | None = None,
) -> Collection:
    """Read and index documents, or use their cached index.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        progress: told of the bytes read so far, and of all there are.
        cached: whether a cached index may be read and written.
        folder: where index files are kept; None for the user's cache folder.

    Raises:
        DocumentError: none of the paths could be read.
    """

    def read(path: str) -> Document | None:
        return next(iter(load([path], max_size).documents), None)

    if STANDARD_INPUT in paths:
        library = load(paths, max_size, selection)
        held = {document.path: document for document in library.documents}
        collection = Collection(Assistant(in_memory(library)), held.get)
    else:
        indexed = open_library(
            paths, max_size, selection, cached=cached, progress=progress, folder=folder
        )
        collection = Collection(Assistant(indexed, cached=cached), read)
    problems = collection.assistant.problems
    if problems and not collection.assistant.documents:
        raise problems[0]
    return collection


def open_cluster(address: str) -> Collection:
    """Open an index on a cluster.

    Raises:
        BriefqaError: it cannot be asked.
    """
    from briefqa.engines.opensearch import Client, ClusterCollection, parse_address

    cluster = ClusterCollection.open(Client(parse_address(address, os.environ)))

    def read(path: str) -> Document | None:
        try:
            return cluster.document(path)
        except ClusterError:
            return None

    return Collection(Assistant(cluster), read, lambda: cluster.first_paths)
