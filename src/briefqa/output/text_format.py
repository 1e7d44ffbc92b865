"""Text for people, on a terminal or a page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby, pairwise
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text

from briefqa.answers import Excerpt, Status
from briefqa.output import Layout, Reply, one_line
from briefqa.output.extract import EXCERPT_LIMIT, window
from briefqa.output.wording import explanation, notes, omitted, repeats, verdict
from briefqa.passages import NAMES, Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["console_of", "render_text", "written_to"]

MAX_WIDTH = 100
"""Columns; longer lines are hard to read."""
MIN_WIDTH = 20
HEADING_WIDTH = 12
"""Columns; a heading is left out if there is room for fewer."""
INDENT = "   "
OUTER = " > "
"""Between a heading and the one below it."""

VERDICT_STYLES = {
    Status.ANSWERED: Style(bold=True, color="green"),
    Status.WEAK: Style(bold=True, color="yellow"),
    Status.NONE: Style(bold=True, color="red"),
}
BOLD = Style(bold=True)
DIM = Style(dim=True)
MATCH = Style(bold=True, underline=True)
ANSWER = Style(dim=False)
FOCUS = Style(bold=True, reverse=True)
PLAIN = Style()
PLACE = Style(color="cyan")

LINK_ID = re.compile(r"\x1b]8;id=[^;]*;")
"""Rich gives links random ids; the same answer must be the same bytes."""


class Glyphs(Record):
    """Characters that are added to those of the document."""

    mark: str
    ellipsis: str
    separator: str


UNICODE = Glyphs(mark="▌ ", ellipsis="…", separator=" · ")
ASCII = Glyphs(mark="> ", ellipsis="...", separator=" - ")


def render_text(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the verdict and the excerpts of each reply.

    The sentence that answers has a mark in the margin. Its neighbours are dimmed, except the one
    that says what its pronoun stands for. Words of the question are bold and underlined; what looks
    like the kind of answer asked for is in reverse video.
    """
    for number, reply in enumerate(replies):
        console = console_of(layout)
        if number:
            console.print()
        elif layout.notice:
            _print(console, Text(sanitise_name(layout.notice), DIM))
        _print_answer(console, reply, layout)
        yield written_to(console)


def console_of(layout: Layout) -> Console:
    """Return a console that writes to memory; see `written_to`."""
    width = max(MIN_WIDTH, layout.width)
    return Console(
        file=StringIO(),
        width=width,
        force_terminal=layout.color,
        color_system="standard" if layout.color else None,
        no_color=not layout.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def written_to(console: Console) -> str:
    """Return what was written to a console of `console_of`."""
    written = console.file
    assert isinstance(written, StringIO)
    return LINK_ID.sub("\x1b]8;;", written.getvalue())


def _print_answer(console: Console, reply: Reply, layout: Layout) -> None:
    answer = reply.answer
    glyphs = UNICODE if layout.unicode else ASCII
    if layout.batch:
        _print(console, Text(one_line(sanitise(answer.question)), BOLD))
    _print(console, Text(verdict(answer), VERDICT_STYLES[answer.status]))
    for note in notes(answer):
        _print(console, Text(one_line(sanitise(note)), DIM))
    for excerpt in answer.excerpts:
        console.print()
        _print(console, _source(excerpt, layout, glyphs))
        for line in _quotation(console, excerpt, glyphs, layout):
            _print(console, line)
        if also := repeats(excerpt):
            _print(console, Text(INDENT + " " * len(glyphs.mark) + sanitise_name(also), DIM))
    if reply.omission:
        console.print()
        _print(console, Text(omitted(reply.omission), DIM))
    if layout.explain:
        console.print()
        for row in explanation(answer):
            _print(console, Text(sanitise_name(row), DIM))


def _print(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True)


def _source(excerpt: Excerpt, layout: Layout, glyphs: Glyphs) -> Text:
    """Return the line above a quotation: rank, place and heading."""
    passage = excerpt.passage
    place = PLACE
    if layout.links and os.path.exists(passage.path):
        place += Style(link=Path(passage.path).absolute().as_uri())
    source = Text.assemble(
        (f"{excerpt.rank:<{len(INDENT)}}", BOLD),
        (sanitise_name(excerpt.citation), place),
    )
    if passage.told_date:
        source.append(glyphs.separator + passage.told_date, DIM)
    room = max(layout.width, MIN_WIDTH) - source.cell_len - len(glyphs.separator)
    headings = _headings(passage, room, glyphs)
    source.append(glyphs.separator + headings if headings else "", DIM)
    return source


def _headings(passage: Passage, width: int, glyphs: Glyphs) -> str:
    """Return the innermost heading cropped to a width, after the outer ones if they fit."""
    headings = [one_line(sanitise(heading)) for heading in passage.headings]
    while len(headings) > 1 and cell_len(OUTER.join(headings)) > width:
        del headings[0]
    return _cropped(OUTER.join(headings), width, glyphs.ellipsis)


def _cropped(text: str, width: int, ellipsis: str) -> str:
    """Return text cropped to a width; empty if less than `HEADING_WIDTH` would be left."""
    if cell_len(text) <= width:
        return text
    if width < HEADING_WIDTH:
        return ""
    return set_cell_size(text, width - len(ellipsis)).rstrip() + ellipsis


def _quotation(
    console: Console, excerpt: Excerpt, glyphs: Glyphs, layout: Layout
) -> Iterator[Text]:
    """Yield the wrapped lines of a quotation; those of the answering sentence are marked."""
    width = min(console.width, MAX_WIDTH) - len(INDENT) - len(glyphs.mark)
    if excerpt.header:
        header = _cropped(one_line(sanitise(excerpt.header)), width, glyphs.ellipsis)
        yield Text.assemble(INDENT, " " * len(glyphs.mark), (header, DIM))
    for paragraph in _paragraphs(excerpt, glyphs, layout):
        for line in paragraph.wrap(console, width):
            margin = glyphs.mark if _answers(line) else " " * len(glyphs.mark)
            line.rstrip()
            yield Text.assemble(INDENT, (margin, VERDICT_STYLES[Status.ANSWERED]), line)


def _answers(line: Text) -> bool:
    """Whether a line has a part of the answering sentence."""
    styles = (span.style for span in line.spans)
    return any(isinstance(style, Style) and style.dim is ANSWER.dim for style in styles)


def _paragraphs(excerpt: Excerpt, glyphs: Glyphs, layout: Layout) -> Iterator[Text]:
    """Yield prose as one paragraph, however it was wrapped, and each item of a list as its own."""
    passage = excerpt.passage
    shown = window(excerpt, None if layout.context else EXCERPT_LIMIT)
    paragraph = Text(f"{glyphs.ellipsis} " if _is_cut(passage, shown) else "", DIM)
    for line in _lines(passage, shown):
        if line.start > shown.start:
            yield paragraph
            paragraph = Text()
        _append(paragraph, excerpt, line)
    if shown.end < len(passage.text):
        paragraph.append(f" {glyphs.ellipsis}", DIM)
    yield paragraph


def _is_cut(passage: Passage, shown: Span) -> bool:
    """Whether anything but headings stands before what is shown."""
    return any(span.start < shown.start and part.kind not in NAMES
               for span, part in placed_sentences(passage))  # fmt: skip


def _lines(passage: Passage, shown: Span) -> Iterator[Span]:
    """Yield spans of what is shown, split at line ends after which no sentence goes on."""
    start, text = shown.start, passage.text
    for (sentence, part), (following, next_part) in pairwise(placed_sentences(passage)):
        unfinished = text[sentence.end - 1].isalnum() or text[sentence.end - 1] in ":;,"
        breaks = "\n" in text[sentence.end : following.start]
        apart = unfinished or part.span != next_part.span
        if apart and breaks and start < following.start < shown.end:
            yield Span(start, sentence.end)
            start = following.start
    yield Span(start, shown.end)


def _append(paragraph: Text, excerpt: Excerpt, line: Span) -> None:
    """Append a line of the passage, with white space folded and each part styled."""
    text = sanitise(excerpt.passage.text)
    matches = {i for span in excerpt.highlights for i in range(span.start, span.end)}
    places = range(line.start, line.end)
    folded = (i for i in places if not (text[i].isspace() and text[i - 1 : i].isspace()))

    focus = excerpt.focus or Span(0, 0)

    def style(i: int) -> Style:
        tone = _tone(excerpt, i)
        tone += FOCUS if focus.start <= i < focus.end else PLAIN
        return tone + MATCH if i in matches else tone

    for tone, run in groupby(folded, key=style):
        paragraph.append("".join(" " if text[i].isspace() else text[i] for i in run), tone)


def _tone(excerpt: Excerpt, i: int) -> Style:
    """Return a character's style: dimmed outside of the answer and its lead."""
    if excerpt.answer.start <= i < excerpt.answer.end:
        return ANSWER
    lead = excerpt.lead or Span(0, 0)
    return PLAIN if lead.start <= i < lead.end else DIM
