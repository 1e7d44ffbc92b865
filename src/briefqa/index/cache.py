"""The cache folder: finding the index file of a corpus.

An index that cannot be read is rebuilt, and one that cannot be stored is kept in memory: whatever
happens to the cache, answers are the same. `briefqa.index.cache_writer` stores and removes files.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from briefqa.index.container import FileBytes, map_file
from briefqa.user_dirs import user_folder

__all__ = ["OPEN_FLAGS", "SUFFIX", "Cache", "cache_folder", "is_own"]

SUFFIX = ".index"

OPEN_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NON_BLOCKING = getattr(os, "O_NONBLOCK", 0)
WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def cache_folder(environment: Mapping[str, str], platform: str) -> str | None:
    """Return the folder of this user's indexes; None if the platform has no such place.

    Args:
        environment: the environment variables.
        platform: as in `sys.platform`.
    """
    return user_folder("cache", environment, platform)


class Cache:
    """Index files by name.

    Args:
        folder: the folder that contains them.
        chosen: whether the user named its place, rather than the platform.

    Attributes:
        folder: as given.
        chosen: likewise.
    """

    def __init__(self, folder: str, *, chosen: bool = False) -> None:
        self.folder = folder
        self.chosen = chosen

    def names(self) -> list[str]:
        """Return the names of all index files, sorted; none if there is no folder."""
        try:
            files = os.listdir(self.folder)
        except OSError:
            return []
        return sorted(file.removesuffix(SUFFIX) for file in files if file.endswith(SUFFIX))

    def path(self, name: str) -> str:
        """Return the path of an index file."""
        return os.path.join(self.folder, name + SUFFIX)

    def read(self, name: str) -> FileBytes | None:
        """Return the bytes of an index file and mark it as used.

        Returns:
            None if there is no file, or if somebody else may have written it.
        """
        path = self.path(name)
        data = _read_own_file(path)
        if data is not None:
            try:
                os.utime(path)
            except OSError:
                # A folder that cannot be written still has a valid index.
                pass
        return data

    def peek(self, name: str) -> FileBytes | None:
        """Return the bytes of an index file as `read` does, but do not mark it as used."""
        return _read_own_file(self.path(name))


def is_own(status: os.stat_result) -> bool:
    """Return whether this user owns a file; True where the system does not know owners."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _read_own_file(path: str) -> FileBytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | NON_BLOCKING | OPEN_FLAGS)
    except OSError:
        return None
    try:
        return map_file(descriptor) if _is_private(os.fstat(descriptor)) else None
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)


def _is_private(status: os.stat_result) -> bool:
    """Return whether a file is a regular one that only this user can have written."""
    shared = os.name == "posix" and status.st_mode & WRITABLE_BY_OTHERS
    return stat.S_ISREG(status.st_mode) and is_own(status) and not shared
