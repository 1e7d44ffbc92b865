"""Markdown (CommonMark with tables and front matter).

Each line of the extracted text is the text of the same line of the file, so that a cited line is
the line an editor shows; lines that are all mark-up are blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from briefqa.readers.blocks import CELL_SEPARATOR, Kind, Reading
from briefqa.readers.decoding import decode_document
from briefqa.readers.line_text import LineText
from briefqa.readers.markdown_inline import TAG, plain_text, with_characters

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_part", "read_markdown"]

FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*+\n(?=[\w-]++[ \t]*+[:=])(?:(?!(?P=fence)).*+\n)++"
    r"(?P=fence)[ \t]*+(?:\n|$)"
)
FIELD = re.compile(r"(?P<name>[\w-]++)[ \t]*+[:=][ \t]*+(?P<value>[^\s|>&\[{].*)")
HIDDEN = re.compile(r"\s*+<(?:script|style)\b", re.IGNORECASE)
NESTING = 100
"""Quotations and lists in one another that the parser follows; it leaves out what is deeper."""
LEADING = re.compile(r"(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*+")
"""What tells at the beginning of a line in which quotations and lists it is."""


def read_markdown(name: str, data: bytes) -> Reading:
    """Read a Markdown file.

    The title is the front matter's, else the first heading if it is of the first level. The
    other fields of the front matter are lines.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are no text.
    """
    page = _Page(decode_document(name, data))
    title = page.read_front_matter()
    page.read_blocks()
    return page.reading(title)


def markdown_part(source: str) -> Reading:
    """Read Markdown that is a part of another document.

    Args:
        source: the part; its lines end with line feeds.
    """
    page = _Page(source)
    page.read_blocks()
    return page.part()


class _Page:
    """The lines of a file as they are shown, and the blocks that they make up."""

    def __init__(self, source: str) -> None:
        self._source = source.split("\n")
        self._text = LineText(len(self._source))
        self._references: dict[str, object] = {}
        self._marker = ""
        self._lists = 0
        self._quotations = 0
        self._header: str | None = None
        self._in_header = False
        self._row: list[str] | None = None
        self._row_line = 0

    def read_front_matter(self) -> str | None:
        """Take the fields at the top of the file out of it, and return the title among them."""
        matter = FRONT_MATTER.match("\n".join(self._source))
        if matter is None:
            return None
        title, last = None, matter[0].rstrip().count("\n")
        for number in range(1, last):
            field = FIELD.fullmatch(self._source[number].rstrip())
            if field is None:
                continue
            lines = [field["value"], *self._continued(number + 1, last)]
            lines = [line.strip("\"' \t") for line in lines]
            if field["name"].lower() == "title":
                title = title or " ".join(filter(None, lines)) or None
            elif lines[0]:
                lines[0] = f"{field['name']}: {lines[0]}"
                self._put(number, lines, Kind.LINE)
        for number in range(last + 1):
            self._source[number] = ""
        return title

    def _continued(self, first: int, last: int) -> Iterator[str]:
        """Yield the lines, before the last, on which the value of a field goes on."""
        return takewhile(lambda line: line[:1].isspace(), self._source[first:last])

    def read_blocks(self) -> None:
        """Put the text of each block on its lines."""
        from markdown_it import MarkdownIt

        # What stands inside a block is left to `plain_text`, whose time is linear.
        parser = MarkdownIt("commonmark", {"maxNesting": NESTING})
        parser.enable("table").disable("inline")
        environment: dict[str, dict[str, object]] = {}
        tokens = parser.parse("\n".join(self._source), environment)
        self._references = environment.get("references", {})
        level = None
        for token in tokens:
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "heading_close":
                level = None
            else:
                self._take(token, level)

    def reading(self, title: str | None) -> Reading:
        """Return what was read."""
        return self._text.reading(title)

    def part(self) -> Reading:
        """Return what was read as a part of a document."""
        return self._text.part()

    def _take(self, token: Token, level: int | None) -> None:
        match token.type:
            case "blockquote_open" | "list_item_open" if token.level + 1 >= NESTING:
                self._put_deep(token)
            case "list_item_open":
                self._marker = f"{token.info}{token.markup} "
            case "bullet_list_open" | "ordered_list_open":
                self._lists += 1
            case "bullet_list_close" | "ordered_list_close":
                self._lists -= 1
                self._marker = ""
            case "blockquote_open":
                self._quotations += 1
            case "blockquote_close":
                self._quotations -= 1
            case "thead_open":
                self._header, self._in_header = None, True
            case "thead_close":
                self._in_header = False
            case "tr_open":
                self._row = []
                self._row_line = _first_line(token)
            case "tr_close":
                self._put_row()
            case "inline" | "fence" | "code_block" | "html_block":
                self._take_text(token, level)

    def _put_deep(self, token: Token) -> None:
        """Put the lines of what is too deep for the parser, each by itself."""
        for number in range(*(token.map or (0, 0))):
            line = LEADING.sub("", self._source[number], count=1)
            self._put(number, [plain_text(line, self._references).strip()], Kind.LINE)

    def _take_text(self, token: Token, level: int | None) -> None:
        first = _first_line(token)
        if token.type == "html_block":
            if not HIDDEN.match(token.content):
                shown = TAG.sub(lambda tag: "\n" * tag[0].count("\n"), token.content)
                self._put(first, with_characters(shown).rstrip().split("\n"), Kind.PARAGRAPH)
        elif token.type != "inline":
            lines = token.content.rstrip().split("\n")
            self._put(first + (token.type == "fence"), lines, Kind.CODE)
        else:
            self._put_inline(first, plain_text(token.content, self._references), level)

    def _put_inline(self, first: int, shown: str, level: int | None) -> None:
        if self._row is not None:
            self._row.append(shown.strip())
            return
        lines = [line.strip() for line in shown.split("\n")]
        kind = Kind.QUOTATION if self._quotations else Kind.PARAGRAPH
        if self._marker:
            kind = Kind.ITEM
            lines[0] = self._marker + lines[0]
        self._marker = ""
        self._put(first, lines, Kind.HEADING if level else kind, level)

    def _put_row(self) -> None:
        cells, self._row = self._row or [], None
        if any(cells):
            row = CELL_SEPARATOR.join(cells)
            self._put(self._row_line, [row], Kind.HEADER if self._in_header else Kind.ROW)
            self._header = row if self._in_header else self._header

    def _put(self, first: int, lines: Sequence[str], kind: Kind, level: int | None = None) -> None:
        """Put a block on its lines."""
        header = self._header if kind is Kind.ROW else None
        self._text.put(first, lines, kind, level or self._lists or None, header)


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0
