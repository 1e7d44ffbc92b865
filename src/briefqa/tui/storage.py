"""What is stored between sessions in files that only the user can read: questions, the session."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from glob import escape
from pathlib import Path

from briefqa.corpus import Corpus
from briefqa.documents import STANDARD_INPUT
from briefqa.documents.file_system import replace_file
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui.places import Pin
from briefqa.tui.record_json import read_record, to_json
from briefqa.tui.session import AskRequest

__all__ = [
    "QUESTION_LENGTH_LIMIT",
    "QUESTION_LIMIT",
    "History",
    "LastSession",
    "TextPlace",
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
PINS_SIZE_LIMIT = SIZE_LIMIT // 2
"""Characters of the pins that are stored; of more, the oldest are dropped."""
VERSION = 2


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
        """Add a question, and those that other sessions have stored meanwhile.

        It replaces the latest one if it begins with that.
        """
        line = sanitise_name(question.strip())
        if not line or len(line) > QUESTION_LENGTH_LIMIT:
            return
        stored = self._read()
        earlier = self._questions if stored is None else stored
        earlier = earlier[:-1] if earlier and line.startswith(earlier[-1]) else earlier
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


class TextPlace(Record):
    """A character of a document.

    Attributes:
        path: the absolute path of the document.
        offset: the number of the character, from 0.
    """

    path: str
    offset: int


class LastSession(Record):
    """Where a session ended, and what was pinned in it.

    Attributes:
        corpus: its documents.
        folder: the folder that relative paths of them start from.
        request: the question.
        passage: the start of the selected passage; None if there was none.
        top: the first character in view; None if no document was shown.
        pins: the pinned answers, in the order in which they were pinned.
    """

    corpus: Corpus
    folder: str
    request: AskRequest
    passage: TextPlace | None = None
    top: TextPlace | None = None
    pins: tuple[Pin, ...] = ()

    def seen_from(self, folder: str) -> LastSession:
        """Return the session with paths that are right in another folder."""
        paths = self.corpus.paths
        if folder == self.folder or all(map(os.path.isabs, paths)):
            return self
        scope, includes = self.request.scope, self.request.includes
        # A pattern that starts with a separator is one of a whole path.
        patterns = (escape(self.folder) * each.startswith("/") + each for each in scope.patterns)
        return self._replace(
            corpus=self.corpus._replace(paths=tuple(os.path.join(self.folder, p) for p in paths)),
            request=self.request._replace(
                scope=scope._replace(patterns=tuple(patterns)),
                includes=includes and os.path.join(self.folder, includes),
            ),
            pins=tuple(pin.seen_from(self.folder) for pin in self.pins),
            folder=folder,
        )


def write_last_session(path: Path, session: LastSession) -> bool:
    """Write a session; one that cannot be opened again is not stored.

    Returns:
        Whether it was written.
    """
    # An address may have a password in it.
    if STANDARD_INPUT in session.corpus.paths or session.corpus.scheme:
        return False
    question = session.request.question[:QUESTION_LENGTH_LIMIT]
    stored = session._replace(
        request=session.request._replace(question=question), pins=_stored_pins(session.pins)
    )
    return write_private(path, json.dumps({"version": VERSION, **to_json(stored)}) + "\n")


def _stored_pins(pins: Sequence[Pin]) -> tuple[Pin, ...]:
    """Return the latest pins that have room in the file, each without other excerpts."""
    stored: list[Pin] = []
    room = PINS_SIZE_LIMIT
    for pin in map(Pin.alone, reversed(pins)):
        room -= len(json.dumps(to_json(pin)))
        if room < 0:
            break
        stored.append(pin)
    return tuple(reversed(stored))


def read_last_session(path: Path, notice: Callable[[str], object]) -> LastSession | None:
    """Read a session, which anybody may have written.

    Args:
        path: the file.
        notice: called with one sentence if the file is ignored: it is damaged, or of a version
            of the app whose sessions cannot be read.

    Returns:
        The session; None if there is none.
    """
    text = read_private(path)
    if not text:
        return None
    version = VERSION
    try:
        stored = json.loads(text)
        version = stored["version"]
        return _session(stored)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        told = "damaged" if version == VERSION else "of another version of briefqa"
        notice(f"the stored session is {told} and was ignored: {path}")
        return None


def _session(stored: object) -> LastSession:
    """Return the session that was stored.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    session = read_record(LastSession, stored)
    if not session.corpus.paths:
        raise ValueError("expected paths")
    if any(not 0 <= pin.number < len(pin.answer.excerpts) for pin in session.pins):
        raise ValueError("expected the number of an excerpt")
    question = sanitise_name(session.request.question)[:QUESTION_LENGTH_LIMIT]
    return session._replace(request=session.request._replace(question=question))
