"""An action that waits a moment: each start takes back the one before."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

__all__ = ["Delay"]


class Delay:
    """Runs an action a moment after it was started last.

    Args:
        pump: the widget or screen whose timer it is.
        action: what runs.
    """

    def __init__(self, pump: MessagePump, action: Callable[[], object]) -> None:
        self._pump = pump
        self._action = action
        self._timer: Timer | None = None

    def start(self, seconds: float) -> None:
        """Run the action after a time, and not before."""
        self.stop()
        self._timer = self._pump.set_timer(seconds, self._action)

    def stop(self) -> None:
        """Do not run the action, if it has not run yet."""
        if self._timer:
            self._timer.stop()
