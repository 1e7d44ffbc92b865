"""Putting a text together from the pieces that a format holds, with its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.readers.blocks import Block, Kind, Member, Reading
from briefqa.spans import Span

__all__ = ["ReadingWriter", "compose"]

WORD = re.compile(r"\w")
MEMBER_LEVEL = 2
"""The level of headings that documents in a document stand under; the first is its own title's."""
UNFIT = re.compile(r"[!:\x00-\x1f\x7f-\x9f\u2028\u2029/\\]++")
"""What does not stand in the name of a member."""
NAME_LIMIT = 100
"""Characters of such a name at the most."""


def compose(text: str, title: str | None, blocks: Sequence[Block]) -> Reading:
    """Make the reading of a document whose format tells what is a heading.

    Args:
        text: the document's text.
        title: the title the document gives itself; else it is the first heading, if that is of
            the first level.
        blocks: all blocks in order. The first heading is left out where it is the title; headings
            with nothing beneath them are a list.
    """
    first = next((block for block in blocks if block.kind is Kind.HEADING), None)
    heading = " ".join(first.span.slice(text).split()) if first else None
    if title is None and first and first.level == 1:
        title = heading
    body = [block for block in blocks if block is not first or heading != title]
    if all(block.kind is Kind.HEADING for block in body):
        body = [block._replace(kind=Kind.LINE, level=None) for block in body]
    return Reading(text, title, tuple(body))


class ReadingWriter:
    """Writes the text of a document block by block and remembers where each stands.

    A blank line parts the blocks; those of short kinds that follow one another stand on
    neighbouring lines.

    Attributes:
        blocks: the blocks so far.
        length: characters of the text so far.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._names: dict[str, int] = {}
        self._lines = 1
        self.blocks: list[Block] = []
        self.length = 0

    def add(
        self,
        text: str,
        kind: Kind,
        *,
        page: int | None = None,
        time: int | None = None,
        level: int | None = None,
        header: str | None = None,
        marker: str = "",
    ) -> bool:
        """Append a block, and tell whether there was one: a text without a word is none.

        Args:
            text: its characters; white space at the ends is left out.
            kind: its part in the document.
            page: the page it stands on, from 1.
            time: when it is said, in whole seconds.
            level: how deep it stands, from 1; see `Block`.
            header: of a row, the text of the row that names the columns.
            marker: what opens an item of a list, such as `- `.
        """
        if not WORD.search(text):
            return False
        text = marker + text.strip()
        if self.blocks:
            near = kind.is_short and self.blocks[-1].kind.is_short
            self._write("\n" if near else "\n\n")
        start = self.length
        self._write(text)
        self.blocks.append(Block(Span(start, self.length), kind, page, time, level, header))
        return True

    def extend(self, reading: Reading) -> None:
        """Append the blocks of another reading."""
        for block in reading.blocks:
            self.add(
                block.span.slice(reading.text),
                block.kind,
                page=block.page,
                time=block.time,
                level=block.level,
                header=block.header,
            )

    def embed(self, name: str, reading: Reading, heading: str) -> None:
        """Append another document whole, so that its lines are lines of this one too.

        Args:
            name: what citations are to call it; it is changed where another has that name, or
                where it would not be understood in a citation.
            reading: the document.
            heading: what it stands under; empty where it has the headings of this one.
        """
        name = self._unused(UNFIT.sub("_", " ".join(name[-NAME_LIMIT:].split())).strip("_ ") or "_")
        headed = self.add(heading, Kind.HEADING, level=MEMBER_LEVEL)
        if self.length:
            self._write("\n\n")
        start, line = self.length, self._lines
        if headed:
            self.blocks[-1] = self.blocks[-1]._replace(member=Member(name, line))
        self._write(reading.text.rstrip("\n"))
        for block in reading.blocks:
            inner = block.member or Member("", 1)
            member = Member(f"{name}!{inner.name}".rstrip("!"), line + inner.line - 1)
            beneath = MEMBER_LEVEL if headed and block.is_heading else 0
            level = block.level and block.level + beneath
            span = block.span.shift(start)
            self.blocks.append(block._replace(span=span, level=level, member=member))

    def _unused(self, name: str) -> str:
        """Return a name that no other member has."""
        unused = name
        while unused in self._names:
            self._names[name] += 1
            unused = f"{name}~{self._names[name]}"
        self._names[unused] = 1
        return unused

    def reading(self, title: str | None = None) -> Reading:
        """Return what was written; see `compose`.

        Args:
            title: the title the document gives itself.
        """
        text = "".join(self._pieces)
        return compose(text + "\n" if text else "", title, self.blocks)

    def part(self) -> Reading:
        """Return what was written as a part of a document, which has no title of its own."""
        return Reading("".join(self._pieces), None, tuple(self.blocks))

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._lines += piece.count("\n")
        self.length += len(piece)
