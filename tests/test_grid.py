"""Grids: questions answered from each document or folder by itself."""

import json
from pathlib import Path

import pytest

from briefqa import Assistant, GridRow, QuestionError, Status, UsageError
from briefqa.cli import ask_grid
from briefqa.cli.terminals import ASKING, Progress
from briefqa.grid import GridColumn
from briefqa.output.grid_format import GRID_FORMATS, short_names
from conftest import Ask, check_golden

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
    with pytest.raises(UsageError, match=r"6 answers are too many: 2 times 3, .* at most 5"):
        papers.grid([WHEN, WHAT], max_cells=5)
    assert papers.grid([WHEN, WHAT], max_cells=6).size == 6
    with pytest.raises(UsageError, match="4 answers are too many: 2 times 2"):
        papers.grid([WHEN, WHAT], by_folder=True, max_cells=3)


def test_what_a_document_is_about_is_told_by_each(papers: Assistant) -> None:
    [row] = papers.grid(["What is this about?"])
    assert row.cells[2].sentence == "A crane from Bremen arrived in the harbour of Kure."


@pytest.fixture
def questions(papers: Assistant) -> str:
    Path("daily.txt").write_text(f'{WHEN}\n{{"question": "{WHAT}", "id": 7}}\n')
    return "daily.txt"


@pytest.mark.parametrize("name", GRID_FORMATS)
def test_each_format_of_a_grid_is_as_it_was(
    ask: Ask, questions: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    result = ask("--questions", questions, "--each", "herald", "times", "-f", name)
    assert (result.code, result.err) == (0, "")
    check_golden(f"grid.{name}", result.out)


def test_a_narrow_terminal_shows_cells_one_below_the_other(
    ask: Ask, questions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    command = ("--questions", questions, "--each", "herald", "times")
    assert ask(*command, "-f", "text").out == ask(*command, "-f", "plain").out
    painted = ask(*command, "-f", "text", "--color", "always").out
    assert painted.startswith(f"\x1b[1m{WHEN}\x1b[0m\n  \x1b[36mherald/monday.txt:3\x1b[0m\n")


def test_a_single_question_makes_a_grid_of_folders(ask: Ask, papers: Assistant) -> None:
    result = ask(WHAT, "--each-folder", "herald", "times", "--format", "csv")
    header, row = result.out.splitlines()
    assert header == "question,herald,times"
    assert row.startswith(f"{WHAT},,A crane from Bremen")
    assert row.endswith("[2026-11-24.txt:3]")


def test_cells_of_little_confidence_are_empty(ask: Ask, papers: Assistant) -> None:
    result = ask(WHEN, "--each", "herald", "--min-confidence", "1", "--json")
    assert result.code == 1
    [row] = json.loads(result.out)["rows"]
    assert {cell["status"] for cell in row["cells"]} == {"none"}


def test_a_bad_question_leaves_its_row_empty(ask: Ask, papers: Assistant) -> None:
    Path("bad.txt").write_text(f'?!\n{{"query": 1}}\n{WHAT}\n')
    result = ask("--questions", "bad.txt", "--each", "times", "-f", "json")
    assert result.code == 2
    assert "bad.txt: line 1: the question contains no word" in result.err
    assert "bad.txt: line 2" in result.err
    bad, good = json.loads(result.out)["rows"]
    assert "no word" in bad["error"]
    assert good["cells"][0]["status"] == "answered"
    quiet = ask("--questions", "bad.txt", "--each", "times", "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_json_is_whole_when_an_answer_fails(
    ask: Ask, questions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise UsageError("the index is gone")

    monkeypatch.setattr(Assistant, "ask", fail)
    result = ask("--questions", questions, "--each", "times", "-f", "json")
    assert (result.code, result.err) == (2, "briefqa: the index is gone\n")
    assert json.loads(result.out)["rows"] == []


def test_a_grid_of_too_many_answers_says_how_to_get_fewer(ask: Ask, questions: str) -> None:
    command = ("--questions", questions, "--each", "herald", "times")
    refused = ask(*command, "--max-cells", "5")
    assert (refused.code, refused.out) == (2, "")
    assert "6 answers are too many" in refused.err
    assert "raise --max-cells" in refused.err
    assert ask(*command, "--max-cells", "6").code == 0


@pytest.mark.parametrize(
    "option",
    [["--new", "seen.json"], ["--top", "2"], ["--template", "{line}"], ["-C", "1"], ["-0"],
     ["--explain"], ["--no-fold"], ["--by-date"], ["-f", "paths"]],
)  # fmt: skip
def test_what_says_nothing_of_a_cell_is_refused(
    ask: Ask, questions: str, option: list[str]
) -> None:
    result = ask("--questions", questions, "--each", "times", *option)
    assert result.code == 2
    assert "cannot be combined with --each\n" in result.err


def test_the_limit_goes_with_a_grid(ask: Ask, papers: Assistant) -> None:
    result = ask(WHEN, "times", "--max-cells", "9")
    assert (result.code, result.out) == (2, "")
    assert "--max-cells goes with --each" in result.err


def test_progress_is_erased_before_a_row_is_written(
    ask: Ask, questions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    now = iter(range(100))

    class Shown:
        def __enter__(self) -> Progress:
            return Progress(events.append, lambda: next(now), ASKING)

        def __exit__(self, *raised: object) -> None:
            events.append("closed")

    monkeypatch.setattr(ask_grid, "show_progress", lambda work: Shown())
    ask("--questions", questions, "--each", "herald", "times")
    assert "briefqa: asking, 17%, 1.0 answers/s, 5 s left" in events[0]
    assert [event for event in events if event == "\r\x1b[K"] == ["\r\x1b[K"] * 2


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["news/a.txt", "news/b.txt"], ["a.txt", "b.txt"]),
        (["news/mon/a.txt", "news/tue/a.txt"], ["mon/a.txt", "tue/a.txt"]),
        (["news/a.txt", "notes/a.txt"], ["news/a.txt", "notes/a.txt"]),
        (["/news/a.txt", "notes/a.txt"], ["/news/a.txt", "notes/a.txt"]),
    ],
)
def test_columns_are_called_by_what_differs_in_their_paths(
    names: list[str], short: list[str]
) -> None:
    columns = [GridColumn(name, "", None, frozenset()) for name in names]
    assert short_names(columns) == short


def test_documents_are_chosen_among_those_that_are_named(ask: Ask, papers: Assistant) -> None:
    result = ask(WHEN, "--in", "herald")
    assert (result.code, result.out) == (2, "")
    assert (
        "choose among the documents of a PATH, and none is named; for all of herald" in result.err
    )
    assert ask(WHEN, "herald", "--in", "*monday*").code == 0
