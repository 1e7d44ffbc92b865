"""Documents compressed with gzip (RFC 1952)."""

from __future__ import annotations

import zlib

from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import read
from briefqa.readers.archive import MEMBER_LIMIT
from briefqa.readers.blocks import Reading
from briefqa.readers.budget import current_budget

__all__ = ["read_gzip"]

MARK = b"\x1f\x8b"
CHUNK = 64 * 1024
"""Bytes that are unpacked at a time."""
WINDOW = 16 + zlib.MAX_WBITS
"""What zlib takes for the format of gzip."""
TAR = b"ustar"
TAR_PLACE = 257
"""Where the mark of a tar archive stands (POSIX.1, pax)."""


def read_gzip(name: str, data: bytes) -> Reading:
    """Unpack a document and read it.

    Args:
        name: the document's path: without its suffix, it tells what the document is.
        data: its bytes.

    Raises:
        NotADocumentError: it holds no document.
        DocumentError: it is broken, or unpacks to too much.
    """
    unpacked = _unpack(name, data)
    if unpacked[TAR_PLACE : TAR_PLACE + len(TAR)] == TAR:
        raise NotADocumentError(name, "a tar archive; unpack it")
    inner = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    try:
        return read(inner, unpacked)
    except NotADocumentError as error:
        raise NotADocumentError(name, error.reason) from error
    except DocumentError as error:
        raise DocumentError(name, error.reason) from error


def _unpack(name: str, data: bytes) -> bytes:
    """Unpack all members, which stand one after the other."""
    budget = current_budget()
    pieces: list[bytes] = []
    place = members = 0
    while data.startswith(MARK, place):
        members += 1
        if members > MEMBER_LIMIT:
            raise DocumentError(name, f"an archive of more than {MEMBER_LIMIT:,} members")
        unpacker = zlib.decompressobj(WINDOW)
        while not unpacker.eof:
            if place >= len(data):
                raise DocumentError(name, "broken: its end is missing")
            packed = data[place : place + CHUNK]
            try:
                pieces.append(unpacker.decompress(packed, budget.room + 1))
            except zlib.error as error:
                raise DocumentError(name, "broken: it cannot be unpacked") from error
            budget.spend(name, len(pieces[-1]))
            place += len(packed) - len(unpacker.unused_data)
    return b"".join(pieces)
