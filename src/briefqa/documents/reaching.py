"""Reaching files whose paths are longer than the system takes at once: folder by folder."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["is_folder", "is_pipe", "open_path", "scan", "status"]

AT_ONCE = 1000
"""Characters of a path that every system takes, of four bytes at the most (PATH_MAX is 4,096)."""
STEPS = sys.platform != "win32"
"""Whether a path can be opened from a folder that is open."""
FOLDER_FLAGS = (
    getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
)


def status(path: str) -> os.stat_result:
    """Return what the system says of a file, as `os.stat` does.

    Raises:
        OSError: there is no such file, or it cannot be reached.
    """
    if len(path) <= AT_ONCE:
        return os.stat(path)
    with _reached(path) as (folder, rest):
        return os.stat(rest, dir_fd=folder)


def is_folder(path: str) -> bool:
    """Tell whether a path leads to a folder."""
    if len(path) <= AT_ONCE:
        return os.path.isdir(path)
    try:
        return stat.S_ISDIR(status(path).st_mode)
    except (OSError, ValueError):
        return False


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
    with _reached(path) as (folder, rest):
        return os.open(rest, flags, dir_fd=folder)


@contextmanager
def scan(path: str) -> Iterator[Iterator["os.DirEntry[str]"]]:
    """Open a folder for listing; what its entries tell must be asked before it is closed.

    Raises:
        OSError: it cannot be listed.
    """
    if len(path) <= AT_ONCE or not STEPS:
        with os.scandir(path) as entries:
            yield entries
        return
    with _reached(path) as (folder, rest):
        descriptor = os.open(rest, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0), dir_fd=folder)
        try:
            with os.scandir(descriptor) as entries:
                yield entries
        finally:
            os.close(descriptor)


@contextmanager
def _reached(path: str) -> Iterator[tuple[int | None, str]]:
    """Yield an open folder and the rest of the path from there, which is short enough."""
    folder: int | None = None
    try:
        while STEPS and len(path) > AT_ONCE and (cut := path.rfind("/", 1, AT_ONCE)) > 0:
            opened = os.open(path[:cut], FOLDER_FLAGS, dir_fd=folder)
            if folder is not None:
                os.close(folder)
            folder, path = opened, path[cut:].lstrip("/") or "."
        yield folder, path
    finally:
        if folder is not None:
            os.close(folder)
