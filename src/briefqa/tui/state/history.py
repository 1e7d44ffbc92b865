"""The questions asked before, in this session and earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefqa.text_safety import sanitise_name
from briefqa.tui.state.private_files import read_private, write_private

__all__ = ["LIMIT", "History", "search"]

LIMIT = 1000
"""Questions that are kept; older ones are forgotten."""
LONGEST = 2000
"""Characters of a question that is kept."""


class History:
    """Questions, the latest last, each once; one a line in a file.

    Args:
        path: the file; None to keep them for this session only.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._questions = self._read() or []

    @property
    def questions(self) -> Sequence[str]:
        """The questions, the latest first."""
        return self._questions[::-1]

    def add(self, question: str) -> None:
        """Remember a question, and those that other sessions asked meanwhile."""
        line = sanitise_name(question.strip())
        if not line or len(line) > LONGEST:
            return
        stored = self._read()
        earlier = self._questions if stored is None else stored
        self._questions = [*(each for each in earlier if each != line), line][-LIMIT:]
        if self._path and stored is not None:
            write_private(self._path, "".join(f"{each}\n" for each in self._questions))

    def _read(self) -> list[str] | None:
        """The questions of the file, made safe: anybody may have written it.

        None where there is no file to keep them in, or none that can be read.
        """
        text = read_private(self._path) if self._path else None
        if text is None:
            return None
        lines = filter(str.strip, text.split("\n"))
        return [sanitise_name(line)[:LONGEST] for line in lines][-LIMIT:]


def search(questions: Sequence[str], words: str) -> list[str]:
    """Return the questions that hold each of some words or beginnings of words, as given."""
    wanted = words.casefold().split()
    return [each for each in questions if all(word in each.casefold() for word in wanted)]
