"""Readers: the bytes of a document in, its text and structure out.

One module a format; each returns a `Reading`.
"""

from __future__ import annotations

from importlib import import_module

from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.readers.decoding import decode, decode_document

__all__ = ["Block", "Kind", "Reading", "decode", "decode_document", "read"]


def read(name: str, data: bytes) -> Reading:
    """Read the bytes of a document in whatever format they are.

    The same name and bytes are always read by the same reader, whose module is loaded when it is
    first needed.

    Args:
        name: the document's path: it decides between formats that look alike, and names the
            document in errors.
        data: its whole contents.

    Raises:
        NotADocumentError: the bytes are no text in a known format.
        DocumentError: they are in a known format, but broken, encrypted or too large.
    """
    from briefqa.readers.registry import detect

    kind = detect(name, data)
    module = import_module(f"briefqa.readers.{kind}")
    reading: Reading = getattr(module, f"read_{kind}")(name, data)
    return reading
