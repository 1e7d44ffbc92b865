"""Readers: the bytes of a document in, its text and structure out.

One module a format; each returns a `Reading`.
"""

from briefqa.readers.decoding import decode
from briefqa.readers.reading import Block, Kind, Reading

__all__ = ["Block", "Kind", "Reading", "decode", "read"]


def read(name: str, data: bytes) -> Reading:
    """Read the bytes of a document in whatever format they are.

    Args:
        name: the document's path, for error messages.
        data: its whole contents.

    Raises:
        NotADocumentError: the bytes are no text in a known format.
    """
    from briefqa.readers.plain_text import read_plain_text

    return read_plain_text(name, data)
