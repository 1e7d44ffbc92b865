"""Files of questions: one a line, as plain text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from briefqa.documents import STANDARD_INPUT, read_file, read_standard_input_lines
from briefqa.errors import QuestionError
from briefqa.readers import decode, decode_document
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["QuestionEntry", "read_questions"]


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
    path: str, report: Callable[[QuestionError], object] | None = None
) -> Iterator[QuestionEntry]:
    """Yield the questions of a file, or of standard input as its lines arrive.

    A line that starts with `{` is a JSON object with a field `question`; any other line is a
    question. Blank lines are skipped.

    Args:
        path: a file, or `-` for standard input.
        report: called with the error of each line that is skipped; None if none may be.

    Raises:
        DocumentError: the file cannot be read.
        QuestionError: a line is not a JSON object with a `question`; the message has its number.
    """
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            entry = _parse(line.strip(), f"{path}: line {number}")
        except QuestionError as error:
            if report is None:
                raise
            report(error)
        else:
            yield entry


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
