"""Files of questions, one a line, as plain text or as JSON; which of their answers are new.

The answers to standing questions that were seen are kept in a state file: for each question the
values, or sentences, with the documents that gave them. It is replaced whole, so that a run that
fails changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from briefqa.answers import Answer, Status
from briefqa.documents import STANDARD_INPUT, read_file, read_standard_input_lines
from briefqa.documents.file_system import replace_file
from briefqa.errors import DocumentError, QuestionError, UsageError, describe
from briefqa.readers import decode, decode_document
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["QuestionEntry", "SeenAnswers", "read_questions"]

FORM = "briefqa answers seen"
"""What a state file says it is."""
VERSION = 1
LARGEST = 64 * 1024 * 1024
"""The maximum size of a state file in bytes."""


class QuestionEntry(Record):
    """A question of a file.

    Attributes:
        question: its text.
        place: the file and the line, for error messages.
        fields: the other fields of a line of JSON; None for a plain line.
    """

    question: str
    place: str
    fields: Mapping[str, object] | None = None


def read_questions(
    path: str,
    report: Callable[[QuestionError], object] | None = None,
    note: Callable[[str], object] | None = None,
) -> Iterator[QuestionEntry]:
    """Yield the questions of a file, or of standard input as its lines arrive.

    A line that starts with `{` is a JSON object with a field `question`; any other line is a
    question. Blank lines are skipped.

    Args:
        path: a file, or `-` for standard input.
        report: called with the error of each line that is skipped; None if none may be.
        note: called with a sentence if there are no questions, which is no error; None to say
            nothing.

    Raises:
        DocumentError: the file cannot be read.
        QuestionError: a line is not a JSON object with a `question`; the message has its number.
    """
    empty = True
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        empty = False
        try:
            entry = _parse(line.strip(), f"{path}: line {number}")
        except QuestionError as error:
            if report is None:
                raise
            report(error)
        else:
            yield entry
    if empty and note is not None:
        note(f"{path} has no questions; expected one on each line")


def _lines(path: str) -> Iterator[str]:
    if path != STANDARD_INPUT:
        yield from decode_document(path, read_file(path)).split("\n")
        return
    for line in read_standard_input_lines():
        yield from decode(line.removesuffix(b"\n")).split("\n")


def _parse(line: str, place: str) -> QuestionEntry:
    if not line.startswith("{"):
        return QuestionEntry(line, place)
    try:
        fields = json.loads(line, parse_constant=_refuse, parse_float=_finite)
        # What is read must be possible to write, some levels deeper.
        json.dumps([[[[fields]]]])
    except (ValueError, RecursionError) as error:
        reason = error.msg.lower() if isinstance(error, json.JSONDecodeError) else str(error)
        raise QuestionError(f"{place}: invalid JSON: {reason}") from error
    question = fields.pop("question", None)
    if not isinstance(question, str):
        raise QuestionError(f'{place}: expected a field "question" with a text')
    return QuestionEntry(question, place, fields)


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"invalid number {number}")


def _finite(number: str) -> float:
    value = float(number)
    if value in (float("inf"), float("-inf")):
        _refuse(number)
    return value


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
