"""Storing index files in the cache folder, whole or not at all, and removing them.

A new index is written to a temporary file under a lock, synced and renamed. The lock is a file next
to the index. It ends with its process, and only a process that holds it removes the lock file and
the temporary file, so that neither `briefqa index clear` nor another build takes them from a build
that is running.

The folder may be one that the user chose, with other files in it. A file is removed only if its
name is that of an index and its contents are those of one; a lock file is empty.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from briefqa.documents.file_system import is_junction
from briefqa.index.cache import NON_BLOCKING, OPEN_FLAGS, SUFFIX, Cache, is_outdated, is_own
from briefqa.index.container import ContainerWriter, is_container, map_file

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import BinaryIO

    from briefqa.index.container import FileBytes, IndexFile

__all__ = ["CacheWriter", "locked_writer", "remove_all", "remove_index", "replace_sections"]

TEMPORARY = ".new"
LOCK = ".lock"
NAME = re.compile(r"[0-9a-f]{16}")
"""The names of indexes; see `CorpusSnapshot.name`."""
LIMIT = 8 * 1024**3
"""Maximum size of all index files together, in bytes."""


class CacheWriter:
    """Writes a new index file next to its final path.

    Args:
        path: the final path; the caller holds its lock.

    Attributes:
        file: the temporary file.

    Raises:
        OSError: the temporary file cannot be created.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._temporary = path + TEMPORARY
        with suppress(FileNotFoundError):
            os.unlink(self._temporary)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | OPEN_FLAGS
        self.file: BinaryIO = os.fdopen(os.open(self._temporary, flags, 0o600), "w+b")

    def commit(self) -> FileBytes:
        """Sync the file and rename it to its final path.

        Returns:
            The bytes of the file.

        Raises:
            OSError: the file cannot be written.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        # Windows does not rename open files; the lock keeps others from replacing it meanwhile.
        self.file.close()
        os.replace(self._temporary, self._path)
        _sync_folder(os.path.dirname(self._path))
        descriptor = os.open(self._path, os.O_RDONLY | OPEN_FLAGS)
        try:
            return map_file(descriptor)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Remove the temporary file unless it was committed."""
        # What is still buffered cannot be written to a full disk.
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            os.unlink(self._temporary)


@contextmanager
def locked_writer(cache: Cache, name: str) -> Iterator[CacheWriter | None]:
    """Lock an index for writing; yield None if another process holds the lock.

    Args:
        cache: the folder.
        name: of the index.

    Raises:
        OSError: the folder cannot be written.
    """
    _prepare(cache)
    path = cache.path(name)
    with _locked(path) as held:
        if not held:
            yield None
            return
        writer = CacheWriter(path)
        try:
            yield writer
        finally:
            writer.close()
    _clean_up(cache, keep=name)


def replace_sections(
    cache: Cache, name: str, file: IndexFile, sections: Mapping[str, bytes]
) -> None:
    """Store an index again with some sections replaced, unless another process holds its lock.

    Args:
        cache: the folder.
        name: of the index.
        file: the index.
        sections: the new contents by section name.

    Raises:
        OSError: the file cannot be written.
        DamagedIndexError: the index is damaged.
    """
    with locked_writer(cache, name) as writer:
        if writer:
            file.copy(ContainerWriter(writer.file), sections)
            writer.commit()


def remove_index(cache: Cache, name: str) -> bool:
    """Remove an index file and what a build that was killed left; return whether there was one.

    Raises:
        OSError: the file cannot be removed.
    """
    if not _is_own_folder(cache.folder):
        return False
    _remove_abandoned(cache, name)
    return _remove(cache.path(name))


def remove_all(cache: Cache) -> int:
    """Remove all index files; return how many there were.

    Raises:
        OSError: the folder cannot be listed, or a file cannot be removed.
    """
    if not _is_own_folder(cache.folder):
        return 0
    return sum(remove_index(cache, name) for name in _names(cache))


def _names(cache: Cache) -> list[str]:
    """Return the names of all indexes, including those of which there is only a part."""
    suffixes = (SUFFIX, SUFFIX + TEMPORARY, SUFFIX + LOCK)
    files = [file for file in os.listdir(cache.folder) if file.endswith(suffixes)]
    return sorted(filter(NAME.fullmatch, {file.partition(SUFFIX)[0] for file in files}))


def _prepare(cache: Cache) -> None:
    """Create the folder if there is none.

    Raises:
        OSError: it cannot be created, or belongs to another user.
    """
    folder = cache.folder
    os.makedirs(folder, 0o700, exist_ok=True)
    if not _is_own_folder(folder):
        raise PermissionError(f"{folder} belongs to another user")
    if not cache.chosen and stat.S_IMODE(os.lstat(folder).st_mode) & 0o077:
        os.chmod(folder, 0o700)


def _is_own_folder(path: str) -> bool:
    """Return whether a path is a folder of this user's, not a link to one."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISDIR(status.st_mode) and not is_junction(status) and is_own(status)


def _remove(path: str) -> bool:
    """Remove an index file, whole or in part; return whether there was one.

    Raises:
        OSError: the file cannot be removed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | NON_BLOCKING | OPEN_FLAGS)
    except FileNotFoundError:
        return False
    except OSError as error:
        # A link is not followed, and is no index.
        if error.errno == errno.ELOOP:
            return False
        raise
    try:
        status = os.fstat(descriptor)
        same = os.path.samestat(os.lstat(path), status)
        if not (stat.S_ISREG(status.st_mode) and is_own(status) and same):
            return False
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            if not is_container(file):
                return False
    finally:
        os.close(descriptor)
    os.unlink(path)
    return True


def _clean_up(cache: Cache, keep: str) -> None:
    """Remove what killed builds left, indexes of older versions, and the least recently used."""
    with suppress(OSError):
        names = _names(cache)
        for name in names:
            _remove_abandoned(cache, name)
            data = cache.peek(name)
            if name != keep and data is not None and is_outdated(data):
                _remove(cache.path(name))
        _evict(cache, names, keep)


def _remove_abandoned(cache: Cache, name: str) -> None:
    """Remove the temporary file and the lock file of a build that was killed."""
    path = cache.path(name)
    if os.path.exists(path + TEMPORARY) or os.path.exists(path + LOCK):
        with suppress(OSError), _locked(path) as held:
            if held:
                _remove(path + TEMPORARY)


def _evict(cache: Cache, names: list[str], keep: str) -> None:
    kept, total = cache.path(keep), 0
    status = {path: os.lstat(path) for path in map(cache.path, names) if os.path.lexists(path)}
    for path in sorted(status, key=lambda path: (path != kept, -status[path].st_mtime_ns)):
        total += status[path].st_size
        if total > LIMIT and path != kept:
            _remove(path)


def _sync_folder(folder: str) -> None:
    """Make a rename durable where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _locked(path: str) -> Iterator[bool]:
    """Hold the lock of an index file; the system releases it if this process is killed.

    Yields:
        Whether the lock is held; False if another process holds it.
    """
    lock = path + LOCK
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | OPEN_FLAGS, 0o600)
    try:
        held = _is_empty(descriptor) and _lock(descriptor) and _is_at(lock, descriptor)
        try:
            yield held
        finally:
            if held:
                with suppress(OSError):
                    os.unlink(lock)
    finally:
        os.close(descriptor)


def _is_empty(descriptor: int) -> bool:
    """Return whether a file is an empty one, as a lock file is."""
    status = os.fstat(descriptor)
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _is_at(path: str, descriptor: int) -> bool:
    """Return whether an open file is still the one at a path.

    Another process may have removed it between opening and locking. Then its lock excludes nobody.
    """
    try:
        return os.path.samestat(os.lstat(path), os.fstat(descriptor))
    except OSError:
        return False


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
