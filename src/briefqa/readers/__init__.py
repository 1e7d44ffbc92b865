"""Readers: the bytes of a document in, its text and structure out.

One module a format; each returns a `Reading`. `registry` has the table of formats. The size that a
document unpacks to is limited, together with all documents in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from briefqa.errors import DocumentError, ReaderError
from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.readers.charset import decode, decode_document

__all__ = [
    "UNPACKED_LIMIT",
    "Block",
    "Budget",
    "Kind",
    "Reading",
    "current_budget",
    "decode",
    "decode_document",
    "read",
]

UNPACKED_LIMIT = 64 * 1024 * 1024
"""Bytes that a document may unpack to in all, counted as they come."""
NESTING_LIMIT = 8
"""The maximum depth of nested documents, such as a page in an archive in a message."""


def read(name: str, data: bytes) -> Reading:
    """Read a document in any known format.

    The same name and bytes are always read by the same reader, whose module is loaded when it is
    first needed.

    Args:
        name: the document's path: it decides between formats that look alike, and names the
            document in errors.
        data: its whole contents.

    Raises:
        NotADocumentError: the bytes are not text in a known format.
        DocumentError: the format is known, but the document is broken, encrypted or too large;
            a `ReaderError` where its reader fails in a way that nobody foresaw.
    """
    from briefqa.readers.registry import detect

    with _shared_budget(name):
        try:
            return detect(name, data).read(name, data)
        except DocumentError:
            raise
        except RecursionError as error:
            raise DocumentError(name, "its parts are nested too deeply") from error
        except MemoryError as error:
            raise DocumentError(name, "too large for the memory that is left") from error
        except Exception as error:
            raise ReaderError(name, f"cannot be read: {type(error).__name__}: {error}") from error


class Budget:
    """What may still be unpacked.

    Attributes:
        room: the number of bytes.
        depth: how many documents are being read, one in another.
    """

    def __init__(self) -> None:
        self.room = UNPACKED_LIMIT
        self.depth = 0

    def spend(self, name: str, size: int) -> None:
        """Take from the room.

        Args:
            name: the document's path, for the error message.
            size: bytes that were unpacked, or characters that were made of fewer.

        Raises:
            DocumentError: there is less room.
        """
        self.room -= size
        if self.room < 0:
            raise DocumentError(name, f"unpacks to more than {UNPACKED_LIMIT:,} bytes")


_BUDGET: ContextVar[Budget | None] = ContextVar("budget", default=None)


def current_budget() -> Budget:
    """Return the budget of the document that is being read; a new one where none is."""
    return _BUDGET.get() or Budget()


@contextmanager
def _shared_budget(name: str) -> Iterator[None]:
    """Read a document, and let its embedded documents share its budget.

    Args:
        name: the document's path, for the error message.

    Raises:
        DocumentError: it is in too many others.
    """
    outer = _BUDGET.get()
    budget = outer or Budget()
    if budget.depth == NESTING_LIMIT:
        raise DocumentError(name, f"in more than {NESTING_LIMIT} documents, one in another")
    budget.depth += 1
    token = _BUDGET.set(budget)
    try:
        yield
    finally:
        budget.depth -= 1
        _BUDGET.reset(token)
