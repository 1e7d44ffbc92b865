"""`briefqa ask --each`: each question, or each of a file, from each document by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from briefqa.answers import Status
from briefqa.assistant import Assistant
from briefqa.cli import ANSWERED, ERROR, NO_ANSWER
from briefqa.cli.ask_options import AskOptions, EachOptions
from briefqa.cli.open_documents import select_documents
from briefqa.cli.streams import complain, is_terminal, write
from briefqa.cli.terminals import ASKING, Progress, show_progress
from briefqa.errors import QuestionError, UsageError
from briefqa.grid import EMPTY, Grid, GridRow
from briefqa.output import Layout
from briefqa.output.grid_format import GRID_FORMATS, GridReply
from briefqa.question_file import QuestionEntry, read_questions

__all__ = ["answer_each"]


def answer_each(assistant: Assistant, options: AskOptions, each: EachOptions) -> int:
    """Answer the questions of a command line from each document by itself.

    Args:
        assistant: has the documents.
        options: of the command line.
        each: those of them that are for this.

    Returns:
        The exit code: 1 if no question is answered by any document.

    Raises:
        BriefqaError: the questions or the output are at fault, or there are too many answers.
    """
    faults: list[QuestionError] = []
    entries = _entries(options, faults)
    with show_progress(ASKING) as progress:
        grid = _grid(assistant, [entry.question for entry in entries], options, each, progress)
        rows = _Rows(grid, entries, options, progress)
        if options.quiet:
            for _ in rows:
                pass
        else:
            default = GRID_FORMATS["text" if is_terminal(sys.stdout) else "line"]
            render = GRID_FORMATS.get(options.output.format or "", default)
            write(render(grid.columns, rows, _layout(options)))
    faulty = assistant.problems or faults or rows.faulty
    if faulty and not (options.quiet and rows.answered):
        return ERROR
    return ANSWERED if rows.answered else NO_ANSWER


def _entries(options: AskOptions, faults: list[QuestionError]) -> Sequence[QuestionEntry]:
    """Return the questions; bad lines of a file are reported and added to the faults."""
    if options.questions is None:
        return [QuestionEntry(options.question or "", "ask")]

    def note(message: str) -> None:
        if not options.quiet:
            complain(message)

    def report(error: QuestionError) -> None:
        faults.append(error)
        note(str(error))

    return list(read_questions(options.questions, report, note))


def _grid(
    assistant: Assistant,
    questions: Sequence[str],
    options: AskOptions,
    each: EachOptions,
    progress: Progress | None,
) -> Grid:
    try:
        return assistant.grid(
            questions,
            by_folder=each.by_folder,
            strict=options.strict,
            literal=options.literal,
            must=options.must,
            without=options.without,
            newest=options.newest,
            documents=select_documents(options.scope, assistant),
            max_cells=each.max_cells,
            progress=progress,
        )
    except UsageError as error:
        hint = "choose documents with --in, --since or --until, or raise --max-cells"
        raise UsageError(f"{error}; {hint}") from error


class _Rows:
    """The rows of a grid, each answered when it is needed.

    Args:
        grid: the grid.
        entries: its questions.
        options: of the command line.
        progress: erased before a row is written; None if nothing is shown.

    Attributes:
        answered: whether any cell so far answers.
        faulty: whether a question could not be asked.
    """

    def __init__(
        self,
        grid: Grid,
        entries: Sequence[QuestionEntry],
        options: AskOptions,
        progress: Progress | None,
    ) -> None:
        self._grid = grid
        self._entries = entries
        self._options = options
        self._progress = progress
        self.answered = self.faulty = False

    def __iter__(self) -> Iterator[GridReply]:
        for row, entry in zip(self._grid, self._entries, strict=True):
            if self._progress:
                self._progress.close()
            if row.error is not None:
                self.faulty = True
                if not self._options.quiet:
                    complain(f"{entry.place}: {row.error}")
            row = self._certain(row)
            self.answered |= any(cell.status is not Status.NONE for cell in row.cells)
            yield GridReply(row, entry.fields)

    def _certain(self, row: GridRow) -> GridRow:
        """Return a row without the cells of too little confidence."""
        least = self._options.min_confidence
        cells = (cell if cell.confidence >= least else EMPTY for cell in row.cells)
        return row._replace(cells=tuple(cells))


def _layout(options: AskOptions) -> Layout:
    """Return what the terminal can show."""
    from shutil import get_terminal_size

    from briefqa.cli.terminals import use_color

    how = options.output
    color = use_color(how.color, os.environ, sys.stdout, how.preferred_color)
    return Layout(color=color, width=get_terminal_size().columns)
