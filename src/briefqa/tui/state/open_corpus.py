"""What the app has open: an assistant, and the documents that were shown last."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from briefqa.assistant import Assistant
from briefqa.documents import Document
from briefqa.errors import DocumentError, EngineError

__all__ = ["OpenCorpus"]

KEPT = 16
"""The number of documents that are kept once they were read."""


class OpenCorpus:
    """An assistant, and the documents that were read last; several threads may use it.

    Args:
        assistant: answers questions about the documents.

    Attributes:
        assistant: the same.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._kept: dict[str, Document] = {}
        self._changing = Lock()
        self._reading = Lock()

    def kept(self, path: str) -> Document | None:
        """Return a document if it is kept; this takes no time."""
        with self._changing:
            return self._kept.get(path)

    def document(self, path: str) -> Document | None:
        """Return a document, read unless it is kept; None if it cannot be read any more.

        Reading may take seconds: this is for threads.
        """
        # One at a time: two threads that want the same document read it once.
        with self._reading:
            document = self.kept(path)
            if document is None:
                try:
                    document = self.assistant.document(path)
                except (DocumentError, EngineError):
                    return None
            self._keep(document)
            return document

    def _keep(self, document: Document) -> None:
        """Keep a document as the last one that was used, and drop the first."""
        with self._changing:
            self._kept.pop(document.path, None)
            self._kept[document.path] = document
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]

    def documents(self) -> Iterator[Document]:
        """Yield all documents that can be read; this is for threads too."""
        found = (self.document(entry.path) for entry in self.assistant.documents())
        return (document for document in found if document)
