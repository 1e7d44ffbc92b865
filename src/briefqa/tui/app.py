"""The app: what outlives its screen, such as theme, settings and commands."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import ClassVar

from rich.console import Console
from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from briefqa.configuration.values import choice
from briefqa.errors import UsageError
from briefqa.text_safety import sanitise_name
from briefqa.tui.keys import GROUPS
from briefqa.tui.launch import Launch
from briefqa.tui.messages import Failed, Wrapped
from briefqa.tui.screens.ask_screen import AskScreen
from briefqa.tui.screens.help_screen import HelpScreen
from briefqa.tui.state.history import History
from briefqa.tui.state.settings import DEFAULT_THEME, save_settings

__all__ = ["BriefqaApp"]


class BriefqaApp(App[str]):
    """Ask, and read the answers in their documents.

    Args:
        launch: what the app is started with.

    Attributes:
        mistake: the error that nobody foresaw and that ended the app; None where none did.
    """

    TITLE = "briefqa"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True),
    ]

    def __init__(self, launch: Launch) -> None:
        super().__init__()
        self.launch = launch
        self.settings = launch.settings
        self.mistake: Exception | None = None
        self.set_keymap(dict(self.settings.keys))
        # What it would print has pages, and the document's text unsanitised.
        self.error_console = Console(quiet=True)

    def _handle_exception(self, error: Exception) -> None:
        """Leave; Textual has no public place where the error could be had."""
        self.mistake = self.mistake or error
        super()._handle_exception(error)

    def get_default_screen(self) -> Screen[None]:
        """Return the screen that is always there."""
        history = History(self.launch.history_file)
        return AskScreen(self.launch, history, wrapped=self.settings.wrap)

    def on_mount(self) -> None:
        """Show the screen as the reader likes it."""
        known = self.settings.theme in self.available_themes
        self.theme = self.settings.theme if known else DEFAULT_THEME
        for doubt in self._doubts():
            self.notify(doubt, severity="warning", markup=False)
        self.theme_changed_signal.subscribe(self, lambda theme: self.remember(theme=theme.name))
        self._earlier_hook, threading.excepthook = threading.excepthook, self._take_error

    def on_unmount(self) -> None:
        """Leave the errors of threads to whom they were left before."""
        threading.excepthook = self._earlier_hook

    def _take_error(self, raised: threading.ExceptHookArgs) -> None:
        """Say what ended a thread; called in it."""
        # The app may be gone by now, and its loop closed.
        with suppress(RuntimeError):
            if isinstance(raised.exc_value, Exception):
                self.screen_stack[0].post_message(Failed(raised.exc_value))

    def _doubts(self) -> Iterator[str]:
        """Yield what of the settings names nothing, safe to show."""
        ids = [binding.id or "" for group in GROUPS for binding in group.bindings]
        named = [("theme", self.settings.theme, list(self.available_themes))]
        for kind, name, known in [*named, *(("key", key, ids) for key in self.settings.keys)]:
            try:
                choice(name, known, kind)
            except UsageError as error:
                yield sanitise_name(str(error))

    @on(Wrapped)
    def keep_wrapping(self, message: Wrapped) -> None:
        """Remember whether long lines are wrapped."""
        self.remember(wrap=message.wrapped)

    def remember(self, *, theme: str | None = None, wrap: bool | None = None) -> None:
        """Keep a setting for the next time."""
        settings = self.settings._replace(
            theme=self.settings.theme if theme is None else theme,
            wrap=self.settings.wrap if wrap is None else wrap,
        )
        if settings != self.settings:
            save_settings(self.launch.settings_file, self.settings, settings)
            self.settings = settings

    def action_help(self) -> None:
        """Show every key, or no longer."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(printing=self.launch.printing))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands of the palette."""
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        yield SystemCommand("Keys", "Show every key", self.action_help)
        yield SystemCommand("Quit", "Leave briefqa", self.action_quit)
        if isinstance(screen, AskScreen):
            yield SystemCommand("History", "Choose an earlier question", screen.action_history)
            yield SystemCommand("Export", "Write the session to a file", screen.action_export)
            yield SystemCommand("Literal", "Ask exactly what is written", screen.action_literal)
            yield SystemCommand("Zoom", "Give one pane the screen", screen.action_zoom)
            yield SystemCommand("Wrap", "Wrap long lines, or not", screen.action_wrap)
            yield SystemCommand("Edit", "Open the document in the editor", screen.action_edit)
            yield SystemCommand("Reload", "Read the documents again", screen.action_reload)
