"""Reopening where the last session ended."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.widgets import Input

from briefqa import Assistant
from briefqa.answers import WordLookup
from briefqa.cli.app_command import _launch_options, parser
from briefqa.configuration import Values
from briefqa.corpus import Corpus, DocumentScope, exact_pattern
from briefqa.documents import Selection
from briefqa.tui import storage
from briefqa.tui.pins_screen import PinsScreen
from briefqa.tui.places import Pin
from briefqa.tui.session import AskRequest
from briefqa.tui.settings import SESSION_FILE
from briefqa.tui.storage import (
    LastSession,
    TextPlace,
    read_last_session,
    write_last_session,
)
from conftest import BRIEFING
from tui import Driver, drive

SESSION = LastSession(
    Corpus(("notes", "/abs"), 99, Selection(("*.md",), (), use_ignore_files=False)),
    "/work",
    AskRequest(
        "when? +x",
        literal=True,
        scope=DocumentScope(date(2024, 1, 2), None, ("*.md",)),
        includes="notes/a.md",
    ),
    TextPlace("/work/notes/a.md", 17),
    TextPlace("/work/notes/a.md", 3),
)


def a_pin(question: str = "When will they meet?", rank: int = 1) -> Pin:
    answer = Assistant.open(BRIEFING).ask(question)
    return Pin(AskRequest(question), answer, rank - 1, (WordLookup("meet", 3),))


def read(path: Path) -> tuple[LastSession | None, list[str]]:
    notices: list[str] = []
    return read_last_session(path, notices.append), notices


def test_a_session_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "state" / "session.json"
    assert read(path) == (None, [])
    for session in (SESSION, SESSION._replace(passage=None, top=None)):
        assert write_last_session(path, session)
        assert read(path) == (session, [])
    assert path.stat().st_mode & 0o077 == 0
    pins = (a_pin(), a_pin(rank=2))
    assert write_last_session(path, SESSION._replace(pins=pins))
    # Each pin is stored once, without the other excerpts of its answer.
    assert read(path) == (SESSION._replace(pins=tuple(pin.alone() for pin in pins)), [])
    for corpus in (Corpus(("-",)), Corpus(location="https://user:word@host/index")):
        assert not write_last_session(tmp_path / "none", SESSION._replace(corpus=corpus))


def leaves(stored: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths of all values of a JSON text."""
    yield path
    if isinstance(stored, dict | list):
        pairs = stored.items() if isinstance(stored, dict) else enumerate(stored)
        for key, value in pairs:
            yield from leaves(value, (*path, key))


@settings(max_examples=60)
@given(
    st.data(),
    st.none() | st.integers() | st.floats() | st.just([]) | st.just({}) | st.text(max_size=3),
)
def test_a_damaged_session_is_told_and_ignored(data: st.DataObject, value: object) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "session.json")
        write_last_session(path, SESSION._replace(pins=(a_pin(),)))
        stored = json.loads(path.read_text())
        *above, last = data.draw(st.sampled_from([*leaves(stored)][1:]))
        within = stored
        for key in above:
            within = within[key]
        within[last] = value
        path.write_text(json.dumps(stored))
        session, notices = read(path)
        assert all("damaged" in notice and str(path) in notice for notice in notices)
        # What is read is as sound as what was written: it can be seen from elsewhere and written.
        if session:
            assert all(pin.visit and pin.alone() for pin in session.seen_from("/home").pins)
            write_last_session(path, session)


@pytest.mark.parametrize("number", [-2, -1, 1])
def test_a_pin_of_no_excerpt_is_told_and_ignored(tmp_path: Path, number: int) -> None:
    path = tmp_path / "session.json"
    write_last_session(path, SESSION._replace(pins=(a_pin(),)))
    stored = json.loads(path.read_text())
    stored["pins"][0]["number"] = number
    path.write_text(json.dumps(stored))
    session, (notice,) = read(path)
    assert session is None
    assert "damaged" in notice


@pytest.mark.parametrize("text", ["{", "[]", "[" * 100_000, '{"version": 2}', "\udcff", "null"])
def test_what_is_no_session_is_told_and_ignored(tmp_path: Path, text: str) -> None:
    path = tmp_path / "session.json"
    path.write_text(text, errors="surrogateescape")
    session, (notice,) = read(path)
    assert session is None
    assert "damaged" in notice


def test_the_session_of_another_version_is_read_or_told(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    write_last_session(path, SESSION)
    stored = json.loads(path.read_text())
    # The first version had no pins.
    del stored["pins"]
    path.write_text(json.dumps(stored | {"version": 1}))
    assert read(path) == (SESSION, [])
    path.write_text(json.dumps({"version": 1, "paths": ["notes"]}))
    session, (notice,) = read(path)
    assert session is None
    assert "of another version" in notice
    assert str(path) in notice


def test_relative_paths_are_right_in_another_folder() -> None:
    pattern = exact_pattern("notes/a[1].md")
    session = SESSION._replace(
        corpus=Corpus(("notes",)),
        request=AskRequest(
            "x", scope=DocumentScope(patterns=(pattern, "*.md")), includes="notes/b.md"
        ),
    )
    assert session.seen_from("/work") is session
    seen = session.seen_from("/home")
    assert seen.corpus.paths == ("/work/notes",)
    assert seen.request.scope.patterns == (exact_pattern("/work/notes/a[1].md"), "*.md")
    assert seen.request.includes == "/work/notes/b.md"
    relative = session._replace(pins=(a_pin(),)).seen_from("/home").pins
    assert [pin.excerpt.passage.path for pin in relative] == [f"/work/{BRIEFING}"]
    absolute = session._replace(corpus=Corpus(("/abs",)))
    assert absolute.seen_from("/home") is absolute


def options(*arguments: str) -> tuple[SimpleNamespace, list[str]]:
    return parser().parse(list(arguments))


def test_only_a_bare_command_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "state_folder", lambda: tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    last = LastSession(Corpus((BRIEFING,)), os.getcwd(), AskRequest("who"))
    gone = last._replace(corpus=Corpus((str(tmp_path / "x"),)))
    notices: list[str] = []

    def launch(*arguments: str, values: Values = Values()) -> LastSession | None:  # noqa: B008
        return _launch_options(*options(*arguments), values, notices).last_session

    write_last_session(tmp_path / SESSION_FILE, last)
    assert launch() == last
    assert launch("--fresh") is None
    assert launch("--no-history") is None
    assert launch("--literal") is None
    assert launch(BRIEFING) is None
    assert launch(values=Values(paths=(BRIEFING,))) == last
    assert launch(values=Values(paths=(str(tmp_path),))) is None
    assert not notices
    write_last_session(tmp_path / SESSION_FILE, gone)
    assert launch() is None
    assert "are gone" in notices.pop()
    write_last_session(tmp_path / SESSION_FILE, gone._replace(pins=(a_pin(),)))
    left = launch()
    assert left is not None
    assert left.corpus.paths != gone.corpus.paths
    assert left.pins == (a_pin().alone(),)
    assert launch("--fresh") is None


def test_a_session_goes_on_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "boats.md"
    path.write_text("".join(f"Boat {number} leaves at noon.\n\nMore.\n\n" for number in range(99)))
    other = tmp_path / "other.md"
    other.write_text("A boat leaves.\n")
    state = tmp_path / "state"
    seen: list[object] = []

    def text(app: Driver) -> str:
        excerpt = app.screen.session.excerpt
        return excerpt.passage.text if excerpt else ""

    async def leave(app: Driver) -> None:
        await app.ask("which boat leaves +noon")
        app.screen.set_scope(DocumentScope(patterns=("boats.md",)))
        await app.until(lambda: app.answered and app.loaded)
        await app.press("down", "down", "enter", "j", "j", "j", "j", "j")
        seen.extend([app.screen.session.selected, text(app), app.document.top])
        await app.press("ctrl+q")

    async def go_on(app: Driver) -> None:
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.query_one("#question", Input).value == "which boat leaves +noon"
        assert "in boats.md ✕" in app.words
        session = app.screen.session
        assert [session.selected, text(app), app.document.top] == seen
        assert app.focused == "question"
        await app.ask("which boat")
        assert session.selected == 0

    drive(leave, str(tmp_path), state=state, size=(100, 24))
    last, notices = read(state / SESSION_FILE)
    assert not notices
    drive(go_on, str(tmp_path), state=state, size=(100, 24), last_session=last)


def test_the_latest_pins_that_have_room_are_stored(tmp_path: Path) -> None:
    pin = a_pin()
    excerpt = pin.excerpt
    long = excerpt._replace(passage=excerpt.passage._replace(text="\N{FISH}" * 9000))
    pins = tuple(
        Pin(AskRequest(f"{number}"), pin.answer._replace(excerpts=(long,)), 0)
        for number in range(30)
    )
    path = tmp_path / "session.json"
    assert write_last_session(path, SESSION._replace(pins=pins))
    assert path.stat().st_size < storage.SIZE_LIMIT
    session, _ = read(path)
    assert session is not None
    assert 0 < len(session.pins) < len(pins)
    assert session.pins == pins[-len(session.pins) :]


def test_pins_come_back_and_say_that_their_documents_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, state = tmp_path / "notes", tmp_path / "state"
    notes.mkdir()
    (notes / "boats.md").write_text("The boat leaves at noon.\n")
    (notes / "ice.md").write_text("The harbour is free of ice.\n")
    monkeypatch.chdir(notes)

    async def leave(app: Driver) -> None:
        for question in ("when does the boat leave", "which harbour is free of ice"):
            await app.ask(question)
            await app.press("enter", "space", "escape")
        await app.press("ctrl+q")

    async def go_on(app: Driver) -> None:
        await app.press("tab", "p")
        assert isinstance(app.app.screen, PinsScreen)
        lines = app.lines()
        await app.until(lambda: "not among the documents" in "\n".join(app.lines()))
        shown = "\n".join(app.lines())
        assert "boats.md:1 · not among the documents" in shown
        assert shown.count("not among") == 1
        assert "ice.md:1 · changed since" in shown
        # The list stays where it was.
        assert [line[:40] for line in app.lines()] == [line[:40] for line in lines]
        await app.press("enter")
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.session.request.question == "when does the boat leave"
        await app.press("ctrl+q")

    drive(leave, ".", state=state)
    (notes / "boats.md").unlink()
    (notes / "ice.md").write_text("The harbour is hardly free of ice.\n")
    last, notices = read(state / SESSION_FILE)
    assert last is not None
    drive(go_on, ".", state=state, last_session=last)
    again, more = read(state / SESSION_FILE)
    assert again is not None
    assert again.pins == last.pins
    assert not (*notices, *more)


def test_a_session_whose_documents_changed_shows_the_best_answer(tmp_path: Path) -> None:
    gone = TextPlace(str(tmp_path / "gone.md"), 0)
    last = SESSION._replace(request=AskRequest("when will they meet"), passage=gone, top=gone)

    async def scenario(app: Driver) -> None:
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.session.selected == 0
        await app.press("ctrl+q")

    drive(scenario, state=tmp_path, last_session=last)
    stored, _ = read(tmp_path / SESSION_FILE)
    assert stored is not None
    assert stored.passage is not None
    assert stored.passage.path.endswith(".txt")
