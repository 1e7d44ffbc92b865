"""The tables of the app: what each document answers by itself, and the timeline."""

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import DataTable, Input, Static

from briefqa import Assistant
from briefqa.corpus import ALL_DOCUMENTS
from briefqa.tui import answer_tables, background
from briefqa.tui.answer_tables import cut_apart, distinct_questions
from briefqa.tui.session import AskRequest, OpenCorpus, Session
from briefqa.tui.status_line import AppStatus, status_line
from briefqa.tui.table_screen import TableAbandonedError, TableScreen
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


def rows_of(table: DataTable[object]) -> list[list[str]]:
    return [[str(cell).strip() for cell in table.get_row_at(n)] for n in range(table.row_count)]


def detail(app: Driver) -> str:
    """Return the lines below the table."""
    return str(app.app.screen.query_one("#detail", Static).content)


@pytest.mark.parametrize("size", [(100, 24), (40, 20)])
def test_a_row_of_the_grid_goes_to_the_answer_of_its_document(
    folder: str, size: tuple[int, int]
) -> None:
    async def scenario(app: Driver) -> None:
        app.answers.focus()
        await app.press("d")
        assert "Ask a question first." in app.notices[-1]
        await app.ask("how many boats were built")
        table = await opened(app, "d")
        answers = {row[0]: row[-1].partition(" · ")[0] for row in rows_of(table)}
        assert answers == {f"{n}.md": f"● {n}0" for n in range(1, 4)}
        await app.press("a")
        assert "There is only one question." in app.notices[-1]
        await app.press("down", "enter")
        await app.until(lambda: app.answered and app.loaded)
        assert (app.focused, shown(app)) == ("document", "2.md")
        # Nothing limits the answers, to this question or to the next one.
        assert app.screen.session.request.scope == ALL_DOCUMENTS
        assert app.words.startswith("boats 3")
        await app.press("escape")
        await app.ask("how many boats")
        assert app.screen.session.request == AskRequest("how many boats")

    drive(scenario, folder, size=size)


def test_the_grid_shows_this_question_then_all_of_the_session(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        for question in ("who opened the [ bridge", "how many boaats were built"):
            await app.ask(question)
            await app.press("enter", "escape")
        # While the answer is looked for, the key waits for it.
        app.screen.query_one("#question", Input).value = "how many boats were built"
        app.burst("f3")
        await app.until(lambda: isinstance(app.app.screen, TableScreen))
        screen = app.app.screen
        assert isinstance(screen, TableScreen)
        await app.until(lambda: screen._table)
        assert len(rows_of(screen.query_one(DataTable))) == 3
        await app.press("a")
        await app.until(lambda: screen._table)
        table = screen.query_one(DataTable)
        heads = [str(column.label) for column in table.columns.values()]
        assert heads == ["document", "how many boats were built", "who opened the [ bridge"]
        assert {row[0] for row in rows_of(table)} == {"1.md", "2.md", "3.md", "other.md"}
        place = [row[0] for row in rows_of(table)].index("other.md")
        await app.press(*["j"] * place)
        assert detail(app) == "how many boats were built\nNo answer in this document."
        await app.press("enter")
        assert app.app.screen is screen
        assert app.notices[-1] == "No answer in this document."
        await app.press("right", "enter")
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.query_one("#question", Input).value == "who opened the [ bridge"
        assert shown(app) == "other.md"

    drive(scenario, folder)


def test_an_answer_that_is_left_out_is_added_if_it_is_chosen(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("The yard built twelve boats in a year.\n")
    assistant = Assistant.open(tmp_path)
    request = AskRequest("how many boats were built")
    found = background.ask(assistant, request)
    assert isinstance(found, background.QuestionAnswered)
    (first,) = found.answer.excerpts
    (other,) = {each.path for each in assistant.documents()} - {first.passage.path}
    for path, places in ((first.passage.path, 1), (other, 2), ("gone.md", 1)):
        chosen = background.ask(assistant, request._replace(includes=path))
        assert isinstance(chosen, background.QuestionAnswered)
        excerpts = chosen.answer.excerpts
        assert [each.rank for each in excerpts] == [*range(1, places + 1)]
        if path != "gone.md":
            assert excerpts[chosen.selected].passage.path == path


def test_rows_of_a_grid_are_in_order_of_date_then_path(tmp_path: Path) -> None:
    dates = {"a.md": "2024-05-01", "b.md": "2024-06-01", "c.md": "", "d.md": "2024-06-01"}
    for name, day in dates.items():
        head = f"---\ndate: {day}\n---\n" if day else ""
        (tmp_path / name).write_text(f"{head}The yard built twelve boats.\n")
    (tmp_path / "e.md").write_text("The mayor opened the bridge.\n")
    corpus = OpenCorpus(Assistant.open(tmp_path))
    table = answer_tables.grid_table(corpus, ["who built boats"], ALL_DOCUMENTS, lambda *_: None)
    assert [row[0].text for row in table.rows] == ["b.md", "d.md", "a.md", "c.md"]
    assert [row[1].text for row in table.rows] == ["2024-06-01", "2024-06-01", "2024-05-01", ""]


def test_versions_of_a_question_are_one(folder: str) -> None:
    assistant = Assistant.open(folder)
    asked = [
        "who opened",
        "who opened the bri",
        "who opened the bridge?",
        "how many boats",
        "how many boaats were built",
        "how many boats were built by 5 March 2022",
        "how many boats were built by 5 March 2023",
        "how many zeppelims were built",
        "how many zeppelins were built",
        "who opened the old bridge",
    ]
    assert distinct_questions([assistant.ask(question) for question in asked]) == [
        "who opened the old bridge",
        "how many zeppelins were built",
        "how many boats were built by 5 March 2023",
        "how many boats were built by 5 March 2022",
    ]


def test_texts_that_differ_late_are_cut_to_where_they_differ() -> None:
    texts = ["what will the bank decide in May", "what will the bank decide in June", "who left"]
    assert cut_apart(texts, 20) == ["…May", "…June", "who left"]
    assert cut_apart([texts[0], "what will he say of the new bridge"], 20) == [
        "what will the bank…",
        "what will he say of…",
    ]


def test_a_row_of_the_timeline_shows_its_place(folder: str) -> None:
    with (Path(folder) / "3.md").open("a") as file:
        file.write("Two of the boats sank on 6 March 2023.\n")

    async def scenario(app: Driver) -> None:
        await app.ask("boats")
        first = shown(app)
        table = await opened(app, "t")
        rows = [[str(cell) for cell in table.get_row_at(n)] for n in range(table.row_count)]
        days = [(number, 5, 3) for number in range(1, 4)] + [(3, 6, 4)]
        assert [row[:2] for row in rows] == [
            [f"202{year}-03-0{day}", f"{year}.md:{line}"] for year, day, line in days
        ]
        # The answer that has the sentence is selected.
        other = next(number for number in (1, 2) if first != f"{number}.md")
        await app.press(*["down"] * (other - 1), "enter")
        await app.until(lambda: app.answered and app.loaded)
        assert shown(app) == f"{other}.md"
        assert not app.screen.is_elsewhere
        await app.press("escape")
        await opened(app, "t")
        await app.press("down", "down", "down", "enter")
        await app.until(lambda: app.loaded)
        assert str(app.document.border_title).endswith("/3.md")
        assert app.focused == "document"
        # The question stays, and the place, though the answer comes from another document.
        await app.until(lambda: app.answered)
        assert app.screen.query_one("#question", Input).value == "boats"
        assert app.screen.session.excerpt
        assert app.screen.is_elsewhere
        assert str(app.document.border_title).endswith("/3.md")
        # The sentence is marked in the document, and no answer as if it were the one shown.
        seen = "\n".join(app.lines())
        assert "▐4 Two of the boats" in seen
        assert "▌" not in seen
        await app.press("f5", "space")
        await app.until(lambda: app.screen.corpus and app.answered and app.loaded)
        assert str(app.document.border_title).endswith("/3.md")
        assert app.notices[-1] == "The answer is elsewhere: Esc, Enter."
        await app.press("escape", "enter")
        assert not app.screen.is_elsewhere
        assert f"/{shown(app)} · 1/1 match" in str(app.document.border_title)
        assert "▌" in "".join(app.lines())
        await app.press("ctrl+o")
        assert str(app.document.border_title).endswith("/3.md")
        await app.press("ctrl+o")
        await app.until(lambda: app.answered)
        field = app.screen.query_one("#question", Input)
        assert (field.value, field.cursor_position) == ("boats", 5)
        app.screen.set_question("?!")
        await app.until(lambda: app.screen.app_status.refusal)
        assert (await opened(app, "t")).row_count == 4
        await app.press("escape")
        await app.ask("oxen")
        assert (await opened(app, "t")).row_count == 0
        assert "0 rows" in "".join(app.lines())
        assert "No dates with these words" in "".join(app.lines())
        (box,) = app.app.screen.children
        assert box.size.height < 5
        await app.press("k", "enter")
        await app.pilot.resize_terminal(40, 20)
        assert detail(app) == ""

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
        rows = [line for line in app.lines() if "/…/yard.txt  ● The yard" in line]
        assert all("built thirty boats before the storm came in March." in row for row in rows)
        assert len(rows) == 2

    drive(scenario, str(tmp_path), size=(120, 24))


def test_a_chosen_row_is_shown_whole(tmp_path: Path) -> None:
    end = "and the last of the words of a long sentence is heron"
    first = f"The fair opens this week, {'with many stalls, ' * 4}{end}."
    head = "Date: 2026-11-24\n\n"
    (tmp_path / "fair.md").write_text(f"{head}{first}\n\nThe fair closes on 30 November 2026.\n")
    (tmp_path / "copy.md").write_text(f"{head}{first}\n")

    async def scenario(app: Driver) -> None:
        table = await opened(app, "t")
        days = [row[0] for row in rows_of(table)]
        assert days == ["2026-11-23/29", "2026-11-30"]
        assert all(row[-1].endswith("…") for row in rows_of(table)[:1])
        # The end is read, though the row is cut, and each of the places is named.
        seen = " ".join(" ".join(app.lines()).replace("│", " ").split())
        assert end in seen
        assert "copy.md:3 · also in fair.md:3" in seen
        await app.pilot.resize_terminal(120, 40)
        assert table.cursor_row == 0
        await app.press("j", "enter")
        await app.until(lambda: app.loaded)
        assert "▐5 The fair closes on 30" in "\n".join(app.lines())
        (tmp_path / "fair.md").write_text("Another text.\n")
        await app.press("f5")
        await app.until(lambda: app.screen.corpus and "Another text" in "".join(app.lines()))
        assert "▐" not in "".join(app.lines())

    drive(scenario, str(tmp_path), size=(80, 24))


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
            screen._filled(screen._views[0])

    drive(scenario, folder)


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (
            200,
            " · they may not answer · Values that differ: 40 in 2 documents; 30 in 1 document; "
            "20 in 1 document",
        ),
        (100, " · they may not answer · Differ: 40 in 2, 30 in 1, 20 in 1 · F3 all"),
        (70, " · Differ: 40 in 2, 30 in 1, 20 in 1 · F3 all"),
        (60, " · Differ: 40 in 2, 30 in… · F3 all"),
    ],
)
def test_values_that_are_cut_say_how_to_see_all(tmp_path: Path, width: int, told: str) -> None:
    for number, boats in enumerate((40, 40, 30, 20)):
        (tmp_path / f"{number}.md").write_text(f"The yard built {boats} boats.\n")
    assistant = Assistant.open(tmp_path)
    session = Session(AskRequest("how many boats"))
    session.receive(session.request, assistant.ask("how many boats"))
    line = status_line(session, AppStatus(assistant.size), width)
    assert line.plain.partition(" %")[2] == told
    assert line.cell_length <= width


def test_a_key_after_the_one_that_quits_does_nothing(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("how many boats were built")
        await app.press("tab")
        app.app.exit()
        await app.app.on_event(Key("d", "d"))
        assert app.app.screen is app.screen

    drive(scenario, folder)


def test_keys_that_each_close_a_table_close_no_more_than_it(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("how many boats were built")
        await opened(app, "d")
        app.burst("enter", "ctrl+p", "escape", "enter", "enter")
        await app.until(lambda: app.app.screen is app.screen and app.answered)
        assert app.focused == "document"

    drive(scenario, folder)


def test_a_place_that_says_the_same_twice_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("The ferry leaves on 1 May 2020. " * 3)
    corpus = OpenCorpus(Assistant.open(tmp_path))
    (row,) = answer_tables.timeline_table(corpus, "", ALL_DOCUMENTS, lambda *_: None).rows
    assert row[0].detail.splitlines()[-1] == "2020-05-01 · log.txt:1"


def test_a_row_that_is_chosen_again_is_gone_to_again(folder: str) -> None:
    request = AskRequest("how many boats", includes="b.md")
    session = Session()
    answer = Assistant.open(folder).ask(request.question)
    for _ in range(2):
        session.ask(request)
        assert session.receive(request, answer, selected=1)
        session.select(0)
        # As when the documents change.
        assert session.receive(request, answer, selected=1)
        assert session.selected == 0
    session.ask(request)
    assert session.receive(request, answer, selected=1)
    assert session.selected == 1


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
