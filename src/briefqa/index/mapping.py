"""The bytes of an index file: mapped, or read piece by piece where addresses are few."""

from __future__ import annotations

import errno
import mmap
import os
import sys

__all__ = ["FileBytes", "Unmapped", "map_file"]


class Unmapped:
    """The bytes of a file that never changes, read when they are asked for.

    Args:
        descriptor: the file, open for reading; it may be closed afterwards.
    """

    def __init__(self, descriptor: int) -> None:
        self._size = os.fstat(descriptor).st_size
        self._descriptor = os.dup(descriptor)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> memoryview:
        if sys.platform == "win32":
            raise OSError(errno.ENOSYS, "files are not read at a place")
        start, stop, _ = part.indices(self._size)
        return memoryview(os.pread(self._descriptor, max(0, stop - start), start))

    def __del__(self) -> None:
        os.close(self._descriptor)


FileBytes = memoryview | Unmapped


def map_file(descriptor: int) -> FileBytes:
    """Return the bytes of a file; the descriptor may be closed afterwards.

    Raises:
        OSError: they cannot be had.
        ValueError: there are none.
    """
    try:
        return memoryview(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ))
    except OSError as error:
        # A limit of addresses (ulimit -v) may leave no room for a large index.
        if sys.platform == "win32" or error.errno != errno.ENOMEM:
            raise
        return Unmapped(descriptor)
