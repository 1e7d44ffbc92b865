"""The list of all keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from briefqa.tui.keys import GROUPS, KeyGroup

__all__ = ["HelpScreen"]


class HelpScreen(ModalScreen[None]):
    """All keys, grouped by the place in which they act.

    Args:
        print_on_enter: whether Enter prints, rather than reads.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "Close", id="help.leave"),
        Binding("down,j", "scroll(1)", "Scroll down", id="help.down"),
        Binding("up,k", "scroll(-1)", "Scroll up", id="help.up"),
    ]

    def __init__(self, *, print_on_enter: bool) -> None:
        super().__init__()
        self._print_on_enter = print_on_enter

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc closes"
            for group in GROUPS:
                yield Static(group.place, classes="place", markup=False)
                for keys, description in _rows(self.app, group, self._print_on_enter):
                    with Horizontal(classes="key"):
                        yield Static(keys, classes="keys", markup=False)
                        yield Static(description, classes="description", markup=False)

    def action_scroll(self, step: int) -> None:
        """Scroll by a few lines."""
        self.query_one("#help").scroll_relative(y=3 * step, animate=False)


def _rows(app: App[object], group: KeyGroup, print_on_enter: bool) -> Iterator[tuple[str, str]]:
    """Yield the keys of each binding that is active, and its description."""
    inactive = "screen.read" if print_on_enter else "screen.print"
    for binding in (each for each in group.bindings if each.action != inactive):
        keys = (app.get_key_display(binding.with_key(key)) for key in binding.key.split(","))
        yield binding.key_display or " ".join(keys), binding.description
