"""The assistant: documents in, answers out. The public Python API."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from briefqa.answers import Answer, answer, parse_question
from briefqa.documents import MAX_SIZE, USUAL, Selection
from briefqa.errors import DocumentError, QuestionError
from briefqa.index import DamagedIndexError, open_library

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Collection

__all__ = ["MAX_TOP", "Assistant"]

MAX_TOP = 1000
"""Excerpts of an answer at the most."""


class Assistant:
    """Answers questions from documents with their own sentences.

    Example:
        >>> assistant = Assistant.open(["seeds"])
        >>> answer = assistant.ask("When will Kishida and Biden meet?")
        >>> best = answer.excerpts[0]
        >>> "April 10, 2023" in best.sentence.slice(best.passage.text)
        True

    Args:
        library: the documents to answer from, indexed here or on a cluster.
        cached: whether a cached index may be read and written when they have changed.
    """

    def __init__(self, library: Collection, *, cached: bool = True) -> None:
        self._library = library
        self._cached = cached

    @classmethod
    def open(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        max_size: int = MAX_SIZE,
        selection: Selection = USUAL,
        *,
        cached: bool = True,
    ) -> Assistant:
        """Read and index documents, or use their cached index.

        Args:
            paths: a file, a folder, or `-` for standard input; or several of them.
            max_size: bytes of a file at the most.
            selection: what of folders is wanted.
            cached: whether a cached index may be read and written; the answers are the same.

        Raises:
            DocumentError: none of the paths could be read; where some could, see `problems`.
        """
        named = [paths] if isinstance(paths, str | os.PathLike) else paths
        given = tuple(os.fspath(path) for path in named)
        library = open_library(given, max_size, selection, cached=cached)
        assistant = cls(library, cached=cached)
        if assistant.problems and not assistant.documents:
            raise assistant.problems[0]
        return assistant

    @property
    def problems(self) -> tuple[DocumentError, ...]:
        """The paths that could not be read, and why."""
        return self._library.problems

    @property
    def documents(self) -> int:
        """How many documents could be read."""
        return self._library.passages.documents

    @property
    def passages(self) -> int:
        """How many passages they have."""
        return len(self._library.passages)

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the documents, sorted."""
        return self._library.passages.paths

    @property
    def analyzer(self) -> Analyzer:
        """What makes the terms of the documents and of the questions."""
        return self._library.passages.analyzer

    def refresh(self) -> bool:
        """Read the documents again where they have changed; cheap where they have not.

        Returns:
            Whether they have.
        """
        stale = self._library.is_stale()
        if stale:
            self._library = self._library.opened_again(cached=self._cached)
        return stale

    def ask(
        self, question: str, top: int = 3, *, strict: bool = False, literal: bool = False
    ) -> Answer:
        """Answer a question.

        Args:
            question: in plain language.
            top: excerpts at the most, 1 to 1000.
            strict: whether an answer that may not answer counts as none.
            literal: whether to look up the words exactly as asked, without corrections.

        Raises:
            QuestionError: the question holds no word, or `top` is out of range.
        """
        if not 1 <= top <= MAX_TOP:
            raise QuestionError(f"top is {top}, not a number from 1 to {MAX_TOP}")
        try:
            return self._answer(question, top, strict=strict, literal=literal)
        except DamagedIndexError:
            self._library = self._library.opened_again(cached=False)
            return self._answer(question, top, strict=strict, literal=literal)

    def _answer(self, question: str, top: int, *, strict: bool, literal: bool) -> Answer:
        index = self._library.passages
        parsed = parse_question(question, index.analyzer)
        return answer(parsed, index, index.documents, top=top, strict=strict, literal=literal)
