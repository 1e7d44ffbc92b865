"""Dialogs to choose one of several lines: a field for words, and the lines that contain them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.theme import Theme
from textual.widgets import Input, OptionList, Static

from briefqa.records import Record
from briefqa.tui.breakpoints import size_classes
from briefqa.tui.fields import SafeField
from briefqa.tui.keys import LIST

__all__ = [
    "Choice",
    "ChoiceScreen",
    "Dialog",
    "HistoryScreen",
    "ListScreen",
    "has_words",
    "move_highlight",
]

NO_QUESTIONS = "No question has been asked yet: those whose answer is read are kept."
SHOWN = 500
"""Lines that are shown; of more, those that contain other words are found by typing."""


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


Entry = TypeVar("Entry")
Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog, which is arranged for the size of the terminal from its first frame on."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self) -> None:
        super().__init__(classes=" ".join(size_classes(self.app.size)))

    def on_mount(self) -> None:
        """Follow changes of the theme."""
        self.app.theme_changed_signal.subscribe(self, self._recolour)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result, unless it is closed already or another screen is above it.

        Of several keys in quick succession, each may close it; Textual would close what is on top.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _recolour(self, _: Theme) -> None:
        """Draw the entries of lists again: Textual keeps those whose own style is the same."""
        for options in self.query(OptionList):
            options._clear_caches()


class ListScreen(Dialog[Result | None], Generic[Entry, Result]):
    """A field for words, and the entries that match them, one of which is chosen.

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
        self._matching: Sequence[Entry] = ()

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id=self._box) as box:
            box.border_title = self._title
            box.border_subtitle = self._keys
            yield SafeField(placeholder=self._placeholder, id="words")
            yield from self.compose_limits()
            yield OptionList(markup=False)
            yield Static(id="no-entries", classes="nothing", markup=False)

    def compose_limits(self) -> ComposeResult:
        """Create what else limits the entries; nothing here."""
        yield from ()

    def on_mount(self) -> None:
        """Show all entries."""
        self.show_matching()

    @on(Input.Changed, "#words")
    def filter(self) -> None:
        """Show the entries that match the words."""
        self.show_matching()

    @on(Input.Submitted)
    def submit(self) -> None:
        """Choose the highlighted entry."""
        number = self.query_one(OptionList).highlighted
        self.choose(None if number is None else self._matching[number])

    @on(OptionList.OptionSelected)
    def click(self, message: OptionList.OptionSelected) -> None:
        """Choose the entry that was clicked."""
        self.choose(self._matching[message.option_index])

    def action_move(self, step: int) -> None:
        """Highlight another entry."""
        move_highlight(self.query_one(OptionList), step)

    def show_matching(self) -> None:
        """Show the entries that match the words, or say that there are none."""
        typed = self.query_one("#words", Input).value
        self._matching = self.matches(typed)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([self.line(each) for each in self._matching])
        options.highlighted = self.first(typed) if self._matching else None
        options.display = bool(self._matching)
        told = self._keys if self._matching else "Esc closes"
        box = self.query_one(f"#{self._box}")
        box.border_subtitle = told
        box.set_class(not self._matching and not typed, "-empty")
        nothing = self.query_one("#no-entries", Static)
        nothing.display = not self._matching
        nothing.update("" if self._matching else self.nothing(typed))

    def choose(self, entry: Entry | None) -> None:
        """Close with an entry; None if there is none."""
        raise NotImplementedError

    def matches(self, typed: str) -> Sequence[Entry]:
        """Return the entries that match the words that are typed."""
        raise NotImplementedError

    def line(self, entry: Entry) -> Content:
        """Return how an entry is written."""
        raise NotImplementedError

    def first(self, typed: str) -> int:
        """Return the place of the entry that is highlighted first among those that match."""
        return 0

    def nothing(self, typed: str) -> str:
        """Return a sentence that says that no entry matches."""
        raise NotImplementedError


def has_words(text: str, typed: str) -> bool:
    """Return whether a text contains each of the words or parts of words that are typed."""
    folded = text.casefold()
    return all(word in folded for word in typed.casefold().split())


def move_highlight(options: OptionList, step: int) -> None:
    """Highlight the next entry of a list, or the previous one."""
    if step > 0:
        options.action_cursor_down()
    else:
        options.action_cursor_up()


class ChoiceScreen(ListScreen[int, int]):
    """A field for words, and the choices that contain them; it returns the number of one.

    Args:
        title: the title of the dialog.
        noun: what a choice is.
        choices: all choices, in order.
        present: the number of the choice that is highlighted at first.
    """

    def __init__(self, title: str, noun: str, choices: Sequence[Choice], present: int = 0) -> None:
        super().__init__("choice", title, "Enter goes there, Esc closes", f"Words of the {noun}")
        self._noun = noun
        self._choices = choices
        self._present = present

    def choose(self, entry: int | None) -> None:
        """Close with the number of a choice."""
        self.dismiss(entry)

    def matches(self, typed: str) -> Sequence[int]:
        """Return the numbers of the choices that contain the words, around the present one."""
        choices = enumerate(self._choices)
        matching = [number for number, choice in choices if has_words(choice.text, typed)]
        first = 0 if typed.split() else max(0, self._present - SHOWN // 2)
        return matching[first : first + SHOWN]

    def line(self, entry: int) -> Content:
        """Return a choice with its note."""
        choice = self._choices[entry]
        note = f"  {choice.note}" if choice.note else ""
        return Content.assemble(" " * choice.indent, choice.text, (note, "$text-mark"))

    def first(self, typed: str) -> int:
        """Return the place of the present choice, unless words are typed."""
        return 0 if typed.split() else min(self._present, SHOWN // 2)

    def nothing(self, typed: str) -> str:
        """Return a sentence that says that no choice contains the words."""
        return f"No {self._noun} has these words."


class HistoryScreen(ListScreen[str, str]):
    """A field for words, and the questions that contain them.

    Args:
        questions: the latest first.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(
            "history", "Earlier questions", "Enter asks, Esc closes", "Words of the question"
        )
        self._questions = questions

    def choose(self, entry: str | None) -> None:
        """Close with a question."""
        self.dismiss(entry)

    def matches(self, typed: str) -> Sequence[str]:
        """Return the questions that contain the words."""
        return [question for question in self._questions if has_words(question, typed)]

    def line(self, entry: str) -> Content:
        """Return a question."""
        return Content(entry)

    def nothing(self, typed: str) -> str:
        """Return a sentence that says why there is no question."""
        return "No question has these words." if self._questions else NO_QUESTIONS
