"""OpenDocument presentations (.odp): the slides, each with its notes."""

from __future__ import annotations

from briefqa.readers.archive import Archive
from briefqa.readers.blocks import Kind, Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.odf_story import OdfStory
from briefqa.readers.odf_styles import OdfStyles
from briefqa.readers.odt import title_of
from briefqa.readers.xml import parse

__all__ = ["read_odp"]

FURNITURE = frozenset(["page", "handout", "header", "footer", "date-time", "page-number"])
"""Classes of frames that hold nothing of their slide's own."""


def read_odp(name: str, data: bytes) -> Reading:
    """Read a presentation.

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
    story = OdfStory(styles)
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
    return writer.reading(title_of(name, archive))
