"""The speed of the app: `python tests/benchmarks/app.py`.

It prints the time to the first paint relative to an empty Textual app with the same widgets, as
whole processes in turn; the search and the drawing for a key press, with 10,000 passages at 120x40;
and the time to open a document of 100,000 lines, wrapped and unwrapped.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from textual.app import App, ComposeResult

from briefqa.corpus import Corpus
from briefqa.documents import load
from briefqa.tui.app import BriefqaApp
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.background import QuestionAnswered
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import QuestionField
from briefqa.tui.session import AskRequest
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.text_rows import WrappedText

SEED = "seeds/000_1c0b0a5638379c89.txt"
PAIRS = 15
PASSAGES = 10_000
LINES = 100_000
WIDTH, HEIGHT = 120, 40
TYPED = "where is toyota planning a factory"
LEAVE_AT_FIRST_PAINT = """
import asyncio, os
async def main(app):
    async with app.run_test(size=(120, 40)):
        os._exit(0)
"""
EMPTY = (
    LEAVE_AT_FIRST_PAINT
    + """
from textual.app import App
from textual.containers import Container, Horizontal, Vertical
from textual.scroll_view import ScrollView
from textual.widgets import Footer, Input, Static

class EmptyApp(App):
    def compose(self):
        with Horizontal():
            yield from (Static("Ask>"), Input(), Static("help"))
        yield from (Static("status"), ScrollView())
        with Container():
            yield ScrollView()
            with Vertical():
                yield ScrollView()
                for _ in range(2):
                    with Horizontal() as bar:
                        bar.display = False
                        yield from (Static("Find:"), Input(), Static("1"))
        yield Footer()

asyncio.run(main(EmptyApp()))
"""
)
OURS = (
    LEAVE_AT_FIRST_PAINT
    + f"""
from briefqa.corpus import Corpus
from briefqa.tui.app import BriefqaApp
from briefqa.tui.settings import LaunchOptions
asyncio.run(main(BriefqaApp(LaunchOptions(Corpus.of({SEED!r}), watch_interval=0))))
"""
)


class ViewApp(App[None]):
    """An app with a document view only."""

    def compose(self) -> ComposeResult:
        """Create the widget."""
        yield DocumentView()


def main() -> None:
    """Run the command line."""
    _seconds(OURS)
    pairs = [(_seconds(OURS), _seconds(EMPTY)) for _ in range(PAIRS)]
    print(f"first paint, against an empty app: {median(a / b for a, b in pairs):.2f} times")
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        notes = Path(folder) / "notes"
        notes.mkdir()
        asyncio.run(_keystrokes(_repeated(notes)))
    lines = (f"Line {number} of a rather long document, as they are.\n" for number in range(LINES))
    text = "".join(lines)
    document = load([SEED]).documents[0]._replace(text=text, blocks=())
    asyncio.run(_opening(document.text, lambda view: view.show(document)))


def _seconds(program: str) -> float:
    """Return the processor time of a program that exits at its first paint."""
    environment = {**os.environ, "TERM": "xterm"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = os.times()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def _repeated(folder: Path) -> Path:
    """Write copies of the briefing until there are enough passages."""
    text = Path(SEED).read_text(encoding="utf-8")
    for number in range(PASSAGES // 6 + 1):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


async def _keystrokes(folder: Path) -> None:
    app = BriefqaApp(LaunchOptions(Corpus.of(folder), debounce=0, word_delay=0, watch_interval=0))
    searches, drawings = [], []
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = await _ready(app, pilot.pause)
        assert screen.corpus is not None
        assistant = screen.corpus.assistant
        for end in range(4, len(TYPED)):
            searches.append(_milliseconds(partial(assistant.ask, TYPED[:end], 20)))
            answer = assistant.ask(TYPED[:end], 20)
            screen.session.ask(AskRequest(TYPED[:end]))
            message = QuestionAnswered(AskRequest(TYPED[:end]), answer)
            drawings.append(_milliseconds(partial(_draw, screen, message)))
    print(f"a keystroke at {assistant.size.passages:,} passages: ", end="")
    print(f"search {median(searches):.1f} ms, drawing {median(drawings):.1f} ms")


async def _ready(app: BriefqaApp, pause: Callable[[], object]) -> AskScreen:
    while True:
        await pause()  # type: ignore[misc]
        screen = app.screen
        if isinstance(screen, AskScreen) and screen.corpus:
            screen.query_one(QuestionField).value = ""
            return screen


def _draw(screen: AskScreen, message: QuestionAnswered) -> None:
    screen.receive_answer(message)
    screen._compositor.render_strips()


async def _opening(text: str, show: Callable[[DocumentView], None]) -> None:
    app = ViewApp()
    async with app.run_test(size=(WIDTH, HEIGHT)):
        view = app.query_one(DocumentView)
        for wrapped in (False, True):
            view.wrapped = wrapped
            view.document = None
            spent = _milliseconds(lambda: show(view))
            print(
                f"opening {LINES:,} lines, {'wrapped' if wrapped else 'unwrapped'}: {spent:.0f} ms"
            )
    print(f"setting them in rows of 50: {_milliseconds(lambda: WrappedText(text, 50)):.0f} ms")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
