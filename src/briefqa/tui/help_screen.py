"""Every key, and what it does."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from briefqa.tui.keys import GROUPS

__all__ = ["HelpScreen"]

KEY_WIDTH = 13


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
            yield Static(Content("\n").join(_lines(self.app, printing=self._printing)))

    def action_scroll(self, step: int) -> None:
        """Scroll by a few lines."""
        self.query_one("#help").scroll_relative(y=3 * step, animate=False)


def _lines(app: App[object], *, printing: bool) -> Iterator[Content]:
    other = "screen.read" if printing else "screen.print"
    for group in GROUPS:
        yield Content.styled(group.place, "bold $text-accent")
        for binding in (each for each in group.bindings if each.action != other):
            key = app.get_key_display(binding.with_key(binding.key.partition(",")[0]))
            keys = binding.key_display or key
            yield Content.assemble((f"  {keys:<{KEY_WIDTH}}", "bold"), binding.description)
        yield Content("")
