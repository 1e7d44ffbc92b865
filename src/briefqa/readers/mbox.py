"""Mailboxes (mbox, RFC 4155): each message through the reader of e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.errors import DocumentError
from briefqa.readers.blocks import Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.email import read_email
from briefqa.readers.plain_text import read_plain_text

__all__ = ["read_mbox"]

SEPARATOR = re.compile(rb"(?:\A|\n\r?\n)From [^\n]*+\n(?=[!-9;-~]++:)")
"""What stands before a message: a blank line, but for the first, and a line of its sender."""
QUOTED = re.compile(rb"^>(?=>*+From )", re.MULTILINE)
"""What was put before a line of a message that looks like a separator."""


def read_mbox(name: str, data: bytes) -> Reading:
    """Read a mailbox.

    Each message is a member, called by its number, from 1, and stands under its subject. A file
    without a message is plain text.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: none of its messages can be read.
    """
    separators = list(SEPARATOR.finditer(data))
    if not separators:
        return read_plain_text(name, data)
    writer = ReadingWriter()
    problem: DocumentError | None = None
    for number, message in enumerate(_messages(data, separators), 1):
        try:
            reading = read_email(f"{name}!{number}", message)
        except DocumentError as error:
            problem = error
            continue
        writer.embed(str(number), reading, reading.title or "")
    if problem and not writer.blocks:
        raise DocumentError(name, problem.reason)
    return writer.reading()


def _messages(data: bytes, separators: Sequence[re.Match[bytes]]) -> Iterator[bytes]:
    ends = [each.start() for each in separators[1:]] + [len(data)]
    for separator, end in zip(separators, ends, strict=True):
        yield QUOTED.sub(b"", data[separator.end() : end])
