"""Tables of answers, without Textual: what each document answers by itself, and dates."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain

from briefqa.answers import Answer, Status
from briefqa.assistant import Assistant
from briefqa.corpus import DocumentScope
from briefqa.documents.dates import DateSource
from briefqa.edit_distance import distance
from briefqa.errors import QuestionError
from briefqa.grid import GridColumn, GridRow
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.timeline import Event
from briefqa.tui.answer_cards import cut_end
from briefqa.tui.document_names import ELLIPSIS
from briefqa.tui.session import Mark, OpenCorpus

__all__ = [
    "NO_ANSWER_HERE",
    "SURE",
    "Opening",
    "ReportSteps",
    "Table",
    "TableCell",
    "cut_apart",
    "distinct_questions",
    "grid_table",
    "timeline_table",
]

DOCUMENTS = 100
"""The number of documents of a grid at most, those with most hits."""
EVENTS = 2000
"""The number of rows of a timeline at most."""
LONGEST = 200
"""Characters of a sentence that a cell shows at most; the whole sentence is below the table."""
NO_ANSWER_HERE = "No answer in this document."
NO_DATES = "No dates in the documents: a row is a sentence that mentions one."
NO_DATES_FOR = (
    "No dates with these words: a row is a sentence that mentions one. "
    "Without a question, all dates are listed."
)
SURE = "●"
SIGNS = {Status.ANSWERED: SURE, Status.WEAK: "◐", Status.NONE: ""}
WIDE = 60
"""Columns of the terminal."""
VERY_WIDE = 100
"""Likewise."""
DAY = len("2026-11-24")
SHORTEST_EXTENDED = 3
"""Words of a question; a longer one that has all of them in their order is an extension of it."""
SHORT_WORD = 6
"""Letters; one of a shorter word is mistyped, two of a longer one."""

ReportSteps = Callable[[int, int], object]
"""Called with the number of steps done, and of all steps."""


class Opening(Record):
    """What a cell of a table opens.

    Attributes:
        path: the path of a document.
        question: the question whose answer in this document is shown; empty to show a place of it.
        mark: what is marked at that place; None to show the beginning.
    """

    path: str
    question: str = ""
    mark: Mark | None = None


class TableCell(Record):
    """A cell of a table.

    Attributes:
        text: what it shows, sanitised.
        detail: the same in full, in lines, for below the table, sanitised.
        opening: what it opens; None for nothing.
    """

    text: str
    detail: str = ""
    opening: Opening | None = None


class Table(Record):
    """A table to choose a cell of.

    Attributes:
        title: the title.
        columns: the heads of the columns, sanitised.
        rows: the cells of each row.
        names: the number of the column with names of documents.
        aside: the number of a column that a small screen leaves out; None for none.
        wide: the columns of the terminal that this column needs.
        by_cell: whether the cells of a row open different places; else they are cut to be in view.
        nothing: a sentence that says why it has no rows; empty if it has some.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    names: int = 0
    aside: int | None = None
    wide: int = WIDE
    by_cell: bool = False
    nothing: str = ""


def distinct_questions(answers: Sequence[Answer]) -> list[str]:
    """Return the questions of answers, the latest first, without earlier versions of one.

    A version has the words of the other, after corrections, and may have been extended, or typed
    wrong where no passage has the word.

    Args:
        answers: the latest last.
    """
    latest = answers[::-1]
    return [
        answer.question
        for number, answer in enumerate(latest)
        if not any(_is_version(answer, later) for later in latest[:number])
    ]


def _is_version(earlier: Answer, later: Answer) -> bool:
    before, after = _words(earlier), _words(later)
    mistyped = frozenset(each.casefold() for each in earlier.missing)
    after = [_as_mistyped(word, before, mistyped) for word in after]
    return _extends(before, after) or _extends(after, before)


def _words(answer: Answer) -> list[str]:
    used = {each.asked.casefold(): each.used for each in answer.corrections}
    words = (word.strip("?!.,;:\"'“”‘’") for word in answer.question.casefold().split())
    return [used.get(word, word) for word in words if word]


def _as_mistyped(word: str, asked: Collection[str], mistyped: Collection[str]) -> str:
    """Return the word of a question that may be another one mistyped; else the other one."""
    edits = 1 if len(word) < SHORT_WORD else 2
    for other in mistyped:
        near = word.isalpha() and other.isalpha() and distance(word, other) <= edits
        if other in asked and near:
            return other
    return word


def _extends(long: Sequence[str], short: Sequence[str]) -> bool:
    """Return whether words begin with others, or have enough others among them in their order."""
    *whole, last = short or [""]
    if [*long[: len(whole)]] == whole and " ".join(long[len(whole) :]).startswith(last):
        return True
    rest = iter(long)
    return len(short) >= SHORTEST_EXTENDED and all(word in rest for word in short)


def cut_apart(texts: Sequence[str], width: int) -> list[str]:
    """Cut texts so that they fit a width in cells; those that differ later keep that part."""
    return [
        _cut_from_others(text, [each for each in texts if each != text], width) for text in texts
    ]


def _cut_from_others(text: str, others: Sequence[str], width: int) -> str:
    cut = cut_end(text, width)
    alike = [each for each in others if cut_end(each, width) == cut]
    if cut == text or not alike:
        return cut
    words = text.split()
    same = max(_count_shared(words, each.split()) for each in alike)
    return cut_end(f"{ELLIPSIS}{' '.join(words[same:])}", width) if same < len(words) else cut


def _count_shared(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words both begin with."""
    pairs = enumerate(zip(words, others, strict=False))
    return next((n for n, pair in pairs if pair[0] != pair[1]), min(len(words), len(others)))


def _paths(assistant: Assistant, scope: DocumentScope) -> frozenset[str] | None:
    """Return the paths of the documents in a scope; None for all."""
    return assistant.select(**scope._asdict()) if any(scope) else None


def grid_table(
    corpus: OpenCorpus, questions: Sequence[str], scope: DocumentScope, report: ReportSteps
) -> Table:
    """Return what the documents with most hits answer to questions, each by itself.

    Args:
        corpus: the documents.
        questions: one, of whose answers the sentences are shown, or several, a column each.
        scope: which of the documents are asked.
        report: called after each answer.
    """
    assistant = corpus.assistant
    hits: Counter[str] = Counter()
    for question in questions:
        hits.update(assistant.count_hits(question))
    within = _paths(assistant, scope)
    found = [path for path, _ in hits.most_common() if within is None or path in within]
    grid = assistant.grid(questions, documents=frozenset(found[:DOCUMENTS]), progress=report)
    asked = list(grid)
    # The newest first, those without a date last, and those of a day by path.
    order = sorted(enumerate(grid.columns), key=lambda each: each[1].name)
    order.sort(key=lambda each: _told_date(each[1]), reverse=True)
    answering = [each for each in order if any(row.cells[each[0]].excerpt for row in asked)]
    table = _question_table if len(questions) == 1 else _session_table
    told = table(corpus, asked, answering)
    more = len(found) - len(grid.columns)
    return told._replace(
        title=told.title + (f", without {more:,} documents with fewer hits" if more > 0 else ""),
        nothing="" if answering else "No document answers these questions.",
    )


def _question_table(
    corpus: OpenCorpus, asked: Sequence[GridRow], columns: Sequence[tuple[int, GridColumn]]
) -> Table:
    """Return the documents that answer one question: a row each, with value and sentence."""
    (row,) = asked
    rows = []
    for number, column in columns:
        cell = _answer_cell(corpus, row, number)
        answer = cell.detail.partition("\n")[0][:LONGEST]
        texts = (_name(corpus, column), _told_date(column), answer)
        rows.append(tuple(cell._replace(text=text) for text in texts))
    title = f"Answers of each document: {sanitise_name(row.question)}"
    # A column of dates that nobody tells says nothing.
    wide = VERY_WIDE if any(cells[1].text for cells in rows) else sys.maxsize
    return Table(title, ("document", "date", "answer"), tuple(rows), aside=1, wide=wide)


def _session_table(
    corpus: OpenCorpus, asked: Sequence[GridRow], columns: Sequence[tuple[int, GridColumn]]
) -> Table:
    """Return the documents that answer any of some questions: a column for each question."""
    rows = []
    for number, column in columns:
        name = _name(corpus, column)
        cells = (_answer_cell(corpus, row, number) for row in asked)
        told = (
            cell._replace(detail=f"{sanitise_name(row.question)}\n{cell.detail}")
            for row, cell in zip(asked, cells, strict=True)
        )
        detail = f"{name}\n{sanitise_name(column.title)}"
        rows.append((TableCell(name, detail, Opening(column.name)), *told))
    heads = (sanitise_name(row.question) for row in asked)
    title = f"Answers of each document: {len(asked)} questions"
    return Table(title, ("document", *heads), tuple(rows), by_cell=True)


def _told_date(column: GridColumn) -> str:
    """Return the date that a document tells; empty for the time of its file, as of a copy."""
    is_told = column.date_from != DateSource.FILE
    return column.date or "" if is_told else ""


def _name(corpus: OpenCorpus, column: GridColumn) -> str:
    return sanitise_name(column.name.removeprefix(corpus.shared_path))


def _answer_cell(corpus: OpenCorpus, row: GridRow, number: int) -> TableCell:
    """Return the cell of a question and a document."""
    cell = row.cells[number]
    if cell.excerpt is None:
        return TableCell("", NO_ANSWER_HERE)
    sign, sentence = SIGNS[cell.status], sanitise_name(cell.sentence or "")
    value = sanitise_name(cell.value or "") if cell.status is Status.ANSWERED else ""
    text = f"{sign} {value or sentence[:LONGEST]}"
    told = f"{sign} {value} · {sentence}" if value else f"{sign} {sentence}"
    place = sanitise_name(cell.excerpt.citation.removeprefix(corpus.shared_path))
    opening = Opening(cell.excerpt.passage.path, row.question)
    return TableCell(text, f"{told}\n{place}", opening)


def timeline_table(
    corpus: OpenCorpus, about: str, scope: DocumentScope, report: ReportSteps
) -> Table:
    """Return the sentences that mention a date, in the order of these dates.

    Args:
        corpus: the documents.
        about: a question whose words their passages have; blank for all sentences.
        scope: which of the documents are read; its days are those of the documents.
        report: called as passages are read.

    Raises:
        UsageError: there are more sentences than the screen shows.
    """
    assistant = corpus.assistant
    documents = _paths(assistant, scope)
    try:
        found = assistant.timeline(
            about.strip() or None, documents=documents, max_events=EVENTS, progress=report
        )
    except QuestionError:
        found = assistant.timeline(documents=documents, max_events=EVENTS, progress=report)
    rows = tuple(tuple(_event_cells(corpus, event)) for event in found.events)
    title = f"Timeline: {about.strip()}" if about.strip() else "Timeline"
    nothing = NO_DATES_FOR if about.strip() else NO_DATES
    if left := sum(each.dates for each in found.unplaced):
        title = f"{title}, without {left:,} of unknown day"
        written = sanitise_name(found.unplaced[0].written)
        nothing = f"Dates whose day is not known are left out, such as {written}."
    columns = ("date", "place", "sentence")
    told = "" if rows else nothing
    return Table(sanitise_name(title), columns, rows, names=1, aside=1, nothing=told)


def _event_cells(corpus: OpenCorpus, event: Event) -> Iterator[TableCell]:
    passage, start = event.place.passage, event.place.passage.span.start
    mark = Mark(event.place.sentence.shift(start), event.mention.shift(start))
    opening = Opening(passage.path, mark=mark)
    cited = chain([event.place], event.also)
    # A long line may say the same several times.
    places = [
        sanitise_name(each.removeprefix(corpus.shared_path))
        for each in dict.fromkeys(place.citation for place in cited)
    ]
    also = f" · also in {', '.join(places[1:])}" if places[1:] else ""
    sentence = sanitise_name(event.sentence)
    detail = f"{sentence}\n{event.iso} · {places[0]}{also}"
    for text in (_short_range(event.iso), places[0], sentence[:LONGEST]):
        yield TableCell(text, detail, opening)


def _short_range(iso: str) -> str:
    """Return days without the year and month of the last one that the first has (ISO 8601, 5.5)."""
    first, _, last = iso.partition("/")
    if len(first) == len(last) == DAY and first[:5] == last[:5]:
        last = last[8:] if first[:8] == last[:8] else last[5:]
    return f"{first}/{last}" if last else first
