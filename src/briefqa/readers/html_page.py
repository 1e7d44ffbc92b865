"""The tags of a page and the text between them, to blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers.blocks import INNERMOST, RAISED, Kind, may_head
from briefqa.readers.html_survey import SENTENCE, TOKEN, PageSurvey
from briefqa.readers.markdown_syntax import NOTE_NUMBER, with_characters
from briefqa.records import Record

__all__ = ["PageBlock", "PageReader"]

HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": INNERMOST}
BOLD = frozenset(["b", "strong"])
LISTS = frozenset(["ul", "ol", "menu"])
KINDS = {
    "dt": Kind.TERM,
    "dd": Kind.DEFINITION,
    "blockquote": Kind.QUOTATION,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
    "aside": Kind.NOTE,
}
"""What blocks are inside of these elements, unless something inside says otherwise."""
CELLS = frozenset(["td", "th"])
ADMONITIONS = frozenset(
    "attention caution danger error hint important info note tip warning example".split()
)
"""Headings of boxes, beneath which nothing else stands."""
READINGS = frozenset(["rt", "rp"])
"""How a word is read; it stands inside of the word."""
PERMALINKS = "¶#§🔗 "
"""Signs in headings that only lead to them."""
WORD = re.compile(r"\w")
SOFT = frozenset("p div center section article address form fieldset".split())
"""Blocks that separate paragraphs, but not the cells of a table's row."""
HARD = frozenset(
    "body details dl figure footer header hr html legend li main nav pre summary table"
    " tbody tfoot thead tr".split()
).union(LISTS, KINDS, HEADINGS)

LINES = frozenset([Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.LINE])
"""Kinds of blocks that may be no more than links."""
LEAST_LINKS = 3
"""Neighbouring links that are left out."""
INSIDE = re.compile(r"(?<=\s)href\s*+=\s*+[\"']?#", re.IGNORECASE)
"""A link to a place on the same page."""
SKIP = re.compile(r"\s*(?:skip|jump|go) to (?:the )?(?:\w+ )?\w+\s*", re.IGNORECASE)
"""A link that leads past the head of a page."""
SEPARATORS = frozenset(" \n|•·»/>-")
"""What stands between links."""
SEPARATOR_LIMIT = 5
TO_NOTE = re.compile(
    r"(?<=\s)(?:epub:type|role)\s*+=\s*+[\"']?(?:[^\"'>]*?\s)?(?:doc-)?noteref\b", re.IGNORECASE
)
"""A link to a note, whose number a browser may show raised without a `sup` element."""
INSIDE_CELLS = frozenset("li dl figure pre blockquote hr".split()).union(LISTS, KINDS, HEADINGS)
"""Elements that do not split the row of a table that names its columns."""


class PageBlock(Record):
    """A block of a page.

    Attributes:
        text: its text, without its mark.
        kind: its kind.
        level: how deep it stands; see `Block`.
        header: of a row, the names of the columns.
        marker: what opens an item.
        start: where its text begins in the source.
        links: the number of links to other pages if it is no more than those, and no sentence;
            else 0.
    """

    text: str
    kind: Kind
    level: int | None
    header: str | None
    marker: str
    start: int
    links: int


class PageReader:
    """Reads a page from its beginning to its end.

    Args:
        add: takes the blocks as they come; one without a word is none.
        keeps_lines: whether the text of a paragraph keeps the lines of the source.

    Attributes:
        title: what the page calls itself.
    """

    def __init__(self, add: Callable[[PageBlock], None], *, keeps_lines: bool = False) -> None:
        self._add = add
        self._keeps_lines = keeps_lines
        self.title = ""
        self._pieces: list[str] = []
        self._start = 0
        self._level: int | None = None
        self._numbers: list[int | None] = []
        self._marker = ""
        self._preformatted = 0
        self._kinds: list[Kind] = []
        self._outside: list[int] = []
        self._tables: list[bool] = []
        self._in_head = self._in_row = False
        self._cells = self._named_cells = self._rows = 0
        self._header: str | None = None
        self._held: PageBlock | None = None
        self._links: list[PageBlock] = []
        self._dropped: list[PageBlock] = []
        self._any = False
        self._in_link = self._to_note = self._raised = False
        self._words = self._linked = self._bold = 0
        self._in_bold = False
        self._links_inside = 0
        self._anchor: int | None = None

    def feed(self, source: str, found: PageSurvey) -> None:
        """Read the source of a page, or its next part.

        Args:
            source: the source.
            found: what of it is left out.
        """
        position = 0
        source = source[: found.end]
        while token := TOKEN.search(source, position):
            self._take_text(source[position : token.start()], position)
            start, position = token.start(), token.end()
            if start in found.hidden:
                position = found.hidden[start]
                self._pass_over(token["name"].lower(), links=start in found.link_lists)
            elif token["raw"]:
                self._take_raw(token["raw"].lower(), token["content"], start)
            elif token["name"]:
                named = start in found.tables
                closing, name = bool(token["close"]), token["name"].lower()
                if name == "a":
                    inside = INSIDE.search(token["attributes"]) is not None
                    self._in_link = not closing and not inside
                    self._links_inside += self._in_link
                    self._take_anchor(closing=closing, inside=inside)
                    self._to_note = not closing and TO_NOTE.search(token["attributes"]) is not None
                self._take_tag(name, closing=closing, named=named)
        self._take_text(source[position:], position)
        self._flush()

    def settle(self) -> None:
        """Hand over what waits for the next part, as something else comes before that."""
        self._end_links()
        self._release()

    def close(self) -> None:
        """End the page."""
        self._end_links()
        if not self._any:
            for block in self._dropped:
                self._pass_on(block)
        self._release()

    def _pass_over(self, name: str, *, links: bool) -> None:
        """Separate what stands before and after an element that is left out."""
        if links:
            self._flush()
            if self._held:
                # The heading of a list of links alone goes with it, unless text follows.
                self._held = self._held._replace(kind=Kind.LINE)
        elif name in HARD or (name in SOFT and not self._in_row):
            self._flush()
        elif name not in READINGS:
            self._pieces.append(" ")

    def _take_anchor(self, *, closing: bool, inside: bool) -> None:
        """Note where a link to a place on the page opens, and leave out one past its head."""
        if not closing:
            self._anchor = len(self._pieces) if inside else None
        elif self._anchor is not None:
            if SKIP.fullmatch("".join(self._pieces[self._anchor :])):
                self._words -= len("".join(self._pieces[self._anchor :]).split())
                del self._pieces[self._anchor :]
            self._anchor = None

    def _take_raw(self, name: str, content: str, start: int) -> None:
        if name == "title" and not self.title:
            self.title = with_characters(content)
        elif name in ("textarea", "xmp"):
            self._take_text(content, start)

    def _take_text(self, text: str, start: int) -> None:
        if not self._start and not text.isspace():
            self._start = start + len(text) - len(text.lstrip())
        words = len(text.split())
        if len(text) <= SEPARATOR_LIMIT and SEPARATORS.issuperset(text):
            words = 0
        self._words += words
        self._linked += words * self._in_link
        self._bold += words * self._in_bold
        shown = with_characters(text)
        if (self._raised or self._to_note) and NOTE_NUMBER.fullmatch(shown):
            shown = shown.translate(RAISED)
        kept = self._preformatted or (self._keeps_lines and not self._in_row)
        self._pieces.append(shown if kept else shown.replace("\n", " "))

    def _take_tag(self, name: str, *, closing: bool, named: bool) -> None:
        if name == "br":
            self._break_line()
        elif name == "sup":
            self._raised = not closing
        elif name in BOLD:
            self._in_bold = not closing
        elif name in CELLS:
            if not closing:
                self._begin_cell()
                self._named_cells += name == "th"
        elif self._in_row and (
            name in SOFT or (self._is_in_named_table() and name in INSIDE_CELLS)
        ):
            self._separate_in_cell(name, closing=closing)
        elif name in SOFT:
            self._flush()
        elif name in HARD:
            self._flush()
            self._begin(name, closing=closing, named=named)

    def _break_line(self) -> None:
        """A line break; two of them separate paragraphs, one a line in bold and its text."""
        blank = [piece for piece in self._pieces[-2:] if piece.strip(" ")]
        if self._in_row:
            self._pieces.append(" ")
        elif not self._preformatted and (blank[-1:] == ["\n"] or self._is_heading_above(blank)):
            self._flush()
        else:
            self._pieces.append("\n")

    def _is_heading_above(self, pieces: Sequence[str]) -> bool:
        """Whether a line in bold stands before a line break, above the text that it names."""
        return 0 < self._words == self._bold and "".join(pieces).rstrip()[-1:] != "\n"

    def _is_in_named_table(self) -> bool:
        return bool(self._tables) and self._tables[-1]

    def _separate_in_cell(self, name: str, *, closing: bool) -> None:
        """Separate the items of a list within a cell."""
        last = "".join(self._pieces[-3:]).rstrip()[-1:]
        separated = name == "li" and not closing and (last.isalnum() or last in ')"”’')
        self._pieces.append("; " if separated and last else " ")

    def _begin(self, name: str, *, closing: bool, named: bool) -> None:
        """Note what the text after the tag of a block is."""
        self._in_row = name == "tr" and not closing
        self._cells = self._named_cells = 0
        if name in HEADINGS:
            self._level = None if closing else HEADINGS[name]
        elif name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if closing else 1))
        elif name == "thead":
            self._in_head = not closing
        elif name == "table":
            self._begin_table(closing=closing, named=named)
        elif name == "dl":
            self._begin_definitions(closing=closing)
        elif name in KINDS:
            self._begin_kind(KINDS[name], closing=closing)
        elif name in LISTS:
            self._begin_list(name, closing=closing)
        elif name == "li" and not closing:
            self._marker = self._next_marker()

    def _begin_table(self, *, closing: bool, named: bool) -> None:
        self._header, self._in_head, self._rows = None, False, 0
        if not closing:
            self._tables.append(named)
        elif self._tables:
            self._tables.pop()

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
        """Hand what was gathered over as a block."""
        text = "".join(self._pieces)
        self._pieces.clear()
        start, self._start = self._start, 0
        linked = self._linked == self._words > 0 and not SENTENCE.search(text)
        links, self._links_inside = self._links_inside * linked, 0
        is_bold = self._bold == self._words > 0
        self._words = self._linked = self._bold = 0
        self._in_bold = False
        if not self._preformatted:
            lines = (" ".join(line.split()) for line in text.split("\n"))
            text = "\n".join(lines if self._keeps_lines else filter(None, lines)).strip("\n")
        if not WORD.search(text):
            return
        kind = self._kind(text)
        if kind is Kind.ROW:
            several = len([cell for cell in text.split(CELL_SEPARATOR.strip()) if cell.strip()]) > 1
            named = is_bold and several and not self._rows
            kind = Kind.HEADER if named else kind
            self._rows += 1
        if kind is Kind.PARAGRAPH and is_bold and not self._numbers and may_head(text):
            kind = Kind.HEADING
        depth = len(self._numbers) + max(0, len(self._outside) - 1)
        header = self._header if kind is Kind.ROW else None
        if kind is Kind.HEADING:
            text = text.strip(PERMALINKS)
        level = self._level or INNERMOST if kind is Kind.HEADING else depth or None
        block = PageBlock(text.strip("\n"), kind, level, header, self._marker, start, links)
        self._marker = ""
        self._header = text if kind is Kind.HEADER else self._header
        self._hand_over(block)

    def _hand_over(self, block: PageBlock) -> None:
        """Hand a block over; links wait, as several of them are left out."""
        if block.links and block.kind in LINES:
            self._links.append(block)
        else:
            self._end_links()
            self._pass_on(block)

    def _end_links(self) -> None:
        """Leave neighbouring links out where they are several."""
        links, self._links = self._links, []
        if sum(block.links for block in links) < LEAST_LINKS:
            for block in links:
                self._pass_on(block)
        else:
            self._dropped += links

    def _pass_on(self, block: PageBlock) -> None:
        """Pass a block on; a heading waits, as the list of links beneath it may be left out."""
        self._any = True
        if self._held and not (self._held.kind is Kind.LINE and block.kind is Kind.HEADING):
            self._add(self._held._replace(kind=Kind.HEADING))
        self._held = block if block.kind is Kind.HEADING else None
        if not self._held:
            self._add(block)

    def _release(self) -> None:
        if self._held and self._held.kind is Kind.HEADING:
            self._add(self._held)
        self._held = None

    def _kind(self, text: str) -> Kind:
        if self._level:
            return Kind.NOTE if text.strip(" :!").lower() in ADMONITIONS else Kind.HEADING
        if self._in_row:
            named = self._cells > 1 and (self._in_head or self._cells == self._named_cells)
            return Kind.HEADER if named and not self._header else Kind.ROW
        if self._marker:
            return Kind.ITEM
        if self._preformatted:
            return Kind.CODE
        return self._kinds[-1] if self._kinds else Kind.PARAGRAPH
