"""The app as a user sees it: each key and each state."""

import asyncio
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input, Static

from briefqa.answers import WordLookup
from briefqa.assistant import Assistant
from briefqa.corpus import Corpus, DocumentScope
from briefqa.tui import background, document_pane, document_view
from briefqa.tui.advice import no_match_advice
from briefqa.tui.app import BriefqaApp
from briefqa.tui.ask_screen import AskScreen
from briefqa.tui.background import (
    TOP,
    CorpusOpened,
    QuestionAnswered,
    QuestionSuggested,
    ReadingProgress,
    open_documents,
)
from briefqa.tui.dialogs import HistoryScreen
from briefqa.tui.document_view import DocumentView
from briefqa.tui.fields import FindField, QuestionField
from briefqa.tui.help_screen import HelpScreen
from briefqa.tui.keys import GROUPS
from briefqa.tui.session import AskRequest
from briefqa.tui.settings import DEFAULT_THEME
from briefqa.tui.text_rows import WrappedText
from conftest import BRIEFING, GOLDEN_WRITING, ROOT
from tui import Driver, drive

MEETING = "when will they meet"
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
@pytest.mark.parametrize("question", ["", MEETING])
def test_the_screen_is_as_it_was(size: tuple[int, int], question: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: len(app.offered) >= 3)
        if question:
            await app.ask(question)
        frame = "\n".join(app.lines()) + "\n"
        path = GOLDEN / f"app-{'answered' if question else 'start'}-{size[0]}x{size[1]}.txt"
        if GOLDEN_WRITING:
            path.write_text(frame, encoding="utf-8", newline="\n")
        assert frame == path.read_text(encoding="utf-8")

    drive(scenario, size=size)


def test_answers_follow_the_typing() -> None:
    async def scenario(app: Driver) -> None:
        await app.press(*"where is toyota")
        await app.until(lambda: app.answered)
        assert "●" in app.status or "Closest" in app.status
        assert "North Carolina" in "".join(app.lines())
        assert "seeds/" in str(app.document.border_title)
        excerpt = app.screen.session.excerpt
        assert excerpt is not None
        assert excerpt.line == 17
        assert app.focused == "question"

    drive(scenario)


def test_a_word_that_is_typed_has_no_more_answers_than_a_whole_one(tmp_path: Path) -> None:
    for number in range(2 * TOP):
        (tmp_path / f"{number}.md").write_text(f"Boat {number} has a mast of wood.\n")

    async def scenario(app: Driver) -> None:
        assert app.answers.capacity > TOP
        await app.press(*"mast")
        await app.until(lambda: app.answered)
        assert app.screen.session.answer
        assert len(app.screen.session.answer.excerpts) == TOP

    drive(scenario, str(tmp_path), size=(120, 80), word_delay=600)


def test_an_answer_that_comes_too_late_is_dropped() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        answer = app.screen.session.answer
        assert answer is not None
        late = answer._replace(question="what else")
        app.screen.post_message(QuestionAnswered(AskRequest("what else"), late))
        await app.pilot.pause()
        assert app.screen.session.answer is answer

    drive(scenario)


def test_the_answers_are_chosen_while_the_typing_goes_on() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("what will japan do")
        last = len(app.screen.session.answer.excerpts) - 1 if app.screen.session.answer else 0
        await app.press("down")
        assert app.screen.session.selected == 1
        await app.press("pagedown", "pagedown")
        assert app.screen.session.selected == last
        await app.press("up", "a")
        assert app.screen.query_one(QuestionField).value == "what will japan doa"
        await app.press("backspace")
        await app.until(lambda: app.answered)
        await app.press("down", "pageup", "pageup")
        assert app.screen.session.selected == 0
        assert app.focused == "question"

    drive(scenario)


def test_enter_reads_and_escape_comes_back() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter")
        assert app.focused == "document"
        await app.press("escape")
        assert app.focused == "question"
        for key in ("i", "q"):
            await app.press("enter", key)
            assert app.focused == "question"
        assert app.screen.query_one(QuestionField).value == MEETING

    drive(scenario)


def test_escape_clears_the_question_and_never_quits() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("escape", "escape", "escape", "ctrl+c")
        assert app.notices == ["To quit, press Ctrl+Q."]
        assert app.screen.query_one(QuestionField).value == ""
        assert app.screen.session.answer is None
        assert app.app.is_running
        await app.press("ctrl+q")

    drive(scenario)


def test_the_matches_are_gone_through_across_the_document() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("what about japan")
        excerpt = app.screen.session.excerpt
        assert excerpt is not None
        await app.until(lambda: len(app.document.matches.spans) > len(excerpt.highlights))
        count = len(app.document.matches.spans)
        await app.press("enter")
        numbers = set()
        for _ in range(count):
            await app.press("n")
            numbers.add(app.document.current)
        assert numbers == set(range(count))
        before = app.document.current
        await app.press("n", "N")
        assert app.document.current == before
        assert f"{(before or 0) + 1}/{count} matches" in str(app.document.border_title)

    drive(scenario)


def test_the_document_is_scrolled_and_moves_between_answers() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("what will japan do")
        await app.press("enter", "g")
        assert app.document.scroll_offset.y == 0
        await app.press("j", "j", "k")
        assert app.document.scroll_offset.y == 1
        await app.press("G")
        bottom = app.document.scroll_offset.y
        await app.press("pageup")
        assert 0 < bottom != app.document.scroll_offset.y
        await app.press("J")
        assert app.screen.session.selected == 1
        await app.press("K")
        assert app.screen.session.selected == 0

    drive(scenario, size=(80, 20))


def test_something_else_is_found_in_the_document() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "slash", *"Energy")
        await app.until(lambda: len(app.document.matches.spans) == 1)
        assert app.focused == "find"
        await app.press("enter")
        assert app.focused == "document"
        await app.press("slash", "escape")
        await app.until(lambda: len(app.document.matches.spans) == 2)
        assert not app.screen.query_one("#find-bar").display

    drive(scenario)


def test_the_bar_tells_what_is_found_and_closes_with_the_place() -> None:
    async def scenario(app: Driver) -> None:
        bar, found = app.screen.query_one("#find-bar"), app.screen.query_one("#found", Static)
        await app.ask("what will japan do")
        await app.press("enter", "slash", *"energy")
        await app.until(lambda: str(found.content).endswith("/3 matches"))
        assert "matches" not in str(app.document.border_title)
        assert any("Find: energy" in line for line in app.lines())
        await app.press("enter", "slash", "backspace", *"izer", "enter")
        await app.until(lambda: str(found.content) == "no match")
        assert app.focused == "find"
        assert found.has_class("-none")
        for key in ("escape", "J", "K"):
            app.screen.action_find()
            await app.press(*"zzz")
            await app.until(lambda: str(found.content) == "no match")
            await app.press("enter", "shift+tab", key)
            assert not bar.display
            await app.until(lambda: "matches" in str(app.document.border_title))
        app.screen.action_find()
        await app.ask("toyota")
        assert not bar.display
        assert str(app.document.border_title).endswith("1/1 match")

    drive(scenario)


@pytest.mark.parametrize("key", ["slash", "colon"])
def test_another_answer_closes_the_bar_and_leaves_the_keys_to_the_document(key: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("planed factory")
        await app.press("enter", key, *"zzz")
        assert app.focused in ("find", "place")
        await app.press("ctrl+l")
        await app.until(lambda: app.answered and app.loaded and app.focused == "document")
        await app.press("escape")
        assert app.focused == "question"

    drive(scenario)


def test_a_text_is_found_from_where_the_reader_is(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("".join(f"Line {number} is here.\n\n" for number in range(1, 2001)))

    async def scenario(app: Driver) -> None:
        await app.ask("line 900")
        await app.press("enter", "slash", *"line")
        await app.until(lambda: len(app.document.matches.spans) == 2000)
        number = app.document.current
        assert number is not None
        assert 890 <= number <= 900
        assert f"{number + 1:,}/2,000 matches" in "".join(app.lines())

    drive(scenario, str(path))


def test_nothing_moves_the_reader_when_documents_change(tmp_path: Path) -> None:
    """Documents change under the reader: others, his own above the place, and the passage."""
    filler = "More filler.\n\n" * 30
    for number in range(5):
        text = f"{number} title\n\n{filler}The boat {number} leaves.\n\n{filler}"
        (tmp_path / f"{number}.txt").write_text(text)

    async def scenario(app: Driver) -> None:
        def reread() -> bool:
            return app.screen.session.answer is not before and app.answered and app.loaded

        await app.ask("which boat leaves")
        await app.press("down", "down", "down", "enter", "j", "j", "j")
        excerpt, place = app.screen.session.excerpt, app.document.scroll_offset.y
        assert excerpt is not None
        own = Path(excerpt.passage.path)
        changes = [
            (tmp_path / "new.txt", "A boat leaves, a boat leaves, says the boat.\n", 0),
            (own, "Another line.\n\n" + own.read_text(), 2),
        ]
        for path, text, rows in changes:
            before = app.screen.session.answer
            path.write_text(text)
            app.screen.check_documents()
            await app.until(reread)
            now = app.screen.session.excerpt
            assert now is not None
            assert now.passage.text == excerpt.passage.text
            assert now.passage.path == str(own)
            assert app.focused == "document"
            place += rows
            assert app.document.scroll_offset.y == place
            assert "changed" not in app.status
        before = app.screen.session.answer
        own.write_text(own.read_text().replace("leaves", "stays"))
        app.screen.check_documents()
        await app.until(reread)
        assert f"{own.name} changed" in app.status
        await app.press("K")
        assert "changed" not in app.status

    drive(scenario, str(tmp_path))


def test_a_document_without_an_answer_stays_where_it_is_scrolled_to() -> None:
    async def scenario(app: Driver) -> None:
        await app.press("tab", "tab", "G")
        place = app.document.scroll_offset.y
        assert place > 0
        await app.ask("zebra")
        assert app.document.scroll_offset.y == place

    drive(scenario, size=(120, 20))


def test_a_long_text_is_wrapped_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_view, "SHORT_TEXT", 100)
    monkeypatch.setattr(document_pane, "SHORT_TEXT", 100)
    wrapped_in = []
    wrap = WrappedText.__init__

    def wrap_and_tell(rows: WrappedText, text: str, width: int | None = None) -> None:
        if len(text) > 1000:
            wrapped_in.append(current_thread())
        wrap(rows, text, width)

    monkeypatch.setattr(WrappedText, "__init__", wrap_and_tell)
    path = tmp_path / "long.txt"
    path.write_text(
        "".join(f"Line {number} of many that are here in a row.\n" for number in range(99))
    )

    async def scenario(app: Driver) -> None:
        await app.ask("line 55")
        for width in (60, 120, 44):
            await app.pilot.resize_terminal(width, 30)
            await app.press("enter")
            rows = app.document.virtual_size.height
            await app.until(lambda: any("Line 55" in line for line in app.lines()))
            await app.press("escape")
        await app.press("enter", "w")
        await app.until(lambda: app.document.virtual_size.height < rows)
        assert any("Line 55" in line for line in app.lines())
        assert len(wrapped_in) > 3
        assert main_thread() not in wrapped_in

    drive(scenario, str(path))


def test_keys_in_one_burst_reach_what_the_keys_before_them_focus() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        app.burst("x", "backspace", "enter", "slash", *"line", "space", "9")
        await app.until(lambda: app.screen.query_one(FindField).value == "line 9")
        assert app.screen.query_one(QuestionField).value == MEETING
        app.burst("escape", "escape", "s", "o", "ctrl+r", *"me")
        await app.until(lambda: isinstance(app.app.screen, HistoryScreen))
        await app.until(lambda: app.app.screen.query_one(Input).value == "me")
        assert app.screen.query_one(QuestionField).value == f"{MEETING}so"

    drive(scenario)


def test_enter_in_the_same_burst_reads_the_answer_to_what_is_typed() -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: app.offered)
        app.burst(*"toyota", "enter")
        await app.until(lambda: app.focused == "document")
        assert app.screen.query_one(QuestionField).value == "toyota"
        assert "toyota" in app.screen.history.questions
        app.burst("escape", "escape", *"russia", "enter", "slash", *"us", "enter", "escape", "x")
        await app.until(lambda: app.screen.query_one(QuestionField).value == "russiax")
        app.burst("backspace", "enter", "escape", "backspace")
        await app.until(lambda: app.answered and app.screen.session.request.question == "russi")
        assert app.focused == "question"
        app.burst(*["backspace"] * 5, "enter")
        await app.until(lambda: app.screen.session.answer is None)
        assert app.focused == "question"

    drive(scenario, word_delay=600)


def test_keys_after_enter_wait_for_the_answer_and_go_where_the_reader_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: list[Callable[[], Message]] = []
    ask = background.ask

    def ask_later(assistant: Assistant, request: AskRequest, top: int) -> Message | None:
        answers.append(lambda: ask(assistant, request, top))
        return None

    async def scenario(app: Driver) -> None:
        async def answer() -> None:
            await app.until(lambda: answers)
            app.screen.post_message(answers.pop()())

        def field() -> str:
            return app.screen.query_one(QuestionField).value

        monkeypatch.setattr(background, "ask", ask_later)
        await app.pilot.press(*"toyota")
        await app.until(lambda: answers)
        await app.pilot.press("enter", "slash", *"jap")
        app.app.post_message(Paste("an"))
        await app.until(lambda: len(app.app._held) == 5)
        assert (field(), app.focused) == ("toyota", "question")
        await answer()
        await app.until(lambda: app.screen.query_one(FindField).value == "japan")
        assert field() == "toyota"
        # Esc takes the Enter back, with what was typed after it.
        await app.press("escape", "escape")
        await app.pilot.press("s", "enter", "x", "escape", "backspace")
        await app.until(lambda: field() == "toyota")
        await answer()
        await app.until(lambda: app.answered)
        assert app.focused == "question"
        # If there is nothing to read, the reader stays at the question.
        await app.pilot.press("space", "plus", *"zzz", "enter", "x")
        await answer()
        await app.until(lambda: field() == "toyota +zzzx")
        await app.pilot.press("enter", "ctrl+q")
        await app.until(lambda: not app.app.is_running)

    drive(scenario, word_delay=600)


def test_letters_of_a_question_typed_in_a_pane_do_not_open_the_editor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(AskScreen, "_open_editor", lambda _: opened.append("editor"))

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "e")
        assert app.screen._editor_delay.is_running
        await app.press("v")
        assert "press Esc, Ctrl+U, then type" in app.notices[-1]
        await app.press("e", "r", "e")
        assert not app.screen._editor_delay.is_running
        assert not opened
        app.app.post_message(Paste("Where is\nToyota?"))
        await app.until(lambda: app.focused == "question")
        assert app.screen.query_one(QuestionField).value == "Where is Toyota?"

    drive(scenario, word_delay=600)


def test_a_question_typed_in_a_pane_does_nothing_but_say_how_to_ask() -> None:
    async def scenario(app: Driver) -> None:
        # The last word is finished: a letter that asks for a table would finish it.
        await app.ask(f"{MEETING}?")
        await app.press("tab", "space", "tab")
        before = app.lines()[:-1]
        for question in ("what did they do", "toyota or", "who planned", "how about a map", "due"):
            await app.press("up", *(key.replace(" ", "space") for key in question))
            assert app.app.screen is app.screen
            assert app.focused == "document"
            assert app.notices == ["To ask, press Esc, Ctrl+U, then type."]
            assert len(app.screen.pins) == 1
            assert app.document.wrapped
        assert app.lines()[:-1] == before
        # Each is a command after a key that is no letter, and so are letters that only move.
        for keys in (("up", "o"), ("n", "j", "p"), ("up", "t", "j")):
            await app.press(*keys)
            assert app.app.screen is not app.screen
            await app.press("escape")
        await app.press("up", "h")
        assert app.notices == ["There is nothing more on this side."]

    drive(scenario, word_delay=600)


def test_without_a_match_the_list_says_what_to_do_and_only_keys_that_act_are_offered() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("cryptozoology")
        seen = " ".join(" ".join(app.lines()).replace("│", "").split())
        assert "No passage has cryptozoology: check the spelling" in seen
        assert BRIEFING.rpartition("/")[2] in seen
        assert app.lines()[-1].split()[:2] == ["^r", "History"]
        await app.press("down", "enter")
        assert app.focused == "question"
        assert "nothing to read" in app.notices[-1]
        await app.ask(MEETING)
        assert app.lines()[-1].split()[:4] == ["↑↓", "Choose", "⏎", "Read"]
        await app.press("escape")
        await app.until(lambda: app.screen.starters)
        await app.press("tab")
        assert app.lines()[-1].split()[:4] == ["jk", "Choose", "⏎", "Ask"]
        await app.press("enter")
        assert app.screen.query_one(QuestionField).value == app.screen.starters[0]

    drive(scenario, size=(40, 20))


@pytest.mark.parametrize("size", [(40, 20), (120, 40)])
def test_a_notice_takes_the_row_of_the_keys(size: tuple[int, int]) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        before = app.lines()[:-1]
        await app.press("tab", "y", "c")
        await app.until(lambda: app.lines()[-1] == " Copied as a Markdown quotation.")
        after = app.lines()[:-1]
        assert [row.strip("│╭╮╰╯─ ") for row in after] == [row.strip("│╭╮╰╯─ ") for row in before]

    drive(scenario, size=size, notifications=True)


def test_no_word_is_louder_than_the_answer_until_the_matches_are_gone_through() -> None:
    async def scenario(app: Driver) -> None:
        def reversed_texts() -> list[str]:
            strips = [app.document.render_line(y) for y in range(app.document.size.height)]
            segments = (segment for strip in strips for segment in strip)
            return [each.text for each in segments if each.style and each.style.reverse]

        await app.ask(MEETING)
        await app.press("enter")
        assert not reversed_texts()
        await app.press("n")
        assert reversed_texts() == ["meeting"]
        await app.press("J")
        assert not reversed_texts()
        await app.press("slash", *"japan")
        await app.until(lambda: reversed_texts() == ["Japan"])

    drive(scenario)


def test_passages_that_may_not_answer_say_how_likely_they_do_on_a_narrow_screen() -> None:
    async def scenario(app: Driver) -> None:
        def looks_found() -> bool:
            found = app.document.get_component_rich_style("document--focus").color
            strips = [app.document.render_line(y) for y in range(app.document.size.height)]
            return any(
                each.style.color == found for strip in strips for each in strip if each.style
            )

        await app.ask("Who won the World Cup in Washington?")
        assert re.match(r" ◐ Closest passages · \d+ % · they", app.lines()[1])
        excerpt = app.screen.session.excerpt
        assert excerpt is not None
        # What may be no answer is not drawn as one.
        assert excerpt.focus is not None
        await app.press("enter")
        assert not looks_found()
        await app.press("escape")
        await app.ask(MEETING)
        await app.press("enter")
        assert looks_found()

    drive(scenario, size=(40, 20))


@pytest.mark.parametrize(
    ("request_", "lookups", "expected"),
    [
        (AskRequest("a b"), [WordLookup("a", 0), WordLookup("b", 3)], ["No passage has a:"]),
        (AskRequest("+a b"), [WordLookup("a", 2, mark="+")], ["F2 changes"]),
        (AskRequest("a", literal=True), [WordLookup("a", 0)], ["No passage has a", "Ctrl+L"]),
        (AskRequest("a", scope=DocumentScope(patterns=("x",))), [], ["removes the filter"]),
    ],
)
def test_advice_names_what_keeps_passages_from_matching(
    request_: AskRequest, lookups: list[WordLookup], expected: list[str]
) -> None:
    *advice, last = no_match_advice(request_, lookups)
    assert "Ctrl+R" in last
    assert len(advice) == len(expected)
    assert all(part in line for part, line in zip(expected, advice, strict=True))


@pytest.mark.parametrize("size", [(40, 20), (100, 12)])
def test_a_small_screen_has_one_pane_from_the_first_frame_on(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    resized = DocumentView.on_resize

    def on_resize(view: DocumentView) -> None:
        shown.append(view.region.size)
        resized(view)

    monkeypatch.setattr(DocumentView, "on_resize", on_resize)

    async def scenario(app: Driver) -> None:
        assert not any(shown)
        await app.ask(MEETING)
        await app.press("enter")
        assert any(shown)
        widths = []
        monkeypatch.setattr(HelpScreen, "on_mount", lambda screen: widths.append(screen.classes))
        await app.press("f1")
        assert widths
        assert all("-narrow" in classes or "-wide" in classes for classes in widths)

    drive(scenario, size=size)


def test_the_passage_and_its_place_are_copied() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "y")
        assert "April 10, 2023" in app.app.clipboard
        assert app.app.clipboard.endswith(f"— {BRIEFING}:9\n")
        assert app.notices == ["Copied the passage with its source."]
        await app.press("Y")
        assert app.app.clipboard == f"{BRIEFING}:9"
        # It takes the place of the notice before.
        assert app.notices == [f"Copied {BRIEFING}:9."]

    drive(scenario)


def test_what_is_selected_is_copied() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "g")
        await app.pilot.mouse_down(app.document, offset=(6, 1))
        await app.pilot.hover(app.document, offset=(15, 1))
        await app.pilot.mouse_up(app.document, offset=(15, 1))
        await app.press("y")
        assert app.app.clipboard in "U.S.-Japan Tech Alliance Takes Aim"
        assert len(app.app.clipboard) > 5

    drive(scenario)


def test_the_editor_is_opened_at_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/opened\n')
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))

    @contextmanager
    def suspend(_: BriefqaApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(BriefqaApp, "suspend", suspend)

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "e")
        assert app.focused == "document"
        opened = tmp_path / "opened"
        assert opened.read_text() == f"+9 {ROOT / BRIEFING}\n"
        # Where one reads on, the line is that of what is read.
        await app.press("ctrl+d", "ctrl+u", "G", "e", "Y")
        line = app.document.line_read
        assert line > 9
        assert opened.read_text() == f"+{line} {ROOT / BRIEFING}\n"
        assert app.app.clipboard == f"{BRIEFING}:{line}"
        await app.press("colon", *f"{line + 1}", "enter", "Y")
        assert app.app.clipboard == f"{BRIEFING}:{line + 1}"
        await app.press("N", "Y")
        assert app.app.clipboard == f"{BRIEFING}:{app.document.line_read}"
        await app.press("escape", "tab", "Y")
        assert app.app.clipboard == f"{BRIEFING}:9"

    drive(scenario, size=(80, 24))


def test_without_a_terminal_to_lend_the_editor_is_refused_in_words() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "e")
        assert len(app.notices) == 1

    drive(scenario)


def test_one_pane_takes_the_screen_and_gives_it_back() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "z")
        assert not app.answers.is_on_screen or app.answers.size.width == 0
        await app.press("z")
        assert app.answers.size.width > 0
        assert app.document.size.width > 0
        await app.press("z", "escape")
        assert app.answers.size.width > 0

    drive(scenario)


def test_long_lines_are_wrapped_or_not_and_that_is_remembered(tmp_path: Path) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        rows = app.document.virtual_size.height
        await app.press("enter", "w")
        assert app.document.virtual_size.height < rows
        await app.press("l")
        await app.until(lambda: app.document.scroll_offset.x > 0)

    async def again(app: Driver) -> None:
        assert app.document.wrapped is False

    drive(scenario, state=tmp_path)
    drive(again, state=tmp_path)


def test_the_theme_is_remembered(tmp_path: Path) -> None:
    async def scenario(app: Driver) -> None:
        app.app.theme = "nord"
        await app.pilot.pause()

    async def again(app: Driver) -> None:
        assert app.app.theme == "nord"

    drive(scenario, state=tmp_path)
    drive(again, state=tmp_path)


def test_a_theme_and_a_key_that_there_are_not_are_told(tmp_path: Path) -> None:
    settings = '[app]\ntheme = "nrod"\nkeys = {"pane.zom" = "f7", "[/] \\u001b" = "f8"}\n'
    (tmp_path / "config.toml").write_text(settings)

    async def scenario(app: Driver) -> None:
        assert app.app.theme == DEFAULT_THEME
        assert app.notices[:2] == [
            "unknown theme nrod; did you mean nord?",
            "unknown key pane.zom; did you mean pane.zoom?",
        ]
        assert app.notices[2].startswith("unknown key [/] ␛; expected one of")

    drive(scenario, state=tmp_path)


def test_a_key_is_remapped_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[app.keys]\n"pane.zoom" = "f7"\n')

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "z")
        assert not app.screen.has_class("-zoomed")
        await app.press("f7")
        assert app.screen.has_class("-zoomed")

    drive(scenario, state=tmp_path)


def test_each_key_has_an_id_of_its_own() -> None:
    ids = [binding.id for group in GROUPS for binding in group.bindings if binding.key != "tab"]
    assert all(ids)
    assert len(ids) == len(set(ids))


def test_help_tells_every_key() -> None:
    async def scenario(app: Driver) -> None:
        await app.press("tab", "question_mark")
        assert isinstance(app.app.screen, HelpScreen)
        await app.press("escape", "f1")
        assert isinstance(app.app.screen, HelpScreen)
        seen: set[str] = set()
        await app.press(*["k"] * 20)
        for _ in range(20):
            seen.update(line.strip(" │") for line in app.lines())
            await app.press("j")
        told = " ".join(seen)
        assert not [
            binding.description
            for group in GROUPS
            for binding in group.bindings
            if binding.action != "screen.print" and binding.description not in told
        ]
        await app.press("k", "escape")
        assert not isinstance(app.app.screen, HelpScreen)

    drive(scenario, size=(90, 40))


def test_questions_are_kept_and_found_again(tmp_path: Path) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter", "escape", "escape")
        await app.ask("toyota")
        await app.press("escape", "up")
        assert isinstance(app.app.screen, HistoryScreen)
        assert app.offered == ["toyota", MEETING]
        await app.press("down", "enter")
        await app.until(lambda: app.answered)
        assert app.screen.query_one(QuestionField).value == MEETING

    async def again(app: Driver) -> None:
        await app.press("ctrl+r", *"toy")
        assert app.offered == ["toyota"]
        await app.press("enter")
        assert app.screen.query_one(QuestionField).value == "toyota"
        await app.press("ctrl+r", *"nothing")
        assert "No question has these words" in "".join(app.lines())
        await app.press("enter")
        assert app.screen.query_one(QuestionField).value == "toyota"
        await app.press("ctrl+r", "escape")

    drive(scenario, state=tmp_path)
    drive(again, state=tmp_path)
    kept = tmp_path / "history"
    assert kept.read_text() == f"{MEETING}\ntoyota\n"
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_correction_is_told_and_taken_back() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("when will kishda come")
        assert "kishda→kishida 3" in app.words
        await app.press("ctrl+l")
        await app.until(lambda: app.answered)
        assert "✓ as typed" in app.words
        assert "kishida" not in app.words
        await app.press("ctrl+l")
        await app.until(lambda: app.answered)
        assert "kishda→kishida 3" in app.words

    drive(scenario)


def test_no_answer_names_the_words_that_nothing_matched() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("who won the world cup")
        assert "No passage matches" in app.status
        assert app.words == "won ✗  world ✗  cup ✗"
        assert app.document.document is not None

    drive(scenario)


def test_the_reading_tells_how_far_it_is() -> None:
    async def scenario(app: Driver) -> None:
        app.screen.app_status = app.screen.app_status._replace(corpus=None)
        app.screen.post_message(ReadingProgress(42))
        await app.until(lambda: "Reading the documents … 42 %" in app.status)
        told: list[Message] = []
        launch = app.screen.options._replace(corpus=Corpus.of("seeds", 10**6))
        open_documents(launch, told.append)
        percents = [message.percent for message in told if isinstance(message, ReadingProgress)]
        assert percents == sorted(set(percents))
        assert percents[-1:] == [100]

    drive(scenario)


def test_a_question_without_a_word_is_refused_in_words() -> None:
    async def scenario(app: Driver) -> None:
        await app.press(*"???")
        await app.until(lambda: "no word" in app.status)

    drive(scenario)


def test_questions_to_start_with_find_what_they_were_made_from() -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: len(app.offered) == 3)
        assert "Questions to start with" in str(app.answers.border_title)
        question = app.offered[1]
        await app.press("down", "enter")
        await app.until(lambda: app.answered)
        assert app.screen.query_one(QuestionField).value == question
        assert "●" in app.status

    drive(scenario)


def test_answers_and_starters_are_clicked() -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: len(app.offered) == 3)
        await app.pilot.click(app.answers, offset=(5, 1))
        await app.until(lambda: app.answered)
        await app.press("escape")
        await app.ask("what will japan do")
        await app.pilot.click(app.answers, offset=(5, 6))
        assert app.screen.session.selected == 1
        await app.pilot.click(app.answers, offset=(5, 6), times=2)
        assert app.focused == "document"
        await app.pilot.click("#question")
        assert app.focused == "question"

    drive(scenario)


def test_a_narrow_screen_still_tells_the_correction_and_the_document() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("who will kishda visit")
        seen = " ".join(" ".join(app.lines()).split())
        assert "kishda→kishida 3" in seen
        assert "^l as typed" in seen
        await app.ask("When will Kishda visit North Carolna?")
        assert app.lines()[2].endswith("…  ^l as typed")
        await app.pilot.click("#chips", offset=(30, 0))
        await app.until(lambda: app.answered)
        assert app.lines()[2].startswith(" ✓ as typed  Kishda ✗")
        await app.pilot.click("#chips", offset=(3, 0))
        await app.until(lambda: app.answered)
        await app.press("f2", *["right"] * 3)
        assert "Carolna→carolina 1  ^l as typed" in app.lines()[2]
        await app.press("escape", "enter")
        await app.until(lambda: app.focused == "document")
        await app.until(lambda: ".txt · " in str(app.document.border_title))

    drive(scenario, size=(40, 20))


@pytest.mark.parametrize("size", [(50, 30), (90, 15)])
def test_a_small_screen_shows_one_pane_at_a_time(size: tuple[int, int]) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        assert app.answers.size.width > 0
        assert app.document.size.width == 0
        await app.press("enter")
        assert app.answers.size.width == 0
        assert app.document.size.width > 0
        assert any("April 10, 2023" in line for line in app.lines())
        await app.press("escape")
        assert app.answers.size.width > 0

    drive(scenario, size=size)


def test_resizing_keeps_the_place() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("where is toyota")
        for size in ((80, 24), (200, 50), (100, 24), (120, 40)):
            await app.pilot.resize_terminal(*size)
            await app.pilot.pause()
            assert any("North Carolina" in line for line in app.lines()), size

    drive(scenario)


def test_a_changed_document_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("The boat leaves at nine.\n")

    async def scenario(app: Driver) -> None:
        await app.ask("when does the boat leave")
        path.write_text("The boat leaves at ten o'clock, they say.\n")
        app.screen.check_documents()
        await app.until(lambda: any("ten o'clock" in line for line in app.lines()))
        path.unlink()
        app.screen.check_documents()
        await app.until(lambda: "no such file" in app.status)
        path.write_text("The boat left.\n")
        await app.press("f5")
        await app.until(lambda: any("The boat left." in line for line in app.lines()))

    drive(scenario, str(path))


def test_a_path_that_is_not_there_is_told_in_its_place(tmp_path: Path) -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: "no such file" in app.status)
        await app.press(*"anything", "enter", "down")
        assert app.app.is_running

    drive(scenario, str(tmp_path / "none"))


def test_one_unreadable_path_leaves_the_others(tmp_path: Path) -> None:
    async def scenario(app: Driver) -> None:
        assert "not read: " in app.status
        # On a narrow screen, the reason is not cut.
        assert "no such file or directory" in re.sub(r"\s+", " ", " ".join(app.lines()))
        assert app.answers.region.y > 4
        await app.ask(MEETING)
        assert app.answers.region.y == 3
        assert app.screen.session.excerpt

    drive(scenario, BRIEFING, str(tmp_path / "none"), size=(40, 20))


def test_enter_leaves_with_the_excerpt_where_it_is_to_be_printed() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.pilot.press("enter")
        async with asyncio.timeout(30):
            while app.app.is_running and app.app.return_value is None:
                await asyncio.sleep(0)

    printed = drive(scenario, print_on_enter=True)
    assert printed is not None
    assert printed.endswith(f"— {BRIEFING}:9\n")


@pytest.mark.parametrize("waits", [True, False])
def test_the_app_is_suspended_unless_a_script_waits(
    monkeypatch: pytest.MonkeyPatch, *, waits: bool
) -> None:
    suspended: list[BriefqaApp] = []

    def suspend_process(app: BriefqaApp) -> None:
        suspended.append(app)

    monkeypatch.setattr(BriefqaApp, "action_suspend_process", suspend_process)

    async def scenario(app: Driver) -> None:
        await app.press("ctrl+z")
        assert bool(suspended) is not waits

    drive(scenario, print_on_enter=waits)


def test_lines_that_are_pasted_are_one_question() -> None:
    async def scenario(app: Driver) -> None:
        field = app.screen.query_one(QuestionField)
        await app.press("o", "k")
        app.app.post_message(Paste("when will\r\nthey\t\x1b[2J\nmeet\n"))
        await app.until(lambda: field.value == "okwhen will they ␛[2J meet")
        field.action_select_all()
        app.app.post_message(Paste(MEETING))
        await app.until(lambda: field.value == MEETING)
        assert field.cursor_position == len(MEETING)

    drive(scenario)


def test_what_is_pasted_is_made_safe() -> None:
    async def scenario(app: Driver) -> None:
        field = app.screen.query_one(Input)
        field.value = "meet\x1b]0;x\x07"
        await app.until(lambda: app.answered)
        assert field.value == "meet␛]0;x␇"

    drive(scenario)


def test_the_palette_offers_the_commands_with_their_keys(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[app.keys]\n"pane.zoom" = "f7,ctrl+u"\n')

    async def scenario(app: Driver) -> None:
        commands = app.app.get_system_commands(app.app.screen)
        keys = {each.title: each.help.removeprefix("Key: ") for each in commands}
        assert {
            "History": "^r",
            "Export": "^s",
            "Filter: open a document or folder": "f",
            "Quit": "^q",
        }.items() <= keys.items()
        assert keys["Zoom"] == "f7 ^u"
        assert {"Theme", "All keys", "Edit", "Read the documents again"} <= keys.keys()
        await app.press("f1", "slash", *"zoom")
        assert any("f7 ^u" in line and "Zoom" in line for line in app.lines())
        commands = app.app.get_system_commands(app.app.screen)
        assert {each.title for each in commands} == {"Theme", "All keys", "Quit"}
        await app.press("escape", "escape")
        await app.press("ctrl+p")
        assert app.app.screen is not app.screen
        await app.press("escape")

    drive(scenario, state=tmp_path)


def test_the_status_line_leads_with_the_answer_itself() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        assert re.match(r"● April 10, 2023 · \d\d %$", app.status)
        await app.ask("what will the joint statement emphasise about zebras")
        assert "zebras ✗" in app.words
        await app.ask("zebra")
        assert app.status == "○ No passage matches"
        assert app.words == "zebra ✗"

    drive(scenario)


def test_both_corrections_and_the_key_are_seen_on_80_columns() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("When will Kishda visit North Carolna?")
        seen = " ".join(" ".join(app.lines()).split())
        assert "^l as typed" in seen
        assert "Kishda→kishida 3" in seen
        assert "Carolna→carolina 1" in seen
        await app.press("ctrl+l")
        await app.until(lambda: "✓ as typed Kishda ✗" in " ".join(" ".join(app.lines()).split()))

    drive(scenario, size=(80, 24))


def test_a_word_that_is_being_typed_is_not_judged() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("when will kishda")
        assert "kishda" not in app.words
        assert app.screen.session.excerpt
        app.screen._finish_word()
        await app.until(lambda: "kishda→kishida" in app.words)
        await app.ask("who is toyo")
        assert "●" in app.status
        assert "Toyota" in "".join(app.lines())
        assert "toyo" not in app.words
        await app.ask("when will kishda ")
        assert "kishda→kishida" in app.words
        for typed in ("okapi cha", "zeb", "wh"):
            await app.ask(typed)
            assert "No" not in app.status
            assert "No passage" not in "".join(app.lines())
        app.screen._finish_word()
        await app.until(lambda: "No passage matches" in app.status)
        assert "─ No passages ─" in "".join(app.lines())

    drive(scenario, word_delay=600)


def test_the_help_begins_at_the_keys_of_the_focused_place() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        for widget, title in ((app.answers, "In the answers"), (app.document, "In the document")):
            app.screen.set_focus(widget)
            await app.press("f1")
            await app.until(lambda: app.app.screen.query_one("#help-rows").scroll_offset.y)
            assert title in app.lines()[2] + app.lines()[3]
            await app.press("escape")
        assert "z Zoom" in app.lines()[-1]

    drive(scenario, size=(80, 24))


def test_keys_are_found_in_the_help() -> None:
    async def scenario(app: Driver) -> None:
        await app.press("f1", "slash", *"markdown quot")
        rows = [line.strip(" │") for line in app.lines() if "╭" not in line and "╰" not in line]
        shown = " ".join(rows)
        assert "Copy as a Markdown quotation" in shown
        assert "In both" in shown
        assert "Wrap long lines" not in shown
        assert "While you find" not in shown
        # The question mark of the help scrolls no more, but is typed.
        await app.press("j", "q")
        assert "No key has these words." in "".join(app.lines())
        await app.press("enter", "escape")
        assert isinstance(app.app.screen, HelpScreen)
        assert "closest passages" in "".join(app.lines())
        await app.press("slash", *"ctrl", "enter", "j", "f1", "f1")
        assert not isinstance(app.app.screen, HelpScreen)

    drive(scenario)


@pytest.mark.parametrize(
    ("width", "last"), [(40, "f Filter"), (80, "z Zoom"), (99, "^q Quit"), (100, "^p Palette")]
)
def test_the_footer_names_the_keys_that_fit_and_none_behind_a_dialog(width: int, last: str) -> None:
    every = (
        "esc Ask / Find n Next match f Filter y Copy o Headings e Edit z Zoom ^r History ^q Quit"
    )

    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        await app.press("enter")
        keys = app.lines()[-1].strip()
        assert keys.endswith(last)
        assert f"{every} ^p Palette".startswith(keys)
        await app.press("f")
        # On a narrow screen the dialog takes all rows.
        assert not re.sub("[─╰╯]|Enter chooses, Esc closes", "", app.lines()[-1]).strip()
        await app.press("escape")
        assert app.lines()[-1].strip() == keys
        await app.pilot.resize_terminal(120, 24)
        await app.until(lambda: app.lines()[-1].split() == f"{every} ^p Palette".split())

    drive(scenario, size=(width, 24))


def test_a_small_screen_offers_only_what_it_can_do() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        assert app.lines()[-1].endswith("^q Quit")
        # Nothing is kept free for a scroll bar.
        assert app.answers.scrollable_content_region.width == 38
        await app.press("enter")
        assert app.lines()[-1].strip().startswith("esc Ask")
        assert "Zoom" not in app.lines()[-1]
        before = app.lines()
        await app.press("z")
        assert app.lines() == before

    drive(scenario, size=(40, 20))


def test_a_word_is_finished_after_a_while() -> None:
    async def scenario(app: Driver) -> None:
        app.screen.query_one(QuestionField).value = "when will kishda"
        await app.until(lambda: "kishda→kishida" in app.words)

    drive(scenario, word_delay=0.01)


def test_while_a_word_is_typed_there_are_as_many_answers_as_fill_the_list() -> None:
    async def scenario(app: Driver) -> None:
        def count() -> int:
            return len(app.screen.session.answer.excerpts) if app.screen.session.answer else 0

        await app.press(*"the president of japa")
        await app.until(lambda: count() > 0 and not app.screen.session.answered.finished)
        typed, height = count(), app.answers.size.height
        assert len(app.answers._rows) >= height
        await app.press("n", "space")
        await app.until(lambda: app.screen.session.answered.finished)
        assert typed < count()

    drive(scenario, size=(80, 24), word_delay=600)


def test_rows_are_drawn_as_textual_draws_them() -> None:
    async def scenario(app: Driver) -> None:
        for key in ("down", "down", "f2", "escape"):
            await app.ask(MEETING)
            await app.press(key)
        for view in (app.answers, app.document):
            assert view._sides
            ours = view.render_lines(view.size.region)
            view._sides, view._surroundings = None, None
            view._styles_cache.clear()
            assert [[*line] for line in view.render_lines(view.size.region)] == [
                [*line] for line in ours
            ]

    drive(scenario)


def test_the_answer_after_next_is_chosen_however_fast_it_is_typed() -> None:
    async def scenario(app: Driver) -> None:
        await app.pilot.press(*"japan", "down", "down", "enter")
        await app.until(lambda: app.focused == "document")
        assert app.screen.session.request.question == "japan"
        assert app.screen.session.selected == 2

    drive(scenario, word_delay=600)


def test_a_question_whose_answer_was_read_for_a_while_is_kept() -> None:
    async def scenario(app: Driver) -> None:
        def kept() -> list[str]:
            return [each.question for each in app.screen.session.kept]

        await app.ask("where is toyota")
        await app.until(lambda: kept() == ["where is toyota"])
        await app.ask("where is toyota planning a factory?")
        await app.until(lambda: kept() == ["where is toyota planning a factory?"])
        await app.ask(MEETING)
        await app.until(lambda: len(kept()) == 2)
        assert app.screen.history.questions == [MEETING, "where is toyota planning a factory?"]

    drive(scenario, keep_delay=0.01)


def test_the_next_question_is_not_asked_as_typed() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("kishda visits")
        await app.press("ctrl+l")
        await app.until(lambda: "as typed" in app.words)
        await app.press("escape")
        await app.ask("kishda visits")
        assert "kishda→kishida" in app.words

    drive(scenario)


def test_the_answer_is_in_view_where_lines_are_not_wrapped(tmp_path: Path) -> None:
    line = f"{'The harbour is long. ' * 20}The boat to Narvik leaves at noon. {'It is cold. ' * 20}"
    (tmp_path / "a.txt").write_text(f"{line}\n")

    async def scenario(app: Driver) -> None:
        await app.ask("when does the boat to Narvik leave")
        await app.press("enter", "w")
        assert "The boat to Narvik leaves" in "\n".join(app.lines())
        await app.press("g", "J", "w")
        assert app.document.scroll_offset.x == 0

    drive(scenario, str(tmp_path))


def test_copies_are_pasted_as_one_line() -> None:
    async def scenario(app: Driver) -> None:
        app.app.copy_to_clipboard("when will\nthey\n\nmeet")
        await app.press("ctrl+v")
        assert app.screen.query_one(QuestionField).value == "when will they meet"

    drive(scenario)


def test_an_error_of_the_documents_remains_while_one_asks(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "boats.md").write_text("The boat leaves at noon.\n")

    async def scenario(app: Driver) -> None:
        await app.ask("when does the boat leave")
        folder.rename(tmp_path / "moved")
        app.screen.check_documents()
        await app.until(lambda: "no such file" in app.status)
        await app.pilot.press(*" tomorrow")
        await app.until(lambda: not app.screen.ask_worker.is_busy)
        assert "no such file" in app.status
        (tmp_path / "moved").rename(folder)
        app.screen.check_documents()
        await app.until(lambda: "Closest passages" in app.status)

    drive(scenario, str(folder))


def test_documents_without_sentences_are_listed(tmp_path: Path) -> None:
    for number in range(22):
        (tmp_path / f"{number:02}.txt").write_text("alpha beta\n")

    async def scenario(app: Driver) -> None:
        await app.until(lambda: app.screen.hints)
        seen = " ".join(" ".join(app.lines()).split())
        assert "─ Documents ─" in seen
        assert "+word must occur" in " ".join(app.screen.hints)
        assert app.screen.hints[1:3] == ["00.txt", "01.txt"]
        assert "19.txt" in seen
        assert "20.txt" not in seen
        assert "and 2 more" in seen
        await app.press("enter", "down", "enter")
        assert app.focused == "question"
        assert app.screen.corpus
        app.screen.receive_corpus(CorpusOpened(app.screen.corpus))
        app.screen.receive_suggestion(QuestionSuggested("Where is Narvik?"))
        assert app.answers.border_title == "Questions to start with"

    drive(scenario, str(tmp_path))


def test_keys_that_would_do_nothing_are_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", f"touch {tmp_path}/opened")

    @contextmanager
    def suspend(_: BriefqaApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(BriefqaApp, "suspend", suspend)
    monkeypatch.chdir(tmp_path)

    async def scenario(app: Driver) -> None:
        def offered() -> set[str]:
            return {
                active.binding.description
                for active in app.app.active_bindings.values()
                if active.enabled
            }

        await app.press("tab", "tab")
        assert {"Copy", "Copy path:line", "Next match"}.isdisjoint(offered())
        assert {"Edit", "Find"} <= offered()
        assert not any(title == "Copy" for title in app.commands)
        await app.press("y", "Y", "n", "e")
        assert not app.app.clipboard
        assert (tmp_path / "opened").exists()
        await app.ask(MEETING)
        assert {"Copy", "Copy path:line", "Next match"} <= offered()
        assert {"Copy", "Find", "Next match"} <= app.commands
        assert "Back to the previous place" in app.commands

    drive(scenario, str(ROOT / BRIEFING))


def test_enter_asks_a_starter_where_it_would_print() -> None:
    async def scenario(app: Driver) -> None:
        await app.until(lambda: len(app.offered) == 3)
        await app.press("enter")
        await app.until(lambda: app.answered)
        assert app.screen.query_one(QuestionField).value == app.screen.starters[0]

    drive(scenario, print_on_enter=True)


def test_something_moves_while_documents_are_read() -> None:
    async def scenario(app: Driver) -> None:
        ready = app.screen.app_status
        seen = []
        for percent in (0, 42, 100):
            app.screen.app_status = ready._replace(corpus=None, percent=percent, ticks=7)
            app.screen._tick()
            seen.append(app.status)
        app.screen._tick()
        assert seen[0] == "⠇ Reading the documents … · 2 s · you may type meanwhile"
        assert "Reading the documents … 42 % · 2 s" in seen[1]
        assert "Indexing · 2 s" in seen[2]
        assert app.status[0] != seen[2][0]
        app.screen.app_status = ready

    drive(scenario)


def test_the_way_back_comes_first_and_hints_go_on_a_narrow_screen() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask(MEETING)
        assert "F1 help" not in " ".join(app.lines())
        await app.press("enter")
        assert app.lines()[-1].lstrip().startswith("esc Ask")

    drive(scenario, size=(40, 20))


def test_a_long_question_begins_at_its_first_word_while_it_is_not_edited() -> None:
    question = "when will they meet in Washington to talk about the alliance"

    async def scenario(app: Driver) -> None:
        await app.ask(question)
        await app.pilot.resize_terminal(40, 22)
        await app.until(lambda: "the alliance" in app.lines()[0])
        await app.press("enter")
        assert "when will they meet" in app.lines()[0]
        await app.press("escape")
        assert "the alliance" in app.lines()[0]

    drive(scenario, size=(80, 20))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_the_help_begins_with_what_is_seen_and_leaves_the_screen_in_view(
    size: tuple[int, int],
) -> None:
    async def scenario(app: Driver) -> None:
        await app.press("f1")
        seen = " ".join(app.lines())
        assert "closest passages, which may not answer" in seen
        assert "the passage must have it" in seen
        assert ("Anywhere" in seen) == (size[0] >= 100)
        assert app.app.screen.styles.background.a < 1
        assert "Ask>" in seen

    drive(scenario, size=size)


@pytest.mark.parametrize("size", [(120, 40), (40, 20)])
def test_a_word_is_required_left_out_or_made_exact(size: tuple[int, int]) -> None:
    async def scenario(app: Driver) -> None:
        async def press(*keys: str) -> str:
            await app.press(*keys)
            await app.until(lambda: app.answered)
            return app.screen.query_one(QuestionField).value

        await app.ask("Will Kishda visit Carolna")
        place = app.answers.region
        assert await press("f2", "plus") == "Will +Kishda visit Carolna"
        assert app.focused == "chips"
        assert await press("right", "minus") == "Will +Kishda -visit Carolna"
        assert await press("l", "quotation_mark") == 'Will +Kishda -visit "Carolna"'
        answer = app.screen.session.answer
        assert answer is not None
        assert [each.asked for each in answer.corrections] == ["Kishda"]
        assert (answer.required, answer.excluded) == (("Kishda",), ("visit",))
        assert '"Carolna" ✗' in app.lines()[2]
        assert await press("backspace") == "Will +Kishda -visit Carolna"
        assert await press("h", "h", "h", "plus") == "Will Kishda visit Carolna".replace("v", "-v")
        assert await press("enter") == "Will +Kishda -visit Carolna"
        await press("right", "right", "right", "right", "enter")
        assert app.screen.session.request.literal
        await press("escape", "f2", "left", "left", "left", "enter")
        assert not app.screen.session.request.literal
        assert app.answers.region == place
        await press("q")
        assert app.focused == "question"

    drive(scenario, size=size)


def test_a_sign_is_text_as_typed_until_a_word_is_marked() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("the factory -visit")
        assert "-visit must not" in app.words
        await app.press("ctrl+l")
        await app.until(lambda: app.answered and "✓ as typed" in app.words)
        assert "-visit as text" in app.words
        await app.press("f2", "right", "right", "minus")
        await app.until(lambda: app.answered and "as typed" not in app.words)
        assert "-visit must not" in app.words
        assert app.screen.query_one(QuestionField).value == "the factory -visit"

    drive(scenario)


def test_a_word_is_clicked() -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("will toyota visit")
        for expected in ("will +toyota visit", "will -toyota visit", 'will "toyota" visit'):
            await app.pilot.click("#chips", offset=(3, 0))
            await app.until(lambda: app.answered)
            assert app.screen.query_one(QuestionField).value == expected
        await app.pilot.click("#chips", offset=(60, 0))
        assert app.focused == "question"
        await app.press("escape", "f2")
        assert app.focused == "question"

    drive(scenario)
