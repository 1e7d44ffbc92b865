"""Pins and exports of the app: what is kept across questions, and the files it is written to."""

import csv
import json
import os
from pathlib import Path

import pytest
from textual.widgets import Static

from briefqa import Assistant
from briefqa.errors import OutputError
from briefqa.output import FORMATS, Layout, Reply
from briefqa.tui import places
from briefqa.tui.export import export_answers, export_path, markdown_quotation, write_new
from briefqa.tui.export_screen import ExportScreen
from briefqa.tui.pins_screen import PinsScreen
from briefqa.tui.places import Pin, Pins
from briefqa.tui.session import AskRequest
from conftest import BRIEFING, ROOT
from tui import Driver, drive

MEETING = "When will they meet?"
REPAIR = "What will Japanese companies be allowed to repair?"
FACTORY = "Where is Toyota planning a factory?"


@pytest.fixture(scope="module")
def briefing() -> Assistant:
    return Assistant.open(ROOT / BRIEFING)


def a_pin(briefing: Assistant, question: str, number: int = 0) -> Pin:
    return Pin(AskRequest(question), briefing.ask(question), number)


def test_pins_are_grouped_by_question_and_each_sentence_is_pinned_once(
    briefing: Assistant,
) -> None:
    pins = Pins()
    kept = [(MEETING, 1), (REPAIR, 0), (MEETING, 0)]
    assert all(pins.toggle(a_pin(briefing, *each)) for each in kept)
    assert [(pin.answer.question, pin.number) for pin in pins] == [
        (MEETING, 1),
        (MEETING, 0),
        (REPAIR, 0),
    ]
    meeting, repair = pins.answers()
    assert [excerpt.rank for excerpt in meeting.excerpts] == [1, 2]
    assert repair.excerpts == (briefing.ask(REPAIR).excerpts[0],)
    assert not pins.toggle(a_pin(briefing, REPAIR))
    assert (len(pins), len(pins.excerpts)) == (2, 2)


def test_no_more_are_pinned_than_can_be_compared(
    briefing: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "PIN_LIMIT", 1)

    async def scenario(app: Driver) -> None:
        await app.press("tab", "p")
        assert app.notices == [places.NO_PINS]
        await app.press("y")
        assert app.notices[-1] == "No answer is selected."
        assert "p Pins" not in app.lines()[-1]
        await app.press("escape")
        await app.ask(MEETING)
        await app.press("tab", "space", "down", "space")
        assert "answers are pinned: press p, then Space" in app.notices[-1]
        await app.press("up", "space")
        assert app.notices[-1] == "Removed the pin."

    drive(scenario)


def test_a_quotation_has_the_words_of_the_answer_and_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a <b>.md"
    path.write_text("# Locks\n\nTo open the lock:\n\n1. Ring twice_.\n2. Wait.\n")
    excerpt = Assistant.open(path).ask("how do I open the lock").excerpts[0]
    quotation = markdown_quotation(excerpt)
    assert "> 1\\. Ring twice\\_.\\\n> 2\\. Wait." in quotation
    assert quotation.splitlines()[-1].startswith("> — Locks, [")
    assert f"(<{tmp_path}/a %3Cb%3E.md>)" in quotation


@pytest.mark.parametrize("suffix", ["md", "json", "csv"])
def test_answers_are_written_in_the_format_of_the_name(
    briefing: Assistant, tmp_path: Path, suffix: str
) -> None:
    answers = [briefing.ask(MEETING), briefing.ask(FACTORY)]
    path = tmp_path / f"notes.{suffix}"
    export_answers(answers, path)
    written = path.read_text(encoding="utf-8")
    if suffix == "json":
        assert [each["question"] for each in json.loads(written)] == [MEETING, FACTORY]
    elif suffix == "csv":
        rows = list(csv.DictReader(written.splitlines()))
        assert {row["question"] for row in rows} == {MEETING, FACTORY}
        assert {row["path"] for row in rows} == {str(ROOT / BRIEFING)}
    else:
        replies = [Reply(answer) for answer in answers]
        assert written == "".join(FORMATS["markdown"].render(replies, Layout()))
        assert f"{BRIEFING}:9".replace("_", "\\_") in written
    assert os.listdir(tmp_path) == [path.name]


def test_an_export_never_touches_what_is_there_unless_it_is_to(
    briefing: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        export_answers([], path)
    assert path.read_text() == "mine"
    link = tmp_path / "link.md"
    link.symlink_to(path)
    export_answers([briefing.ask(MEETING)], link, replace=True)
    assert "April 10, 2023" in path.read_text(encoding="utf-8")
    assert link.is_symlink()
    with pytest.raises(OutputError, match="no such file"):
        export_answers([], tmp_path / "none" / "notes.md")
    assert sorted(os.listdir(tmp_path)) == ["link.md", "notes.md"]


def test_without_hard_links_a_file_is_written_but_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(source: Path, target: Path) -> None:
        raise PermissionError(target)

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "notes.md"
    write_new(path, "one", replace=False)
    with pytest.raises(FileExistsError):
        write_new(path, "two", replace=False)
    assert path.read_text() == "one"


@pytest.mark.parametrize("name", ["", "notes", "notes.txt", "  "])
def test_a_name_that_stands_for_no_format_is_refused(name: str) -> None:
    with pytest.raises(OutputError, match=r"\.md, \.json, \.csv"):
        export_path(name)
    assert export_path(" Notes.MD ") == Path("Notes.MD")


def test_pins_stay_across_questions_and_are_compared() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("tab", "space")
        assert "★" in "\n".join(app.lines())
        assert app.notices[-1] == "Pinned; p compares 1 pin."
        assert "p Pins" in app.lines()[-1]
        await app.press("escape")
        await app.ask(FACTORY)
        await app.press("enter", "space", "p")
        assert isinstance(app.app.screen, PinsScreen)
        shown = "\n".join(app.lines())
        for text in (MEETING, "April 10, 2023", FACTORY, "North Carolina", f"{BRIEFING}:9"):
            assert text in shown
        await app.press("j", "k", "c")
        assert app.app.clipboard.startswith("> Prime Minister Fumio Kishida")
        # Enter goes to the question, the answer and its place.
        await app.press("enter")
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.session.request.question == MEETING
        assert app.focused == "document"
        await app.press("ctrl+o")
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.session.request.question == FACTORY
        await app.press("p", "space", "space", "space")
        assert "Nothing is pinned" in "\n".join(app.lines())
        await app.press("c", "escape")
        assert "★" not in "\n".join(app.lines())

    drive(scenario)


def test_a_pin_that_is_chosen_then_removed_at_once_is_gone_to() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "space", "p")
        app.burst("enter", "space")
        await app.until(lambda: app.app.screen is app.screen)
        assert app.screen.session.request.question == MEETING
        assert not app.screen.pins

    drive(scenario)


def test_a_pin_is_removed_by_the_same_key() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "c")
        assert app.app.clipboard == markdown_quotation(app.screen.session.excerpt)  # type: ignore[arg-type]
        await app.press("space", "space")
        assert app.notices[-1].startswith("Removed the pin")
        assert not app.screen.pins
        await app.press("p")
        assert app.app.screen is app.screen

    drive(scenario)


def test_without_a_working_folder_an_export_says_so_and_the_app_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise FileNotFoundError

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter")
        monkeypatch.setattr(os, "getcwd", gone)
        await app.press("ctrl+s")
        assert "The working folder is gone: type a whole path" in "\n".join(app.lines())
        await app.press("escape", "ctrl+q")

    drive(scenario, str(ROOT / BRIEFING), state=tmp_path)


def test_an_export_asks_for_the_file_and_before_it_replaces_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(ROOT / BRIEFING)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefqa.md").write_text("mine")

    async def scenario(app: Driver) -> None:
        def note() -> str:
            return str(app.app.screen.query_one("#file-note", Static).content)

        await app.press("ctrl+s")
        assert "nothing to export" in app.notices[-1]
        for question in (MEETING, FACTORY):
            await app.ask(question)
            await app.press("enter", "escape")
        await app.press("tab", "space", "ctrl+s")
        assert isinstance(app.app.screen, ExportScreen)
        assert "● 1 pinned answer" in "\n".join(app.lines())
        assert note() == f"A name that ends in .md, .json or .csv, in {tmp_path}"
        await app.press("enter")
        await app.until(lambda: "exists. Enter again" in note())
        await app.press("x", "enter")
        assert "expected a name that ends in .md, .json, .csv" in note()
        await app.press("backspace", *"briefqa.md", "enter")
        await app.until(lambda: "exists" in note())
        assert (tmp_path / "briefqa.md").read_text() == "mine"
        await app.press("down", "enter")
        await app.until(lambda: "Exported" in app.notices[-1])
        assert app.notices[-1] == "Exported 2 questions of the session to briefqa.md."
        await app.press("ctrl+s", *"no/x.csv", "enter")
        await app.until(lambda: "no such file" in note())
        await app.press(*["backspace"] * 8, *"x.csv", "enter")
        await app.until(lambda: (tmp_path / "x.csv").exists())

    drive(scenario, path)
    written = (tmp_path / "briefqa.md").read_text()
    assert written.count("## ") == 2
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text().splitlines()))
    assert [row["question"] for row in rows] == [FACTORY]
