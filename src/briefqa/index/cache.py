"""The user's cache folder, and the index files in it.

Whatever goes wrong here, the answer is the same: an index that cannot be read is made anew, one
that cannot be stored is not; how they are stored is in `storing`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from briefqa.index.container import FileBytes, map_file
from briefqa.user_dirs import user_folder

__all__ = [
    "FLAGS",
    "LOCK",
    "SUFFIX",
    "TEMPORARY",
    "Cache",
    "cache_folder",
    "is_own",
]

SUFFIX = ".index"
TEMPORARY = ".new"
LOCK = ".lock"

FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NON_BLOCKING = getattr(os, "O_NONBLOCK", 0)
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def cache_folder(environment: Mapping[str, str], platform: str) -> str | None:
    """Return where this user's indexes are kept; None where there is no such place.

    Args:
        environment: the environment variables.
        platform: as `sys.platform` has it.
    """
    return user_folder("cache", environment, platform)


class Cache:
    """Index files by name.

    Args:
        folder: where they are.

    Attributes:
        folder: the same.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def read(self, name: str) -> FileBytes | None:
        """Map an index file; None where there is none that can be trusted."""
        path = self.path(name)
        try:
            descriptor = os.open(path, os.O_RDONLY | NON_BLOCKING | FLAGS)
        except OSError:
            return None
        try:
            if not _is_ours(os.fstat(descriptor)):
                return None
            os.utime(path)
            return map_file(descriptor)
        except (OSError, ValueError):
            return None
        finally:
            os.close(descriptor)

    def path(self, name: str) -> str:
        """Return where an index file is."""
        return os.path.join(self.folder, name + SUFFIX)

    def names(self) -> list[str]:
        """Return the names of all indexes, half-written ones too.

        Raises:
            OSError: the folder cannot be listed.
        """
        try:
            names = os.listdir(self.folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        ends = (SUFFIX, SUFFIX + TEMPORARY)
        return sorted({name.partition(SUFFIX)[0] for name in names if name.endswith(ends)})

    def remove(self, name: str) -> bool:
        """Remove an index file and what a builder that died has left; tell whether there was one.

        Raises:
            OSError: it cannot be removed.
        """
        path = self.path(name)
        for suffix in (TEMPORARY, LOCK):
            try:
                os.unlink(path + suffix)
            except OSError:
                pass
        try:
            os.unlink(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True


def is_own(status: os.stat_result) -> bool:
    """Tell whether something of the file system belongs to this user, as far as systems say so."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file is what this user, and nobody else, can have written."""
    mode = status.st_mode
    return (
        stat.S_ISREG(mode) and is_own(status) and not (os.name == "posix" and mode & OTHERS_WRITE)
    )
