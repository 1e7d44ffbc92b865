"""The doc store of an index: the position and the text of each passage.

Texts are stored in compressed chunks of about 16 KiB. Small chunks decompress fast but compress
badly, because each repeats what the others contain. So samples of the first chunks are stored once,
and every chunk is compressed with them as its preset dictionary (RFC 1950). Collections of less
than a megabyte have an empty one: it would cost more than it saves.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from briefqa.index.container import DamagedIndexError, IndexFile, Section
from briefqa.passages import Passage, decode_parts, encode_parts
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from briefqa.index.container import ContainerWriter

__all__ = ["ROW", "UNDATED", "DocStore", "DocStoreWriter", "encode_date", "row_type"]

CHUNK = 16 * 1024
"""Minimum bytes of text in a chunk, but for the last."""
LEVEL = 2
"""zlib's compression level; higher ones take much longer and make files little smaller."""
SAMPLED_CHUNKS = 64
"""Chunks that the preset dictionary has samples of."""
SAMPLE = 512
"""Bytes of each sample; all samples together fill zlib's window of 32 KiB."""
CACHED_CHUNKS = 64
"""Maximum number of decompressed chunks in memory."""
DATED = 11
"""Bytes of the date of a document: as in ISO 8601, and a letter that says where it is from."""
DATE_SOURCES = {each[0]: each for each in ("metadata", "name", "text", "file")}
"""Where dates are from, by letter; see `briefqa.documents.dates.DateSource`."""
UNDATED = b" " * DATED
ROW = struct.Struct("=QIIIIIIIII")
"""The layout of a record while an index is written; it holds any value."""


class PassageRecord(Record):
    """A row of the passage table; each column is as narrow as its largest value allows.

    Attributes:
        start: offset of the passage in the document's text, in characters.
        document: number of the document, from 0.
        headings: number of the headings, from 1; 0 for none.
        page: page number, from 1; 0 for none.
        time: 1 + the time in seconds; 0 for none.
        line: first line, from 1.
        chunk: number of the chunk that holds the text.
        offset: offset of the text in the decompressed chunk, in bytes.
        size: length of the text in bytes.
        parts: length of what describes its parts, which follows the text, in bytes.
    """

    start: int
    document: int
    headings: int
    page: int
    time: int
    line: int
    chunk: int
    offset: int
    size: int
    parts: int


class DocStore:
    """Reads passages by number.

    Args:
        file: the index.

    Attributes:
        paths: of the documents.
        titles: of the documents.
        headings: of the passages, one a line.
    """

    def __init__(self, file: IndexFile) -> None:
        self._texts = file.section("texts")
        self._ends = file.section("texts.ends")
        self._preset = file.section("texts.preset")
        self._records = file.section("passages")
        self._row = struct.Struct(bytes(file.section("passages.row").bytes()))
        self.paths = Strings(file, "paths")
        self.titles = Strings(file, "titles")
        self.headings = Strings(file, "headings")
        self._firsts = file.section("documents.firsts")
        self._dates = file.section("documents.dates")
        self._cached: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._records) // self._row.size

    def __getitem__(self, number: int) -> Passage:
        record = self.record(number)
        chunk = self._cached.get(record.chunk) or self._decompress(record.chunk)
        end = record.offset + record.size
        text = chunk[record.offset : end].decode("utf-8", "surrogatepass")
        date, date_from = self.date(record.document)
        passage = Passage(
            path=self.paths[record.document],
            title=self.titles[record.document],
            headings=self._headings(record.headings),
            page=record.page or None,
            lines=(record.line, record.line + text.count("\n")),
            span=Span(record.start, record.start + len(text)),
            text=text,
            time=record.time - 1 if record.time else None,
            date=date,
            date_from=date_from,
        )
        return _with_parts(passage, chunk[end : end + record.parts]) if record.parts else passage

    def record(self, number: int) -> PassageRecord:
        """Return the record of a passage."""
        start = number * self._row.size
        row = self._row.unpack(self._records.bytes(start, start + self._row.size))
        return PassageRecord._make(row)

    def date(self, document: int) -> tuple[str | None, str | None]:
        """Return the date of a document, and where it is from; None for both if it has none."""
        return self.dated(document, document + 1)[0]

    def dated(self, start: int, end: int) -> list[tuple[str | None, str | None]]:
        """Return what `date` does for the documents from number `start` to before `end`."""
        stored = self.dates(start, end).decode("ascii", "replace")
        fields = (stored[at : at + DATED] for at in range(0, len(stored), DATED))
        sources = ((each[:-1], DATE_SOURCES.get(each[-1:])) for each in fields)
        return [(day, source) if source else (None, None) for day, source in sources]

    def dates(self, start: int, end: int) -> bytes:
        """Return the dates of documents as stored, `DATED` bytes each."""
        return bytes(self._dates.bytes(start * DATED, end * DATED))

    @cached_property
    def firsts(self) -> memoryview[int]:
        """The number of the first passage of each document, and the number of passages."""
        return self._firsts.numbers("I")

    @cached_property
    def preset(self) -> bytes:
        """The preset dictionary of all chunks."""
        return bytes(self._preset.bytes())

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return len(self._ends) // 8 - 1

    def compressed(self, start: int, end: int) -> tuple[memoryview, list[int]]:
        """Return a range of chunks as stored, and the size of each in bytes."""
        ends = self._ends.numbers("Q", start, end + 1).tolist()
        sizes = [end - start for start, end in pairwise(ends)]
        return self._texts.bytes(ends[0], ends[-1]), sizes

    def _headings(self, number: int) -> tuple[str, ...]:
        return tuple(self.headings[number - 1].split("\n")) if number else ()

    def _decompress(self, chunk: int) -> bytes:
        if len(self._cached) >= CACHED_CHUNKS:
            self._cached.clear()
        data, _ = self.compressed(chunk, chunk + 1)
        try:
            text = zlib.decompressobj(zdict=self.preset).decompress(data)
        except zlib.error as error:
            raise DamagedIndexError("a text of the index is damaged") from error
        self._cached[chunk] = text
        return text


def _with_parts(passage: Passage, encoded: bytes) -> Passage:
    try:
        return decode_parts(passage, encoded.decode("utf-8", "surrogatepass"))
    except (ValueError, IndexError) as error:
        raise DamagedIndexError("the parts of a passage are damaged") from error


class Strings(Sequence[str]):
    """Strings by number.

    Args:
        file: the index.
        name: the name of the section.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._characters: Section = file.section(name)
        self._ends: Section = file.section(f"{name}.ends")

    def __len__(self) -> int:
        return len(self._ends) // 8 - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]  # never sliced
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.range(number, number + 1)[0]

    def verify(self) -> None:
        """Verify all strings, so that reading them cannot fail later.

        Raises:
            DamagedIndexError: they are damaged.
        """
        self._ends.bytes()
        self._characters.bytes()

    def range(self, start: int, end: int) -> list[str]:
        """Return the strings from number `start` to before `end`."""
        ends = self._ends.numbers("Q", start, end + 1).tolist()
        data = bytes(self._characters.bytes(ends[0], ends[-1]))
        offsets = [end - ends[0] for end in ends]
        return [data[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(offsets)]


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
        from array import array

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
        self.records += ROW.pack(
            passage.span.start,
            len(self.paths) - 1,
            self._headings_number("\n".join(passage.headings)),
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
        if not headings:
            return 0
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
        import numpy as np

        rows = np.frombuffer(self.records, row_type(ROW.format))
        largest = (int(rows[name].max(initial=0)) for name in PassageRecord._fields)
        layout = "=" + "".join(map(_narrowest, largest))
        self._writer.add("passages", rows.astype(row_type(layout)).tobytes())
        self._writer.add("passages.row", layout.encode())

    def _write_strings(self, name: str, strings: Sequence[str]) -> None:
        from array import array

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
    import numpy as np

    return np.dtype(list(zip(PassageRecord._fields, layout.removeprefix("="), strict=True)))


def _narrowest(largest: int) -> str:
    """Return the `struct` code of the narrowest integers that hold a value."""
    return next(kind for kind in "BHIQ" if largest < 1 << 8 * struct.calcsize(f"={kind}"))
