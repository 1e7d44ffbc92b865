"""Writing passages: their texts in compressed blocks, and a table of where each stands.

Blocks are small, so that a passage is fetched soon, and small blocks compress badly: what they have
in common with others is said in each of them anew. So a primer of samples is stored once, and each
block is compressed as if it followed the primer (the preset dictionary of RFC 1950). Only texts of
a megabyte or more have one; shorter ones would not make up for it.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from briefqa.index.container_writer import Writer
from briefqa.index.doc_store import Entry
from briefqa.index.external_sort import as_bytes
from briefqa.passages import Passage

__all__ = ["ROW", "PassageWriter", "row_type"]

BLOCK = 16 * 1024
"""Bytes of text that are compressed together, or a little more."""
LEVEL = 2
"""zlib's; higher ones take much longer, and make files little smaller."""
SAMPLED = 64
"""Blocks of which the primer has samples."""
SAMPLE = 512
"""Bytes of each; together they are as many as zlib looks back."""
ROW = struct.Struct("=QIIIIIIII")
"""The layout of a row of the table while it is made, wide enough for all numbers."""


class PassageWriter:
    """Writes passages as they come.

    Args:
        writer: of the file; until `finish` only the texts are written to it.
        primer: that of an earlier index, of which blocks are taken over; None where there is none,
            to make one.

    Attributes:
        entries: the rows so far, packed.
        paths: of the documents so far.
        titles: of the documents so far.
        headings: of the passages so far, neighbours' equal ones once.
    """

    def __init__(self, writer: Writer, primer: bytes | None = None) -> None:
        self._writer = writer
        self._primer = primer
        self._packer: Any = None
        self._block = bytearray()
        self._held: list[bytes] = []
        self._blocks = 0
        self._ends = array("Q", [0])
        self.entries = bytearray()
        self.paths: list[str] = []
        self.titles: list[str] = []
        self.headings: list[str] = []
        writer.start("texts")

    def __len__(self) -> int:
        return len(self.entries) // ROW.size

    def add_document(self, path: str, title: str) -> None:
        """Begin a document, whose passages follow."""
        self.paths.append(path)
        self.titles.append(title)

    def add(self, passage: Passage, text: bytes) -> None:
        """Add a passage of the document begun last.

        Args:
            passage: the passage.
            text: its text, in UTF-8.
        """
        self.entries += ROW.pack(
            passage.span.start,
            len(self.paths) - 1,
            self._heading(passage.heading),
            passage.page or 0,
            0 if passage.time is None else passage.time + 1,
            passage.lines[0],
            self._blocks,
            len(self._block),
            len(text),
        )
        self._block += text
        if len(self._block) >= BLOCK:
            self._flush()

    def _heading(self, heading: str | None) -> int:
        if heading is None:
            return 0
        if not self.headings or self.headings[-1] != heading:
            self.headings.append(heading)
        return len(self.headings)

    def add_blocks(self, packed: memoryview, sizes: Sequence[int]) -> int:
        """Add blocks of texts as the earlier index has them; return the number of the first here.

        Args:
            packed: the blocks, one after the other.
            sizes: the bytes of each.
        """
        if self._block:
            self._flush()
        first = self._blocks
        self._writer.write(packed)
        self._ends.extend(accumulate(sizes, initial=self._ends.pop()))
        self._blocks += len(sizes)
        return first

    def _flush(self) -> None:
        """End the block; the first ones are held back until there is a primer."""
        block = bytes(self._block)
        self._block.clear()
        self._blocks += 1
        if self._primer is not None:
            self._pack(block)
            return
        self._held.append(block)
        if len(self._held) == SAMPLED:
            self._settle(b"".join(held[:SAMPLE] for held in self._held))

    def _settle(self, primer: bytes) -> None:
        """Decide on the primer, and write what was held back for it."""
        self._primer = primer
        for block in self._held:
            self._pack(block)
        self._held.clear()

    def _pack(self, block: bytes) -> None:
        if self._packer is None:
            self._packer = zlib.compressobj(LEVEL, zdict=self._primer or b"")
        # A copy has read the primer already.
        packer = self._packer.copy()
        packed = packer.compress(block) + packer.flush()
        self._writer.write(packed)
        self._ends.append(self._ends[-1] + len(packed))

    def finish(self) -> None:
        """Write all but the texts, which are written already."""
        self._flush()
        if self._primer is None:
            self._settle(b"")
        self._writer.add("texts.primer", self._primer or b"")
        self._writer.add("texts.ends", self._ends.tobytes())
        _write_rows(self._writer, self.entries)
        _write_strings(self._writer, "paths", self.paths)
        _write_strings(self._writer, "titles", self.titles)
        _write_strings(self._writer, "headings", self.headings)


def row_type(layout: str) -> np.dtype[Any]:
    """Return a layout of rows, given as `struct` has it, as numpy has it."""
    return np.dtype(list(zip(Entry._fields, layout.removeprefix("="), strict=True)))


def _write_rows(writer: Writer, entries: bytearray) -> None:
    """Write the table, each column as narrow as it may be."""
    rows = np.frombuffer(entries, row_type(ROW.format))
    largest = (int(rows[name].max(initial=0)) for name in Entry._fields)
    layout = "=" + "".join(_narrowest(number) for number in largest)
    writer.add("passages", as_bytes(rows.astype(row_type(layout))))
    writer.add("passages.row", layout.encode())


def _narrowest(largest: int) -> str:
    """The narrowest type of numbers up to some, as `struct` names it."""
    return next(kind for kind in "BHIQ" if largest < 1 << 8 * struct.calcsize(f"={kind}"))


def _write_strings(writer: Writer, name: str, strings: Sequence[str]) -> None:
    """Write strings as a section, and where they end as another."""
    writer.start(name)
    ends = array("Q", [0])
    for string in strings:
        data = string.encode("utf-8", "surrogatepass")
        writer.write(data)
        ends.append(ends[-1] + len(data))
    writer.add(f"{name}.ends", ends.tobytes())
