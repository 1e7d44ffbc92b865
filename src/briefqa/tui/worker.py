"""What runs later: tasks in a thread, one at a time, and actions after a moment."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer

from briefqa.errors import BriefqaError

__all__ = [
    "BackgroundWorker",
    "Delay",
    "Task",
    "TaskFailed",
]


SWITCH_INTERVAL = 0.001
"""Seconds after which a task lets the app go on. A key takes several turns of the event loop, each
of which waits so long; by default it is five times as long."""


class TaskFailed(Message):
    """A task raised an exception."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


Task = Callable[[], Message | None]
"""Returns a message that reports the result; it must not use widgets."""


class BackgroundWorker:
    """Runs one task at a time; of the tasks that wait, only the latest is kept.

    The thread is a daemon, which the workers of Textual are not: the app exits without waiting
    for a search.

    Args:
        post: called in the thread with each result.
    """

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._waiting: Task | None = None
        self._running = False
        self._changed = Condition()
        self._thread: Thread | None = None

    @property
    def is_superseded(self) -> bool:
        """Whether another task waits, so that a long one may end early."""
        return self._waiting is not None

    @property
    def is_busy(self) -> bool:
        """Whether a task runs or waits."""
        return self._running or self._waiting is not None

    def run(self, task: Task) -> None:
        """Run a task once the present one is done, in place of any that waits."""
        with self._changed:
            self._waiting = task
            self._changed.notify()
            if self._thread is None:
                self._start()

    def _start(self) -> None:
        sys.setswitchinterval(SWITCH_INTERVAL)
        self._thread = Thread(target=self._run_tasks, daemon=True)
        self._thread.start()

    def _run_tasks(self) -> None:
        """Run one task after the other; an unexpected exception ends the thread."""
        try:
            while True:
                with self._changed:
                    self._running = False
                    self._changed.wait_for(lambda: self._waiting is not None)
                    self._running = True
                    task, self._waiting = self._waiting, None
                assert task is not None
                self._run(task)
        finally:
            with self._changed:
                self._thread = None
                if self._waiting is not None:
                    self._start()

    def _run(self, task: Task) -> None:
        try:
            result = task()
        except (BriefqaError, OSError, MemoryError) as error:
            result = TaskFailed(error)
        # Whoever gets the result may ask whether the worker is busy before this thread goes on.
        self._running = False
        # The app may have exited, and its event loop be closed.
        with suppress(RuntimeError):
            if result is not None:
                self._post(result)


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
        self._timer = self._pump.set_timer(seconds, self._run)

    @property
    def is_running(self) -> bool:
        """Whether the action will run."""
        return self._timer is not None

    def stop(self) -> None:
        """Do not run the action, if it has not run yet."""
        if self._timer:
            self._timer.stop()
        self._timer = None

    def _run(self) -> None:
        self._timer = None
        self._action()
