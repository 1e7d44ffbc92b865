"""Every key of the app, by where it acts; each has an id by which the settings may remap it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from briefqa.records import Record

__all__ = ["ANSWERS", "ANYWHERE", "DOCUMENT", "FIND", "GROUPS", "PAGE", "QUESTION", "Group"]

PAGE = 3
"""Answers that a page up or down moves by."""

QUESTION = [
    Binding("down", "screen.choose(1)", "Choose", id="question.down", key_display="↑↓"),
    Binding("up", "screen.up", "The answer above; in an empty field, earlier questions",
            id="question.up", show=False),
    Binding("pagedown", f"screen.choose({PAGE})", "Answers further down",
            id="question.pagedown", show=False),
    Binding("pageup", f"screen.choose(-{PAGE})", "Answers further up",
            id="question.pageup", show=False),
    Binding("enter", "screen.read", "Read", id="question.read"),
    Binding("enter", "screen.print", "Print", id="question.print"),
    Binding("escape", "screen.clear", "Clear", id="question.clear", show=False),
]  # fmt: skip

PANES = [
    Binding("y", "screen.copy_passage", "Copy", id="pane.copy"),
    Binding("Y", "screen.copy_place", "Copy path:line", id="pane.copy_place", show=False),
    Binding("e", "screen.edit", "Edit", id="pane.edit"),
    Binding("z", "screen.zoom", "Zoom", id="pane.zoom"),
    Binding("w", "screen.wrap", "Wrap long lines, or not", id="pane.wrap", show=False),
    Binding("slash", "screen.find", "Find", id="pane.find", key_display="/"),
    Binding("i,q,escape", "screen.back", "Ask", id="pane.ask", key_display="esc"),
    Binding("question_mark", "app.help", "All keys", id="pane.help", show=False, key_display="?"),
]

MATCHES = [
    Binding("n", "screen.match(1)", "Next match", id="pane.next"),
    Binding("N", "screen.match(-1)", "The match before", id="pane.previous", show=False),
]

ANSWERS = [
    Binding("down,j", "screen.choose(1)", "Choose", id="answers.down", key_display="jk"),
    Binding("up,k", "screen.choose(-1)", "The answer above", id="answers.up", show=False),
    Binding("pagedown", f"screen.choose({PAGE})", "Answers further down",
            id="answers.pagedown", show=False),
    Binding("pageup", f"screen.choose(-{PAGE})", "Answers further up",
            id="answers.pageup", show=False),
    Binding("g,home", "screen.choose(-1000)", "The first answer", id="answers.first", show=False),
    Binding("G,end", "screen.choose(1000)", "The last answer", id="answers.last", show=False),
    Binding("enter", "screen.read", "Read", id="answers.read"),
    Binding("enter", "screen.print", "Print", id="answers.print"),
    *MATCHES,
    *PANES,
]  # fmt: skip

DOCUMENT = [
    Binding("down,j", "scroll_down", "Scroll down", id="document.down", show=False),
    Binding("up,k", "scroll_up", "Scroll up", id="document.up", show=False),
    Binding("right,l", "scroll_right", "Scroll right", id="document.right", show=False),
    Binding("left,h", "scroll_left", "Scroll left", id="document.left", show=False),
    Binding("pagedown,space", "page_down", "A page down", id="document.pagedown", show=False),
    Binding("pageup", "page_up", "A page up", id="document.pageup", show=False),
    Binding("g,home", "scroll_home", "The beginning", id="document.top", show=False),
    Binding("G,end", "scroll_end", "The end", id="document.bottom", show=False),
    Binding("enter", "screen.print", "Print", id="document.print"),
    *MATCHES,
    Binding("J,right_square_bracket", "screen.choose(1)", "The next answer",
            id="document.answer_down", show=False, key_display="J"),
    Binding("K,left_square_bracket", "screen.choose(-1)", "The answer before",
            id="document.answer_up", show=False, key_display="K"),
    *PANES,
]  # fmt: skip

FIND = [
    Binding("enter", "screen.found", "Go there", id="find.go"),
    Binding("escape", "screen.leave_find", "Leave", id="find.leave"),
]

ANYWHERE = [
    Binding("ctrl+r", "screen.history", "History", id="history"),
    Binding("ctrl+s", "screen.export", "Export", id="export"),
    Binding("ctrl+p", "app.command_palette", "Commands", id="commands"),
    Binding("ctrl+l", "screen.literal", "Exactly as asked, or corrected", id="literal", show=False),
    Binding("f5", "screen.reload", "Read the documents again", id="reload", show=False),
    Binding("f1", "app.help", "All keys", id="help", show=False),
]


class Group(Record):
    """The keys that act in one place.

    Attributes:
        place: where that is.
        bindings: the keys, as they are before any remapping.
    """

    place: str
    bindings: Sequence[Binding]


GROUPS = (
    Group("While you type", QUESTION),
    Group("In the answers", ANSWERS[: -len(MATCHES) - len(PANES)]),
    Group("In the document", [each for each in DOCUMENT if each not in (*MATCHES, *PANES)]),
    Group("In both", [*MATCHES, *PANES]),
    Group("While you find", FIND),
    Group(
        "Anywhere",
        [
            *ANYWHERE,
            Binding("tab", "app.focus_next", "To the next pane"),
            Binding("ctrl+q", "app.quit", "Quit", id="quit"),
        ],
    ),
)
