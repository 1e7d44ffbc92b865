"""The documents and folders that answers can be limited to, and the dialog to choose them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from glob import escape

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from briefqa.corpus import DocumentEntry, DocumentScope, exact_pattern
from briefqa.documents.dates import parse_day_range
from briefqa.errors import QuestionError, UsageError
from briefqa.records import Record
from briefqa.spans import Span, merge
from briefqa.text_safety import sanitise_name
from briefqa.tui.dialogs import ListScreen, has_words
from briefqa.tui.document_names import keep_end
from briefqa.tui.fields import SafeField
from briefqa.tui.session import AskRequest, OpenCorpus
from briefqa.tui.worker import BackgroundWorker

__all__ = [
    "Facet",
    "FacetsFound",
    "FilterScreen",
    "ScopeChoice",
    "count_for_filter",
    "find_facets",
    "matching_facets",
]

WILDCARDS = re.compile(r"[*?\[]")
COUNTING = "The passages of the documents are being counted …"
NO_DOCUMENT = "No document has these words in its path."
COUNT = 7
"""Cells of the number of passages."""
GAP = 2
LEAST_NAME = 8
"""Cells of a path."""
SHOWN = 200
"""The largest number of documents and folders that are listed; words select among all of them."""


class Facet(Record):
    """A document, a folder, or the documents whose paths match patterns.

    Attributes:
        name: its path, without what all paths have in common; a folder ends with a separator.
        patterns: what stands for it in a scope; empty for all documents.
        passages: how many of its passages match the question, or all if there is no question; None
            if that is not known.
        is_document: whether it is a single document.
    """

    name: str
    patterns: tuple[str, ...] = ()
    passages: int | None = None
    is_document: bool = False


class ScopeChoice(Record):
    """The documents that were chosen.

    Attributes:
        scope: the limits.
        is_document: whether a single document was chosen, to be read.
    """

    scope: DocumentScope
    is_document: bool = False


def find_facets(
    documents: Iterable[DocumentEntry], hits: Mapping[str, int] | None, shared: str
) -> list[Facet]:
    """Return the documents and folders, those with most hits of a question first.

    Args:
        documents: all documents.
        hits: the number of hits of each path; None if there is no question.
        shared: what all paths begin with.
    """
    counts: Counter[str] = Counter()
    for entry in documents:
        passages = entry.passages if hits is None else hits.get(entry.path, 0)
        counts.update(dict.fromkeys((entry.path, *_folders(entry.path, shared)), passages))
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        Facet(
            path.removeprefix(shared),
            (exact_pattern(path),),
            count,
            is_document=not path.endswith(os.sep),
        )
        for path, count in found
    ]


def _folders(path: str, shared: str) -> Iterator[str]:
    """Yield the folders of a document below the one that all are in."""
    end = path.find(os.sep, len(shared))
    while end >= 0:
        yield path[: end + 1]
        end = path.find(os.sep, end + 1)


def matching_facets(facets: Sequence[Facet], words: str, shared: str = "") -> list[Facet]:
    """Return what matches: a pattern that is typed; else all documents as one facet, then each.

    Args:
        facets: to choose from.
        words: parts of names, in any order; or a pattern as in a shell.
        shared: what all paths begin with.
    """
    if WILDCARDS.search(words):
        return [Facet(words.strip(), (words.strip(),))]
    found = [each for each in facets if has_words(each.name, words)]
    if not words.split():
        return [Facet("All documents"), *found]
    documents = [each for each in found if each.is_document]
    return [_together(documents, words, shared), *found] if len(documents) > 1 else found


def _together(documents: Sequence[Facet], words: str, shared: str) -> Facet:
    """Return documents whose names have some words as one facet."""
    folder = exact_pattern(shared)
    patterns = dict.fromkeys(_pattern(each, words, folder) for each in documents)
    passages = sum(each.passages or 0 for each in documents)
    return Facet(f"All {len(documents):,} documents with these words", tuple(patterns), passages)


def _pattern(document: Facet, words: str, folder: str) -> str:
    """Return the pattern of the documents that have some words as one has: in its case and order.

    Args:
        document: the one.
        words: parts of its name.
        folder: the pattern of the folder that all documents are in.
    """
    name = document.name
    folded = name.casefold()
    if len(folded) != len(name):
        return document.patterns[0]
    starts = {word: folded.find(word) for word in words.casefold().split()}
    parts = merge(Span(start, start + len(word)) for word, start in starts.items())
    return f"{folder}/*{'*'.join(escape(part.slice(name)) for part in parts)}*"


class FacetsFound(Message):
    """The hits of a question were counted.

    Attributes:
        facets: the documents and folders, those with most first.
        shared: what all paths begin with.
    """

    def __init__(self, facets: list[Facet], shared: str) -> None:
        super().__init__()
        self.facets = facets
        self.shared = shared


def count_for_filter(corpus: OpenCorpus, request: AskRequest) -> Message:
    """Count the hits of each document and folder; without a question, its passages."""
    hits = None
    with suppress(QuestionError):
        hits = corpus.assistant.count_hits(request.question, literal=request.literal)
    shared = corpus.shared_path
    return FacetsFound(find_facets(corpus.assistant.documents(), hits, shared), shared)


class FilterScreen(ListScreen[Facet, ScopeChoice]):
    """Fields for words and dates, and the documents and folders that match the words.

    Args:
        count: counts the hits of each document; called in a thread.
        scope: the present limits.
    """

    def __init__(self, count: Callable[[], Message], scope: DocumentScope) -> None:
        super().__init__(
            "filter",
            "Open or ask only some documents",
            "Enter chooses, Esc closes",
            "Words of the path, or *.pdf",
        )
        self._count = count
        self._scope = scope
        self._facets: list[Facet] | None = None
        self._shared = ""
        self._worker = BackgroundWorker(self.post_message)

    def compose_limits(self) -> ComposeResult:
        """Create the fields of the dates."""
        with Horizontal(id="dates"):
            yield Static("since", markup=False)
            yield SafeField(str(self._scope.since or ""), placeholder="any day", id="since")
            yield Static("until", markup=False)
            yield SafeField(str(self._scope.until or ""), placeholder="any day", id="until")

    def on_mount(self) -> None:
        """Count the hits in the background."""
        self._worker.run(self._count)

    def on_resize(self) -> None:
        """Cut the paths to the new width, once the list has it."""
        self.call_after_refresh(self._cut_again)

    def _cut_again(self) -> None:
        options = self.query_one(OptionList)
        highlighted = options.highlighted
        self.show_matching()
        options.highlighted = highlighted

    @on(FacetsFound)
    def receive_facets(self, message: FacetsFound) -> None:
        """Show the documents and folders."""
        self._facets, self._shared = message.facets, message.shared
        self.show_matching()

    def choose(self, entry: Facet | None) -> None:
        """Close with documents in the range of days, unless there is no such range."""
        if entry is None:
            return
        since, until = (self.query_one(each, Input).value for each in ("#since", "#until"))
        try:
            days = parse_day_range(since, until)
        except UsageError as error:
            # In the frame, a small screen would cut what to type instead.
            wrong = self.query_one("#no-entries", Static)
            wrong.update(Content.styled(sanitise_name(str(error)), "$text-bad"))
            wrong.display = True
            return
        scope = DocumentScope(days.since, days.until, entry.patterns)
        self.dismiss(ScopeChoice(scope, entry.is_document))

    def matches(self, typed: str) -> Sequence[Facet]:
        """Return the documents and folders that match the words."""
        return matching_facets(self._facets or (), typed, self._shared)[:SHOWN]

    def line(self, entry: Facet) -> Content:
        """Return the number of passages and the path."""
        count = f"{entry.passages:,}" if entry.passages is not None else ""
        width = self.query_one(OptionList).scrollable_content_region.width
        # The end of a path says most; wrapped, it would stand under the numbers.
        name = keep_end(sanitise_name(entry.name), max(LEAST_NAME, width - COUNT - GAP))
        return Content.assemble((f"{count:>{COUNT}}{' ' * GAP}", "$text-mark"), name)

    def first(self, typed: str) -> int:
        """Return the place of the present limit."""
        patterns = [facet.patterns for facet in self._matching]
        present = self._scope.patterns
        return patterns.index(present) if present in patterns else 0

    def nothing(self, typed: str) -> str:
        """Return a sentence that says that no document matches."""
        return COUNTING if self._facets is None else NO_DOCUMENT
