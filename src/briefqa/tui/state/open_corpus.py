"""The open corpus: an assistant, and the documents that were read last."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from briefqa.assistant import Assistant
from briefqa.documents import Document
from briefqa.errors import DocumentError, EngineError

__all__ = ["OpenCorpus"]

CACHE_SIZE = 16
"""The number of documents that are kept after they were read."""


class OpenCorpus:
    """An assistant, and a cache of documents; several threads may use it.

    Args:
        assistant: answers questions about the documents.

    Attributes:
        assistant: the same.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._cache: dict[str, Document] = {}
        self._cache_lock = Lock()
        self._read_lock = Lock()

    def cached(self, path: str) -> Document | None:
        """Return a document if it is in the cache; this does not block."""
        with self._cache_lock:
            return self._cache.get(path)

    def document(self, path: str) -> Document | None:
        """Return a document; None if it cannot be read any more.

        Call this in a thread: reading may take seconds.
        """
        # With the lock, two threads that request the same document read it once.
        with self._read_lock:
            document = self.cached(path)
            if document is None:
                try:
                    document = self.assistant.document(path)
                except (DocumentError, EngineError):
                    return None
            self._add_to_cache(document)
            return document

    def _add_to_cache(self, document: Document) -> None:
        """Add a document, and drop the least recently used one if there are too many."""
        with self._cache_lock:
            self._cache.pop(document.path, None)
            self._cache[document.path] = document
            if len(self._cache) > CACHE_SIZE:
                del self._cache[next(iter(self._cache))]

    def documents(self) -> Iterator[Document]:
        """Yield all documents that can be read; call this in a thread."""
        documents = (self.document(entry.path) for entry in self.assistant.documents())
        return (document for document in documents if document)
