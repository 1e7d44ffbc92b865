"""E-mail: the subject, who wrote when to whom, and the text."""

from __future__ import annotations

from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from briefqa.errors import DocumentError
from briefqa.readers.blocks import Kind, Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.decoding import decode
from briefqa.readers.html import html_reading
from briefqa.readers.plain_text import read_plain_text

__all__ = ["read_email"]

SHOWN = ("From", "To", "Cc", "Date")
HEADER_LIMIT = 1000
"""Characters of a header at the most."""


class _Bounded(Compat32):
    """Cuts overlong headers: taking their parameters apart needs quadratic time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_LIMIT]


def read_email(name: str, data: bytes) -> Reading:
    """Read a message.

    The subject is the title; who wrote, to whom and when are lines. Of a text in two forms
    the plain one is read. Attachments are not read.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: its parts nest too deeply.
    """
    try:
        message = BytesParser(policy=_Bounded()).parsebytes(data)
        parts = list(message.walk())
    except RecursionError as error:
        raise DocumentError(name, "its parts are nested too deeply") from error
    writer = ReadingWriter()
    for header in SHOWN:
        if value := _header(message, header):
            writer.add(f"{header}: {value}", Kind.LINE)
    plain, pages = (
        [part for part in parts if part.get_content_type() == kind and not _is_attached(part)]
        for kind in ("text/plain", "text/html")
    )
    for part in plain or pages:
        if plain:
            body = read_plain_text(name, _text(part).encode())
            writer.add(body.title or "", Kind.HEADING)
        else:
            body = html_reading(_text(part), whole=False)
        writer.extend(body)
    return writer.reading(_header(message, "Subject") or None)


def _header(message: Message, name: str) -> str:
    """A header as it is read, on one line."""
    value = str(message.get(name, ""))
    with suppress(MessageError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        charset = str(part.get_content_charset() or "")
        text = data.decode(charset) if charset else decode(data)
    except (LookupError, ValueError):
        text = decode(data)
    return decode(text.encode("utf-8", "replace")).replace("\0", "")
