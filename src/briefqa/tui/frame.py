"""What the terminal shows, so that only what changes is sent: a line may be slow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import combining

from rich.cells import cell_len, get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from briefqa.tui.text_rows import graphemes

__all__ = ["Changes", "ScreenFrame"]

MOVE = "\x1b[{};{}H"
"""Moves the cursor to a row and a column, from 1."""

Place = tuple[int, int, Strip]
"""A column and a row, from 0, and the text that begins there."""


class ScreenFrame:
    """The cells that the terminal shows: their characters and styles, by row.

    Terminals disagree on how wide some characters are. From the first one that is not one cell wide
    to the end of its row, cells are unknown until other text takes its place.
    """

    def __init__(self) -> None:
        self._rows: dict[int, _Row] = {}

    def clear(self) -> None:
        """Forget all cells: another program has used the terminal, or its size has changed."""
        self._rows.clear()

    def changes(self, x: int, y: int, strip: Strip) -> Iterator[Place]:
        """Put a text into the frame, and yield the parts that were not there."""
        row = self._rows.setdefault(y, _Row())
        if row.shows(x, strip):
            return
        row.keep(x, strip)
        for start, part in row.replace(x, strip):
            if row.known == sys.maxsize:
                yield start, y, part
            else:
                yield from ((column, y, each) for column, each in _separate(start, part))


class _Row:
    """The cells of a row.

    Attributes:
        known: the column up to which the cells are known.
    """

    def __init__(self) -> None:
        self.known = sys.maxsize
        self._characters: list[str] = []
        self._styles: list[Style | None] = []
        self._strips: dict[int, Strip] = {}

    def shows(self, x: int, strip: Strip) -> bool:
        """Return whether the same strip, not only an equal one, was put there last."""
        return self._strips.get(x) is strip and x + strip.cell_length <= self.known

    def keep(self, x: int, strip: Strip) -> None:
        """Remember a strip in place of those that it covers."""
        end = x + strip.cell_length
        beside = (
            each
            for each in self._strips.items()
            if each[0] >= end or each[0] + each[1].cell_length <= x
        )
        self._strips = {**dict(beside), x: strip}

    def replace(self, x: int, strip: Strip) -> Iterator[tuple[int, Strip]]:
        """Set the cells of a text, and yield the parts that change, each with its column."""
        run: list[Segment] = []
        start = end = x
        for segment in strip:
            begin, part = self.put(x, segment)
            x += cell_len(segment.text)
            if not part.text:
                continue
            if begin != end:
                yield start, Strip(run)
                run, start = [], begin
            run.append(part)
            end = begin + cell_len(part.text)
        yield start, Strip(run)

    def put(self, x: int, segment: Segment) -> tuple[int, Segment]:
        """Set some cells.

        Returns:
            The first column that changes, and the text from there to the last one.
        """
        text, style, _ = segment
        width = cell_len(text)
        self._extend(x + width)
        new = list(text)
        cells = slice(x, x + width)
        styles = [style] * width
        is_known = x + width <= self.known
        characters_before, styles_before = self._characters[cells], self._styles[cells]
        if is_known and characters_before == new and styles_before == styles:
            return x, Segment("")
        self._styles[cells] = styles
        plain = text.isascii() and text.isprintable()
        if not plain and any(get_character_cell_size(each) != 1 for each in new):
            self._characters[cells] = [""] * width
            self.known = min(self.known, x)
            return x, segment
        self._characters[cells] = new
        if not is_known:
            self.known = x + width if x <= self.known else self.known
            return x, segment
        changed = [
            number
            for number, before in enumerate(zip(characters_before, styles_before, strict=True))
            if before != (new[number], style)
        ]
        first, last = changed[0], changed[-1]
        return x + first, Segment(text[first : last + 1], style)

    def _extend(self, width: int) -> None:
        missing = width - len(self._characters)
        self._characters.extend([""] * missing)
        self._styles.extend([None] * missing)


def _separate(x: int, strip: Strip) -> Iterator[tuple[int, Strip]]:
    """Yield the parts of a text, each with its column, so that none follows joined characters.

    Some terminals draw them side by side, others in fewer cells, which are blanked before.
    """
    start = x
    run: list[Segment] = []
    for text, style, _ in strip:
        plain = ""
        found = [*graphemes(text), (len(text), 0)]
        for (first, width), (end, _) in pairwise(found):
            grapheme = text[first:end]
            x += width
            if width and not _is_joined(grapheme):
                plain += grapheme
                continue
            yield start, Strip([*run, Segment(plain + " " * width, style)])
            yield x - width, Strip([Segment(grapheme, style)])
            start, run, plain = x, [], ""
        run.append(Segment(plain, style))
    yield start, Strip(run)


def _is_joined(grapheme: str) -> bool:
    """Return whether a grapheme is several characters, other than a letter and its accents."""
    return len(grapheme) > 1 and not all(map(combining, grapheme[1:]))


class Changes(CompositorUpdate):
    """The part of an update that changes what the terminal shows.

    Args:
        update: the update.
        frame: what the terminal shows; the update is put into it when it is rendered.
    """

    def __init__(self, update: LayoutUpdate | ChopsUpdate, frame: ScreenFrame) -> None:
        self._update = update
        self._frame = frame

    def render_segments(self, console: Console) -> str:
        """Return what to send to the terminal."""
        return "".join(
            MOVE.format(y + 1, x + 1) + part.render(console)
            for place in _places(self._update)
            for x, y, part in self._frame.changes(*place)
            if part
        )


def _places(update: LayoutUpdate | ChopsUpdate) -> Iterator[Place]:
    """Yield the texts of an update, each with its place."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
        return
    for y, begin, end in update.spans:
        for stop, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x <= end and stop > begin:
                whole = begin <= x < end and stop <= end
                yield x, y, chop if whole else chop.crop(0, min(stop, end) - x)
