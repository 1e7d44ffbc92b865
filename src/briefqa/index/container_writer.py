"""Writing index files; `file_format` tells their layout."""

from __future__ import annotations

import struct
import zlib

from briefqa.index.container import BLOCK, ENTRY, MAGIC, TRAILER, VERSION

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["Writer"]

WRITTEN = 4 * 1024 * 1024
"""Bytes that are written at a time."""


class Writer:
    """Writes sections one after the other.

    Args:
        file: where to; only ever appended to.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = 0
        self._pending = bytearray()
        self._checksums: list[int] = []
        self._sections: list[tuple[str, int, int]] = []
        self._name = ""
        self._start = 0

    def start(self, name: str) -> None:
        """Begin a section, which ends the one before."""
        self._close()
        self._name, self._start = name, self._size

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Add to the section begun last."""
        # Piece by piece: what is mapped may be larger than memory.
        for start in range(0, len(data), WRITTEN):
            self._pending += data[start : start + WRITTEN]
            whole = len(self._pending) - len(self._pending) % BLOCK
            if whole:
                self._flush(whole)
        self._size += len(data)

    def add(self, name: str, data: bytes | bytearray | memoryview) -> None:
        """Write a section as a whole."""
        self.start(name)
        self.write(data)

    def finish(self) -> None:
        """Write what makes a file of the sections."""
        self._close()
        self._flush(len(self._pending))
        size, count = self._size, len(self._sections)
        directory = b"".join(
            ENTRY.pack(name.encode(), start, end - start) for name, start, end in self._sections
        )
        tail = struct.pack(f"{len(self._checksums)}I", *self._checksums) + directory
        length = size + len(tail) + TRAILER.size
        fields = (MAGIC, VERSION, count, size, length)
        checksum = zlib.crc32(TRAILER.pack(*fields, 0), zlib.crc32(tail))
        self._file.write(tail + TRAILER.pack(*fields, checksum))

    def _close(self) -> None:
        """End the section begun last; the next begins at a multiple of 8."""
        if self._name:
            self._sections.append((self._name, self._start, self._size))
        self.write(bytes(-self._size % 8))

    def _flush(self, size: int) -> None:
        with memoryview(self._pending)[:size] as blocks:
            for start in range(0, size, BLOCK):
                self._checksums.append(zlib.crc32(blocks[start : start + BLOCK]))
            self._file.write(blocks)
        del self._pending[:size]
