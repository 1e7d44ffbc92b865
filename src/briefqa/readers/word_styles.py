"""Styles of Word documents, and the numbers of their lists.

The elements are those of ECMA-376, part 1, sections 17.7 and 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.readers.blocks import Kind, written_number
from briefqa.readers.package import XmlEvent
from briefqa.records import Record

__all__ = ["BULLET", "CONTENTS", "KINDS", "Numbering", "Style", "heading_level", "read_styles"]

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
"""The kinds of paragraphs by the names of their styles."""
CONTENTS = re.compile(r"toc \d|table of (?:figures|authorities)")
"""Styles of the lines of a table of contents."""
DEPTH_LIMIT = 50
"""The maximum length of a chain of styles that are based on each other."""

LEVELS = 9
"""Levels of a list."""
PLACE = re.compile(r"%([1-9])")
"""What stands in the text of a level for the number of one."""
BULLET = "- "
"""The marker of items that have no number."""
HIGHEST = 9999
"""The last number that is shown."""


class Style:
    """A style of paragraphs.

    Attributes:
        identifier: what paragraphs refer to it by.
        name: its name, in small letters; that of a built-in style is English everywhere.
        level: of headings, from 1; None for other paragraphs.
        numbering: the identifier of the list that its paragraphs are in; empty for none.
        place: the level of that list, from 0; None if the list tells.
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
        """Inherit what the style does not set itself."""
        self.level = base.level if self.level is None else self.level
        self.numbering = self.numbering or base.numbering
        self.place = base.place if self.place is None else self.place
        self.bold = self.bold or base.bold


def read_styles(events: Iterator[XmlEvent]) -> dict[str, Style]:
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
    """Return the level of headings of a style; None if it is none for headings."""
    found = HEADING.fullmatch(name)
    if found is None:
        return None
    if found["letter"]:
        return "abcde".index(found["letter"].lower()) + 2
    return int(found["number"] or 1)


def _resolve(styles: dict[str, Style]) -> None:
    """Let each style inherit from those that it is based on."""
    for style in styles.values():
        base = styles.get(style.base)
        for _ in range(DEPTH_LIMIT):
            if base is None:
                break
            style.inherit(base)
            base = styles.get(base.base)


class _Level:
    """How a level of a list is numbered.

    Attributes:
        start: its first number.
        form: the form of numbers, such as `decimal`.
        text: what is shown, such as `%1.%2`.
        style: the identifier of the style of paragraphs that are on it; empty for none.
    """

    def __init__(self) -> None:
        self.start = 1
        self.form = "decimal"
        self.text = ""
        self.style = ""


class _List(Record):
    """A list as paragraphs refer to it.

    Attributes:
        template: the identifier of the abstract list.
        starts: the numbers at which levels restart, by level.
    """

    template: str
    starts: dict[int, int]


class Numbering:
    """Counts the items of lists.

    Args:
        events: of the part that defines the lists.
    """

    def __init__(self, events: Iterator[XmlEvent]) -> None:
        self._templates: dict[str, list[_Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._define(events)

    def level_of(self, identifier: str, style: str) -> int:
        """Return the level of a list that paragraphs of a style are on, from 0."""
        levels = self._levels(identifier)
        return next((n for n, level in enumerate(levels) if style and level.style == style), 0)

    def next_marker(self, identifier: str, level: int) -> str:
        """Count an item, and return what stands before it.

        Args:
            identifier: of the list.
            level: from 0.

        Returns:
            The number and a space; `- ` for a bullet; empty if nothing is shown.
        """
        levels = self._levels(identifier)
        if not 0 <= level < len(levels):
            return BULLET if identifier != "0" else ""
        counts = self._count(identifier, level, levels)
        if levels[level].form == "bullet":
            return BULLET
        if levels[level].form == "none" or counts[level] > HIGHEST:
            return ""
        text = PLACE.sub(
            lambda place: written_number(counts[int(place[1]) - 1], levels[int(place[1]) - 1].form),
            levels[level].text,
        )
        return f"{text.strip()} " if text.strip() else ""

    def _levels(self, identifier: str) -> list[_Level]:
        found = self._lists.get(identifier)
        return self._templates.get(found.template, []) if found else []

    def _count(self, identifier: str, level: int, levels: list[_Level]) -> list[int]:
        """Count an item; lists of one template count on, and deeper levels restart."""
        used = self._lists[identifier]
        counts = self._counts.setdefault(used.template, [each.start - 1 for each in levels])
        if level in used.starts and (identifier, level) not in self._started:
            self._started.add((identifier, level))
            counts[level] = used.starts[level] - 1
        for above in range(level):
            counts[above] = max(counts[above], levels[above].start)
        counts[level] += 1
        for beneath in range(level + 1, len(levels)):
            counts[beneath] = levels[beneath].start - 1
        return counts

    def _define(self, events: Iterator[XmlEvent]) -> None:
        template = identifier = ""
        level, overridden = _Level(), 0
        for event in events:
            if not event.opens:
                continue
            value = event.attributes.get("val", "")
            match event.name:
                case "abstractNum":
                    template = event.attributes.get("abstractNumId", "")
                    self._templates[template] = [_Level() for _ in range(LEVELS)]
                    identifier = ""
                case "num":
                    identifier = event.attributes.get("numId", "")
                    self._lists[identifier] = _List("", {})
                case "abstractNumId" if identifier:
                    self._lists[identifier] = self._lists[identifier]._replace(template=value)
                case "lvlOverride" if identifier:
                    overridden = _number(event.attributes.get("ilvl", ""))
                case "startOverride" if identifier:
                    self._lists[identifier].starts[overridden] = _number(value)
                case "lvl":
                    place = _number(event.attributes.get("ilvl", ""))
                    level = _Level()
                    if template and not identifier and place < LEVELS:
                        self._templates[template][place] = level
                case "start":
                    level.start = _number(value)
                case "numFmt":
                    level.form = value
                case "lvlText":
                    level.text = value[:100]
                case "pStyle":
                    level.style = value


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0
