"""The kind of answer that a question expects, and its span in a sentence."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa import Assistant
from briefqa.analysis.english import english_analyzer
from briefqa.answers.answer_type import (
    PATTERNS,
    answer_type,
    find_counted,
    find_expected,
    what_is_counted,
)
from briefqa.answers.date_spans import NUMERIC_DATE, WEEKDAY, YEAR, YEARS, find_date_spans
from briefqa.answers.fine_types import FINE_PATTERNS
from briefqa.answers.name_spans import NAME_PATTERNS, find_full_name
from briefqa.answers.value_span import nearest
from briefqa.conventions import MONTH_ABBREVIATIONS, MONTHS
from briefqa.spans import Span

ANALYZER = english_analyzer()

if TYPE_CHECKING:
    from briefqa.answers.answer_type import AnswerType

KINDS = sorted({*PATTERNS, *NAME_PATTERNS, *FINE_PATTERNS, "date", "duration"})


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When do they meet?", "date"),
        ("In what year was it built?", "date"),
        ("Who leads?", "person"),
        ("Where is the plant?", "place"),
        ("Which country won?", "place"),
        ("How many ships?", "quantity"),
        ("How long did it take?", "duration"),
        ("How old is she?", "duration"),
        ("How much did it cost?", "quantity"),
        ("Why did they leave?", "reason"),
        ("What caused the fire?", "reason"),
        ("which car company is mentioned?", "company"),
        ("what does the vaccine cost", "quantity"),
        ("What did the anchor weigh?", "quantity"),
        ("what does the cost cover", None),
        ("What firm made it?", "company"),
        ("What does the company make?", None),
        ("What did the author want?", None),
        ("Who is the author?", "person"),
        ("What is the date?", "date"),
        ("What is planned?", None),
        ("Is it so?", None),
        ("How hot is the kiln?", "quantity"),
        ("How serious was the leak?", None),
        ("last day to send comments", "date"),
        ("minimum length when users choose their own", "quantity"),
        ("tell me when they meet", "date"),
        ("since when is it open", "date"),
        ("What kinds of time off are there?", None),
        ("last days of the empire", None),
        ("reasons for the delay", "reason"),
        ("What is the goal of the program?", "reason"),
        ("What is the office's phone number?", "phone"),
        ("phone number of the office", "phone"),
        ("What's the e-mail address for complaints?", "email"),
        ("Who sent the email?", "person"),
        ("Does the address change?", None),
        ("address of the clinic", "address"),
        ("What is the IP address of the server?", None),
        ("website of the museum", "website"),
        ("Which Python versions are supported?", "version"),
        ("Which version fixed the leak?", "version"),
        ("What brought a new version of it?", None),
        ("what is in the new version", None),
        ("What is our order ID?", "code"),
        ("invoice number", "code"),
        ("What number of people came?", "quantity"),
        ("What colour is the cable?", "colour"),
        ("opening hours of the museum", "date"),
    ],
)
def test_the_question_word_tells_the_kind(question: str, kind: "AnswerType | None") -> None:
    assert answer_type(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "found"),
    [
        ("date", "They meet on April 10, 2023, at noon.", ["April 10, 2023"]),
        ("date", "It was 1998 or the 19th century.", ["1998", "19th century"]),
        ("date", "On Monday, 3 May it rained.", ["Monday, 3 May"]),
        ("date", "It costs 1500,000 yen.", []),
        ("person", "Then Émile J. Zola and Dr. No met.", ["Émile J. Zola", "Dr. No"]),
        ("person", "Rain fell.", []),
        ("person", "MINUTES OF THE HARBOUR BOARD", []),
        ("person", "He is in Washington.", ["Washington"]),
        ("place", "A plant in North Carolina for Toyota.", ["North Carolina"]),
        ("quantity", "It took 3.5 million dollars.", ["3.5 million"]),
        ("quantity", "It grew by 12,000, then 7.", ["12,000", "7"]),
        ("quantity", "Forty-two ships, 7 % less", ["Forty-two", "7 %"]),
        ("duration", "It cost 40 euros and took nine years.", ["nine years"]),
        ("duration", "A 15-year patent, 3.5 km away", ["15-year", "3.5 km"]),
        ("person", "The study of Prof. Anita Rao.", ["Prof. Anita Rao"]),
        ("reason", "He left because of the rain, alone.", ["because of the rain"]),
        (
            "company",
            "At noon Acme Motor Corp. and Lind & Sons Ltd won.",
            ["Acme Motor Corp.", "Lind & Sons Ltd"],
        ),
        ("company", "The company of Greta Lind won in March.", []),
        ("company", "At noon X-Acme Motor Corp. won.", ["X-Acme Motor Corp."]),
        (
            "phone",
            "Call +44 20 7946 0958, or (555) 555-0123.",
            ["+44 20 7946 0958", "(555) 555-0123"],
        ),
        ("phone", "Dial 112, or 1-800-RAINING.", ["112", "1-800-RAINING"]),
        ("phone", "In 1999-2003, and on 2026-11-24, it cost 1,200.", []),
        ("phone", "It has the number 12345678x, and the account 71330945.", []),
        ("email", "Write to a.b+c@mail.example.org.", ["a.b+c@mail.example.org"]),
        ("email", "Write to me @ noon.", []),
        (
            "website",
            "See https://example.org/a?b=c, example.co.uk/help or www.example.net!",
            ["https://example.org/a?b=c", "example.co.uk/help", "www.example.net"],
        ),
        ("website", "Run main.py, e.g. at 4.30.", []),
        (
            "address",
            "It is at 12 Main Street, Springfield 62704; write to P.O. Box 7, Salem.",
            ["12 Main Street, Springfield 62704", "P.O. Box 7, Salem"],
        ),
        ("address", "She left for Lindenstraße 12, 8001 Zürich.", ["Lindenstraße 12, 8001 Zürich"]),
        ("version", "Version 7 and 2.3.1 need v3.10-rc1.", ["7", "2.3.1", "v3.10-rc1"]),
        ("version", "It costs $4.50, rose 4.5 percent, at 5.30 pm.", []),
        ("code", "Invoice INV-2026-0013 of 2026-05-03 is for room 12.", ["INV-2026-0013", "12"]),
        ("code", "Flight LX 1426 leaves from gate B 7.", ["LX 1426", "B 7"]),
        ("code", "The IBAN is DE89 3704 0044 0532 0130 00.", ["DE89 3704 0044 0532 0130 00"]),
        ("colour", "A dark green wire, not a red one.", ["dark green", "red"]),
        (
            "person",
            "Then Gov. Ann Lee, Dr. No and J. R. Hill of U.S.-Japan Forum met St. Clair.",
            ["Gov. Ann Lee", "Dr. No", "J. R. Hill of U.S.-Japan Forum", "St. Clair"],
        ),
    ],
)
def test_what_is_expected_is_found(kind: "AnswerType", sentence: str, found: list[str]) -> None:
    spans = find_expected(kind, sentence, frozenset())
    assert [span.slice(sentence) for span in spans] == found


def test_a_long_code_is_no_company_and_takes_no_time() -> None:
    assert find_expected("company", "A1-" * 200_000, frozenset()) == []


def test_what_the_question_says_itself_is_no_answer() -> None:
    known = frozenset(["joe", "biden"])
    spans = find_expected("person", "Then Joe Biden met Fumio Kishida.", known)
    assert [span.start for span in spans] == [19]


def test_a_number_counts_what_follows_it() -> None:
    assert what_is_counted("How many ships were repaired?", ANALYZER) == "ship"
    assert what_is_counted("how many big ships were repaired", ANALYZER) == "ship"
    assert what_is_counted("How many people repair ships?", ANALYZER) == "peopl"
    assert what_is_counted("How many does it hold?", ANALYZER) != "it"
    assert what_is_counted("How many?", ANALYZER) is None
    assert find_counted("They repaired forty old ships.", "ship", ANALYZER)
    assert not find_counted("The ships sailed forty miles.", "ship", ANALYZER)


@pytest.mark.parametrize(
    ("sentence", "full"),
    [
        ("Then Prime Minister Fumio Kishida spoke.", True),
        ("Then the prime minister Fumio Kishida spoke.", True),
        ("Then Prime Minister Kishida spoke.", False),
        ("The minister met Joe Biden.", False),
        ("After President Biden, Prime Minister Kishida spoke.", False),
    ],
)
def test_a_full_name_stands_beside_the_office(sentence: str, full: bool) -> None:
    assert (
        find_full_name(sentence, frozenset(ANALYZER.terms("Japan's prime minister")), ANALYZER)
        is full
    )


def test_the_nearest_is_in_focus() -> None:
    dates = [Span(0, 4), Span(20, 24), Span(40, 44)]
    assert nearest(dates, [Span(26, 30)]) == Span(20, 24)
    assert nearest(dates, []) == Span(0, 4)
    assert nearest([], [Span(26, 30)]) is None


MONTH = "|".join(map(re.escape, (*MONTHS, *MONTH_ABBREVIATIONS)))
ANY_DATE = re.compile(
    rf"{NUMERIC_DATE}|(?:{WEEKDAY},?\s+)?(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?"
    rf"\b(?:{MONTH})(?:\s+\d{{1,2}}\b)?(?:,?\s+{YEAR})?"
    rf"|{YEARS}|\b{WEEKDAY}\b|\b\d{{1,2}}(?:st|nd|rd|th)\s+century"
    r"|\b\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\b\.?)|\b\d{1,4}\s+(?:BCE?|AD|CE)\b"
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2} o['’]clock\b"
)
"""All forms of dates in one pattern, which finds the same but takes long to compile."""
PIECES = (
    "Monday Sunday day , . - – / : _ ’ 1 12 3 03 2023 1999 20 1066s 2024-03-05 03/04/2026 ٣ st nd"
    " th century am p.m. BC AD o'clock clock April May Mayor Jun. June Sept. in x 10:30"
).split()


@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", ", ", "\n"])), max_size=9)
)
def test_dates_of_all_forms_are_found_from_left_to_right(pieces: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, pieces))
    assert [*map(tuple, find_date_spans(text))] == [
        match.span() for match in ANY_DATE.finditer(text)
    ]


@given(kind=st.sampled_from(KINDS), text=st.text(), known=st.frozensets(st.text()))
def test_what_is_found_lies_in_the_sentence(
    kind: "AnswerType", text: str, known: frozenset[str]
) -> None:
    for span in find_expected(kind, text, known):
        assert 0 <= span.start < span.end <= len(text)
        assert not span.slice(text)[0].isspace()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("unit", ["A ", "A.", "1,", "since ", "forty ", "in A ", "May 1, ", "aA"])
def test_much_of_anything_ends(kind: "AnswerType", unit: str) -> None:
    find_expected(kind, unit * (100_000 // len(unit)), frozenset())


def test_the_answer_shows_what_is_in_focus(briefing: Assistant) -> None:
    for question, focus in [
        ("When will Kishida and Biden meet?", "April 10, 2023"),
        ("Where is Toyota planning a factory?", "North Carolina"),
        ("What will they discuss?", None),
    ]:
        excerpt = briefing.ask(question).excerpts[0]
        shown = excerpt.focus and excerpt.focus.slice(excerpt.passage.text)
        assert shown == focus
        assert excerpt.focus is None or excerpt.sentence.contains(excerpt.focus)


def test_a_pronoun_leads_in_with_the_sentence_before(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_text("The minister went to Kyoto. This visit cost nine euros. Rain fell.\n")
    assistant = Assistant.open([str(path)])
    leads = []
    for question in ("What did the visit cost?", "Who went to Kyoto?"):
        excerpt = assistant.ask(question).excerpts[0]
        leads.append(excerpt.lead and excerpt.lead.slice(excerpt.passage.text))
    assert leads == ["The minister went to Kyoto.", None]
