"""The documents and folders that answers can be limited to, and the dialog to choose them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from briefqa.corpus import DocumentEntry, DocumentScope, exact_pattern
from briefqa.documents.dates import parse_day
from briefqa.errors import QuestionError, UsageError
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui import keys
from briefqa.tui.fields import SafeField
from briefqa.tui.session import AskRequest, OpenCorpus
from briefqa.tui.worker import BackgroundWorker

__all__ = [
    "Facet",
    "FacetsFound",
    "FilterScreen",
    "count_hits",
    "date_range",
    "find_facets",
    "matching_facets",
    "scope_text",
]

WILDCARDS = re.compile(r"[*?\[]")
PLAIN = r"\1"
ESCAPED = re.compile(r"\[([*?\[])\]")
KEYS = "Enter chooses, Esc closes"
SHOWN = 200
"""The largest number of documents and folders that are listed; words select among all of them."""


class Facet(Record):
    """A document, a folder, or the documents whose paths match a pattern.

    Attributes:
        name: its path, without what all paths have in common; a folder ends with a separator.
        pattern: what stands for it in a scope; empty for all documents.
        passages: how many of its passages match the question, or all if there is no question; None
            if that is not known.
    """

    name: str
    pattern: str = ""
    passages: int | None = None


def find_facets(
    documents: Iterable[DocumentEntry], hits: Mapping[str, int] | None, shared: str
) -> list[Facet]:
    """Return the documents and folders that match a question, those with most hits first.

    Args:
        documents: all documents.
        hits: the number of hits of each path; None if there is no question.
        shared: what all paths begin with.
    """
    counts: Counter[str] = Counter()
    for entry in documents:
        passages = entry.passages if hits is None else hits.get(entry.path, 0)
        if passages or hits is None:
            counts.update(dict.fromkeys((entry.path, *_folders(entry.path, shared)), passages))
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Facet(path.removeprefix(shared), exact_pattern(path), count) for path, count in found]


def _folders(path: str, shared: str) -> Iterator[str]:
    """Yield the folders of a document below the one that all are in."""
    end = path.find(os.sep, len(shared))
    while end >= 0:
        yield path[: end + 1]
        end = path.find(os.sep, end + 1)


def matching_facets(facets: Sequence[Facet], words: str) -> list[Facet]:
    """Return all documents as one facet, then a pattern that is typed, then those that match.

    Args:
        facets: to choose from.
        words: parts of names, in any order; or a pattern as in a shell.
    """
    if WILDCARDS.search(words):
        return [Facet(words.strip(), words.strip())]
    parts = words.casefold().split()
    found = [each for each in facets if all(part in each.name.casefold() for part in parts)]
    return found if parts else [Facet("All documents"), *found]


def date_range(since: str, until: str) -> DocumentScope:
    """Return the scope of the days that a person names; an empty name is no limit.

    Raises:
        UsageError: there is no such day, or the range has none.
    """
    today = datetime.now(UTC).astimezone().date()
    first, last = (parse_day(day, today) if day.strip() else None for day in (since, until))
    if first and last and first > last:
        raise UsageError(f"{first} is after {last}")
    return DocumentScope(first, last)


def scope_text(scope: DocumentScope, shared: str) -> str:
    """Return a scope as one line, sanitised; empty if it has no limit."""
    rooted = f"/{shared.lstrip('/')}"
    names = [f"in {ESCAPED.sub(PLAIN, each).removeprefix(rooted)}" for each in scope.patterns]
    if scope.since:
        names.append(f"since {scope.since}")
    if scope.until:
        names.append(f"until {scope.until}")
    return sanitise_name(" ".join(names))


class FacetsFound(Message):
    """The hits of a question were counted.

    Attributes:
        facets: the documents and folders that have some, those with most first.
    """

    def __init__(self, facets: list[Facet]) -> None:
        super().__init__()
        self.facets = facets


def count_hits(corpus: OpenCorpus, request: AskRequest) -> Message:
    """Count the hits of each document and folder; without a question, its passages."""
    hits = None
    with suppress(QuestionError):
        hits = corpus.assistant.count_hits(request.question, literal=request.literal)
    return FacetsFound(find_facets(corpus.assistant.documents(), hits, corpus.shared_path))


class FilterScreen(ModalScreen[DocumentScope | None]):
    """Fields for words and dates, and the documents and folders that match the words.

    Args:
        count: counts the hits of each document; called in a thread.
        scope: the present limits.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.LIST]

    def __init__(self, count: Callable[[], Message], scope: DocumentScope) -> None:
        super().__init__()
        self._count = count
        self._scope = scope
        self._facets: list[Facet] = []
        self._matching: list[Facet] = []
        self._worker = BackgroundWorker(self.post_message)

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        with Vertical(id="filter") as box:
            box.border_title = "Only some documents"
            box.border_subtitle = KEYS
            yield SafeField(placeholder="Words of the path, or a pattern such as *.pdf", id="words")
            with Horizontal(id="dates"):
                yield Static("since", markup=False)
                yield SafeField(str(self._scope.since or ""), placeholder="any day", id="since")
                yield Static("until", markup=False)
                yield SafeField(str(self._scope.until or ""), placeholder="any day", id="until")
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Count the hits in the background."""
        self._show_matching("")
        self._worker.run(self._count)

    @on(FacetsFound)
    def receive_facets(self, message: FacetsFound) -> None:
        """Show the documents and folders."""
        self._facets = message.facets
        self._show_matching(self.query_one("#words", Input).value)

    @on(Input.Changed, "#words")
    def filter(self, message: Input.Changed) -> None:
        """Show what matches the words."""
        self._show_matching(message.value)

    @on(Input.Submitted)
    def choose(self) -> None:
        """Close with the highlighted documents."""
        number = self.query_one(OptionList).highlighted
        if number is not None:
            self._close(self._matching[number])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        """Close with the documents that were clicked."""
        self._close(self._matching[message.option_index])

    def _close(self, facet: Facet) -> None:
        """Close with documents in the range of days, unless there is no such range."""
        since, until = (self.query_one(each, Input).value for each in ("#since", "#until"))
        try:
            scope = date_range(since, until)
        except UsageError as error:
            self.query_one("#filter").border_subtitle = Content(sanitise_name(str(error)))
            return
        self.dismiss(scope._replace(patterns=(facet.pattern,) if facet.pattern else ()))

    def action_move(self, step: int) -> None:
        """Highlight another row."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _show_matching(self, words: str) -> None:
        self._matching = matching_facets(self._facets, words)[:SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([_row(facet) for facet in self._matching])
        told = KEYS if self._matching else "No document found, Esc closes"
        self.query_one("#filter").border_subtitle = told
        patterns = [facet.pattern for facet in self._matching]
        present = "".join(self._scope.patterns)
        options.highlighted = patterns.index(present) if present in patterns else 0


def _row(facet: Facet) -> Content:
    count = f"{facet.passages:,}" if facet.passages is not None else ""
    return Content.assemble((f"{count:>7}  ", "$text-mark"), sanitise_name(facet.name))
