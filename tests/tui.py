"""Driving the app in tests: its screen without a terminal, its keys, waiting for its threads."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList, Static

from briefqa.configuration import Values
from briefqa.configuration.config_file import read_layer
from briefqa.corpus import Corpus
from briefqa.documents import DEFAULT_SELECTION, MAX_SIZE, Selection
from briefqa.tui.app import BriefqaApp
from briefqa.tui.launch import LaunchOptions
from briefqa.tui.screens.ask_screen import AskScreen
from briefqa.tui.state.settings import settings_of
from briefqa.tui.widgets.answer_list import AnswerList
from briefqa.tui.widgets.document_view import DocumentView
from briefqa.tui.widgets.text_fields import QuestionField
from conftest import BRIEFING

__all__ = ["Driver", "drive"]

PATIENCE = 30
"""Seconds after which a test that waits for something has failed."""


class Driver:
    """The app, the keys and what is seen."""

    def __init__(self, app: BriefqaApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> AskScreen:
        """The screen below all others."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, AskScreen)
        return screen

    @property
    def status(self) -> str:
        """The line that says how far the answer can be trusted."""
        return str(self.screen.query_one("#status", Static).content)

    @property
    def document(self) -> DocumentView:
        """The pane of the document."""
        return self.screen.query_one(DocumentView)

    @property
    def answers(self) -> AnswerList:
        """The pane of the answers."""
        return self.screen.query_one(AnswerList)

    @property
    def focused(self) -> str | None:
        """What has the focus, by its id."""
        return self.app.focused.id if self.app.focused else None

    @property
    def commands(self) -> set[str]:
        """The titles of the commands of the palette."""
        screen: Screen[object] = self.screen  # type: ignore[assignment]
        return {command.title for command in self.app.get_system_commands(screen)}

    @property
    def notices(self) -> list[str]:
        """What was notified, the latest last."""
        return [notice.message for notice in self.app._notifications]

    def lines(self) -> list[str]:
        """What is seen, a row each, without the white space at its end."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition to hold."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they do at once, and for the document that they want."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.until(lambda: self.screen.document_request is None)

    async def ask(self, question: str) -> None:
        """Put a question in its field at once, and wait for its answer."""
        self.screen.query_one(QuestionField).value = question
        await self.until(lambda: self.screen.session.request.question == question)
        await self.until(lambda: self.answered and self.screen.document_request is None)

    @property
    def answered(self) -> bool:
        """Whether the question as it stands has its answer."""
        session = self.screen.session
        return session.answer is not None and session.is_current

    @property
    def offered(self) -> list[str]:
        """The questions of the history, or to start with."""
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
    selection: Selection = DEFAULT_SELECTION,
    location: str | None = None,
) -> str | None:
    """Run the app without a terminal, and a scenario on it once the documents are read.

    Returns:
        What the app leaves with.
    """
    file = state / "config.toml" if state else None
    configured = read_layer(str(file), personal=True).values if file and file.exists() else Values()
    launch = LaunchOptions(
        Corpus(paths or (BRIEFING,), MAX_SIZE, selection, location),
        debounce=0,
        watch_interval=0,
        state_folder=state,
        settings=settings_of(configured),
        settings_file=file,
        print_on_enter=print_on_enter,
        literal=literal,
    )
    app = BriefqaApp(launch)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: driver.screen.corpus or driver.screen.app_status.error)
            await driver.until(lambda: driver.screen.document_request is None)
            await scenario(driver)

    asyncio.run(run())
    return app.return_value
