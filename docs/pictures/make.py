"""Draw the pictures of the documentation: `python docs/pictures/make.py`.

Each is the output of a command or a screen of the app as SVG, in light and in dark colours. Every
run draws the same pictures.
"""

import asyncio
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text

from briefqa import Assistant
from briefqa.corpus import Corpus
from briefqa.output import FORMATS, Layout, Reply
from briefqa.tui.app import BriefqaApp
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.fields import QuestionField
from briefqa.tui.settings import LaunchOptions

HERE = Path(__file__).parent
BRIEFING = "seeds/000_1c0b0a5638379c89.txt"
QUESTION = "Where is Toyota planning a factory?"
GUIDE = "docs/pictures/harbour.md"
QUESTIONS_ON_STRUCTURE = (
    "How much is the deposit for a barge?",
    "How do I open the lock?",
    "How do I print the wind of today?",
)
"""Their answers are a row of a table, the steps of a list, and a piece of code."""
EDITIONS = {
    "monday.txt": "The bank meets on Friday in Oslo.\n\nThe storm cost 4.2 million euros.\n",
    "tuesday.txt": "The bank meets on Saturday in Oslo.\n\nThe storm cost 4.2 million euros.\n\n"
    "A new crane arrived in the harbour.\n",
}
EVERY_MORNING = (
    "diff monday.txt tuesday.txt",
    "ask 'When does the bank meet?' monday.txt tuesday.txt",
)
TOP = 3
WIDTH = 100
STARTERS = 3
REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
RANDOM_ID = re.compile(r"terminal-\d+")


class Shot(NamedTuple):
    """A picture of the app.

    Attributes:
        name: the name of the file.
        size: columns and rows.
        question: the question; empty for none.
        keys: the keys to press then.
    """

    name: str
    size: tuple[int, int]
    question: str = ""
    keys: tuple[str, ...] = ()


class Colours(NamedTuple):
    """The colours of a picture.

    Attributes:
        app: the theme of the app.
        terminal: the colours of a terminal.
    """

    app: str
    terminal: TerminalTheme


COLOURS = {
    "light": Colours("textual-light", DEFAULT_TERMINAL_THEME),
    "dark": Colours("textual-dark", SVG_EXPORT_THEME),
}
SHOTS = (
    Shot("app", (120, 34), "When will Kishida and Biden meet?"),
    Shot("app-start", (100, 24)),
    Shot("app-stacked", (80, 24), "What is planned for EVs?"),
    Shot("app-narrow", (40, 20), "What is planned for EVs?", ("enter",)),
    Shot("app-none", (100, 24), "Who won the World Cup?"),
    Shot("app-help", (100, 40), "", ("f1",)),
)


def ask_picture(theme: TerminalTheme, path: str, questions: Sequence[str], top: int) -> str:
    """Return the SVG of `briefqa ask` with questions about a document."""
    assistant = Assistant.open([path])
    layout = Layout(color=True, width=WIDTH)
    console = Console(record=True, file=StringIO(), width=WIDTH, force_terminal=True)
    shown = "" if top == TOP else f" -n {top}"
    for question in questions:
        drawn = "".join(FORMATS["text"].render([Reply(assistant.ask(question, top))], layout))
        console.print(Text(f'$ briefqa ask "{question}" {path}{shown}'))
        console.print(Text.from_ansi(drawn), soft_wrap=True)
    return REMOTE_FONT.sub("", console.export_svg(title="briefqa", unique_id="ask", theme=theme))


def editions_picture(theme: TerminalTheme) -> str:
    """Return the SVG of commands about two editions."""
    console = Console(record=True, file=StringIO(), width=WIDTH, force_terminal=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in EDITIONS.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        for command in EVERY_MORNING:
            run = [sys.executable, "-m", "briefqa", *shlex.split(command), "-f", "text"]
            coloured = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
            done = subprocess.run(
                run, capture_output=True, text=True, cwd=folder, env=coloured, check=False
            )
            console.print(Text(f"$ briefqa {command}"))
            console.print(Text.from_ansi(done.stdout), soft_wrap=True)
    return REMOTE_FONT.sub("", console.export_svg(title="briefqa", unique_id="ask", theme=theme))


async def app_picture(shot: Shot, theme: str) -> str:
    """Return the SVG of the app."""
    app = BriefqaApp(LaunchOptions(Corpus.of(BRIEFING), debounce=0, word_delay=0, watch_interval=0))
    async with app.run_test(size=shot.size) as pilot:
        app.theme = theme
        screen = app.screen
        assert isinstance(screen, AskScreen)
        screen.query_one(QuestionField).cursor_blink = False
        while len(screen.starters) < STARTERS:
            await pilot.pause()
        screen.query_one(QuestionField).value = shot.question
        await pilot.pause()
        while shot.question and not (screen.session.answer and screen.session.is_current):
            await pilot.pause()
        await pilot.press(*shot.keys)
        await pilot.pause()
        svg = app.export_screenshot(title="briefqa")
    return RANDOM_ID.sub("terminal-1", REMOTE_FONT.sub("", svg))


def write(name: str, svg: str) -> None:
    """Write a picture into the folder of this file."""
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for name, colours in COLOURS.items():
        write(f"ask-{name}", ask_picture(colours.terminal, BRIEFING, [QUESTION], TOP))
        structure = ask_picture(colours.terminal, GUIDE, QUESTIONS_ON_STRUCTURE, 1)
        write(f"structure-{name}", structure)
        write(f"morning-{name}", editions_picture(colours.terminal))
        for shot in SHOTS:
            write(f"{shot.name}-{name}", asyncio.run(app_picture(shot, colours.app)))
