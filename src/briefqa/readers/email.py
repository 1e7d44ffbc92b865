"""E-mail and mailboxes: who wrote when to whom, the text, and what is attached.

Headers are decoded as far as they can be (RFC 2047, RFC 2231).
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator, Sequence
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from briefqa.errors import DocumentError
from briefqa.readers import read
from briefqa.readers.blocks import Kind, Reading, ReadingWriter
from briefqa.readers.charset import decode, decode_declared
from briefqa.readers.html import html_reading
from briefqa.readers.plain_text import read_plain_text
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["read_email", "read_mbox"]

SHOWN = ("From", "To", "Cc", "Date")
HEADER_LIMIT = 8000
"""The maximum length of a header in characters."""
DEPTH_LIMIT = 50
"""The maximum depth of nested parts."""
WORD = re.compile(r"[^\W_]+")
SIGNATURE_RULES = ("\n--\n", "\n-- \n")
"""The line above a signature, between the ends of lines."""
HTML_SHARE = 4
"""How many times the words of the plain text those of the page have to be for it to be read."""
SUFFIXES = {
    "application/epub+zip": ".epub",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/rtf": ".rtf",
    "text/tab-separated-values": ".tsv",
}
"""Names for attachments without one, by their types."""


TEXT = ("text/", "multipart/")
"""Types of what is a text where it stands in a message; a multipart without parts is one."""

SEPARATOR = re.compile(rb"(?:\A|\n\r?\n)From [^\n]*+\n(?=[!-9;-~]++:)")
"""What stands before a message: a blank line, but for the first, and a line of its sender."""
QUOTED = re.compile(rb"^>(?=>*+From )", re.MULTILINE)
"""What was put before a line of a message that looks like a separator."""

ENCODED = re.compile(r"=\?([^?\s]{1,40})\?([bq])\?([^?]*+)\?=", re.IGNORECASE)
BETWEEN = re.compile(r"(?<=\?=)\s++(?==\?[^?\s]{1,40}\?[bq]\?)", re.IGNORECASE)
"""White space between two encoded words, which is not shown."""


class _Bounded(Compat32):
    """Cuts overlong headers: parsing their parameters takes quadratic time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_LIMIT]

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return a header with its characters beyond ASCII, which some programs do not encode."""
        return decode(value.encode("utf-8", "surrogateescape"))


class Attachment(Record):
    """What is attached to a message.

    Attributes:
        name: the file name that it comes with, or one that tells its type.
        data: its contents, text in UTF-8.
        message: the message that it is, which needs no parsing again; None for other documents.
    """

    name: str
    data: bytes
    message: Message | None = None

    def read(self, path: str) -> Reading:
        """Read it as the document that it is.

        Args:
            path: of the message that it is attached to.

        Raises:
            DocumentError: it is none, or cannot be read.
        """
        path = f"{path}!{self.name}"
        return _read_message(path, self.message) if self.message else read(path, self.data)


def read_email(name: str, data: bytes) -> Reading:
    """Read a message.

    The subject is the title; who wrote, to whom and when are lines. Of a text in two forms
    the plain one is read, unless it only points to the other. Attachments are named, and read as
    the documents that they are.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: its parts nest too deeply.
    """
    return _read_message(name, BytesParser(policy=_Bounded()).parsebytes(data))


def _read_message(name: str, message: Message) -> Reading:
    contents = _Contents(name)
    contents.take(message)
    writer = ReadingWriter()
    for header in SHOWN:
        if value := _decoded(str(message.get(header, ""))):
            writer.add(f"{header}: {value}", Kind.LINE)
    for body in contents.bodies:
        writer.add(body.title or "", Kind.HEADING)
        writer.extend(_without_signatures(body, str(message.get("From", ""))))
    _write_attachments(name, writer, contents.attachments)
    return writer.reading(_decoded(str(message.get("Subject", ""))) or None)


def _without_signatures(body: Reading, sender: str) -> Reading:
    """Return a text whose headings that are signatures are lines: they end what was said."""
    names = set(WORD.findall(_decoded(sender).partition("<")[0].casefold()))
    blocks = [
        block._replace(kind=Kind.LINE, level=None)
        if block.is_heading and _is_signature(body.text, block.span, names)
        else block
        for block in body.blocks
    ]
    return body._replace(blocks=tuple(blocks))


def _is_signature(text: str, line: Span, names: set[str]) -> bool:
    """Whether a line only names the sender, or stands below the dashes that open a signature."""
    below = text.endswith(SIGNATURE_RULES, 0, line.start)
    return below or names.issuperset(WORD.findall(line.slice(text).casefold()))


def _write_attachments(name: str, writer: ReadingWriter, attachments: Sequence[Attachment]) -> None:
    """Name what is attached, with the reason where it is not read; then write all that is read."""
    embedded: list[tuple[str, Reading]] = []
    for attachment in attachments:
        line = f"Attachment: {attachment.name}"
        try:
            embedded.append((attachment.name, attachment.read(name)))
        except DocumentError as error:
            line += f" (not read: {error.reason})"
        writer.add(line, Kind.LINE)
    for attached, reading in embedded:
        if reading.text.strip():
            title = reading.title if reading.title != attached else None
            writer.embed(attached, reading, f"{attached}: {title}" if title else attached)


class _Contents:
    """Sorts the parts of a message into texts and attachments.

    Args:
        name: the document's path, for error messages.
        depth: how many parts it stands in.

    Attributes:
        bodies: the texts of the message in order.
        attachments: what is attached to it.
    """

    def __init__(self, name: str, depth: int = 0) -> None:
        if depth > DEPTH_LIMIT:
            raise DocumentError(name, "its parts are nested too deeply")
        self._name = name
        self._depth = depth
        self.bodies: list[Reading] = []
        self.attachments: list[Attachment] = []

    @property
    def words(self) -> int:
        """How many words the texts have."""
        return sum(len(body.text.split()) for body in self.bodies)

    def take(self, part: Message) -> None:
        """Take a part with all in it."""
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            self.bodies.append(_delivery_status(part))
        elif kind == "message/rfc822" or not part.is_multipart():
            self._take_leaf(part, kind)
        else:
            contents = [_Contents(self._name, self._depth + 1) for _ in _parts(part)]
            for each, inner in zip(contents, _parts(part), strict=True):
                each.take(inner)
            self._take_all(contents, alternative=kind == "multipart/alternative")

    def _take_all(self, contents: Sequence[_Contents], *, alternative: bool) -> None:
        """Take all that several parts hold, but of alternatives only the texts of one."""
        best = contents[0] if contents else self
        for each in contents:
            if alternative and each.words > HTML_SHARE * best.words:
                best = each
        for each in contents:
            if each is best or not alternative:
                self.bodies += each.bodies
            self.attachments += each.attachments

    def _take_leaf(self, part: Message, kind: str) -> None:
        disposition = str(part.get("Content-Disposition", "")).strip().lower()
        name = _parameter(part, "Content-Disposition", "filename")
        name = name or _parameter(part, "Content-Type", "name")
        attached = disposition.startswith("attachment") or (name and self._depth > 0)
        if kind.startswith("image/") and "Content-ID" in part and "attachment" not in disposition:
            return
        if attached or kind in SUFFIXES.keys() - {"text/html"} or not kind.startswith(TEXT):
            self.attachments.append(_attachment(part, kind, name))
        else:
            self.bodies.append(_body(self._name, part, kind))


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if part.is_multipart() else []


def _payload(part: Message) -> bytes:
    """Return the contents of a part; empty if they cannot be decoded."""
    try:
        data = part.get_payload(decode=True)
    except Exception:
        return b""
    return data if isinstance(data, bytes) else b""


def _body(name: str, part: Message, kind: str) -> Reading:
    """Read a text of a message."""
    text = decode_declared(_payload(part), _parameter(part, "Content-Type", "charset")).replace(
        "\0", ""
    )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html":
        return html_reading(text, whole=False)
    return read_plain_text(name, text.encode("utf-8", "replace"))


def _delivery_status(part: Message) -> Reading:
    """Read the fields of a mail server's report on a message that it could not deliver."""
    writer = ReadingWriter()
    for each in _parts(part):
        for name, value in each.items():
            writer.add(f"{name}: {_decoded(str(value))}", Kind.LINE)
    return writer.part()


def _attachment(part: Message, kind: str, name: str) -> Attachment:
    if kind == "message/rfc822" and _parts(part):
        message = _parts(part)[0]
        subject = _decoded(str(message.get("Subject", "")))
        return Attachment(name or f"{subject or 'message'}.eml", b"", message)
    data, charset = _payload(part), _parameter(part, "Content-Type", "charset")
    if kind.startswith("text/") and charset:
        data = decode_declared(data, charset).encode("utf-8", "replace")
    return Attachment(name or f"attachment{SUFFIXES.get(kind, '')}", data)


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


def _decoded(value: str) -> str:
    """Return a header as it is read, on one line.

    Args:
        value: as it stands in the message.
    """
    joined = BETWEEN.sub("", value)
    pieces = []
    end = 0
    for charset, data, start, stop in _encoded_runs(joined):
        pieces += [joined[end:start], decode_declared(data, charset)]
        end = stop
    text = "".join([*pieces, joined[end:]])
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _encoded_runs(value: str) -> Iterator[tuple[str, bytes, int, int]]:
    """Yield neighbouring encoded words of one character set, which may split a character.

    Each with its character set, its bytes, and where it begins and ends.
    """
    charset, data, start, end = "", b"", 0, 0
    for word in ENCODED.finditer(value):
        name = word[1].partition("*")[0].lower()
        if data and (word.start() != end or name != charset):
            yield charset, data, start, end
            data = b""
        charset, start = name, start if data else word.start()
        data += _bytes_of(word[2], word[3])
        end = word.end()
    if data:
        yield charset, data, start, end


def _bytes_of(encoding: str, word: str) -> bytes:
    """Return what an encoded word stands for; what is damaged is left out."""
    data = word.encode("utf-8", "replace")
    if encoding in "qQ":
        return a2b_qp(data, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    try:
        return a2b_base64(letters + b"=" * (-len(letters) % 4))
    except Error:
        return a2b_base64(letters[: len(letters) // 4 * 4])


def _parameter(part: Message, header: str, name: str) -> str:
    """Return a parameter of a header, such as the `charset` of `Content-Type`; empty for none.

    Python's parser raises errors of many kinds for parameters that are split in an odd way.
    """
    try:
        value = part.get_param(name, None, header)
    except Exception:
        return ""
    if isinstance(value, tuple):
        charset, _, text = (each or "" for each in value)
        return _decoded(decode_declared(text.encode("latin-1", "replace"), charset))
    return _decoded(str(value)) if value else ""
