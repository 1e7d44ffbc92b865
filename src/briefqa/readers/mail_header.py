"""Headers of e-mail, decoded as far as they can be (RFC 2047, RFC 2231)."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from email.message import Message

from briefqa.readers.decoding import decode_declared

__all__ = ["decoded", "parameter"]

ENCODED = re.compile(r"=\?([^?\s]{1,40})\?([bq])\?([^?]*+)\?=", re.IGNORECASE)
BETWEEN = re.compile(r"(?<=\?=)\s++(?==\?[^?\s]{1,40}\?[bq]\?)", re.IGNORECASE)
"""White space between two encoded words, which is not shown."""


def decoded(value: str) -> str:
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
    """Yield neighbouring encoded words of one character set, which may part a character.

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


def parameter(part: Message, header: str, name: str) -> str:
    """Return a parameter of a header, such as the `charset` of `Content-Type`; empty for none.

    Python's parser raises errors of many kinds for parameters that are split in an odd way.
    """
    try:
        value = part.get_param(name, None, header)
    except Exception:
        return ""
    if isinstance(value, tuple):
        charset, _, text = (each or "" for each in value)
        return decoded(decode_declared(text.encode("latin-1", "replace"), charset))
    return decoded(str(value)) if value else ""
