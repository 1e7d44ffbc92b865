"""The dialog with all keys, and a field to find some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from briefqa.tui.dialogs import Dialog, has_words
from briefqa.tui.fields import SafeField
from briefqa.tui.keys import GROUPS, KeyGroup, shown_keys

__all__ = ["HelpScreen"]

COLUMN = 4
"""The number of groups of keys in the first column."""
LEGEND = (
    ("●", "answered: the answer itself comes first, if there is one"),
    ("◐", "closest passages, which may not answer"),
    ("○", "no passage matches"),
    ('"a phrase"', "these words in this order count more"),
    ("+word", "the passage must have it"),
    ("-word", "the passage must not have it; -option is text"),
    ('-"word"', "must not have it, though the documents write -word"),
    ('"word"', "exactly this word, not corrected, and no other name"),
    ("word 8 ✗", "the number of passages that have it; none has it"),
    ("(word)", "it only asks, and counts less"),
    ("as typed", "every word exactly as written; + and - are text"),
    ("→ / ~", "corrected to; looked up as well as; a related word is found"),
    (":9 +2", "the line or page; in how many other places the same is said; F3 shows them"),
)
NO_KEY = "No key has these words."


class HelpScreen(Dialog[None]):
    """All keys, grouped by the place in which they act, and a field to find some of them.

    Args:
        keymap: for the ids of bindings, the keys that the user has chosen instead.
        print_on_enter: whether Enter prints, rather than reads.
        focused: the id of the focused widget, whose keys are shown first; None for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "leave", "Close", id="help.leave"),
        Binding("down,j", "scroll(1)", "Scroll down", id="help.down"),
        Binding("up,k", "scroll(-1)", "Scroll up", id="help.up"),
        Binding("slash", "find", "Find", id="help.find"),
    ]

    AUTO_FOCUS = "#help-rows"

    def __init__(
        self, keymap: Mapping[str, str], *, print_on_enter: bool, focused: str | None = None
    ) -> None:
        super().__init__()
        self._keymap = keymap
        self._focused = focused
        self._print_on_enter = print_on_enter

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "/ finds, Esc closes"
            yield SafeField(placeholder="Words of what a key does, or the key", id="help-words")
            with VerticalScroll(id="help-rows"):
                yield Static(NO_KEY, id="no-key", classes="nothing")
                with Horizontal(id="help-columns"):
                    for groups in (GROUPS[:COLUMN], GROUPS[COLUMN:]):
                        with Vertical():
                            if groups[0] is GROUPS[0]:
                                yield KeySection("A question and its answer", LEGEND, "")
                            for group in groups:
                                yield KeySection(group.place, self._rows(group), group.widget)

    def _rows(self, group: KeyGroup) -> Iterator[tuple[str, str]]:
        """Yield the keys of each binding that is active and described, and its description."""
        inactive = "screen.read" if self._print_on_enter else "screen.print"
        for binding in group.bindings:
            if binding.action != inactive and binding.description:
                keys = shown_keys(binding, self.app.get_key_display, self._keymap)
                yield keys, binding.tooltip or binding.description

    def on_mount(self) -> None:
        """Scroll to the keys of the focused widget."""
        self.query_one("#help-words").display = False
        self.query_one("#no-key").display = False
        for section in self.query(f"#keys-{self._focused}"):
            box = self.query_one("#help-rows")
            self.call_after_refresh(box.scroll_to_widget, section, animate=False, top=True)

    def action_scroll(self, step: int) -> None:
        """Scroll by a few lines."""
        self.query_one("#help-rows").scroll_relative(y=3 * step, animate=False)

    def action_find(self) -> None:
        """Show the field, and focus it."""
        field = self.query_one("#help-words")
        field.display = True
        field.focus()

    def action_leave(self) -> None:
        """Hide the field and show all keys, or else close."""
        field = self.query_one("#help-words", SafeField)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one("#help-rows").focus()
        else:
            self.dismiss()

    @on(Input.Submitted)
    def accept(self) -> None:
        """Scroll through the keys that were found."""
        self.query_one("#help-rows").focus()

    @on(Input.Changed)
    def show_matching(self, message: Input.Changed) -> None:
        """Show the rows that contain the words, and the sections that have some."""
        found = [section.show_matching(message.value) for section in self.query(KeySection)]
        self.query_one("#no-key").display = not any(found)


class KeySection(Vertical):
    """A title, and rows: what is shown or pressed, and what it means.

    Args:
        title: the title.
        rows: the rows.
        widget: the id of the widget where the keys act; empty for none.
    """

    def __init__(self, title: str, rows: Iterable[tuple[str, str]], widget: str) -> None:
        super().__init__(id=f"keys-{widget}" if widget else None)
        self._section_title = title
        self._rows = [*rows]

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        yield Static(self._section_title, classes="place", markup=False)
        for shown, meaning in self._rows:
            yield Horizontal(
                Static(shown, classes="keys", markup=False),
                Static(meaning, classes="description", markup=False),
                classes="key",
            )

    def show_matching(self, typed: str) -> bool:
        """Show the rows that contain the words that are typed; return whether there are any."""
        matching = [has_words(" ".join(texts), typed) for texts in self._rows]
        for row, is_matching in zip(self.query(".key"), matching, strict=True):
            row.display = is_matching
        self.display = any(matching)
        return any(matching)
