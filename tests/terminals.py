"""Real terminals: tmux, driven by keys and read as it is seen."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["PATIENCE", "Tmux"]

PATIENCE = 60
"""Seconds after which a test that waits for something has failed."""


class Tmux:
    """A terminal of tmux, on a server of its own."""

    def __init__(self, folder: Path, *command: str) -> None:
        self._socket = str(folder / "tmux")
        self._run("-f", os.devnull, "new-session", "-d", "-x", "120", "-y", "40", *command)

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    def send(self, *keys: str) -> None:
        """Press keys, as tmux names them."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self._run("send-keys", "-l", "--", text)

    def seen(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p")

    def styled(self) -> str:
        """What is on the screen, with the sequences that style it."""
        return self._run("capture-pane", "-pe")

    def until(self, wanted: str) -> str:
        """Wait for something to be seen."""
        return wait(lambda: wanted in self.seen() and self.seen(), wanted)

    @property
    def modes(self) -> str:
        """Whether the alternate screen, the mouse and the cursor are on, as digits."""
        return self._run("display", "-p", "#{alternate_on}#{mouse_any_flag}#{cursor_flag}").strip()

    def close(self) -> None:
        """End the server."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], check=False)


def wait(condition: Callable[[], object], wanted: str) -> str:
    """Ask for something again and again until it is so."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if found := condition():
            return str(found)
    raise AssertionError(f"not seen: {wanted}")
