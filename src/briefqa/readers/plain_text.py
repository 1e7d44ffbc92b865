"""Plain text: paragraphs, headings, lists and page furniture, told apart by their layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.readers.decoding import decode_document
from briefqa.readers.outline import NUMBERED, outlined
from briefqa.readers.text_layout import BULLET, Draft, Layout
from briefqa.records import Record
from briefqa.spans import Span, lines_of, reversed_lines_of, trim

__all__ = ["read_plain_text"]

STRETCH = re.compile(r"\S.*+(?:\n[^\S\n]*+\S.*+)*+")
"""Neighbouring lines, none of them blank."""
PAGE_NUMBER = re.compile(
    r"\W*(?:\d{1,3}|page\s+\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\W*|.*\[page\s+\d{1,4}\]",
    re.IGNORECASE,
)
PLAIN_LINE = re.compile(r"[^\w\n]*+(?!page)[^\W\d_]", re.IGNORECASE)
"""The beginning of a line that is surely no page number and no rule, as nearly all are."""
WORD = re.compile(r"[^\W_]")
DECORATION = " \t#*=_~-–—"
HEADING_LIMIT = 120
"""Characters; a longer line is a paragraph."""
SENTENCE_INSIDE = re.compile(r"\b[a-z]{3,}[.!?][\"”’»)\]]*+[ \t]++[A-Z]| {3}|\t")
"""What no heading has inside: the end of a sentence, or the room between columns."""
PAGE_NUMBERS_IN_A_ROW = 2
"""A longer run of bare numbers is data."""


class Chunk(Record):
    """Neighbouring lines without a blank one between, furniture at the edges left out."""

    span: Span
    lines: int
    paged: bool
    """Whether a page number stands at its edge or next to it."""


def read_plain_text(name: str, data: bytes) -> Reading:
    """Read a text file.

    A short line alone between blank lines, without a full stop, is a heading if a paragraph
    follows; the first of the document is its title. A bare page number, a rule of dashes, the
    title said again and a heading beside a page number said again are page furniture. Lists keep
    their lines. A document of headings alone is a list.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are no text.
    """
    text = decode_document(name, data)
    chunks = list(_chunks(text))
    title = _title(text, chunks)
    body = list(_without_furniture(text, chunks[1:] if title else chunks, title))
    if not body:
        return Reading(text, title, tuple(Block(chunk.span, Kind.LINE) for chunk in chunks))
    return Reading(text, title, tuple(outlined(text, list(_drafts(text, body)))))


def _drafts(text: str, chunks: Iterable[Chunk]) -> Iterator[Draft]:
    layout = Layout(text)
    for chunk in chunks:
        if _looks_like_heading(text, chunk):
            yield layout.alone(chunk.span)
        else:
            yield from layout.drafts(chunk.span)


def _chunks(text: str) -> Iterator[Chunk]:
    """Part the text at its blank lines; chunks of furniture alone are left out."""
    chunks = [_chunk(text, stretch) for stretch in _stretches(text)]
    numbered = [chunk.paged and not chunk.lines for chunk in chunks]
    above, below = [False, *numbered], [*numbered[1:], False]
    for chunk, *beside in zip(chunks, above, below, strict=False):
        if chunk.lines:
            yield chunk._replace(paged=True) if any(beside) else chunk


def _stretches(text: str) -> Iterator[Span]:
    """Yield what stands between blank lines, trimmed."""
    for match in STRETCH.finditer(text):
        start, end = match.span()
        yield Span(start, start + len(match[0].rstrip()) if text[end - 1].isspace() else end)


def _chunk(text: str, stretch: Span) -> Chunk:
    """Leave the rules and page numbers at both edges out, which may leave nothing."""
    start, end = stretch.start, stretch.end
    last_line = max(start, text.rfind("\n", start, end) + 1)
    plain = text[end - 1] != "]" and PLAIN_LINE.match(text, start)
    if plain and PLAIN_LINE.match(text, last_line):
        return Chunk(stretch, text.count("\n", start, end) + 1, False)
    first, paged_above = _skip_furniture(text, lines_of(text, stretch))
    if first is None:
        return Chunk(Span(0, 0), 0, paged_above)
    rest = Span(first.start, stretch.end)
    last, paged_below = _skip_furniture(text, reversed_lines_of(text, rest))
    span = trim(text, Span(rest.start, last.end if last else rest.end))
    return Chunk(span, text.count("\n", span.start, span.end) + 1, paged_above or paged_below)


def _skip_furniture(text: str, lines: Iterable[Span]) -> tuple[Span | None, bool]:
    """Find the first line that is no furniture, and tell whether a page number is before it."""
    numbers, first = 0, None
    for line in lines:
        first = first or line
        piece = line.slice(text).strip()
        if _is_page_number(piece):
            numbers += 1
        elif WORD.search(piece):
            break
    else:
        line = None
    if numbers > PAGE_NUMBERS_IN_A_ROW:
        return first, False
    return line, numbers > 0


def _is_page_number(line: str) -> bool:
    return len(line) <= HEADING_LIMIT and PAGE_NUMBER.fullmatch(line) is not None


def _looks_like_heading(text: str, chunk: Chunk) -> bool:
    if chunk.lines > 1 or chunk.span.length > HEADING_LIMIT:
        return False
    line = chunk.span.slice(text)
    if line.rstrip("\"'”’»)]")[-1:] in ".!;,…。！" or SENTENCE_INSIDE.search(line):
        return False
    return not BULLET.match(line) or _is_numbered_heading(line)


def _is_numbered_heading(line: str) -> bool:
    """Whether a line that opens as an item does is a heading: all of it is in capitals."""
    return line.isupper() and NUMBERED.match(line) is not None


def _title(text: str, chunks: Sequence[Chunk]) -> str | None:
    """Return the first chunk as the title if it looks like one and something follows it."""
    if len(chunks) < 2 or not _looks_like_heading(text, chunks[0]):
        return None
    return _plain(chunks[0].span.slice(text))


def _plain(line: str) -> str:
    """A heading without its decoration, such as the number signs and dashes around it."""
    return line.strip(DECORATION) or line


def _without_furniture(text: str, chunks: Sequence[Chunk], title: str | None) -> Iterator[Chunk]:
    """Leave out the title said again, and running heads: headings beside page numbers, again."""
    seen = {title}
    for chunk in chunks:
        if chunk.lines > 1 or chunk.span.length > HEADING_LIMIT:
            yield chunk
            continue
        line = _plain(chunk.span.slice(text))
        if line == title or (chunk.paged and line in seen):
            continue
        if chunk.paged or _looks_like_heading(text, chunk):
            seen.add(line)
        yield chunk
