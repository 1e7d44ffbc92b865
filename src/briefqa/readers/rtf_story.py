"""The text of Rich Text Format: paragraphs, tables and notes, put together from its words."""

from __future__ import annotations

from briefqa.readers.blocks import Kind
from briefqa.readers.flow import Draft, Flow, Frame
from briefqa.readers.word_styles import CONTENTS, KINDS, heading_level

__all__ = ["RtfStory"]

NOTES = frozenset(["footnote", "annotation"])
MARKERS = frozenset(["listtext", "pntext"])
"""Destinations of the numbers of items."""
MARKER_LIMIT = 40
"""The maximum length of a marker in characters."""


class _Style:
    """A style of paragraphs: its name and the level of its headings."""

    def __init__(self) -> None:
        self.name = ""
        self.level: int | None = None


class _Paragraph:
    """What is known of the paragraph that is being written.

    Attributes:
        style: the number of its style.
        level: of a heading, from 1; None for other paragraphs.
        place: the level of its list, from 0.
        in_table: whether it is in a cell.
    """

    def __init__(self) -> None:
        self.style = 0
        self.level: int | None = None
        self.place = 0
        self.in_table = False


class _Table:
    """What is open of the table that is being written, if any."""

    def __init__(self) -> None:
        self.is_open = self.in_row = self.in_cell = False


class RtfStory:
    """Puts paragraphs together.

    Attributes:
        flow: what was read.
        title: what the first paragraph in the style of titles says.
    """

    def __init__(self) -> None:
        self._styles: dict[int, _Style] = {}
        self._style = _Style()
        self._outer: list[_Paragraph] = []
        self._paragraph = _Paragraph()
        self._marker: list[str] | None = None
        self._markers: list[str] = []
        self._author: list[str] | None = None
        self._authors: list[str] = []
        self._plain = False
        self._tables = [_Table()]
        self._is_header = False
        self.flow = Flow()
        self.flow.open(Frame.PARAGRAPH)
        self.title: str | None = None

    def define_style(self, word: str, number: int | None) -> None:
        """Take a word of the definition of a style."""
        if word == "s" and number is not None:
            self._style = self._styles.setdefault(number, _Style())
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            self._style.level = number + 1
        elif word in ("cs", "ds", "ts"):
            self._style = _Style()

    def name_style(self, text: str) -> None:
        """Take a part of the name of the style that is being defined; a semicolon ends it."""
        name, ends, _ = text.partition(";")
        self._style.name = (self._style.name + name).strip().lower()[:100]
        if ends:
            self._style.level = self._style.level or heading_level(self._style.name)
            self._style = _Style()

    def take_property(self, word: str, number: int | None) -> None:
        """Take a word that says what the paragraph is; in a marker they say how that looks."""
        if self._marker is not None:
            return
        if word == "pard":
            self._paragraph = _Paragraph()
        elif word == "s":
            self._paragraph.style = number or 0
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            self._paragraph.level = number + 1
        elif word == "ilvl":
            self._paragraph.place = min(max(number or 0, 0), 8)
        elif word == "intbl":
            self._paragraph.in_table = True
        elif word == "trowd":
            self._is_header = False
        elif word == "trhdr":
            self._is_header = True

    def open_destination(self, word: str) -> None:
        """Begin a note, the text of a shape, or the marker of an item."""
        if word in MARKERS:
            self._marker = []
        elif word == "atnauthor":
            self._author = []
        else:
            self._outer.append(self._paragraph)
            self._paragraph = _Paragraph()
            self.flow.open(Frame.STORY)
            self.flow.open(Frame.PARAGRAPH)
            self._tables.append(_Table())

    def close_destination(self, word: str) -> None:
        """End what `open_destination` began."""
        if word in MARKERS and self._marker is not None:
            self._markers.append("".join(self._marker))
            self._marker = None
        elif word == "atnauthor" and self._author is not None:
            self._authors = self._author
            self._author = None
        elif word in NOTES or word == "shptxt":
            self.finish()
            self._tables.pop()
            self._paragraph = self._outer.pop()
            self.flow.close_paragraph()
            self._add_all(self.flow.close_story(), is_note=word in NOTES)

    def _add_all(self, drafts: list[Draft], *, is_note: bool) -> None:
        author = " ".join("".join(self._authors).split())
        for draft in drafts:
            marker = f"{author}: " if author else draft.marker
            self.flow.add(draft._replace(kind=Kind.NOTE, marker=marker) if is_note else draft)
        self._authors = []

    def write(self, text: str, *, bold: bool) -> None:
        """Write a piece of text."""
        if self._marker is not None:
            self._marker.append(text)
        elif self._author is not None:
            self._author.append(text)
        else:
            self.flow.write(text)
            self._plain = self._plain or not (bold or text.isspace())

    def end(self, word: str) -> None:
        """End a paragraph, a cell or a row.

        Args:
            word: the control word that does.
        """
        text, inner = self.flow.close_paragraph()
        draft = self._draft(text)
        table = self._tables[-1]
        if word in ("cell", "row") or self._paragraph.in_table:
            self._enter_table(table, opens_cell=bool(draft or inner) or word == "cell")
        else:
            self._leave_table(table)
        for each in (draft, *inner):
            if each:
                self.flow.add(each)
        if word in ("cell", "row"):
            self._close_cell(table)
        if word == "row":
            self._close_row(table)
        self.flow.open(Frame.PARAGRAPH)

    def finish(self) -> None:
        """End all that is open in the text, or in the note."""
        self.end("par")
        self.flow.close_paragraph()
        self._leave_table(self._tables[-1])
        self.flow.open(Frame.PARAGRAPH)

    def _enter_table(self, table: _Table, *, opens_cell: bool) -> None:
        """Open what is not open yet of a table."""
        if not table.is_open:
            self.flow.open(Frame.TABLE)
        if not table.in_row:
            self.flow.open(Frame.ROW)
        if opens_cell and not table.in_cell:
            self.flow.open(Frame.CELL)
            table.in_cell = True
        table.is_open = table.in_row = True

    def _leave_table(self, table: _Table) -> None:
        self._close_cell(table)
        self._close_row(table)
        if table.is_open:
            table.is_open = False
            self.flow.close_table(may_have_header=True)

    def _close_cell(self, table: _Table) -> None:
        if table.in_cell:
            table.in_cell = False
            self.flow.close_cell()

    def _close_row(self, table: _Table) -> None:
        if table.in_row:
            table.in_row = False
            self.flow.close_row(is_header=self._is_header)

    def _draft(self, text: str) -> Draft | None:
        """Return a paragraph as a block; None for the title and for what has no text."""
        style = self._styles.get(self._paragraph.style) or _Style()
        marker = " ".join("".join(self._markers).split())[:MARKER_LIMIT]
        bold, self._plain = not self._plain, False
        self._markers = []
        kind = KINDS.get(style.name, Kind.PARAGRAPH)
        if kind is not Kind.CODE:
            text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if not text or CONTENTS.fullmatch(style.name):
            return None
        if style.name == "title" and self.title is None:
            self.title = " ".join(text.split())
            return None
        numbered = any(map(str.isalnum, marker))
        shown = f"{marker} " if numbered else ""
        level = self._paragraph.level or style.level
        if level:
            return Draft(text, Kind.HEADING, level, marker=shown)
        if marker:
            place = self._paragraph.place + 1
            return Draft(text, Kind.ITEM, place, marker=shown or "- ", bold=bold)
        return Draft(text, kind, bold=bold)
