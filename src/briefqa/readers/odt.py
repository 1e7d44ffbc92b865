"""OpenDocument texts (.odt)."""

from __future__ import annotations

from briefqa.readers.archive import Archive
from briefqa.readers.blocks import Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.odf_story import OdfStory
from briefqa.readers.odf_styles import OdfStyles
from briefqa.readers.xml import parse

__all__ = ["read_odt", "title_of"]


def read_odt(name: str, data: bytes) -> Reading:
    """Read a text.

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
    story = OdfStory(styles)
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
    return writer.reading(story.title or title_of(name, archive))


def title_of(name: str, archive: Archive) -> str | None:
    """Return the title that the properties of a document have; None where they have none."""
    inside, text = False, ""
    if "meta.xml" in archive.names:
        for event in parse(name, archive.read("meta.xml")):
            if event.name == "title":
                inside = event.opens
            elif inside:
                text += event.text
    return " ".join(text.split()) or None
