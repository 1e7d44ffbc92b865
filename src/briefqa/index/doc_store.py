"""The passages of an index file: where each stands, and its text, compressed in blocks."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from briefqa.index.container import DamagedIndexError, IndexFile, Section
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

    @property
    def blocks(self) -> int:
        """The number of blocks of texts."""
        return len(self._ends) // 8 - 1

    def packed(self, start: int, end: int) -> tuple[memoryview, list[int]]:
        """Return a stretch of blocks of texts as they are stored, and the size of each."""
        ends = self._ends.numbers("Q", start, end + 1).tolist()
        sizes = [end - start for start, end in pairwise(ends)]
        return self._texts.bytes(ends[0], ends[-1]), sizes

    def _text(self, entry: Entry) -> str:
        block = self._blocks.get(entry.block) or self._unpack(entry.block)
        text = block[entry.offset : entry.offset + entry.size]
        return text.decode("utf-8", "surrogatepass")

    def _unpack(self, block: int) -> bytes:
        if len(self._blocks) >= BLOCKS_KEPT:
            self._blocks.clear()
        try:
            unpacked = zlib.decompressobj(zdict=self.primer).decompress(
                self.packed(block, block + 1)[0]
            )
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
        return self.part(number, number + 1)[0]

    def part(self, start: int, end: int) -> list[str]:
        """Return the strings of a range of numbers."""
        ends = self._ends.numbers("Q", start, end + 1).tolist()
        data = bytes(self._characters.bytes(ends[0], ends[-1]))
        places = [end - ends[0] for end in ends]
        return [data[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(places)]
