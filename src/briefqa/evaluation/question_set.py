"""Questions with known answers: JSON Lines.

    {"question": "When do they meet?", "answers": ["April 10"], "answerable": true}

An answer is a string to be found in the answering text, or `{"text", "start", "end"}` with
half-open character offsets into its document. Without `answerable`, a question with answers is.
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
    """One right answer.

    Attributes:
        text: its words.
        span: where it stands in its document; None where it is right wherever it stands.
    """

    text: str
    span: Span | None

    def is_in(self, passage: Passage, part: Span) -> bool:
        """Tell whether a part of a passage, a span of its text, holds the answer."""
        if self.span is None:
            return _fold(self.text) in _fold(part.slice(passage.text))
        place = part.shift(passage.span.start)
        start = self.span.start - passage.span.start
        return place.contains(self.span) and passage.text.startswith(self.text, start)


class KnownQuestion(Record):
    """A question and what would answer it.

    Attributes:
        question: the question.
        answers: the right answers; any of them will do.
        answerable: whether the documents hold an answer.
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
        raise QuestionError(f"{asked.place}: answers is not a list")
    known = tuple(_answer(answer, asked.place) for answer in answers)
    answerable = fields.get("answerable", bool(known))
    if not isinstance(answerable, bool) or (answerable and not known):
        raise QuestionError(f"{asked.place}: answerable, but without answers")
    return KnownQuestion(asked.question, known, answerable)


def _answer(answer: object, place: str) -> KnownAnswer:
    match answer:
        case str(text) if text.strip():
            return KnownAnswer(text, None)
        case {"text": str(text), "start": int(start), "end": int(end)} if 0 <= start <= end:
            return KnownAnswer(text, Span(start, end))
    raise QuestionError(f"{place}: an answer is neither a string nor a text with start and end")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
