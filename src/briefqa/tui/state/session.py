"""What the reader asks and looks at: the state of the app, without its screen."""

from __future__ import annotations

from briefqa.answers import Answer, Excerpt
from briefqa.records import Record

__all__ = ["Asking", "Session", "Wanted"]


class Asking(Record):
    """A question as it is asked.

    Attributes:
        question: the words.
        literal: whether they are looked up exactly as asked.
    """

    question: str
    literal: bool = False


EMPTY = Asking("")


class Wanted(Record):
    """What is to be shown of the documents.

    Attributes:
        path: of the document; None for the first.
        excerpt: the excerpt to mark in it; None for none.
    """

    path: str | None
    excerpt: Excerpt | None


class Session:
    """The present question, its answer, the chosen excerpt, and what was asked before.

    Attributes:
        asking: the question as it stands in its field.
        answer: the last answer that came; of an earlier question until that of the present comes.
        chosen: the number of the chosen excerpt, from 0.
        settled: the answers of the questions that the reader stayed with, in the order asked.
    """

    def __init__(self, asking: Asking = EMPTY) -> None:
        self.asking = asking
        self.answer: Answer | None = None
        self.chosen = 0
        self.settled: list[Answer] = []
        self._answered = self.asking

    @property
    def excerpt(self) -> Excerpt | None:
        """The chosen excerpt; None where there is none."""
        excerpts = self.answer.excerpts if self.answer else ()
        return excerpts[self.chosen] if self.chosen < len(excerpts) else None

    @property
    def up_to_date(self) -> bool:
        """Whether the answer is that of the present question."""
        return self._answered == self.asking

    def ask(self, asking: Asking) -> None:
        """Take up a question; the earlier answer stays until the new one comes."""
        self.asking = asking
        if not asking.question.strip():
            self.answer = None
            self.chosen = 0
            self._answered = asking

    def take(self, asking: Asking, answer: Answer | None) -> bool:
        """Take an answer, or that there is none; return whether the question still stands."""
        if asking != self.asking:
            return False
        self._answered = asking
        self.answer = answer
        self.chosen = 0
        return True

    def choose(self, number: int) -> bool:
        """Choose an excerpt, or the nearest that there is; return whether that is another."""
        count = len(self.answer.excerpts) if self.answer else 0
        before, self.chosen = self.chosen, max(0, min(number, count - 1))
        return self.chosen != before

    def settle(self) -> str | None:
        """Keep the present question and its answer; return the question if it was not kept yet."""
        if self.answer is None or not self.up_to_date:
            return None
        if self.settled and self.settled[-1].question == self.answer.question:
            self.settled[-1] = self.answer
            return None
        self.settled.append(self.answer)
        return self.answer.question
