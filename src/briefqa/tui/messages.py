"""What the threads tell the screen, and the screen the app."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from briefqa.answers import Answer
from briefqa.documents import Document
from briefqa.spans import Span
from briefqa.tui.line_wrap import Rows
from briefqa.tui.state.open_corpus import OpenCorpus
from briefqa.tui.state.session import Asking, Wanted
from briefqa.tui.term_positions import Concordance

__all__ = [
    "Answered",
    "Concorded",
    "Failed",
    "Found",
    "Loaded",
    "Opened",
    "Progressed",
    "Refused",
    "Suggested",
    "Wrapped",
]


class Opened(Message):
    """The documents are read and indexed."""

    def __init__(self, corpus: OpenCorpus) -> None:
        super().__init__()
        self.corpus = corpus


class Progressed(Message):
    """The documents are read so far.

    Attributes:
        percent: of all bytes.
    """

    def __init__(self, percent: int) -> None:
        super().__init__()
        self.percent = percent


class Loaded(Message):
    """A document is read, and set in rows.

    Attributes:
        wanted: what was to be shown.
        document: the document; None if it cannot be read any more.
        rows: its text.
    """

    def __init__(self, wanted: Wanted, document: Document | None, rows: Rows | None) -> None:
        super().__init__()
        self.wanted = wanted
        self.document = document
        self.rows = rows


class Answered(Message):
    """A question has its answer."""

    def __init__(self, asking: Asking, answer: Answer) -> None:
        super().__init__()
        self.asking = asking
        self.answer = answer


class Refused(Message):
    """A question cannot be asked."""

    def __init__(self, asking: Asking, reason: str) -> None:
        super().__init__()
        self.asking = asking
        self.reason = reason


class Suggested(Message):
    """There is a question to start with."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class Concorded(Message):
    """The words of a document are looked up."""

    def __init__(self, concordance: Concordance) -> None:
        super().__init__()
        self.concordance = concordance


class Found(Message):
    """What was to be found in a document is found."""

    def __init__(self, document: Document, wanted: str, spans: Sequence[Span]) -> None:
        super().__init__()
        self.document = document
        self.wanted = wanted
        self.spans = spans


class Failed(Message):
    """Something went wrong."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Wrapped(Message):
    """The reader wants long lines wrapped, or not."""

    def __init__(self, *, wrapped: bool) -> None:
        super().__init__()
        self.wrapped = wrapped
