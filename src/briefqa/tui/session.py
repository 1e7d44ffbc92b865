"""The state of the session, without Textual: the open corpus, the question, its answer."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from threading import Lock
from typing import TYPE_CHECKING

from briefqa.answers import Answer, Excerpt, WordLookup
from briefqa.corpus import ALL_DOCUMENTS, Corpus, DocumentScope
from briefqa.errors import DocumentError, EngineError
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.tui.large_files import AnyDocument, is_large, read_apart

if TYPE_CHECKING:
    from briefqa.assistant import Assistant

__all__ = [
    "AskRequest",
    "DocumentRequest",
    "Mark",
    "OpenCorpus",
    "Session",
]

CACHE_SIZE = 16
"""The number of documents that are kept after they were read."""
CACHED_TEXT = 20_000_000
"""Characters of all of them together, but for the latest."""


class OpenCorpus:
    """An assistant, and a cache of documents; several threads may use it.

    Args:
        assistant: answers questions about the documents.
        corpus: what it was opened for; None if the documents may be no files on this machine.

    Attributes:
        assistant: the same.
        shared_path: the folders that the paths of all documents begin with.
    """

    def __init__(self, assistant: Assistant, corpus: Corpus | None = None) -> None:
        self.assistant = assistant
        self._files = corpus if corpus and corpus.scheme is None else None
        # The paths are sorted, so that the first and the last have least in common.
        ends = [assistant.paths[0], assistant.paths[-1]] if assistant.paths else []
        folders = zip(*(path.split(os.sep)[:-1] for path in ends), strict=False)
        shared = takewhile(lambda names: names[0] == names[1], folders)
        self.shared_path = "".join(f"{names[0]}{os.sep}" for names in shared)
        self._cache: dict[str, AnyDocument] = {}
        self._cache_lock = Lock()
        self._read_lock = Lock()

    def cached(self, path: str) -> AnyDocument | None:
        """Return a document if it is in the cache; this does not block."""
        with self._cache_lock:
            return self._cache.get(path)

    def document(self, path: str) -> AnyDocument | None:
        """Return a document; None if it cannot be read any more.

        Call this in a thread: reading may take seconds.
        """
        # With the lock, two threads that request the same document read it once.
        with self._read_lock:
            document = self.cached(path)
            if document is None:
                try:
                    document = self._read(path)
                except (DocumentError, EngineError):
                    return None
            self._add_to_cache(document)
            return document

    def _read(self, path: str) -> AnyDocument:
        """Read a document, a large file in another process if one can be started."""
        if self._files and is_large(path) and self._contains(path):
            with suppress(OSError):
                return read_apart(path, self._files.max_size)
        return self.assistant.document(path)

    def _contains(self, path: str) -> bool:
        paths = self.assistant.paths
        place = bisect_left(paths, path)
        return place < len(paths) and paths[place] == path

    def _add_to_cache(self, document: AnyDocument) -> None:
        """Add a document, and drop the least recently used ones if there is too much of them."""
        with self._cache_lock:
            self._cache.pop(document.path, None)
            self._cache[document.path] = document
            size = sum(len(each.text) for each in self._cache.values())
            while len(self._cache) > CACHE_SIZE or (size > CACHED_TEXT and len(self._cache) > 1):
                size -= len(self._cache.pop(next(iter(self._cache))).text)

    def documents(self) -> Iterator[AnyDocument]:
        """Yield all documents that can be read; call this in a thread."""
        documents = (self.document(entry.path) for entry in self.assistant.documents())
        return (document for document in documents if document)


class AskRequest(Record):
    """A question, and how it is asked.

    Attributes:
        question: the text.
        literal: whether the words are looked up exactly as asked.
        finished: whether the last word is typed to its end, as far as is known.
        scope: the documents that may answer.
        includes: the path of a document whose best excerpt is added to the answer, if it is not one
            of those; empty for none.
    """

    question: str
    literal: bool = False
    finished: bool = True
    scope: DocumentScope = ALL_DOCUMENTS
    includes: str = ""


NO_REQUEST = AskRequest("")


class Mark(Record):
    """What is marked in a document that is no excerpt of an answer. Spans are of its text.

    Attributes:
        sentence: the sentence.
        focus: the part of it that matters.
    """

    sentence: Span
    focus: Span


class DocumentRequest(Record):
    """A document to show.

    Attributes:
        path: the path of the document; None for the first of all.
        excerpt: the excerpt to highlight in it; None for none.
        again: whether it answers the same question as before, so that the place is kept.
        offset: the first character of the text to show; None for the sentence of the excerpt.
        mark: what is marked without an excerpt; None for nothing.
        scope: the documents of which the first is shown instead, if the path is none of them.
    """

    path: str | None
    excerpt: Excerpt | None
    again: bool = False
    offset: int | None = None
    mark: Mark | None = None
    scope: DocumentScope = ALL_DOCUMENTS


class Session:
    """The state of a session.

    Attributes:
        request: the present question.
        lookups: how the words of the question of the last answer were looked up.
        answer: the last answer; that of an earlier question until `receive` is called with that
            of the present one. None if there is none.
        selected: the number of the selected excerpt, from 0.
        kept: the answers that were of use, in the order asked.
        changed: the path of the document of the selected excerpt, if that passage is not as it was
            when it was selected; else None.
    """

    def __init__(self, request: AskRequest = NO_REQUEST) -> None:
        self.request = request
        self.answer: Answer | None = None
        self.lookups: tuple[WordLookup, ...] = ()
        self.selected = 0
        self.kept: list[Answer] = []
        self.changed: str | None = None
        self._answered = self.request

    @property
    def excerpt(self) -> Excerpt | None:
        """The selected excerpt; None if there is none."""
        excerpts = self.answer.excerpts if self.answer else ()
        return excerpts[self.selected] if self.selected < len(excerpts) else None

    @property
    def is_current(self) -> bool:
        """Whether the answer is that of the present question."""
        return self._answered == self.request

    @property
    def answered(self) -> AskRequest:
        """The question of the answer."""
        return self._answered

    def return_to(
        self,
        request: AskRequest,
        answer: Answer | None,
        selected: int,
        lookups: tuple[WordLookup, ...],
    ) -> None:
        """Set a question and its answer that were shown before."""
        self.request = self._answered = request
        self.answer = answer
        self.lookups = lookups
        self.selected = selected
        self.changed = None

    def repeats(self, request: AskRequest) -> bool:
        """Return whether an answer takes the place of one to the same question, and of its passage.

        The answer to a question that was still typed gives way, unless an excerpt was selected.
        """
        same = self._answered._replace(finished=True) == request._replace(finished=True)
        return same and (self._answered.finished or self.selected > 0)

    def ask(self, request: AskRequest) -> None:
        """Set the present question; the earlier answer remains, unless the question is blank."""
        self.request = request
        if request.includes:
            # The reader goes to its excerpt, though the same question may have been asked before.
            self._answered = self._answered._replace(includes="")
        if not request.question.strip():
            self.answer = self.changed = None
            self.lookups = ()
            self.selected = 0
            self._answered = request

    def receive(
        self,
        request: AskRequest,
        answer: Answer | None,
        lookups: tuple[WordLookup, ...] = (),
        selected: int = 0,
    ) -> bool:
        """Set the answer of a question, unless another question was asked meanwhile.

        If the question was answered before, the selected passage stays selected.

        Args:
            request: the question.
            answer: its answer; None if it cannot be answered.
            lookups: how its words were looked up.
            selected: the number of the excerpt to select, unless the question was answered before.

        Returns:
            Whether it was set.
        """
        if request != self.request:
            return False
        before = self.excerpt if self.repeats(request) else None
        was_finished, self._answered = self._answered.finished, request
        self.answer = answer
        self.lookups = lookups
        self.changed = None
        self.selected = self._find_again(before, finished=was_finished) if before else selected
        return True

    def _find_again(self, before: Excerpt, *, finished: bool) -> int:
        """Return the number of the excerpt with the same passage; else the number selected now.

        Without it, the documents have changed, if the question was finished already.
        """
        passage = before.passage
        excerpts = self.answer.excerpts if self.answer else ()
        for number, excerpt in enumerate(excerpts):
            if (excerpt.passage.path, excerpt.passage.text) == (passage.path, passage.text):
                return number
        self.changed = passage.path if finished else None
        return max(0, min(self.selected, len(excerpts) - 1))

    def select(self, number: int) -> bool:
        """Select an excerpt, the nearest if there is none with this number.

        Returns:
            Whether the selection changed.
        """
        count = len(self.answer.excerpts) if self.answer else 0
        before, self.selected = self.selected, max(0, min(number, count - 1))
        self.changed = None
        return self.selected != before

    def find(self, path: str, start: int) -> bool:
        """Select the excerpt whose passage starts at a character of a document.

        Args:
            path: the absolute path of the document.
            start: the number of the character.

        Returns:
            Whether there is one.
        """
        for number, excerpt in enumerate(self.answer.excerpts if self.answer else ()):
            passage = excerpt.passage
            if (os.path.abspath(passage.path), passage.span.start) == (path, start):
                self.selected = number
                return True
        return False

    def keep(self) -> str | None:
        """Keep the present question and its answer, in place of one that it begins with.

        Returns:
            The question; None if it has no answer yet, or was kept already.
        """
        if self.answer is None or not self.is_current:
            return None
        if self.kept and self.kept[-1].question == self.answer.question:
            self.kept[-1] = self.answer
            return None
        if self.kept and self.answer.question.startswith(self.kept[-1].question):
            self.kept.pop()
        self.kept.append(self.answer)
        return self.answer.question
