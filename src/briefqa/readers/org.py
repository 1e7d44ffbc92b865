"""Org files (Emacs): headings, lists, tables and code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers.blocks import INNERMOST, Kind, Reading
from briefqa.readers.charset import decode_document
from briefqa.readers.line_text import Indents, LineText, bold_heading, take_blocks, without_marks

__all__ = ["read_org"]

HEADING = re.compile(r"(?P<stars>\*++)[ \t]++(?P<text>.*+)")
TAGS = re.compile(r":(?:[\w@#%]++:)++")
"""What may stand at the end of a heading."""
KEYWORD = re.compile(r"[ \t]*+#\+(?P<name>\w++)(?:\[[^\]]*+\])?:[ \t]*+(?P<value>.*)")
BEGIN = re.compile(r"[ \t]*+#\+begin_(?P<kind>\w++)", re.IGNORECASE)
END = re.compile(r"[ \t]*+#\+end_(?P<kind>\w++)", re.IGNORECASE)
DRAWER = re.compile(r"[ \t]*+:[\w-]++:[ \t]*+")
DRAWER_END = re.compile(r"[ \t]*+:end:[ \t]*+", re.IGNORECASE)
COMMENT = re.compile(r"[ \t]*+#(?:[ \t]|$)")
FIXED = re.compile(r"[ \t]*+:(?:[ \t]|$)")
TABLE = re.compile(r"[ \t]*+\|")
RULE = re.compile(r"[ \t]*+(?:-{5,}|\|-[-+|]*+)[ \t]*+")
ITEM = re.compile(
    r"(?P<indent>[ \t]*+)(?P<mark>[-+]|(?<=[ \t])\*|(?:\d{1,9}|[A-Za-z])[.)])(?:[ \t]++|$)"
)
NOTE = re.compile(r"\[fn:[^\]]++\][ \t]*+")
LINK = re.compile(r"\[\[(?P<target>[^\[\]\n]++)\](?:\[(?P<text>[^\[\]]++)\])?\]")
MARK = re.compile(r"[*/_+~=]")
SHOWN = frozenset(["author", "date", "subtitle", "description", "keywords"])
"""Keywords whose values are lines of their own."""
CODE = frozenset(["src", "example", "verbatim"])
LEFT_OUT = frozenset(["comment", "export", "html", "latex", "ascii"])
QUOTED = frozenset(["quote", "verse"])


def read_org(name: str, data: bytes) -> Reading:
    """Read an Org file.

    Each line of the extracted text is the text of that line of the file. Drawers, comments and
    settings are left out.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    return _Outline(decode_document(name, data).split("\n")).reading()


class _Outline:
    """Reads lines from the first to the last.

    Args:
        lines: those of the file.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._text = LineText(len(lines))
        self._indents = Indents()
        self._drawer_ends = _next_places(lines, DRAWER_END, HEADING)
        self._title: list[str] = []
        self._prose = Kind.PARAGRAPH

    def reading(self) -> Reading:
        """Read all of it."""
        take_blocks(len(self._lines), self._take)
        return self._text.reading(" ".join(self._title) or None)

    def _take(self, number: int) -> int:
        """Take the block that begins on a line, and return the line after it."""
        line = self._lines[number]
        if not line.strip():
            return number + 1
        if line.startswith("*") and (heading := HEADING.fullmatch(line)):
            self._indents.leave()
            text, _, last = heading["text"].rstrip().rpartition(" ")
            text = text if TAGS.fullmatch(last) else f"{text} {last}"
            if not text.strip().startswith("COMMENT"):
                level = len(heading["stars"])
                self._text.put(number, [_plain(text).strip()], Kind.HEADING, level)
            return number + 1
        if begin := BEGIN.match(line):
            return self._take_block(number, begin["kind"].lower())
        if END.match(line):
            self._prose = Kind.PARAGRAPH
            return number + 1
        if keyword := KEYWORD.fullmatch(line):
            self._take_keyword(number, keyword["name"].lower(), keyword["value"].strip())
            return number + 1
        if DRAWER.fullmatch(line) and self._drawer_ends[number]:
            return self._drawer_ends[number] + 1
        if COMMENT.match(line) or RULE.fullmatch(line):
            return number + 1
        return self._take_text(number)

    def _take_keyword(self, number: int, name: str, value: str) -> None:
        if name == "title":
            self._title.append(_plain(value))
        elif name == "caption":
            self._text.put(number, [_plain(value)], Kind.CAPTION)
        elif name in SHOWN:
            self._text.put(number, [f"{name.capitalize()}: {_plain(value)}"], Kind.LINE)

    def _take_block(self, number: int, kind: str) -> int:
        """Take what stands between lines that begin and end it."""
        if kind in QUOTED:
            self._prose = Kind.QUOTATION
        if kind not in CODE and kind not in LEFT_OUT:
            return number + 1
        end = number + 1
        while end < len(self._lines) and not _ends(self._lines[end], kind):
            end += 1
        if kind in CODE:
            lines = [line.rstrip() for line in self._lines[number + 1 : end]]
            self._text.put(number + 1, lines, Kind.CODE)
        return end + 1

    def _take_text(self, number: int) -> int:
        """Take a table, fixed text, an item, a note or a paragraph."""
        line = self._lines[number]
        if TABLE.match(line):
            end = self._run(number, TABLE)
            self._take_table(number, self._lines[number:end])
            return end
        if FIXED.match(line):
            end = self._run(number, FIXED)
            lines = [FIXED.sub("", each, count=1).rstrip() for each in self._lines[number:end]]
            self._text.put(number, lines, Kind.CODE)
            return end
        if note := NOTE.match(line):
            end = self._paragraph_end(number + 1)
            self._put(number, [line[note.end() :], *self._lines[number + 1 : end]], Kind.NOTE)
            return end
        if item := ITEM.match(line):
            return self._take_item(number, item)
        if not line[:1].isspace():
            self._indents.leave()
        end = self._paragraph_end(number + 1)
        paragraph = self._lines[number:end]
        bold = bold_heading(paragraph, "*") if self._prose is Kind.PARAGRAPH else 0
        self._put(number, paragraph[:bold], Kind.HEADING, INNERMOST)
        self._put(number + bold, paragraph[bold:], self._prose)
        return end

    def _run(self, number: int, pattern: re.Pattern[str]) -> int:
        """Return the line after those that begin in the same way."""
        while number < len(self._lines) and pattern.match(self._lines[number]):
            number += 1
        return number

    def _paragraph_end(self, number: int) -> int:
        while number < len(self._lines):
            line = self._lines[number]
            if not line.strip() or _begins(line):
                break
            number += 1
        return number

    def _take_item(self, number: int, item: re.Match[str]) -> int:
        indent = len(item["indent"].expandtabs())
        level = self._indents.enter(indent)
        end = number + 1
        while end < len(self._lines):
            line = self._lines[end]
            inner = len(line) - len(line.lstrip())
            if not line.strip() or inner <= indent or _begins(line):
                break
            end += 1
        mark = "-" if item["mark"] in "+*" else item["mark"]
        first = f"{mark} {self._lines[number][item.end() :]}"
        lines = [first, *self._lines[number + 1 : end]]
        self._put(number, lines, Kind.ITEM, level)
        return end

    def _take_table(self, number: int, lines: Sequence[str]) -> None:
        """Take a table; rows above its first rule name the columns."""
        rules = [place for place, line in enumerate(lines) if RULE.fullmatch(line)]
        inner = [place for place in rules if 0 < place < len(lines) - 1]
        header: str | None = None
        for place, line in enumerate(lines):
            if place in (rules[:1] if not inner else inner[:1]) or RULE.fullmatch(line):
                continue
            cells = [_plain(cell).strip() for cell in line.strip().strip("|").split("|")]
            row = CELL_SEPARATOR.join(cells)
            if inner and place < inner[0]:
                header = row
                self._text.put(number + place, [row], Kind.HEADER)
            else:
                self._text.put(number + place, [row], Kind.ROW, header=header)

    def _put(self, number: int, lines: Sequence[str], kind: Kind, level: int | None = None) -> None:
        source = "\n".join(line.strip().removesuffix("\\\\") for line in lines)
        self._text.put(number, _plain(source).split("\n"), kind, level)


def _ends(line: str, kind: str) -> bool:
    end = END.match(line)
    return end is not None and end["kind"].lower() == kind


def _begins(line: str) -> bool:
    """Whether a line begins a block of its own."""
    return bool(
        (line.startswith("*") and HEADING.fullmatch(line))
        or ITEM.match(line)
        or TABLE.match(line)
        or FIXED.match(line)
        or line.lstrip().startswith("#+")
        or NOTE.match(line)
        or RULE.fullmatch(line)
        or DRAWER.fullmatch(line)
    )


def _next_places(
    lines: Sequence[str], wanted: re.Pattern[str], barrier: re.Pattern[str]
) -> list[int]:
    """Return for each line the next one that matches, 0 if the barrier comes first."""
    places = [0] * len(lines)
    place = 0
    for number in range(len(lines) - 1, -1, -1):
        places[number] = place
        if wanted.fullmatch(lines[number]):
            place = number
        elif lines[number].startswith("*") and barrier.fullmatch(lines[number]):
            place = 0
    return places


def _plain(text: str) -> str:
    """Return a text without its mark-up."""
    text = LINK.sub(lambda link: link["text"] or link["target"].removeprefix("file:"), text)
    return without_marks(text, MARK)
