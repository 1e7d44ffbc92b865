"""Every key, and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from briefqa.tui.keys import GROUPS, Group

__all__ = ["HelpScreen"]


class HelpScreen(ModalScreen[None]):
    """All keys, by where they act.

    Args:
        printing: whether Enter prints, instead of reading.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "Leave", id="help.leave"),
        Binding("down,j", "scroll(1)", "Further down", id="help.down"),
        Binding("up,k", "scroll(-1)", "Further up", id="help.up"),
    ]

    def __init__(self, *, printing: bool) -> None:
        super().__init__()
        self._printing = printing

    def compose(self) -> ComposeResult:
        """Lay the widgets out."""
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc leaves"
            for group in GROUPS:
                yield Static(group.place, classes="place", markup=False)
                for keys, what in _rows(self.app, group, printing=self._printing):
                    with Horizontal(classes="key"):
                        yield Static(keys, classes="keys", markup=False)
                        yield Static(what, classes="what", markup=False)

    def action_scroll(self, step: int) -> None:
        """Scroll by a few lines."""
        self.query_one("#help").scroll_relative(y=3 * step, animate=False)


def _rows(app: App[object], group: Group, *, printing: bool) -> Iterator[tuple[str, str]]:
    """Yield the keys of each binding that acts, and what they do."""
    other = "screen.read" if printing else "screen.print"
    for binding in (each for each in group.bindings if each.action != other):
        keys = (app.get_key_display(binding.with_key(key)) for key in binding.key.split(","))
        yield binding.key_display or " ".join(keys), binding.description
