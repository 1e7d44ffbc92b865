"""The tasks that run in threads; each returns a message that reports its result."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from textual.message import Message

from briefqa.analysis.analyzer import Analyzer
from briefqa.assistant import Assistant
from briefqa.documents import Document
from briefqa.errors import QuestionError
from briefqa.tui.background.document_search import TermPositions, find_text
from briefqa.tui.background.messages import (
    CorpusOpened,
    DocumentLoaded,
    QuestionAnswered,
    QuestionRefused,
    QuestionSuggested,
    ReadingProgress,
    TermsLocated,
    TextFound,
)
from briefqa.tui.launch import LaunchOptions
from briefqa.tui.rendering.line_wrap import TextLayout
from briefqa.tui.state.open_corpus import OpenCorpus
from briefqa.tui.state.session import AskRequest, DocumentRequest

__all__ = [
    "TOP",
    "ask",
    "load_document",
    "locate_terms",
    "open_documents",
    "reopen_if_changed",
    "search_document",
    "suggest_questions",
]

TOP = 20
"""The largest number of excerpts of an answer: the number that is reranked by sentences."""


def open_documents(options: LaunchOptions, post: Callable[[Message], object]) -> Message:
    """Read and index the documents.

    Args:
        options: the options of the app.
        post: called with the progress, once for each per cent.

    Raises:
        NoDocumentsError: none of them can be read.
        EngineError: the engine that keeps the index cannot be reached, or refuses.
    """
    posted = -1

    def report(done: int, total: int) -> None:
        nonlocal posted
        percent = 100 * done // max(1, total)
        if percent > posted:
            posted = percent
            post(ReadingProgress(percent))

    assistant = Assistant.open(options.corpus, cached=options.cached, progress=report)
    return CorpusOpened(OpenCorpus(assistant))


def load_document(corpus: OpenCorpus, request: DocumentRequest, layout: TextLayout) -> Message:
    """Read the document to show, and wrap its text.

    Without an excerpt to show, the first document of all takes the place of one that is gone.
    """
    document = corpus.document(request.path) if request.path is not None else None
    if document is None and request.excerpt is None:
        document = next(corpus.documents(), None)
    return DocumentLoaded(request, document, layout.wrap(document.text) if document else None)


def reopen_if_changed(
    options: LaunchOptions, corpus: OpenCorpus, post: Callable[[Message], object]
) -> Message | None:
    """Read the documents again if any of them has changed.

    Raises:
        DocumentError: none of them can be read any more.
    """
    return open_documents(options, post) if corpus.assistant.refresh() else None


def ask(assistant: Assistant, request: AskRequest) -> Message:
    """Answer a question."""
    try:
        answer = assistant.ask(request.question, TOP, literal=request.literal)
    except QuestionError as error:
        return QuestionRefused(request, str(error))
    return QuestionAnswered(request, answer)


def suggest_questions(
    corpus: OpenCorpus, post: Callable[[Message], object], is_superseded: Callable[[], bool]
) -> None:
    """Post questions that the documents answer, as they are found.

    Args:
        corpus: the documents.
        post: called with each question.
        is_superseded: returns whether another task waits, so that this one should end.
    """
    from briefqa.tui.background.starter_questions import find_starters

    starters = find_starters(corpus.documents(), lambda question: corpus.assistant.ask(question, 1))
    for starter in takewhile(lambda _: not is_superseded(), starters):
        post(QuestionSuggested(starter.question))


def locate_terms(document: Document, analyzer: Analyzer) -> Message:
    """Find the positions of the terms of a document."""
    return TermsLocated(TermPositions(document, analyzer))


def search_document(document: Document, text: str) -> Message:
    """Search a document for a text."""
    return TextFound(document, text, find_text(document.text, text))
