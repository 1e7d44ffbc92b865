"""The questions of this session and of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefqa.text_safety import sanitise_name
from briefqa.tui.state.private_files import read_private, write_private

__all__ = ["QUESTION_LENGTH_LIMIT", "QUESTION_LIMIT", "History", "filter_questions"]

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
