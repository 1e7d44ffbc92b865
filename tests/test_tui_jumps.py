"""Jumps in the app: headings, lines, and back and forward; the strip of matches."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import OptionList

from briefqa.documents import Document, load
from briefqa.errors import DocumentError, UsageError
from briefqa.readers import Block, Kind
from briefqa.spans import Span
from briefqa.tui.dialogs import ChoiceScreen
from briefqa.tui.fields import parse_line
from briefqa.tui.outline import Outline, count_matches
from briefqa.tui.places import JumpList, Visit
from briefqa.tui.session import AskRequest
from briefqa.tui.text_rows import WrappedText, strip_cells
from tui import Driver, drive

GUIDE = "".join(
    f"{'#' * (1 + number % 2)} Chapter {number}\n\n"
    + "".join(f"The boat number {number}{line} has a mast.\n\n" for line in range(8))
    for number in range(1, 9)
)
"""A guide whose even chapters are on the first level, the others on the second."""


@pytest.fixture
def guide(tmp_path: Path) -> str:
    path = tmp_path / "guide.md"
    path.write_text(f"{GUIDE}The anchor is of iron.\n")
    (tmp_path / "other.md").write_text("# Harbours\n\nThe harbour of Narvik is free of ice.\n")
    return str(path)


def test_headings_stand_under_those_of_lower_levels_and_count_their_matches(guide: str) -> None:
    (document,) = load([guide]).documents
    outline = Outline(document)
    headings = list(outline.headings())
    assert [heading.text for heading in headings] == [f"Chapter {n}" for n in range(1, 9)]
    assert [heading.depth for heading in headings] == [0, 0, 1, 0, 1, 0, 1, 0]
    text = document.text
    masts = [
        Span(place, place + 4) for place in range(len(text)) if text[place:].startswith("mast")
    ]
    assert count_matches(outline.spans, masts, len(text)) == [8] * 8
    assert outline.above(text.index("number 37")) == 2
    assert outline.above(text.index("Chapter 3")) == 2
    assert Outline(document._replace(blocks=(), title="none")).above(10) is None


def test_a_title_at_the_beginning_is_a_heading() -> None:
    text = "A report\n\x1b[31mNext\n"
    heading = Block(Span(9, 19), Kind.HEADING, level=1)
    outline = Outline(Document("a.txt", "A report", text, (heading,)))
    assert [each.text for each in outline.headings()] == ["A report", "␛[31mNext"]
    assert [each.depth for each in outline.headings()] == [0, 1]


@given(
    lines=st.integers(1, 60),
    matched=st.sets(st.integers(0, 59), max_size=8),
    height=st.integers(1, 20),
)
def test_each_match_is_in_the_cell_of_its_share_of_the_rows(
    lines: int, matched: set[int], height: int
) -> None:
    text = "\n".join("four" for _ in range(lines))
    matches = [Span(5 * line, 5 * line + 4) for line in sorted(matched) if line < lines]
    cells = strip_cells(WrappedText(text, 10), matches, None, height)
    assert len(cells) == height
    expected = {span.start // 5 * height // lines for span in matches} if lines > height else set()
    assert {number for number, kind in enumerate(cells) if kind == "strip"} == expected
    if matches and lines > height:
        marked = strip_cells(WrappedText(text, 10), matches, matches[-1], height)
        assert marked[matches[-1].start // 5 * height // lines] == "mark"


def top_row(app: Driver) -> str:
    """Return the first row of the panes."""
    lines = app.lines()
    return lines[next(number for number, line in enumerate(lines) if line.startswith("╭")) + 1]


def a_visit(offset: int) -> Visit:
    return Visit(AskRequest("boat"), None, 0, "a.txt", offset)


def test_places_are_gone_back_and_forward_through() -> None:
    jumps = JumpList()
    jumps.leave(None)
    assert jumps.go_back(a_visit(0)) is None
    for offset in (1, 2, 2, 3):
        jumps.leave(a_visit(offset))
    # The place that is shown is no place to go to.
    assert jumps.go_back(a_visit(3)) == a_visit(2)
    assert jumps.go_back(a_visit(2)) == a_visit(1)
    assert jumps.go_forward(a_visit(1)) == a_visit(2)
    assert jumps.go_back(None) == a_visit(1)
    jumps.leave(a_visit(9))
    assert jumps.go_forward(a_visit(1)) is None
    for offset in range(1000):
        jumps.leave(a_visit(offset))
    steps = 0
    while jumps.go_back(None):
        steps += 1
    assert steps == 100


@pytest.mark.parametrize(
    ("typed", "line"),
    [("3", 3), (" 3 ", 3), ("p2", 3), ("0:00:05", 3), ("4", "no line 4"), ("p9", "page 9")],
)
def test_a_place_is_typed_as_in_citations(typed: str, line: int | str) -> None:
    blocks = (
        Block(Span(0, 1), Kind.PARAGRAPH, page=1, time=0),
        Block(Span(4, 5), Kind.PARAGRAPH, page=2, time=4),
    )
    document = Document("a.pdf", "a", "a\nb\nc\n", blocks)
    if isinstance(line, int):
        assert parse_line(document, typed) == line
    else:
        with pytest.raises(DocumentError, match=line):
            parse_line(document, typed)


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "a:b!c"])
def test_what_is_no_place_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_line(Document("a", "a", "a\n", ()), typed)


def test_headings_lines_and_back(guide: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("anchor iron")
        await app.press("enter", "o")
        assert isinstance(app.app.screen, ChoiceScreen)
        options = app.app.screen.query_one(OptionList)
        assert options.highlighted == 6
        assert "Chapter 8  2" in str(options.get_option_at_index(7).prompt)
        await app.press(*"3", "enter")
        assert app.focused == "document"
        start = app.document.top
        assert "Chapter 3" in app.document.outline.document.text[start : start + 400]
        # The heading of the first visible row is on top.
        await app.press("j", *["down"] * 13)
        assert "Chapter 3 ──" in top_row(app)
        await app.press("colon", *"999", "enter")
        assert "no line 999" in "\n".join(app.lines())
        await app.press("backspace", "backspace", "backspace", *"1", "enter")
        assert app.focused == "document"
        assert app.document.top == 0
        assert "Chapter 1" in top_row(app)
        assert "──" not in top_row(app)[60:-10].strip("─╮╭")
        await app.press("ctrl+o")
        assert "Chapter 3 ──" in top_row(app)
        await app.press("ctrl+o", "ctrl+o")
        assert "iron" in "\n".join(app.lines())
        await app.press("alt+right", "alt+right")
        assert app.document.top == 0
        await app.press("alt+right")
        assert app.notices[-1] == "There is no later place."
        await app.press("colon", "x", "enter")
        assert "expected 123, p3 or 0:04:10" in "".join(app.lines())
        await app.press("escape")
        assert app.focused == "document"
        assert not app.screen.query_one("#place-bar").display

    drive(scenario, guide)


def test_back_returns_to_the_question_and_its_answer(guide: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("boat number 37")
        await app.press("enter", "J", *["down"] * 3)
        top, selected = app.document.top, app.screen.session.selected
        assert selected == 1
        await app.press("escape")
        await app.ask("harbour of Narvik")
        assert app.document.document
        assert app.document.document.path.endswith("other.md")
        await app.press("ctrl+o")
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.session.request.question == "boat number 37"
        assert app.document.document.path == guide
        assert (app.document.top, app.screen.session.selected) == (top, 1)
        await app.press("ctrl+o")
        assert app.screen.session.selected == 0
        await app.press("ctrl+i", "ctrl+i", "escape")
        await app.until(lambda: app.answered and app.loaded)
        assert app.screen.session.request.question == "harbour of Narvik"

    drive(scenario, str(Path(guide).parent))


def test_the_words_of_the_question_return_with_its_place(guide: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("anchor iron")
        words = app.words
        assert "anchor" in words
        await app.press("enter", "space", "colon", "1", "enter", "escape")
        await app.ask("harbour")
        # Neither waits for the answer to come again.
        app.screen.action_jump_back()
        assert app.words == words
        app.screen.action_jump_forward()
        assert "harbour" in app.words
        (pin,) = app.screen.pins
        app.screen.show_visit(pin.visit)
        assert app.words == words

    drive(scenario, guide)


def test_a_heading_is_clicked_and_the_strip_shows_the_matches(guide: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("chapter 3")
        await app.press("tab", "tab", "o")
        await app.pilot.click(OptionList, offset=(3, 2))
        await app.pilot.pause()
        assert app.focused == "document"
        assert sum(line.endswith("━ │") for line in app.lines()) > 5
        await app.press("o", *"none", "enter")
        assert app.focused == "document"
        await app.press("o", "down", "up", "escape")
        assert app.focused == "document"

    drive(scenario, guide)


def test_an_open_dialog_takes_the_colours_of_another_theme(guide: str) -> None:
    async def scenario(app: Driver) -> None:
        async def drawn() -> set[str]:
            await app.pilot.pause()
            options = app.app.screen.query_one(OptionList)
            return {str(segment.style) for segment in options.render_line(7)}

        app.app.theme = "ansi-light"
        await app.ask("anchor iron")
        await app.press("tab", "tab", "o")
        before = await drawn()
        app.app.theme = "ansi-dark"
        await app.pilot.pause()
        after = await drawn()
        await app.press("escape", "o")
        assert before != after == await drawn()

    drive(scenario, guide)


def test_what_there_is_none_of_is_said_in_a_sentence(guide: str, tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("The anchor is of iron.\nThe rope is of hemp.\n")

    async def scenario(app: Driver) -> None:
        await app.ask("rope hemp")
        await app.press("enter", "o")
        assert app.notices[-1] == "This document has no headings."
        assert "o Headings" not in app.lines()[-1]
        assert not any(command.startswith("Headings") for command in app.commands)
        await app.press("escape")
        await app.ask("boat number 37")
        await app.press("enter", "o", "x", "z")
        assert isinstance(app.app.screen, ChoiceScreen)
        assert "No heading has these words." in "".join(app.lines())
        await app.press("escape", "f", *"xz")
        await app.until(lambda: "No document has these words" in "".join(app.lines()))
        await app.press("enter", "escape", "ctrl+r", *"xz")
        assert "No question has these words." in "".join(app.lines())
        await app.press("escape")

    drive(scenario, str(Path(guide).parent))


def test_the_list_of_earlier_questions_says_that_there_are_none() -> None:
    async def scenario(app: Driver) -> None:
        await app.press("ctrl+r")
        assert "No question has been asked yet" in "".join(app.lines())
        (box,) = app.app.screen.children
        assert box.size.height < 5
        await app.press("enter")
        assert app.focused == "question"

    drive(scenario)
