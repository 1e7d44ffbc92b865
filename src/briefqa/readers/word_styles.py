"""Styles of Word documents: what paragraphs of each are (ECMA-376, part 1, section 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.readers.blocks import Kind
from briefqa.readers.xml import Event

__all__ = ["CONTENTS", "KINDS", "Style", "heading_level", "read_styles"]

HEADING = re.compile(
    r"(?:heading|head|h)[ _-]?(?:(?P<number>[1-9])|(?P<letter>[a-e]))|chapter ?title", re.IGNORECASE
)
"""Names of headings: those of Word itself, which are the same in all languages, and of templates
that publishers use."""
KINDS = {
    "caption": Kind.CAPTION,
    "quote": Kind.QUOTATION,
    "intense quote": Kind.QUOTATION,
    "block text": Kind.QUOTATION,
    "definition term": Kind.TERM,
    "definition": Kind.DEFINITION,
    "source code": Kind.CODE,
    "html preformatted": Kind.CODE,
    "macro": Kind.CODE,
    "subtitle": Kind.LINE,
    "author": Kind.LINE,
    "date": Kind.LINE,
}
"""What paragraphs are by the names of their styles."""
CONTENTS = re.compile(r"toc \d|table of (?:figures|authorities)")
"""Styles of the lines of a table of contents."""
DEPTH_LIMIT = 50
"""Styles that are based on one another, at the most."""


class Style:
    """A style of paragraphs.

    Attributes:
        identifier: what paragraphs refer to it by.
        name: its name, in small letters; that of a built-in style is English everywhere.
        level: of headings, from 1; None for other paragraphs.
        numbering: the identifier of the list that its paragraphs are in; empty for none.
        place: the level of that list, from 0; None where the list tells.
        bold: whether its text is bold.
    """

    def __init__(self, identifier: str = "") -> None:
        self.identifier = identifier
        self.name = identifier.lower()
        self.level: int | None = None
        self.numbering = ""
        self.place: int | None = None
        self.bold = False
        self.base = ""

    def inherit(self, base: Style) -> None:
        """Take over what the style does not say itself."""
        self.level = base.level if self.level is None else self.level
        self.numbering = self.numbering or base.numbering
        self.place = base.place if self.place is None else self.place
        self.bold = self.bold or base.bold


def read_styles(events: Iterator[Event]) -> dict[str, Style]:
    """Return the styles of paragraphs by their identifiers.

    Args:
        events: of the part that defines them.
    """
    styles: dict[str, Style] = {}
    style = Style()
    for event in events:
        if not event.opens:
            continue
        value = event.attributes.get("val", "")
        match event.name:
            case "style":
                style = Style(event.attributes.get("styleId", ""))
                if event.attributes.get("type", "paragraph") == "paragraph":
                    styles.setdefault(style.identifier, style)
            case "name":
                style.name = value.lower()
                style.level = heading_level(value)
            case "basedOn":
                style.base = value
            case "outlineLvl" if style.level is None and value in tuple("012345678"):
                style.level = int(value) + 1
            case "numId":
                style.numbering = value
            case "ilvl" if value in tuple("012345678"):
                style.place = int(value)
            case "b":
                style.bold = value not in ("0", "false", "off")
    _resolve(styles)
    return styles


def heading_level(name: str) -> int | None:
    """Return the level of headings of a style; None where it is none for headings."""
    found = HEADING.fullmatch(name)
    if found is None:
        return None
    if found["letter"]:
        return "abcde".index(found["letter"].lower()) + 2
    return int(found["number"] or 1)


def _resolve(styles: dict[str, Style]) -> None:
    """Let each style have what those that it is based on say."""
    for style in styles.values():
        base = styles.get(style.base)
        for _ in range(DEPTH_LIMIT):
            if base is None:
                break
            style.inherit(base)
            base = styles.get(base.base)
