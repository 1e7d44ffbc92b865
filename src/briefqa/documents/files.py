"""Opening files warily: any path may be a device, a pipe, or far too large."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator

from briefqa.documents.long_paths import open_path, status
from briefqa.documents.walk import MAX_SIZE, STANDARD_INPUT
from briefqa.errors import DocumentError, NotADocumentError, TooLargeError, describe

__all__ = ["digest", "lines_of_standard_input", "read_file"]

PIECE = 1024 * 1024
"""Bytes read at a time."""

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of a line of standard input at the most."""

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
        return b"".join(_bounded(path, _pieces_of_standard_input(), max_size))
    try:
        descriptor = _open(path, pipes)
        try:
            _refuse_large(path, os.fstat(descriptor).st_size, max_size)
            return b"".join(_bounded(path, _pieces(descriptor), max_size))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise DocumentError(path, describe(error)) from error
    except ValueError as error:
        raise DocumentError(path, "not a path that can exist") from error


def lines_of_standard_input() -> Iterator[bytes]:
    """Yield the lines of standard input as they come, with their line feeds.

    Raises:
        DocumentError: it is closed or unreadable, or a line is longer than `LINE_LIMIT` bytes.
    """
    pending = bytearray()
    for piece in _pieces_of_standard_input():
        *ends, beginning = piece.split(b"\n")
        for end in ends:
            yield bytes(pending) + end + b"\n"
            pending.clear()
        pending += beginning
        if len(pending) > LINE_LIMIT:
            raise DocumentError(STANDARD_INPUT, f"a line is longer than {LINE_LIMIT:,} bytes")
    if pending:
        yield bytes(pending)


def _pieces_of_standard_input() -> Iterator[bytes]:
    if sys.stdin is None:
        raise DocumentError(STANDARD_INPUT, "standard input is closed")
    try:
        yield from _pieces(sys.stdin.fileno(), waits=True)
    except OSError as error:
        raise DocumentError(STANDARD_INPUT, describe(error)) from error


def _pieces(descriptor: int, *, waits: bool = False) -> Iterator[bytes]:
    """Read to the end.

    Args:
        descriptor: what to read.
        waits: whether what is still to come is waited for where the system does not.
    """
    while True:
        try:
            piece = os.read(descriptor, PIECE)
        except BlockingIOError:
            if not waits:
                raise
            from select import select

            select([descriptor], [], [])
            continue
        if not piece:
            return
        yield piece


def _open(path: str, pipes: bool) -> int:
    """Open without waiting for anything but a named pipe's writer."""
    flags = OPEN_FLAGS
    mode = status(path).st_mode
    if pipes and stat.S_ISFIFO(mode):
        flags &= ~getattr(os, "O_NONBLOCK", 0)
    elif not stat.S_ISREG(mode):
        raise NotADocumentError(path, "not a regular file")
    descriptor = open_path(path, flags)
    if _is_readable(os.fstat(descriptor).st_mode, pipes):
        return descriptor
    os.close(descriptor)
    raise NotADocumentError(path, "not a regular file")


def _is_readable(mode: int, pipes: bool) -> bool:
    return stat.S_ISREG(mode) or (pipes and stat.S_ISFIFO(mode))


def _bounded(path: str, pieces: Iterable[bytes], max_size: int) -> Iterator[bytes]:
    """Pass pieces on, but never more than is allowed, whatever size the file claims."""
    size = 0
    for piece in pieces:
        size += len(piece)
        _refuse_large(path, size, max_size)
        yield piece


def _refuse_large(path: str, size: int, max_size: int) -> None:
    if size > max_size:
        raise TooLargeError(path, max_size)


def digest(data: bytes) -> bytes:
    """Return 16 bytes that tell whether the contents of two files are the same (BLAKE2b)."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).digest()
