"""The messages that report the results of background tasks."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from briefqa.answers import Answer
from briefqa.documents import Document
from briefqa.spans import Span
from briefqa.tui.background.document_search import TermPositions
from briefqa.tui.rendering.line_wrap import WrappedText
from briefqa.tui.state.open_corpus import OpenCorpus
from briefqa.tui.state.session import AskRequest, DocumentRequest

__all__ = [
    "CorpusOpened",
    "DocumentLoaded",
    "QuestionAnswered",
    "QuestionRefused",
    "QuestionSuggested",
    "ReadingProgress",
    "TaskFailed",
    "TermsLocated",
    "TextFound",
]


class CorpusOpened(Message):
    """The documents are read and indexed."""

    def __init__(self, corpus: OpenCorpus) -> None:
        super().__init__()
        self.corpus = corpus


class ReadingProgress(Message):
    """Part of the documents is read.

    Attributes:
        percent: the share of all bytes.
    """

    def __init__(self, percent: int) -> None:
        super().__init__()
        self.percent = percent


class DocumentLoaded(Message):
    """A document is read and wrapped.

    Attributes:
        request: the request for it.
        document: the document; None if it cannot be read any more.
        rows: its text; None likewise.
    """

    def __init__(
        self, request: DocumentRequest, document: Document | None, rows: WrappedText | None
    ) -> None:
        super().__init__()
        self.request = request
        self.document = document
        self.rows = rows


class QuestionAnswered(Message):
    """A question is answered."""

    def __init__(self, request: AskRequest, answer: Answer) -> None:
        super().__init__()
        self.request = request
        self.answer = answer


class QuestionRefused(Message):
    """A question cannot be answered, such as one without words."""

    def __init__(self, request: AskRequest, reason: str) -> None:
        super().__init__()
        self.request = request
        self.reason = reason


class QuestionSuggested(Message):
    """A question that the documents answer is found."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class TermsLocated(Message):
    """The positions of the terms of a document are known."""

    def __init__(self, positions: TermPositions) -> None:
        super().__init__()
        self.positions = positions


class TextFound(Message):
    """A text was searched for in a document.

    Attributes:
        document: the document.
        text: the text.
        spans: its matches.
    """

    def __init__(self, document: Document, text: str, spans: Sequence[Span]) -> None:
        super().__init__()
        self.document = document
        self.text = text
        self.spans = spans


class TaskFailed(Message):
    """A task raised an exception."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
