"""What is stored between sessions in files that only the user can read: questions, the session."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from glob import escape
from pathlib import Path
from typing import Any

from briefqa.corpus import Corpus, DocumentScope
from briefqa.documents import STANDARD_INPUT, Selection
from briefqa.documents.file_system import replace_file
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui.session import AskRequest

__all__ = [
    "QUESTION_LENGTH_LIMIT",
    "QUESTION_LIMIT",
    "History",
    "LastSession",
    "TextPlace",
    "filter_questions",
    "read_last_session",
    "read_private",
    "state_folder",
    "write_last_session",
    "write_private",
]

SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes; a larger file was not written by the app, and is read as empty."""
QUESTION_LIMIT = 1000
"""The number of questions that are stored; the oldest are dropped."""
QUESTION_LENGTH_LIMIT = 2000
"""Characters; a longer question is not stored."""
VERSION = 1


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


class TextPlace(Record):
    """A character of a document.

    Attributes:
        path: the absolute path of the document.
        offset: the number of the character, from 0.
    """

    path: str
    offset: int


class LastSession(Record):
    """Where a session ended.

    Attributes:
        corpus: its documents.
        folder: the folder that relative paths of them start from.
        request: the question.
        passage: the start of the selected passage; None if there was none.
        top: the first character in view; None if no document was shown.
    """

    corpus: Corpus
    folder: str
    request: AskRequest
    passage: TextPlace | None = None
    top: TextPlace | None = None

    def seen_from(self, folder: str) -> LastSession:
        """Return the session with paths that are right in another folder."""
        paths = self.corpus.paths
        if folder == self.folder or all(map(os.path.isabs, paths)):
            return self
        scope = self.request.scope
        # A pattern that starts with a separator is one of a whole path.
        patterns = (escape(self.folder) * each.startswith("/") + each for each in scope.patterns)
        return self._replace(
            corpus=self.corpus._replace(paths=tuple(os.path.join(self.folder, p) for p in paths)),
            request=self.request._replace(scope=scope._replace(patterns=tuple(patterns))),
            folder=folder,
        )


def write_last_session(path: Path, session: LastSession) -> bool:
    """Write a session; one that cannot be opened again is not stored.

    Returns:
        Whether it was written.
    """
    corpus, request = session.corpus, session.request
    # An address may have a password in it.
    if STANDARD_INPUT in corpus.paths or corpus.scheme:
        return False
    scope = request.scope
    stored = {
        "version": VERSION,
        "folder": session.folder,
        "corpus": {**corpus._asdict(), "selection": corpus.selection._asdict()},
        "question": request.question[:QUESTION_LENGTH_LIMIT],
        "literal": request.literal,
        "scope": {
            "since": scope.since.isoformat() if scope.since else None,
            "until": scope.until.isoformat() if scope.until else None,
            "patterns": scope.patterns,
        },
        "passage": session.passage,
        "top": session.top,
    }
    return write_private(path, json.dumps(stored, indent=1) + "\n")


def read_last_session(path: Path, notice: Callable[[str], object]) -> LastSession | None:
    """Read a session, which anybody may have written.

    Args:
        path: the file.
        notice: called with one sentence if the file is damaged, and ignored.

    Returns:
        The session; None if there is none.
    """
    text = read_private(path)
    if not text:
        return None
    try:
        stored = json.loads(text)
        if stored["version"] != VERSION:
            return None
        return _session(stored)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        notice(f"the stored session is damaged and was ignored: {path}")
        return None


def _session(stored: dict[str, Any]) -> LastSession:
    """Return the session that was stored.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none.
    """
    corpus, scope = dict(stored["corpus"]), dict(stored["scope"])
    selection = dict(corpus["selection"])
    paths, location = _texts(corpus["paths"]), corpus["location"]
    if not paths:
        raise ValueError("expected paths")
    return LastSession(
        Corpus(
            paths,
            int(corpus["max_size"]),
            Selection(
                _texts(selection["include"]),
                _texts(selection["exclude"]),
                bool(selection["use_ignore_files"]),
            ),
            None if location is None else _text(location),
        ),
        _text(stored["folder"]),
        AskRequest(
            sanitise_name(_text(stored["question"]))[:QUESTION_LENGTH_LIMIT],
            bool(stored["literal"]),
            scope=DocumentScope(
                _day(scope["since"]), _day(scope["until"]), _texts(scope["patterns"])
            ),
        ),
        _place(stored["passage"]),
        _place(stored["top"]),
    )


def _text(stored: object) -> str:
    if not isinstance(stored, str) or "\0" in stored:
        raise ValueError("expected a text")
    return stored


def _texts(stored: object) -> tuple[str, ...]:
    if not isinstance(stored, list):
        raise ValueError("expected texts")
    return tuple(map(_text, stored))


def _day(stored: object) -> date | None:
    return None if stored is None else date.fromisoformat(_text(stored))


def _place(stored: object) -> TextPlace | None:
    if stored is None:
        return None
    if not isinstance(stored, list) or len(stored) != len(TextPlace._fields):
        raise ValueError("expected a place")
    return TextPlace(_text(stored[0]), int(stored[1]))
