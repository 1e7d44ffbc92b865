"""Word documents (.docx): the text, with its headings, lists, tables, notes and comments."""

from __future__ import annotations

from collections.abc import Iterable

from briefqa.readers.blocks import Kind, Reading, ReadingWriter
from briefqa.readers.flow import Draft, Frame, Story
from briefqa.readers.package import OfficePackage, XmlEvent
from briefqa.readers.word_styles import BULLET, CONTENTS, KINDS, Numbering, Style, read_styles

__all__ = ["read_docx"]

LEFT_OUT = frozenset("del moveFrom Fallback rt pPrChange rPrChange trPrChange tcPrChange".split())
"""What was deleted or moved away, a second form of the same, readings of characters, and what
properties were before."""
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
SIGNS = {"den": "/", "sup": "^", "sub": "_"}
"""What stands in formulas before denominators, exponents and indices."""
FRAMES = {"tbl": Frame.TABLE, "tr": Frame.ROW, "tc": Frame.CELL}
NOTES = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}
"""What refers to notes, and what they are."""
OFF = ("0", "false", "off")
LISTED = ("list bullet", "list number")
"""The beginnings of the names of styles whose paragraphs are items, even without a list."""
LEVELS = tuple("012345678")


def read_docx(name: str, data: bytes) -> Reading:
    """Read a Word document.

    Each paragraph is a line. Notes and comments follow what they are to. Page headers and footers,
    tables of contents and deletions are not read.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    package = OfficePackage(name, data, "word")
    styles = read_styles(package.events(package.related("styles")))
    numbering = Numbering(package.events(package.related("numbering")))
    story = _Story(styles, numbering, {})
    notes = {}
    for part in ("footnotes", "endnotes", "comments"):
        notes.update(_read_notes(story, package.events(package.related(part))))
    body = _Story(styles, numbering, notes)
    for event in package.events(package.main):
        body.take(event)
    writer = ReadingWriter()
    body.flow.write_to(writer)
    return writer.reading(body.title or package.title())


def _read_notes(story: _Story, events: Iterable[XmlEvent]) -> dict[tuple[str, str], list[Draft]]:
    """Return the notes of a part by what they are and their identifiers."""
    notes = {}
    kinds = tuple(NOTES.values())
    author = ""
    for event in events:
        if event.name not in kinds:
            story.take(event)
        elif event.opens:
            author = " ".join(event.attributes.get("author", "").split())
            key = event.name, event.attributes.get("id", "")
            separates = event.attributes.get("type", "normal") != "normal"
            story.flow.open(Frame.STORY)
        else:
            drafts = story.flow.close_story()
            if not separates:
                notes[key] = [_as_note(draft, author) for draft in drafts]
    return notes


def _as_note(draft: Draft, author: str) -> Draft:
    if draft.kind in (Kind.ROW, Kind.HEADER):
        return draft
    return draft._replace(kind=Kind.NOTE, marker=f"{author}: " if author else draft.marker)


class _Paragraph:
    """What is known of a paragraph that is open.

    Attributes:
        style: its style.
        numbering: the identifier of its list, where it says so itself; `0` for none.
        place: its level in that list, from 0.
        level: of a heading, where it says so itself.
        joint: what joins it to the next paragraph, where its end was deleted or it is an initial
            that is set large; None if it ends.
        plain: whether any of its text is not bold.
    """

    def __init__(self) -> None:
        self.style = Style()
        self.numbering = ""
        self.place: int | None = None
        self.level: int | None = None
        self.joint: str | None = None
        self.plain = False


class _Story(Story):
    """Reads a text from its beginning to its end.

    Args:
        styles: those of paragraphs, by their identifiers.
        numbering: counts the items of lists.
        notes: by what they are and their identifiers.

    Attributes:
        flow: what was read.
        title: what the first paragraph in the style of titles says.
    """

    def __init__(
        self,
        styles: dict[str, Style],
        numbering: Numbering,
        notes: dict[tuple[str, str], list[Draft]],
    ) -> None:
        super().__init__(LEFT_OUT)
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._paragraphs: list[_Paragraph] = []
        self._headers: list[bool] = []
        self._continues: list[bool] = []
        self._carried: list[str] = []
        self._in_properties = self._in_text = self._bold = False
        self.title: str | None = None

    def take(self, event: XmlEvent) -> None:
        """Take the next tag or text."""
        if event.name == "del" and self._in_properties and self._paragraphs:
            self._paragraphs[-1].joint = " "
        super().take(event)

    def _take_text(self, text: str) -> None:
        if self._in_text:
            self.flow.write(text)
            if self._paragraphs and not self._bold and not text.isspace():
                self._paragraphs[-1].plain = True

    def _open(self, event: XmlEvent) -> None:
        name = event.name
        if name == "t":
            self._in_text = True
        elif name == "p":
            self._paragraphs.append(_Paragraph())
            self.flow.open(Frame.PARAGRAPH)
        elif name == "r":
            self._bold = bool(self._paragraphs and self._paragraphs[-1].style.bold)
        elif name == "pPr":
            self._in_properties = True
        elif name in FRAMES:
            self._open_frame(FRAMES[name])
        elif name in BREAKS or name in SIGNS:
            self.flow.write(BREAKS.get(name) or SIGNS[name])
        elif name in NOTES:
            for draft in self._notes.pop((NOTES[name], event.attributes.get("id", "")), ()):
                self.flow.add(draft)
        elif name == "framePr" and "dropCap" in event.attributes and self._paragraphs:
            self._paragraphs[-1].joint = ""
        elif name == "docPr":
            self.flow.describe(event.attributes.get("descr", ""))
        else:
            self._take_property(name, event.attributes.get("val", ""))

    def _open_frame(self, frame: Frame) -> None:
        self.flow.open(frame)
        if frame is Frame.ROW:
            self._headers.append(False)
        elif frame is Frame.CELL:
            self._continues.append(False)

    def _take_property(self, name: str, value: str) -> None:
        """Take a property of what is open."""
        if name == "tblHeader" and self._headers:
            self._headers[-1] = value not in OFF
        elif name == "vMerge" and self._continues:
            self._continues[-1] = value != "restart"
        elif name == "b" and not self._in_properties:
            self._bold = value not in OFF
        elif name == "rStyle" and value == "Strong":
            self._bold = True
        elif self._in_properties and self._paragraphs:
            self._take_paragraph_property(self._paragraphs[-1], name, value)

    def _take_paragraph_property(self, paragraph: _Paragraph, name: str, value: str) -> None:
        if name == "pStyle":
            paragraph.style = self._styles.get(value) or Style(value)
        elif name == "numId":
            paragraph.numbering = value
        elif name == "ilvl" and value in LEVELS:
            paragraph.place = int(value)
        elif name == "outlineLvl" and value in LEVELS:
            paragraph.level = int(value) + 1

    def _close(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "p":
            self._end_paragraph()
        elif name == "pPr":
            self._in_properties = False
        elif name == "tc":
            self.flow.close_cell(continues=self._continues.pop())
        elif name == "tr":
            self.flow.close_row(is_header=self._headers.pop())
        elif name == "tbl":
            self.flow.close_table(may_have_header=True)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        text, inner = self.flow.close_paragraph()
        self._carried.append(text)
        if paragraph.joint is not None:
            self._carried.append(paragraph.joint)
        else:
            draft = self._draft(paragraph, "".join(self._carried))
            self._carried.clear()
            if draft:
                self.flow.add(draft)
        for each in inner:
            self.flow.add(each)

    def _draft(self, paragraph: _Paragraph, text: str) -> Draft | None:
        """Return a paragraph as a block; None for the title and for the table of contents."""
        style = paragraph.style
        kind = KINDS.get(style.name, Kind.PARAGRAPH)
        if kind is not Kind.CODE:
            text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if CONTENTS.fullmatch(style.name):
            return None
        if style.name == "title" and self.title is None and text:
            self.title = " ".join(text.split())
            return None
        level = paragraph.level or style.level
        marker, place = self._marker(paragraph)
        if level:
            return Draft(text, Kind.HEADING, level, marker=marker if marker != BULLET else "")
        if marker:
            return Draft(text, Kind.ITEM, place + 1, marker=marker, bold=not paragraph.plain)
        return Draft(text, kind, bold=not paragraph.plain)

    def _marker(self, paragraph: _Paragraph) -> tuple[str, int]:
        """Count a paragraph of a list; return what stands before it, and its level, from 0."""
        style = paragraph.style
        numbering = paragraph.numbering or style.numbering
        if numbering in ("", "0"):
            listed = style.name.startswith(LISTED) and numbering == ""
            return BULLET if listed else "", 0
        place = style.place if paragraph.place is None else paragraph.place
        if place is None:
            place = self._numbering.level_of(numbering, style.identifier)
        return self._numbering.next_marker(numbering, place), place
