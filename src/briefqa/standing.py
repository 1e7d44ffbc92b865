"""Standing questions: which of their answers are new since they were last asked.

A state file has the answers that were seen: for each question the values, or sentences, with the
documents that gave them. It is replaced whole, so that a run that fails changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping

from briefqa.answers import Answer, Status
from briefqa.documents import read_file
from briefqa.documents.replacement import replace_file
from briefqa.errors import DocumentError, UsageError, describe

__all__ = ["SeenAnswers"]

FORM = "briefqa answers seen"
VERSION = 1
LARGEST = 64 * 1024 * 1024
"""Bytes of a state file at the most."""


class SeenAnswers:
    """The answers that were seen.

    Args:
        path: of the state file.
        seen: for each question, what was answered: a document and what it said.
    """

    def __init__(self, path: str, seen: Mapping[str, frozenset[tuple[str, str]]]) -> None:
        self._path = path
        self._seen = dict(seen)

    @classmethod
    def read(cls, path: str) -> SeenAnswers:
        """Read a state file; one that does not exist yet has seen nothing.

        Raises:
            UsageError: the file is damaged, or is no state file.
            DocumentError: it cannot be read, or is a pipe or a device.
        """
        if not os.path.exists(path):
            return cls(path, {})
        data = read_file(path, LARGEST, named=False)
        try:
            record = json.loads(data)
            if (record["form"], record["version"]) != (FORM, VERSION):
                raise ValueError(record)
            return cls(
                path,
                {
                    str(question): frozenset((str(path), str(said)) for path, said in given)
                    for question, given in record["seen"].items()
                },
            )
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            message = (
                f"{path} is damaged, or is no file that --new has written; it is left as it is"
            )
            raise UsageError(message) from error

    def take(self, answer: Answer) -> Answer | None:
        """Return an answer with what is new in it, and take that as seen; None if nothing is.

        Only an answer with the status answered counts.
        """
        if answer.status is not Status.ANSWERED:
            return None
        seen = self._seen.get(answer.question, frozenset())
        new = tuple(
            excerpt
            for excerpt in answer.excerpts
            if (excerpt.passage.path, excerpt.said) not in seen
        )
        self._seen[answer.question] = seen.union(
            (excerpt.passage.path, excerpt.said) for excerpt in new
        )
        return answer._replace(excerpts=new) if new else None

    def check(self, questions: Iterable[str]) -> None:
        """Check that the file is of these questions, or of some of them.

        Raises:
            UsageError: it has other questions only.
        """
        if self._seen and self._seen.keys().isdisjoint(questions):
            raise UsageError(f"{self._path} is of other questions; name another file for these")

    def write(self) -> None:
        """Replace the state file.

        Raises:
            DocumentError: it cannot be written; the earlier one is left as it was.
        """
        seen = {question: sorted(given) for question, given in self._seen.items()}
        record = {"form": FORM, "version": VERSION, "seen": seen}
        text = json.dumps(record, ensure_ascii=True, indent=1) + "\n"
        try:
            replace_file(self._path, text)
        except OSError as error:
            raise DocumentError(self._path, f"cannot be written: {describe(error)}") from error
