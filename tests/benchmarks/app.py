"""The speed of the app: `python tests/benchmarks/app.py [--large]`.

It prints the time to the first paint relative to an empty Textual app with the same widgets, as
whole processes in turn; the search and the drawing for a key press, with 10,000 passages at 120x40;
and the time to open a document of 100,000 lines, wrapped and unwrapped.

With `--large` it also prints those of a key press with 100,000 passages; and for two texts of 50 MB
with a cached index, one whose sentences come again and one of invented words, the time to the
answer of a question that is pasted at once, less that of a one-shot answer and of the first paint
of the empty app; the time until a key that is typed while it opens is shown; and the memory against
the empty app. Of the time of a key, that is subtracted in which the processors were busy with other
programs, as far as Linux tells it.
"""

import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from corpus import questions, write_corpus
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult

from briefqa.corpus import Corpus
from briefqa.documents import load
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.app import BriefqaApp
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.background import TOP, QuestionAnswered, ask
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import QuestionField
from briefqa.tui.frame import Changes, ScreenFrame
from briefqa.tui.session import AskRequest
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.text_rows import WrappedText

SEED = "seeds/000_1c0b0a5638379c89.txt"
PAIRS = 15
PASSAGES = 10_000
LINES = 100_000
WIDTH, HEIGHT = 120, 40
LARGE = 100_000
TEXT = 50_000_000
"""Characters of a long text."""
INVENTED = "wodi sanemu tarilo kepu"
"""Words of the text of invented words."""
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
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.app import BriefqaApp
from briefqa.tui.settings import LaunchOptions
asyncio.run(main(BriefqaApp(LaunchOptions(Corpus.of({SEED!r}), watch_interval=0))))
"""
)


MEASURED = f"""
import json, sys, time
START = time.perf_counter()
sys.path.insert(0, {str(Path(__file__).parent)!r})
from engines import peak_memory
"""
EMPTY_MEMORY = MEASURED + EMPTY.replace(
    "os._exit(0)",
    "print(json.dumps(dict(paint=time.perf_counter() - START, memory=peak_memory())))",
)
LONG = (
    MEASURED
    + """
import asyncio, os
from textual.events import Key, Paste
from briefqa.corpus import Corpus
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.app import BriefqaApp
from briefqa.tui.fields import QuestionField
from briefqa.tui.settings import LaunchOptions

def now():
    try:
        waited = int(open("/proc/self/schedstat").read().split()[1]) / 1e9
    except OSError:
        waited = 0
    return time.perf_counter() - waited

async def main(question, path, *given):
    app = BriefqaApp(LaunchOptions(Corpus.of(path), watch_interval=0))
    async with app.run_test(size=(120, 40)):
        field, session = app.screen.query_one(QuestionField), app.screen.session
        echoes, answer = [], None
        if given:
            app.post_message(Paste(question))
        for character in question if not given else ():
            typed, pressed = field.value + character, now()
            app.post_message(Key("space" if character == " " else character, character))
            while field.value != typed:
                await asyncio.sleep(0)
            echoes.append(now() - pressed)
            await asyncio.sleep(0.02)
            answer = answer or session.answer and time.perf_counter() - START
        while session.answer is None:
            await asyncio.sleep(0.01)
        answer = answer or time.perf_counter() - START
        while not app.screen.query_one("#document-pane").is_whole:
            await asyncio.sleep(0.01)
        await asyncio.sleep(2)
        print(json.dumps(dict(answer=answer, echoes=echoes, memory=peak_memory())), flush=True)
        os._exit(0)

asyncio.run(main(*sys.argv[1:]))
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
        sizes = (PASSAGES, LARGE) if "--large" in sys.argv else (PASSAGES,)
        for passages in sizes:
            corpus = Path(folder) / str(passages)
            write_corpus(corpus, passages)
            asyncio.run(_keystrokes(corpus))
        if "--large" in sys.argv:
            (question,) = questions(corpus, 1)
            parts = (part.read_text(encoding="utf-8") for part in sorted(corpus.glob("*.txt")))
            _long_text("of sentences that come again", parts, question)
            _long_text("of invented words", _invented(), INVENTED)
    lines = (f"Line {number} of a rather long document, as they are.\n" for number in range(LINES))
    text = "".join(lines)
    document = load([SEED]).documents[0]._replace(text=text, blocks=())
    asyncio.run(_opening(document.text, lambda view: view.show(document)))


def _invented() -> Iterator[str]:
    """Yield paragraphs of words of two to four syllables, the first of them common, endlessly."""
    chance = random.Random(LARGE)
    syllables = [a + b for a in "bcdfghjklmnprstvw" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(60_000)]
    for place, word in zip((30, 200, 900, 2000), INVENTED.split(), strict=True):
        words[place] = word
    weights = [*accumulate(1 / place for place in range(5, 5 + len(words)))]
    while True:
        lengths = chance.choices(range(6, 20), k=chance.randint(3, 8))
        drawn = (chance.choices(words, cum_weights=weights, k=length) for length in lengths)
        yield "\n".join(f"{' '.join(each).capitalize()}." for each in drawn) + "\n\n"


def _long_text(kind: str, parts: Iterator[str], question: str) -> None:
    """Measure the app with one long text, in processes of its own."""
    path, room = Path(os.environ["XDG_CACHE_HOME"]) / "long.txt", TEXT
    with path.open("w", encoding="utf-8") as file:
        while room > 0:
            room -= file.write(next(parts)[:room])
    # The index of a file that was just written is not trusted for long.
    os.utime(path, (1, 1))
    one_shot = (sys.executable, "-m", "briefqa", "ask", question, str(path))
    _run(*one_shot)
    shot = median(_run(*one_shot)[0] for _ in range(3))
    empty = json.loads(_run(sys.executable, "-c", EMPTY_MEMORY)[1])
    app = (sys.executable, "-c", LONG, question, str(path))
    answer = median(json.loads(_run(*app, "given")[1])["answer"] for _ in range(3))
    print(f"{TEXT // 10**6} MB {kind}: answer {answer:.2f} s after the start", end="")
    print(f", {answer - shot - empty['paint']:.2f} s more than one-shot ({shot:.2f} s)", end="")
    print(f" and the first paint of the empty app ({empty['paint']:.2f} s)")
    runs = [json.loads(_run(*app)[1]) for _ in range(3)]
    echoes = sorted(each for run in runs for each in run["echoes"])
    print(
        f"  a key is shown after {1000 * median(echoes):.0f} ms, at most {1000 * echoes[-1]:.0f} ms"
    )
    memory = median(run["memory"] for run in runs) / empty["memory"]
    print(f"  memory, against the empty app: {memory:.1f} times")


def _run(*command: str) -> tuple[float, str]:
    """Return the seconds that a command takes, and its output."""
    started = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return time.perf_counter() - started, done.stdout


def _seconds(program: str) -> float:
    """Return the processor time of a program that exits at its first paint."""
    environment = {**os.environ, "TERM": "xterm"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def _keystrokes(folder: Path) -> None:
    app = BriefqaApp(LaunchOptions(Corpus.of(folder), debounce=0, word_delay=0, watch_interval=0))
    searches, drawings, frame = [], [], ScreenFrame()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = await _ready(app, pilot.pause)
        assert screen.corpus is not None
        assistant = screen.corpus.assistant
        typed = [text[:end] for text in questions(folder, 3) for end in range(4, len(text))]
        for text in typed:
            request = AskRequest(text, finished=not text[-1].isalnum())
            top = TOP if request.finished else screen.query_one(AnswerList).capacity
            answer = partial(ask, assistant, request, top)
            searches.append(_milliseconds(answer))
            screen.session.ask(request)
            message = answer()
            assert isinstance(message, QuestionAnswered)
            drawings.append(_milliseconds(partial(_draw, screen, message, frame)))
    print(f"a key press at {assistant.size.passages:,} passages: ", end="")
    print(f"search {median(searches):.1f} ms, drawing {median(drawings):.1f} ms", end="")
    print(f", together {median(map(sum, zip(searches, drawings, strict=True))):.1f} ms")


async def _ready(app: BriefqaApp, pause: Callable[[], object]) -> AskScreen:
    while True:
        await pause()  # type: ignore[misc]
        screen = app.screen
        if isinstance(screen, AskScreen) and screen.corpus:
            screen.query_one(QuestionField).value = ""
            return screen


def _draw(screen: AskScreen, message: QuestionAnswered, frame: ScreenFrame) -> None:
    """Draw an answer as the app does, up to what is sent to the terminal."""
    screen.receive_answer(message)
    changed = {widget for widget in screen._compositor.visible_widgets if widget._repaint_required}
    for widget in changed:
        widget._repaint_required = False
    screen._compositor.update_widgets(changed)
    update = screen._compositor.render_update()
    if isinstance(update, LayoutUpdate | ChopsUpdate):
        Changes(update, frame).render_segments(screen.app.console)


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
    """Return the processor time of some work in this thread."""
    started = time.thread_time()
    work()
    return 1000 * (time.thread_time() - started)


if __name__ == "__main__":
    main()
