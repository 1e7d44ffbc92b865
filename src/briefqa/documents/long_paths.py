"""Reaching files, and what the system says of them.

A path that is longer than the system takes at once is gone along folder by folder.
"""

from __future__ import annotations

import os
import stat
import struct
import sys
from collections.abc import Iterator

from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Outcome = TypeVar("Outcome")

__all__ = [
    "UNKNOWN",
    "Stamp",
    "is_pipe",
    "open_path",
    "pack_stamp",
    "scan",
    "stamp_in_folder",
    "status",
]

PACKED_STAMP = struct.Struct("=QQQqq")
UNKNOWN = bytes(PACKED_STAMP.size)
"""The packed stamp of a file that the system does not know."""

AT_ONCE = 1000
"""Characters of a path that every system takes, of four bytes at the most (PATH_MAX is 4,096)."""
STEPS = sys.platform != "win32"
"""Whether a path can be opened from a folder that is open."""
FOLDER_FLAGS = (
    getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
)
LISTING_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


class Stamp(Record):
    """What the system says of a file; another stamp means that the file may have changed.

    Attributes:
        device: the number of its file system.
        inode: its number there.
        size: in bytes.
        modified: when its contents changed, in nanoseconds since 1970.
        changed: when its status changed, the same.
    """

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, packed: bytes) -> Stamp:
        """Unpack a stamp; one that is empty says nothing."""
        return cls(*PACKED_STAMP.unpack(packed or UNKNOWN))


def pack_stamp(met: os.stat_result) -> bytes:
    """Return the stamp of a file packed, as it is kept: many are compared, few are looked into."""
    return PACKED_STAMP.pack(met.st_dev, met.st_ino, met.st_size, met.st_mtime_ns, met.st_ctime_ns)


def status(path: str) -> os.stat_result:
    """Return what the system says of a file, as `os.stat` does.

    Raises:
        OSError: there is no such file, or it cannot be reached.
    """
    if len(path) <= AT_ONCE:
        return os.stat(path)
    return _reach(path, lambda rest, folder: os.stat(rest, dir_fd=folder))


def is_pipe(path: str) -> bool:
    """Tell whether a path leads to a named pipe."""
    try:
        return stat.S_ISFIFO(status(path).st_mode)
    except (OSError, ValueError):
        return False


def open_path(path: str, flags: int) -> int:
    """Open a file, as `os.open` does.

    Raises:
        OSError: it cannot be opened.
    """
    if len(path) <= AT_ONCE:
        return os.open(path, flags)
    return _reach(path, lambda rest, folder: os.open(rest, flags, dir_fd=folder))


def scan(path: str) -> Iterator[os.DirEntry[str]]:
    """Yield what a folder holds; what an entry tells must be asked before the next is taken.

    Raises:
        OSError: it cannot be listed.
    """
    if not STEPS:
        with os.scandir(path) as entries:
            yield from entries
        return
    folder = open_path(path, LISTING_FLAGS)
    try:
        # The system finds each entry's status sooner from an open folder than by its path.
        with os.scandir(folder) as entries:
            yield from entries
    finally:
        os.close(folder)


def stamp_in_folder(entry: os.DirEntry[str]) -> bytes:
    """Return the packed stamp of an entry of a folder that is open."""
    try:
        # Windows keeps less with a folder's entries, and not always the latest.
        return pack_stamp(entry.stat() if STEPS else os.stat(entry.path))
    except OSError:
        return UNKNOWN


def _reach(path: str, act: Callable[[str, int | None], Outcome]) -> Outcome:
    """Go along a path until its rest is short enough.

    Args:
        path: a long one.
        act: takes the rest, and the open folder that it is in; None for the path as given.
    """
    folder: int | None = None
    try:
        while STEPS and len(path) > AT_ONCE and (cut := path.rfind("/", 1, AT_ONCE)) > 0:
            opened = os.open(path[:cut], FOLDER_FLAGS, dir_fd=folder)
            if folder is not None:
                os.close(folder)
            folder, path = opened, path[cut:].lstrip("/") or "."
        return act(path, folder)
    finally:
        if folder is not None:
            os.close(folder)
