"""System calls on paths of any length, the status of files, and replacing a file whole.

A path that is longer than the system accepts is followed folder by folder.
"""

from __future__ import annotations

import _struct as struct  # `struct` only wraps it
import os
import stat
import sys
from collections.abc import Iterator

from briefqa.records import Record

__all__ = [
    "MAX_SIZE",
    "STANDARD_INPUT",
    "UNKNOWN_STAMP",
    "Stamp",
    "entry_stamp",
    "is_junction",
    "is_pipe",
    "open_path",
    "pack_stamp",
    "replace_file",
    "scan_folder",
    "stat_path",
]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Result = TypeVar("Result")

STANDARD_INPUT = "-"
"""The path that stands for standard input."""
MAX_SIZE = 256 * 1024 * 1024
"""The default size limit of a file, in bytes."""

PACKED_STAMP = struct.Struct("=QQQqq")
UNKNOWN_STAMP = bytes(PACKED_STAMP.size)
"""The packed stamp of a file whose status is not known."""

PATH_LIMIT = 1000
"""Characters of a path that every system accepts, at four bytes each (PATH_MAX is 4,096)."""
HAS_DIR_FD = sys.platform != "win32"
"""Whether a path can be opened relative to an open folder."""
FOLDER_FLAGS = (
    getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
)
LISTING_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT of Windows."""

PREFIX_LIMIT = 40
"""Characters of a file's name that the name of its temporary file begins with."""


class Stamp(Record):
    """The status of a file; if it differs, the file may have changed.

    Attributes:
        device: the number of the file system.
        inode: the number of the file in the file system.
        size: in bytes.
        modified: when the contents changed, in nanoseconds since 1970.
        changed: when the status changed, in nanoseconds since 1970.
    """

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, packed: bytes) -> Stamp:
        """Unpack a stamp; an empty one is that of an unknown file."""
        return cls(*PACKED_STAMP.unpack(packed or UNKNOWN_STAMP))


def pack_stamp(status: os.stat_result) -> bytes:
    """Return a packed stamp: stamps are stored and compared packed, and few are unpacked."""
    return PACKED_STAMP.pack(
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


def stat_path(path: str) -> os.stat_result:
    """Return the status of a file, as `os.stat` does.

    Raises:
        OSError: the file does not exist or cannot be reached.
    """
    if len(path) <= PATH_LIMIT:
        return os.stat(path)
    return _in_open_folder(path, lambda rest, folder: os.stat(rest, dir_fd=folder))


def is_pipe(path: str) -> bool:
    """Return whether a path leads to a named pipe."""
    try:
        return stat.S_ISFIFO(stat_path(path).st_mode)
    except (OSError, ValueError):
        return False


def is_junction(status: os.stat_result) -> bool:
    """Return whether a status is that of a junction, which is a link to a folder."""
    return getattr(status, "st_reparse_tag", 0) == JUNCTION


def open_path(path: str, flags: int) -> int:
    """Open a file, as `os.open` does.

    Raises:
        OSError: the file cannot be opened.
    """
    if len(path) <= PATH_LIMIT:
        return os.open(path, flags)
    return _in_open_folder(path, lambda rest, folder: os.open(rest, flags, dir_fd=folder))


def scan_folder(path: str) -> Iterator[os.DirEntry[str]]:
    """Yield the entries of a folder; use an entry before taking the next.

    Raises:
        OSError: the folder cannot be listed.
    """
    if not HAS_DIR_FD:
        with os.scandir(path) as entries:
            yield from entries
        return
    folder = open_path(path, LISTING_FLAGS)
    try:
        # The status of an entry is found faster relative to an open folder than by its path.
        with os.scandir(folder) as entries:
            yield from entries
    finally:
        os.close(folder)


def entry_stamp(entry: os.DirEntry[str]) -> bytes:
    """Return the packed stamp of an entry of a folder that is being scanned."""
    try:
        # Windows stores less with the entries of a folder, and not always the latest.
        return pack_stamp(entry.stat() if HAS_DIR_FD else os.stat(entry.path))
    except OSError:
        return UNKNOWN_STAMP


def replace_file(path: str, text: str) -> None:
    """Write a file whole: if the process is killed or the disk is full, it is as it was before.

    A new file can be read by its owner only; one that is replaced keeps its mode, and a link stays.

    Raises:
        OSError: the file cannot be written.
    """
    # Few commands write files, and loading these takes time.
    from contextlib import suppress
    from tempfile import mkstemp

    path = os.path.realpath(path)
    folder, name = os.path.split(path)
    descriptor, temporary = mkstemp(dir=folder, prefix=f".{name[:PREFIX_LIMIT]}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _in_open_folder(path: str, call: Callable[[str, int | None], Result]) -> Result:
    """Follow a long path until the rest is short enough, and make a system call there.

    Args:
        path: the path.
        call: called with the rest and the open folder that it starts from; None if it is the
            whole path.
    """
    folder: int | None = None
    try:
        while HAS_DIR_FD and len(path) > PATH_LIMIT and (cut := path.rfind("/", 1, PATH_LIMIT)) > 0:
            opened = os.open(path[:cut], FOLDER_FLAGS, dir_fd=folder)
            if folder is not None:
                os.close(folder)
            folder, path = opened, path[cut:].lstrip("/") or "."
        return call(path, folder)
    finally:
        if folder is not None:
            os.close(folder)
