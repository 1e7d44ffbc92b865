"""What stands at the edges of pages and is no part of the text: running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from briefqa.records import Record

__all__ = ["PageLine", "TextLines", "without_furniture"]

EDGE = 3
"""Lines at the top and the bottom of a page that may be running heads."""
OFTEN = 3
"""Pages that a line stands at the edge of, to be a running head; 2 in a shorter document."""
SAME_PLACE = 4.0
"""The maximum difference between the places of a running head, in points."""
LARGER = 1.3
"""The maximum size of a running head, as a multiple of that of the text."""
APART = 1.4
"""The maximum distance between two lines of a paragraph, in font sizes."""
MARGIN = 1.6
"""How far from the text a number alone stands to be the page's, in sizes."""
PROSE = 8
"""The minimum number of lower-case words of a line of text whose numbers differ by page."""
NUMBER = re.compile(r"\d{1,9}")
PAGE_NUMBER = re.compile(
    r"\W*(?:page\s+)?(?P<number>\d{1,4}|[ivxlc]{1,7})(?P<total>\s*(?:/|of)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
SURE = re.compile(
    r"\W*page\s+\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*|[-–—]\s*\d{1,4}\s*[-–—]", re.IGNORECASE
)
"""A page number wherever it stands."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
COUNTED = 0.8
"""The minimum share of pages whose numbers count up with the pages."""
STEADY = 0.9
"""The minimum share of pages on which a number in a running head is the same."""
EVERYWHERE = 5
"""The minimum number of pages for what stands on nearly all of them to be furniture."""


class PageLine(Record):
    """A line of a page, in points from the page's lower left corner.

    Attributes:
        text: its characters, white space folded.
        page: the page, from 1.
        left: where it begins.
        right: where it ends.
        bottom: its lower edge at the beginning.
        foot: its lower edge at the end, which is that of the next line where a hyphen joins them.
        size: its height at the beginning.
        end_size: its height at the end, which differs where small capitals or a mark open it.
        bold: whether it begins and ends in a bold font.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    foot: float
    size: float
    end_size: float
    bold: bool


class TextLines(Record):
    """The lines of a document, divided.

    Attributes:
        body: the lines of its text, in the order of reading.
        heads: running heads, each once, on the page where it stands first.
    """

    body: list[PageLine]
    heads: list[PageLine]


def without_furniture(lines: Sequence[PageLine]) -> TextLines:
    """Take running heads and page numbers out of the lines of a document.

    A running head stands at the same height of several pages; what differs in it are numbers that
    count up with the pages. Page numbers do so too, away from the text. If nothing else were left,
    all lines are text.

    Args:
        lines: all lines in the order of reading.
    """
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    heads = _running_heads(pages)
    dropped = {line for head in heads for line in head}
    dropped |= set(_page_numbers(pages, dropped))
    body = [line for line in lines if line not in dropped]
    if not body:
        return TextLines(list(lines), [])
    first = [min(head, key=lambda line: line.page) for head in heads]
    kept = [line for line in first if not _is_numbering(line.text)]
    return TextLines(body, sorted(kept, key=lambda line: line.page))


def _is_numbering(text: str) -> bool:
    return PAGE_NUMBER.fullmatch(text) is not None or SURE.fullmatch(text) is not None


def _edges(page: Sequence[PageLine]) -> dict[PageLine, list[PageLine]]:
    """Return the lines at the top and at the bottom of a page that stand apart from its text.

    Returns:
        Each, with all that are no further from one another than in a paragraph: either all of them
        are furniture, or none is.
    """
    edges = {}
    by_height = sorted(page, key=lambda line: line.bottom)
    for lines in (by_height, by_height[::-1]):
        for count in range(min(EDGE, len(lines)), 0, -1):
            if _is_apart(lines, count):
                group: list[PageLine] = []
                for place in range(count):
                    group = [] if place and _is_apart(lines, place) else group
                    group.append(lines[place])
                    edges[lines[place]] = group
                break
    return edges


def _is_apart(lines: Sequence[PageLine], count: int) -> bool:
    """Whether the first lines of some are further away from the next than in a paragraph."""
    if count == len(lines):
        return True
    last, following = lines[count - 1], lines[count]
    return abs(following.bottom - last.bottom) > APART * following.size


def _running_heads(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """Return the lines of each running head."""
    places: dict[str, list[PageLine]] = defaultdict(list)
    groups: dict[PageLine, list[PageLine]] = {}
    usual = _usual_size(pages)
    for page in pages:
        edges = _edges(page)
        groups.update(edges)
        for line in edges:
            if line.size <= LARGER * usual:
                places[NUMBER.sub("0", line.text.casefold())].append(line)
    often = min(OFTEN, max(2, len(pages)))
    heads = [
        same
        for lines in places.values()
        for same in _at_one_height(lines)
        if len({line.page for line in same}) >= often and _is_repeated(same)
    ]
    repeated = {line for head in heads for line in head}
    everywhere = max(EVERYWHERE, STEADY * len(pages))
    return [
        head
        for head in heads
        if len({line.page for line in head}) >= everywhere
        or all(repeated.issuperset(groups[line]) for line in head)
    ]


def _usual_size(pages: Sequence[Sequence[PageLine]]) -> float:
    """The size in which most of a document is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=1.0)


def _at_one_height(lines: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Group lines by their heights."""
    group: list[PageLine] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        if group and line.bottom - group[-1].bottom > SAME_PLACE:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_repeated(lines: Sequence[PageLine]) -> bool:
    """Whether lines that differ in numbers alone are the same, but for the number of the page."""
    if len({line.text for line in lines}) == 1:
        return True
    if sum(word[0].islower() for word in lines[0].text.split()) >= PROSE:
        return False
    numbers = [tuple(map(int, NUMBER.findall(line.text))) for line in lines]
    columns = zip(*numbers, strict=True)
    pages = [line.page for line in lines]
    return all(_is_steady(column) or _counts_up(column, pages) for column in columns)


def _is_steady(numbers: Sequence[int]) -> bool:
    """Whether numbers are the same on nearly all pages."""
    return max(Counter(numbers).values()) >= STEADY * len(numbers)


def _counts_up(numbers: Sequence[int], pages: Sequence[int]) -> bool:
    """Whether numbers count up as pages do."""
    if len(numbers) < OFTEN:
        return False
    pairs = list(pairwise(sorted(zip(pages, numbers, strict=True))))
    right = sum(b[1] - a[1] == b[0] - a[0] > 0 for a, b in pairs)
    return right >= COUNTED * len(pairs)


def _page_numbers(
    pages: Sequence[Sequence[PageLine]], dropped: Iterable[PageLine]
) -> Iterator[PageLine]:
    """Yield the numbers alone at the edges of pages that are theirs."""
    gone = set(dropped)
    found: list[tuple[PageLine, int]] = []
    for page in pages:
        rest = [line for line in page if line not in gone]
        for line in _edges(rest):
            if SURE.fullmatch(line.text):
                yield line
            elif (number := _number(line.text)) and _is_in_margin(line, rest):
                found.append((line, number))
    for _, same in groupby(
        sorted(found, key=lambda each: each[1] - each[0].page),
        key=lambda each: each[1] - each[0].page,
    ):
        numbered = list(same)
        if len(numbered) > 1:
            yield from (line for line, _ in numbered)


def _number(text: str) -> int:
    """The number that a line is, arabic or roman; 0 if it is none."""
    found = PAGE_NUMBER.fullmatch(text)
    if not found:
        return 0
    written = found["number"].lower()
    if written.isdigit():
        return int(written)
    values = [ROMAN[letter] for letter in written]
    signed = (
        value if value >= max(values[place + 1 :], default=0) else -value
        for place, value in enumerate(values)
    )
    return max(0, sum(signed))


def _is_in_margin(line: PageLine, page: Sequence[PageLine]) -> bool:
    """Whether a line stands away from all others of its page, or at the side of none."""
    return all(
        abs(other.bottom - line.bottom) >= MARGIN * line.size for other in page if other is not line
    )
