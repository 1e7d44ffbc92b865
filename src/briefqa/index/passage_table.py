"""The passages of an index file: where each stands, and its text, compressed in blocks."""

import struct
import zlib
from array import array
from collections.abc import Sequence

from briefqa.index.file_format import DamagedIndexError, IndexFile, Section, Writer
from briefqa.passages import Passage
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Entry", "PassageTable", "PassageWriter", "Strings", "write_strings"]

BLOCK = 16 * 1024
"""Bytes of text that are compressed together, or a little more."""
LEVEL = 4
"""zlib's; see docs/performance.md for what others give."""
BLOCKS_KEPT = 64
"""Unpacked blocks that are kept at the most."""

ENTRY = struct.Struct("=QIIIIIIIII")


class Entry(Record):
    """A row of the table; with `ENTRY` its layout.

    Attributes:
        start: the passage's first character in the document's text.
        document: the number of its document.
        heading: the number of its heading, from 1; 0 for none.
        page: from 1; 0 for none.
        time: in seconds, from 1; 0 for none.
        line: its first line, from 1.
        lines: how many line breaks it holds.
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
    lines: int
    block: int
    offset: int
    size: int


class PassageWriter:
    """Writes passages as they come.

    Args:
        writer: of the file; until `finish` only the texts are written to it.

    Attributes:
        entries: the rows so far, packed.
        paths: of the documents so far.
        titles: of the documents so far.
        headings: of the passages so far, neighbours' equal ones once.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._block = bytearray()
        self._ends = array("Q", [0])
        self.entries = bytearray()
        self.paths: list[str] = []
        self.titles: list[str] = []
        self.headings: list[str] = []
        writer.start("texts")

    def __len__(self) -> int:
        return len(self.entries) // ENTRY.size

    def add_document(self, path: str, title: str) -> None:
        """Begin a document, whose passages follow."""
        self.paths.append(path)
        self.titles.append(title)

    def add(self, passage: Passage) -> None:
        """Add a passage of the document begun last."""
        text = passage.text.encode("utf-8", "surrogatepass")
        first, last = passage.lines
        self.entries += ENTRY.pack(
            passage.span.start,
            len(self.paths) - 1,
            self._heading(passage.heading),
            passage.page or 0,
            0 if passage.time is None else passage.time + 1,
            first,
            last - first,
            len(self._ends) - 1,
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

    def add_block(self, packed: bytes | memoryview) -> int:
        """Add a block of texts as another index has it; return its number here."""
        if self._block:
            self._flush()
        self._write(packed)
        return len(self._ends) - 2

    def _flush(self) -> None:
        self._write(zlib.compress(self._block, LEVEL))
        self._block.clear()

    def _write(self, packed: bytes | memoryview) -> None:
        self._writer.write(packed)
        self._ends.append(self._ends[-1] + len(packed))

    def finish(self) -> None:
        """Write all but the texts, which are written already."""
        self._flush()
        self._writer.add("texts.ends", self._ends.tobytes())
        self._writer.add("passages", self.entries)
        write_strings(self._writer, "paths", self.paths)
        write_strings(self._writer, "titles", self.titles)
        write_strings(self._writer, "headings", self.headings)


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
        self._entries = file.section("passages")
        self.paths = Strings(file, "paths")
        self.titles = Strings(file, "titles")
        self.headings = Strings(file, "headings")
        self._blocks: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._entries) // ENTRY.size

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
            lines=(entry.line, entry.line + entry.lines),
            span=Span(entry.start, entry.start + len(text)),
            text=text,
            time=entry.time - 1 if entry.time else None,
        )

    def entry(self, number: int) -> Entry:
        """Return a passage's row of the table."""
        start = number * ENTRY.size
        return Entry._make(ENTRY.unpack(self._entries.bytes(start, start + ENTRY.size)))

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
            unpacked = zlib.decompress(self.packed(block))
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


def write_strings(writer: Writer, name: str, strings: Sequence[str]) -> None:
    """Write strings as a section, and where they end as another."""
    writer.start(name)
    ends = array("Q", [0])
    for string in strings:
        data = string.encode("utf-8", "surrogatepass")
        writer.write(data)
        ends.append(ends[-1] + len(data))
    writer.add(f"{name}.ends", ends.tobytes())
