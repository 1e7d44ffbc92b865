"""The tables of the app: what each document answers by itself, and the timeline."""

from pathlib import Path

import pytest
from textual.widgets import DataTable, Input

from briefqa import Assistant
from briefqa.corpus import ALL_DOCUMENTS
from briefqa.tui import answer_tables
from briefqa.tui.answer_tables import TableAbandonedError, TableScreen
from briefqa.tui.session import OpenCorpus
from tui import Driver, drive


@pytest.fixture
def folder(tmp_path: Path) -> str:
    for number in range(1, 4):
        text = f"# Report {number}\n\nThe yard built {number}0 boats by 5 March 202{number}.\n"
        (tmp_path / f"{number}.md").write_text(text)
    (tmp_path / "other.md").write_text("The mayor opened [the] bridge.\n")
    return str(tmp_path)


def shown(app: Driver) -> str:
    """Return the name of the document of the selected answer."""
    excerpt = app.screen.session.excerpt
    assert excerpt
    return Path(excerpt.passage.path).name


async def opened(app: Driver, key: str) -> DataTable[object]:
    app.answers.focus()
    await app.press(key)
    screen = app.app.screen
    assert isinstance(screen, TableScreen)
    await app.until(lambda: screen._table)
    return screen.query_one(DataTable)


@pytest.mark.parametrize("size", [(100, 24), (40, 20)])
def test_a_cell_asks_its_document_its_question(folder: str, size: tuple[int, int]) -> None:
    async def scenario(app: Driver) -> None:
        app.answers.focus()
        await app.press("d")
        assert "Ask a question first." in app.notices[-1]
        await app.ask("who opened the [ bridge")
        await app.press("enter", "escape")
        await app.ask("how many boats were built")
        table = await opened(app, "d")
        seen = [[str(cell) for cell in table.get_row_at(n)] for n in range(table.row_count)]
        assert {row[0]: row[1] for row in seen if row[1].strip()} == {
            f"{n}.md": f"● {n}0" for n in range(1, 4)
        }
        place = [row[0] for row in seen].index("2.md")
        await app.press(*["j"] * place, "enter")
        await app.until(lambda: app.answered)
        assert app.words.startswith("in 2.md ✕")
        assert "● 20" in app.status
        await opened(app, "d")
        await app.press("right", "enter")
        assert isinstance(app.app.screen, TableScreen)
        await app.press("k", "escape")
        assert app.screen.query_one("#question", Input).value == "how many boats were built"

    drive(scenario, folder, size=size)


def test_a_row_of_the_timeline_shows_its_place(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("boats")
        table = await opened(app, "t")
        rows = [[str(cell) for cell in table.get_row_at(n)] for n in range(table.row_count)]
        assert [row[:2] for row in rows] == [[f"202{n}-03-05", f"{n}.md:3"] for n in range(1, 4)]
        await app.press("down", "down", "enter")
        await app.until(lambda: app.loaded)
        assert str(app.document.border_title).endswith("/3.md")
        assert app.focused == "document"
        # The question stays, and the place, though the answer comes from another document.
        await app.until(lambda: app.answered)
        assert app.screen.query_one("#question", Input).value == "boats"
        assert app.screen.session.excerpt
        assert app.screen.is_elsewhere
        assert str(app.document.border_title).endswith("/3.md")
        await app.press("f5", "space")
        await app.until(lambda: app.screen.corpus and app.answered and app.loaded)
        assert str(app.document.border_title).endswith("/3.md")
        assert app.notices[-1] == "The answer is elsewhere: Esc, Enter."
        await app.press("escape", "enter")
        assert not app.screen.is_elsewhere
        assert f"/{shown(app)} · 1/1 match" in str(app.document.border_title)
        await app.press("ctrl+o")
        assert str(app.document.border_title).endswith("/3.md")
        await app.press("ctrl+o")
        await app.until(lambda: app.answered)
        field = app.screen.query_one("#question", Input)
        assert (field.value, field.cursor_position) == ("boats", 5)
        app.screen.set_question("?!")
        await app.until(lambda: app.screen.app_status.refusal)
        assert (await opened(app, "t")).row_count == 3
        await app.press("escape")
        await app.ask("oxen")
        assert (await opened(app, "t")).row_count == 0
        assert "0 rows" in "".join(app.lines())
        assert "No dates with these words" in "".join(app.lines())
        (box,) = app.app.screen.children
        assert box.size.height < 5

    drive(scenario, folder)


@pytest.mark.parametrize(("size", "has_place"), [((80, 24), True), ((40, 20), False)])
def test_a_timeline_shows_whole_dates_and_sentences_first(
    folder: str, size: tuple[int, int], has_place: bool
) -> None:
    async def scenario(app: Driver) -> None:
        await opened(app, "t")
        seen = "\n".join(app.lines())
        assert ("place" in seen) is has_place
        assert all(f"202{n}-03-05" in seen for n in range(1, 4))
        assert "The yard built 30" in seen
        await app.press("escape")
        await app.ask("how many boats were built")
        await opened(app, "d")
        assert all(f" {n}.md  " in "\n".join(app.lines()) for n in range(1, 4))

    drive(scenario, folder, size=size)


def test_a_sentence_takes_the_room_that_there_is(tmp_path: Path) -> None:
    sentence = (
        "The yard in the north of the town built thirty boats before the storm came in March."
    )
    for folder in ("a", "b"):
        path = tmp_path / folder / "deep/in/the/old/archive/of/the/yard.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"{sentence}\n")

    async def scenario(app: Driver) -> None:
        await app.ask("Which boats did the yard build in the storm?")
        await opened(app, "d")
        rows = [line for line in app.lines() if "● The yard" in line]
        assert all("/…/yard.txt  ● " in row for row in rows)
        assert all("built thirty boats before the storm came in March." in row for row in rows)
        assert len(rows) == 2

    drive(scenario, str(tmp_path), size=(120, 24))


def test_a_timeline_that_is_too_long_says_so(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_tables, "EVENTS", 2)

    async def scenario(app: Driver) -> None:
        app.answers.focus()
        await app.press("t")
        await app.until(lambda: "more than 2 sentences" in "".join(app.lines()))
        screen = app.app.screen
        assert isinstance(screen, TableScreen)
        await app.press("q")
        with pytest.raises(TableAbandonedError):
            screen._filled()

    drive(scenario, folder)


def test_a_table_without_rows_says_why(folder: str, tmp_path: Path) -> None:
    corpus = OpenCorpus(Assistant.open(folder))
    table = answer_tables.grid_table(corpus, ["zzz"], ALL_DOCUMENTS, lambda *_: None)
    assert (table.rows, table.nothing) == ((), "No document answers these questions.")
    corpus = OpenCorpus(Assistant.open(tmp_path / "other.md"))
    assert "No dates in" in answer_tables.timeline_table(corpus, "", ALL_DOCUMENTS, print).nothing
    (tmp_path / "other.md").write_text("The strike begins on Monday and ends on Friday.\n")
    corpus = OpenCorpus(Assistant.open(tmp_path / "other.md", cached=False))
    table = answer_tables.timeline_table(corpus, "strike", ALL_DOCUMENTS, lambda *_: None)
    assert table.title == "Timeline: strike, without 2 of unknown day"
    assert "left out, such as Monday." in table.nothing
