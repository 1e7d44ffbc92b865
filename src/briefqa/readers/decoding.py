"""Bytes to text, whatever their encoding."""

from __future__ import annotations

import codecs
import re

from briefqa.errors import NotADocumentError

__all__ = ["decode", "decode_declared", "decode_document"]

# The UTF-32 marks come first: the little-endian one begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY_PROBE = 8 * 1024
"""Bytes looked at for a NUL, the sign of a binary file."""

SHIFTING = ("hz", "iso2022", "utf-7")
"""Character sets each text of which is ASCII too."""
TWO_OR_FOUR = ("utf-16", "utf-32")
"""Character sets of two or four bytes a character."""
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
PLAIN = re.compile(r"[\t\n\r -~]")
NON_ASCII = bytes(range(0x80, 0x100))
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def decode_document(name: str, data: bytes) -> str:
    """Decode a whole document.

    Args:
        name: the document's path, for the error message.
        data: its bytes.

    Returns:
        The text without a byte-order mark, each CRLF or CR read as one line feed.

    Raises:
        NotADocumentError: the bytes hold a NUL near their beginning, and are not UTF-16 or UTF-32.
    """
    if _marked(data) or b"\0" not in data[:BINARY_PROBE]:
        return decode(data)
    encoding = _wide_encoding(data[:BINARY_PROBE])
    if encoding is None:
        raise NotADocumentError(name, "a binary file, not text")
    return decode(data.decode(encoding, "replace").encode("utf-8", "replace"))


def decode(data: bytes) -> str:
    """Decode `data` by its byte-order mark, else as UTF-8, else as what it most looks like.

    Never fails: what cannot be decoded becomes U+FFFD.
    """
    text = _decode_characters(data)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decode_declared(data: bytes, label: str) -> str:
    """Decode bytes that come with the name of their character set, which may be wrong.

    Args:
        data: the bytes.
        label: the name, such as `ISO-8859-1` or `gb2312`; empty for none.

    Returns:
        The text. What is valid UTF-8 beyond ASCII is taken for that, and what has no NUL is not
        taken for UTF-16 or UTF-32, whatever it is called.
    """
    from briefqa.readers.charset import codec_of

    codec = codec_of(label) if label else None
    if codec and codec.startswith(TWO_OR_FOUR) and b"\0" not in data:
        codec = None
    if codec is None or not codec.startswith((*SHIFTING, *TWO_OR_FOUR)):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if codec is None or codec == "utf-8":
        return decode(data)
    return data.decode(codec, "replace")


def _marked(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)


def _wide_encoding(beginning: bytes) -> str | None:
    """Return the encoding of two or four bytes a character that a text without a mark is in."""
    for encoding in WIDE:
        text = beginning.decode(encoding, "replace")
        if "\0" not in text and 2 * len(PLAIN.findall(text)) > len(text):
            return encoding
    return None


def _decode_characters(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data)


def _decode_damaged(data: bytes) -> str:
    """Decode as UTF-8 if most non-ASCII sequences are valid there, else as `charset` guesses."""
    text = data.decode("utf-8", "replace")
    replaced = text.count(REPLACEMENT)
    damaged = replaced - data.count(REPLACEMENT.encode())
    ascii_characters = len(data.translate(None, NON_ASCII))
    valid = len(text) - ascii_characters - damaged
    if valid > damaged:
        return text
    from briefqa.readers.charset import guess

    return data.decode(guess(data), "replace")
