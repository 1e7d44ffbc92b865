"""Answers and their parts: the values that a question is answered with."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from briefqa.corpus import Skipped
from briefqa.index import Contribution
from briefqa.passages import Passage
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "Alias",
    "Answer",
    "CorpusSize",
    "Correction",
    "Excerpt",
    "Place",
    "Related",
    "Status",
    "Value",
    "WordLookup",
]


UNDATED = "9999"
"""Follows all dates."""


class Status(StrEnum):
    """How likely the excerpts answer the question."""

    ANSWERED = "answered"
    WEAK = "weak"
    """The closest passages, which may not answer."""
    NONE = "none"
    """No passage matches."""


class Place(Record):
    """A sentence in a document.

    Attributes:
        passage: its passage, with the place of that in its document.
        sentence: characters of the passage's text.
    """

    passage: Passage
    sentence: Span

    @property
    def line(self) -> int:
        """The line of the document on which the sentence starts, from 1."""
        return self.passage.lines[0] + self.passage.text.count("\n", 0, self.sentence.start)

    @property
    def citation(self) -> str:
        """The source as people write it: `report.pdf:p3`, `call.vtt:00:12:31`, `notes.txt:9`.

        The name of an embedded document follows a `!`, as in `mail.eml!minutes.txt:3`.
        """
        source, time, page = self.passage.source, self.passage.time, self.passage.page
        if time is not None:
            return f"{source}:{time // 3600:02}:{time // 60 % 60:02}:{time % 60:02}"
        if page:
            return f"{source}:p{page}"
        return f"{source}:{self.member_line}" if self.member_line > 0 else source

    @property
    def member_line(self) -> int:
        """The line in the embedded document, from 1; 0 or less is the heading of that.

        It is `line` where the passage is in no such document.
        """
        return self.line - self.passage.member_line + 1


class Value(Record):
    """A number, a date or a name that documents give for what is asked.

    Attributes:
        written: the value, as the most explicit of them has it.
        places: the sentences that give it, the best first.
    """

    written: str
    places: tuple[Place, ...]

    @property
    def documents(self) -> int:
        """The number of documents that give it."""
        return len({place.passage.path for place in self.places})

    @property
    def earliest(self) -> str | None:
        """The earliest date that one of these documents tells; None if none does."""
        return min(self._dates, default=None)

    @property
    def latest(self) -> str | None:
        """The latest date that one of them tells; None if none does."""
        return max(self._dates, default=None)

    @property
    def _dates(self) -> Iterator[str]:
        return filter(None, (place.passage.told_date for place in self.places))

    def follows(self, other: Value) -> bool:
        """Whether all documents that give it are later than those that give another value."""
        return (other.latest or UNDATED) < (self.earliest or "")


class Excerpt(Record):
    """A passage, and the sentence of it that answers best. All spans are of the passage's text.

    Attributes:
        rank: from 1.
        score: the BM25 score of the passage.
        passage: the passage, with its place in its document.
        sentence: the span of the best sentence.
        answer: the span of the best sentence with what belongs to it, such as the list that follows
            its colon, or the sentence beside it that may as well answer.
        header: the names of the columns, if the best sentence is a row of a table; else None.
        lead: the span of the sentence before, if the best one opens with a pronoun, which refers to
            it; else None.
        focus: the span in the best sentence that looks like the kind of answer expected, such as a
            date for "when"; None if there is none.
        highlights: the spans of the question's words: sorted, disjoint, whole words.
        contributions: what each term of the question adds to the score.
        also: other places that say the same, the best first.
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
    also: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        """Where the best sentence is."""
        return Place(self.passage, self.sentence)

    @property
    def said(self) -> str:
        """What it says, on one line: the value that was asked for, else the best sentence."""
        span = self.focus or self.sentence
        return " ".join(span.slice(self.passage.text).split())

    @property
    def line(self) -> int:
        """The line of the document on which the best sentence starts, from 1."""
        return self.place.line

    @property
    def citation(self) -> str:
        """The source as people write it: see `Place`."""
        return self.place.citation

    @property
    def member_line(self) -> int:
        """The line in the embedded document: see `Place`."""
        return self.place.member_line


class Correction(Record):
    """A word that was replaced as misspelled.

    Attributes:
        asked: the word as asked.
        used: the word of the documents that was searched for instead, case-folded.
    """

    asked: str
    used: str


class Alias(Record):
    """Another name that was searched for as well.

    Attributes:
        asked: the words as asked.
        used: the other name, as the documents have it.
    """

    asked: str
    used: str


class Related(Record):
    """A word of the question that only a related form of it matches.

    Attributes:
        asked: the word as asked.
        found: the related form, case-folded.
    """

    asked: str
    found: str


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
        status: how likely the excerpts answer the question.
        confidence: the estimated probability that the first sentence contains the answer, 0 to 1.
        matched: words of the question, as asked, that the first excerpt matches.
        missing: content words of the question that it does not match.
        corrections: words that were replaced as misspelled.
        aliases: other names that were searched for as well.
        excerpts: best first, one for each passage, and repeats folded into the first that says so;
            with status none the closest, or none at all.
        corpus: how much was searched.
        kind: what the question asks for; see `briefqa.answers.kinds`.
        related: words that the first excerpt matches by a related form only; they are missing too.
        partial: whether some passages could not be searched, because parts of a cluster are down.
        required: the words marked `+`, as asked: every excerpt has them.
        excluded: the words marked `-`, as asked: no excerpt has them.
        skipped: how many files of the documents were not read, by reason.
        values: what several documents say, if a number, a date or a name is asked for: the value of
            most documents first, then the newest.
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
    kind: str = "what"
    related: tuple[Related, ...] = ()
    partial: bool = False
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    values: tuple[Value, ...] = ()

    def by_date(self) -> Answer:
        """Return the answer with its excerpts in the order of their dates, undated ones last."""
        dated = sorted(self.excerpts, key=lambda each: each.passage.date or UNDATED)
        return self._replace(excerpts=tuple(dated))

    @property
    def relaxation(self) -> str:
        """The share of the question's content words that the first excerpt matches.

        `all`, `most` (half of them or more), `any`, or `none`.
        """
        if not self.matched:
            return "none"
        if not self.missing:
            return "all"
        return "most" if len(self.matched) >= len(self.missing) else "any"


class WordLookup(Record):
    """How a word of a question was looked up.

    Attributes:
        asked: the word as asked, without its sign and quotes.
        passages: how many passages have it, or what it was looked up as if none has it; None if
            that is not counted, as of words that nearly every passage has.
        mark: `+` if every excerpt has it, `-` if none has it, `"` if it is looked up exactly as
            written; else empty.
        used: the other word or name that was looked up; empty if there is none.
        relation: what that is: `corrected`, which replaces the word; `alias`, which is looked up
            as well; `related`, which the first excerpt has instead; empty if there is none.
        matched: whether the first excerpt has it, or what it was looked up as.
        light: whether it only asks, so that it counts less and is never missing.
        signs: the signs with which the documents write it, so that they are text before it, and an
            operator only before its quotes.
    """

    asked: str
    passages: int | None
    mark: str = ""
    used: str = ""
    relation: str = ""
    matched: bool = False
    light: bool = False
    signs: str = ""
