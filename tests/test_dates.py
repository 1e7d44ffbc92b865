"""Dates of documents, and questions asked of some documents only."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.assistant import Assistant
from briefqa.corpus import Corpus
from briefqa.documents.dates import (
    AmbiguousDayError,
    DayRange,
    date_of_document,
    find_dates,
    parse_day,
    parse_day_range,
)
from briefqa.errors import UsageError
from conftest import Ask

TODAY = date(2026, 11, 26)
DAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Date: Tue, 24 Nov 2026 10:00:00 +0000\nSubject: Ships", "metadata"),
        ("title: Ships\ndate: 2026-11-24\n\nText.", "metadata"),
        ("Published on: 24/11/2026", "metadata"),
        ("November 24, 2026\n\nThe ships left.", "text"),
        ("The ships left\n\nBy Ann Smith, 24th November 2026\n\nText.", "text"),
        ("WASHINGTON, Nov. 24, 2026 (Wire) — The ships left.", "text"),
        ("OSLO, 24. November 2026 -- The ships left.", "text"),
    ],
)
def test_a_document_tells_its_date(text: str, source: str) -> None:
    dated = date_of_document("notes.txt", text)
    assert dated is not None
    assert (dated.day, dated.source) == (DAY, source)


@pytest.mark.parametrize(
    "path",
    [
        "2026-11-24.txt",
        "reports/2026-11-24/energy.md",
        "briefing_2026_11_24.pdf",
        "24nov2026.txt",
        "20261124-energy.txt",
        "energy Nov 24 2026.docx",
        "2025-01-01/2026.11.24.txt",
    ],
)
def test_the_name_tells_the_date(path: str) -> None:
    dated = date_of_document(path, "The ships left on 1 May 2020 for a long voyage to the north.")
    assert dated is not None
    assert (dated.day, dated.source) == (DAY, "name")


@pytest.mark.parametrize(
    "text",
    [
        "They met on April 10, 2023, in a town where - as they said - nothing had happened.",
        "Published on: 03/04/2026",
        "Version 2026.11.240 was released, and 1.11.2026.4 was not.",
        "Date: 2026-02-30",
        "\n\n".join(["A long paragraph about ships that does not end soon."] * 20 + ["2026-11-24"]),
    ],
)
def test_other_dates_are_not_that_of_the_document(text: str) -> None:
    assert date_of_document("000_1c0b0a5638379c89.txt", text) is None


def test_the_file_has_a_date_if_nothing_else_has(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("The ships left.")
    os.utime(path, (1_795_500_000, 1_795_500_000))
    [entry] = Assistant.open(str(path), cached=False).documents()
    assert (entry.date, entry.date_from) == ("2026-11-24", "file")


@pytest.mark.parametrize(
    "element",
    [
        '<meta property="article:published_time" content="2026-11-24T08:00:00Z">',
        "<meta content='24 November 2026' name='date'>",
        '<script type="application/ld+json">{"datePublished": "2026-11-24"}</script>',
        '<time datetime="2026-11-24">yesterday</time>',
    ],
)
def test_a_page_declares_its_date(tmp_path: Path, element: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><html><head>{element}</head><body><p>Ships left.</p></body>")
    [entry] = Assistant.open(str(path), cached=False).documents()
    assert (entry.date, entry.date_from) == ("2026-11-24", "metadata")


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%d-%b-%Y"]))
def test_a_date_is_found_as_people_write_it(day: date, form: str) -> None:
    written = day.strftime(form)
    text = f"On {written} the ships left"
    assert (3, 3 + len(written), day) in list(find_dates(text))
    assert parse_day(written.replace(".", ""), TODAY) == day


@given(st.text(max_size=300))
def test_any_text_has_dates_within_it_or_none(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end, _ in find_dates(text))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 25)),
        ("7d", date(2026, 11, 19)),
        ("2w", date(2026, 11, 12)),
        ("1m", date(2026, 10, 27)),
        ("1y", date(2025, 11, 26)),
        ("24/11/2026", DAY),
        ("11/24/26", DAY),
        ("Tuesday, 24 November 2026", DAY),
        ("Tue. Nov 24", DAY),
        ("24th november", DAY),
        ("27 Nov", date(2025, 11, 27)),
        ("29 February", date(2024, 2, 29)),
        ("tuesday", DAY),
        ("Thurs", TODAY),
        ("Friday", date(2026, 11, 20)),
    ],
)
def test_a_day_may_be_named_in_many_ways(written: str, day: date) -> None:
    assert parse_day(written, TODAY) == day


@pytest.mark.parametrize(
    "written", ["2026-02-30", "30 Feb", "Friday 24 Nov 2026", "on", "99999y", "31/31/2026", ""]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        parse_day(written, TODAY)


def test_a_day_that_may_be_two_is_not_guessed() -> None:
    with pytest.raises(AmbiguousDayError, match="2026-03-04 or 2026-04-03"):
        parse_day("03/04/26", TODAY)
    assert parse_day("03/04/26", TODAY, day_first=True) == date(2026, 4, 3)


def test_a_range_of_days_may_be_open() -> None:
    assert parse_day_range(None, " ") == DayRange()
    days = parse_day_range("2024-01-02", "3 March 2024")
    assert days == DayRange(date(2024, 1, 2), date(2024, 3, 3))
    assert parse_day_range("03/04/2024", "", day_first=True) == DayRange(date(2024, 4, 3))
    for since, until in (("someday", ""), ("2024-03-03", "2024-01-02"), ("03/04/2024", None)):
        with pytest.raises(UsageError):
            parse_day_range(since, until)


@pytest.fixture
def editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two editions of a paper, by folder."""
    monkeypatch.chdir(tmp_path)
    for folder, day in (("2026-11-24", "Friday"), ("2026-11-25", "Saturday")):
        (tmp_path / "news" / folder).mkdir(parents=True)
        (tmp_path / "news" / folder / "bank.txt").write_text(
            f"The bank meets on {day} in Oslo to discuss the key rate."
        )
    return tmp_path


QUESTION = "When does the bank meet?"
OLD = "news/2026-11-24/bank.txt:1: The bank meets on Friday in Oslo to discuss the key rate.\n"
NEW = "news/2026-11-25/bank.txt:1: The bank meets on Saturday in Oslo to discuss the key rate.\n"


@pytest.mark.usefixtures("editions")
@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ([], NEW + OLD),
        (["--since", "2026-11-25"], NEW),
        (["--until", "24 Nov 2026"], OLD),
        (["--since", "2026-11-24", "--until", "2026-11-24"], OLD),
        (["--in", "2026-11-24"], OLD),
        (["--in", "news/*25/*"], NEW),
        (["--in", "*/bank.txt", "--since", "2026-11-25"], NEW),
        (["--by-date"], OLD + NEW),
        (["--newest"], NEW + OLD),
    ],
)
@pytest.mark.parametrize("cached", [True, False])
def test_documents_are_selected_by_date_and_path(
    ask: Ask, options: list[str], shown: str, cached: bool
) -> None:
    options = [*options, *["--no-cache"] * (not cached)]
    assert ask(QUESTION, "news", *options).out == shown


@pytest.mark.usefixtures("editions")
def test_no_document_in_scope_is_said(ask: Ask) -> None:
    result = ask(QUESTION, "news", "--since", "2026-12-01")
    assert (result.code, result.out) == (1, "")
    assert "none of 2 documents matches --since; briefqa list" in result.err


@pytest.mark.usefixtures("editions")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--since", "2026-02-30"], "no such day: 2026-02-30"),
        (
            ["--since", "03/04/26"],
            "03/04/26 may be two days; write 2026-03-04 or 2026-04-03, or add --day-first",
        ),
        (
            ["--since", "2026-11-25", "--until", "2026-11-24"],
            "since 2026-11-25 is after until 2026-11-24",
        ),
    ],
)
def test_impossible_ranges_are_refused(ask: Ask, options: list[str], message: str) -> None:
    result = ask(QUESTION, "news", *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.usefixtures("editions")
def test_the_date_and_where_it_is_from_are_shown(ask: Ask) -> None:
    excerpt = json.loads(ask(QUESTION, "news", "--format", "json").out)["excerpts"][0]
    assert (excerpt["date"], excerpt["date_from"]) == ("2026-11-25", "name")
    assert "bank.txt:1 · 2026-11-25\n" in ask(QUESTION, "news", "--format", "text").out
    assert "2026-11-25" in ask(QUESTION, "news", "--format", "markdown").out


def test_a_clearly_better_sentence_stays_first_whatever_its_date(ask: Ask, editions: Path) -> None:
    (editions / "news" / "2026-11-26").mkdir()
    late = "The weather was fine when the bank was mentioned in a song."
    (editions / "news" / "2026-11-26" / "song.txt").write_text(late)
    assert ask(QUESTION, "news", "--newest", "--top", "1").out == NEW


def test_a_copied_document_keeps_its_date_and_a_touched_file_gets_a_new_one(
    tmp_path: Path,
) -> None:
    for number in range(300):
        path = tmp_path / f"{number:03}.txt"
        path.write_text(f"Ship {number} left.\n" + "Date: 2026-11-24\n" * (number == 7))
        os.utime(path, (1_700_000_000, 1_700_000_000))
    Assistant.open(tmp_path)
    (tmp_path / "300.txt").write_text("A new ship left.")
    os.utime(tmp_path / "008.txt", (1_795_500_000, 1_795_500_000))
    dates = [entry.date for entry in Assistant.open(tmp_path).documents()]
    assert dates[6:9] == ["2023-11-14", "2026-11-24", "2026-11-24"]


def test_a_selection_follows_the_documents(tmp_path: Path) -> None:
    (tmp_path / "2026-11-24.txt").write_text("Old.")
    assistant = Assistant.open(Corpus.of(tmp_path), cached=False)
    assert len(assistant.select(since=DAY)) == 1
    (tmp_path / "2026-11-25.txt").write_text("New.")
    assert assistant.refresh()
    assert len(assistant.select(since=DAY)) == 2
    assert assistant.select(since=DAY) is assistant.select(since=DAY)
