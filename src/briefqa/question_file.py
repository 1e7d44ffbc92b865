"""Files of questions: one a line, plain or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from briefqa.documents import STANDARD_INPUT, lines_of_standard_input, read_file
from briefqa.errors import QuestionError
from briefqa.readers import decode, decode_document
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["Asked", "read_questions"]


class Asked(Record):
    """A question of a file.

    Attributes:
        question: its text.
        place: the file and the line, for error messages.
        fields: the other fields of a line of JSON; None for a plain line.
    """

    question: str
    place: str
    fields: Mapping[str, object] | None = None


def read_questions(path: str) -> Iterator[Asked]:
    """Yield the questions of a file, or of standard input as its lines come.

    A line that starts with `{` is a JSON object with a `question`; any other is a question as it
    stands. Blank lines are skipped.

    Args:
        path: a file, or `-` for standard input.

    Raises:
        DocumentError: the file cannot be read.
        QuestionError: a line is no JSON object with a `question`; its number is in the message.
    """
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            yield _parse(line.strip(), f"{path}: line {number}")


def _lines(path: str) -> Iterator[str]:
    if path != STANDARD_INPUT:
        yield from decode_document(path, read_file(path)).split("\n")
        return
    for line in lines_of_standard_input():
        yield from decode(line.removesuffix(b"\n")).split("\n")


def _parse(line: str, place: str) -> Asked:
    if not line.startswith("{"):
        return Asked(line, place)
    try:
        fields = json.loads(line, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        reason = error.msg.lower() if isinstance(error, json.JSONDecodeError) else str(error)
        raise QuestionError(f"{place}: not JSON: {reason}") from error
    question = fields.pop("question", None)
    if not isinstance(question, str):
        raise QuestionError(f"{place}: no question in it")
    return Asked(question, place, fields)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(number: str) -> float:
    value = float(number)
    if value in (float("inf"), float("-inf")):
        _refuse_constant(number)
    return value
