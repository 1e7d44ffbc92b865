"""The doc store of an index: the position and the text of each passage.

Texts are stored in compressed chunks; see `briefqa.index.doc_store_writer`.
"""

from __future__ import annotations

import _struct as struct  # `struct` only wraps it
import zlib
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from briefqa.index.container import DamagedIndexError, IndexFile, Section
from briefqa.passages import Passage, decode_parts
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["DATED", "DocStore", "PassageRecord"]

CACHED_CHUNKS = 64
"""Maximum number of decompressed chunks in memory."""
DATED = 11
"""Bytes of the date of a document: as in ISO 8601, and a letter that says where it is from."""
DATE_SOURCES = {each[0]: each for each in ("metadata", "name", "text", "file")}
"""Where dates are from, by letter; see `briefqa.documents.dates.DateSource`."""


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
