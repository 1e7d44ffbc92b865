"""Errors that must not end the app, and text that must not reach the terminal unsanitised."""

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import Key
from textual.message import Message

from briefqa.assistant import Assistant
from briefqa.documents import Document, load
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui import background
from briefqa.tui.answer_cards import Card, lay_out_cards
from briefqa.tui.app import BriefqaApp
from briefqa.tui.fields import QuestionField
from briefqa.tui.keys import GROUPS
from briefqa.tui.session import OpenCorpus
from briefqa.tui.status_line import TITLES
from briefqa.tui.text_rows import display_text
from briefqa.tui.worker import BackgroundWorker
from conftest import BRIEFING
from fuzz.targets import CONTROLS
from test_formats import WRITERS
from tui import Driver, drive

MEETING = "when will they meet"
SHARE = 1500
"""Characters of each of the documents that together contain all code points."""


@contextmanager
def suspend(_: BriefqaApp) -> Iterator[None]:
    yield


def test_a_worker_whose_result_is_there_is_not_busy() -> None:
    # Else no question to start with is suggested: the suggestions end while documents are read.
    done = Event()
    busy = []

    def post(_: Message) -> None:
        busy.append(worker.is_busy)
        done.set()

    worker = BackgroundWorker(post)
    worker.run(Message)
    assert done.wait(30)
    assert busy == [False]


@pytest.mark.parametrize("editor", ["it's", "'", "/no/such/editor"])
def test_an_editor_that_cannot_be_opened_is_told(
    monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    monkeypatch.setattr(BriefqaApp, "suspend", suspend)

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "e")
        assert app.app.is_running
        assert "cannot open" in app.notices[-1]

    drive(scenario)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other viewers")
def test_a_document_that_no_editor_shows_is_opened_in_a_viewer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, opened = tmp_path / "b.pdf", tmp_path / "opened"
    path.write_bytes(WRITERS["b.pdf"][0]())
    monkeypatch.setenv("PATH", str(tmp_path))

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "e")
        assert "cannot open xdg-open" in app.notices[-1]
        (tmp_path / "xdg-open").write_text(f'#!/bin/sh\necho "$@" > {opened}\n')
        (tmp_path / "xdg-open").chmod(0o700)
        await app.press("e")
        assert opened.read_text() == f"{path}\n"

    drive(scenario, str(path))


def test_what_was_piped_in_is_not_edited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    monkeypatch.setenv("VISUAL", f"touch {opened}")
    monkeypatch.setattr(BriefqaApp, "suspend", suspend)
    with open(BRIEFING, encoding="utf-8") as piped:
        monkeypatch.setattr(sys, "stdin", piped)

        async def scenario(app: Driver) -> None:
            await app.ask(MEETING)
            await app.press("enter", "e")
            assert "standard input cannot be opened" in app.notices[-1]

        drive(scenario, "-")
    assert not opened.exists()


def test_what_was_piped_in_stays_where_the_documents_are_to_be_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with open(BRIEFING, encoding="utf-8") as piped:
        monkeypatch.setattr(sys, "stdin", piped)

        async def scenario(app: Driver) -> None:
            await app.press("f5")
            assert "only once" in app.notices[-1]
            await app.ask(MEETING)
            assert "●" in app.status

        drive(scenario, "-")


def test_what_is_wrong_with_the_documents_is_told_until_it_is_mended(tmp_path: Path) -> None:
    async def scenario(app: Driver) -> None:
        for keys in ("s", "h", "escape", "x"):
            await app.press(keys)
            assert "a folder without documents" in app.status
        (tmp_path / "a.txt").write_text("Forty ships were counted.\n")
        app.screen.check_documents()
        await app.until(lambda: app.screen.corpus)
        await app.ask("how many ships")
        assert "●" in app.status

    drive(scenario, str(tmp_path))


def test_what_is_typed_before_anything_has_the_focus_is_not_lost() -> None:
    async def scenario(app: Driver) -> None:
        field = app.screen.query_one(QuestionField)
        app.screen.set_focus(None)
        for character in "toyota":
            app.app.post_message(Key(character, character))
        app.app.post_message(Key("f9", None))
        await app.until(lambda: field.value == "toyota")
        assert app.focused == "question"
        await app.until(lambda: app.answered)
        await app.press("enter", "j")
        assert field.value == "toyota"

    drive(scenario)


def test_the_answer_stays_while_a_later_one_is_searched() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("toyota")
        earlier = app.screen.session.answer
        gate = Event()
        assert app.screen.corpus
        assistant: Any = app.screen.corpus.assistant
        ask = assistant.ask

        def ask_late(*words: Any, **options: Any) -> Any:
            gate.wait(20)
            return ask(*words, **options)

        assistant.ask = ask_late
        app.screen.query_one("#question").value = MEETING  # type: ignore[attr-defined]
        await app.until(lambda: "Searching" in app.status)
        assert app.screen.session.answer is earlier
        gate.set()
        await app.until(lambda: app.answered)
        assert "Searching" not in app.status

    drive(scenario)


@pytest.fixture
def two_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of two documents, only the first of which is shown before a question is asked."""
    monkeypatch.setattr(background, "suggest_questions", lambda *_: None)
    for name in ("a", "b"):
        text = f"The title\n\nForty ships were in {name}.\n\nNobody knows.\n"
        (tmp_path / f"{name}.txt").write_text(text)
    return str(tmp_path)


def test_a_document_is_read_beside_the_screen_which_shows_the_passage_meanwhile(
    two_documents: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, readers = Event(), []
    read = Assistant.document

    def read_late(assistant: Assistant, path: str) -> Document:
        readers.append(current_thread())
        if path.endswith("b.txt"):
            gate.wait(20)
        return read(assistant, path)

    async def scenario(app: Driver) -> None:
        field = app.screen.query_one(QuestionField)
        field.value = "how many ships were in b"
        await app.until(lambda: "b.txt · loading" in str(app.document.border_title))
        assert app.document.document
        assert app.document.document.text == "Forty ships were in b."
        assert any("3 Forty ships were in b." in line for line in app.lines())
        field.value = "how many ships were in a"
        await app.until(lambda: "a.txt · " in str(app.document.border_title))
        assert app.document.document.text[:].startswith("The title")
        field.value = "how many ships were in b"
        await app.until(lambda: "b.txt · loading" in str(app.document.border_title))
        gate.set()
        await app.until(lambda: app.loaded)
        assert app.document.document.text[:].startswith("The title")
        assert "loading" not in str(app.document.border_title)
        assert main_thread() not in readers

    monkeypatch.setattr(Assistant, "document", read_late)
    drive(scenario, two_documents)


def test_the_passage_stays_where_its_document_is_gone(two_documents: str) -> None:
    async def scenario(app: Driver) -> None:
        Path(two_documents, "b.txt").unlink()
        await app.ask("how many ships were in b")
        assert "cannot be read" in str(app.document.border_title)
        assert any("3 Forty ships were in b." in line for line in app.lines())

    drive(scenario, two_documents)


def test_threads_may_read_documents_at_the_same_time(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{number}.txt") for number in range(40)]
    for path in paths:
        Path(path).write_text(f"It is {path}.\n")
    corpus = OpenCorpus(Assistant.open(paths))

    def look(number: int) -> None:
        for path in random.Random(number).choices(paths, k=300):
            document = corpus.document(path)
            assert document
            assert document.path == path
            assert (corpus.cached(path) or document) == document

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(look, range(4)))
    finally:
        sys.setswitchinterval(before)


def test_weak_answers_are_told_from_answers() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("who is the president of the factory in narnia")
        answer = app.screen.session.answer
        assert answer is not None
        assert "may not answer" in app.status
        assert app.answers.border_title == TITLES[answer.status] == "Closest passages"

    drive(scenario)


def test_each_key_is_remapped_by_its_id() -> None:
    ids = [each.id for group in GROUPS for each in group.bindings if each.id]

    async def scenario(app: Driver) -> None:
        app.app.set_keymap({each: f"f{number + 13}" for number, each in enumerate(ids)})
        await app.ask(MEETING)
        app.screen.action_pin()
        remapped = set()
        for place in ("#question", "#chips", "#answers", "#document", "#find", "#place"):
            widget = app.screen.query_one(place)
            widget.display = widget.can_focus = True
            widget.focus()
            await app.pilot.pause()
            for key, active in app.app.screen.active_bindings.items():
                if active.binding.id in ids:
                    remapped.add(active.binding.id)
                    assert key == f"f{ids.index(active.binding.id) + 13}"
        inactive = (".print", ".starter")
        assert set(ids) - remapped == {each for each in ids if each.endswith(inactive)}

    drive(scenario)


def texts(end: int) -> Iterator[str]:
    """Yield texts that together contain all code points below a limit."""
    for start in range(0, end, SHARE):
        yield "".join(map(chr, range(start, min(start + SHARE, end))))


def test_each_code_point_is_displayed_safely() -> None:
    shown = {each for text in texts(sys.maxunicode + 1) for each in display_text(text)[0]}
    assert CONTROLS.isdisjoint(map(ord, shown))
    assert len(shown) > 1_000_000


def test_each_code_point_that_may_control_is_drawn_safely() -> None:
    document = load([BRIEFING]).documents[0]

    async def scenario(app: Driver) -> None:
        view = app.document
        drawn: set[str] = set()
        for text in texts(0x10000):
            view.show(document._replace(text=text, title="", blocks=()))
            for y in range(min(view.virtual_size.height, view.size.height)):
                drawn.update(view.render_line(y).text)
            for row in lay_out_cards([Card(text)], 60):
                drawn.update(row.text)
        assert CONTROLS.isdisjoint(map(ord, drawn))
        assert len(drawn) > 60_000

    drive(scenario, size=(200, 50))


@given(text=st.text(alphabet="ab 日é\u0301👩\x1b", max_size=200), width=st.integers(14, 40))
def test_cards_are_no_wider_than_told(text: str, width: int) -> None:
    span = Span(0, min(3, len(text)))
    safe = sanitise_name(text)
    card = Card(text, (span,), span, ":12", heading=safe, title=safe, name=safe or "a")
    for row in lay_out_cards([card, card], width):
        aside = cell_len(row.aside) + 1 if row.aside else 0
        assert cell_len(row.text.rstrip()) + aside <= width
        assert all(match.end <= len(row.text) for match in row.matches)


def test_an_error_that_nobody_foresaw_is_told_and_the_next_question_answered() -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: app.screen.corpus is not None)
        assert app.screen.corpus
        assistant: Any = app.screen.corpus.assistant
        ask = assistant.ask

        def fail(*_: Any, **__: Any) -> Any:
            assistant.ask = ask
            raise ZeroDivisionError("by chance")

        assistant.ask = fail
        app.screen.query_one("#question").value = MEETING  # type: ignore[attr-defined]
        await app.until(lambda: "ZeroDivisionError: by chance" in app.status)
        await app.ask("toyota")
        assert app.answered

    drive(scenario)
