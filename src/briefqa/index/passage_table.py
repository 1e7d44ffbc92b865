"""The passages of an index file: where each stands, and its text, compressed in blocks."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cached_property

from briefqa.index.file_format import DamagedIndexError, IndexFile, Section
from briefqa.passages import Passage
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Entry", "PassageTable"]

BLOCKS_KEPT = 64
"""Unpacked blocks that are kept at the most."""


class Entry(Record):
    """A row of the table; each column takes as few bytes as its largest number needs.

    Attributes:
        start: the passage's first character in the document's text.
        document: the number of its document.
        heading: the number of its heading, from 1; 0 for none.
        page: from 1; 0 for none.
        time: in seconds, from 1; 0 for none.
        line: its first line, from 1.
        block: the block that holds its text.
        offset: the first byte of its text in the block, unpacked.
        size: the bytes of its text.
    """

    start: int
    document: int
    heading: int
    page: int
    time: int
    line: int
    block: int
    offset: int
    size: int


class PassageTable:
    """Reads passages by their number.

    Args:
        file: the index.

    Attributes:
        paths: of the documents.
        titles: of the documents.
        headings: of the passages.
    """

    def __init__(self, file: IndexFile) -> None:
        self._texts = file.section("texts")
        self._ends = file.section("texts.ends")
        self._primer = file.section("texts.primer")
        self._entries = file.section("passages")
        self._row = struct.Struct(bytes(file.section("passages.row").bytes()))
        self.paths = Strings(file, "paths")
        self.titles = Strings(file, "titles")
        self.headings = Strings(file, "headings")
        self._blocks: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._entries) // self._row.size

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self.paths)

    def __getitem__(self, number: int) -> Passage:
        entry = self.entry(number)
        text = self._text(entry)
        return Passage(
            path=self.paths[entry.document],
            title=self.titles[entry.document],
            heading=self.headings[entry.heading - 1] if entry.heading else None,
            page=entry.page or None,
            lines=(entry.line, entry.line + text.count("\n")),
            span=Span(entry.start, entry.start + len(text)),
            text=text,
            time=entry.time - 1 if entry.time else None,
        )

    def entry(self, number: int) -> Entry:
        """Return a passage's row of the table."""
        start = number * self._row.size
        return Entry._make(self._row.unpack(self._entries.bytes(start, start + self._row.size)))

    @cached_property
    def primer(self) -> bytes:
        """What the blocks were compressed with; see `passage_writing`."""
        return bytes(self._primer.bytes())

    def packed(self, block: int) -> memoryview:
        """Return a block of texts as it is stored."""
        start, end = self._ends.numbers("Q", block, block + 2)
        return self._texts.bytes(start, end)

    def _text(self, entry: Entry) -> str:
        block = self._blocks.get(entry.block) or self._unpack(entry.block)
        text = block[entry.offset : entry.offset + entry.size]
        return text.decode("utf-8", "surrogatepass")

    def _unpack(self, block: int) -> bytes:
        if len(self._blocks) >= BLOCKS_KEPT:
            self._blocks.clear()
        try:
            unpacked = zlib.decompressobj(zdict=self.primer).decompress(self.packed(block))
        except zlib.error as error:
            raise DamagedIndexError("a text of the index is damaged") from error
        self._blocks[block] = unpacked
        return unpacked


class Strings(Sequence[str]):
    """Strings of an index file by their number.

    Args:
        file: the index.
        name: of the section.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._characters: Section = file.section(name)
        self._ends: Section = file.section(f"{name}.ends")

    def __len__(self) -> int:
        return len(self._ends) // 8 - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]  # never sliced
        if number >= len(self):
            raise IndexError(number)
        start, end = self._ends.numbers("Q", number, number + 2)
        return bytes(self._characters.bytes(start, end)).decode("utf-8", "surrogatepass")
