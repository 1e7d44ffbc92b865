"""Lines on pages to paragraphs and headings, by how they are set.

The rules are those that a reader of the page goes by: more room above a line, another size, an
indented or unfilled line, the mark of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from briefqa.readers.blocks import Kind, Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.text_layout import BULLET
from briefqa.records import Record

__all__ = ["LINE_HYPHEN", "PageLine", "lay_out"]

EDGE = 2
"""Lines at the top and the bottom of a page that may be running heads."""
OFTEN = 3
"""Pages that a line stands at the edge of, to be a running head; 2 in a shorter document."""
PAGE_NUMBER = re.compile(
    r"\W*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
ROOM = 1.3
"""How much more than the usual distance of two lines parts paragraphs."""
OTHER_SIZE = 0.08
"""The share by which sizes differ that are not the same."""
LARGER = 1.1
"""How much larger than the text a heading is."""
INDENT = 0.8
"""How far a paragraph's first line is moved in at the least, in sizes."""
UNFILLED = 0.15
"""The share of the column that the last line of a paragraph leaves empty at the least."""
HEADING_LIMIT = 200
"""Characters of a heading at the most."""
SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*+(?=\s|$)")
LINE_HYPHEN = "\ufffe"
"""What stands for a hyphen at the end of a line, where the next is already joined to it."""
PARTED = re.compile(rf"([^\W\d_]++)(?:{LINE_HYPHEN}|[-\u2010]\n)([^\W\d_]++)")
TERMINAL = ".!?…:;"
CLOSING = '"”’»)]'
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


class PageLine(Record):
    """A line of a page, in points from the page's lower left corner.

    Attributes:
        text: its characters, white space folded.
        page: the page, from 1.
        left: where it begins.
        right: where it ends.
        bottom: its lower edge at the beginning.
        foot: its lower edge at the end, which is that of the next line where a hyphen joins them.
        size: its height.
        bold: whether it begins in a bold font.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    foot: float
    size: float
    bold: bool


Paragraph = list[PageLine]


def lay_out(lines: Sequence[PageLine], title: str | None) -> Reading:
    """Make a reading of the lines of a document.

    Args:
        lines: all lines in the order of reading.
        title: what the document says its title is; a first heading larger than all others is
            the better title.
    """
    body = _without_furniture(lines)
    style = _Style(body)
    paragraphs = [part for whole in _paragraphs(body, style) for part in _by_page(whole)]
    compounds = frozenset(word.lower() for line in body for word in WORD.findall(line.text))
    writer = ReadingWriter()
    headed = False
    for paragraph in paragraphs:
        kind, level = style.kind(paragraph)
        headed = headed or level == 1
        text = _joined(paragraph, compounds)
        writer.add(text, kind, page=paragraph[0].page, level=level)
    return writer.reading(None if headed else title)


def _without_furniture(lines: Sequence[PageLine]) -> list[PageLine]:
    """Leave out the page numbers, and the lines that stand at the edge of several pages."""
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    edges = [_edges(page) for page in pages]
    counts = Counter(key for edge in edges for key in {_key(line) for line in edge})
    often = min(OFTEN, max(2, len(pages)))
    kept: list[PageLine] = []
    for page, edge in zip(pages, edges, strict=True):
        furniture = {
            line for line in edge
            if counts[_key(line)] >= often or PAGE_NUMBER.fullmatch(line.text)
        }  # fmt: skip
        kept.extend(line for line in page if line not in furniture)
    return kept


def _edges(page: Sequence[PageLine]) -> list[PageLine]:
    """The lines at the top and at the bottom of a page."""
    by_height = sorted(page, key=lambda line: line.bottom)
    return [*by_height[:EDGE], *by_height[-EDGE:]]


def _key(line: PageLine) -> str:
    """The same for a running head on each page, though it may hold the page's number."""
    return DIGITS.sub("0", line.text.casefold())


class _Style:
    """How a document is set: what is usual tells what is not.

    Args:
        lines: all its lines.
    """

    def __init__(self, lines: Sequence[PageLine]) -> None:
        sizes: Counter[float] = Counter()
        bold: Counter[bool] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
            bold[line.bold] += len(line.text)
        self._size = max(sizes, key=lambda size: (sizes[size], -size), default=1.0)
        self._bold = bold[True] > bold[False]
        larger = {size for size in sizes if size > self._size * LARGER}
        self._levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), 1)}
        pitches = [
            (above.foot - line.bottom) / line.size
            for above, line in pairwise(lines)
            if above.page == line.page and 0 < above.foot - line.bottom < 2 * line.size
        ]
        self._pitch = median(pitches) if pitches else 1.2
        self._right = {page: max(line.right for line in of_page) for page, of_page in
                       groupby(lines, key=lambda line: line.page)}  # fmt: skip

    def kind(self, paragraph: Paragraph) -> tuple[Kind, int | None]:
        """Tell what a paragraph is, and how deep a heading."""
        first = paragraph[0]
        length = sum(len(line.text) for line in paragraph)
        if length <= HEADING_LIMIT and not BULLET.match(first.text):
            if level := self._levels.get(round(first.size, 1)):
                return Kind.HEADING, min(level, 6)
            if first.bold and not self._bold and not _is_finished(paragraph[-1]):
                return Kind.HEADING, min(len(self._levels) + 1, 6)
        if BULLET.match(first.text):
            return Kind.ITEM, None
        alone = len(paragraph) == 1 and not _is_finished(first)
        return Kind.LINE if alone else Kind.PARAGRAPH, None

    def parts(self, above: PageLine, line: PageLine) -> bool:
        """Whether a new paragraph begins with `line`."""
        if abs(above.size - line.size) > OTHER_SIZE * max(above.size, line.size):
            return True
        if BULLET.match(line.text) or (above.bold != line.bold and not _is_open(above)):
            return True
        distance = (above.foot - line.bottom) / line.size
        if above.page != line.page or distance <= 0:
            return not self._goes_on(above, line)
        return (
            distance > self._pitch * ROOM
            or (line.left - above.left > INDENT * line.size and not self._is_centred(above, line))
            or (_is_finished(above) and self._is_unfilled(above))
        )

    def _goes_on(self, above: PageLine, line: PageLine) -> bool:
        """Whether a paragraph goes on over the end of a page or a column."""
        if _is_finished(above) or round(line.size, 1) in self._levels:
            return False
        return line.text[0].islower() or not self._is_unfilled(above)

    def _is_centred(self, above: PageLine, line: PageLine) -> bool:
        """Whether two lines of a heading stand around one middle."""
        middles = above.left + above.right, line.left + line.right
        return round(line.size, 1) in self._levels and abs(middles[0] - middles[1]) < line.size

    def _is_unfilled(self, line: PageLine) -> bool:
        right = self._right[line.page]
        return line.right < right - UNFILLED * (right - line.left)


def _is_finished(line: PageLine) -> bool:
    return line.text.rstrip(CLOSING)[-1:] in TERMINAL


def _is_open(line: PageLine) -> bool:
    """Whether a line cannot be the last of its paragraph."""
    return line.text[-1] in ",-"


def _paragraphs(lines: Sequence[PageLine], style: _Style) -> Iterator[Paragraph]:
    """Put the lines of each paragraph together, over the ends of pages too."""
    paragraph: Paragraph = []
    for line in lines:
        if paragraph and style.parts(paragraph[-1], line):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _by_page(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part a paragraph after the sentence that the end of a page cuts in two.

    So each sentence is cited by the page that it begins on.
    """
    begun: Paragraph = []
    for _, lines in groupby(paragraph, key=lambda line: line.page):
        rest = list(lines)
        if begun:
            count, tail = _to_sentence_end(rest)
            yield [*begun, *rest[:count], *tail[:1]]
            rest = [*tail[1:], *rest[count + bool(tail) :]]
        begun = rest
    if begun:
        yield begun


def _to_sentence_end(lines: Paragraph) -> tuple[int, Paragraph]:
    """Count the whole lines of a sentence that goes on, and cut the line that it ends in."""
    for count, line in enumerate(lines):
        if end := SENTENCE_END.search(line.text):
            parts = (line.text[: end.end()], line.text[end.end() :].strip())
            return count, [line._replace(text=text) for text in parts if text]
    return len(lines), []


def _joined(paragraph: Paragraph, compounds: frozenset[str]) -> str:
    """The text of a paragraph on its lines, words that a hyphen parts put together.

    The hyphen stays where the document writes the word with one elsewhere too.
    """

    def whole(parted: re.Match[str]) -> str:
        left, right = parted.groups()
        stays = not right[0].islower() or f"{left}-{right}".lower() in compounds
        return f"{left}-{right}" if stays else left + right

    text = PARTED.sub(whole, "\n".join(line.text for line in paragraph))
    return text.replace(LINE_HYPHEN, "-")
