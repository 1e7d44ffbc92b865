"""Record the film of the documentation: `python docs/pictures/film.py`.

The app runs without a terminal; after each key its screen is a frame. The film is written twice: as
`app.cast`, which `asciinema play` shows in a terminal, and as `film.svg`, which a browser plays.
Every run records the same film.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from textual.pilot import Pilot
from textual.widgets import Input

from briefqa.corpus import Corpus
from briefqa.tui.app import BriefqaApp
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.document_pane import DocumentPane
from briefqa.tui.settings import LaunchOptions

HERE = Path(__file__).parent
BRIEFING = "seeds/000_1c0b0a5638379c89.txt"
SIZE = (100, 26)
STARTERS = 3
NEVER = 600
"""Seconds: a word is finished by the character after it, not by the time."""
CELL = (8, 18)
"""The width and the height of a cell in the SVG, in pixels."""
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

Row = Sequence[Segment]


class Step(NamedTuple):
    """Keys that are pressed one after the other.

    Attributes:
        keys: their names, or two characters to type at once.
        seconds: the time of the frame after each.
        pause: the time of the last frame beyond that.
    """

    keys: Sequence[str]
    seconds: float = 0.06
    pause: float = 0.0


class Frame(NamedTuple):
    """A screen, and the seconds for which it is shown."""

    rows: Sequence[Row]
    seconds: float


def typed(text: str) -> list[str]:
    """Return the keys that type a text, two for each frame."""
    return [text[place : place + 2] for place in range(0, len(text), 2)]


SCRIPT = (
    Step((), pause=0.7),
    Step(typed("When will Kishida and Biden meet?"), 0.1, 0.9),
    Step(["enter"], pause=0.3),
    Step(["down"] * 6, 0.1, 0.2),
    Step(["n"], 0.1, 0.3),
    Step(["space"], pause=0.9),
    Step(["escape", "escape"], 0.2),
    Step(typed("Where is Toyota planning a factory?"), 0.08, 0.8),
    Step(["tab", "space"], 0.2, 0.6),
    Step(["p"], pause=1.2),
)


async def frames(pilot: Pilot[str]) -> AsyncIterator[Frame]:
    """Yield the frames of the script."""
    for keys, seconds, pause in SCRIPT:
        for key in keys[:-1]:
            await press(pilot, key)
            yield Frame(rows_of(pilot), seconds)
        for key in keys[-1:]:
            await press(pilot, key)
        yield Frame(rows_of(pilot), seconds + pause)
        pilot.app.clear_notifications()


async def press(pilot: Pilot[str], key: str) -> None:
    """Press a key or two letters, and wait until the answer and its document are shown."""
    names = key if len(key) < 3 else [key]
    await pilot.press(*("space" if name == " " else name for name in names))
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, AskScreen)
    pane = screen.query_one(DocumentPane)
    while not screen.session.is_current or pane.request:
        await pilot.pause()
    await pilot.pause(0.05)


def rows_of(pilot: Pilot[str]) -> list[Row]:
    """Return the rows of the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return [list(Segment.simplify(strip)) for strip in strips]


async def record() -> list[Frame]:
    """Run the app, and return the film."""
    options = LaunchOptions(Corpus.of(BRIEFING), debounce=0, word_delay=NEVER, watch_interval=0)
    app = BriefqaApp(options)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.theme = "textual-dark"
        for field in app.screen.query(Input):
            field.cursor_blink = False
        screen = app.screen
        assert isinstance(screen, AskScreen)
        while len(screen.starters) < STARTERS:
            await pilot.pause()
        return [frame async for frame in frames(pilot)]


def cast(film: Sequence[Frame]) -> str:
    """Return a film in the format asciicast 2: a header, then a line for each frame."""
    header = {"version": 2, "width": SIZE[0], "height": SIZE[1], "title": "briefqa"}
    lines, time = [json.dumps(header)], 0.0
    shown: Sequence[Row] = [()] * SIZE[1]
    for frame in film:
        pairs = enumerate(zip(shown, frame.rows, strict=True))
        drawn = "".join(change(number, *pair) for number, pair in pairs)
        lines.append(json.dumps([round(time, 2), "o", drawn]))
        shown, time = frame.rows, time + frame.seconds
    lines.append(json.dumps([round(time, 2), "o", "\x1b[0m"]))
    return "\n".join(lines) + "\n"


def change(number: int, before: Row, row: Row) -> str:
    """Return what draws a row over another: from its first segment that differs to the last."""
    pairs = zip(before, row, strict=False)
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if first == len(row):
        return ""
    pairs = zip(reversed(before), reversed(row[first:]), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    column = sum(segment.cell_length for segment in row[:first])
    drawn = "".join(map(ansi, row[first : len(row) - same]))
    return f"\x1b[{number + 1};{column + 1}H{drawn}"


def ansi(segment: Segment) -> str:
    """Return a segment as a terminal of 24-bit colours is told to draw it."""
    style = segment.style or Style()
    return style.render(segment.text, color_system=ColorSystem.TRUECOLOR)


def svg(film: Sequence[Frame]) -> str:
    """Return a film as an SVG: a strip of frames, which is moved from one to the next.

    A row that is the same in several frames is drawn once.
    """
    width, height = SIZE[0] * CELL[0], SIZE[1] * CELL[1]
    numbers: dict[str, int] = {}
    shown = []
    for number, frame in enumerate(film):
        for place, row in enumerate(frame.rows):
            drawn = "".join(svg_runs(row))
            if drawn:
                known = numbers.setdefault(drawn, len(numbers))
                shown.append(f'<use href="#r{known}" x="{number * width}" y="{place * CELL[1]}"/>')
    total, time, moves = sum(frame.seconds for frame in film), 0.0, []
    for number, frame in enumerate(film):
        moves.append(f"{100 * time / total:.2f}%{{transform:translateX({-number * width}px)}}")
        time += frame.seconds
    last = -(len(film) - 1) * width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img" aria-label="A film of the app">\n'
        f"<style>text{{font:14px {FONT}}}"
        f"@keyframes film{{{''.join(moves)}}}"
        f"#film{{animation:film {total:.2f}s step-end infinite}}"
        "@media (prefers-reduced-motion:reduce){#film{animation:none;"
        f"transform:translateX({last}px)}}}}</style>\n"
        f'<rect width="{width}" height="{height}" fill="{BASE}"/>\n<defs>\n'
        + "".join(f'<g id="r{number}">{row}</g>\n' for row, number in numbers.items())
        + f'</defs>\n<g id="film">\n{"".join(shown)}\n</g>\n</svg>\n'
    )


def svg_runs(row: Row) -> list[str]:
    """Return the elements of a row; blank ones on the background have none."""
    elements, column = [], 0
    for segment in row:
        style, cells = segment.style or Style(), segment.cell_length
        front, back = colour(style, front=True), colour(style, front=False)
        if style.reverse:
            front, back = back, front
        x, wide = column * CELL[0], cells * CELL[0]
        if back != BASE:
            elements.append(f'<rect x="{x}" width="{wide}" height="{CELL[1]}" fill="{back}"/>')
        if text := segment.text.strip():
            start = x + cell_len(segment.text[: segment.text.index(text)]) * CELL[0]
            bold = ' font-weight="bold"' if style.bold else ""
            line = ' text-decoration="underline"' if style.underline else ""
            shown = escape(text, quote=False).replace(" ", "\N{NO-BREAK SPACE}")
            elements.append(
                f'<text x="{start}" y="{CELL[1] - 5}" fill="{front}"'
                f' textLength="{cell_len(text) * CELL[0]}"{bold}{line}>{shown}</text>'
            )
        column += cells
    return elements


BASE = "#121212"
"""The background of the theme."""


def colour(style: Style, *, front: bool) -> str:
    """Return the text colour of a style, or its background."""
    found = style.color if front else style.bgcolor
    if found is None:
        return "#e0e0e0" if front else BASE
    return str(found.get_truecolor(SVG_EXPORT_THEME, foreground=front).hex)


if __name__ == "__main__":
    recorded = asyncio.run(record())
    for name, text in (("app.cast", cast(recorded)), ("film.svg", svg(recorded))):
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
