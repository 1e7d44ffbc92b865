"""The lines of a plain text, by how far they are moved in and what marks open them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from briefqa.conventions import BULLETS, MONTHS, WEEKDAYS
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "BULLET",
    "MOVED_IN",
    "NAME_LIMIT",
    "PROMPT",
    "TAB",
    "TextLine",
    "breaks_off",
    "entries_of",
    "is_day",
    "is_quoted",
    "item_starts",
    "mark_before",
    "masthead",
    "text_lines",
    "unquoted",
]

BULLET = re.compile(
    rf"[ \t]*+(?:[{BULLETS}]|\*\)|o(?=[ \t]{{2}})"
    r"|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)])[ \t]++"
)
"""The mark that opens an item of a list."""
NUMBER = re.compile(r"[ \t]*+\(?(\d{1,3}|[A-Za-z])[.)]")
NAME_LIMIT = 100
"""The maximum length of a term or heading in characters."""
MOVED_IN = 2
"""The minimum indent of a definition in columns."""
TERM_BLANKS = 2
"""The maximum number of blanks of a term that is no option or path, in neighbouring entries."""
QUOTE = re.compile(r"(?:>[ \t]?)++")
"""The marks before a line of the words of another, one for each depth."""
PROMPT = re.compile(r">>>|>[ \t]*+[\d=]")
"""What a line opens with that an interpreter asks for, or a figure that is exceeded."""
TAB = 8
MONTH = rf"(?:{'|'.join(MONTHS)})"
DAY = (
    rf"(?i)(?:(?:{'|'.join(WEEKDAYS)}),?\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}),?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d"
)
DAY_LIMIT = 40
"""Characters of the longest line that is a day."""


class TextLine(Record):
    """A line that is not blank.

    Attributes:
        span: its characters without the white space around them.
        indent: the columns before them.
        text: the characters.
    """

    span: Span
    indent: int
    text: str


def text_lines(text: str, span: Span) -> list[TextLine]:
    """Return the lines of a stretch of text without blank ones between."""
    start = text.rfind("\n", 0, span.start) + 1
    lines = []
    for line in text[start : span.end].split("\n"):
        inner = line.strip()
        if inner:
            before = line[: line.index(inner)]
            first = start + len(before)
            indent = len(before.expandtabs(TAB))
            lines.append(TextLine(Span(first, first + len(inner)), indent, inner))
        start += len(line) + 1
    return lines


def is_day(line: str) -> bool:
    """Return whether a line is a day of a year, and nothing else."""
    return len(line) <= DAY_LIMIT and re.fullmatch(DAY, line) is not None


def masthead(text: str, span: Span) -> Sequence[Span]:
    """Return the two lines of a stretch of text that are a name and the day below it.

    Returns:
        The lines, trimmed; none if it is something else.
    """
    lines = text_lines(text, span) if text.count("\n", span.start, span.end) == 1 else []
    if len(lines) < 2 or not is_day(lines[1].text):
        return ()
    name = lines[0].text
    is_name = len(name) <= NAME_LIMIT and name[0].isalnum() and name[-1] not in ".,;:!?"
    return [line.span for line in lines] if is_name else ()


def is_quoted(line: TextLine) -> bool:
    """Return whether a line holds words of another."""
    return line.text[0] == ">" and not line.indent


def unquoted(line: TextLine) -> TextLine:
    """Return a quoted line without its marks, moved in by their number."""
    mark = QUOTE.match(line.text)
    marks = mark[0] if mark else ""
    text = line.text[len(marks) :].lstrip()
    start = line.span.end - len(text)
    return TextLine(Span(start, line.span.end), marks.count(">"), text)


def mark_before(text: str, quoted: Span) -> Span:
    """Return what stands on a line before its quoted words."""
    return Span(text.rfind("\n", 0, quoted.start) + 1, quoted.start)


def breaks_off(lines: Sequence[TextLine], least: int = NAME_LIMIT // 2) -> bool:
    """Return whether the first line breaks off though the next word would have fitted.

    Args:
        lines: neighbouring ones, at least two.
        least: the columns that lines have at the least.
    """
    width = max(line.indent + len(line.text) for line in lines[1:])
    word = lines[1].text.split(None, 1)[0]
    return lines[0].indent + len(lines[0].text) + 1 + len(word) <= max(width, least)


def entries_of(lines: Sequence[TextLine]) -> list[Sequence[TextLine]]:
    """Return the lines of each term with the definition moved in below it.

    Args:
        lines: neighbouring ones, at least one.

    Returns:
        The entries; none if some line belongs to none.
    """
    margin = lines[0].indent
    starts = [place for place, line in enumerate(lines) if line.indent == margin]
    entries = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    return entries if all(map(_is_entry, entries)) else []


def _is_entry(lines: Sequence[TextLine]) -> bool:
    term, *definition = lines
    if not definition or term.text[-1] in ".,;:" or BULLET.match(term.text):
        return False
    named = term.text[0] in "-/" or term.text.count(" ") <= TERM_BLANKS
    inner = min(line.indent for line in definition)
    return named and inner >= term.indent + MOVED_IN and breaks_off(lines)


def item_starts(lines: Sequence[TextLine]) -> list[int]:
    """Return the places of the lines that open items; none where the marks are chance."""
    starts = [place for place, line in enumerate(lines) if BULLET.match(line.text)]
    if not starts or (starts[0] and len(starts) == 1 and lines[starts[0] - 1].text[-1] != ":"):
        return []
    numbers = [match[1] for place in starts if (match := NUMBER.match(lines[place].text))]
    if len(numbers) > 1 and not _rises(numbers):
        return [] if starts[0] else starts[:1]
    return starts


def _rises(numbers: Iterable[str]) -> bool:
    """Return whether the numbers of items count up somewhere, as those of a list do."""
    values = [int(each) if each.isdigit() else ord(each) for each in numbers]
    return any(after == before + 1 for before, after in pairwise(values))
