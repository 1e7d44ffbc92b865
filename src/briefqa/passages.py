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
    "COLONS",
    "NAMES",
    "PASSAGE_LIMIT",
    "QUOTED",
    "Part",
    "Passage",
    "decode_parts",
    "encode_parts",
    "introduces",
    "is_attribution",
    "placed_sentences",
    "sentences_of_part",
]

PASSAGE_LIMIT = 2000
"""The maximum length of a passage in characters; longer paragraphs are split."""
NAME_LIMIT = 300
"""Characters of a heading or header by which the passages beneath are found."""
COLONS = frozenset([":", "\N{FULLWIDTH COLON}"])
CLOSING = '"”’»)]*'
"""Characters that may follow a colon."""
QUOTED = frozenset(["quotation", "note"])
"""Kinds of blocks that may be followed by who said that."""
DASHES = frozenset("—―–")
ATTRIBUTION_LIMIT = 200
"""Characters of the longest attribution."""
INTRODUCTORY = ("as follows", "following", "these", "below", "steps")
INTRODUCTION = rf"\b(?:{'|'.join(INTRODUCTORY)})\b(?:\W+\w+){{0,5}}[.!]?$"
INTRODUCTION_LIMIT = 160
"""Characters at the end of a block that are examined for an introduction."""
NAMES = frozenset(["heading", "header"])
"""Kinds of blocks that name what follows them."""
UNDIVIDED = frozenset([*NAMES, "row"])
"""Kinds of blocks that are one sentence whatever they hold."""


class Part(Record):
    """A block of a passage.

    Attributes:
        span: characters of the passage's text.
        kind: its part in the document, a value of `briefqa.readers.Kind`.
        level: how deep it stands, from 1; 0 if the block has none.
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
        page: the page it stands on, from 1; None if the format has no pages.
        lines: its first and last line in the document's text, from 1, inclusive.
        span: where it stands: characters of the document's text.
        text: the characters themselves.
        time: when it is said, in whole seconds; None if the format has no times.
        parts: its blocks in order; none where it is one paragraph.
        member: the name of the embedded document that it is in, such as an attachment or a sheet;
            None if it is in none.
        member_line: the line of the document's text on which that one starts, from 1.
        date: the date of the document in ISO 8601; None if it has none.
        date_from: where that was taken from, a value of `briefqa.documents.DateSource`.
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
    member: str | None = None
    member_line: int = 1
    date: str | None = None
    date_from: str | None = None

    @property
    def told_date(self) -> str | None:
        """The date that the document or its name tells; None if only its file has one."""
        return None if self.date_from == "file" else self.date

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """Its blocks in order; at least one."""
        return self.parts or (Part(Span(0, len(self.text)), "paragraph"),)

    @property
    def source(self) -> str:
        """The document that it stands in as citations have it: `mail.eml!minutes.txt`."""
        return f"{self.path}!{self.member}" if self.member else self.path

    @property
    def heading(self) -> str | None:
        """The innermost heading it stands under; None before the first."""
        return self.headings[-1] if self.headings else None

    @property
    def above(self) -> tuple[str, ...]:
        """The headings and the names of columns that its sentences stand under, each once."""
        if not (self.headings or self.parts):
            return ()
        names = dict.fromkeys([*self.headings, *(part.header for part in self.parts)])
        return tuple(name[:NAME_LIMIT] for name in names if name)

    @property
    def indexed(self) -> str:
        """What it is found by: its text, and what it stands under that is not in its text."""
        above = self.above
        if not above:
            return self.text
        own = {
            " ".join(part.span.slice(self.text).split())[:NAME_LIMIT]
            for part in self.parts
            if part.kind in NAMES
        }
        return "\n".join([self.text, *(name for name in above if name not in own)])


def introduces(text: str, block: Span) -> bool:
    """Return whether a block introduces what follows it: by a colon, or by words at its end.

    Args:
        text: contains the block.
        block: characters of the text.
    """
    ending = text[max(block.start, block.end - INTRODUCTION_LIMIT) : block.end].casefold()
    if ending.rstrip(CLOSING)[-1:] in COLONS:
        return True
    # Most blocks have none of the words: compiling the pattern would slow down their answers.
    return any(map(ending.__contains__, INTRODUCTORY)) and bool(re.search(INTRODUCTION, ending))


def is_attribution(text: str, block: Span) -> bool:
    """Return whether a block says who said what is quoted above it: `— Ann Lee, "On lamps"`.

    Args:
        text: contains the block.
        block: characters of the text.
    """
    return text[block.start] in DASHES and block.length <= ATTRIBUTION_LIMIT


def placed_sentences(passage: Passage) -> list[tuple[Span, Part]]:
    """Return the sentences of a passage in order, each with the block that it stands in."""
    text = passage.text
    return [(span, part) for part in passage.all_parts for span in sentences_of_part(text, part)]


def sentences_of_part(text: str, part: Part) -> Iterator[Span]:
    """Yield the sentences of a block in order.

    Args:
        text: the text that contains the block.
        part: the block.
    """
    if part.kind in UNDIVIDED:
        yield part.span
    elif part.kind == "code":
        lines = (trim(text, line) for line in lines_of(text, part.span))
        yield from (line for line in lines if line.length)
    else:
        start = part.span.start
        yield from (span.shift(start) for span in split_sentences(part.span.slice(text)))


def encode_parts(passage: Passage) -> str:
    """Write the parts of a passage, and its member, as text that `decode_parts` reads."""
    parts = passage.parts
    if not parts and not passage.member:
        return ""
    headers = list(dict.fromkeys(part.header for part in parts if part.header))
    fields = []
    end = 0
    for part in parts:
        header = headers.index(part.header) + 1 if part.header else 0
        start = part.span.start
        fields.append(f"{part.kind} {part.level} {start - end} {part.span.length} {header}")
        end = part.span.end
    member = f"!{passage.member_line} {passage.member}" if passage.member else ""
    return "\n".join([*headers, ";".join(fields) + member])


def decode_parts(passage: Passage, encoded: str) -> Passage:
    """Return a passage with the parts and the member that `encode_parts` wrote.

    Raises:
        ValueError: it did not write that.
    """
    if not encoded:
        return passage
    *headers, fields = encoded.split("\n")
    fields, _, member = fields.partition("!")
    member_line, _, member_name = member.partition(" ")
    parts = []
    end = 0
    for field in fields.split(";") if fields else ():
        kind, level, gap, length, header = field.split(" ")
        start = end + int(gap)
        end = start + int(length)
        name = headers[int(header) - 1] if header != "0" else ""
        parts.append(Part(Span(start, end), kind, int(level), name))
    passage = passage._replace(parts=tuple(parts))
    if not member:
        return passage
    return passage._replace(member=member_name, member_line=int(member_line))
