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
        ("none.txt", 0),
    ]
    assert [each.name for each in found if not each.is_document] == ["sub/", "sub/deep/"]
    assert scope_text(DocumentScope(patterns=found[0].patterns), "in/") == "in sub"
    assert {each.passages for each in find_facets(entries, None, "in/")} == {10, 20}
    assert matching_facets(found, "DEEP c") == [found[4]]
    assert matching_facets(found, " ") == [Facet("All documents"), *found]
    assert matching_facets(found, "sub/*.txt") == [Facet("sub/*.txt", ("sub/*.txt",))]


@pytest.mark.parametrize(
    ("words", "patterns"),
    [
        ("courier", ("/in/*courier*", "/in/*Courier*")),
        ("COUR 24", ("/in/*24*cour*", "/in/*Cour*24*")),
        ("cou our .", ("/in/*cour*.*", "/in/*Cour*.*")),
        ("1] courier", ("/in/*courier*1]*",)),
    ],
)
def test_words_stand_for_all_documents_that_have_them(
    words: str, patterns: tuple[str, ...]
) -> None:
    names = ["24/courier/a.txt", "25/courier/a[1].txt", "Courier-24.txt", "26/courier/a[1].txt"]
    paths = [f"in/{name}" for name in [*names, "24/herald.txt"]]
    facets = find_facets([DocumentEntry(path, path, 2) for path in paths], None, "in/")
    first, *rest = matching_facets(facets, words, "in/")
    assert sorted(first.patterns) == sorted(patterns)
    documents = {f"in/{each.name}" for each in rest if each.is_document}
    assert first.name == f"All {len(documents)} documents with these words"
    assert first.passages == 2 * len(documents)
    scope = DocumentScope(patterns=first.patterns)
    assert {path for path in paths if scope.names(path)} == documents
    assert not scope.names("courier-24/a[1].txt")
    assert matching_facets(facets, "herald", "in/")[0].name == "24/herald.txt"


@given(st.lists(st.text("aAbßİ*[/", min_size=1), min_size=2, max_size=5, unique=True))
def test_all_documents_with_a_word_are_those_that_have_it(names: list[str]) -> None:
    facets = [Facet(name, (exact_pattern(name),), 1, is_document=True) for name in names]
    found = matching_facets(facets, "a")
    if len(found) > 1:
        scope = DocumentScope(patterns=found[0].patterns)
        assert all(scope.names(each.name) for each in found[1:])
        others = [each for each in facets if each not in found]
        assert not any(scope.names(each.name) for each in others)


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
        await app.press("down")
        await app.pilot.resize_terminal(40, 20)
        assert app.app.screen.query_one(OptionList).highlighted == 1
        rows = [line for line in app.lines() if "committees.txt" in line]
        assert len(rows) == 1
        assert " 1  …" in rows[0]
        assert "-and-its-committees.txt" in rows[0]

    drive(scenario, str(tmp_path), size=(120, 40))


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
        assert "No document has these words" in "".join(app.lines())
        await app.press(*["backspace"] * 3)
        assert "Enter chooses" in "".join(app.lines())
        await app.pilot.click(OptionList, offset=(4, 2))
        assert not isinstance(app.app.screen, FilterScreen)
        assert app.words.startswith("in ")

    drive(scenario, folder)


def test_a_document_is_opened_without_a_question(folder: str) -> None:
    async def scenario(app: Driver) -> None:
        def shown() -> str:
            document = app.document.document
            return document.path[len(folder) :] if document else ""

        async def choose(*keys: str) -> None:
            await app.press("tab", "f")
            options = app.app.screen.query_one(OptionList)
            await app.until(lambda: options.option_count > 1)
            await app.press(*keys, "enter")
            await app.until(lambda: app.loaded)

        await app.until(lambda: shown() == "/north/0.md")
        await choose(*"south", "down")
        assert (shown(), app.focused) == ("/south/boat[1].md", "document")
        assert any("The boat leaves the boat yard." in line for line in app.lines())
        await app.press("escape", "escape")
        assert (shown(), app.focused) == ("/south/boat[1].md", "question")
        # A folder shows its first document, and leaves the focus where it was.
        await choose(*"north")
        assert (shown(), app.focused) == ("/north/0.md", "answers")
        # Of a question that no passage matches, as of one that another document answers.
        await app.press("escape", "escape")
        await app.ask("zebra")
        assert "Tab, then f opens one" in " ".join(app.lines())
        await choose(*"2.md")
        await app.until(lambda: app.answered and app.focused == "document")
        assert shown() == "/north/2.md"
        await app.press("escape", "escape")
        await app.ask("boat yard")
        await choose(*"1.md")
        await app.until(lambda: app.answered and app.loaded)
        assert (shown(), app.focused) == ("/north/1.md", "answers")

    drive(scenario, folder)
