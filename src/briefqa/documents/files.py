"""The contents of files; any path may lead to a device, a pipe or a file that is far too large."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator

from briefqa.documents.file_system import MAX_SIZE, STANDARD_INPUT, open_path, stat_path
from briefqa.errors import DocumentError, NotADocumentError, TooLargeError, describe

__all__ = [
    "NOT_REGULAR",
    "digest",
    "read_file",
    "read_standard_input_lines",
    "standard_input_holds_data",
]

NOT_REGULAR = "not a regular file"
CHUNK = 1024 * 1024
"""Bytes read at a time."""

LINE_LIMIT = 16 * 1024 * 1024
"""The largest number of bytes in a line of standard input."""

_peeked: list[bytes] = []
"""What was read of standard input to see whether it holds anything; it is read again from here."""

# Windows has none of these, and needs O_BINARY.
OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_file(
    path: str,
    max_size: int = MAX_SIZE,
    *,
    named: bool = True,
    check: Callable[[os.stat_result], None] | None = None,
) -> bytes:
    """Read a whole file.

    Args:
        path: a path, or `-` for standard input.
        max_size: the size limit, in bytes.
        named: whether the user gave this path. If so, a named pipe is read (process substitution
            makes them), and `-` is standard input. If it was found in a folder, neither holds.
        check: called with the status of the file once it is open; raises an error to refuse it.

    Raises:
        NotADocumentError: the path is a folder, a device, a socket, or a pipe that is not `named`.
        TooLargeError: the file is larger than `max_size`.
        DocumentError: the file is missing or cannot be read.
    """
    if named and path == STANDARD_INPUT:
        return b"".join(_limited(path, _standard_input_chunks(), max_size))
    try:
        descriptor = _open(path, named)
        try:
            status = os.fstat(descriptor)
            if check:
                check(status)
            _check_size(path, status.st_size, max_size)
            return b"".join(_limited(path, _chunks(descriptor), max_size))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise DocumentError(path, describe(error)) from error
    except ValueError as error:
        raise DocumentError(path, "invalid path") from error


def read_standard_input_lines() -> Iterator[bytes]:
    """Yield the lines of standard input as they arrive, with their line feeds.

    Raises:
        DocumentError: standard input is closed or cannot be read, or a line is longer than
            `LINE_LIMIT` bytes.
    """
    pending = bytearray()
    for chunk in _standard_input_chunks():
        *ends, beginning = chunk.split(b"\n")
        for end in ends:
            yield bytes(pending) + end + b"\n"
            pending.clear()
        pending += beginning
        if len(pending) > LINE_LIMIT:
            raise DocumentError(STANDARD_INPUT, f"a line is longer than {LINE_LIMIT:,} bytes")
    if pending:
        yield bytes(pending)


def standard_input_holds_data() -> bool:
    """Return whether standard input is not at its end; waits until that is known.

    Raises:
        DocumentError: standard input is closed or cannot be read.
    """
    for chunk in _standard_input_chunks():
        _peeked.append(chunk)
        return True
    return False


def _standard_input_chunks() -> Iterator[bytes]:
    if sys.stdin is None:
        raise DocumentError(STANDARD_INPUT, "standard input is closed")
    while _peeked:
        yield _peeked.pop(0)
    try:
        yield from _chunks(sys.stdin.fileno(), wait=True)
    except OSError as error:
        raise DocumentError(STANDARD_INPUT, describe(error)) from error


def _chunks(descriptor: int, *, wait: bool = False) -> Iterator[bytes]:
    """Read to the end.

    Args:
        descriptor: what to read.
        wait: whether to wait for data if the descriptor is non-blocking.
    """
    while True:
        try:
            chunk = os.read(descriptor, CHUNK)
        except BlockingIOError:
            if not wait:
                raise
            from select import select

            select([descriptor], [], [])
            continue
        if not chunk:
            return
        yield chunk


def _open(path: str, named: bool) -> int:
    """Open a file without blocking, except to wait for the writer of a named pipe."""
    flags = OPEN_FLAGS
    mode = stat_path(path).st_mode
    if named and stat.S_ISFIFO(mode):
        flags &= ~getattr(os, "O_NONBLOCK", 0)
    elif not stat.S_ISREG(mode):
        raise NotADocumentError(path, NOT_REGULAR)
    descriptor = open_path(path, flags)
    # The path may lead to another file by now.
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or (named and stat.S_ISFIFO(mode)):
        return descriptor
    os.close(descriptor)
    raise NotADocumentError(path, NOT_REGULAR)


def _limited(path: str, chunks: Iterable[bytes], max_size: int) -> Iterator[bytes]:
    """Pass chunks on up to the size limit, whatever size the file claims to have."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        _check_size(path, size, max_size)
        yield chunk


def _check_size(path: str, size: int, max_size: int) -> None:
    if size > max_size:
        raise TooLargeError(path, max_size)


def digest(data: bytes) -> bytes:
    """Return a digest of 16 bytes (BLAKE2b), by which contents are compared."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).digest()
