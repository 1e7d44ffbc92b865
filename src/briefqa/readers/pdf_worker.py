"""The process that reads PDF files, so that a hostile one cannot take the program with it.

PDFium unpacks whatever a file says. It is therefore called in another process, whose memory and
time are limited; a file that ends that process is refused, and the next file gets a new one. A
request is the bytes of a file and a reply is JSON, each after its length.
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO

from briefqa.errors import DocumentError, NoTextError, ReaderError
from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.spans import Span

__all__ = ["PdfWorker", "limit", "read_pdf", "serve"]

LENGTH = struct.Struct(">Q")
MEGABYTE = 1024 * 1024
MEMORY = 768 * MEGABYTE
"""The maximum address space of the process in bytes, besides three times the file."""
SECONDS = 20
"""The minimum processor time that a file may take, in seconds."""
SECONDS_PER_MEGABYTE = 4
"""Seconds more for each megabyte of the file."""
PATIENCE = 3
"""How much longer than the processor time the whole exchange may take."""
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.path[:] = {path!r}
from briefqa.readers.pdf_worker import limit, serve
serve(sys.stdin.buffer, sys.stdout.buffer, limit)
"""
"""What the process runs; Ctrl-C is for the program that started it."""


def read_pdf(name: str, data: bytes) -> Reading:
    """Read a PDF file in the process for such files; see `briefqa.readers.pdf`.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NoTextError: the file has no text.
        DocumentError: the file is broken, encrypted or too large, or pypdfium2 is not installed.
    """
    return WORKER.read(name, data)


class PdfWorker:
    """The process, as its users see it: started for the first file, and again where it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def read(self, name: str, data: bytes) -> Reading:
        """Read a file.

        Args:
            name: its path, for error messages.
            data: its bytes.

        Raises:
            DocumentError: the file cannot be read, or the process cannot be started.
        """
        with self._lock:
            used = self._process is not None
            try:
                reply = self._exchange(data)
                if reply is None and used:
                    # What other files left in its memory must not decide about this one.
                    reply = self._exchange(data)
            except OSError as error:
                reason = f"the process for PDF files cannot be started: {error.strerror}"
                raise DocumentError(name, reason) from error
        if reply is None:
            raise DocumentError(name, "too large or broken")
        return _reading(name, reply)

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def forget(self) -> None:
        """Leave the process to the program that this one is a copy of."""
        self._process, self._lock = None, Lock()

    def _exchange(self, data: bytes) -> bytes | None:
        """Send a file and return the reply; None if the process ended instead."""
        process = self._process = self._process or _start()
        assert process.stdin
        assert process.stdout
        timer = Timer(PATIENCE * _seconds(len(data)), process.kill)
        timer.start()
        reply = None
        try:
            _send(process.stdin, data)
            reply = _receive(process.stdout)
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
            if reply is None:
                self.close()
        return reply


def _start() -> subprocess.Popen[bytes]:
    path = [*sys.path, str(Path(__file__).parents[2])]
    # Not a fork: a program with threads may hold locks that nobody in the copy would release.
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", PROGRAM.format(path=path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _reading(name: str, reply: bytes) -> Reading:
    answer = json.loads(reply.decode("utf-8", "surrogatepass"))
    if "failure" in answer:
        raise ReaderError(name, f"cannot be read: {answer['failure']}")
    if "no text" in answer:
        raise NoTextError(name, answer["no text"])
    if "reason" in answer:
        raise DocumentError(name, answer["reason"])
    blocks = (
        Block(Span(start, end), Kind(kind), page=page, level=level)
        for start, end, kind, page, level in answer["blocks"]
    )
    return Reading(answer["text"], answer["title"], tuple(blocks))


WORKER = PdfWorker()
atexit.register(WORKER.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKER.forget)


def serve(requests: IO[bytes], replies: IO[bytes], before: Callable[[int], None]) -> None:
    """Read PDF files as they come, until no more do.

    Args:
        requests: the files, each after its length in bytes as a number of eight bytes.
        replies: where what was read of each goes, in the same form.
        before: called with the length of each file before it is read.
    """
    while (data := _receive(requests)) is not None:
        before(len(data))
        answer = json.dumps(_answer(data), ensure_ascii=False, separators=(",", ":"))
        _send(replies, answer.encode("utf-8", "surrogatepass"))


def limit(length: int) -> None:
    """Limit the memory and the processor time that this process may still take for a file.

    Windows has no such limits, and macOS does not heed that of memory.

    Args:
        length: of the file, in bytes.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {
        resource.RLIMIT_CPU: int(used.ru_utime + used.ru_stime) + 1 + _seconds(length),
        resource.RLIMIT_AS: MEMORY + 3 * length,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


def _seconds(length: int) -> int:
    """The seconds of processor time for a file of a length in bytes."""
    return SECONDS + SECONDS_PER_MEGABYTE * length // MEGABYTE


def _answer(data: bytes) -> dict[str, object]:
    """Read a file, and put what came of it in terms of JSON."""
    from briefqa.readers.pdf import read_pages

    try:
        reading = read_pages("", data)
    except NoTextError as error:
        return {"no text": error.reason}
    except DocumentError as error:
        return {"reason": error.reason}
    except MemoryError:
        raise
    except Exception as error:
        return {"failure": f"{type(error).__name__}: {error}"}
    blocks = [(*block.span, block.kind, block.page, block.level) for block in reading.blocks]
    return {"text": reading.text, "title": reading.title, "blocks": blocks}


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """Return the next bytes that were sent; None if the stream ends before."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(header)
    data = stream.read(length)
    return data if len(data) == length else None
