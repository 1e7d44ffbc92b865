"""The headings of a document, and how many matches are under each, without Textual."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefqa.documents import Document
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui.large_files import AnyDocument

__all__ = ["NO_OUTLINE", "Heading", "Outline", "count_matches"]

TEXT_LIMIT = 200
"""Characters of a heading that are shown."""


class Heading(Record):
    """A heading.

    Attributes:
        span: characters of the document's text.
        depth: the number of headings that it is under.
        text: it on one line, sanitised.
    """

    span: Span
    depth: int
    text: str


class Outline:
    """The title of a document, if its text begins with it, and its headings, in order.

    Args:
        document: the document.

    Attributes:
        document: the same.
        spans: the characters of each heading.
    """

    def __init__(self, document: AnyDocument) -> None:
        self.document = document
        blocks = [block for block in document.blocks if block.is_heading]
        self.spans = [block.span for block in blocks]
        self._levels = [block.level or 1 for block in blocks]
        title = _title(document)
        if title and (not self.spans or title.end <= self.spans[0].start):
            self.spans.insert(0, title)
            self._levels.insert(0, 0)

    def headings(self) -> Iterator[Heading]:
        """Yield the headings; one of a lower level ends the headings above it."""
        above: list[int] = []
        for span, level in zip(self.spans, self._levels, strict=True):
            while above and above[-1] >= level:
                above.pop()
            yield Heading(span, len(above), self.text(span))
            above.append(level)

    def text(self, span: Span) -> str:
        """Return a heading on one line, sanitised."""
        text = self.document.text[span.start : span.end]
        return sanitise_name(" ".join(text.split()))[:TEXT_LIMIT]

    def above(self, offset: int) -> int | None:
        """Return the number of the heading that a character is in or under, from 0; else None."""
        number = bisect_right(self.spans, offset, key=lambda span: span.start)
        return number - 1 if number else None


def count_matches(spans: Sequence[Span], matches: Sequence[Span], end: int) -> list[int]:
    """Return how many matches begin from each span on, before the next.

    Args:
        spans: the headings, in order.
        matches: the matches, in order.
        end: the length of the text.
    """
    edges = [*(span.start for span in spans), end]
    places = [bisect_left(matches, edge, key=lambda span: span.start) for edge in edges]
    return [after - before for before, after in pairwise(places)]


def _title(document: AnyDocument) -> Span | None:
    """Return where the title is, if the text begins with it."""
    title = document.title
    start = document.text[: 2 * len(title) + 10].find(title)
    return Span(start, start + len(title)) if start >= 0 and title else None


NO_OUTLINE = Outline(Document("", "", "", ()))
"""The outline while there is no document."""
