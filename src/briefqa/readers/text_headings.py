"""Headings of a plain text: which lines are headings, and how high each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from briefqa.readers.blocks import Block, Kind
from briefqa.readers.text_layout import LayoutDraft
from briefqa.spans import Span, trim

__all__ = ["NUMBERED", "SECTION", "is_numbered", "outlined"]

HEADINGS_IN_A_ROW = 2
"""A section's heading and its first subsection's; a longer run without numbers is a list."""
NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*+)\.?[ \t]++[^\W_]")
DIVISIONS = (
    ("part", "book", "title", "volume"),
    ("chapter", "article", "appendix", "annex", "schedule", "amendment"),
    ("section", "sec", "§", "rule", "clause"),
)
"""What divisions of a text are called, the larger ones first."""
DIVISION = re.compile(
    r"(?P<name>part|book|title|volume|chapter|article|appendix|annex|schedule|amendment|section|sec"
    r"|rule|clause|§)\.?[ \t]*+"
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,3})*+|[ivxlc]{1,7}|[a-z]|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|first|second|third)\b",
    re.IGNORECASE,
)
RUN_IN = re.compile(
    r"(?:Section|SECTION|Sec\.|SEC\.|§|Article|ARTICLE|Art\.|Clause|Rule|Amendment)[ \t]*+"
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,3})*+|[IVXLC]{1,7})[.:)]?(?=[ \t]++\S)"
)
"""The number that opens the first paragraph of a section, as that of a law."""
RUN_IN_OPENING = frozenset("SACR§")
"""The characters that such a number may open with."""
SECTION = re.compile(r"(\d{1,2})[.)][ \t]++\S")
"""What opens the heading of a section, or a numbered item."""
CONTENTS_ENTRIES = 3
"""The minimum number of entries of a contents list."""
LONGEST_NAME = 120
"""Characters of the longest heading that is compared with such entries."""
CAPITALS, PLAIN = len(DIVISIONS), 20
"""Ranks: of headings in capitals, and of those that nothing tells apart from others."""

OPEN_END = re.compile(
    r" (?:a|an|the|that|to|of|for|with|by|from|in|if|when|and|or|you|we|they|it|is|are|was|were|can"
    r"|may|must|will|shall|should|would|please)\Z"
)
"""How a sentence breaks off that goes on in the items of a list."""


def outlined(text: str, drafts: Sequence[LayoutDraft]) -> list[Block]:
    """Decide on the headings among the blocks of a text.

    Args:
        text: the text.
        drafts: its blocks; what may be a heading is one.

    Returns:
        The blocks, headings with their levels. A run of lines that nothing stands beneath is no
        headings, and a line with a colon above what it introduces is text.
    """
    drafts = _with_run_in_numbers(text, drafts)
    kinds = list(_kinds(text, drafts))
    ranks = [
        _rank(draft.span.slice(text)) if kind is Kind.HEADING else None
        for draft, kind in zip(drafts, kinds, strict=True)
    ]
    present = sorted({rank for rank in ranks if rank is not None})
    levels = {rank: level for level, rank in enumerate(present, 1)}
    flat = len(levels) < 2
    blocks = [
        Block(
            draft.span,
            kind,
            None,
            None,
            draft.level if rank is None else None if flat else levels[rank],
            draft.header,
        )
        for draft, kind, rank in zip(drafts, kinds, ranks, strict=True)
    ]
    return list(_without_contents_list(text, blocks))


def _without_contents_list(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out the items of a list that only says the headings before they come."""
    headings = {_name(text, block) for block in blocks if block.kind is Kind.HEADING} - {""}

    def is_entry(block: Block) -> bool:
        return block.kind in (Kind.ITEM, Kind.LINE) and _name(text, block) in headings

    if len(headings) < CONTENTS_ENTRIES:
        yield from blocks
        return
    for entries, run in groupby(blocks, is_entry):
        listed = list(run)
        if not entries or len(listed) < CONTENTS_ENTRIES:
            yield from listed


def _name(text: str, block: Block) -> str:
    """Return what a heading, or an entry for it, says, without its number; empty for a long one."""
    if block.span.length > LONGEST_NAME:
        return ""
    return block.span.slice(text).strip().lstrip("0123456789.)-*• \t").casefold()


def _with_run_in_numbers(text: str, drafts: Sequence[LayoutDraft]) -> Sequence[LayoutDraft]:
    """Make the numbers that open paragraphs headings, where there are several."""
    numbers = {
        place: number
        for place, draft in enumerate(drafts)
        if text[draft.span.start] in RUN_IN_OPENING
        and draft.kind is Kind.PARAGRAPH
        and (number := RUN_IN.match(text, *draft.span))
    }
    if len(numbers) < 2:
        return drafts
    divided: list[LayoutDraft] = []
    for place, draft in enumerate(drafts):
        number = numbers.get(place)
        if number:
            divided.append(LayoutDraft(Span(*number.span()), Kind.HEADING, draft.indent))
            rest = trim(text, Span(number.end(), draft.span.end))
            draft = draft._replace(span=rest)
        divided.append(draft)
    return divided


def _kinds(text: str, drafts: Sequence[LayoutDraft]) -> Iterator[Kind]:
    start = 0
    names = [draft.kind is Kind.HEADING and not _is_section(text, draft) for draft in drafts]
    for is_name, alike in groupby(names):
        length = len(list(alike))
        following = drafts[start + length] if start + length < len(drafts) else None
        if not is_name:
            yield from (draft.kind for draft in drafts[start : start + length])
            start += length
            continue
        run = drafts[start : start + length]
        below = [False, *(_is_right_below(text, *pair) for pair in pairwise(run))]
        listed = below.count(False) > HEADINGS_IN_A_ROW
        for place, (draft, named) in enumerate(zip(run, below, strict=True), start):
            if is_numbered(draft.span.slice(text)):
                yield Kind.HEADING
            elif following is None or (listed and not named):
                yield Kind.LINE
            else:
                yield _heading_or_text(text, draft, drafts[place + 1])
        start += length


def _is_right_below(text: str, above: LayoutDraft, below: LayoutDraft) -> bool:
    return text.count("\n", above.span.end, below.span.start) == 1


def _is_section(text: str, draft: LayoutDraft) -> bool:
    """Whether a heading has a plain number, as its text below it has told: see `plain_text`."""
    line = draft.span.slice(text)
    return SECTION.match(line) is not None and not line.isupper()


def _heading_or_text(text: str, draft: LayoutDraft, following: LayoutDraft) -> Kind:
    """A line with a colon introduces what is moved in or a list; it names what is not.

    A small letter opens a line that goes on, unless it stands right above what is moved in. What
    stands above the words of another answers them, and what breaks off above a list goes on there.
    """
    if following.kind is Kind.QUOTATION and not draft.span.slice(text).isupper():
        return Kind.PARAGRAPH
    if following.kind is Kind.ITEM and OPEN_END.search(draft.span.slice(text)):
        return Kind.PARAGRAPH
    listed = following.kind not in (Kind.PARAGRAPH, Kind.HEADING)
    moved_in = following.indent > draft.indent
    if text[draft.span.end - 1] == ":" and (listed or moved_in):
        return Kind.PARAGRAPH
    names = moved_in and _is_right_below(text, draft, following)
    goes_on = not names and draft.span.slice(text)[:1].islower()
    return Kind.LINE if goes_on or following.kind is Kind.LINE else Kind.HEADING


def is_numbered(line: str) -> bool:
    """Whether a heading has a number of several parts, or is that of a division."""
    number = NUMBERED.match(line)
    return bool(number and "." in number[1]) or DIVISION.match(line) is not None


def _rank(line: str) -> int:
    """How high a heading stands among those of a text: 0 for the highest."""
    division = DIVISION.match(line)
    if division:
        name = division["name"].lower()
        return next(rank for rank, names in enumerate(DIVISIONS) if name in names)
    number = NUMBERED.match(line)
    if number:
        return CAPITALS + 1 + number[1].count(".")
    return CAPITALS if line.isupper() and "_" not in line else PLAIN
