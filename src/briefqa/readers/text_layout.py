"""From neighbouring lines of plain text to blocks, by how they are set.

The rules are those that a reader goes by: the mark of an item, a line moved in, a line broken off
though the next word would have fitted, columns that stand beneath one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, pairwise

from briefqa.conventions import BULLETS, CELL_SEPARATOR
from briefqa.readers.blocks import Kind
from briefqa.readers.layout_lines import (
    BULLET,
    MOVED_IN,
    NAME_LIMIT,
    PROMPT,
    TAB,
    TextLine,
    breaks_off,
    entries_of,
    is_quoted,
    item_starts,
    mark_before,
    text_lines,
    unquoted,
)
from briefqa.readers.option_lists import opens_with_option, option_lists
from briefqa.readers.text_columns import BARS, cut_rows, names_figures
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "BULLET",
    "COLUMNS",
    "LayoutDraft",
    "LayoutParser",
    "body_indent",
]

PROSE = r"[A-Za-z][a-hj-uwyz]"
"""How nearly all lines open that go on from the one before, and no mark of an item does."""
PROSE_OPENING = re.compile(PROSE)
OPENING = re.compile(
    rf"\n(?!{PROSE})(?:[ \t>=~^\"-]|[{BULLETS}o][ \t]|\*\)[ \t]"
    r"|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)][ \t]|\d{1,2}\.\d)"
)
"""How a line opens that may not go on from the one before."""
CLAUSE = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,3}\.?[ \t]+[^\W\d_a-z(]")
"""How a numbered paragraph of a contract or of minutes opens."""
TITLED = re.compile(r"\d{1,2}\.?[ \t]+[^\W\d_a-z]")
"""How the heading of several of them opens."""
TITLE_LIMIT = 60
"""The maximum length of such a heading in characters."""
CONTINUATION = re.compile(r"\n(?<!\n\n)([ \t]*+)\S")
"""How a line opens that has another right above it."""
MOVED_LINE = re.compile(r"\n[ \t]+\S")
ANY_INDENT = 1000
COLUMNS = "   "
"""What stands between the columns of a line alone."""
IN_COLUMNS = re.compile(r"\t|\||  ").search
RULE = re.compile(r"[=~^\"*#_-]{3,}")
TABLE_RULE = re.compile(r"[-=+|:\s]*[-=]{2}[-=+|:\s]*")
DOT_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){3,}\.?|_{5,}|…{2,}+)[ \t]*+(?:\d{1,4}|[ivxlc]{1,6})?$")
"""What leads from an entry of a contents list to its page."""
LEADERS = ("....", ". . .", "_____", "……")
"""One of them is in each of these."""


def _next_opening(text: str, start: int) -> int:
    opening = OPENING.search(text, start)
    return opening.start() if opening else len(text)


def _search(mark: str) -> Callable[[str, int], int]:
    def next_mark(text: str, start: int) -> int:
        place = text.find(mark, start)
        return place if place >= 0 else len(text)

    return next_mark


SEARCHES = (_next_opening, *map(_search, (COLUMNS, *BARS)))
"""Return the place of the next mark that prose has not, from a place; else the text's length."""


class LayoutDraft(Record):
    """A block on its way.

    Attributes:
        span: characters of the text.
        kind: its kind.
        indent: the columns before its first line.
        level: of an item or what belongs to one, how deep it stands.
        header: of a row, the names of the columns.
    """

    span: Span
    kind: Kind
    indent: int
    level: int | None = None
    header: str | None = None


def body_indent(text: str) -> int:
    """Return how far most lines of a text are moved in that go on from another line."""
    if not MOVED_LINE.search(text):
        return 0
    indents: Counter[int] = Counter()
    for blanks, lines in Counter(CONTINUATION.findall(text)).items():
        indents[len(blanks.expandtabs(TAB))] += lines
    return indents.most_common(1)[0][0] if indents else 0


class LayoutParser:
    """Finds the blocks of a plain text, one stretch after the other.

    Args:
        text: all of it.
        deepest: the maximum number of columns before a heading.

    Attributes:
        body: the columns before most lines that go on from another.
        quotes: the marks before quoted lines so far, which are no part of a block.
    """

    def __init__(self, text: str, deepest: int = ANY_INDENT) -> None:
        self._text, self._deepest = text, deepest
        self.quotes: list[Span] = []
        self.body = body_indent(text)
        self._marks = [-1] * len(SEARCHES)
        self._next_mark = -1
        self._items: list[int] = []
        self._defined: int | None = None

    def drafts(self, stretch: Span) -> list[LayoutDraft]:
        """Return the blocks of the next stretch; a contents list has none."""
        text = self._text
        indented = stretch.start and text[stretch.start - 1] != "\n"
        if not indented and not self._items and self._is_plain(stretch):
            self._defined = None
            return [LayoutDraft(stretch, Kind.PARAGRAPH, 0)]
        lines = text_lines(text, stretch)
        if any(opens_with_option(line.text) for line in lines):
            return list(self._with_options(lines))
        return self._drafts_of(lines)

    def _drafts_of(self, lines: Sequence[TextLine]) -> list[LayoutDraft]:
        """Return the blocks of lines without options."""
        if not lines or _is_contents_list(lines):
            return []
        rows = self._captioned(lines) or _table(lines)
        if rows:
            self._items = []
        return rows or list(self._parts(lines))

    def _with_options(self, lines: Sequence[TextLine]) -> Iterator[LayoutDraft]:
        """Yield the blocks of lines that may have lists of options."""
        reached = 0
        for options in option_lists(lines):
            above = lines[reached : options.start]
            name = self._name(lines[reached : options.end]) if len(above) == 1 else None
            if name and name.kind is Kind.HEADING:
                yield name
            else:
                self._defined = None
                yield from self._drafts_of(above)
            for entry in options.entries:
                self._items, self._defined = [], entry.definition[0].indent
                for term in entry.terms:
                    yield LayoutDraft(term.span, Kind.TERM, term.indent)
                yield from self._own_parts(entry.definition)
            reached = options.end
        yield from self._drafts_of(lines[reached:])

    def _is_plain(self, stretch: Span) -> bool:
        """Whether a stretch is surely one paragraph of prose, as nearly all are."""
        text = self._text
        start, end = stretch.start, stretch.end
        if not PROSE_OPENING.match(text, start) and (
            text[start] == ">" or BULLET.match(text, start)
        ):
            return False
        if text[end - 1].isdigit() and any(text.find(mark, start, end) > 0 for mark in LEADERS):
            return False
        if self._next_mark < start:
            self._find_marks(start)
        return self._next_mark >= end

    def _find_marks(self, start: int) -> None:
        """Find the next mark of each kind: the text is searched once for all stretches."""
        for kind, search in enumerate(SEARCHES):
            if self._marks[kind] < start:
                self._marks[kind] = search(self._text, start)
        self._next_mark = min(self._marks)

    def alone(self, line: Span, below: int = 0) -> LayoutDraft:
        """Return what a line alone may be: a heading, unless it is moved in.

        Args:
            line: the line.
            below: the columns before what stands below it.
        """
        start = self._text.rfind("\n", 0, line.start) + 1
        indent = len(self._text[start : line.start].expandtabs(TAB))
        if self._defined is not None and indent >= self._defined:
            return LayoutDraft(line, Kind.DEFINITION, indent)
        self._defined, self._items = None, []
        if below >= indent + MOVED_IN and opens_with_option(line.slice(self._text)):
            self._defined = below
            return LayoutDraft(line, Kind.TERM, indent)
        if indent > self._deepest:
            return LayoutDraft(line, Kind.PARAGRAPH, indent)
        moved_in = indent > self.body + MOVED_IN and line.slice(self._text)[0].islower()
        return LayoutDraft(line, Kind.LINE if moved_in else Kind.HEADING, indent)

    def _parts(self, lines: Sequence[TextLine]) -> Iterator[LayoutDraft]:
        """Yield the blocks of lines that are no table."""
        if self._defined is not None and min(line.indent for line in lines) < self._defined:
            self._defined = None
        for quoted, run in groupby(lines, key=is_quoted):
            if quoted:
                yield from self._quotation(list(run))
            else:
                yield from self._own_parts(list(run))

    def _quotation(self, lines: Sequence[TextLine]) -> Iterator[LayoutDraft]:
        """Yield the blocks of quoted lines; a blank one or another depth separates two."""
        if all(PROMPT.match(line.text) for line in lines):
            yield self._draft(lines, Kind.QUOTATION)
            return
        for _, run in groupby(map(unquoted, lines), key=lambda line: line.indent):
            for is_text, paragraph in groupby(run, key=lambda line: bool(line.text)):
                inner = list(paragraph)
                self.quotes += [mark_before(self._text, line.span) for line in inner]
                if is_text:
                    self._items = []
                    yield from self._quoted_parts(inner)
        self._items = []

    def _quoted_parts(self, lines: Sequence[TextLine]) -> Iterator[LayoutDraft]:
        """Yield the blocks of a quoted paragraph or list without its marks."""
        starts = item_starts(lines)
        for draft in self._list(lines, starts) if starts else [self._prose(lines)]:
            is_item = draft.kind is Kind.ITEM
            yield draft if is_item else draft._replace(kind=Kind.QUOTATION)

    def _own_parts(self, lines: Sequence[TextLine]) -> Iterator[LayoutDraft]:
        """Yield the blocks of lines that are neither a table nor quoted."""
        entries = entries_of(lines)
        if len(entries) > 1:
            yield from chain.from_iterable(map(self._own_parts, entries))
            return
        name = self._name(lines)
        if name:
            yield name
            lines = lines[1:]
            if RULE.fullmatch(lines[0].text):
                lines = lines[1:]
            if name.kind is Kind.HEADING and (entries := entries_of(lines)):
                yield from chain.from_iterable(map(self._own_parts, entries))
                return
        starts = item_starts(lines)
        clauses = [place for place, line in enumerate(lines) if CLAUSE.match(line.text)]
        if clauses[:1] == [0] and (name or len(clauses) > 1):
            for start, end in pairwise([*clauses, len(lines)]):
                yield from self._clause(lines[start:end])
        elif starts:
            yield from self._list(lines, starts)
        elif lines:
            yield self._prose(lines)

    def _clause(self, lines: Sequence[TextLine]) -> Iterator[LayoutDraft]:
        """Yield a clause, and by themselves the items that it ends with after a colon."""
        starts = item_starts(lines)
        if starts and lines[starts[0] - 1].text[-1] == ":":
            yield from self._list(lines, starts)
        else:
            yield self._prose(lines)

    def _name(self, lines: Sequence[TextLine]) -> LayoutDraft | None:
        """The first line where it is the heading or the term of the others, which are moved in."""
        first, rest = lines[0], lines[1:]
        if rest and _is_numbered_title(lines):
            self._items, self._defined = [], None
            return LayoutDraft(first.span, Kind.HEADING, first.indent)
        if not rest or not 1 < first.span.length <= NAME_LIMIT or BULLET.match(first.text):
            return None
        if RULE.fullmatch(rest[0].text) and len(rest) > 1:
            return LayoutDraft(first.span, Kind.HEADING, first.indent)
        inner = min(line.indent for line in rest)
        if inner < first.indent + MOVED_IN or first.text[-1] in ".,;:" or not breaks_off(lines):
            return None
        if first.indent < min(self.body, self._deepest + 1) and not self._items:
            self._defined = None
            return LayoutDraft(first.span, Kind.HEADING, first.indent)
        self._items, self._defined = [], inner
        return LayoutDraft(first.span, Kind.TERM, first.indent)

    def _list(self, lines: Sequence[TextLine], starts: Sequence[int]) -> Iterator[LayoutDraft]:
        """Yield the items, after the lines that stand before the first."""
        if starts[0]:
            yield self._prose(lines[: starts[0]])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            indent = lines[start].indent
            while self._items and self._items[-1] > indent:
                self._items.pop()
            if not self._items or self._items[-1] < indent:
                self._items.append(indent)
            yield self._draft(lines[start:end], Kind.ITEM)

    def _prose(self, lines: Sequence[TextLine]) -> LayoutDraft:
        indent = min(line.indent for line in lines)
        while self._items and self._items[-1] >= indent:
            self._items.pop()
        if self._defined is not None and not self._items:
            return self._draft(lines, Kind.DEFINITION)
        if len(lines) == 1 and COLUMNS in lines[0].text:
            return self._draft(lines, Kind.LINE)
        return self._draft(lines, Kind.PARAGRAPH)

    def _draft(self, lines: Sequence[TextLine], kind: Kind) -> LayoutDraft:
        span = Span(lines[0].span.start, lines[-1].span.end)
        return LayoutDraft(span, kind, lines[0].indent, len(self._items) or None)

    def _captioned(self, lines: Sequence[TextLine]) -> list[LayoutDraft]:
        """The rows of a table that names its columns, below what stands right above it."""
        above = next((place for place, line in enumerate(lines) if IN_COLUMNS(line.text)), 0)
        ruled = any(TABLE_RULE.fullmatch(line.text) for line in lines[:above])
        rows = _table(lines[above:]) if above and not ruled else []
        if not rows or rows[0].kind is not Kind.HEADER:
            return []
        self._defined = None
        first = lines[0]
        named = above == 1 and first.span.length <= NAME_LIMIT and first.text[-1] not in ".,;:"
        return [self._draft(lines[:above], Kind.HEADING if named else Kind.PARAGRAPH), *rows]


def _table(lines: Sequence[TextLine]) -> list[LayoutDraft]:
    """The rows of a table; none where the lines are none."""
    rules = [TABLE_RULE.fullmatch(line.text) is not None for line in lines]
    rows = [line for line, rule in zip(lines, rules, strict=True) if not rule]
    margin = min((line.indent for line in rows), default=0)
    texts = [" " * (line.indent - margin) + line.text for line in rows]
    ruled = len(rows) < len(lines)
    cut = cut_rows(texts, ruled=ruled)
    if not cut:
        return []
    named = (len(lines) > 1 and rules[1]) or names_figures(cut)
    if texts[0][0] == " " and not (named or ruled):
        return []
    header = CELL_SEPARATOR.join(cut[0]) if named else None
    return [
        LayoutDraft(
            line.span,
            Kind.HEADER if named and not place else Kind.ROW,
            line.indent,
            header=header if place else None,
        )
        for place, line in enumerate(rows)
    ]


def _is_contents_list(lines: Sequence[TextLine]) -> bool:
    entries = [line.text[-NAME_LIMIT:] for line in lines]
    leaders = sum(
        any(map(entry.__contains__, LEADERS)) and DOT_LEADER.search(entry) is not None
        for entry in entries
    )
    return leaders > 0 and 2 * leaders >= len(lines)


def _is_numbered_title(lines: Sequence[TextLine]) -> bool:
    """Whether the first line is a numbered heading right above what stands beneath it.

    It is short and no sentence; above clauses, or prose that is not moved in as that of an item is.
    """
    first, after = lines[0], lines[1]
    if first.text[-1] in ".,;:!" or not TITLED.match(first.text) or after.indent > first.indent:
        return False
    if len(first.text) > TITLE_LIMIT or not breaks_off(lines):
        return False
    if CLAUSE.match(after.text) or first.text.isupper():
        return True
    longer = len(first.text) < len(after.text)
    return longer and after.text[0].isupper() and not BULLET.match(after.text)
