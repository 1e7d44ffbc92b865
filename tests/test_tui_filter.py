"""The filter of the app: documents and folders with their hits, and ranges of days."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual.widgets import Input, OptionList

from briefqa import Assistant
from briefqa.corpus import DocumentEntry, DocumentScope, exact_pattern
from briefqa.tui.filter_screen import (
    Facet,
    FilterScreen,
    find_facets,
    matching_facets,
)
from briefqa.tui.word_chips import scope_text
from tui import Driver, drive

NAMES = st.text("ab*?[]/.!", min_size=1, max_size=8).filter(lambda name: name.strip("/."))


@given(NAMES, NAMES)
def test_an_exact_pattern_stands_for_one_path(path: str, other: str) -> None:
    scope = DocumentScope(patterns=(exact_pattern(path),))
    assert scope.names(path)
    assert scope.names(f"{path}/inner") or path.endswith("/")
    parts = [each.removeprefix("./").strip("/") for each in (path, other)]
    assume(parts[0] != parts[1] and not parts[1].startswith(f"{parts[0]}/"))
    assert not scope.names(other)


def test_facets_count_documents_and_their_folders() -> None:
    paths = ["in/a.txt", "in/sub/b.txt", "in/sub/deep/c.txt", "in/none.txt"]
    entries = [DocumentEntry(path, path, 10) for path in paths]
    hits = {"in/a.txt": 2, "in/sub/b.txt": 3, "in/sub/deep/c.txt": 1}
    found = find_facets(entries, hits, "in/")
    assert [(each.name, each.passages) for each in found] == [
        ("sub/", 4),
        ("sub/b.txt", 3),
        ("a.txt", 2),
        ("sub/deep/", 1),
        ("sub/deep/c.txt", 1),
    ]
    assert scope_text(DocumentScope(patterns=(found[0].pattern,)), "in/") == "in sub"
    assert {each.passages for each in find_facets(entries, None, "in/")} == {10, 20}
    assert matching_facets(found, "DEEP c") == [found[-1]]
    assert matching_facets(found, " ") == [Facet("All documents"), *found]
    assert matching_facets(found, "sub/*.txt") == [Facet("sub/*.txt", "sub/*.txt")]


def test_the_days_of_a_scope_are_shown() -> None:
    scope = DocumentScope(date(2024, 1, 2), date(2024, 3, 3))
    assert scope_text(scope, "") == "since 2024-01-02 until 2024-03-03"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    texts = {f"north/{number}.md": f"Boat {number} leaves." for number in range(3)}
    texts["south/boat[1].md"] = "The boat leaves the boat yard."
    for year, (name, text) in enumerate(texts.items(), 2020):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ndate: {year}-05-01\n---\n{text}\n")
    return str(tmp_path)


def test_hits_are_counted_as_the_question_is_asked(folder: str) -> None:
    assistant = Assistant.open(folder, cached=False)
    counts = assistant.count_hits("which baot leaves")
    assert sorted(counts.values()) == [1, 1, 1, 1]
    assert not assistant.count_hits("baot", literal=True)


@pytest.mark.parametrize("size", [(100, 30), (40, 20)])
def test_answers_are_limited_to_a_folder_until_esc(folder: str, size: tuple[int, int]) -> None:
    async def scenario(app: Driver) -> None:
        def paths() -> set[str]:
            answer = app.screen.session.answer
            return (
                {each.passage.path[len(folder) :] for each in answer.excerpts} if answer else set()
            )

        async def choose(*keys: str) -> None:
            app.answers.focus()
            await app.press("f")
            await app.until(lambda: isinstance(app.app.screen, FilterScreen))
            options = app.app.screen.query_one(OptionList)
            await app.until(lambda: options.option_count > 1)
            await app.press(*keys)

        await app.ask("which boat leaves")
        place, unlimited = app.answers.region, paths()
        assert len(unlimited) == 4
        await choose("down", "enter")
        await app.until(lambda: app.answered)
        assert paths() == {path for path in unlimited if path.startswith("/north")}
        assert app.words.startswith("in north ✕  ")
        await app.ask("which boat")
        assert len(paths()) == 3
        await choose("escape")
        await app.press("escape", "escape")
        await app.until(lambda: app.answered)
        assert paths() == unlimited
        assert app.screen.query_one("#question", Input).value == "which boat"
        await choose(*"boat[", "enter")
        await app.until(lambda: app.screen.app_status.refusal)
        assert "Esc removes it" in app.status
        await app.pilot.click("#chips", offset=(2, 0))
        await app.until(lambda: app.answered)
        await choose(*"south", "down", "enter")
        await app.until(lambda: app.answered)
        assert paths() == {"/south/boat[1].md"}
        assert app.answers.region == place
        await app.press("escape", "escape", "escape")
        assert app.screen.query_one("#question", Input).value == ""

    drive(scenario, folder, size=size)


def test_a_long_path_keeps_its_end_in_one_row(tmp_path: Path) -> None:
    for name in ("minutes-of-the-council-of-the-harbour-and-its-committees.txt", "b.txt"):
        (tmp_path / name).write_text("The boat leaves.\n")

    async def scenario(app: Driver) -> None:
        await app.ask("boat")
        await app.press("tab", "f")
        await app.until(lambda: "b.txt" in "\n".join(app.lines()))
        rows = [line for line in app.lines() if "committees.txt" in line]
        assert len(rows) == 1
        assert " 1  …" in rows[0]
        assert "-and-its-committees.txt" in rows[0]

    drive(scenario, str(tmp_path), size=(40, 20))


def test_answers_are_limited_to_a_range_of_days(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("which boat leaves")
        await app.press("tab", "f", "tab", *"soon", "enter")
        assert "no such day: soon" in "".join(app.lines())
        await app.press(*["backspace"] * 4, *"2021-01-01", "tab", *"2021-12-31", "enter")
        await app.until(lambda: app.answered)
        answer = app.screen.session.answer
        assert answer is not None
        assert [each.passage.date for each in answer.excerpts] == ["2021-05-01"]
        assert "since 2021-01-01 until 2021-12-31 ✕" in app.words
        await app.press("f2", "enter")
        await app.until(lambda: app.answered and "✕" not in app.words)

    drive(scenario, folder)


def test_without_a_question_all_passages_are_counted(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.press("tab", "f")
        options = app.app.screen.query_one(OptionList)
        await app.until(lambda: options.option_count == 7)
        await app.press(*"xyz", "enter")
        assert "No document with a passage" in "".join(app.lines())
        await app.press(*["backspace"] * 3)
        assert "Enter chooses" in "".join(app.lines())
        await app.pilot.click(OptionList, offset=(4, 2))
        assert not isinstance(app.app.screen, FilterScreen)
        assert app.words.startswith("in ")

    drive(scenario, folder)
