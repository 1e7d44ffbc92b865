"""The container of an index: named sections in one file, read by offset, with checksums.

Layout:

    magic
    sections, each starting at a multiple of 8 bytes
    CRC-32 of each block of 16 KiB of all that
    directory: name, offset and length of each section
    trailer: magic, version, number of sections, lengths, CRC-32 of checksums, directory and trailer

Opening a file reads the end only. A block is verified when it is first read, so damage is detected
before any of its bytes are used, and a large file is never read as a whole. Numbers are in native
byte order; a file of the other byte order fails the version check.
"""

from __future__ import annotations

import _struct as struct  # `struct` only wraps it
import mmap
import os
import sys
import zlib
from collections.abc import Mapping

from briefqa.errors import BriefqaError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, BinaryIO

__all__ = [
    "WIDTHS",
    "ContainerWriter",
    "DamagedIndexError",
    "FileBytes",
    "IndexFile",
    "Section",
    "UnmappedFile",
    "is_container",
    "is_earlier_version",
    "map_file",
]

MAGIC = b"briefqa\n"
VERSION = 7
"""Version of the layout and of the contents of the sections."""
BLOCK = 16 * 1024
"""Bytes that share one checksum."""
WRITE_SIZE = 4 * 1024 * 1024
"""Bytes copied to the output buffer at a time: a mapped section may be larger than memory."""

UNVERIFIED = b"\0"
WIDTHS = {kind: struct.calcsize(kind) for kind in "BHIQdf"}
"""Bytes of each number type, by its `struct` code."""

UNSIGNED = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""`struct` codes of the unsigned integers, by width in bytes."""

ENTRY = struct.Struct("=24sQQ")
TRAILER = struct.Struct("=8sIIQQI")


class DamagedIndexError(BriefqaError):
    """Raised when an index fails its checks; callers rebuild it."""


class UnmappedFile:
    """The bytes of an immutable file, read on demand where it cannot be mapped.

    Args:
        descriptor: the file, open for reading; the caller may close it afterwards.
    """

    def __init__(self, descriptor: int) -> None:
        self._size = os.fstat(descriptor).st_size
        self._descriptor = os.dup(descriptor)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> memoryview:
        if sys.platform == "win32":
            raise OSError("reading at an offset is not supported")
        start, stop, _ = part.indices(self._size)
        return memoryview(os.pread(self._descriptor, max(0, stop - start), start))

    def __del__(self) -> None:
        os.close(self._descriptor)


FileBytes = memoryview | UnmappedFile


def map_file(descriptor: int) -> FileBytes:
    """Return the bytes of a file; the caller may close the descriptor afterwards.

    Raises:
        OSError: the file cannot be mapped or read.
        ValueError: the file is empty.
    """
    try:
        return memoryview(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ))
    except OSError as error:
        import errno

        # An address space limit (ulimit -v) may leave no room for a large index.
        if sys.platform == "win32" or error.errno != errno.ENOMEM:
            raise
        return UnmappedFile(descriptor)


class IndexFile:
    """Reads the sections of an index file and verifies blocks on first access.

    Args:
        data: the whole file, usually mapped.

    Raises:
        DamagedIndexError: the data is truncated, damaged, or of another version.
    """

    def __init__(self, data: FileBytes) -> None:
        self._data = data
        count, size = _read_trailer(data)
        blocks = -(-size // BLOCK)
        self._size = size
        self._checksums = data[size : size + 4 * blocks].cast("I")
        self._verified = bytearray(blocks)
        start = size + 4 * blocks
        directory = data[start : start + count * ENTRY.size]
        self._sections = {
            name.rstrip(b"\0").decode(): (start, length)
            for name, start, length in ENTRY.iter_unpack(directory)
        }

    def __len__(self) -> int:
        return len(self._data)

    def copy(self, writer: ContainerWriter, replaced: Mapping[str, bytes]) -> None:
        """Write all sections to another file, with some of them replaced.

        Args:
            writer: the other file; it is finished.
            replaced: new contents by section name.

        Raises:
            DamagedIndexError: a copied section is damaged.
        """
        for name in self._sections:
            writer.start(name)
            data = self.section(name).bytes() if name not in replaced else replaced[name]
            writer.write(data)
        writer.finish()

    def verify(self) -> None:
        """Verify all blocks that have not been read yet.

        Raises:
            DamagedIndexError: a block fails its checksum.
        """
        for block, verified in enumerate(self._verified):
            if not verified:
                self._verify(block)

    def section(self, name: str) -> Section:
        """Return a section by its name."""
        return Section(self, *self._sections[name])

    def bytes(self, start: int, end: int) -> memoryview:
        """Return a range of bytes after verifying the blocks it touches.

        Raises:
            DamagedIndexError: a block fails its checksum.
        """
        if start < end:
            first, last = start // BLOCK, (end - 1) // BLOCK + 1
            while (block := self._verified.find(UNVERIFIED, first, last)) >= 0:
                self._verify(block)
        data = self._data[start:end]
        if len(data) < end - start:
            raise DamagedIndexError("the index was truncated")
        return data

    def _verify(self, block: int) -> None:
        start = block * BLOCK
        end = min(start + BLOCK, self._size)
        if zlib.crc32(self._data[start:end]) != self._checksums[block]:
            raise DamagedIndexError("a block of the index is damaged")
        self._verified[block] = 1


class Section:
    """A named range of bytes in an index file.

    Args:
        file: the file.
        start: offset of the first byte.
        length: number of bytes.
    """

    def __init__(self, file: IndexFile, start: int, length: int) -> None:
        self._file = file
        self._start = start
        self._length = length

    def __len__(self) -> int:
        return self._length

    def bytes(self, start: int = 0, end: int | None = None) -> memoryview:
        """Return some of the section's bytes, verified.

        Raises:
            DamagedIndexError: they are damaged.
        """
        stop = self._length if end is None else end
        return self._file.bytes(self._start + start, self._start + stop)

    def numbers(self, kind: str, start: int = 0, end: int | None = None) -> memoryview[Any]:
        """Return some of the numbers in the section, verified.

        Args:
            kind: their type as a `struct` code.
            start: position of the first number.
            end: one past the position of the last; None for the end of the section.
        """
        width, begin = WIDTHS[kind], self._start
        stop = begin + (self._length if end is None else end * width)
        return self._file.bytes(begin + start * width, stop).cast(kind)  # type: ignore[call-overload,no-any-return]

    def number(self, kind: str, position: int) -> int:
        """Return one number in the section, verified."""
        value: int = self.numbers(kind, position, position + 1)[0]
        return value

    def kind(self, count: int) -> str:
        """Return the `struct` code of the section's unsigned integers.

        Args:
            count: how many integers the section holds.
        """
        return UNSIGNED[self._length // count if count else 1]


def _read_trailer(data: FileBytes) -> tuple[int, int]:
    """Verify the end of a file; return the number of sections and the offset of their end."""
    if len(data) < TRAILER.size:
        raise DamagedIndexError("the index is truncated")
    trailer = TRAILER.unpack(data[-TRAILER.size :])
    magic, version, count, size, length, checksum = trailer
    if (magic, version, length) != (MAGIC, VERSION, len(data)) or size > length:
        raise DamagedIndexError("the index is truncated or of another version")
    tail = zlib.crc32(data[size : -TRAILER.size])
    if zlib.crc32(TRAILER.pack(*trailer[:-1], 0), tail) != checksum:
        raise DamagedIndexError("the end of the index is damaged")
    return count, size


def is_container(file: BinaryIO) -> bool:
    """Return whether a file is an index, or part of one that was being written.

    Args:
        file: the file, which may be in the layout of an earlier version: only its end has the
            magic then. Nothing has been written yet to an empty one.
    """
    size = file.seek(0, os.SEEK_END)
    for position in (0, max(0, size - TRAILER.size)):
        file.seek(position)
        if file.read(len(MAGIC)) == MAGIC:
            return True
    return size == 0


def is_earlier_version(data: FileBytes) -> bool:
    """Return whether a file is an index of an earlier version of the layout."""
    if len(data) < TRAILER.size:
        return False
    magic, version, *_ = TRAILER.unpack(data[-TRAILER.size :])
    return bool(magic == MAGIC and version < VERSION)


class ContainerWriter:
    """Writes sections one after the other.

    Args:
        file: the output; it is only appended to.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = 0
        self._pending = bytearray()
        self._checksums: list[int] = []
        self._sections: list[tuple[str, int, int]] = []
        self._name = ""
        self._start = 0
        self.write(MAGIC)

    def start(self, name: str) -> None:
        """Start a section, which ends the current one."""
        self._end_section()
        self._name, self._start = name, self._size

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append to the current section."""
        for start in range(0, len(data), WRITE_SIZE):
            self._pending += data[start : start + WRITE_SIZE]
            whole = len(self._pending) - len(self._pending) % BLOCK
            if whole:
                self._flush(whole)
        self._size += len(data)

    def add(self, name: str, data: bytes | bytearray | memoryview) -> None:
        """Write a whole section."""
        self.start(name)
        self.write(data)

    def finish(self) -> None:
        """Write checksums, directory and trailer."""
        self._end_section()
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

    def _end_section(self) -> None:
        """End the current section and pad to a multiple of 8 bytes."""
        if self._name:
            self._sections.append((self._name, self._start, self._size))
        self.write(bytes(-self._size % 8))

    def _flush(self, size: int) -> None:
        with memoryview(self._pending)[:size] as blocks:
            for start in range(0, size, BLOCK):
                self._checksums.append(zlib.crc32(blocks[start : start + BLOCK]))
            self._file.write(blocks)
        del self._pending[:size]
