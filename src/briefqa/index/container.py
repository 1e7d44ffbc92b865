"""The layout of an index file: named sections, read by offset, each block with its checksum.

    sections, each beginning at a multiple of 8
    checksums of all blocks of 16 KiB of the sections
    directory: name, offset and length of each section
    trailer: magic, version, number of sections, lengths, checksum of all that follows the sections

Opening reads the end alone. A block is checked when it is first touched, so that a damaged file is
found out before anything of it is believed, and a large one need not be read as a whole. Numbers
are in the byte order of the machine: another order looks like another version.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from briefqa.errors import BriefqaError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from briefqa.index.cache import FileBytes
    from briefqa.index.container_writer import Writer

__all__ = [
    "BLOCK",
    "ENTRY",
    "MAGIC",
    "TRAILER",
    "VERSION",
    "WIDTHS",
    "DamagedIndexError",
    "IndexFile",
    "Section",
]

MAGIC = b"briefqa\n"
VERSION = 4
"""Of the layout and of what the sections mean."""
BLOCK = 16 * 1024
"""Bytes that share a checksum."""

UNCHECKED = b"\0"
WIDTHS = {kind: struct.calcsize(kind) for kind in "BHIQdf"}
"""Bytes of the numbers that sections hold, by their types as `struct` names them."""

KINDS = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""The types of whole numbers, by their bytes."""

ENTRY = struct.Struct("=24sQQ")
TRAILER = struct.Struct("=8sIIQQI")


class DamagedIndexError(BriefqaError):
    """An index file is not what was written; it is made anew."""


class IndexFile:
    """The bytes of an index file, checked as they are touched.

    Args:
        data: all of them, usually mapped.

    Raises:
        DamagedIndexError: they are no whole index file of this version.
    """

    def __init__(self, data: FileBytes) -> None:
        self._data = data
        count, size = _trailer(data)
        blocks = -(-size // BLOCK)
        self._size = size
        self._checksums = data[size : size + 4 * blocks].cast("I")
        self._checked = bytearray(blocks)
        start = size + 4 * blocks
        directory = data[start : start + count * ENTRY.size]
        self._sections = {
            name.rstrip(b"\0").decode(): (start, length)
            for name, start, length in ENTRY.iter_unpack(directory)
        }

    def __len__(self) -> int:
        return len(self._data)

    def copy(self, writer: Writer, replaced: Mapping[str, bytes]) -> None:
        """Write all sections again, some of them replaced.

        Raises:
            DamagedIndexError: one of them is damaged.
        """
        for name in self._sections:
            writer.start(name)
            data = self.section(name).bytes() if name not in replaced else replaced[name]
            writer.write(data)
        writer.finish()

    def section(self, name: str) -> Section:
        """Return a section by its name."""
        return Section(self, *self._sections[name])

    def bytes(self, start: int, end: int) -> memoryview:
        """Return bytes of the file, once their blocks have proved whole.

        Raises:
            DamagedIndexError: they have not.
        """
        if start < end:
            first, last = start // BLOCK, (end - 1) // BLOCK + 1
            while (block := self._checked.find(UNCHECKED, first, last)) >= 0:
                self._check(block)
        data = self._data[start:end]
        if len(data) < end - start:
            raise DamagedIndexError("the index was cut short")
        return data

    def _check(self, block: int) -> None:
        start = block * BLOCK
        end = min(start + BLOCK, self._size)
        if zlib.crc32(self._data[start:end]) != self._checksums[block]:
            raise DamagedIndexError("a block of the index is damaged")
        self._checked[block] = 1


class Section:
    """A named part of an index file.

    Args:
        file: the file.
        start: its first byte.
        length: bytes.
    """

    def __init__(self, file: IndexFile, start: int, length: int) -> None:
        self._file = file
        self._start = start
        self._length = length

    def __len__(self) -> int:
        return self._length

    def bytes(self, start: int = 0, end: int | None = None) -> memoryview:
        """Return some of the section's bytes, checked.

        Raises:
            DamagedIndexError: they are damaged.
        """
        stop = self._length if end is None else end
        return self._file.bytes(self._start + start, self._start + stop)

    def numbers(self, kind: str, start: int = 0, end: int | None = None) -> memoryview[Any]:
        """Return some of the numbers that the section holds, checked.

        Args:
            kind: their type, as `struct` names it.
            start: the first number.
            end: one past the last; all that follow unless given.
        """
        width, begin = WIDTHS[kind], self._start
        stop = begin + (self._length if end is None else end * width)
        return self._file.bytes(begin + start * width, stop).cast(kind)  # type: ignore[call-overload,no-any-return]

    def number(self, kind: str, place: int) -> int:
        """Return one of the numbers that the section holds, checked."""
        found: int = self.numbers(kind, place, place + 1)[0]
        return found

    def kind(self, count: int) -> str:
        """Return the type of the section's numbers, which are as narrow as they may be.

        Args:
            count: how many there are.
        """
        return KINDS[self._length // count if count else 1]


def _trailer(data: FileBytes) -> tuple[int, int]:
    """Check the end of a file; return the number of sections and where they end."""
    if len(data) < TRAILER.size:
        raise DamagedIndexError("the index is cut short")
    trailer = TRAILER.unpack(data[-TRAILER.size :])
    magic, version, count, size, length, checksum = trailer
    if (magic, version, length) != (MAGIC, VERSION, len(data)) or size > length:
        raise DamagedIndexError("no whole index of this version")
    tail = zlib.crc32(data[size : -TRAILER.size])
    if zlib.crc32(TRAILER.pack(*trailer[:-1], 0), tail) != checksum:
        raise DamagedIndexError("the end of the index is damaged")
    return count, size
