"""The parts of the app without a screen: rows, highlights, cards, search, history, export."""

import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefqa.analysis.english import english_analyzer
from briefqa.answers import Answer, Status
from briefqa.assistant import Assistant
from briefqa.documents import load
from briefqa.spans import Span, merge
from briefqa.text_safety import sanitise_name
from briefqa.tui import document_search
from briefqa.tui.answer_cards import (
    Card,
    CardRow,
    answer_cards,
    cut_end,
    lay_out_cards,
    squeeze,
)
from briefqa.tui.dialogs import has_words
from briefqa.tui.document_names import DocumentNames, cut_path, keep_end
from briefqa.tui.document_search import TermPositions, find_text
from briefqa.tui.session import AskRequest, Session
from briefqa.tui.storage import (
    QUESTION_LENGTH_LIMIT,
    QUESTION_LIMIT,
    History,
    read_private,
    write_private,
)
from briefqa.tui.text_rows import ROW_LIMIT, WrappedText, display_text, overlapping, split_runs
from conftest import BRIEFING
from fuzz.targets import CONTROLS

TEXTS = st.text(alphabet=st.sampled_from("ab \t\n日\u0301\u200d\x1bé…👩"), max_size=120)
WIDTHS = st.integers(1, 12)


@given(text=TEXTS, width=st.none() | WIDTHS)
def test_each_character_stands_in_one_row_but_the_line_feeds(text: str, width: int | None) -> None:
    rows = WrappedText(text, width)
    shown = [rows[number].span for number in range(len(rows))]
    assert "".join(span.slice(text) for span in shown) == text.replace("\n", "")
    assert all(before.end <= after.start for before, after in pairwise(shown))
    assert rows.lines == text.count("\n") + 1


@given(text=TEXTS, width=WIDTHS)
@example(text="a\u200d\ta", width=2)
@example(text="👩\u200d日b\t…", width=6)
@example(text="\u200d\u200d日é 日 a", width=6)
def test_a_row_is_no_wider_than_its_width_but_for_white_space_and_one_grapheme(
    text: str, width: int
) -> None:
    rows = WrappedText(text, width)
    for number in range(len(rows)):
        shown, _ = display_text(rows[number].span.slice(text))
        assert cell_len(shown.rstrip()) <= width or len(rows[number].span.slice(text).split()) <= 1


@given(text=TEXTS, width=st.none() | WIDTHS, data=st.data())
def test_a_row_is_found_by_any_of_its_characters(
    text: str, width: int | None, data: st.DataObject
) -> None:
    rows = WrappedText(text, width)
    number = data.draw(st.integers(0, len(rows) - 1))
    span = rows[number].span
    for offset in range(*span):
        assert rows.find(offset) == number
    assert rows[number].line == text.count("\n", 0, span.start) + 1


def test_lines_break_before_the_word_that_does_not_fit() -> None:
    text = "one two three\n\nfour"
    rows = WrappedText(text, 8)
    assert [rows[n].span.slice(text) for n in range(len(rows))] == ["one two ", "three", "", "four"]
    assert [(rows[n].line, rows[n].first) for n in range(len(rows))] == [
        (1, True), (1, False), (2, True), (3, True),
    ]  # fmt: skip


def test_an_endless_line_is_broken_even_where_lines_are_not_wrapped() -> None:
    rows = WrappedText("x" * (3 * ROW_LIMIT), None)
    assert len(rows) == 3
    assert rows.width == ROW_LIMIT


@given(text=st.text(max_size=60), column=st.integers(0, 9))
def test_what_is_displayed_is_safe_and_knows_where_it_comes_from(text: str, column: int) -> None:
    shown, origins = display_text(text, column)
    assert len(shown) == len(origins)
    assert origins == sorted(origins)
    assert CONTROLS.isdisjoint(map(ord, shown))
    assert not {"\t", "\n"}.intersection(shown)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))).map(
    lambda pairs: merge(Span(start, start + length) for start, length in pairs)
)


@given(layers=st.lists(SPANS, max_size=3), start=st.integers(0, 20), length=st.integers(1, 20))
def test_runs_cover_the_stretch_and_know_their_layers(
    layers: list[tuple[Span, ...]], start: int, length: int
) -> None:
    found = list(split_runs(Span(start, start + length), layers))
    assert [run.span.start for run in found[1:]] == [run.span.end for run in found[:-1]]
    assert (found[0].span.start, found[-1].span.end) == (start, start + length)
    for run in found:
        for place in range(*run.span):
            covering = tuple(
                number
                for number, spans in enumerate(layers)
                if any(span.start <= place < span.end for span in spans)
            )
            assert covering == run.layers


@given(spans=SPANS, start=st.integers(0, 30), length=st.integers(1, 9))
def test_overlapping_spans_share_a_character(
    spans: tuple[Span, ...], start: int, length: int
) -> None:
    within = Span(start, start + length)
    expected = [each for each in spans if each.start < within.end and each.end > within.start]
    assert list(overlapping(spans, within)) == expected


@given(text=st.text(alphabet="ab日", max_size=30), width=st.integers(2, 12))
def test_the_end_of_a_long_path_is_kept(text: str, width: int) -> None:
    shown = keep_end(text, width)
    assert cell_len(shown) <= width
    assert shown == text or text.endswith(shown.removeprefix("…"))


def a_card(text: str) -> Card:
    """Return a card that has everything a text."""
    words = text.split()
    span = Span(0, min(3, len(text)))
    return Card(text, (span,), span, ":1", heading=text, title=text, name=f"a/{words}/{text}")


@given(text=st.text(max_size=200), width=st.integers(12, 60))
def test_cards_are_safe(text: str, width: int) -> None:
    card = a_card(sanitise_name(text))._replace(text=text.replace("\n", " "))
    for row in lay_out_cards([card, card._replace(name="b")], width):
        assert CONTROLS.isdisjoint(map(ord, row.text + row.aside))
        assert all(0 <= span.start <= span.end <= len(row.text) for span in row.matches)


@pytest.mark.parametrize("place", ["", ":7"])
def test_a_card_is_numbered_once(place: str) -> None:
    rows = lay_out_cards([Card("one two three four five six", place=place)] * 2, 14)
    assert [row.card for row in rows if row.first] == [0, 1]
    assert [row.aside for row in rows if row.first] == [place, place]
    assert len(rows) > 4


def test_cards_of_one_document_stand_under_its_title() -> None:
    cards = [
        Card("One.", place=":1", heading="Boats", title="Harbour", name="a/harbour.md"),
        Card("Two.", place=":5", heading="Boats", title="Harbour", name="a/harbour.md"),
        Card("Three.", place=":9", heading="Ships", title="Harbour", name="a/harbour.md"),
        Card("Four.", place=":2", heading="", title="b.txt", name="b.txt"),
    ]
    rows = [(row.kind, row.text, row.aside) for row in lay_out_cards(cards, 40)]
    assert [row for row in rows if row[0] != "blank"] == [
        ("title", "Harbour", "a/harbour.md"),
        ("heading", "Boats", ""),
        ("text", "One.", ":1"),
        ("text", "Two.", ":5"),
        ("heading", "Ships", ""),
        ("text", "Three.", ":9"),
        ("title", "b.txt", ""),
        ("text", "Four.", ":2"),
    ]


@given(path=st.text(alphabet="ab/日", max_size=60), width=st.integers(2, 30))
def test_a_path_is_cut_between_its_folders(path: str, width: int) -> None:
    shown = cut_path(path, width)
    assert cell_len(shown) <= width
    if shown != path and "/" in shown:
        first, last = shown.split("/…/")
        assert path.startswith(f"{first}/")
        assert path.endswith(f"/{last}")


PAPERS = [
    f"2026-11-{day}/{file}"
    for day in (23, 24)
    for file in ("times/ferry.html", "wire/ferry.eml", "courier/local/mayor.md")
]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            PAPERS[0],
            {27: PAPERS[0], 26: "…23/times/ferry.html", 19: "…23/times/…", 9: "…23/time…"},
        ),
        (PAPERS[2], {31: "…23/courier/local/mayor.md", 16: "…23/…/mayor.md", 13: "…23/…"}),
    ],
)
def test_a_name_is_cut_to_what_tells_it_from_the_others(name: str, forms: dict[int, str]) -> None:
    names = DocumentNames([*PAPERS, "wire/bridge.txt"])
    assert names.cut("wire/bridge.txt", 10) == "bridge.txt"
    assert {width: names.cut(name, width) for width in forms} == forms


@given(
    names=st.lists(st.from_regex(r"[a-c1-]{1,3}(/[a-c1-]{1,3}){0,2}", fullmatch=True), min_size=1),
    width=st.integers(2, 12),
)
def test_names_with_enough_room_stay_different(names: list[str], width: int) -> None:
    shown = DocumentNames(names)
    assert all(cell_len(shown.cut(name, width)) <= width for name in names)
    least = {name: shown.cut(name, shown.width(name)) for name in names}
    assert len({*least.values()}) == len(least)


def test_a_long_title_leaves_room_to_tell_the_documents_apart() -> None:
    cards = [Card("One.", place=":1", title="A title of many words", name=name) for name in PAPERS]
    rows = lay_out_cards(cards, 30)
    assert [row.aside for row in rows if row.kind == "title"][:2] == ["…23/times/…", "…23/wire/…"]


@given(text=st.text(alphabet="ab ", max_size=60), width=st.integers(4, 30))
def test_a_text_is_cut_at_a_word(text: str, width: int) -> None:
    shown = cut_end(text, width)
    assert cell_len(shown) <= width
    assert shown == text or text.startswith(shown.removesuffix("…"))


def test_the_last_word_that_fits_is_kept() -> None:
    shown = [cut_end("one two three", width) for width in (4, 8, 9, 12, 13)]
    assert shown == ["one…", "one two…", "one two…", "one two…", "one two three"]


def test_a_name_alone_takes_one_row() -> None:
    cards = [Card("Documents:"), Card("", name="a/b/c/report.md"), Card("", name="d.md")]
    rows = [(row.kind, row.text) for row in lay_out_cards(cards, 14)]
    assert rows == [("text", "Documents:"), ("name", "…/report.md"), ("name", "d.md")]


@given(text=st.text(alphabet="ab \n\t日", max_size=60))
def test_white_space_is_squeezed_and_words_found_again(text: str) -> None:
    words = [Span(*match.span()) for match in re.finditer(r"\S+", text)]
    squeezed, moved = squeeze(text, words)
    assert squeezed == " ".join(text.split())
    assert [span.slice(squeezed) for span in moved] == text.split()


def test_a_card_shows_the_part_of_the_sentence_with_the_matches(briefing: Assistant) -> None:
    cards = answer_cards(briefing.ask("fuel cell factory"), "")
    shown = " ".join(row.text for row in lay_out_cards(cards[:1], 30))
    assert "factory" in shown
    assert "…" in shown


def test_sentences_are_whole_where_all_cards_have_room(briefing: Assistant) -> None:
    cards = answer_cards(briefing.ask("when will they meet"), "")

    def drawn(rows: Sequence[CardRow]) -> str:
        return " ".join(row.text.strip() for row in rows if row.kind == "text")

    assert "…" in drawn(lay_out_cards(cards, 40))
    assert drawn(lay_out_cards(cards, 40, 20)) == " ".join(card.text for card in cards)
    # A place never touches the text.
    for width in range(20, 60):
        for row in lay_out_cards([card._replace(place=":99 +9") for card in cards], width):
            assert not row.aside or cell_len(row.text + row.aside) < width


def test_a_card_is_a_sentence_without_runs_of_blanks(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text("# Guide\n\n### Scrolling\n\nWidgets:     scrolling   moves their text.\n")
    cards = answer_cards(Assistant.open(str(path), cached=False).ask("scrolling"), "")
    assert cards[0].text == "Widgets: scrolling moves their text."
    assert cards[0].heading == "Scrolling"


def test_a_card_shows_the_answer_itself(briefing: Assistant) -> None:
    answer = briefing.ask("When will Kishida and Biden meet?")
    for width in range(14, 60):
        rows = lay_out_cards(answer_cards(answer, "")[:1], width)
        shown = " ".join(row.focus.slice(row.text) for row in rows if row.focus)
        assert shown.replace("  ", " ").strip() == "April 10, 2023"
    unsure = answer._replace(status=Status.WEAK)
    cards = answer_cards(unsure, "")
    assert not any(card.focus for card in cards)
    # What may be the answer is in view all the same.
    rows = lay_out_cards(cards[:1], 20)
    assert "April 10, 2023" in " ".join(row.text.strip("…") for row in rows)


def test_pinned_answers_are_marked(briefing: Assistant) -> None:
    answer = briefing.ask("What will Japan do?")
    cards = answer_cards(answer, "", answer.excerpts[1:2])
    assert [card.marked for card in cards[:3]] == [False, True, False]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("the", 3), ("The", 1), ("the cat", 2), ("CAT", 0), ("cat\tsat", 1), ("", 0), ("[", 0)],
)
def test_finding_minds_capitals_only_where_there_are_some(wanted: str, found: int) -> None:
    text = "The cat\nsat on the mat, the cat said.\n"
    spans = find_text(text, wanted).spans
    assert len(spans) == found
    assert all(span.slice(text).split() for span in spans)


@pytest.mark.parametrize("near", [0, 9, 10, 30, 49, 99])
def test_the_matches_around_the_reader_are_kept(monkeypatch: pytest.MonkeyPatch, near: int) -> None:
    monkeypatch.setattr(document_search, "MATCH_LIMIT", 20)
    text = "ab" * 50
    found = find_text(text, "a", near)
    every = [Span(start, start + 1) for start in range(0, 100, 2)]
    end = found.skipped + len(found.spans)
    assert list(found.spans) == every[found.skipped : end]
    assert any(span.start >= near for span in found.spans) or end == 50
    assert found.spans[0].start <= near
    assert found.more == (end < 50)
    assert found.total == f"{end}{'+' if end < 50 else ''}"


def test_term_positions_are_those_of_all_forms_of_a_word() -> None:
    document = load([BRIEFING]).documents[0]
    matches = TermPositions(document, english_analyzer()).find(["meet", "plan"])
    found = {span.slice(document.text) for span in matches.spans}
    assert found == {"meet", "meeting", "planning"}
    assert list(matches.spans) == sorted(matches.spans)
    assert not matches.more


def test_terms_of_a_long_document_are_located_around_the_excerpt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document_search, "TERM_WINDOW", 50)
    document = load([BRIEFING]).documents[0]._replace(text="one boat\n" * 100)
    positions = TermPositions(document, english_analyzer(), 450)
    matches = positions.find(["boat"])
    assert {span.slice(document.text) for span in matches.spans} == {"boat"}
    assert all(400 <= span.start < span.end <= 500 for span in matches.spans)
    assert matches.total.endswith("+")
    assert positions.covers(document, 430)
    assert not positions.covers(document, 4)
    assert not positions.covers(document._replace(text="other"), 430)


def test_history_keeps_each_question_once_the_latest_first(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "history"
    for question in (
        "one?",
        "two?",
        "one?",
        "  ",
        "x" * (QUESTION_LENGTH_LIMIT + 1),
        "th\x1bree\n?",
    ):
        History(path).add(question)
    assert History(path).questions == ["th␛ree\ufffd?", "one?", "two?"]
    for number in range(QUESTION_LIMIT + 5):
        History(path).add(f"question {number}") if number > QUESTION_LIMIT else None
    assert len(History(path).questions) <= QUESTION_LIMIT


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x1b]0;x\x07\n\n\nok\n", b"a" * 9000])
def test_a_history_that_anybody_may_have_written_is_safe(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "history"
    path.write_bytes(data)
    for question in History(path).questions:
        assert CONTROLS.isdisjoint(map(ord, question))
        assert len(question) <= QUESTION_LENGTH_LIMIT


def test_searching_takes_words_in_any_order() -> None:
    assert has_words("When will they meet?", "meet WHEN")
    assert not has_words("Who met Biden?", "meet WHEN")
    assert has_words("Who met Biden?", "")


def test_a_killed_writer_leaves_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "history"
    write_private(path, "old\n" * 1000)
    program = (
        "import sys; from pathlib import Path\n"
        "from briefqa.tui.storage import write_private\n"
        "print(flush=True)\n"
        "while True: write_private(Path(sys.argv[1]), 'new\\n' * 200000)"
    )
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            writer.kill()
        assert read_private(path) in ("old\n" * 1000, "new\n" * 200000)


def test_what_cannot_be_kept_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not write_private(tmp_path / "file" / "history", "x")
    assert read_private(tmp_path / "file" / "history") == ""


def test_a_session_keeps_each_question_once(briefing: Assistant) -> None:
    session = Session()
    for question in ("meet", "toyota", "toyota"):
        request = AskRequest(question)
        session.ask(request)
        assert not session.is_current or question == "toyota"
        session.receive(request, briefing.ask(question))
        session.keep()
    assert [answer.question for answer in session.kept] == ["meet", "toyota"]
    assert not session.receive(AskRequest("late"), None)


def test_a_finished_question_selects_its_best_answer_unless_another_was_chosen(
    briefing: Assistant,
) -> None:
    best = briefing.ask("what will japan do")
    typed, finished = AskRequest(best.question, finished=False), AskRequest(best.question)
    hasty = best._replace(excerpts=(best.excerpts[2], *best.excerpts[:2]))

    def after(request: AskRequest, chosen: int, answer: Answer) -> tuple[int, str | None]:
        session = Session(request)
        session.receive(request, hasty)
        session.select(chosen)
        session.ask(finished)
        assert session.receive(finished, answer)
        return session.selected, session.changed

    assert after(typed, 0, best) == (0, None)
    assert after(typed, 1, best) == (0, None)
    assert after(typed, 2, best) == (1, None)
    assert after(finished, 0, best) == (2, None)
    fewer = best._replace(excerpts=best.excerpts[:1])
    assert after(typed, 2, fewer) == (0, None)
    assert after(finished, 0, fewer) == (0, best.excerpts[2].passage.path)
