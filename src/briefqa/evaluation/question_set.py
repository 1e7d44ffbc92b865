"""Sets of questions with known answers, as JSON Lines.

    {"question": "When do they meet?", "answers": ["April 10"], "answerable": true}

An answer is a string that the right text contains, or `{"text", "start", "end"}` with half-open
character offsets into its document. `answerable` is by default whether there are answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefqa.errors import QuestionError
from briefqa.passages import Passage
from briefqa.question_file import QuestionEntry, read_questions
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["KnownAnswer", "KnownQuestion", "read_known_questions"]


class KnownAnswer(Record):
    """A right answer to a question.

    Attributes:
        text: its words.
        span: its characters in its document; None if it is right wherever it occurs.
    """

    text: str
    span: Span | None

    def is_in(self, passage: Passage, part: Span) -> bool:
        """Return whether a part of a passage, a span of its text, contains the answer."""
        if self.span is None:
            return _fold(self.text) in _fold(part.slice(passage.text))
        place = part.shift(passage.span.start)
        start = self.span.start - passage.span.start
        return place.contains(self.span) and passage.text.startswith(self.text, start)


class KnownQuestion(Record):
    """A question whose answers are known.

    Attributes:
        question: the question.
        answers: the right answers, of which one is enough.
        answerable: whether the documents contain an answer.
    """

    question: str
    answers: tuple[KnownAnswer, ...]
    answerable: bool


def read_known_questions(path: str) -> Iterator[KnownQuestion]:
    """Yield the questions of a file, or of standard input for `-`.

    Raises:
        DocumentError: the file cannot be read.
        QuestionError: a line is not of the form above; its number is in the message.
    """
    for asked in read_questions(path):
        yield _known(asked)


def _known(asked: QuestionEntry) -> KnownQuestion:
    fields = asked.fields or {}
    answers = fields.get("answers", [])
    if not isinstance(answers, list):
        raise QuestionError(f"{asked.place}: answers must be a list")
    known = tuple(_answer(answer, asked.place) for answer in answers)
    answerable = fields.get("answerable", bool(known))
    if not isinstance(answerable, bool):
        raise QuestionError(f"{asked.place}: answerable must be true or false")
    if answerable and not known:
        raise QuestionError(f"{asked.place}: answerable, but has no answers")
    return KnownQuestion(asked.question, known, answerable)


def _answer(answer: object, place: str) -> KnownAnswer:
    match answer:
        case str(text) if text.strip():
            return KnownAnswer(text, None)
        case {"text": str(text), "start": int(start), "end": int(end)} if 0 <= start <= end:
            return KnownAnswer(text, Span(start, end))
    expected = "expected a string, or an object with text, start and end"
    raise QuestionError(f"{place}: invalid answer; {expected}")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
