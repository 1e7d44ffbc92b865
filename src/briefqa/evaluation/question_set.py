"""Sets of questions with known answers, as JSON Lines.

    {"question": "When do they meet?", "answers": ["April 10"], "answerable": true, "kind": "when"}

An answer is a string that the right text contains; `{"text", "start", "end"}` with half-open
character offsets into its document; or `{"pattern"}` with a regular expression that the right text
matches, in any letter case, or `"answer"` beside the question with one. `answerable` is by default
whether there are answers. `kind` is any name by which questions are to be grouped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.errors import QuestionError
from briefqa.passages import Passage
from briefqa.question_file import QuestionEntry, read_questions
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["KnownAnswer", "KnownQuestion", "read_known_questions"]

PATTERN_FLAGS = re.IGNORECASE | re.DOTALL


class KnownAnswer(Record):
    """A right answer to a question.

    Attributes:
        text: its words, or the regular expression.
        span: its characters in its document; None if it is right wherever it occurs.
        is_pattern: whether it is a regular expression.
    """

    text: str
    span: Span | None
    is_pattern: bool = False

    def is_in(self, passage: Passage, part: Span) -> bool:
        """Return whether a part of a passage, a span of its text, contains the answer."""
        if self.is_pattern:
            return re.search(self.text, part.slice(passage.text), PATTERN_FLAGS) is not None
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
        kind: the name of its group; empty if it has none.
    """

    question: str
    answers: tuple[KnownAnswer, ...]
    answerable: bool
    kind: str = ""


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
    if fields.get("answer"):
        answers = [*answers, {"pattern": fields["answer"]}]
    known = tuple(_answer(answer, asked.place) for answer in answers)
    answerable = fields.get("answerable", bool(known))
    if not isinstance(answerable, bool):
        raise QuestionError(f"{asked.place}: answerable must be true or false")
    if answerable and not known:
        raise QuestionError(f"{asked.place}: answerable, but has no answers")
    return KnownQuestion(asked.question, known, answerable, str(fields.get("kind") or ""))


def _answer(answer: object, place: str) -> KnownAnswer:
    match answer:
        case str(text) if text.strip():
            return KnownAnswer(text, None)
        case {"text": str(text), "start": int(start), "end": int(end)} if 0 <= start <= end:
            return KnownAnswer(text, Span(start, end))
        case {"pattern": str(text)} if text:
            try:
                re.compile(text, PATTERN_FLAGS)
            except re.error as error:
                raise QuestionError(f"{place}: invalid regular expression: {error}") from error
            return KnownAnswer(text, None, is_pattern=True)
    expected = "expected a string, or an object with text, start and end, or with pattern"
    raise QuestionError(f"{place}: invalid answer; {expected}")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
