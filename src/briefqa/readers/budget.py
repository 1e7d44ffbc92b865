"""What a document may unpack to, together with all documents in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from briefqa.errors import DocumentError

__all__ = ["UNPACKED_LIMIT", "Budget", "current_budget", "shared_budget"]

UNPACKED_LIMIT = 64 * 1024 * 1024
"""Bytes that a document may unpack to in all, counted as they come."""
NESTING_LIMIT = 8
"""Documents in one another at the most, such as a page in an archive in a message."""


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
def shared_budget(name: str) -> Iterator[None]:
    """Read a document, and let those in it share its budget.

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
