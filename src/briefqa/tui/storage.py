"""What is stored between sessions, in files that only the user can read: earlier questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefqa.documents.replacement import replace_file
from briefqa.text_safety import sanitise_name

__all__ = [
    "QUESTION_LENGTH_LIMIT",
    "QUESTION_LIMIT",
    "History",
    "filter_questions",
    "read_private",
    "state_folder",
    "write_private",
]

SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes; a larger file was not written by the app, and is read as empty."""


def state_folder() -> Path:
    """Return the platform's folder for such files; it may not exist yet."""
    from platformdirs import user_state_path

    return user_state_path("briefqa", appauthor=False)


def read_private(path: Path) -> str | None:
    """Return the text of a file.

    Returns:
        The text, empty if the file is missing or too large; None if it exists but cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError:
        return None
    return data.decode("utf-8", "replace") if len(data) <= SIZE_LIMIT else ""


def write_private(path: Path, text: str) -> bool:
    """Write a file atomically: if the process is killed, the file is as before or complete.

    Returns:
        Whether it was written; a full disk or a read-only folder is not an error.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(str(path), text)
    except OSError:
        return False
    return True


QUESTION_LIMIT = 1000
"""The number of questions that are stored; the oldest are dropped."""
QUESTION_LENGTH_LIMIT = 2000
"""Characters; a longer question is not stored."""


class History:
    """Distinct questions, the latest last, stored one a line in a file.

    Args:
        path: the file; None to keep the questions for this session only.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._questions = self._read() or []

    @property
    def questions(self) -> Sequence[str]:
        """The questions, the latest first."""
        return self._questions[::-1]

    def add(self, question: str) -> None:
        """Add a question, and those that other sessions have stored meanwhile."""
        line = sanitise_name(question.strip())
        if not line or len(line) > QUESTION_LENGTH_LIMIT:
            return
        stored = self._read()
        earlier = self._questions if stored is None else stored
        self._questions = [*(each for each in earlier if each != line), line][-QUESTION_LIMIT:]
        if self._path and stored is not None:
            write_private(self._path, "".join(f"{each}\n" for each in self._questions))

    def _read(self) -> list[str] | None:
        """Read the file, which anybody may have written.

        Returns:
            The questions, sanitised; None if there is no file to store them in, or it cannot be
            read.
        """
        text = read_private(self._path) if self._path else None
        if text is None:
            return None
        lines = filter(str.strip, text.split("\n"))
        return [sanitise_name(line)[:QUESTION_LENGTH_LIMIT] for line in lines][-QUESTION_LIMIT:]


def filter_questions(questions: Sequence[str], words: str) -> list[str]:
    """Return the questions that contain each of some words or parts of words, in their order."""
    parts = words.casefold().split()
    return [each for each in questions if all(part in each.casefold() for part in parts)]
