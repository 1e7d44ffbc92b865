"""The assistant: documents in, answers out. The public Python API."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from briefqa.answers import Answer, CorpusSize
from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.answers.question import PassageScope
from briefqa.corpus import Corpus, ReportProgress, Skipped
from briefqa.errors import DocumentError, NoDocumentsError, QuestionError, SkippedFileError
from briefqa.index import DamagedIndexError, open_corpus
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from datetime import date
    from typing import TypeVar

    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers import WordLookup
    from briefqa.citations import QuotedLines
    from briefqa.copies import Copy
    from briefqa.corpus import DocumentEntry, DocumentScope
    from briefqa.documents import Document
    from briefqa.engines import IndexedCorpus
    from briefqa.grid import Grid, ReportCells
    from briefqa.passages import Passage
    from briefqa.timeline import ReportPassages, Timeline

    Result = TypeVar("Result")

__all__ = ["MAX_TOP", "Assistant"]

MAX_TOP = 1000
"""The largest number of excerpts of an answer."""


class _Selected(Record):
    """The last selection: consecutive questions often share it."""

    scope: DocumentScope
    paths: frozenset[str]


class Assistant:
    """Answers questions about documents with sentences from them.

    Example:
        >>> assistant = Assistant.open("seeds")
        >>> answer = assistant.ask("When will Kishida and Biden meet?")
        >>> best = answer.excerpts[0]
        >>> "April 10, 2023" in best.sentence.slice(best.passage.text)
        True

    Args:
        opened: the documents to answer from, indexed here or by an engine.
        cached: whether a cached index may be read and written when the documents have changed.
    """

    def __init__(self, opened: IndexedCorpus, *, cached: bool = True) -> None:
        self._opened = opened
        self._cached = cached
        self._selected: _Selected | None = None

    @classmethod
    def open(
        cls,
        corpus: Corpus | str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        cached: bool = True,
        progress: ReportProgress | None = None,
    ) -> Assistant:
        """Read and index documents, or use their index if they have one that is fresh.

        Args:
            corpus: the documents; one path or several stand for a `Corpus` of these paths.
            cached: whether a cached index may be read and written; the answers are the same.
            progress: called while documents are read, with the bytes read so far and all bytes to
                read.

        Raises:
            NoDocumentsError: none of the paths could be read; if only some could not, see
                `problems`.
            EngineError: the engine that keeps the index cannot be reached, or refuses.
        """
        if not isinstance(corpus, Corpus):
            corpus = Corpus.of(corpus)
        # An index on this machine needs no adapter, and loading one would slow each answer.
        if corpus.scheme is None:
            opened: IndexedCorpus = open_corpus(corpus, cached=cached, progress=progress)
        else:
            from briefqa.engines.adapters import adapter_of

            opened = adapter_of(corpus).open(corpus)
        assistant = cls(opened, cached=cached)
        if assistant.problems and not assistant.size.documents:
            raise NoDocumentsError(assistant.problems, assistant.skipped_files())
        return assistant

    @property
    def problems(self) -> tuple[DocumentError, ...]:
        """The paths that could not be read, and why."""
        return self._opened.problems

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """How many files were not read, by reason; those of `problems` are among them."""
        return self._use(lambda opened: opened.skipped)

    def skipped_files(self) -> tuple[SkippedFileError, ...]:
        """Return the files that were not read, and why; of an engine's index they are not known."""
        return self._use(lambda opened: opened.skipped_files())

    @property
    def size(self) -> CorpusSize:
        """The number of documents that could be read, and of their passages."""
        index = self._opened.engine
        return CorpusSize(index.documents, len(index))

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the documents, sorted."""
        return self._use(lambda opened: opened.engine.paths)

    @property
    def analyzer(self) -> Analyzer:
        """What makes the terms of documents and questions."""
        return self._opened.engine.analyzer

    def refresh(self) -> bool:
        """Read the documents again if they have changed, and return whether they have."""
        stale = self._use(lambda opened: opened.is_stale())
        if stale:
            self._opened = self._opened.reopened(cached=self._cached)
            self._selected = None
        return stale

    def ask(
        self,
        question: str,
        top: int = 3,
        *,
        strict: bool = False,
        literal: bool = False,
        must: Sequence[str] = (),
        without: Sequence[str] = (),
        fold: bool = True,
        newest: bool = False,
        documents: Collection[str] | None = None,
        unfinished: bool = False,
    ) -> Answer:
        """Answer a question.

        Args:
            question: in plain language.
            top: the largest number of excerpts, 1 to 1000.
            strict: whether the status of a weak answer is none.
            literal: whether words are looked up exactly as asked, without corrections.
            must: words that every excerpt must have.
            without: words that no excerpt may have.
            fold: whether places that say the same are one excerpt.
            newest: whether newer documents come before those that answer hardly better.
            documents: paths of documents to answer from, as `select` returns them; None for all.
            unfinished: whether the last word is still being typed, and may become any longer word.

        Raises:
            QuestionError: it has no word, what should be one is none, or `top` is out of range.
        """
        if not 1 <= top <= MAX_TOP:
            raise QuestionError(f"top is {top}, not a number from 1 to {MAX_TOP}")
        options = AnswerOptions(
            top=top, strict=strict, literal=literal, fold=fold, newest=newest, unfinished=unfinished
        )
        scope = PassageScope(must, without, documents)
        answered = self._use(lambda opened: answer(question, opened.engine, options, scope))
        return answered._replace(skipped=self.skipped)

    def grid(
        self,
        questions: Sequence[str],
        *,
        by_folder: bool = False,
        strict: bool = False,
        literal: bool = False,
        must: Sequence[str] = (),
        without: Sequence[str] = (),
        newest: bool = False,
        documents: Collection[str] | None = None,
        max_cells: int | None = None,
        progress: ReportCells | None = None,
    ) -> Grid:
        """Return a grid, whose rows answer a question from each document by itself when iterated.

        Args:
            questions: the questions, a row each.
            by_folder: whether a column is a folder with the documents right in it, not a document.
            strict: as in `ask`.
            literal: as in `ask`.
            must: as in `ask`.
            without: as in `ask`.
            newest: as in `ask`.
            documents: as in `ask`.
            max_cells: the largest number of questions times columns; by default 20,000.
            progress: called with the number of cells that are answered and of all cells.

        Raises:
            UsageError: there are more cells.
        """
        from briefqa.grid import Grid, grid_columns

        count = self.size.documents if documents is None else len(documents)
        entries = (each for each in self.documents() if documents is None or each.path in documents)
        columns = grid_columns(entries, count, len(questions), max_cells, by_folder=by_folder)
        ask = partial(self.ask, strict=strict, literal=literal, must=must, without=without)
        return Grid(columns, questions, partial(ask, top=1, newest=newest), progress)

    def timeline(
        self,
        about: str | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        documents: Collection[str] | None = None,
        day_first: bool | None = None,
        max_events: int | None = None,
        progress: ReportPassages | None = None,
    ) -> Timeline:
        """Return the sentences that mention a date, in the order of these dates.

        Args:
            about: words that their passages must have; None for all sentences.
            since: the first day; events that last longer need only reach it.
            until: the last day, likewise.
            documents: as in `ask`.
            day_first: whether 03/04/2026 is in April or in March; None to leave it out.
            max_events: the largest number of events; by default 100,000.
            progress: called with the number of passages that are read and of all passages.

        Raises:
            QuestionError: `about` contains no word.
            UsageError: there are more events, or `about` is in too many passages.
        """
        from briefqa.timeline import timeline

        return self._use(
            lambda opened: timeline(
                opened.engine,
                about,
                since=since,
                until=until,
                documents=documents,
                day_first=day_first,
                max_events=max_events,
                progress=progress,
            )
        )

    def lookups(self, answer: Answer, *, literal: bool = False) -> tuple[WordLookup, ...]:
        """Return how each telling word of a question was looked up, in the order asked.

        Args:
            answer: the answer to the question.
            literal: whether it was asked so.

        Raises:
            QuestionError: the question has no words.
        """
        from briefqa.answers.lookups import word_lookups

        return self._use(lambda opened: word_lookups(answer, opened.engine, literal=literal))

    def count_hits(self, question: str, *, literal: bool = False) -> Mapping[str, int]:
        """Return how many of the 1,000 best passages for a question each document has.

        Raises:
            QuestionError: the question has no words.
        """
        from briefqa.answers.lookups import count_hits

        return self._use(lambda opened: count_hits(question, opened.engine, literal=literal))

    def documents(self) -> Iterator[DocumentEntry]:
        """Yield the documents: those of files sorted by path, those of an engine in its order."""
        count = 0
        try:
            for entry in self._opened.engine.entries():
                yield entry
                count += 1
        except DamagedIndexError:
            self._repair(cached=self._cached)
            yield from islice(self._opened.engine.entries(), count, None)

    def copies(self) -> Mapping[str, tuple[Copy, ...]]:
        """Return, for the path of each document that has near-copies, these, the nearest first."""
        from briefqa.copies import near_copies

        return self._use(lambda opened: near_copies(opened.engine.passages()))

    def passages(self, path: str, limit: int | None = None) -> list[Passage]:
        """Return the passages of a document, in order.

        Args:
            path: the path of the document.
            limit: the largest number of passages; None for all.
        """
        return self._use(lambda opened: [*islice(opened.engine.passages([path]), limit)])

    def select(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        patterns: Collection[str] = (),
    ) -> frozenset[str]:
        """Return the paths of some documents, for `ask`.

        Args:
            since: the earliest date; documents without a date are left out.
            until: the latest date; the same.
            patterns: of paths or their endings, as in a shell, such as `old/*`, where `*` stands
                for `/` too; the name of a folder is all that is in it. Empty for all paths.
        """
        from briefqa.corpus import DocumentScope

        scope = DocumentScope(since, until, tuple(patterns))
        if self._selected is None or self._selected.scope != scope:
            paths = frozenset(each.path for each in self.documents() if scope.admits(each))
            self._selected = _Selected(scope, paths)
        return self._selected.paths

    def document(self, path: str) -> Document:
        """Return a document with all of its text.

        Args:
            path: one of `paths`.

        Raises:
            DocumentError: it is not one of the documents, or cannot be read any more.
            EngineError: the engine that keeps the index cannot be reached, or refuses.
        """
        return self._use(lambda opened: opened.document(path))

    def show(self, place: str, context: int = 0) -> QuotedLines:
        """Return lines of a document.

        Args:
            place: a citation, such as `notes.txt:9`, `notes.txt:9-12`, `report.pdf:p3`,
                `call.vtt:00:12:31` or `mail.eml!minutes.txt:3`; a path alone is all of a document.
            context: the number of lines to add before and after the place.

        Raises:
            UsageError: the lines of the citation do not count from 1 upwards.
            DocumentError: there is no such document or place, or it cannot be read any more.
            EngineError: the engine that keeps the index cannot be reached, or refuses.
        """
        from briefqa.citations import parse_citation, quote_lines

        cited = self._use(lambda opened: parse_citation(place, opened.contains))
        return quote_lines(self.document(cited.path), cited, context)

    def _use(self, action: Callable[[IndexedCorpus], Result]) -> Result:
        """Return what an action returns.

        If the index turns out to be damaged, it is replaced and the action is repeated; on a disk
        that damages that one as well, the next one is kept in memory.
        """
        for cached in (self._cached, False):
            try:
                return action(self._opened)
            except DamagedIndexError:
                self._repair(cached=cached)
        return action(self._opened)

    def _repair(self, *, cached: bool) -> None:
        self._opened = self._opened.reopened(cached=cached, rebuild=True)
