"""What a question gets: the answer and its excerpts."""

from __future__ import annotations

from enum import StrEnum

from briefqa.index import Contribution
from briefqa.passages import Passage
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Alias", "Answer", "CorpusSize", "Correction", "Excerpt", "Status"]


class Status(StrEnum):
    """How far the excerpts can be trusted to answer."""

    ANSWERED = "answered"
    WEAK = "weak"
    """Closest passages; they may not answer."""
    NONE = "none"
    """No passage matches."""


class Excerpt(Record):
    """A passage and the sentence of it that answers best.

    Attributes:
        rank: from 1.
        score: the BM25 score of the passage.
        passage: the passage, with its place in its document.
        sentence: the best sentence: characters of the passage's text.
        answer: the best sentence with what belongs to it, such as the list that follows its colon:
            characters of the passage's text.
        header: the names of the columns, where the best sentence is a row of a table; else None.
        lead: the sentence before, where the best one opens with a pronoun that stands for something
            in it; None elsewhere.
        focus: what in the best sentence looks like the kind of answer that was asked for, such as a
            date for a when: characters of the passage's text; None where nothing does.
        highlights: the question's words: characters of the passage's text; sorted, disjoint,
            whole words.
        contributions: what each term of the question adds to the score.
    """

    rank: int
    score: float
    passage: Passage
    sentence: Span
    answer: Span
    header: str | None
    lead: Span | None
    focus: Span | None
    highlights: tuple[Span, ...]
    contributions: tuple[Contribution, ...]

    @property
    def line(self) -> int:
        """The line of the document on which the sentence starts, from 1."""
        return self.passage.lines[0] + self.passage.text.count("\n", 0, self.sentence.start)

    @property
    def citation(self) -> str:
        """The source as people write it: `report.pdf:p3`, `call.vtt:00:12:31`, `notes.txt:9`."""
        path, time = self.passage.path, self.passage.time
        if time is not None:
            return f"{path}:{time // 3600:02}:{time // 60 % 60:02}:{time % 60:02}"
        return f"{path}:p{self.passage.page}" if self.passage.page else f"{path}:{self.line}"


class Correction(Record):
    """A word that was looked up as another.

    Attributes:
        asked: the word as asked.
        used: the word of the documents that was looked up, case-folded.
    """

    asked: str
    used: str


class Alias(Record):
    """Another name by which something was looked up too.

    Attributes:
        asked: the words as asked.
        used: the other name, as the documents have it.
    """

    asked: str
    used: str


class CorpusSize(Record):
    """How much was searched.

    Attributes:
        documents: the number of documents.
        passages: the number of their passages.
    """

    documents: int
    passages: int


class Answer(Record):
    """The answer to one question.

    Attributes:
        question: as asked.
        status: how far to trust it.
        confidence: the estimated probability that the first sentence holds the answer, 0 to 1.
        matched: words of the question, as asked, that the first excerpt matches.
        missing: content words of the question that it does not.
        corrections: words that were looked up as others.
        aliases: words that were looked up by other names too.
        excerpts: best first, one a passage; with status none the nearest, or none at all.
        corpus: how much was searched.
        partial: whether some passages could not be asked: parts of a cluster are down.
        required: the words marked `+`, as asked: each passage holds them.
        excluded: the words marked `-`, as asked: no passage holds them.
    """

    question: str
    status: Status
    confidence: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    corrections: tuple[Correction, ...]
    aliases: tuple[Alias, ...]
    excerpts: tuple[Excerpt, ...]
    corpus: CorpusSize
    partial: bool = False
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def relaxation(self) -> str:
        """How many of the question's content words the first excerpt had to match.

        `all`, `most` (half of them or more), `any`, or `none` where none is matched.
        """
        if not self.matched:
            return "none"
        if not self.missing:
            return "all"
        return "most" if len(self.matched) >= len(self.missing) else "any"
