"""Where the last session ended, in a file: its documents, question, filter, answer and place."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from glob import escape
from pathlib import Path
from typing import Any

from briefqa.corpus import Corpus
from briefqa.documents import STANDARD_INPUT, Selection
from briefqa.records import Record
from briefqa.scope import DocumentScope
from briefqa.text_safety import sanitise_name
from briefqa.tui.session import AskRequest
from briefqa.tui.storage import QUESTION_LENGTH_LIMIT, read_private, write_private

__all__ = ["LastSession", "TextPlace", "read_last_session", "write_last_session"]

VERSION = 1


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
