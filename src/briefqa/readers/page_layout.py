"""Lines on pages to paragraphs and headings, by how they are set.

The rules are those that a reader of the page goes by: more room above a line, another size, an
indented or unfilled line, the mark of a list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from briefqa.readers.blocks import INNERMOST, Kind, Reading, ReadingWriter
from briefqa.readers.page_furniture import PageLine, without_furniture
from briefqa.readers.text_layout import BULLET, DOT_LEADER

__all__ = ["LINE_HYPHEN", "lay_out"]

ROOM = 1.3
"""How much more than the usual distance between two lines separates paragraphs."""
OTHER_SIZE = 0.08
"""The share by which sizes differ that are not the same."""
LARGER = 1.1
"""How much larger than the text a heading is."""
INDENT = 0.8
"""The minimum indent of a paragraph's first line, in font sizes."""
UNFILLED = 0.15
"""The minimum share of the column that the last line of a paragraph leaves empty."""
STRIPE = 3.0
"""How wide the stripes of a page are in which lines are compared, in sizes."""
STRIPES = 64
"""The maximum number of stripes of a page."""
FILLED = 0.8
"""The maximum share of lines that end before the end of their column."""
HEADING_LIMIT = 200
"""The maximum length of a heading in characters."""
SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*+(?=\s|$)")
LINE_HYPHEN = "\ufffe"
"""What stands for a hyphen at the end of a line, where the next is already joined to it."""
HYPHENATED = re.compile(rf"(?P<left>[^\W\d_]++)(?:{LINE_HYPHEN}|[-\u2010]\n)(?P<right>[^\W\d_]++)")
TERMINAL = ".!?…:;"
CLOSING = '"”’»)]'
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
STAYS = frozenset("all anti cross ex half high low non self semi well".split())
"""What mostly stands before a hyphen."""
CELL = re.compile(r"(?<!\S)[(+\u2212-]?[$€£]?\d[\d.,]*%?\)?(?!\S)")
"""A number alone, as the cells of tables hold."""
ROWS = 3
"""The minimum number of rows of a table."""
ENTRIES = 3
"""The minimum number of entries of a table of contents."""
LEADER_LIMIT = 100
NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z]|[IVX]{1,5})\.\s")
"""How an item or a numbered heading opens."""
NUMBERED_LINES = 2
"""The maximum number of lines of a numbered heading."""
SMALL = 0.85
"""The maximum size of the number of a note, as a share of that of the words beside it."""
TOUCHING, BESIDE = 0.1, 0.6
"""The room between words that touch, and the maximum room between words, in sizes."""
LETTERS = re.compile(r"[^\W\d_]{2}")
NOT_OPENING = re.compile(r"[(\[,;:.)\]]|[a-z]")
"""How no heading opens."""
SENTENCE_INSIDE = re.compile(r"\b[a-z]{3,}[)\]]?[.!?][\"”’)\]]*+\s++[A-Z]")
FOOTNOTE = re.compile(r"\d{1,3}\s++[\"“]?[A-Z]")
MADE_UP = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b|untitled|slide 1\b|layout 1\b|document\d*\b).*"
    r"|.*\.(?:docx?|indd|pdf|tex|dvi|ai|pptx?|xlsx?|fm\d?|p65|qxd|rtf|odt|html?|eps|ps)|[\W\d_]*",
    re.IGNORECASE,
)
"""Titles that a program made up."""


Paragraph = list[PageLine]


def lay_out(
    lines: Sequence[PageLine], notes: Mapping[int, Sequence[str]], title: str | None
) -> Reading:
    """Make a reading of the lines of a document.

    Args:
        lines: all lines in the order of reading.
        notes: the comments on each page that has some, by its number.
        title: what the document says its title is; None or what a program put there if it says
            nothing, so that the first heading is the title if none is larger.
    """
    divided = without_furniture(_without_contents_list(list(_whole_lines(lines))))
    style = _Style(divided.body)
    paragraphs = [part for whole in _paragraphs(divided.body, style) for part in _by_page(whole)]
    words = Counter(word.lower() for line in divided.body for word in WORD.findall(line.text))
    writer = ReadingWriter()
    by_page = {page: list(same) for page, same in groupby(paragraphs, lambda each: each[0].page)}
    heads = {page: list(same) for page, same in groupby(divided.heads, lambda line: line.page)}
    for page in sorted(by_page.keys() | notes.keys() | heads.keys()):
        for paragraph in by_page.get(page, ()):
            _write(writer, paragraph, style, words)
        for line in heads.get(page, ()):
            writer.add(line.text, Kind.LINE, page=page)
        for note in notes.get(page, ()):
            writer.add(note, Kind.NOTE, page=page)
    return writer.reading(title if title and not MADE_UP.fullmatch(title) else None)


def _whole_lines(lines: Iterable[PageLine]) -> Iterator[PageLine]:
    """Join the parts of lines that the raised number of a note cuts."""
    last: PageLine | None = None
    for line in lines:
        if last and (whole := _as_one(last, line)):
            last = whole
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _as_one(last: PageLine, line: PageLine) -> PageLine | None:
    """Return two parts of a line as one; None if they are none."""
    size = max(last.size, line.size)
    gap = line.left - last.right
    if last.page != line.page or not -TOUCHING * size <= gap <= BESIDE * size:
        return None
    small = last.end_size < SMALL * line.size
    opens = small and last.text.isdigit() and 0 <= last.bottom - line.bottom < size
    ends = min(last.end_size, line.size) < SMALL * size and abs(last.bottom - line.bottom) < 1
    if not (opens or ends):
        return None
    text = f"{last.text} {line.text}" if opens or gap > TOUCHING * size else last.text + line.text
    return line._replace(
        text=text,
        left=last.left,
        bottom=line.bottom if opens else last.bottom,
        size=size,
        bold=last.bold and line.bold,
    )


def _without_contents_list(lines: Sequence[PageLine]) -> list[PageLine]:
    """Leave out the lines of a contents list, unless they are all there is."""
    texts = {line.text.casefold() for line in lines}
    entries = {line for line in lines if _is_entry(line.text, texts)}
    several = len(entries) >= ENTRIES and len(entries) < len(lines)
    return [line for line in lines if line not in entries] if several else list(lines)


def _is_entry(text: str, texts: Collection[str]) -> bool:
    """Whether a line leads to a page: by dots, or as what stands before a number is a line too."""
    if DOT_LEADER.search(text[-LEADER_LIMIT:]):
        return True
    name, _, number = text.rpartition(" ")
    return number.isdigit() and len(name) > 2 and name.casefold() in texts


def _write(
    writer: ReadingWriter, paragraph: Paragraph, style: _Style, words: Mapping[str, int]
) -> None:
    kind, level = style.kind(paragraph, opens=not writer.blocks)
    page = paragraph[0].page
    if kind is Kind.PARAGRAPH and _are_rows(paragraph):
        for line in paragraph:
            writer.add(line.text, Kind.ROW, page=line.page)
    else:
        writer.add(_joined(paragraph, words), kind, page=page, level=level)


def _are_rows(paragraph: Paragraph) -> bool:
    """Whether lines are the rows of a table: all but the first end with numbers, several a row."""
    if len(paragraph) < ROWS:
        return False
    numbers = [len(CELL.findall(line.text)) for line in paragraph[1:]]
    return min(numbers) > 0 and 2 * sum(count > 1 for count in numbers) > len(numbers)


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
        self._pitch = sorted(pitches)[len(pitches) // 2] if pitches else 1.2
        # Bounded, so that a page of any width takes linear time. Lines that are written from right
        # to left end before they begin.
        reach = max((edge for line in lines for edge in (line.left, line.right)), default=0.0)
        self._stripe = max(STRIPE * self._size, reach / STRIPES)
        rights: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        for line in lines:
            first, last = sorted([self._stripe_at(line.left), self._stripe_at(line.right)])
            for stripe in range(first, last + 1):
                rights[line.page, stripe].append(line.right)
        self._right = {key: sorted(ends)[int(FILLED * len(ends))] for key, ends in rights.items()}

    def kind(self, paragraph: Paragraph, *, opens: bool) -> tuple[Kind, int | None]:
        """Tell what a paragraph is, and how deep a heading.

        Args:
            paragraph: its lines.
            opens: whether it is the first of the document; in bold, it may be its title.
        """
        first = paragraph[0]
        length = sum(len(line.text) for line in paragraph)
        if length <= HEADING_LIMIT and self._may_be_heading(paragraph):
            if level := self._levels.get(round(first.size, 1)):
                return Kind.HEADING, min(level, 6)
            if first.bold and not self._bold:
                asks = paragraph[-1].bold and paragraph[-1].text.endswith("?")
                if asks or not _is_finished(paragraph[-1]):
                    opens = opens and not asks
                    return Kind.HEADING, min(len(self._levels) + 1, 6) if opens else INNERMOST
        if BULLET.match(first.text):
            return Kind.ITEM, None
        alone = len(paragraph) == 1 and not _is_finished(first)
        return Kind.LINE if alone else Kind.PARAGRAPH, None

    def _may_be_heading(self, paragraph: Paragraph) -> bool:
        text = " ".join(line.text for line in paragraph)
        numbered = NUMBERED.match(text) and len(paragraph) <= NUMBERED_LINES
        if BULLET.match(text) and not (numbered or text.isupper()):
            return False
        opens = NOT_OPENING.match(text) is None
        asks = paragraph[0].bold and text.endswith("?")
        single = asks or not SENTENCE_INSIDE.search(text)
        return opens and single and LETTERS.search(text) is not None

    def separates(self, paragraph: Paragraph, line: PageLine) -> bool:
        """Whether a new paragraph begins with `line`."""
        above = paragraph[-1]
        if _differ_in_size(above, line):
            return True
        if FOOTNOTE.match(line.text) and _is_finished(above):
            return True
        if BULLET.match(line.text) or (above.bold != line.bold and not _is_open(above)):
            return True
        distance = (above.foot - line.bottom) / line.size
        if above.page != line.page or distance <= 0:
            return not self._goes_on(paragraph, line)
        if CELL.fullmatch(line.text) and _is_broken_off(above):
            return False
        if distance > self._pitch * ROOM or (_is_finished(above) and self._is_unfilled(above)):
            return True
        moved, least = line.left - above.left, INDENT * line.size
        if BULLET.match(paragraph[0].text):
            # The second line of an item stands beneath its text, not beneath its mark.
            return len(paragraph) > 1 and abs(moved) > least
        if above.left - paragraph[0].left > least:
            return moved < -least
        ended = _is_finished(above) or self._is_unfilled(above) or _is_row(above)
        return moved > least and ended and not self._is_centred(above, line)

    def _goes_on(self, paragraph: Paragraph, line: PageLine) -> bool:
        """Whether a paragraph goes on over the end of a page or a column."""
        above = paragraph[-1]
        if _is_finished(above) or round(line.size, 1) in self._levels:
            return False
        return line.text[0].islower() or (len(paragraph) > 1 and not self._is_unfilled(above))

    def _is_centred(self, above: PageLine, line: PageLine) -> bool:
        """Whether two lines of a heading stand around one middle."""
        middles = above.left + above.right, line.left + line.right
        return round(line.size, 1) in self._levels and abs(middles[0] - middles[1]) < line.size

    def _is_unfilled(self, line: PageLine) -> bool:
        """Whether a line ends before most of those do that are above and below its beginning."""
        right = self._right[line.page, self._stripe_at(line.left)]
        return line.right < right - UNFILLED * (right - line.left)

    def _stripe_at(self, place: float) -> int:
        return int(max(0.0, place) / self._stripe)


def _differ_in_size(above: PageLine, line: PageLine) -> bool:
    """Whether two lines have no size in common."""
    return all(
        abs(one - other) > OTHER_SIZE * max(one, other)
        for one in (above.size, above.end_size)
        for other in (line.size, line.end_size)
    )


def _is_finished(line: PageLine) -> bool:
    return line.text.rstrip(CLOSING)[-1:] in TERMINAL


def _is_row(line: PageLine) -> bool:
    """Whether a line ends with a number, as the rows of tables do."""
    return CELL.fullmatch(line.text.rpartition(" ")[2]) is not None


def _is_broken_off(line: PageLine) -> bool:
    """Whether a line is the beginning of a sentence whose end is missing."""
    words = line.text.split()
    return len(words) > 3 and words[-1].isalpha() and words[-1].islower()


def _is_open(line: PageLine) -> bool:
    """Whether a line cannot be the last of its paragraph."""
    return line.text[-1] in ",-"


def _paragraphs(lines: Sequence[PageLine], style: _Style) -> Iterator[Paragraph]:
    """Put the lines of each paragraph together, over the ends of pages too."""
    paragraph: Paragraph = []
    for line in lines:
        if paragraph and style.separates(paragraph, line):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _by_page(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Split a paragraph after the sentence that the end of a page cuts in two.

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


def _joined(paragraph: Paragraph, words: Mapping[str, int]) -> str:
    """Return the text of a paragraph on its lines, without the hyphens that split words.

    The hyphen stays where the document writes the word with one elsewhere more often, and in words
    that have another hyphen.
    """

    def whole(hyphen: re.Match[str]) -> str:
        left, right = hyphen["left"], hyphen["right"]
        kept, joined = f"{left}-{right}", left + right
        with_hyphen, without = words.get(kept.lower(), 0), words.get(joined.lower(), 0)
        around = hyphen.string[max(0, hyphen.start() - 1) : hyphen.end() + 1]
        stays = not right[0].islower() or len(left) == 1 or "-" in (around[0], around[-1])
        if with_hyphen != without:
            stays = with_hyphen > without
        return kept if stays or (not without and left.lower() in STAYS) else joined

    text = HYPHENATED.sub(whole, "\n".join(line.text for line in paragraph))
    return text.replace(LINE_HYPHEN, "-")
