"""PowerPoint presentations (.pptx): the slides, each with its notes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from briefqa.readers.blocks import Kind, Reading, ReadingWriter, written_number
from briefqa.readers.flow import Draft, Flow, Frame, Story
from briefqa.readers.package import OfficePackage, XmlEvent

__all__ = ["read_pptx"]

FRAMES = {"tbl": Frame.TABLE, "tr": Frame.ROW, "tc": Frame.CELL}
TITLES = frozenset(["title", "ctrTitle"])
FURNITURE = frozenset(["dt", "ftr", "hdr", "sldNum", "sldImg"])
"""Kinds of placeholders without content of the slide's own."""
BULLETED = frozenset(["body", "obj", ""])
"""Kinds of placeholders whose paragraphs have bullets unless they say otherwise."""
LEFT_OUT = frozenset(["Fallback"])
NUMBERINGS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
"""How items are numbered, by the beginnings of the names of numberings; others are decimals."""
LEVELS = 9
BESIDE = {"notesSlide": "notes", "comments": "comments", "diagramData": "diagram"}
"""Kinds of parts that a slide refers to, and what is read of them."""
PROGRAM_TITLES = frozenset(["PowerPoint Presentation", "Slide 1", "Presentation"])
"""Titles that programs give."""


def read_pptx(name: str, data: bytes) -> Reading:
    """Read a presentation.

    Each slide is a page; its title is a heading, its notes and comments follow it.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, encrypted or too large.
    """
    package = OfficePackage(name, data, "powerpoint")
    relations = package.relations(package.main)
    writer = ReadingWriter()
    slides = (event for event in package.events(package.main) if event.name == "sldId")
    parts = (
        relations[each].part
        for event in slides
        for each in event.attributes.values()
        if each in relations
    )
    # An attribute whose name needs its namespace is there twice.
    for page, part in enumerate(dict.fromkeys(parts), 1):
        _read_slide(package, part, writer, page)
    title = package.title()
    return writer.reading(title if title not in PROGRAM_TITLES else None)


def _read_slide(package: OfficePackage, part: str, writer: ReadingWriter, page: int) -> None:
    """Write a slide with all that belongs to it."""
    slide = _Slide(None)
    slide.take_all(package.events(part))
    drafts = slide.title + slide.flow.close_story()
    for relation in package.relations(part).values():
        if relation.kind in BESIDE:
            kind = Kind.ITEM if BESIDE[relation.kind] == "diagram" else Kind.NOTE
            beside = _Slide(kind)
            beside.take_all(package.events(relation.part))
            drafts += beside.flow.close_story()
    flow = Flow()
    for draft in drafts:
        flow.add(draft)
    flow.write_to(writer, page)


class _Slide(Story):
    """Reads a slide, or what is beside it.

    Args:
        kind: what all paragraphs are; None if that depends on their place.

    Attributes:
        flow: what was read.
        title: the title, which may stand anywhere in the file.
    """

    def __init__(self, kind: Kind | None) -> None:
        super().__init__(LEFT_OUT)
        self._kind = kind
        self._placeholder: str | None = None
        self._level = 0
        self._bullet: str | None = None
        self._counts = [0] * (LEVELS + 1)
        self._continues: list[bool] = []
        self._in_text = False
        self._has_header = False
        self._rows = 0
        self._plain = False
        self._bold = False
        self.flow.open(Frame.STORY)
        self.title: list[Draft] = []

    def take_all(self, events: Iterator[XmlEvent]) -> None:
        """Take all of a part."""
        for event in events:
            self.take(event)

    def _take_text(self, text: str) -> None:
        if self._in_text:
            self.flow.write(text)
            self._plain = self._plain or (not self._bold and not text.isspace())

    def _open(self, event: XmlEvent) -> None:
        name, attributes = event.name, event.attributes
        if name in ("sp", "graphicFrame", "pic"):
            self._placeholder, self._counts = None, [0] * (LEVELS + 1)
        elif name == "ph":
            self._placeholder = attributes.get("type", "")
        elif name in ("p", "text"):
            self._open_paragraph(is_text=name == "text")
        elif name == "pPr":
            level = attributes.get("lvl", "0")
            self._level = int(level) if level in tuple("012345678") else 0
        elif name in ("buNone", "buChar", "buBlip"):
            self._bullet = "" if name == "buNone" else "- "
        elif name == "buAutoNum":
            self._bullet = attributes.get("type", "arabicPeriod")
        elif name in FRAMES:
            self._open_frame(FRAMES[name], attributes.get("vMerge") in ("1", "true"))
        elif name == "tblPr":
            self._has_header = attributes.get("firstRow") in ("1", "true")
        elif name == "rPr":
            self._bold = attributes.get("b") in ("1", "true")
        elif name == "t":
            self._in_text = True
        elif name == "br":
            self.flow.write("\n")
        elif name == "cNvPr":
            self.flow.describe(attributes.get("descr", ""))

    def _open_paragraph(self, *, is_text: bool) -> None:
        self._level, self._bullet, self._plain, self._bold = 0, None, False, False
        self._in_text = is_text
        self.flow.open(Frame.PARAGRAPH)

    def _open_frame(self, frame: Frame, continues: bool) -> None:
        self.flow.open(frame)
        if frame is Frame.TABLE:
            self._rows = 0
        elif frame is Frame.CELL:
            self._continues.append(continues)

    def _close(self, name: str) -> None:
        if name in ("p", "text"):
            self._in_text = False
            self._end_paragraph()
        elif name == "t":
            self._in_text = False
        elif name == "tc":
            self.flow.close_cell(continues=self._continues.pop())
        elif name == "tr":
            self._rows += 1
            self.flow.close_row(is_header=self._has_header and self._rows == 1)
        elif name == "tbl":
            self.flow.close_table(may_have_header=True)
            self._has_header = False

    def _end_paragraph(self) -> None:
        text, inner = self.flow.close_paragraph()
        lines = filter(None, (" ".join(line.split()) for line in text.split("\n")))
        text = "\n".join(lines)
        if self._placeholder not in FURNITURE and text:
            if self._placeholder in TITLES and self._kind is None:
                self.title.append(Draft(" ".join(text.split()), Kind.HEADING, 1))
            else:
                self.flow.add(self._draft(text))
        for each in chain(inner):
            self.flow.add(each)

    def _draft(self, text: str) -> Draft:
        if self._kind is Kind.NOTE:
            return Draft(text, Kind.NOTE)
        marker = self._marker()
        if marker or self._kind is Kind.ITEM:
            return Draft(text, Kind.ITEM, self._level + 1, marker=marker or "- ")
        return Draft(text, Kind.PARAGRAPH, bold=not self._plain)

    def _marker(self) -> str:
        """Count the paragraph, and return what stands before it."""
        if self._bullet is None:
            return "- " if self._placeholder in BULLETED and not self._continues else ""
        if self._bullet in ("", "- "):
            return self._bullet
        self._counts[self._level] += 1
        self._counts[self._level + 1 :] = [0] * (LEVELS - self._level)
        forms = (form for mark, form in NUMBERINGS.items() if self._bullet.startswith(mark))
        number = written_number(self._counts[self._level], next(forms, "decimal"))
        if self._bullet.endswith("ParenBoth"):
            return f"({number}) "
        return f"{number}) " if self._bullet.endswith("ParenR") else f"{number}. "
