"""The user's cache folder, and how index files get into it and out again.

Whatever goes wrong here, the answer is the same: an index that cannot be read is made anew, one
that cannot be stored is not.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from briefqa.folders import user_folder
from briefqa.index.mapping import FileBytes, map_file

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["Cache", "Slot", "cache_folder"]

LIMIT = 8 * 1024**3
"""Bytes of all index files together at the most."""
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


class Slot:
    """A place for a new index file, held by this process alone.

    Args:
        path: where the index goes.

    Raises:
        OSError: there is no place.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._temporary = path + TEMPORARY
        with suppress(FileNotFoundError):
            os.unlink(self._temporary)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | FLAGS
        self.file: BinaryIO = os.fdopen(os.open(self._temporary, flags, 0o600), "w+b")

    def commit(self) -> FileBytes:
        """Put the file in its place, whole or not at all.

        Returns:
            Its bytes, mapped where they can be.

        Raises:
            OSError: it could not be written.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        # Windows renames no file that is open; nobody else replaces it while it is locked.
        self.file.close()
        os.replace(self._temporary, self._path)
        _sync_folder(os.path.dirname(self._path))
        descriptor = os.open(self._path, os.O_RDONLY | FLAGS)
        try:
            return map_file(descriptor)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Leave nothing behind but what was committed."""
        self.file.close()
        with suppress(OSError):
            os.unlink(self._temporary)


class Cache:
    """Index files by name.

    Args:
        folder: where they are.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder

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

    @contextmanager
    def slot(self, name: str) -> Iterator[Slot | None]:
        """Make place for an index file; None where another process is making the same.

        Raises:
            OSError: there is no place.
        """
        self._prepare()
        with _locked(self.path(name) + LOCK) as locked:
            if not locked:
                yield None
                return
            slot = Slot(self.path(name))
            try:
                yield slot
            finally:
                slot.close()
        self._tidy(keep=name + SUFFIX)

    def path(self, name: str) -> str:
        """Return where an index file is."""
        return os.path.join(self._folder, name + SUFFIX)

    def _prepare(self) -> None:
        os.makedirs(self._folder, 0o700, exist_ok=True)
        status = os.lstat(self._folder)
        if not stat.S_ISDIR(status.st_mode) or not _is_own(status):
            raise PermissionError(f"{self._folder} belongs to somebody else")
        if stat.S_IMODE(status.st_mode) & 0o077:
            os.chmod(self._folder, 0o700)

    def _tidy(self, keep: str) -> None:
        """Remove what builders that died have left, and what was used least recently."""
        with suppress(OSError):
            names = os.listdir(self._folder)
            for name in names:
                if name.endswith(TEMPORARY):
                    self._remove_abandoned(name)
            self._evict([name for name in names if name.endswith(SUFFIX) and name != keep], keep)

    def _remove_abandoned(self, name: str) -> None:
        path = os.path.join(self._folder, name)
        with suppress(OSError), _locked(path.removesuffix(TEMPORARY) + LOCK) as locked:
            if locked:
                os.unlink(path)

    def _evict(self, names: list[str], keep: str) -> None:
        total = os.stat(os.path.join(self._folder, keep)).st_size
        status = {name: os.stat(os.path.join(self._folder, name)) for name in names}
        for name in sorted(names, key=lambda name: -status[name].st_mtime_ns):
            total += status[name].st_size
            if total > LIMIT:
                self.remove(name.removesuffix(SUFFIX))

    def names(self) -> list[str]:
        """Return the names of all indexes, half-written ones too.

        Raises:
            OSError: the folder cannot be listed.
        """
        try:
            names = os.listdir(self._folder)
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
            with suppress(OSError):
                os.unlink(path + suffix)
        try:
            os.unlink(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file is what this user, and nobody else, can have written."""
    mode = status.st_mode
    return (
        stat.S_ISREG(mode) and _is_own(status) and not (os.name == "posix" and mode & OTHERS_WRITE)
    )


def _sync_folder(folder: str) -> None:
    """Have the file system remember the new name; some cannot, and then it is not remembered."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _locked(path: str) -> Iterator[bool]:
    """Hold a lock that the system lets go of when this process ends, however it ends.

    Yields:
        Whether it is held; False where another process holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | FLAGS, 0o600)
    try:
        yield _lock(descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
