"""Writing the doc store of an index: the position and the text of each passage.

Texts are stored in compressed chunks of about 16 KiB. Small chunks decompress fast but compress
badly, because each repeats what the others contain. So samples of the first chunks are stored once,
and every chunk is compressed with them as its preset dictionary (RFC 1950). Collections of less
than a megabyte have an empty one: it would cost more than it saves.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from briefqa.index.container import ContainerWriter
from briefqa.index.doc_store import DATED, PassageRecord
from briefqa.passages import Passage, encode_parts

__all__ = ["ROW", "UNDATED", "DocStoreWriter", "encode_date", "row_type"]

CHUNK = 16 * 1024
"""Minimum bytes of text in a chunk, but for the last."""
LEVEL = 2
"""zlib's compression level; higher ones take much longer and make files little smaller."""
SAMPLED_CHUNKS = 64
"""Chunks that the preset dictionary has samples of."""
SAMPLE = 512
"""Bytes of each sample; all samples together fill zlib's window of 32 KiB."""
UNDATED = b" " * DATED
ROW = struct.Struct("=QIIIIIIIII")
"""The layout of a record while an index is written; it holds any value."""


class DocStoreWriter:
    """Writes passages in order.

    Args:
        writer: the index file; until `finish` only the section of texts is written.
        preset: the preset dictionary of a previous index whose chunks are copied; None to sample
            one.

    Attributes:
        records: the records so far, packed by `ROW`.
        paths: of the documents so far.
        titles: of the documents so far.
        firsts: the number of the first passage of each document so far.
        headings: of the passages so far, one a line; equal neighbours are not repeated.
    """

    def __init__(self, writer: ContainerWriter, preset: bytes | None = None) -> None:
        self._writer = writer
        self._preset = preset
        self._compressor: Any = None
        self._chunk = bytearray()
        self._waiting: list[bytes] = []
        self._chunks = 0
        self._ends = array("Q", [0])
        self.records = bytearray()
        self.paths: list[str] = []
        self.titles: list[str] = []
        self.firsts = array("I")
        self.headings: list[str] = []
        writer.start("texts")

    def __len__(self) -> int:
        return len(self.records) // ROW.size

    def add_document(self, path: str, title: str) -> None:
        """Start a document; its passages follow."""
        self.firsts.append(len(self))
        self.paths.append(path)
        self.titles.append(title)

    def add(self, passage: Passage) -> None:
        """Add a passage of the current document."""
        text = passage.text.encode("utf-8", "surrogatepass")
        parts = encode_parts(passage).encode("utf-8", "surrogatepass")
        headings = passage.headings
        self.records += ROW.pack(
            passage.span.start,
            len(self.paths) - 1,
            self._headings_number("\n".join(headings)) if headings else 0,
            passage.page or 0,
            0 if passage.time is None else passage.time + 1,
            passage.lines[0],
            self._chunks,
            len(self._chunk),
            len(text),
            len(parts),
        )
        self._chunk += text + parts
        if len(self._chunk) >= CHUNK:
            self._end_chunk()

    def _headings_number(self, headings: str) -> int:
        if not self.headings or self.headings[-1] != headings:
            self.headings.append(headings)
        return len(self.headings)

    def add_chunks(self, data: memoryview, sizes: Sequence[int]) -> int:
        """Copy chunks of the previous index.

        Args:
            data: the compressed chunks, concatenated.
            sizes: the size of each in bytes.

        Returns:
            The number of the first one in this index.
        """
        if self._chunk:
            self._end_chunk()
        first = self._chunks
        self._writer.write(data)
        self._ends.extend(accumulate(sizes, initial=self._ends.pop()))
        self._chunks += len(sizes)
        return first

    def _end_chunk(self) -> None:
        """End the current chunk; the first ones wait until the preset dictionary is sampled."""
        chunk = bytes(self._chunk)
        self._chunk.clear()
        self._chunks += 1
        if self._preset is not None:
            self._compress(chunk)
            return
        self._waiting.append(chunk)
        if len(self._waiting) == SAMPLED_CHUNKS:
            self._set_preset(b"".join(waiting[:SAMPLE] for waiting in self._waiting))

    def _set_preset(self, preset: bytes) -> None:
        self._preset = preset
        for chunk in self._waiting:
            self._compress(chunk)
        self._waiting.clear()

    def _compress(self, chunk: bytes) -> None:
        if self._compressor is None:
            self._compressor = zlib.compressobj(LEVEL, zdict=self._preset or b"")
        # A copy does not process the preset dictionary again.
        compressor = self._compressor.copy()
        data = compressor.compress(chunk) + compressor.flush()
        self._writer.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def finish(self) -> None:
        """Write the last chunk and all other sections."""
        self._end_chunk()
        if self._preset is None:
            self._set_preset(b"")
        self._writer.add("texts.preset", self._preset or b"")
        self._writer.add("texts.ends", self._ends.tobytes())
        self._write_records()
        self.firsts.append(len(self))
        self._writer.add("documents.firsts", self.firsts.tobytes())
        self._write_strings("paths", self.paths)
        self._write_strings("titles", self.titles)
        self._write_strings("headings", self.headings)

    def _write_records(self) -> None:
        """Write the passage table with columns as narrow as their values allow."""
        rows = np.frombuffer(self.records, row_type(ROW.format))
        largest = (int(rows[name].max(initial=0)) for name in PassageRecord._fields)
        layout = "=" + "".join(map(_narrowest, largest))
        self._writer.add("passages", rows.astype(row_type(layout)).tobytes())
        self._writer.add("passages.row", layout.encode())

    def _write_strings(self, name: str, strings: Sequence[str]) -> None:
        self._writer.start(name)
        ends = array("Q", [0])
        for string in strings:
            data = string.encode("utf-8", "surrogatepass")
            self._writer.write(data)
            ends.append(ends[-1] + len(data))
        self._writer.add(f"{name}.ends", ends.tobytes())


def encode_date(date: str | None, date_from: str | None) -> bytes:
    """Return the date of a document as an index stores it."""
    return f"{date}{date_from[0]}".encode("ascii") if date and date_from else UNDATED


def row_type(layout: str) -> np.dtype[Any]:
    """Return the numpy type of a row of the passage table.

    Args:
        layout: the row's `struct` format.
    """
    return np.dtype(list(zip(PassageRecord._fields, layout.removeprefix("="), strict=True)))


def _narrowest(largest: int) -> str:
    """Return the `struct` code of the narrowest integers that hold a value."""
    return next(kind for kind in "BHIQ" if largest < 1 << 8 * struct.calcsize(f"={kind}"))
