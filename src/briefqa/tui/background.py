"""What takes time: tasks that a `BackgroundWorker` runs, and the messages that they return."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING

from textual.message import Message

from briefqa.answers import Answer, Excerpt, WordLookup
from briefqa.corpus import ALL_DOCUMENTS
from briefqa.errors import NoDocumentsError, QuestionError
from briefqa.tui.document_search import Matches, TermPositions, find_text
from briefqa.tui.large_files import AnyDocument
from briefqa.tui.long_text import AnyText
from briefqa.tui.outline import Outline
from briefqa.tui.session import AskRequest, DocumentRequest, OpenCorpus
from briefqa.tui.settings import LaunchOptions
from briefqa.tui.text_rows import TextLayout, WrappedText

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.assistant import Assistant

__all__ = [
    "TOP",
    "CorpusOpened",
    "DocumentLoaded",
    "QuestionAnswered",
    "QuestionRefused",
    "QuestionSuggested",
    "ReadingProgress",
    "SuggestionsEnded",
    "TermsFound",
    "TextFound",
    "TextWrapped",
    "ask",
    "find_terms",
    "load_document",
    "open_documents",
    "reopen_if_changed",
    "search_document",
    "suggest_questions",
    "wrap_text",
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
        outline: its headings; None likewise.
    """

    def __init__(
        self, request: DocumentRequest, document: AnyDocument | None, layout: TextLayout
    ) -> None:
        super().__init__()
        self.request = request
        self.document = document
        self.rows = layout.wrap(document.text) if document else None
        self.outline = Outline(document) if document else None


class QuestionAnswered(Message):
    """A question is answered.

    Attributes:
        request: the question.
        answer: its answer.
        lookups: how its words were looked up.
        selected: the number of the excerpt to select at first.
    """

    def __init__(
        self,
        request: AskRequest,
        answer: Answer,
        lookups: tuple[WordLookup, ...] = (),
        selected: int = 0,
    ) -> None:
        super().__init__()
        self.request = request
        self.answer = answer
        self.lookups = lookups
        self.selected = selected


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


class SuggestionsEnded(Message):
    """No more questions are suggested."""


class TermsFound(Message):
    """The terms of an excerpt were searched for in its document.

    Attributes:
        positions: those of all terms of the document.
        excerpt: the excerpt.
        matches: the matches of its terms.
    """

    def __init__(self, positions: TermPositions, excerpt: Excerpt, matches: Matches) -> None:
        super().__init__()
        self.positions = positions
        self.excerpt = excerpt
        self.matches = matches


class TextFound(Message):
    """A text was searched for in a document.

    Attributes:
        document: the document.
        text: the text.
        matches: its matches.
    """

    def __init__(self, document: AnyDocument, text: str, matches: Matches) -> None:
        super().__init__()
        self.document = document
        self.text = text
        self.matches = matches


class TextWrapped(Message):
    """A text was wrapped in another layout.

    Attributes:
        rows: its rows.
    """

    def __init__(self, rows: WrappedText) -> None:
        super().__init__()
        self.rows = rows


STARTING_DOCUMENTS = 20
"""The number of documents that questions are suggested from, spread over all."""
STARTING_PASSAGES = 200
"""The number of passages of each of them that are examined."""
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
    # The first paint does not wait for it to be loaded.
    from briefqa.assistant import Assistant

    posted = -1

    def report(done: int, total: int) -> None:
        nonlocal posted
        percent = 100 * done // max(1, total)
        if percent > posted:
            posted = percent
            post(ReadingProgress(percent))

    assistant = Assistant.open(options.corpus, cached=options.cached, progress=report)
    return CorpusOpened(OpenCorpus(assistant, options.corpus))


def load_document(corpus: OpenCorpus, request: DocumentRequest, layout: TextLayout) -> Message:
    """Read the document to show, and wrap its text.

    Without an excerpt to show, the first document of all takes the place of one that is gone, and
    the first within the scope that of one outside.
    """
    path, is_limited = request.path, request.scope != ALL_DOCUMENTS
    if is_limited:
        within = corpus.assistant.select(**request.scope._asdict())
        path = path if path in within else min(within, default=None)
    document = corpus.document(path) if path is not None else None
    if document is None and request.excerpt is None and not is_limited:
        document = next(corpus.documents(), None)
    return DocumentLoaded(request, document, layout)


def reopen_if_changed(
    options: LaunchOptions, corpus: OpenCorpus, post: Callable[[Message], object]
) -> Message | None:
    """Read the documents again if any of them has changed.

    Raises:
        DocumentError: none of them can be read any more.
    """
    return open_documents(options, post) if corpus.assistant.refresh() else None


def ask(assistant: Assistant, request: AskRequest, top: int = TOP) -> Message:
    """Answer a question, and say how its words were looked up, but for an unfinished last one.

    Raises:
        NoDocumentsError: none of the documents is there any more.
    """
    if not assistant.size.documents and assistant.problems:
        raise NoDocumentsError(assistant.problems, assistant.skipped_files())
    question, literal, scope = request.question, request.literal, request.scope
    documents = assistant.select(**scope._asdict()) if any(scope) else None
    if documents is not None and not documents:
        return QuestionRefused(request, "no document is within the filter; Esc removes it")
    try:
        answer = assistant.ask(
            question,
            top,
            literal=literal,
            documents=documents,
            unfinished=not request.finished,
        )
        lookups = assistant.lookups(answer, literal=literal)
    except QuestionError as error:
        return QuestionRefused(request, str(error))
    if not request.finished:
        lookups = tuple(each for each in lookups if not question.endswith(each.asked))
    selected = 0
    if request.includes:
        answer, selected = _include(assistant, answer, request)
    return QuestionAnswered(request, answer, lookups, selected)


def _include(assistant: Assistant, answer: Answer, request: AskRequest) -> tuple[Answer, int]:
    """Return an answer with the best excerpt of the document that is included, and its number."""
    documents = frozenset([request.includes])
    own = assistant.ask(request.question, 1, literal=request.literal, documents=documents)
    if not own.excerpts:
        return answer, 0
    (excerpt,) = own.excerpts
    for number, other in enumerate(answer.excerpts):
        if other.place == excerpt.place:
            return answer, number
    number = len(answer.excerpts)
    excerpts = (*answer.excerpts, excerpt._replace(rank=number + 1))
    return answer._replace(excerpts=excerpts), number


def suggest_questions(
    corpus: OpenCorpus, post: Callable[[Message], object], is_superseded: Callable[[], bool]
) -> None:
    """Post questions that the documents answer, as they are found.

    Args:
        corpus: the documents.
        post: called with each question.
        is_superseded: returns whether another task waits, so that this one should end.
    """
    from briefqa.tui.starter_questions import find_starters

    paths = corpus.assistant.paths
    numbers = range(0, len(paths), max(1, -(-len(paths) // STARTING_DOCUMENTS)))
    documents = (corpus.assistant.passages(paths[i], STARTING_PASSAGES) for i in numbers)
    current = takewhile(lambda _: not is_superseded(), documents)
    starters = find_starters(current, lambda question: corpus.assistant.ask(question, 1))
    for starter in takewhile(lambda _: not is_superseded(), starters):
        post(QuestionSuggested(starter.question))
    post(SuggestionsEnded())


def find_terms(
    document: AnyDocument, excerpt: Excerpt, analyzer: Analyzer, positions: TermPositions | None
) -> Message:
    """Find the terms of an excerpt in its document.

    Args:
        document: the document.
        excerpt: the excerpt.
        analyzer: splits texts into terms.
        positions: those of the document that was searched last; None for none.
    """
    near = excerpt.passage.span.start
    if positions is None or not positions.covers(document, near):
        positions = TermPositions(document, analyzer, near)
    terms = (each.term for each in excerpt.contributions)
    return TermsFound(positions, excerpt, positions.find(terms))


def search_document(document: AnyDocument, text: str, near: int) -> Message:
    """Search a document for a text, and keep the matches around a character of it."""
    return TextFound(document, text, find_text(document.text, text, near))


def wrap_text(text: AnyText, layout: TextLayout) -> Message:
    """Wrap a text."""
    return TextWrapped(layout.wrap(text))
