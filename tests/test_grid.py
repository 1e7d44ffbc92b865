"""Grids: questions answered from each document or folder by itself."""

from pathlib import Path

import pytest

from briefqa import Assistant, GridRow, QuestionError, Status, UsageError

PAPERS = {
    "herald/monday.txt": "Rates\n\nThe bank meets on Friday in Oslo to discuss the rate.\n",
    "herald/tuesday.txt": "Rates\n\nThe bank meets on Saturday in Oslo to discuss the rate.\n",
    "times/2026-11-24.txt": "Cranes\n\nA crane from Bremen arrived in the harbour of Kure.\n",
}
WHEN, WHAT = "When does the bank meet?", "What arrived in the harbour?"


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    for name, text in PAPERS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return Assistant.open(["herald", "times"], cached=False)


def values(row: GridRow) -> list[str | None]:
    return [cell.value for cell in row.cells]


def test_each_document_answers_each_question_by_itself(papers: Assistant) -> None:
    grid = papers.grid([WHEN, WHAT])
    assert [column.name for column in grid.columns] == list(PAPERS)
    assert [column.date for column in grid.columns][2] == "2026-11-24"
    when, what = grid
    assert when.question == WHEN
    assert values(when) == ["Friday", "Saturday", None]
    assert [cell.status for cell in when.cells][2] is Status.NONE
    assert [cell.sentence for cell in what.cells] == [
        None,
        None,
        "A crane from Bremen arrived in the harbour of Kure.",
    ]
    assert what.cells[2].excerpt is not None
    assert what.cells[2].excerpt.citation == "times/2026-11-24.txt:3"


def test_a_cell_is_what_a_question_to_that_document_answers(papers: Assistant) -> None:
    for row in papers.grid([WHEN, WHAT]):
        for column, cell in zip(papers.grid([]).columns, row.cells, strict=True):
            answer = papers.ask(row.question, 1, documents=column.paths)
            assert (cell.status, cell.confidence) == (answer.status, answer.confidence)


def test_a_folder_answers_with_the_best_of_its_documents(papers: Assistant) -> None:
    grid = papers.grid([WHEN], by_folder=True)
    assert [(column.name, column.title) for column in grid.columns] == [
        ("herald", "herald"),
        ("times", "times"),
    ]
    assert len(grid.columns[0].paths) == 2
    [row] = grid
    assert values(row)[0] in ("Friday", "Saturday")
    assert row.cells[1].excerpt is None


def test_documents_may_be_chosen(papers: Assistant) -> None:
    grid = papers.grid([WHEN], documents=papers.select(patterns=["*tuesday*"]))
    assert [column.name for column in grid.columns] == ["herald/tuesday.txt"]


def test_a_question_that_cannot_be_asked_has_an_empty_row(papers: Assistant) -> None:
    bad, good = papers.grid(["?!", WHAT])
    assert isinstance(bad.error, QuestionError)
    assert {cell.status for cell in bad.cells} == {Status.NONE}
    assert good.error is None
    assert good.cells[2].status is Status.ANSWERED


def test_nothing_is_answered_before_its_row_is_reached(papers: Assistant) -> None:
    told: list[tuple[int, int]] = []
    rows = iter(papers.grid([WHEN, WHAT], progress=lambda done, of: told.append((done, of))))
    assert told == []
    next(rows)
    assert told == [(1, 6), (2, 6), (3, 6)]


def test_a_large_grid_is_refused_with_its_size(papers: Assistant) -> None:
    with pytest.raises(UsageError, match=r"2 questions for each of 3 documents .* are 6 answers"):
        papers.grid([WHEN, WHAT], max_cells=5)
    assert papers.grid([WHEN, WHAT], max_cells=6).size == 6


def test_what_a_document_is_about_is_told_by_each(papers: Assistant) -> None:
    [row] = papers.grid(["What is this about?"])
    assert row.cells[2].sentence == "A crane from Bremen arrived in the harbour of Kure."
