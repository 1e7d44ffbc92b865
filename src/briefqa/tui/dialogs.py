"""The dialogs: the list of all keys, and the list of earlier questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from briefqa.tui.choice_screen import FilteredScreen
from briefqa.tui.keys import GROUPS, KeyGroup
from briefqa.tui.storage import filter_questions

__all__ = ["HelpScreen", "HistoryScreen", "shown_keys"]


WIDTHS = [(0, "-stacked"), (100, "-wide")]
"""Classes by the least number of columns."""
COLUMN = 4
"""The number of groups of keys in the first column."""
LEGEND = (
    ("●", "answered: the answer itself comes first, if there is one"),
    ("◐", "closest passages, which may not answer"),
    ("○", "no passage matches"),
    ('"a phrase"', "these words in this order count more"),
    ("+word", "the passage must have it"),
    ("-word", "the passage must not have it"),
    ('"word"', "exactly this word, not corrected, and no other name"),
    ("word 8 ✗", "the number of passages that have it; none has it"),
    ("→ / ~", "corrected to; looked up as well as; a related word is found"),
    (":9 +2", "the line or page; in how many other places the same is said"),
)


class HelpScreen(ModalScreen[None]):
    """All keys, grouped by the place in which they act.

    Args:
        print_on_enter: whether Enter prints, rather than reads.
        focused: the id of the focused widget, whose keys are shown first; None for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "Close", id="help.leave"),
        Binding("down,j", "scroll(1)", "Scroll down", id="help.down"),
        Binding("up,k", "scroll(-1)", "Scroll up", id="help.up"),
    ]

    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self, *, print_on_enter: bool, focused: str | None = None) -> None:
        super().__init__()
        self._focused = focused
        self._print_on_enter = print_on_enter

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc closes"
            with Horizontal(id="help-columns"):
                for groups in (GROUPS[:COLUMN], GROUPS[COLUMN:]):
                    with Vertical():
                        if groups[0] is GROUPS[0]:
                            yield from _section("A question and its answer", LEGEND)
                        for group in groups:
                            rows = _rows(self.app, group, self._print_on_enter)
                            yield from _section(group.place, rows, group.widget)

    def on_mount(self) -> None:
        """Scroll to the keys of the focused widget."""
        for title in self.query(f"#keys-{self._focused}"):
            box = self.query_one("#help")
            self.call_after_refresh(box.scroll_to_widget, title, animate=False, top=True)

    def action_scroll(self, step: int) -> None:
        """Scroll by a few lines."""
        self.query_one("#help").scroll_relative(y=3 * step, animate=False)


def _section(title: str, rows: Iterable[tuple[str, str]], widget: str = "") -> Iterator[Widget]:
    """Yield the title of some rows, and the rows: what is shown or pressed, and what it means."""
    yield Static(title, classes="place", markup=False, id=f"keys-{widget}" if widget else None)
    for shown, meaning in rows:
        yield Horizontal(
            Static(shown, classes="keys", markup=False),
            Static(meaning, classes="description", markup=False),
            classes="key",
        )


def _rows(app: App[object], group: KeyGroup, print_on_enter: bool) -> Iterator[tuple[str, str]]:
    """Yield the keys of each binding that is active and described, and its description."""
    inactive = "screen.read" if print_on_enter else "screen.print"
    for binding in group.bindings:
        if binding.action == inactive or not binding.description:
            continue
        yield shown_keys(binding, app.get_key_display), binding.description


def shown_keys(binding: Binding, display: Callable[[Binding], str]) -> str:
    """Return the keys of a binding as the help names them; `display` names one key."""
    keys = (display(binding.with_key(key)) for key in binding.key.split(","))
    return binding.key_display or " ".join(keys)


class HistoryScreen(FilteredScreen[str]):
    """A field for words, and the questions that contain them.

    Args:
        questions: the latest first.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(
            "history", "Earlier questions", "Enter asks, Esc closes", "Words of the question"
        )
        self._questions = questions

    def _matches(self, typed: str) -> Sequence[str]:
        return filter_questions(self._questions, typed)

    def _line(self, chosen: str) -> Content:
        return Content(chosen)
