"""New index files: how they get into the cache folder, whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from briefqa.index.cache import FLAGS, LOCK, SUFFIX, TEMPORARY, Cache, is_own
from briefqa.index.container import ContainerWriter, map_file

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import BinaryIO

    from briefqa.index.container import FileBytes, IndexFile

__all__ = ["Slot", "replace_sections", "slot"]

LIMIT = 8 * 1024**3
"""Bytes of all index files together at the most."""


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


@contextmanager
def slot(cache: Cache, name: str) -> Iterator[Slot | None]:
    """Make place for an index file; None where another process is making the same.

    Args:
        cache: where it goes.
        name: of the index.

    Raises:
        OSError: there is no place.
    """
    _prepare(cache.folder)
    with _locked(cache.path(name) + LOCK) as locked:
        if not locked:
            yield None
            return
        place = Slot(cache.path(name))
        try:
            yield place
        finally:
            place.close()
    _tidy(cache, keep=name + SUFFIX)


def replace_sections(
    cache: Cache, name: str, file: IndexFile, sections: Mapping[str, bytes]
) -> None:
    """Store an index again with some of its sections replaced, unless another process does.

    Args:
        cache: where it is kept.
        name: of the index.
        file: the index.
        sections: what is replaced.

    Raises:
        OSError: it cannot be stored.
        DamagedIndexError: it is damaged.
    """
    with slot(cache, name) as place:
        if place:
            file.copy(ContainerWriter(place.file), sections)
            place.commit()


def _prepare(folder: str) -> None:
    os.makedirs(folder, 0o700, exist_ok=True)
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or not is_own(status):
        raise PermissionError(f"{folder} belongs to somebody else")
    if stat.S_IMODE(status.st_mode) & 0o077:
        os.chmod(folder, 0o700)


def _tidy(cache: Cache, keep: str) -> None:
    """Remove what builders that died have left, and what was used least recently."""
    with suppress(OSError):
        names = os.listdir(cache.folder)
        for name in names:
            if name.endswith(TEMPORARY):
                _remove_abandoned(os.path.join(cache.folder, name))
        _evict(cache, [name for name in names if name.endswith(SUFFIX)], keep)


def _remove_abandoned(path: str) -> None:
    with suppress(OSError), _locked(path.removesuffix(TEMPORARY) + LOCK) as locked:
        if locked:
            os.unlink(path)


def _evict(cache: Cache, names: list[str], keep: str) -> None:
    status = {name: os.stat(os.path.join(cache.folder, name)) for name in {*names, keep}}
    total = status.pop(keep).st_size
    for name in sorted(status, key=lambda name: -status[name].st_mtime_ns):
        total += status[name].st_size
        if total > LIMIT:
            cache.remove(name.removesuffix(SUFFIX))


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
