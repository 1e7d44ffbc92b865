"""Work beside the screen: one thread, which always does what was asked of it last."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

from textual.message import Message

from briefqa.errors import BriefqaError
from briefqa.tui.messages import Failed

__all__ = ["Background", "Job"]

Job = Callable[[], Message | None]
"""What to do; a message of the outcome is returned, and widgets are never touched."""


class Background:
    """Does one job at a time, and of those that wait only the last.

    The thread is a daemon, which the workers of Textual are not: leaving the app never waits for
    a search.

    Args:
        post: takes the outcomes; called in the thread.
    """

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._job: Job | None = None
        self._changed = Condition()
        self._thread: Thread | None = None

    @property
    def overtaken(self) -> bool:
        """Whether another job waits, so that a long one may give up."""
        return self._job is not None

    def run(self, job: Job) -> None:
        """Do a job as soon as the present one is done, in place of any that waits."""
        with self._changed:
            self._job = job
            self._changed.notify()
            if self._thread is None:
                self._start()

    def _start(self) -> None:
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        """Do one job after the other; an error that nobody foresaw takes the thread along."""
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._job is not None)
                    job, self._job = self._job, None
                assert job is not None
                self._do(job)
        finally:
            with self._changed:
                self._thread = None
                if self._job is not None:
                    self._start()

    def _do(self, job: Job) -> None:
        try:
            outcome = job()
        except (BriefqaError, OSError, MemoryError) as error:
            outcome = Failed(error)
        # The app may be gone by now, and its loop closed.
        with suppress(RuntimeError):
            if outcome is not None:
                self._post(outcome)
