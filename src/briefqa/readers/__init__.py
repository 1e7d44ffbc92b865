"""Readers: the bytes of a document in, its text and structure out.

One module a format; each returns a `Reading`. `registry` has the table of formats.
"""

from __future__ import annotations

from briefqa.errors import DocumentError, ReaderError
from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.readers.decoding import decode, decode_document

__all__ = ["Block", "Kind", "Reading", "decode", "decode_document", "read"]


def read(name: str, data: bytes) -> Reading:
    """Read a document in any known format.

    The same name and bytes are always read by the same reader, whose module is loaded when it is
    first needed.

    Args:
        name: the document's path: it decides between formats that look alike, and names the
            document in errors.
        data: its whole contents.

    Raises:
        NotADocumentError: the bytes are not text in a known format.
        DocumentError: the format is known, but the document is broken, encrypted or too large;
            a `ReaderError` where its reader fails in a way that nobody foresaw.
    """
    from briefqa.readers.budget import shared_budget
    from briefqa.readers.registry import detect

    with shared_budget(name):
        try:
            return detect(name, data).read(name, data)
        except DocumentError:
            raise
        except RecursionError as error:
            raise DocumentError(name, "its parts are nested too deeply") from error
        except MemoryError as error:
            raise DocumentError(name, "too large for the memory that is left") from error
        except Exception as error:
            raise ReaderError(name, f"cannot be read: {type(error).__name__}: {error}") from error
