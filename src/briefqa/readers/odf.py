"""OpenDocument texts (.odt) and presentations (.odp): paragraphs, lists, tables and notes.

The elements are those of ODF 1.3, part 3.
"""

from __future__ import annotations

from briefqa.readers.archive import Archive
from briefqa.readers.blocks import Kind, Reading, ReadingWriter
from briefqa.readers.flow import Draft, Frame, Story
from briefqa.readers.odf_styles import LEVELS, OdfStyles, whole_number
from briefqa.readers.package import XmlEvent, parse, stated_title

__all__ = ["read_odp", "read_odt"]

LEFT_OUT = frozenset(
    "tracked-changes table-of-content illustration-index table-index object-index"
    " alphabetical-index user-index note-citation ruby-text sequence-decls variable-decls"
    " user-field-decls forms scripts font-face-decls binary-data".split()
)
"""What is not of the text, or says it again."""
FRAMES = {
    "table": Frame.TABLE,
    "table-row": Frame.ROW,
    "table-cell": Frame.CELL,
    "covered-table-cell": Frame.CELL,
    "note-body": Frame.STORY,
    "annotation": Frame.STORY,
}
PARAGRAPHS = frozenset(["p", "h"])
KINDS = {
    "caption": Kind.CAPTION,
    "illustration": Kind.CAPTION,
    "figure": Kind.CAPTION,
    "table": Kind.CAPTION,
    "drawing": Kind.CAPTION,
    "figurecaption": Kind.CAPTION,
    "tablecaption": Kind.CAPTION,
    "quotations": Kind.QUOTATION,
    "quote": Kind.QUOTATION,
    "definition term": Kind.TERM,
    "list heading": Kind.TERM,
    "definition definition": Kind.DEFINITION,
    "list contents": Kind.DEFINITION,
    "preformatted text": Kind.CODE,
    "source text": Kind.CODE,
    "subtitle": Kind.LINE,
    "author": Kind.LINE,
    "date": Kind.LINE,
}
"""The kinds of paragraphs by the names of their styles."""
TABLE_HEADING = "table heading"
BULLET = "- "
SPACES = 100
"""The maximum number of spaces that an element stands for."""

FURNITURE = frozenset(["page", "handout", "header", "footer", "date-time", "page-number"])
"""Classes of frames without content of the slide's own."""


def read_odt(name: str, data: bytes) -> Reading:
    """Read an OpenDocument text.

    Each paragraph is a line. Notes and comments follow what they are to. Indexes, page headers and
    footers and deletions are not read.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    archive = Archive(name, data)
    styles = OdfStyles()
    if "styles.xml" in archive.names:
        for event in parse(name, archive.read("styles.xml")):
            styles.take(event)
    story = _Story(styles)
    in_body = False
    for event in parse(name, archive.read("content.xml")):
        if event.name == "body":
            in_body = event.opens
        elif in_body:
            story.take(event)
        else:
            styles.take(event)
    writer = ReadingWriter()
    story.flow.write_to(writer)
    return writer.reading(story.title or stated_title(name, archive, "meta.xml"))


def read_odp(name: str, data: bytes) -> Reading:
    """Read an OpenDocument presentation.

    Each slide is a page; its title is a heading, its notes follow it.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    archive = Archive(name, data)
    styles = OdfStyles()
    writer = ReadingWriter()
    story = _Story(styles)
    in_body = False
    page = 0
    frames: list[str] = []
    for event in parse(name, archive.read("content.xml")):
        if event.name == "presentation" and not frames:
            in_body = event.opens
        elif not in_body:
            styles.take(event)
        elif event.name == "page":
            page += event.opens
            story.flow.write_to(writer, page)
            story.role = None
        elif event.name == "notes":
            story.role = Kind.NOTE if event.opens else None
        elif event.name == "frame" and event.opens:
            frames.append(event.attributes.get("class", ""))
            if frames[-1] == "title" and story.role is None:
                story.role = Kind.HEADING
        elif event.name == "frame":
            frames.pop()
            story.role = None if story.role is Kind.HEADING else story.role
        elif not FURNITURE.intersection(frames):
            story.take(event)
    return writer.reading(stated_title(name, archive, "meta.xml"))


class _Paragraph:
    """What is known of a paragraph that is open.

    Attributes:
        style: the name of its style.
        level: of a heading, from 1; None for other paragraphs.
        plain: whether any of its text is not bold.
    """

    def __init__(self, style: str, level: int | None, *, plain: bool) -> None:
        self.style = style
        self.level = level
        self.plain = plain


class _List:
    """A list that is open.

    Attributes:
        style: the name of its style.
        count: the number of the last item.
        marker: whether the item that is open has yet to be marked.
    """

    def __init__(self, style: str, count: int) -> None:
        self.style = style
        self.count = count
        self.marker = False


class _Story(Story):
    """Reads a text from its beginning to its end.

    Args:
        styles: what paragraphs and lists are.

    Attributes:
        flow: what was read.
        title: what the first paragraph in the style of titles says.
        role: what all paragraphs are at present, whatever their styles say; None for none.
    """

    def __init__(self, styles: OdfStyles) -> None:
        super().__init__(LEFT_OUT)
        self._styles = styles
        self._paragraphs: list[_Paragraph] = []
        self._lists: list[_List] = []
        self._counts: dict[tuple[str, int], int] = {}
        self._headings = [0] * (LEVELS + 1)
        self._spans: list[bool] = []
        self._headers: list[bool] = []
        self._cells: list[bool] = []
        self._spanned = False
        self._in_header = self._in_creator = self._in_description = False
        self._author = ""
        self._frames: list[int] = []
        self.title: str | None = None
        self.role: Kind | None = None

    def _take_text(self, text: str) -> None:
        if self._in_creator:
            self._author += text
        elif self._in_description:
            self.flow.describe(text)
        else:
            self.flow.write(text.replace("\n", " "))
            bold = self._spans[-1] if self._spans else False
            if self._paragraphs and not bold and text.strip():
                self._paragraphs[-1].plain = True

    def _open(self, event: XmlEvent) -> None:
        name, attributes = event.name, event.attributes
        if name in PARAGRAPHS:
            self._open_paragraph(name, attributes.get("style-name", ""), event)
        elif name == "span":
            bold = self._spans[-1] if self._spans else False
            self._spans.append(bold or self._styles.is_bold(attributes.get("style-name", "")))
        elif name == "s":
            count = attributes.get("c", "1")
            self.flow.write(" " * min(whole_number(count, 1), SPACES))
        elif name in ("tab", "line-break"):
            self.flow.write("\t" if name == "tab" else "\n")
        elif name == "list":
            self._open_list(event)
        elif name == "list-item" and self._lists:
            self._open_item(attributes.get("start-value", ""))
        elif name == "table-header-rows":
            self._in_header = True
        elif name in FRAMES:
            self._open_frame(event)
        elif name == "creator":
            self._in_creator, self._author = True, ""
        elif name == "frame":
            self._frames.append(len(self._paragraphs))
        elif name in ("title", "desc") and self._frames[-1:] == [len(self._paragraphs)]:
            self._in_description = True

    def _open_paragraph(self, name: str, style: str, event: XmlEvent) -> None:
        outline = event.attributes.get("outline-level", "1")
        level = min(whole_number(outline, 1), LEVELS) if name == "h" else None
        self._paragraphs.append(_Paragraph(style, level, plain=False))
        self._spans.append(self._styles.is_bold(style))
        self.flow.open(Frame.PARAGRAPH)

    def _open_list(self, event: XmlEvent) -> None:
        outer = self._lists[-1].style if self._lists else ""
        style = event.attributes.get("style-name", outer)
        key = style, len(self._lists)
        goes_on = event.attributes.get("continue-numbering") == "true"
        self._lists.append(_List(style, self._counts.get(key, 0) if goes_on else -1))

    def _open_item(self, start: str) -> None:
        current = self._lists[-1]
        numbered = self._styles.list_level(current.style, len(self._lists))
        first = numbered.start if numbered else 1
        current.count = first if current.count < 0 else current.count + 1
        current.count = whole_number(start, current.count)
        current.marker = True

    def _open_frame(self, event: XmlEvent) -> None:
        frame = FRAMES[event.name]
        if frame is Frame.ROW:
            self._headers.append(self._in_header)
            self._spanned = False
        elif event.name == "table-cell":
            self._cells.append(False)
            self._spanned = event.attributes.get("number-columns-spanned", "1") != "1"
        elif frame is Frame.CELL:
            self._cells.append(not self._spanned)
        elif frame is Frame.STORY:
            self._lists.append(_List("", -1))
        self.flow.open(frame)

    def _close(self, name: str) -> None:
        if name in PARAGRAPHS:
            self._close_paragraph()
        elif name == "span" and self._spans:
            self._spans.pop()
        elif name == "list":
            closed = self._lists.pop()
            self._counts[closed.style, len(self._lists)] = closed.count
        elif name == "table-header-rows":
            self._in_header = False
        elif name in FRAMES:
            self._close_frame(FRAMES[name])
        elif name == "creator":
            self._in_creator = False
        elif name == "frame":
            self._frames.pop()
        elif name in ("title", "desc"):
            self._in_description = False

    def _close_frame(self, frame: Frame) -> None:
        if frame is Frame.CELL:
            self.flow.close_cell(continues=self._cells.pop())
        elif frame is Frame.ROW:
            self.flow.close_row(is_header=self._headers.pop())
        elif frame is Frame.TABLE:
            self.flow.close_table(may_have_header=True)
        else:
            self._lists.pop()
            author = " ".join(self._author.split())
            for draft in self.flow.close_story():
                marker = f"{author}: " if author else draft.marker
                self.flow.add(draft._replace(kind=Kind.NOTE, marker=marker))
            self._author = ""

    def _close_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        self._spans.pop()
        text, inner = self.flow.close_paragraph()
        draft = self._draft(paragraph, text)
        if draft:
            self.flow.add(draft)
        for each in inner:
            self.flow.add(each)

    def _draft(self, paragraph: _Paragraph, text: str) -> Draft | None:
        """Return a paragraph as a block; None for the title."""
        names = self._styles.names(paragraph.style)
        kind = next((KINDS[name] for name in names if name in KINDS), Kind.PARAGRAPH)
        if self.role:
            kind = self.role
        if kind is not Kind.CODE:
            text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if "title" in names and self.title is None and text and self.role is None:
            self.title = " ".join(text.split())
            return None
        if kind is Kind.HEADING:
            return Draft(text, kind, 1)
        if paragraph.level:
            marker = self._heading_marker(paragraph.level) if text else ""
            return Draft(text, Kind.HEADING, paragraph.level, marker=marker)
        bold = not paragraph.plain or TABLE_HEADING in names
        level = len(self._lists) or None
        if self._lists and self._lists[-1].marker and text:
            self._lists[-1].marker = False
            return Draft(text, Kind.ITEM, level, marker=self._item_marker(), bold=bold)
        return Draft(text, kind, level if kind is Kind.PARAGRAPH else None, bold=bold)

    def _item_marker(self) -> str:
        numbered = self._styles.list_level(self._lists[-1].style, len(self._lists))
        counts = [max(each.count, 1) for each in self._lists]
        return numbered.marker(counts) if numbered else BULLET

    def _heading_marker(self, level: int) -> str:
        """Count a heading, and return its number."""
        numbered = self._styles.heading_level(level)
        if numbered is None or not numbered.form:
            return ""
        self._headings[level] += 1
        self._headings[level + 1 :] = [0] * (LEVELS - level)
        return numbered.marker(self._headings[1 : level + 1])
