"""Spill files: what is written is read again, whether or not the disk has room for it."""

import errno
import tempfile
from collections.abc import Callable
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pytest

from briefqa.index import external_sort
from briefqa.index.external_sort import SpillFile

PIECES = [b"12345", b"", b"6789", b"abcdefghijklmnopqrstuvwxyz", b"!"]


class Small(BytesIO):
    """A disk with limited room; it stores the beginning of a write that does not fit."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def write(self, data: Any) -> int:
        taken = min(len(data), self._room - self.tell(), 7)
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data[:taken])


def disk(room: int | None) -> Callable[..., Any]:
    """Return a function that creates temporary files on a disk with limited room."""

    def make(**options: Any) -> Any:
        if room == 0:
            raise OSError(errno.EACCES, "Permission denied")
        return TemporaryFile(**options) if room is None else Small(room)

    return make


@pytest.mark.parametrize("room", [None, 0, 1, 5, 9, 20, 35, 36])
@pytest.mark.parametrize("in_memory", [0, 6, 100])
def test_what_is_written_is_read(
    monkeypatch: pytest.MonkeyPatch, room: int | None, in_memory: int
) -> None:
    monkeypatch.setattr(external_sort, "BYTES_IN_MEMORY", in_memory)
    monkeypatch.setattr(external_sort, "COPY_SIZE", 4)
    monkeypatch.setattr(tempfile, "TemporaryFile", disk(room))
    with SpillFile() as room_for:
        places = [room_for.write(memoryview(piece)) for piece in PIECES]
        read = [
            room_for.read(place, len(piece)) for place, piece in zip(places, PIECES, strict=True)
        ]
        assert read == PIECES
        assert room_for.write(memoryview(b"more")) == 36
        assert room_for.read(35, 5) == b"!more"
