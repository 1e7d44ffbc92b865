"""Opening files warily: any path may be a device, a pipe, or far too large."""

from __future__ import annotations

import os
import stat
import sys

from briefqa.errors import DocumentError, NotADocumentError, TooLargeError, describe

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["MAX_SIZE", "STANDARD_INPUT", "digest", "read_file", "read_standard_input"]

MAX_SIZE = 256 * 1024 * 1024
"""Bytes of a file at the most, unless told otherwise."""

PIECE = 1024 * 1024
"""Bytes read at a time."""

STANDARD_INPUT = "-"
"""The path that stands for standard input."""

# Windows has none of these, and needs O_BINARY.
OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_file(path: str, max_size: int = MAX_SIZE, *, pipes: bool = True) -> bytes:
    """Read a whole file.

    Args:
        path: a path, or `-` for standard input.
        max_size: bytes at the most.
        pipes: whether a named pipe is read too (process substitution makes them) and `-` means
            standard input, as where a reader named the path; not so for what a folder holds.

    Raises:
        NotADocumentError: the path is a folder, a device, a socket, or a pipe and `pipes` is not
            set.
        TooLargeError: the file is larger than `max_size`.
        DocumentError: it is missing or unreadable.
    """
    if pipes and path == STANDARD_INPUT:
        return read_standard_input(max_size)
    try:
        with os.fdopen(_open(path, pipes), "rb") as file:
            _refuse_large(path, os.fstat(file.fileno()).st_size, max_size)
            return _read_bounded(path, file, max_size)
    except OSError as error:
        raise DocumentError(path, describe(error)) from error
    except ValueError as error:
        raise DocumentError(path, "not a path that can exist") from error


def read_standard_input(max_size: int = MAX_SIZE) -> bytes:
    """Read standard input to its end.

    Raises:
        DocumentError: it is closed, unreadable or larger than `max_size` bytes.
    """
    if sys.stdin is None:
        raise DocumentError(STANDARD_INPUT, "standard input is closed")
    try:
        return _read_bounded(STANDARD_INPUT, sys.stdin.buffer, max_size)
    except OSError as error:
        raise DocumentError(STANDARD_INPUT, describe(error)) from error


def _open(path: str, pipes: bool) -> int:
    """Open without waiting for anything but a named pipe's writer."""
    flags = OPEN_FLAGS
    mode = os.stat(path).st_mode
    if pipes and stat.S_ISFIFO(mode):
        flags &= ~getattr(os, "O_NONBLOCK", 0)
    elif not stat.S_ISREG(mode):
        raise NotADocumentError(path, "not a regular file")
    descriptor = os.open(path, flags)
    if _is_readable(os.fstat(descriptor).st_mode, pipes):
        return descriptor
    os.close(descriptor)
    raise NotADocumentError(path, "not a regular file")


def _is_readable(mode: int, pipes: bool) -> bool:
    return stat.S_ISREG(mode) or (pipes and stat.S_ISFIFO(mode))


def _read_bounded(path: str, file: BinaryIO, max_size: int) -> bytes:
    """Read to the end, but never more than is allowed, whatever size the file claims."""
    pieces, size = [], 0
    while piece := file.read(PIECE):
        pieces.append(piece)
        size += len(piece)
        _refuse_large(path, size, max_size)
    return b"".join(pieces)


def _refuse_large(path: str, size: int, max_size: int) -> None:
    if size > max_size:
        raise TooLargeError(path, max_size)


def digest(data: bytes) -> bytes:
    """Return 16 bytes that tell whether the contents of two files are the same (BLAKE2b)."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).digest()
