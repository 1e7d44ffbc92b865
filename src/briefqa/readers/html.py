"""HTML: what a reader of the page reads, without its navigation.

The tags are taken one by one and no tree is built: parsers that build one as browsers do need
quadratic time for tags nested deeply, and what is wanted here, which words belong together, the
tags tell by themselves.
"""

from __future__ import annotations

import re

from briefqa.readers.blocks import CELL_SEPARATOR, Kind, Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.decoding import decode, decode_document
from briefqa.readers.markdown_inline import with_characters
from briefqa.records import Record

__all__ = ["html_reading", "read_html"]

ATTRIBUTES = r"(?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+"
TOKEN = re.compile(
    r"<!--(?:[^-]|-(?!-!?>))*+(?:--!?>)?"
    rf"|<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>]){ATTRIBUTES}"
    r"(?<!/)>(?P<content>(?:[^<]|<(?!/(?P=raw)))*+)(?:</(?P=raw)[^<>]*+>)?"
    rf"|<(?P<close>/?)(?P<name>[a-z][^\s/<>]*+)(?P<attributes>{ATTRIBUTES})>"
    r"|<[!?][^<>]*+>",
    re.IGNORECASE,
)
"""A comment, an element whose contents are no mark-up, a tag, a declaration."""

LEFT_OUT = frozenset(
    "nav aside template svg math button select datalist dialog object canvas audio video".split()
)
"""Elements that are not read wherever they stand."""
PAGE_FURNITURE = frozenset(["header", "footer"])
SECTIONS = frozenset(["article", "main", "section"])
"""Inside one of these, a header or footer belongs to the text."""
NOT_SHOWN = re.compile(
    r"(?<=\s)(?:hidden(?=[\s=/]|$)|aria-hidden\s*+=\s*+[\"']?true"
    r"|role\s*+=\s*+[\"']?(?:navigation|banner|contentinfo|complementary|search)\b"
    r"|style\s*+=\s*+[\"'][^\"']*?display\s*+:\s*+none)",
    re.IGNORECASE,
)

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(["ul", "ol", "menu"])
KINDS = {
    "dt": Kind.TERM,
    "dd": Kind.DEFINITION,
    "blockquote": Kind.QUOTATION,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
}
"""What blocks are inside of these elements, unless something inside says otherwise."""
CELLS = frozenset(["td", "th"])
SOFT = frozenset("p div center section article address form fieldset".split())
"""Blocks that part paragraphs, but do not part a table's row."""
HARD = frozenset(
    "body details dl figure footer header hr html legend li main nav aside pre summary table"
    " tbody tfoot thead tr".split()
).union(LISTS, KINDS, HEADINGS)

DECLARED = re.compile(
    rb"<meta\s[^<>]{0,200}?charset\s*+=\s*+[\"']?"
    rb"(iso-8859-(?:\d|1[013-6])|windows-125[0-8]|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb18030|big5)\b",
    re.IGNORECASE,
)
PROBE = 4096
"""Bytes looked at for the declaration of the encoding."""


def read_html(name: str, data: bytes) -> Reading:
    """Read a page.

    Headings keep their levels. Each block is a line of the extracted text, but for line breaks
    and text that is preformatted.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are no text.
    """
    return html_reading(_decode(name, data))


def html_reading(source: str, *, whole: bool = True) -> Reading:
    """Read the source of a page.

    Args:
        source: HTML or XHTML, however damaged.
        whole: whether it is a document, not a chapter of one, whose headings all stay.
    """
    page = _Page(source)
    page.read()
    return page.reading(whole=whole)


def _decode(name: str, data: bytes) -> str:
    """Decode by what the page declares, where it is not UTF-8."""
    declared = DECLARED.search(data, 0, PROBE)
    if declared is None or _is_utf8(data):
        return decode_document(name, data)
    return decode(data.decode(declared[1].decode(), "replace").encode())


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Opened(Record):
    """A tag that waits for its end.

    Attributes:
        start: where it stands.
        hidden: whether what it holds is left out.
    """

    start: int
    hidden: bool


def _hidden_parts(source: str) -> dict[int, int]:
    """Find what is left out: from the beginning of each such element to its end.

    An element that is never closed is not left out, lest the rest of the page be.
    """
    parts: dict[int, int] = {}
    opened: dict[str, list[Opened]] = {}
    sections = 0
    for token in TOKEN.finditer(source):
        name = (token["name"] or "").lower()
        if not name:
            continue
        if name in SECTIONS:
            sections += -1 if token["close"] else 1
        waiting = opened.setdefault(name, [])
        if not token["close"]:
            furniture = name in PAGE_FURNITURE and sections <= 0
            hidden = furniture or name in LEFT_OUT or bool(NOT_SHOWN.search(token["attributes"]))
            waiting.append(Opened(token.start(), hidden))
        elif waiting:
            start, hidden = waiting.pop()
            if hidden:
                parts[start] = token.end()
    return parts


class _Page:
    """Reads a page from its beginning to its end."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._writer = ReadingWriter()
        self._title = ""
        self._pieces: list[str] = []
        self._level: int | None = None
        self._numbers: list[int | None] = []
        self._marker = ""
        self._preformatted = 0
        self._kinds: list[Kind] = []
        self._outside: list[int] = []
        self._in_row = False
        self._cells = self._named_cells = 0
        self._header: str | None = None

    def read(self) -> None:
        """Read all of it."""
        hidden = _hidden_parts(self._source)
        position = 0
        while token := TOKEN.search(self._source, position):
            self._take_text(self._source[position : token.start()])
            position = hidden.get(token.start(), token.end())
            if token.start() in hidden:
                self._pass_over(token["name"].lower())
            elif token["raw"]:
                self._take_raw(token["raw"].lower(), token["content"])
            elif token["name"]:
                self._take_tag(token["name"].lower(), closing=bool(token["close"]))
        self._take_text(self._source[position:])
        self._flush()

    def reading(self, *, whole: bool) -> Reading:
        """Return what was read; its title is that of the page, else its first main heading."""
        if not whole:
            return self._writer.part()
        return self._writer.reading(_folded(self._title) or None)

    def _pass_over(self, name: str) -> None:
        """Part what stands before and after an element that is left out."""
        if name in HARD or (name in SOFT and not self._in_row):
            self._flush()
        else:
            self._pieces.append(" ")

    def _take_raw(self, name: str, content: str) -> None:
        if name == "title" and not self._title:
            self._title = with_characters(content)
        elif name in ("textarea", "xmp"):
            self._take_text(content)

    def _take_text(self, text: str) -> None:
        shown = with_characters(text)
        self._pieces.append(shown if self._preformatted else shown.replace("\n", " "))

    def _take_tag(self, name: str, *, closing: bool) -> None:
        if name == "br":
            self._pieces.append(" " if self._in_row else "\n")
        elif name in CELLS and not closing:
            self._begin_cell()
            self._named_cells += name == "th"
        elif name in SOFT and self._in_row:
            self._pieces.append(" ")
        elif name in SOFT:
            self._flush()
        elif name in HARD:
            self._flush()
            self._begin(name, closing=closing)

    def _begin(self, name: str, *, closing: bool) -> None:
        """Note what the text after the tag of a block is."""
        self._in_row = name == "tr" and not closing
        self._cells = self._named_cells = 0
        if name in HEADINGS:
            self._level = None if closing else HEADINGS[name]
        elif name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if closing else 1))
        elif name == "table":
            self._header = None
        elif name == "dl":
            self._begin_definitions(closing=closing)
        elif name in KINDS:
            self._begin_kind(KINDS[name], closing=closing)
        elif name in LISTS:
            self._begin_list(name, closing=closing)
        elif name == "li" and not closing:
            self._marker = self._next_marker()

    def _begin_list(self, name: str, *, closing: bool) -> None:
        if not closing:
            self._numbers.append(0 if name == "ol" else None)
        elif self._numbers:
            self._numbers.pop()

    def _begin_definitions(self, *, closing: bool) -> None:
        """Note how many elements are open outside of a list of definitions."""
        if not closing:
            self._outside.append(len(self._kinds))
        elif self._outside:
            del self._kinds[self._outside.pop() :]

    def _begin_kind(self, kind: Kind, *, closing: bool) -> None:
        """Note an element that says what its blocks are; a term or definition ends the last one."""
        outside = self._outside[-1] if self._outside else 0
        if kind in (Kind.TERM, Kind.DEFINITION):
            del self._kinds[outside:]
        elif closing and kind in self._kinds[outside:]:
            del self._kinds[self._kinds.index(kind, outside) :]
        if not closing:
            self._kinds.append(kind)

    def _next_marker(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "- "
        self._numbers[-1] = number + 1
        return f"{number + 1}. "

    def _begin_cell(self) -> None:
        if not self._in_row:
            self._flush()
            self._in_row = True
        elif self._cells:
            self._pieces.append(CELL_SEPARATOR)
        self._cells += 1

    def _flush(self) -> None:
        """Write what was gathered as a block."""
        text = "".join(self._pieces)
        self._pieces.clear()
        if not self._preformatted:
            text = "\n".join(filter(None, map(_folded, text.split("\n"))))
        kind = self._kind()
        level = self._level or len(self._numbers) or None
        header = self._header if kind is Kind.ROW else None
        if self._writer.add(
            text.strip("\n"), kind, level=level, header=header, marker=self._marker
        ):
            self._marker = ""
            self._header = text if kind is Kind.HEADER else self._header

    def _kind(self) -> Kind:
        if self._level:
            return Kind.HEADING
        if self._in_row:
            named = self._cells > 1 and self._cells == self._named_cells
            return Kind.HEADER if named else Kind.ROW
        if self._marker:
            return Kind.ITEM
        if self._preformatted:
            return Kind.CODE
        return self._kinds[-1] if self._kinds else Kind.PARAGRAPH


def _folded(text: str) -> str:
    return " ".join(text.split())
