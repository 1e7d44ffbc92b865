"""Room for what does not fit into memory while an index is made."""

from __future__ import annotations

from io import BytesIO
from typing import Any

__all__ = ["Scratch"]

IN_MEMORY = 16 * 1024 * 1024
"""Bytes that are kept in memory before the disk is used."""
COPIED = 4 * 1024 * 1024
"""Bytes that are copied at a time."""


class Scratch:
    """Bytes that are written one after the other and read again, on disk once they are many.

    Where the disk has no room they stay in memory: that is slower, but the answer is the same.
    """

    def __init__(self) -> None:
        self._file: Any = BytesIO()
        self._size = 0
        self._disk_has_room = True

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all that was written."""
        self._file.close()

    def write(self, data: memoryview) -> int:
        """Add bytes at the end.

        Returns:
            Where they begin.
        """
        place, size = self._size, data.nbytes
        if place + size > IN_MEMORY and isinstance(self._file, BytesIO):
            self._move_to_disk()
        try:
            _write(self._file, place, data)
        except OSError:
            self._disk_has_room = False
            self._move(BytesIO())
            _write(self._file, place, data)
        self._size += size
        return place

    def read(self, place: int, size: int) -> bytes:
        """Return bytes that were written."""
        self._file.seek(place)
        read: bytes = self._file.read(size)
        return read

    def _move_to_disk(self) -> None:
        # Only large collections come here.
        from tempfile import TemporaryFile

        if self._disk_has_room:
            try:
                self._move(TemporaryFile(prefix="briefqa-", buffering=0))  # noqa: SIM115
            except OSError:
                self._disk_has_room = False

    def _move(self, file: Any) -> None:
        """Copy all there is to another file, and go on there."""
        try:
            for place in range(0, self._size, COPIED):
                piece = self.read(place, min(COPIED, self._size - place))
                _write(file, place, memoryview(piece))
        except OSError:
            file.close()
            raise
        self._file.close()
        self._file = file


def _write(file: Any, place: int, data: memoryview) -> None:
    """Write all of some bytes; a file without a buffer may take a part at a time."""
    file.seek(place)
    rest = data.cast("B")
    while rest:
        rest = rest[file.write(rest) :]
