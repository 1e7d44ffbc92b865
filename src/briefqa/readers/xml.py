"""XML of strangers: no entities, no depth without end, nothing kept but what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from briefqa.errors import DocumentError
from briefqa.records import Record

__all__ = ["DEPTH_LIMIT", "Event", "parse"]

DEPTH_LIMIT = 500
"""Elements inside one another at the most."""
CHUNK = 64 * 1024


class Event(Record):
    """A tag, or the text between two.

    Attributes:
        name: the element's name without its namespace; empty for text.
        opens: whether the tag opens the element.
        attributes: those of an opening tag, without their namespaces; where two names are the same
            without, each stands there with its namespace and a space before it too.
        text: the characters; empty for a tag.
    """

    name: str
    opens: bool = False
    attributes: Mapping[str, str] = {}
    text: str = ""


def parse(name: str, data: bytes) -> Iterator[Event]:
    """Yield the tags and the text of an XML file in order.

    Args:
        name: the document's path, for error messages.
        data: the file.

    Raises:
        DocumentError: it is not well-formed, declares a document type, which is where entities
            are made, or nests deeper than `DEPTH_LIMIT`.
    """
    handler = _Handler(name)
    parser = handler.parser()
    try:
        for start in range(0, len(data), CHUNK):
            parser.Parse(data[start : start + CHUNK], False)
            yield from handler.events
            handler.events.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentError(name, "broken: its XML is not well-formed") from error
    yield from handler.events


class _Handler:
    """Gathers events as the parser calls it.

    Args:
        name: the document's path, for error messages.

    Attributes:
        events: those gathered; whoever takes them clears it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self.events: list[Event] = []

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = lambda text: self.events.append(Event("", text=text))
        parser.StartDoctypeDeclHandler = self._refuse
        return parser

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise DocumentError(self._name, f"its XML nests deeper than {DEPTH_LIMIT} elements")
        local = {_local(key): value for key, value in attributes.items()}
        if len(local) < len(attributes):
            local.update(attributes)
        self.events.append(Event(_local(tag), opens=True, attributes=local))

    def _close(self, tag: str) -> None:
        self._depth -= 1
        self.events.append(Event(_local(tag)))

    def _refuse(self, *_: object) -> None:
        raise DocumentError(self._name, "its XML declares a document type, which it may not")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
