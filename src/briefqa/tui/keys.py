"""All keys of the app, by the place in which they act; settings refer to a key by its id.

The footer shows as many as fit, in this order. Of two keys that are a pair, the description of the
first tells of both, and the second has none. The help and the palette have the tooltip of a key
instead, if it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from briefqa.records import Record

__all__ = [
    "ANSWERS",
    "ANYWHERE",
    "DOCUMENT",
    "FIND",
    "GROUPS",
    "LIST",
    "PANES",
    "PLACE",
    "QUESTION",
    "WORDS",
    "KeyFooter",
    "KeyGroup",
    "shown_keys",
]

ANSWER_PAGE = 3
"""The number of answers that PageUp and PageDown move by."""

ASK = "At the start, ask the question that is selected"
READ = "Read the answer in its document"
PRINT = "Exit, and print the passage"

QUESTION = [
    Binding("down", "screen.select_answer(1)", "Choose", id="question.down", key_display="↑↓"),
    Binding("up", "screen.up", "In an empty field, earlier questions",
            id="question.up", show=False),
    Binding("pagedown", f"screen.select_answer({ANSWER_PAGE})", "A page of answers",
            id="question.pagedown", show=False, key_display="pgdn pgup"),
    Binding("pageup", f"screen.select_answer(-{ANSWER_PAGE})",
            id="question.pageup", show=False),
    Binding("enter", "screen.ask_starter", "Ask", id="question.starter", tooltip=ASK),
    Binding("enter", "screen.read", "Read", id="question.read", tooltip=READ),
    Binding("enter", "screen.print", "Print", id="question.print", tooltip=PRINT),
    Binding("escape", "screen.clear", "Remove the filter, or clear", id="question.clear",
            show=False),
]  # fmt: skip

PANES = [
    Binding("i,q,escape", "screen.back", "Ask", id="pane.ask", key_display="esc"),
    Binding("slash", "screen.find", "Find", id="pane.find", key_display="/"),
    Binding("n", "screen.match(1)", "Next match", id="pane.next"),
    Binding("N", "screen.match(-1)", "Previous match", id="pane.previous", show=False),
    Binding("f", "screen.filter", "Filter", id="pane.filter",
            tooltip="Filter: open a document or folder"),
    Binding("y", "screen.copy_passage", "Copy", id="pane.copy"),
    Binding("c", "screen.copy_quotation", "Copy as a Markdown quotation with its source",
            id="pane.quote", show=False),
    Binding("Y", "screen.copy_citation", "Copy path:line", id="pane.copy_place", show=False),
    Binding("o", "screen.outline", "Headings", id="pane.outline"),
    Binding("colon", "screen.place", "Go to a line", id="pane.place", show=False, key_display=":"),
    Binding("space", "screen.pin", "Pin the answer, or remove its pin", id="pane.pin", show=False),
    Binding("p", "screen.pins", "Pins", id="pane.pins"),
    Binding("e", "screen.edit", "Edit", id="pane.edit"),
    Binding("z", "screen.zoom", "Zoom", id="pane.zoom"),
    Binding("w", "screen.wrap", "Wrap long lines, or not", id="pane.wrap", show=False),
    Binding("d", "screen.grid", "What each document answers", id="pane.grid", show=False),
    Binding("t", "screen.timeline", "Timeline", id="pane.timeline", show=False),
    Binding("question_mark", "app.help", "All keys", id="pane.help", show=False, key_display="?"),
]  # fmt: skip

ANSWERS = [
    Binding("down,j", "screen.select_answer(1)", "Choose", id="answers.down", key_display="jk"),
    Binding("up,k", "screen.select_answer(-1)", id="answers.up", show=False),
    Binding("pagedown", f"screen.select_answer({ANSWER_PAGE})", "A page of answers",
            id="answers.pagedown", show=False, key_display="pgdn pgup"),
    Binding("pageup", f"screen.select_answer(-{ANSWER_PAGE})",
            id="answers.pageup", show=False),
    Binding("g,home", "screen.select_answer(-1000)", "First, last answer", id="answers.first",
            show=False, key_display="g G"),
    Binding("G,end", "screen.select_answer(1000)", id="answers.last", show=False),
    Binding("enter", "screen.ask_starter", "Ask", id="answers.starter", tooltip=ASK),
    Binding("enter", "screen.read", "Read", id="answers.read", tooltip=READ),
    Binding("enter", "screen.print", "Print", id="answers.print", tooltip=PRINT),
    *PANES,
]  # fmt: skip

DOCUMENT = [
    *PANES,
    Binding("down,j", "scroll_down", "Scroll", id="document.down", show=False,
            key_display="hjkl ←↓↑→"),
    Binding("up,k", "scroll_up", id="document.up", show=False),
    Binding("right,l", "scroll_right", id="document.right", show=False),
    Binding("left,h", "scroll_left", id="document.left", show=False),
    Binding("pagedown,ctrl+f", "page_down", "A page down, up", id="document.pagedown", show=False,
            key_display="pgdn pgup"),
    Binding("pageup,ctrl+b", "page_up", id="document.pageup", show=False),
    Binding("ctrl+d", "half_page(1)", "Half a page down, up", id="document.half_down", show=False,
            key_display="^d ^u"),
    Binding("ctrl+u", "half_page(-1)", id="document.half_up", show=False),
    Binding("g,home", "scroll_home", "Beginning, end", id="document.top", show=False,
            key_display="g G"),
    Binding("G,end", "scroll_end", id="document.bottom", show=False),
    Binding("enter", "screen.print", "Print", id="document.print", tooltip=PRINT),
    Binding("J,right_square_bracket", "screen.select_answer(1)", "Next, previous answer",
            id="document.answer_down", show=False, key_display="J K"),
    Binding("K,left_square_bracket", "screen.select_answer(-1)",
            id="document.answer_up", show=False),
]  # fmt: skip

FIND = [
    Binding("enter", "screen.accept_find", "Go to the match", id="find.go"),
    Binding("escape", "screen.close_find", "Close", id="find.leave"),
]

WORDS = [
    Binding("right,l", "select(1)", "Choose", id="words.right", key_display="←→"),
    Binding("left,h", "select(-1)", id="words.left", show=False),
    Binding("enter,space", "screen.mark_next", "Mark", id="words.mark"),
    Binding("i,q,escape,f2", "screen.back", "Ask", id="words.ask", key_display="esc"),
    Binding("plus", "screen.mark('+')", "Must occur", id="words.required", key_display="+"),
    Binding("minus", "screen.mark('-')", "Must not", id="words.excluded", key_display="-"),
    Binding("quotation_mark", "screen.mark('\"')", "Exactly", id="words.exact", key_display='"'),
    Binding("backspace,delete", "screen.mark('')", "Plain again", id="words.plain", show=False),
]

LIST = [
    Binding("escape", "dismiss", "Close", id="history.leave"),
    Binding("down", "move(1)", "Next row", id="history.down", priority=True),
    Binding("up", "move(-1)", "Previous row", id="history.up", priority=True),
]
"""The keys of a dialog with a field and a list."""

PLACE = [
    Binding("enter", "screen.accept_place", "Go there", id="place.go"),
    Binding("escape", "screen.close_place", "Close", id="place.leave"),
]

ANYWHERE = [
    Binding("ctrl+r", "screen.history", "History", id="history"),
    Binding("ctrl+s", "screen.export", "Export", id="export", show=False),
    Binding("ctrl+p", "app.command_palette", "Palette", id="commands"),
    Binding("ctrl+l", "screen.literal", "Ask exactly as typed, or with corrections", id="literal",
            show=False),
    Binding("f2", "screen.words", "Words of the question", id="words", show=False),
    Binding("f3", "screen.grid", "What each document answers", id="grid", show=False),
    Binding("ctrl+z", "app.suspend_process", "Suspend, until the shell's fg", id="suspend",
            show=False),
    Binding("ctrl+o,alt+left", "screen.jump_back", "Back to the previous place", id="jump.back",
            show=False),
    Binding("ctrl+i,alt+right", "screen.jump_forward", "Forward again", id="jump.forward",
            show=False, key_display="alt+→"),
    Binding("f5", "screen.reload", "Read the documents again", id="reload", show=False),
    Binding("f1", "app.help", "All keys", id="help", show=False),
]  # fmt: skip


class KeyGroup(Record):
    """The keys that act in one place.

    Attributes:
        place: the place, as the title of the group.
        bindings: the keys, without the changes of the user's settings.
        widget: the id of the widget that is focused there; empty for no single one.
    """

    place: str
    bindings: Sequence[Binding]
    widget: str = ""


GROUPS = (
    KeyGroup("While you type", QUESTION),
    KeyGroup("In the words of the question, after F2", WORDS, "chips"),
    KeyGroup("In the answers", [each for each in ANSWERS if each not in PANES], "answers"),
    KeyGroup("In the document", [each for each in DOCUMENT if each not in PANES], "document"),
    KeyGroup("In both", PANES),
    KeyGroup("While you find", FIND, "find"),
    KeyGroup("While you type a line number", PLACE, "place"),
    KeyGroup(
        "Anywhere",
        [
            *ANYWHERE,
            Binding("tab", "app.focus_next", "Next pane"),
            Binding("ctrl+q", "app.quit", "Quit", id="quit"),
        ],
    ),
)


class KeyFooter(Footer):
    """The keys that can act now, in the order of their bindings, as many as fit whole."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._offered: Sequence[tuple[Binding, bool]] = ()

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show the keys again, unless they are the same: it takes as long as to draw an answer."""
        if not (screen.app.app_focus and self.is_attached and screen is self.screen):
            return
        offered = [(each.binding, each.enabled) for each in screen.active_bindings.values()]
        if offered != self._offered:
            self._offered = offered
            super().bindings_changed(screen)

    def compose(self) -> ComposeResult:
        """Create the keys up to the first that does not fit."""
        # There is no blank after the last key.
        room = self.content_size.width + 1
        for key in super().compose():
            assert isinstance(key, FooterKey)
            key.description = key.description.capitalize()
            if key.has_class("-disabled"):
                continue
            room -= cell_len(f"{key.key_display} {key.description} ")
            if room < 0:
                break
            # Textual would add the class later, and compute the styles of the key again.
            yield key.add_class("-compact", update=False)

    def on_resize(self) -> None:
        """Show as many keys as fit now, once the rest is drawn."""
        self.call_after_refresh(self.recompose)


def shown_keys(
    binding: Binding, display: Callable[[Binding], str], keymap: Mapping[str, str]
) -> str:
    """Return the keys of a binding as the help names them.

    Args:
        binding: the binding.
        display: names one key.
        keymap: for the ids of bindings, the keys that the user has chosen instead.
    """
    chosen = keymap.get(binding.id or "")
    plain = replace(binding, key_display=None) if chosen else binding
    keys = (display(plain.with_key(key)) for key in (chosen or binding.key).split(","))
    return plain.key_display or " ".join(keys)
