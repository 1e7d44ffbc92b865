"""EPUB books: their chapters in the order of reading, each through the reader of HTML."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from urllib.parse import unquote

from briefqa.errors import DocumentError
from briefqa.readers.archive import Archive
from briefqa.readers.blocks import Reading, ReadingWriter
from briefqa.readers.html import decode_page, html_reading
from briefqa.readers.package import parse

__all__ = ["read_epub"]

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/rights.xml"
PAGES = frozenset(["application/xhtml+xml", "text/html"])


def read_epub(name: str, data: bytes) -> Reading:
    """Read a book.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: it is broken, protected or too large.
    """
    archive = Archive(name, data)
    if ENCRYPTION in archive.names:
        raise DocumentError(name, "protected against copying; it cannot be read")
    package = _package(name, archive)
    title, chapters = _contents(name, archive.read(package), dirname(package))
    writer = ReadingWriter()
    for chapter in chapters:
        if chapter in archive.names:
            writer.extend(html_reading(decode_page(archive.read(chapter)), whole=False))
    return writer.reading(title)


def _package(name: str, archive: Archive) -> str:
    """The member that lists the others."""
    for event in parse(name, archive.read(CONTAINER)):
        if event.opens and event.name == "rootfile":
            return event.attributes.get("full-path", "")
    raise DocumentError(name, "broken: it does not say where its chapters are")


def _contents(name: str, package: bytes, folder: str) -> tuple[str | None, list[str]]:
    """Return a book's title and its chapters, each once, in the order of reading."""
    members: dict[str, str] = {}
    spine: dict[str, None] = {}
    title, inside = "", False
    for event in parse(name, package):
        attributes = event.attributes
        if event.name == "title":
            inside = event.opens and not title
        elif inside:
            title += event.text
        elif event.name == "item" and attributes.get("media-type") in PAGES:
            # The table of contents says the headings again.
            if "nav" not in attributes.get("properties", "").split():
                path = unquote(attributes.get("href", ""))
                members[attributes.get("id", "")] = normpath(join(folder, path))
        elif event.opens and event.name == "itemref":
            spine[attributes.get("idref", "")] = None
    return " ".join(title.split()) or None, [members[key] for key in spine if key in members]
