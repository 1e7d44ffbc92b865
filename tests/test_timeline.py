"""Timelines: dates that sentences mention, and sentences in the order of these dates."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa import Assistant, QuestionError, UsageError
from briefqa import timeline as timelines
from briefqa.cli import main
from briefqa.cli.timeline_command import TIMELINE_FORMATS
from briefqa.documents.date_mentions import Reason, find_mentions, may_mention
from conftest import Result, check_golden

THURSDAY = date(2026, 11, 26)
ANY_DAY = st.dates(date(1850, 1, 1), date(2150, 12, 31))
PARTS = (
    "May 31 2026 03/04/26 Friday last ago 999 years in - , ² ٣ 0 0001-01-01 next year month week 29"
    " February Sept between 1000 and 2026-02-30 1/1/00 31.12.2199 today since March. 10-12 of the"
)
DATE_LIKE = st.lists(st.sampled_from(PARTS.split()), max_size=9).map(" ".join)
"""Texts of parts of dates, most of which are none."""
BRIEFING = """\
---
date: 2026-11-26
---

# Harbours

The bank meets on Friday in Oslo. It met last week in Bergen.

A new crane was ordered in March 2024. The yard of Kure opened on 10 April 1903.

The crane of Bremen will arrive on 03/04/2026 or on February 30, 2027.
"""
NOTES = "Cranes\n\nThe crane of Kure arrived yesterday. The yard of Kure opened on 10 April 1903.\n"


def days(sentence: str, told: date | None = THURSDAY) -> list[str]:
    return [
        f"{each.first}" if each.first == each.last else f"{each.first}/{each.last}"
        for each in find_mentions(sentence, told)
    ]


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("It lasts from 28 February to 2 March 2026.", "2026-02-28", "2026-03-02"),
        ("It lasts 30th December - 2nd of January, 2026.", "2025-12-30", "2026-01-02"),
        ("It left on Feb. 28 and Sept. 2, 2023.", "2023-02-28", "2023-09-02"),
        ("Fairs: 1-2 May and 3-4 June 2026.", "2026-05-01/2026-05-02", "2026-06-03/2026-06-04"),
    ],
)
@pytest.mark.parametrize("told", [None, THURSDAY])
def test_a_year_after_two_days_is_that_of_both(
    sentence: str, first: str, last: str, told: date | None
) -> None:
    assert days(sentence, told) == [first, last]
    assert not any(each.is_relative for each in find_mentions(sentence, told))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It left on 10 April 2023.", "2023-04-10"),
        ("It left on Monday, April 10, 2023.", "2023-04-10"),
        ("It left on the 3rd of Sept. 2023 at noon.", "2023-09-03"),
        ("It left on 2023-04-10 or so.", "2023-04-10"),
        ("It left on 24/11/2026.", "2026-11-24"),
        ("It left on 30.11.2026.", "2026-11-30"),
        ("It lasts from April 10-12, 2023.", "2023-04-10/2023-04-12"),
        ("It lasts 10-12 April 2023.", "2023-04-10/2023-04-12"),
        ("It left in March 2024.", "2024-03-01/2024-03-31"),
        ("It left in 1969.", "1969-01-01/1969-12-31"),
        ("It was founded in June 1638.", "1638-06-01/1638-06-30"),
        ("It was founded in 1638, they say.", "1638-01-01/1638-12-31"),
        ("It is as of 2012 a part of the council.", "2012-01-01/2012-12-31"),
        ("It was not used after 1930 there.", "1930-01-01/1930-12-31"),
        ("It was built between 2001 and 2005.", "2001-01-01/2005-12-31"),
    ],
)
def test_a_complete_date_is_read_without_that_of_its_document(sentence: str, expected: str) -> None:
    assert days(sentence, None) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They met yesterday.", "2026-11-25"),
        ("They meet tomorrow.", "2026-11-27"),
        ("They meet tonight.", "2026-11-26"),
        ("They met this morning.", "2026-11-26"),
        ("They met last night.", "2026-11-25"),
        ("They met last week.", "2026-11-16/2026-11-22"),
        ("They meet next month.", "2026-12-01/2026-12-31"),
        ("They meet this year.", "2026-01-01/2026-12-31"),
        ("They met three days ago.", "2026-11-23"),
        ("They met twelve days ago.", "2026-11-14"),
        ("They met 2 weeks ago.", "2026-11-09/2026-11-15"),
        ("They met a year ago.", "2025-01-01/2025-12-31"),
        ("They met last Thursday.", "2026-11-19"),
        ("They meet next Thursday.", "2026-12-03"),
        ("They met this Thursday.", "2026-11-26"),
        ("They meet in the hall on Friday.", "2026-11-27"),
        ("They will meet there on Monday.", "2026-11-30"),
        ("They met on Monday.", "2026-11-23"),
        ("The ferry sank Saturday night.", "2026-11-21"),
        ("The strike was moved to Saturday.", "2026-11-28"),
        ("Talks are set to resume on Monday.", "2026-11-30"),
        ("A vote is to be held on Monday.", "2026-11-30"),
        ("Elections will be held in March.", "2027-03-01/2027-03-31"),
        ("He said on Friday that they will meet.", "2026-11-20"),
        ("On Friday he said that they will meet.", "2026-11-20"),
        ("On Wednesday they will meet.", "2026-12-02"),
        ("They met on April 10.", "2026-04-10"),
        ("They will meet on April 10.", "2027-04-10"),
        ("The tenth meeting: 10 December.", "2026-12-10"),
        ("They met in March.", "2026-03-01/2026-03-31"),
        ("They will meet at the end of March.", "2027-03-01/2027-03-31"),
        ("They met that coming Monday.", "2026-11-30"),
        ("They met last November.", "2025-11-01/2025-11-30"),
        ("They meet in November.", "2026-11-01/2026-11-30"),
        ("They will meet on February 29.", "2028-02-29"),
    ],
)
def test_other_dates_are_counted_from_that_of_their_document(sentence: str, expected: str) -> None:
    assert days(sentence) == [expected]
    [undated] = find_mentions(sentence, None)
    assert (undated.first, undated.reason) == (None, Reason.UNDATED)


@pytest.mark.parametrize(
    "sentence",
    ["It ends on 03/04/2026.", "It ends on 03/04/26.", "It ends on 2026-02-30.",
     "It ends on February 30.", "It ends on 31 June 2026.", "It ends April 12-10, 2026.",
     "From 2005 to 2001 it rose."],
)  # fmt: skip
def test_what_is_no_day_or_may_be_two_is_not_guessed(sentence: str) -> None:
    [unclear] = find_mentions(sentence, THURSDAY)
    assert (unclear.first, unclear.last, unclear.reason) == (None, None, Reason.UNCLEAR)


@pytest.mark.parametrize("day_first", [True, False])
def test_a_reader_may_know_which_number_is_the_day(day_first: bool) -> None:
    [mention] = find_mentions("It ends on 03/04/2026.", None, day_first=day_first)
    assert mention.first == (date(2026, 4, 3) if day_first else date(2026, 3, 4))


@pytest.mark.parametrize(
    "sentence",
    ["We may 10 times march 5 miles.", "May 10,000 people come?", "April 5 percent",
     "Mary and Mark are 40.", "The last week of it was calm.", "Today's world is calm.",
     "It costs 2006 crowns.", "It is in 1200 homes.", "Version 1.2.3 is out.",
     "Call 2026-11-345.", "On Fridays it rains."],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(sentence: str) -> None:
    assert find_mentions(sentence, THURSDAY) == []


def test_a_verb_far_away_does_not_tell_which_day_is_meant() -> None:
    assert days("It left, and the crane, on Friday.") == ["2026-11-20"]
    assert days(f"It left, {'and the crane ' * 30}on Friday.") == ["2026-11-27"]


def test_a_weekday_may_follow_its_date() -> None:
    assert days("It left on 10 April 2023 (the Monday) and on Tuesday.") == [
        "2023-04-10",
        "2026-11-24",
    ]


def test_dates_of_one_sentence_come_in_its_order() -> None:
    sentence = "On Friday, Nov. 20, they left; on 24 November they came, as in 2019 and last year."
    assert [each.span.slice(sentence) for each in find_mentions(sentence, THURSDAY)] == [
        "Nov. 20", "24 November", "2019", "last year"]  # fmt: skip


@given(ANY_DAY, st.sampled_from(["{0:%B} {0.day}, {0.year}", "{0.day} {0:%b} {0.year}", "{0}"]))
def test_each_day_is_read_as_it_was_written(day: date, form: str) -> None:
    assert days(f"It left on {form.format(day)}.", None) == [day.isoformat()]


@given(ANY_DAY, st.integers(-3, 3))
def test_a_weekday_without_a_verb_is_the_nearest(told: date, away: int) -> None:
    day = told + timedelta(away)
    assert days(f"{day:%A}: rain.", told) == [day.isoformat()]


@given(DATE_LIKE | st.text(), st.dates() | st.none())
def test_any_text_is_read(text: str, told: date | None) -> None:
    for mention in find_mentions(text, told):
        assert may_mention(text)
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert (mention.first is None) == (mention.reason is not None)


@pytest.fixture
def harbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    (tmp_path / "briefing.md").write_text(BRIEFING)
    (tmp_path / "notes.txt").write_text(NOTES)
    monkeypatch.chdir(tmp_path)
    return Assistant.open(["briefing.md", "notes.txt"], cached=False)


def test_sentences_come_in_the_order_of_their_dates(harbours: Assistant) -> None:
    found = harbours.timeline()
    assert [(each.iso, each.written, each.place.citation) for each in found.events] == [
        ("1903-04-10", "10 April 1903", "briefing.md:9"),
        ("2024-03", "March 2024", "briefing.md:9"),
        ("2026-11-16/2026-11-22", "last week", "briefing.md:7"),
        ("2026-11-27", "Friday", "briefing.md:7"),
    ]
    assert [each.counted_from for each in found.events] == [None, None, *["2026-11-26"] * 2]
    assert found.events[-1].sentence == "The bank meets on Friday in Oslo."


def test_what_two_documents_say_is_one_event(harbours: Assistant) -> None:
    [event, *_] = harbours.timeline().events
    assert [place.citation for place in event.also] == ["notes.txt:3"]


def test_dates_that_are_left_out_are_counted_with_an_example(harbours: Assistant) -> None:
    told = {each.reason: each for each in harbours.timeline().unplaced}
    unclear, undated = told[Reason.UNCLEAR], told[Reason.UNDATED]
    assert (unclear.dates, unclear.written, unclear.place.line) == (2, "03/04/2026", 11)
    assert (undated.dates, undated.written, undated.place.citation) == (
        1, "yesterday", "notes.txt:3")  # fmt: skip
    assert harbours.timeline(day_first=True).unplaced[0].written == "February 30, 2027"


def test_a_timeline_is_about_some_words(harbours: Assistant) -> None:
    assert [each.iso for each in harbours.timeline("cranes").events] == ["2024-03"]
    assert [each.iso for each in harbours.timeline("yard Kure").events] == ["1903-04-10"]
    assert harbours.timeline("volcano").events == ()
    with pytest.raises(QuestionError):
        harbours.timeline("?!")


def test_a_timeline_is_of_some_days_and_documents(harbours: Assistant) -> None:
    def isos(since: date | None = None, until: date | None = None) -> list[str]:
        return [each.iso for each in harbours.timeline(since=since, until=until).events]

    assert isos(date(2024, 3, 15), date(2026, 11, 20)) == ["2024-03", "2026-11-16/2026-11-22"]
    assert isos(until=date(1999, 1, 1)) == ["1903-04-10"]
    assert isos(since=date(2026, 11, 27)) == ["2026-11-27"]
    notes = harbours.timeline(documents=harbours.select(patterns=["notes*"]))
    assert [each.place.citation for each in notes.events] == ["notes.txt:3"]


def test_a_long_timeline_is_refused(harbours: Assistant) -> None:
    with pytest.raises(UsageError, match="more than 2 sentences"):
        harbours.timeline(max_events=2)


def test_progress_is_told_in_passages(harbours: Assistant) -> None:
    told: list[tuple[int, int]] = []
    harbours.timeline(progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (harbours.size.passages, harbours.size.passages)
    notes = harbours.select(patterns=["notes.txt"])
    harbours.timeline(documents=notes, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (1, 1)


def test_days_are_written_as_briefly_as_iso_8601_allows(tmp_path: Path) -> None:
    path = tmp_path / "years.txt"
    path.write_text("It rose in 1969. It fell between 2001 and 2005. It ends in December 2024.\n")
    found = Assistant.open(path, cached=False).timeline()
    assert [each.iso for each in found.events] == ["1969", "2001/2005", "2024-12"]


List = Callable[..., Result]


@pytest.fixture
def list_dates(capsys: pytest.CaptureFixture[str]) -> List:
    """Runs `briefqa timeline` in this process."""

    def run_timeline(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(["timeline", *arguments])
        return Result(code, *capsys.readouterr())

    return run_timeline


@pytest.mark.parametrize("name", TIMELINE_FORMATS)
def test_each_format_of_a_timeline_is_as_it_was(
    list_dates: List, harbours: Assistant, name: str
) -> None:
    result = list_dates("briefing.md", "notes.txt", "--format", name)
    assert result.code == 0
    check_golden(f"timeline.{name}", result.out)
    assert result.err.splitlines() == [
        "briefqa: 2 dates are left out, such as 03/04/2026 in briefing.md:11: it may be two days,"
        " or is no day; --day-first reads 03/04/2026 as 3 April",
        "briefqa: 1 date is left out, such as yesterday in notes.txt:3: its document has no date"
        " of its own to count from",
    ]


def test_the_date_is_marked_in_colour(list_dates: List, harbours: Assistant) -> None:
    result = list_dates("briefing.md", "-f", "text", "--color", "always", "--about", "Oslo")
    assert "\x1b[1m2026-11-27\x1b[0m\n" in result.out
    assert "The bank meets on \x1b[1;4mFriday\x1b[0m in Oslo." in result.out


def test_options_choose_days_and_documents(list_dates: List, harbours: Assistant) -> None:
    def listed(*options: str) -> list[str]:
        result = list_dates("briefing.md", "notes.txt", "-f", "jsonl", *options)
        return [json.loads(line)["date"] for line in result.out.splitlines()]

    assert listed("--since", "2026-11-27") == ["2026-11-27"]
    assert listed("--until", "1950-01-01") == ["1903-04-10"]
    assert listed("--in", "notes*") == ["1903-04-10"]
    assert listed("--about", "crane", "--day-first") == ["2024-03", "2026-04-03"]


def test_no_date_is_exit_1_and_a_bad_argument_2(
    list_dates: List, harbours: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list_dates("notes.txt", "--about", "volcano").code == 1
    assert list_dates("notes.txt", "--about", "?!").code == 2
    assert list_dates("notes.txt", "missing.txt").code == 2
    chosen = list_dates("--in", "*.md")
    assert (chosen.code, "none is named" in chosen.err) == (2, True)
    monkeypatch.setattr(timelines, "MAX_EVENTS", 1)
    refused = list_dates("briefing.md")
    assert (refused.code, refused.out) == (2, "")
    assert "more than 1 sentences mention a date" in refused.err
    assert "narrow it with --about" in refused.err
    monkeypatch.setattr(timelines, "MAX_HITS", 1)
    refused = list_dates("briefing.md", "--about", "crane")
    assert (refused.code, "1 passages or more have these words" in refused.err) == (2, True)


def test_without_a_path_the_briefing_is_named(list_dates: List) -> None:
    result = list_dates()
    assert (result.code, "bundled briefing" in result.err) == (0, True)
    assert result.out
