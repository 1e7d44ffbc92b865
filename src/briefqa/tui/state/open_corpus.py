"""What the app has open: an assistant, and the documents that were shown last."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from briefqa.assistant import Assistant
from briefqa.documents import Document
from briefqa.errors import DocumentError, EngineError

__all__ = ["OpenCorpus"]

KEPT = 16
"""The number of documents that are kept once they were shown."""


class OpenCorpus:
    """An assistant, and the documents that were shown last; several threads may use it.

    Args:
        assistant: answers questions about the documents.

    Attributes:
        assistant: the same.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._kept: dict[str, Document] = {}
        self._lock = Lock()

    def document(self, path: str) -> Document | None:
        """Return a document; None if it cannot be read any more.

        This may take seconds, unless the document is kept.
        """
        with self._lock:
            document = self._kept.pop(path, None)
        try:
            document = document or self.assistant.document(path)
        except (DocumentError, EngineError):
            return None
        with self._lock:
            self._kept[path] = document
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return document

    def documents(self) -> Iterator[Document]:
        """Yield all documents that can be read."""
        found = (self.document(entry.path) for entry in self.assistant.documents())
        return (document for document in found if document)

    def same(self, document: Document | None) -> Document | None:
        """Return a document as it is now; the first of all if it is gone."""
        again = self.document(document.path) if document else None
        return again or next(self.documents(), None)
