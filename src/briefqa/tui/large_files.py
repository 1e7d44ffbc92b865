"""Reading large files in another process, so that the app answers and shows keys meanwhile.

A thread would share the interpreter with the app, and leave its memory with it. A request is a line
of JSON with the path of a file and the size limit; the reply is the document, and what prevented
reading it, pickled.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from briefqa.documents import Document, read_document
from briefqa.errors import DocumentError
from briefqa.readers import Block
from briefqa.records import Record
from briefqa.tui.long_text import LongText

__all__ = ["AnyDocument", "LongDocument", "is_large", "read_apart", "serve"]

LARGE_FILE = 2_000_000
"""Bytes; a smaller file takes little longer to read than another process to start."""
LONG_TEXT = 2_000_000
"""Characters; a longer text is kept in pieces."""
PROGRAM = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.path[:] = {path!r}
from briefqa.tui.large_files import serve
request = sys.stdin.buffer.readline()
threading.Thread(target=lambda: sys.stdin.buffer.read() or os._exit(1), daemon=True).start()
serve(request, sys.stdout.buffer)
"""
"""What the process runs. It ends when the app closes its input, even by ending."""


class LongDocument(Record):
    """A document with a long text.

    Attributes:
        path: as of any document.
        title: likewise.
        text: the whole text.
        blocks: those that are headings, and those that begin a page or a time.
    """

    path: str
    title: str
    text: LongText
    blocks: tuple[Block, ...]


AnyDocument = Document | LongDocument


def is_large(path: str) -> bool:
    """Return whether a path is that of a file that another process should read."""
    return os.path.isfile(path) and os.path.getsize(path) > LARGE_FILE


def read_apart(path: str, max_size: int) -> AnyDocument:
    """Read a file in another process.

    Args:
        path: the file.
        max_size: the size limit, in bytes.

    Raises:
        DocumentError: the file cannot be read.
        OSError: the process cannot be started, or ends before it has read the file.
    """
    module_path = [*sys.path, str(Path(__file__).parents[2])]
    command = [sys.executable, "-I", "-S", "-c", PROGRAM.format(path=module_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps([path, max_size]).encode() + b"\n")
        process.stdin.flush()
        try:
            document, reason = pickle.load(process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            raise OSError("the process ended") from error
    if document is None:
        raise DocumentError(path, reason)
    return cast("AnyDocument", document)


def serve(request: bytes, replies: IO[bytes]) -> None:
    """Read the file of a request.

    Args:
        request: the path of the file and the size limit in bytes, as JSON.
        replies: where the document goes.
    """
    path, max_size = json.loads(request)
    reply: tuple[AnyDocument | None, str]
    try:
        reply = _shortened(read_document(path, max_size)), ""
    except DocumentError as error:
        reply = None, error.reason
    pickle.dump(reply, replies)
    replies.flush()


def _shortened(document: Document) -> AnyDocument:
    """Return a document with only what is shown of it, if its text is long."""
    if len(document.text) <= LONG_TEXT:
        return document
    blocks = tuple(_landmarks(document.blocks))
    return LongDocument(document.path, document.title, LongText(document.text), blocks)


def _landmarks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the headings, and the first blocks of pages and of times."""
    place: tuple[int | None, int | None] = (None, None)
    for block in blocks:
        if block.is_heading or (block.page, block.time) != place:
            yield block
        place = (block.page, block.time)
