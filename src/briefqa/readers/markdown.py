"""Markdown (CommonMark with tables and front matter) and MDX.

Each line of the extracted text is the text of the same line of the file, so that a cited line is
the line an editor shows; lines that are all mark-up are blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers.blocks import INNERMOST, Kind, Reading
from briefqa.readers.charset import decode_document
from briefqa.readers.html_page import PageBlock, PageReader
from briefqa.readers.html_survey import survey_page
from briefqa.readers.line_text import LineText, bold_heading
from briefqa.readers.markdown_syntax import LABEL, as_commonmark, front_matter, plain_text

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_part", "markdown_reading", "read_markdown", "read_mdx"]

IMAGES = re.compile(
    r"\s*+(?:\[?!\[[^\[\]]*+\](?:\([^()]*+\)|\[[^\[\]]*+\])(?:\]\([^()]*+\)|\]\[[^\[\]]*+\])?\s*+)++"
)
"""A paragraph of pictures, such as the badges of a project."""
INNER_LINK = re.compile(r"\s*+\[[^\[\]]*+\]\(#[^()\s]*+\)\s*+")
"""A link to a place of the same file, as those of a contents list."""
UNSHOWN_FIELDS = frozenset(
    "aliases draft has_children has_toc id layout lang nav_exclude nav_order parent permalink pin"
    " published redirect_from redirect_to sidebar sidebar_label sidebar_position slug template toc"
    " translations url weight".split()
)
"""Fields of the front matter by which a generator of sites makes the page; no page shows them."""
UNSHOWN = re.compile(r"\[!(?:note|tip|important|warning|caution)\][ \t]*+", re.IGNORECASE)
"""What tells the kind of a box."""
HEADING_END = re.compile(r"[ \t]*+(?:\{[#.:][^{}]*+\}|[#¶§🔗])?[ \t]*+$")
"""An identifier after a heading, and a sign that leads to it."""
TASK = re.compile(r"\[[ xX]\][ \t]++")
FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]:")
CONTENTS = 3
"""The minimum number of entries of a table of contents."""
NESTING = 100
"""Quotations and lists in one another that the parser follows; it leaves out what is deeper."""
LEADING = re.compile(r"(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*+")
"""What tells at the beginning of a line in which quotations and lists it is."""

FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
OPEN_TAG = re.compile(r"[ \t]*+<(?P<name>[A-Z][\w.]*+)(?:[ \t][^<>]*+)?")
"""The first line of a tag of MDX that goes on."""
TAG_END = re.compile(r"[^>]*+/?>[ \t]*+")
"""Its last line."""
MODULE = re.compile(
    r"import\b.*\bfrom\b|import\s*+[\"'{*]|export\s++(?:default|const|let|function|\*|\{)"
)
"""How statements begin that import and export; they end with a blank line."""


def read_markdown(name: str, data: bytes) -> Reading:
    """Read a Markdown file.

    The title is the front matter's, else the first heading if it is of the first level. The
    other fields of the front matter are lines.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    return markdown_reading(decode_document(name, data))


def markdown_reading(source: str) -> Reading:
    """Read the text of a Markdown file; see `read_markdown`.

    Args:
        source: the text of the file.
    """
    page = _Page(source)
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
        self._inner_links: list[int] = []
        self._references: dict[str, object] = {}
        self._marker = ""
        self._lists = 0
        self._quotations = 0
        self._header: str | None = None
        self._in_header = False
        self._row: list[str] | None = None
        self._row_line = 0
        self._html = PageReader(self._put_html, keeps_lines=True)
        self._html_lines = range(0)
        self._html_source = ""

    def read_front_matter(self) -> str | None:
        """Take the fields at the top of the file out of it, and return the title among them."""
        title = None
        fields, size = front_matter("\n".join(self._source))
        for field in fields:
            if field.name.lower() == "title":
                title = title or " ".join(field.lines) or None
            elif field.lines[0] and field.name.lower() not in UNSHOWN_FIELDS:
                lines = [f"{field.name}: {field.lines[0]}", *field.lines[1:]]
                self._put(field.line, lines, Kind.LINE)
        self._source[:size] = [""] * size
        return title

    def read_blocks(self) -> None:
        """Put the text of each block on its lines."""
        from markdown_it import MarkdownIt

        # What stands inside a block is left to `plain_text`, whose time is linear.
        parser = MarkdownIt("commonmark", {"maxNesting": NESTING})
        parser.enable("table").disable("inline")
        environment: dict[str, dict[str, object]] = {}
        self._source = as_commonmark(self._source)
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
        self._html.close()

    def reading(self, title: str | None) -> Reading:
        """Return what was read."""
        self._text.drop(self._contents_lists())
        self._text.name_topics(INNERMOST)
        return self._text.reading(title)

    def part(self) -> Reading:
        """Return what was read as a part of a document, which has no title of its own."""
        self._text.drop(self._contents_lists())
        return self._text.part()

    def _contents_lists(self) -> set[int]:
        """The places of lists of links to places of the same file, unless nothing else is there."""
        places: set[int] = set()
        if len(self._inner_links) == self._text.count:
            return places
        for _, run in groupby(enumerate(self._inner_links), key=lambda each: each[1] - each[0]):
            several = [place for _, place in run]
            if len(several) >= CONTENTS:
                places.update(several)
        return places

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
            self._html_lines, self._html_source = range(*(token.map or (0, 0))), token.content
            self._html.feed(token.content, survey_page(token.content, whole=False))
            self._html.settle()
        elif token.type != "inline":
            lines = token.content.rstrip().split("\n")
            self._put(first + (token.type == "fence"), lines, Kind.CODE)
        elif self._row is not None:
            self._row.append(plain_text(token.content, self._references).strip())
        else:
            self._put_inline(first, token.content, level)

    def _put_html(self, block: PageBlock) -> None:
        """Put a block of HTML on the line that it begins on."""
        number = self._html_lines.start + self._html_source.count("\n", 0, block.start)
        lines = range(min(number, self._html_lines.stop - 1), self._html_lines.stop)
        text = (block.marker + block.text).split("\n")
        level = block.level or self._lists or None
        self._text.put_beside(lines, text, block.kind, level, block.header)

    def _put_inline(self, first: int, source: str, level: int | None) -> None:
        if IMAGES.fullmatch(source) and not self._marker:
            return
        shown = plain_text(source, self._references)
        lines = [line.strip() for line in shown.split("\n")]
        lines[0] = UNSHOWN.sub("", lines[0], count=1)
        if level:
            lines[-1] = HEADING_END.sub("", lines[-1], count=1)
            kind = Kind.LINE if lines[0].startswith(LABEL) else Kind.HEADING
            lines[0] = lines[0].removeprefix(LABEL)
            self._put(first, lines, kind, level if kind is Kind.HEADING else None)
        elif self._marker:
            lines[0] = self._marker + TASK.sub("", lines[0], count=1)
            self._marker = ""
            if INNER_LINK.fullmatch(source):
                self._inner_links.append(self._text.count)
            self._put(first, lines, Kind.ITEM)
        else:
            self._put_prose(first, lines, source)

    def _put_prose(self, first: int, lines: list[str], source: str) -> None:
        """Put a paragraph, which may be the terms and definitions of a list of them."""
        if FOOTNOTE.match(lines[0]):
            self._put(first, lines, Kind.NOTE)
            return
        if not (self._lists or self._quotations):
            bold = bold_heading(source.split("\n"), "**", "__")
            self._put(first, lines[:bold], Kind.HEADING, INNERMOST)
            first, lines = first + bold, lines[bold:]
        defined = [number for number, line in enumerate(lines) if line.startswith(": ")]
        kind = Kind.QUOTATION if self._quotations else Kind.PARAGRAPH
        if not defined:
            self._put(first, lines, kind)
            return
        if defined[0]:
            self._put(first, lines[: defined[0]], Kind.TERM)
        else:
            self._text.rename_last(Kind.PARAGRAPH, Kind.TERM)
        for start, end in zip(defined, [*defined[1:], len(lines)], strict=True):
            text = [lines[start][2:], *lines[start + 1 : end]]
            self._put(first + start, text, Kind.DEFINITION)

    def _put_row(self) -> None:
        cells, self._row = self._row or [], None
        if any(cells):
            row = CELL_SEPARATOR.join(cells)
            self._put(self._row_line, [row], Kind.HEADER if self._in_header else Kind.ROW)
            self._header = row if self._in_header else self._header

    def _put(self, first: int, lines: Sequence[str], kind: Kind, level: int | None = None) -> None:
        header = self._header if kind is Kind.ROW else None
        self._text.put(first, lines, kind, level or self._lists or None, header)


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def read_mdx(name: str, data: bytes) -> Reading:
    """Read MDX as Markdown, without what is not shown: imports, exports, comments and long tags.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    text = _without_comments(decode_document(name, data))
    lines = []
    fence = ""
    in_module = False
    tag = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        in_module = bool(line.strip()) and (in_module or (not fence and bool(MODULE.match(line))))
        opened = None if fence else OPEN_TAG.fullmatch(line)
        ended = tag and TAG_END.fullmatch(line)
        # What stands right below the tag belongs to it, however far it is moved in.
        shown = f"<{tag}>" if ended else "" if in_module or tag or opened else line
        lines.append(shown)
        tag = opened["name"] if opened else "" if ended or not line.strip() else tag
    return markdown_reading("\n".join(lines))


def _without_comments(text: str) -> str:
    """Return a text without what stands between `{/*` and `*/}`, line by line."""
    pieces = []
    end = 0
    while (start := text.find("{/*", end)) >= 0 and (close := text.find("*/}", start)) >= 0:
        pieces += [text[end:start], "\n" * text.count("\n", start, close)]
        end = close + len("*/}")
    return "".join([*pieces, text[end:]])
