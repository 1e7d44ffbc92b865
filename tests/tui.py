"""Driving the app in tests: its screen without a terminal, its keys and its threads."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList, Static

from briefqa.configuration import Values
from briefqa.configuration.config_file import read_layer
from briefqa.corpus import Corpus
from briefqa.documents import DEFAULT_SELECTION, MAX_SIZE, Selection
from briefqa.tui.answer_list import AnswerList
from briefqa.tui.app import BriefqaApp
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.document_pane import DocumentPane
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import QuestionField
from briefqa.tui.settings import LaunchOptions, settings_of
from briefqa.tui.storage import LastSession
from briefqa.tui.word_chips import ChipBar
from conftest import BRIEFING

__all__ = ["Driver", "drive"]

PATIENCE = 30
"""Seconds after which a test that waits fails."""


class Driver:
    """The app, with methods to press keys and read the screen."""

    def __init__(self, app: BriefqaApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> AskScreen:
        """The main screen."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, AskScreen)
        return screen

    @property
    def status(self) -> str:
        """The status line."""
        return str(self.screen.query_one("#status", Static).content)

    @property
    def words(self) -> str:
        """The row of the words of the question."""
        return str(self.screen.query_one(ChipBar).render())

    @property
    def document(self) -> DocumentView:
        """The view of the document."""
        return self.screen.query_one(DocumentView)

    @property
    def answers(self) -> AnswerList:
        """The list of answers."""
        return self.screen.query_one(AnswerList)

    @property
    def focused(self) -> str | None:
        """The id of the focused widget."""
        return self.app.focused.id if self.app.focused else None

    @property
    def commands(self) -> set[str]:
        """The titles of the commands in the palette."""
        screen: Screen[object] = self.screen  # type: ignore[assignment]
        return {command.title for command in self.app.get_system_commands(screen)}

    @property
    def notices(self) -> list[str]:
        """The notifications, the latest last."""
        return [notice.message for notice in self.app._notifications]

    def lines(self) -> list[str]:
        """Return the rows of the screen, without white space at their ends."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for their immediate effects and for the document to load."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.until(lambda: self.loaded)

    def burst(self, *keys: str) -> None:
        """Press keys faster than they are handled."""
        for key in keys:
            character = {"space": " ", "slash": "/"}.get(key, key if len(key) == 1 else None)
            self.app.post_message(Key(key, character))

    async def ask(self, question: str) -> None:
        """Enter a question at once, and wait for its answer."""
        self.screen.query_one(QuestionField).value = question
        await self.until(lambda: self.screen.session.request.question == question)
        await self.until(lambda: self.answered and self.loaded)

    @property
    def loaded(self) -> bool:
        """Whether the document to show is loaded."""
        return self.screen.query_one(DocumentPane).request is None

    @property
    def answered(self) -> bool:
        """Whether the present question is answered."""
        session = self.screen.session
        return session.answer is not None and session.is_current

    @property
    def offered(self) -> list[str]:
        """The questions of the history, or those to start with."""
        options = self.app.screen.query(OptionList)
        if options:
            found = options.first()
            return [str(found.get_option_at_index(i).prompt) for i in range(found.option_count)]
        return self.screen.starters


def drive(
    scenario: Callable[[Driver], Awaitable[None]],
    *paths: str,
    size: tuple[int, int] = (120, 40),
    state: Path | None = None,
    print_on_enter: bool = False,
    literal: bool = False,
    word_delay: float = 0,
    keep_delay: float = 0,
    selection: Selection = DEFAULT_SELECTION,
    location: str | None = None,
    last_session: LastSession | None = None,
    notifications: bool = False,
) -> str | None:
    """Run the app without a terminal, and a scenario once the documents are read.

    Returns:
        The result of the app.
    """
    file = state / "config.toml" if state else None
    configured = read_layer(str(file), personal=True).values if file and file.exists() else Values()
    launch = LaunchOptions(
        Corpus(paths or (BRIEFING,), MAX_SIZE, selection, location),
        debounce=0,
        word_delay=word_delay,
        keep_delay=keep_delay,
        watch_interval=0,
        state_folder=state,
        settings=settings_of(configured),
        settings_file=file,
        print_on_enter=print_on_enter,
        literal=literal,
        last_session=last_session,
    )
    app = BriefqaApp(launch)
    # On a busy machine a test may see a notification late.
    BriefqaApp.NOTIFICATION_TIMEOUT = 600

    async def run() -> None:
        async with app.run_test(size=size, notifications=notifications) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: driver.screen.corpus or driver.screen.app_status.error)
            await driver.until(lambda: driver.loaded)
            await scenario(driver)

    asyncio.run(run())
    return app.return_value
