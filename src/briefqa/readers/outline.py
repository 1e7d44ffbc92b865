"""The outline of a plain text: which lines are headings, and how deep each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from briefqa.readers.blocks import Block, Kind
from briefqa.readers.text_layout import Draft
from briefqa.spans import Span

__all__ = ["NUMBERED", "outlined"]

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
CAPITALS, PLAIN = len(DIVISIONS), 20
"""Ranks: of headings in capitals, and of those that nothing tells apart from others."""


def outlined(text: str, drafts: Sequence[Draft]) -> list[Block]:
    """Decide on the headings among the blocks of a text.

    Args:
        text: the text.
        drafts: its blocks; what may be a heading is one.

    Returns:
        The blocks, headings with their levels. A run of lines that nothing stands beneath is no
        headings, and a line with a colon above what it introduces is text.
    """
    drafts = list(_with_run_in_numbers(text, drafts))
    kinds = list(_kinds(text, drafts))
    ranks = [
        _rank(draft.span.slice(text)) if kind is Kind.HEADING else None
        for draft, kind in zip(drafts, kinds, strict=True)
    ]
    present = sorted({rank for rank in ranks if rank is not None})
    levels = {rank: level for level, rank in enumerate(present, 1)}
    flat = len(levels) < 2
    return [
        Block(
            draft.span,
            kind,
            level=draft.level if rank is None else None if flat else levels[rank],
            header=draft.header,
        )
        for draft, kind, rank in zip(drafts, kinds, ranks, strict=True)
    ]


def _with_run_in_numbers(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Make the numbers that open paragraphs headings, where there are several."""
    found = [
        RUN_IN.match(text, *draft.span) if draft.kind is Kind.PARAGRAPH else None
        for draft in drafts
    ]
    several = sum(map(bool, found)) > 1
    for draft, number in zip(drafts, found, strict=True):
        if not number or not several:
            yield draft
            continue
        yield Draft(Span(*number.span()), Kind.HEADING, draft.indent)
        start = number.end()
        while text[start].isspace():
            start += 1
        yield draft._replace(span=Span(start, draft.span.end))


def _kinds(text: str, drafts: Sequence[Draft]) -> Iterator[Kind]:
    start = 0
    for is_heading, run in groupby(draft.kind is Kind.HEADING for draft in drafts):
        length = len(list(run))
        following = drafts[start + length] if start + length < len(drafts) else None
        for place in range(start, start + length):
            draft = drafts[place]
            if not is_heading:
                yield draft.kind
            elif _is_numbered(draft.span.slice(text)):
                yield Kind.HEADING
            elif following is None or length > HEADINGS_IN_A_ROW:
                yield Kind.LINE
            else:
                yield _heading_or_text(text, draft, drafts[place + 1])
        start += length


def _heading_or_text(text: str, draft: Draft, following: Draft) -> Kind:
    """A line with a colon introduces what is moved in or a list; it names what is not."""
    listed = following.kind not in (Kind.PARAGRAPH, Kind.HEADING)
    if text[draft.span.end - 1] == ":" and (listed or following.indent > draft.indent):
        return Kind.PARAGRAPH
    goes_on = draft.span.slice(text)[:1].islower()
    return Kind.LINE if goes_on or following.kind is Kind.LINE else Kind.HEADING


def _is_numbered(line: str) -> bool:
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
