"""Archives, unpacked within limits: the members of zip archives; documents compressed with gzip."""

from __future__ import annotations

import zlib
from functools import cached_property
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import current_budget, read
from briefqa.readers.blocks import Reading

__all__ = ["Archive", "read_gzip"]

MEMBER_LIMIT = 10_000
"""The maximum number of members of an archive."""
MEMBER_MARK = b"PK\x01\x02"
"""What each entry of an archive's directory opens with (APPNOTE 6.3.10, section 4.3.12)."""
ENCRYPTED = 0x1
"""The flag of an encrypted member."""

GZIP_MARK = b"\x1f\x8b"
CHUNK = 64 * 1024
"""Bytes that are unpacked at a time."""
WINDOW = 16 + zlib.MAX_WBITS
"""What zlib takes for the format of gzip."""
TAR = b"ustar"
TAR_PLACE = 257
"""Where the mark of a tar archive stands (POSIX.1, pax)."""


class Archive:
    """The members of a zip archive, in memory; nothing of it is ever written to disk.

    Args:
        name: the document's path, for error messages.
        data: the whole archive.

    Raises:
        DocumentError: the archive is broken or has too many members.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._budget = current_budget()
        # The directory is parsed at once, so it is counted before it is opened.
        if data.count(MEMBER_MARK) > MEMBER_LIMIT:
            raise DocumentError(name, f"an archive of more than {MEMBER_LIMIT:,} members")
        try:
            self._file = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._broken() from error

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the members."""
        return frozenset(self._file.namelist())

    def read(self, member: str) -> bytes:
        """Unpack a member.

        Args:
            member: its name.

        Raises:
            DocumentError: it is missing, broken or encrypted, or more than the budget.
        """
        if member not in self.names:
            raise DocumentError(self._name, f"broken: it has no {member}")
        info = self._file.getinfo(member)
        if info.flag_bits & ENCRYPTED:
            raise DocumentError(self._name, "encrypted; save it without a password")
        data = self._unpack(info)
        self._budget.spend(self._name, len(data))
        return data

    def _unpack(self, info: ZipInfo) -> bytes:
        """Unpack as much as there is room for, and a byte more."""
        # The other methods need as much memory as the archive says.
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self._broken()
        try:
            with self._file.open(info) as file:
                return file.read(self._budget.room + 1)
        except (BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
            raise self._broken() from error

    def _broken(self) -> DocumentError:
        return DocumentError(self._name, "broken: its archive cannot be unpacked")


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
    while data.startswith(GZIP_MARK, place):
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
