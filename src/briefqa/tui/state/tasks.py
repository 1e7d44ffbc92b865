"""What is done beside the screen; each function returns a message of the outcome."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from textual.message import Message

from briefqa.analysis.analyzer import Analyzer
from briefqa.assistant import Assistant
from briefqa.documents import Document
from briefqa.errors import QuestionError
from briefqa.tui.launch import Launch
from briefqa.tui.line_wrap import TextLayout
from briefqa.tui.messages import (
    Answered,
    Concorded,
    Found,
    Loaded,
    Opened,
    Progressed,
    Refused,
    Suggested,
)
from briefqa.tui.state.open_corpus import OpenCorpus
from briefqa.tui.state.session import Asking, Wanted
from briefqa.tui.term_positions import Concordance
from briefqa.tui.text_search import find

__all__ = [
    "TOP",
    "ask",
    "concord",
    "find_in",
    "load_document",
    "open_documents",
    "refresh",
    "suggest",
]

TOP = 20
"""Excerpts of an answer at the most: as many as are compared sentence by sentence."""


def open_documents(launch: Launch, post: Callable[[Message], object]) -> Message:
    """Read and index the documents, and post the progress, each per cent once.

    Raises:
        NoDocumentsError: none of them could be read.
        EngineError: the engine that keeps the index cannot be reached, or refuses.
    """
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // max(1, total)
        if percent > told:
            told = percent
            post(Progressed(percent))

    assistant = Assistant.open(launch.corpus, cached=launch.cached, progress=tell)
    return Opened(OpenCorpus(assistant))


def load_document(corpus: OpenCorpus, wanted: Wanted, layout: TextLayout) -> Message:
    """Read the document that is to be shown; without an excerpt, the first if it is gone."""
    document = corpus.document(wanted.path) if wanted.path is not None else None
    if document is None and wanted.excerpt is None:
        document = next(corpus.documents(), None)
    return Loaded(wanted, document, layout.rows(document.text) if document else None)


def refresh(
    launch: Launch, corpus: OpenCorpus, post: Callable[[Message], object]
) -> Message | None:
    """Open the documents again if any has changed.

    Raises:
        DocumentError: none of them can be read any more.
    """
    return open_documents(launch, post) if corpus.assistant.refresh() else None


def ask(assistant: Assistant, asking: Asking) -> Message:
    """Answer a question."""
    try:
        answer = assistant.ask(asking.question, TOP, literal=asking.literal)
    except QuestionError as error:
        return Refused(asking, str(error))
    return Answered(asking, answer)


def suggest(
    corpus: OpenCorpus, post: Callable[[Message], object], overtaken: Callable[[], bool]
) -> None:
    """Post questions to start with as they are found, until something else is to be done."""
    from briefqa.tui.starter_questions import starters

    found = starters(corpus.documents(), lambda question: corpus.assistant.ask(question, 1))
    for starter in takewhile(lambda _: not overtaken(), found):
        post(Suggested(starter.question))


def concord(document: Document, analyzer: Analyzer) -> Message:
    """Look up the words of a document."""
    return Concorded(Concordance(document, analyzer))


def find_in(document: Document, wanted: str) -> Message:
    """Find in a document."""
    return Found(document, wanted, find(document.text, wanted))
