"""Text that is typed where letters are commands, as when a reader forgets to press Esc first."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Key
from textual.message_pump import MessagePump

from briefqa.tui.worker import Delay

__all__ = ["TypedText"]

OPENERS = frozenset(["edit", "filter", "grid", "outline", "pins", "timeline"])
"""The actions that take the reader elsewhere."""
MOVES = frozenset(
    ["match", "select_answer", "scroll_down", "scroll_end", "scroll_home", "scroll_up"]
)
"""The actions that a reader does quickly one after the other, then anything else."""


class TypedText:
    """Tells the letters of a text that is typed quickly from commands.

    A letter that can do nothing is text, and so is what follows it within a moment. A letter that
    takes the reader elsewhere is text if it follows within a moment one that does more than move.

    Args:
        pump: the screen whose timers it uses.
        moment: seconds; 0 to take only letters that can do nothing for text.
    """

    def __init__(self, pump: MessagePump, moment: float) -> None:
        self._moment = moment
        self._letter = Delay(pump, lambda: None)
        self._text = Delay(pump, lambda: None)
        self._undo: Callable[[], object] | None = None

    def begin(self) -> None:
        """Take what follows within a moment for text."""
        if self._moment:
            self._text.start(self._moment)

    def end(self) -> None:
        """Take what follows for commands, and what was done for meant."""
        self._letter.stop()
        self._text.stop()
        self._undo = None

    def on_undo(self, undo: Callable[[], object]) -> None:
        """Set what takes back the command of the last letter, should that turn out to be text."""
        self._undo = undo

    def takes(self, key: Key, action: str) -> bool:
        """Return whether a key is text; the command of the letter before it is taken back then.

        Args:
            key: a character that is typed where letters are commands.
            action: what it does; empty if it can do nothing now.
        """
        follows, is_text = self._letter.is_running, self._text.is_running
        undo, self._undo = self._undo, None
        self._letter.stop()
        is_text = is_text or (follows and (not action or action in OPENERS))
        if is_text and follows and undo:
            undo()
        if is_text or not action:
            self.begin()
        if self._moment and str(key.character).isalpha() and action not in MOVES:
            self._letter.start(self._moment)
        return is_text
