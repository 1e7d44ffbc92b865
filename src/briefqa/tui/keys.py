"""All keys of the app, by the place in which they act; settings refer to a key by its id."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from briefqa.records import Record

__all__ = [
    "ANSWERS",
    "ANYWHERE",
    "DOCUMENT",
    "FIND",
    "GROUPS",
    "MATCHES",
    "PANES",
    "QUESTION",
    "KeyGroup",
]

ANSWER_PAGE = 3
"""The number of answers that PageUp and PageDown move by."""

QUESTION = [
    Binding("down", "screen.select_answer(1)", "Choose", id="question.down", key_display="↑↓"),
    Binding("up", "screen.up", "Previous answer; in an empty field, earlier questions",
            id="question.up", show=False),
    Binding("pagedown", f"screen.select_answer({ANSWER_PAGE})", "Page of answers down",
            id="question.pagedown", show=False),
    Binding("pageup", f"screen.select_answer(-{ANSWER_PAGE})", "Page of answers up",
            id="question.pageup", show=False),
    Binding("enter", "screen.read", "Read", id="question.read"),
    Binding("enter", "screen.print", "Print", id="question.print"),
    Binding("escape", "screen.clear", "Clear", id="question.clear", show=False),
]  # fmt: skip

PANES = [
    Binding("i,q,escape", "screen.back", "Ask", id="pane.ask", key_display="esc"),
    Binding("y", "screen.copy_passage", "Copy", id="pane.copy"),
    Binding("Y", "screen.copy_citation", "Copy path:line", id="pane.copy_place", show=False),
    Binding("e", "screen.edit", "Edit", id="pane.edit"),
    Binding("z", "screen.zoom", "Zoom", id="pane.zoom"),
    Binding("w", "screen.wrap", "Wrap long lines, or not", id="pane.wrap", show=False),
    Binding("slash", "screen.find", "Find", id="pane.find", key_display="/"),
    Binding("question_mark", "app.help", "All keys", id="pane.help", show=False, key_display="?"),
]

MATCHES = [
    Binding("n", "screen.match(1)", "Next match", id="pane.next"),
    Binding("N", "screen.match(-1)", "Previous match", id="pane.previous", show=False),
]

ANSWERS = [
    *PANES,
    Binding("down,j", "screen.select_answer(1)", "Choose", id="answers.down", key_display="jk"),
    Binding("up,k", "screen.select_answer(-1)", "Previous answer", id="answers.up", show=False),
    Binding("pagedown", f"screen.select_answer({ANSWER_PAGE})", "Page of answers down",
            id="answers.pagedown", show=False),
    Binding("pageup", f"screen.select_answer(-{ANSWER_PAGE})", "Page of answers up",
            id="answers.pageup", show=False),
    Binding("g,home", "screen.select_answer(-1000)", "First answer", id="answers.first",
            show=False),
    Binding("G,end", "screen.select_answer(1000)", "Last answer", id="answers.last", show=False),
    Binding("enter", "screen.read", "Read", id="answers.read"),
    Binding("enter", "screen.print", "Print", id="answers.print"),
    *MATCHES,
]  # fmt: skip

DOCUMENT = [
    *PANES,
    Binding("down,j", "scroll_down", "Scroll down", id="document.down", show=False),
    Binding("up,k", "scroll_up", "Scroll up", id="document.up", show=False),
    Binding("right,l", "scroll_right", "Scroll right", id="document.right", show=False),
    Binding("left,h", "scroll_left", "Scroll left", id="document.left", show=False),
    Binding("pagedown,space", "page_down", "Page down", id="document.pagedown", show=False),
    Binding("pageup", "page_up", "Page up", id="document.pageup", show=False),
    Binding("g,home", "scroll_home", "Beginning", id="document.top", show=False),
    Binding("G,end", "scroll_end", "End", id="document.bottom", show=False),
    Binding("enter", "screen.print", "Print", id="document.print"),
    *MATCHES,
    Binding("J,right_square_bracket", "screen.select_answer(1)", "Next answer",
            id="document.answer_down", show=False, key_display="J"),
    Binding("K,left_square_bracket", "screen.select_answer(-1)", "Previous answer",
            id="document.answer_up", show=False, key_display="K"),
]  # fmt: skip

FIND = [
    Binding("enter", "screen.accept_find", "Go to the match", id="find.go"),
    Binding("escape", "screen.close_find", "Close", id="find.leave"),
]

ANYWHERE = [
    Binding("ctrl+r", "screen.history", "History", id="history"),
    Binding("ctrl+s", "screen.export", "Export", id="export"),
    Binding("ctrl+p", "app.command_palette", "Palette", id="commands"),
    Binding("ctrl+l", "screen.literal", "Ask exactly as typed, or with corrections", id="literal",
            show=False),
    Binding("ctrl+z", "app.suspend_process", "Suspend, until the shell's fg", id="suspend",
            show=False),
    Binding("f5", "screen.reload", "Read the documents again", id="reload", show=False),
    Binding("f1", "app.help", "All keys", id="help", show=False),
]  # fmt: skip


class KeyGroup(Record):
    """The keys that act in one place.

    Attributes:
        place: the place, as the title of the group.
        bindings: the keys, without the changes of the user's settings.
    """

    place: str
    bindings: Sequence[Binding]


GROUPS = (
    KeyGroup("While you type", QUESTION),
    KeyGroup("In the answers", [each for each in ANSWERS if each not in (*MATCHES, *PANES)]),
    KeyGroup("In the document", [each for each in DOCUMENT if each not in (*MATCHES, *PANES)]),
    KeyGroup("In both", [*MATCHES, *PANES]),
    KeyGroup("While you find", FIND),
    KeyGroup(
        "Anywhere",
        [
            *ANYWHERE,
            Binding("tab", "app.focus_next", "Next pane"),
            Binding("ctrl+q", "app.quit", "Quit", id="quit"),
        ],
    ),
)
