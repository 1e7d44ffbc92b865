"""Passages: the stretches of a document that are ranked and quoted.

A passage is a paragraph with the headings right above it, or a list or table with the sentence that
introduces it. It knows all headings that it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.analysis.sentences import split_sentences
from briefqa.records import Record
from briefqa.spans import Span, lines_of, trim

__all__ = [
    "INTRODUCTION",
    "NAMES",
    "PASSAGE_LIMIT",
    "Part",
    "Passage",
    "decode_parts",
    "encode_parts",
    "placed_sentences",
]

PASSAGE_LIMIT = 2000
"""Characters of a passage at the most; longer paragraphs are cut."""
NAME_LIMIT = 300
"""Characters of a heading or header by which the passages beneath are found."""
INTRODUCTION = re.compile(
    r"[:\N{FULLWIDTH COLON}][\"”’»)\]*]*$"
    r"|\b(?:as follows|following|these|below|steps)\b[^.!?]*[.!]?$",
    re.IGNORECASE,
)
"""How a sentence ends that introduces what follows it."""
NAMES = frozenset(["heading", "header"])
"""Kinds of blocks that name what follows them."""
UNDIVIDED = frozenset([*NAMES, "row"])
"""Kinds of blocks that are one sentence whatever they hold."""


class Part(Record):
    """A block of a passage.

    Attributes:
        span: characters of the passage's text.
        kind: its part in the document, a value of `briefqa.readers.Kind`.
        level: how deep it stands, from 1; 0 where the block has none.
        header: of a row, the text of the row that names the columns; else empty.
    """

    span: Span
    kind: str
    level: int = 0
    header: str = ""


class Passage(Record):
    """A stretch of a document that is ranked and quoted as one.

    Attributes:
        path: the document's path, as given or as found in a folder.
        title: the document's title.
        headings: the headings it stands under, outermost first, each on one line.
        page: the page it stands on, from 1; None where the format has no pages.
        lines: its first and last line in the document's text, from 1, inclusive.
        span: where it stands: characters of the document's text.
        text: the characters themselves.
        time: when it is said, in whole seconds; None where the format has no times.
        parts: its blocks in order; none where it is one paragraph.
    """

    path: str
    title: str
    headings: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    span: Span
    text: str
    time: int | None = None
    parts: tuple[Part, ...] = ()

    @property
    def heading(self) -> str | None:
        """The innermost heading it stands under; None before the first."""
        return self.headings[-1] if self.headings else None

    @property
    def above(self) -> tuple[str, ...]:
        """The headings and the names of columns that its sentences stand under, each once."""
        names = dict.fromkeys([*self.headings, *(part.header for part in self.parts)])
        return tuple(name[:NAME_LIMIT] for name in names if name)

    @property
    def indexed(self) -> str:
        """What it is found by: its text, and what it stands under that is not in its text."""
        own = {
            " ".join(part.span.slice(self.text).split())[:NAME_LIMIT]
            for part in self.parts
            if part.kind in NAMES
        }
        return "\n".join([self.text, *(name for name in self.above if name not in own)])


def placed_sentences(passage: Passage) -> list[tuple[Span, Part]]:
    """Return the sentences of a passage in order, each with the block that it stands in."""
    parts = passage.parts or (Part(Span(0, len(passage.text)), "paragraph"),)
    return [(span, part) for part in parts for span in _sentences(passage.text, part)]


def _sentences(text: str, part: Part) -> Iterator[Span]:
    if part.kind in UNDIVIDED:
        yield part.span
    elif part.kind == "code":
        lines = (trim(text, line) for line in lines_of(text, part.span))
        yield from (line for line in lines if line.length)
    else:
        start = part.span.start
        yield from (span.shift(start) for span in split_sentences(part.span.slice(text)))


def encode_parts(parts: tuple[Part, ...]) -> str:
    """Write the parts of a passage as text, in which `decode_parts` reads them."""
    headers = list(dict.fromkeys(part.header for part in parts if part.header))
    fields = []
    end = 0
    for part in parts:
        header = headers.index(part.header) + 1 if part.header else 0
        start = part.span.start
        fields.append(f"{part.kind} {part.level} {start - end} {part.span.length} {header}")
        end = part.span.end
    return "\n".join([*headers, ";".join(fields)]) if fields else ""


def decode_parts(encoded: str) -> tuple[Part, ...]:
    """Read the parts of a passage that `encode_parts` wrote.

    Raises:
        ValueError: it did not write that.
    """
    if not encoded:
        return ()
    *headers, fields = encoded.split("\n")
    parts = []
    end = 0
    for field in fields.split(";"):
        kind, level, gap, length, header = field.split(" ")
        start = end + int(gap)
        end = start + int(length)
        name = headers[int(header) - 1] if header != "0" else ""
        parts.append(Part(Span(start, end), kind, int(level), name))
    return tuple(parts)
