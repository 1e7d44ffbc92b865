"""The documents that the app answers from, each read when it is to be shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.assistant import Assistant
from briefqa.documents import STANDARD_INPUT, USUAL, Document, Selection, load
from briefqa.index import open_library

__all__ = ["Collection", "open_collection"]

Progress = Callable[[int, int], None]

HELD = 16
"""Documents that are kept once they were shown."""


class Collection:
    """An assistant, and the documents that it answers from.

    Args:
        assistant: answers from the documents.
        max_size: bytes of a file at the most.
        held: by path, documents that cannot be read again.

    Attributes:
        assistant: the same.
    """

    def __init__(
        self, assistant: Assistant, max_size: int, held: Mapping[str, Document] | None = None
    ) -> None:
        self.assistant = assistant
        self._max_size = max_size
        self._held = held or {}
        self._read: dict[str, Document] = {}

    def document(self, path: str) -> Document | None:
        """Return a document; None where it cannot be read any more."""
        if path in self._held:
            return self._held[path]
        if path not in self._read:
            documents = load([path], self._max_size).documents
            if not documents:
                return None
            if len(self._read) >= HELD:
                del self._read[next(iter(self._read))]
            self._read[path] = documents[0]
        return self._read[path]

    def documents(self) -> Iterator[Document]:
        """Yield all documents that can be read, sorted by path."""
        found = map(self.document, self.assistant.paths)
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
) -> Collection:
    """Read and index documents, or use their cached index.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        progress: told of the bytes read so far, and of all there are.
        cached: whether a cached index may be read and written.

    Raises:
        DocumentError: none of the paths could be read.
    """
    held: Mapping[str, Document] = {}
    if STANDARD_INPUT in paths:
        library = load(paths, max_size, selection)
        held = {document.path: document for document in library.documents}
        assistant = Assistant(library)
    else:
        indexed = open_library(paths, max_size, selection, cached=cached, progress=progress)
        assistant = Assistant(indexed, cached=cached)
    if assistant.problems and not assistant.documents:
        raise assistant.problems[0]
    return Collection(assistant, max_size, held)
