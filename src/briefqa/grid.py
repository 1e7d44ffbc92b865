"""The grid: each question answered from each document, or from each folder, by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from briefqa.answers import Answer, Excerpt, Status
from briefqa.corpus import DocumentEntry
from briefqa.errors import QuestionError, UsageError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Protocol

    ReportCells = Callable[[int, int], object]
    """Called with the number of cells that are answered, and of all cells."""

    class AskColumn(Protocol):
        """Answers a question from the documents of some paths."""

        def __call__(self, question: str, /, *, documents: frozenset[str]) -> Answer:
            """Return the answer."""


__all__ = [
    "EMPTY",
    "MAX_CELLS",
    "Grid",
    "GridCell",
    "GridColumn",
    "GridRow",
    "grid_columns",
]

MAX_CELLS = 20_000
"""The default for the largest number of cells of a grid."""


class GridColumn(Record):
    """A document, or the documents of a folder.

    Attributes:
        name: the path of the document or folder.
        title: the title of the document, or the name of the folder.
        date: the date of the document in ISO 8601; None if it has none, and for folders.
        paths: the paths of its documents.
        date_from: where the date was taken from, a value of `briefqa.documents.DateSource`.
    """

    name: str
    title: str
    date: str | None
    paths: frozenset[str]
    date_from: str | None = None


class GridCell(Record):
    """What one column answers to one question.

    Attributes:
        status: how likely the excerpt answers the question.
        confidence: the estimated probability that its sentence contains the answer, 0 to 1.
        excerpt: the best excerpt; None if the status is none.
    """

    status: Status
    confidence: float
    excerpt: Excerpt | None

    @property
    def value(self) -> str | None:
        """The number, date or name that was asked for, on one line; None if there is none."""
        if self.excerpt is None or self.excerpt.focus is None:
            return None
        return self.excerpt.said

    @property
    def sentence(self) -> str | None:
        """The best sentence, on one line; None if the cell is empty."""
        if self.excerpt is None:
            return None
        return " ".join(self.excerpt.sentence.slice(self.excerpt.passage.text).split())


EMPTY = GridCell(Status.NONE, 0.0, None)
"""The cell of a column without an answer."""


class GridRow(Record):
    """The answers to one question.

    Attributes:
        question: as asked.
        cells: one for each column, in their order.
        error: why the question could not be asked, in which case all cells are empty; else None.
    """

    question: str
    cells: tuple[GridCell, ...]
    error: QuestionError | None = None


class Grid:
    """Questions and the documents that each of them is asked, by themselves.

    Iteration yields a `GridRow` for each question, in order. Each is answered when it is reached,
    and is not kept.

    Args:
        columns: the documents or folders.
        questions: the questions.
        ask: answers a question from some documents.
        progress: called after each cell.

    Attributes:
        columns: as given.
        questions: as given.
    """

    def __init__(
        self,
        columns: Sequence[GridColumn],
        questions: Sequence[str],
        ask: AskColumn,
        progress: ReportCells | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.questions = tuple(questions)
        self._ask = ask
        self._progress = progress

    @property
    def size(self) -> int:
        """The number of cells."""
        return len(self.columns) * len(self.questions)

    def __iter__(self) -> Iterator[GridRow]:
        for number, question in enumerate(self.questions):
            try:
                yield GridRow(question, tuple(self._cells(number, question)))
            except QuestionError as error:
                yield GridRow(question, (EMPTY,) * len(self.columns), error)

    def _cells(self, number: int, question: str) -> Iterator[GridCell]:
        for place, column in enumerate(self.columns, number * len(self.columns) + 1):
            yield _cell(self._ask(question, documents=column.paths))
            if self._progress:
                self._progress(place, self.size)


def _check_size(questions: int, columns: int, limit: int) -> None:
    """Check that a grid of so many questions and columns has at most so many cells.

    Raises:
        UsageError: it has more.
    """
    size = questions * columns
    if size > limit:
        raise UsageError(
            f"{size:,} answers are too many: {questions:,} times {columns:,}, the number of"
            f" questions and of documents or folders; at most {limit:,} are given"
        )


def _cell(answer: Answer) -> GridCell:
    if answer.status is Status.NONE or not answer.excerpts:
        return EMPTY
    return GridCell(answer.status, answer.confidence, answer.excerpts[0])


def grid_columns(
    entries: Iterable[DocumentEntry],
    count: int,
    questions: int,
    limit: int | None,
    *,
    by_folder: bool,
) -> tuple[GridColumn, ...]:
    """Return a column for each document, or for each folder with documents right in it, by path.

    Args:
        entries: the documents.
        count: their number: too many of them are not listed, which would take long.
        questions: the number of questions, a row each.
        limit: the largest number of cells; None for `MAX_CELLS`.
        by_folder: whether the documents of a folder are one column.

    Raises:
        UsageError: there are more cells.
    """
    limit = MAX_CELLS if limit is None else limit
    if by_folder:
        columns = tuple(_folders(entries))
    else:
        _check_size(questions, count, limit)
        columns = tuple(
            GridColumn(each.path, each.title, each.date, frozenset((each.path,)), each.date_from)
            for each in sorted(entries)
        )
    _check_size(questions, len(columns), limit)
    return columns


def _folders(entries: Iterable[DocumentEntry]) -> Iterator[GridColumn]:
    members = sorted((each.path for each in entries), key=lambda path: (_folder(path), path))
    for folder, paths in groupby(members, _folder):
        name = os.path.basename(os.path.abspath(folder))
        yield GridColumn(folder, name, None, frozenset(paths))


def _folder(path: str) -> str:
    return os.path.dirname(path) or os.curdir
