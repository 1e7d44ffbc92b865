"""Dialogs: one of several lines to choose, the earlier questions, and the list of all keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from briefqa.records import Record
from briefqa.tui.fields import SafeField
from briefqa.tui.keys import GROUPS, LIST, KeyGroup
from briefqa.tui.storage import filter_questions

__all__ = [
    "Choice",
    "ChoiceScreen",
    "FilteredScreen",
    "HelpScreen",
    "HistoryScreen",
    "shown_keys",
]

SHOWN = 500
"""Lines that are shown; of more, those that contain other words are found by typing."""
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


class Choice(Record):
    """A line to choose.

    Attributes:
        text: what it says, sanitised.
        note: what is said of it, in another colour; empty for nothing.
        indent: the number of spaces before it.
    """

    text: str
    note: str = ""
    indent: int = 0


Chosen = TypeVar("Chosen")


class FilteredScreen(ModalScreen[Chosen | None]):
    """A field for words, and the entries that contain them; it returns the chosen one.

    Args:
        box: the identifier of the dialog.
        title: its title.
        keys: what its keys do.
        placeholder: what to type in the field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*LIST]

    def __init__(self, box: str, title: str, keys: str, placeholder: str) -> None:
        super().__init__()
        self._box = box
        self._title = title
        self._keys = keys
        self._placeholder = placeholder
        self._matching: Sequence[Chosen] = ()

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id=self._box) as box:
            box.border_title = self._title
            box.border_subtitle = self._keys
            yield SafeField(placeholder=self._placeholder, id="words")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Show all entries."""
        self._show_matching("")

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show the entries that contain the words."""
        self._show_matching(message.value)

    @on(Input.Submitted)
    def choose(self) -> None:
        """Close with the highlighted entry."""
        number = self.query_one(OptionList).highlighted
        self.dismiss(None if number is None else self._matching[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Close with the entry that was clicked."""
        self.dismiss(self._matching[message.option_index])

    def action_move(self, step: int) -> None:
        """Highlight another entry."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show_matching(self, typed: str) -> None:
        self._matching = self._matches(typed)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([self._line(each) for each in self._matching])
        options.highlighted = self._highlighted(typed) if self._matching else None
        told = self._keys if self._matching else "Nothing found, Esc closes"
        self.query_one(f"#{self._box}").border_subtitle = told

    def _matches(self, typed: str) -> Sequence[Chosen]:
        """Return the entries that contain the words."""
        raise NotImplementedError

    def _line(self, chosen: Chosen) -> Content:
        """Return how an entry is written."""
        raise NotImplementedError

    def _highlighted(self, typed: str) -> int:
        """Return the place of the entry that is highlighted among those that match."""
        return 0


class ChoiceScreen(FilteredScreen[int]):
    """A field for words, and the choices that contain them; it returns the number of one.

    Args:
        title: the title of the dialog.
        placeholder: what to type in the field.
        choices: all choices, in order.
        present: the number of the choice that is highlighted at first.
    """

    def __init__(
        self, title: str, placeholder: str, choices: Sequence[Choice], present: int = 0
    ) -> None:
        super().__init__("choice", title, "Enter goes there, Esc closes", placeholder)
        self._choices = choices
        self._present = present

    def _matches(self, typed: str) -> Sequence[int]:
        words = typed.casefold().split()
        matching = [
            number
            for number, choice in enumerate(self._choices)
            if all(word in choice.text.casefold() for word in words)
        ]
        first = 0 if words else max(0, self._present - SHOWN // 2)
        return matching[first : first + SHOWN]

    def _line(self, chosen: int) -> Content:
        choice = self._choices[chosen]
        note = f"  {choice.note}" if choice.note else ""
        return Content.assemble(" " * choice.indent, choice.text, (note, "$text-mark"))

    def _highlighted(self, typed: str) -> int:
        return 0 if typed.split() else min(self._present, SHOWN // 2)


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
