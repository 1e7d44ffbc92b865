"""The app: its settings, theme and commands, which all screens share."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import ClassVar, cast

from rich.console import Console, RenderableType
from textual import on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from briefqa.configuration import choice
from briefqa.errors import UsageError
from briefqa.text_safety import sanitise_name
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.breakpoints import HEIGHTS, WIDTHS
from briefqa.tui.contrast import own_colours, theme_colours
from briefqa.tui.document_screen import DocumentScreen
from briefqa.tui.fields import SafeField
from briefqa.tui.frame import Changes, ScreenFrame
from briefqa.tui.keys import GROUPS, PANES, shown_keys
from briefqa.tui.settings import DEFAULT_THEME, LaunchOptions, save_settings
from briefqa.tui.storage import History, write_last_session
from briefqa.tui.worker import TaskFailed

NOT_IN_PALETTE = frozenset(["app.command_palette", "app.suspend_process", "app.focus_next"])

WARNING_SECONDS = 8
"""How long a warning about the settings is shown."""

__all__ = ["BriefqaApp", "FatalThreadError"]


class FatalThreadError(Exception):
    """A thread ended with an exception that no program handles, such as a panic of a library."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"a thread ended with {type(error).__name__}: {error}")


class BriefqaApp(App[str]):
    """The app.

    Args:
        options: the options that it is started with.

    Attributes:
        unexpected_error: the exception that ended the app; None if none did.
    """

    TITLE = "briefqa"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    SUSPENDED_SCREEN_CLASS = "-screen-suspended"
    # A notice covers text on a small screen.
    NOTIFICATION_TIMEOUT = 3
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True),
    ]

    def __init__(self, options: LaunchOptions) -> None:
        super().__init__()
        self.options = options
        self.settings = options.settings
        self.unexpected_error: Exception | None = None
        self._held: deque[Key | Paste] = deque()
        # A slow line takes seconds for an animation.
        self.animation_level = "none"
        self.set_keymap(dict(self.settings.keys))
        # Textual would print a long traceback, with the text of documents unsanitised.
        self.error_console = Console(quiet=True)

    def exit(
        self,
        result: str | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Store where the session is, and end."""
        screen, file = self.screen_stack[0], self.options.session_file
        if file and isinstance(screen, AskScreen):
            # The working folder may be gone, and what is relative to it with it.
            with suppress(FileNotFoundError):
                write_last_session(file, screen.resumable)
        super().exit(result, return_code, message)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of the terminal."""
        found = super().get_driver_class()
        if sys.platform == "win32" or found.__name__ != "LinuxDriver":
            return found
        from briefqa.tui.posix_terminal import PosixTerminal

        return PosixTerminal

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, and those of the app that are computed from them."""
        variables = super().get_css_variables()
        colours = theme_colours(variables, dark=self.current_theme.dark)
        self.theme_variables = {**variables, **colours}
        return self.theme_variables

    @property
    def current_theme(self) -> Theme:
        """The theme; Textual copies the table of all themes each time that it asks for it."""
        return self._registered_themes.get(self.theme) or super().current_theme

    def on_resize(self) -> None:
        """Draw everything: a terminal may lose what it shows when its size changes."""
        if frame := self._frame:
            frame.clear()

    @property
    def _frame(self) -> ScreenFrame | None:
        return getattr(self._driver, "frame", None)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what changes; Textual sends what may have changed, several times as much."""
        if (frame := self._frame) and isinstance(renderable, LayoutUpdate | ChopsUpdate):
            renderable = cast("RenderableType", Changes(renderable, frame))
        super()._display(screen, renderable)

    async def on_event(self, event: Event) -> None:
        """Handle a key before the next one, which may be meant for what this one focuses.

        Textual passes a key to the focused widget as a message, so that of several keys in quick
        succession all reach the widget that was focused before the first.
        """
        is_handled = isinstance(event, Key | Paste) and not event.is_forwarded
        # Screens are being closed after the key that quits.
        if isinstance(event, Key | Paste) and is_handled and not self._exit:
            is_handled = await self._hold(event) or await self._handle_input(event)
        if not is_handled:
            await super().on_event(event)

    async def _hold(self, event: Key | Paste) -> bool:
        """Keep what is typed after Enter until the answer is shown; Esc cancels the Enter."""
        screen = self.screen
        if not isinstance(screen, AskScreen) or not (screen.awaits_answer or self._held):
            return False
        if isinstance(event, Key) and event.key == "escape":
            self._held.clear()
            screen.end_wait()
        elif isinstance(event, Paste) or not await self._check_bindings(event.key, priority=True):
            self._held.append(event)
        return True

    @on(AskScreen.WaitEnded)
    async def release_keys(self) -> None:
        """Handle what was typed after Enter, up to the next Enter that waits."""
        while self._held:
            screen = self.screen
            if isinstance(screen, AskScreen) and screen.awaits_answer:
                return
            await self._handle_input(self._held.popleft())

    async def _handle_input(self, event: Key | Paste) -> bool:
        """Insert a key or a paste into the field, or run the action of a key, if there is one."""
        screen = self.screen
        fields = screen.query(SafeField) if self.focused is None else ()
        field = next(iter(fields), self.focused)
        if isinstance(event, Key) and isinstance(screen, AskScreen):
            screen.stop_editor()
        if isinstance(event, Paste) and isinstance(field, SafeField):
            field.insert_lines(event.text)
        elif isinstance(event, Paste) and isinstance(screen, AskScreen):
            screen.ask_pasted(event.text)
        elif isinstance(event, Key) and event.is_printable and isinstance(field, Input):
            self.screen.set_focus(field)
            await field._on_key(event)
        elif isinstance(event, Key):
            return (
                await self._check_bindings(event.key, priority=True)
                or self._takes_as_text(event)
                or await self._check_bindings(event.key)
                or self._say_why_not(event)
            )
        else:
            return False
        return True

    def _takes_as_text(self, event: Key) -> bool:
        """Return whether a key is part of a question that is typed where letters are commands."""
        main, screen = self.screen_stack[0], self.screen
        if not isinstance(main, AskScreen):
            return False
        if not event.is_printable:
            main.typed.end()
            return False
        active = screen.active_bindings.get(event.key)
        action = _name(active.binding.action) if active and active.enabled else ""
        # The first letter of a word may have opened a dialog, in which the others do nothing.
        return (main is screen or not action) and main.takes_as_text(event, action)

    def _say_why_not(self, event: Key) -> bool:
        """Say what the action of a key lacks, if it has one that cannot act now, or how to ask."""
        screen, active = self.screen, self.screen.active_bindings.get(event.key)
        if not isinstance(screen, AskScreen) or (active and active.enabled):
            return False
        if active:
            self.notify(screen.lack(_name(active.binding.action)), markup=False)
        elif event.is_printable:
            screen.tell_how_to_ask()
        return True

    def on_notify(self) -> None:
        """Show a notice in place of one that says only what was done before."""
        for notice in [each for each in self._notifications if each.severity == "information"]:
            self._unnotify(notice, refresh=False)

    def action_help_quit(self) -> None:
        """Say which key quits, in the one row of a notice."""
        bindings = ((key, each.binding.action) for key, each in self.active_bindings.items())
        key = next((key for key, action in bindings if action == "quit"), "")
        self.notify(f"To quit, press {key.title()}.", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """Store the exception; Textual has no public method that returns it."""
        self.unexpected_error = self.unexpected_error or error
        super()._handle_exception(error)

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        history = History(self.options.history_file)
        screen = AskScreen(self.options, history, wrapped=self.settings.wrap)
        return screen.fit(self.size)

    def on_mount(self) -> None:
        """Apply the settings."""
        is_known = self.settings.theme in self.available_themes
        theme = self.settings.theme if is_known else DEFAULT_THEME
        has_few = not self.is_headless and self.console.color_system == "standard"
        self.theme = own_colours(self.available_themes[theme]) if has_few else theme
        for warning in (*map(sanitise_name, self.options.notices), *self._setting_warnings()):
            self.notify(warning, severity="warning", timeout=WARNING_SECONDS, markup=False)
        self._theme_at_start = self.theme
        self.theme_changed_signal.subscribe(self, self._save_theme)
        self._previous_hook, threading.excepthook = threading.excepthook, self._report_thread_error

    def _save_theme(self, theme: Theme) -> None:
        """Store a theme that is chosen, but not one that stands for that of the settings."""
        if theme.name != self._theme_at_start:
            self._theme_at_start = ""
            self.save_setting(theme=theme.name)

    def on_unmount(self) -> None:
        """Restore the handler of exceptions in threads."""
        threading.excepthook = self._previous_hook

    def _report_thread_error(self, raised: threading.ExceptHookArgs) -> None:
        """Show the exception that ended a thread; called in that thread."""
        # The app may have exited, and its event loop be closed.
        with suppress(RuntimeError):
            if isinstance(raised.exc_value, Exception):
                self.screen_stack[0].post_message(TaskFailed(raised.exc_value))
            elif raised.exc_value is not None:
                self.call_later(self._handle_exception, FatalThreadError(raised.exc_value))

    def _setting_warnings(self) -> Iterator[str]:
        """Yield a message for each unknown name in the settings, sanitised."""
        ids = [binding.id or "" for group in GROUPS for binding in group.bindings]
        theme = ("theme", self.settings.theme, list(self.available_themes))
        for kind, name, known in [theme, *(("key", key, ids) for key in self.settings.keys)]:
            try:
                choice(name, known, kind)
            except UsageError as error:
                yield sanitise_name(str(error))

    @on(DocumentScreen.WrapChanged)
    def save_wrap(self, message: DocumentScreen.WrapChanged) -> None:
        """Store whether long lines are wrapped."""
        self.save_setting(wrap=message.wrapped)

    def save_setting(self, *, theme: str | None = None, wrap: bool | None = None) -> None:
        """Store a setting in the configuration file."""
        settings = self.settings._replace(
            theme=self.settings.theme if theme is None else theme,
            wrap=self.settings.wrap if wrap is None else wrap,
        )
        if settings != self.settings:
            save_settings(self.options.settings_file, self.settings, settings)
            self.settings = settings

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable Ctrl+Z where a script waits for the excerpt: nobody could let the app go on."""
        return action != "suspend_process" or not self.options.print_on_enter

    def action_suspend_process(self) -> None:
        """Stop until the shell's fg, if a shell with jobs has started the app."""
        # Of such a shell each job is a process group of its own; without one, nothing goes on.
        if sys.platform != "win32" and os.getpgrp() == os.getsid(0):
            self.notify("No shell could let the app go on.", markup=False)
        else:
            super().action_suspend_process()

    def action_help(self) -> None:
        """Show the list of all keys."""
        from briefqa.tui.help_screen import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            focused = self.focused.id if self.focused else None
            prints = self.options.print_on_enter
            keymap = self.settings.keys
            self.push_screen(HelpScreen(keymap, print_on_enter=prints, focused=focused))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands of the palette: what the keys can do now, with the keys."""
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        # Of two keys that do the same, the one that always acts is named.
        bindings = {each.action: each for each in (*PANES, *GROUPS[-1].bindings)}
        for action, binding in bindings.items():
            is_elsewhere = action.startswith("screen.") and not isinstance(screen, AskScreen)
            if action in NOT_IN_PALETTE or is_elsewhere:
                continue
            if screen.check_action(_name(action), ()):
                keys = shown_keys(binding, self.get_key_display, self.settings.keys)
                run = partial(self.run_action, action, screen)
                title = binding.tooltip or binding.description
                yield SystemCommand(title, f"Key: {keys}", run)


def _name(action: str) -> str:
    """Return the name of an action of the main screen, such as `match` of `screen.match(1)`."""
    return action.removeprefix("screen.").partition("(")[0]
