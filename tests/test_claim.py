"""Claims: what sentences say, and numbers, units and dates in one notation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.answers.claim import Claim
from briefqa.answers.notation import in_one_notation


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        ("4.50 percent, 4.5 per cent, 4.50%, 4.5 pct", "4.5%, 4.5%, 4.5%, 4.5%"),
        ("0.25 percentage points", "0.25pp"),
        ("Twelve men, twenty-five ships, two hundred jobs", "12 men, 25 ships, 200 jobs"),
        ("€3.2 million, 3.2 million euros, €3.2m", "3200000EUR, 3200000EUR, 3200000EUR"),
        ("US$3bn, $3 billion, 3 billion dollars", "3000000000USD, 3000000000USD, 3000000000USD"),
        ("Friday, 12 March 2027; March 12, 2027", "2027-03-12; 2027-03-12"),
        ("Nov. 24, 24 Nov, November 24th; 10 Sept. on", "--11-24, --11-24, --11-24; --09-10 on"),
        ("18,000 and 18\N{THIN SPACE}000", "18000 and 18000"),
        ("120 km/h, 120 kilometres per hour", "120km/h, 120km/h"),
        ("1,240 m, 1240 meters, a 1,240-metre bridge", "1240m, 1240m, a 1240m bridge"),
        # What only looks like one of these stays.
        ("may 5 people march 3 miles", "may 5 people march 3mi"),
        ("they won 3-1 at 12:30 in the 1990s", "they won 3-1 at 12:30 in the 1990s"),
        ("no number’s here", "no number's here"),
    ],
)
def test_numbers_units_and_dates_have_one_notation(written: str, notation: str) -> None:
    assert in_one_notation(written) == notation


TALKS = "The talks on the harbour will resume on Friday"
VOTE = "the miners of Lerum voted for a strike at the pit"
REACTORS = "Two of the three reactors were shut down for repairs"
COURT = "The court in Lerum sentenced the former mayor to three years in prison."


def repeats(one: str, other: str) -> bool:
    claims = [Claim.of(each, english_analyzer()) for each in (one, other)]
    assert claims[0].repeats(claims[1]) == claims[1].repeats(claims[0])
    return claims[0].repeats(claims[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{TALKS}, Anna Hansen said.", f"{TALKS}."),
        (f"{TALKS}, Anna Hansen said.", f"{TALKS}, Hansen said on Monday."),
        (f"{TALKS}, the ministry said.", f"According to the ministry, {TALKS}."),
        (f"{TALKS}, the minister told reporters.", f"{TALKS}, according to the minister."),
        (
            "“We will not give up,” said the chief of the union.",
            '"We will not give up," said the chief of the union.',
        ),
        (
            f"OSLO, 24 November 2026 (NTB) — {REACTORS}.",
            f"(Reuters) - {REACTORS}, the operator said.",
        ),
        (f"BERLIN (dpa) -- {TALKS}.", f"{TALKS}."),
        (f"Karlsund – {TALKS}.", f"{TALKS}."),
        (f"On Monday {VOTE}.", f"{VOTE.capitalize().replace('lerum', 'Lerum')} on Monday."),
        (COURT, COURT.replace("three", "3").replace("sentenced", "has sentenced")),
        (
            "Brandvik’s plant in Lerum employs about 1,800 people, most of them locals.",
            "Brandvik's plant in Lerum employs about 1800 people, most of them locals.",
        ),
        (
            "Carmaker Brandvik will close its old plant in Lerum in the summer.",
            "Brandvik will close its old plant in Lerum in the summer.",
        ),
        (f"{TALKS} for the ninth time.", f"{TALKS} for the ninth time in spring."),
    ],
)
def test_the_same_claim_is_a_repeat_however_it_is_edited(one: str, other: str) -> None:
    assert repeats(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{TALKS}, Anna Hansen said.", f"{TALKS}, Per Olsen said."),
        (f"{TALKS}, and the minister said nothing.", f"{TALKS}."),
        (f"{TALKS}, the minister did not say.", f"{TALKS}."),
        (f"{TALKS}, the paper said taxes will rise soon.", f"{TALKS}."),
        (f"On Monday {VOTE}.", f"On Tuesday {VOTE}."),
        ("Toyota – the carmaker – fell 3 percent.", "Honda – the carmaker – fell 3 percent."),
        (
            "Liverpool – Chelsea ended 2:1 after extra time on Sunday.",
            "Arsenal – Chelsea ended 2:1 after extra time on Sunday.",
        ),
        (
            "UK – China trade fell 3 percent in October, customs said.",
            "USA – China trade fell 3 percent in October, customs said.",
        ),
        (
            "Prices rose from 3.9 to 4.5 percent in a year.",
            "Prices rose from 4.5 to 3.9 percent in a year.",
        ),
        (
            "The dam holds 3.2 million litres of water.",
            "The dam holds 3.2 billion litres of water.",
        ),
        ("The plant costs 3.2 million euros.", "The plant costs 3.2 million dollars."),
        (COURT, COURT.replace("three years", "three months")),
        (COURT, COURT.replace("Lerum", "Vasby")),
        (COURT, COURT.replace("sentenced", "never sentenced")),
        (COURT, COURT.replace("mayor", "guard")),
        (
            "Unemployment fell to 4.5 percent in October.",
            "Unemployment fell to 4.5 percent in October in Norway.",
        ),
        ("Arsenal beat Chelsea in London on Sunday.", "Chelsea beat Arsenal in London on Sunday."),
        (f"{TALKS}.", f"{TALKS} after three weeks of a strike by the crews of the tugs."),
    ],
)
def test_what_differs_in_a_value_is_no_repeat(one: str, other: str) -> None:
    assert not repeats(one, other)


@given(
    whole=st.integers(0, 10**9),
    fraction=st.text("0123456789", max_size=6),
    scale=st.sampled_from(["", " thousand", " million", "bn"]),
)
def test_a_scaled_number_is_exact(whole: int, fraction: str, scale: str) -> None:
    factor = {"": 1, " thousand": 10**3, " million": 10**6, "bn": 10**9}[scale]
    written = f"{whole}.{fraction}" if fraction else str(whole)
    found = in_one_notation(f"of {written}{scale} in all").split()[1]
    exact = f"{Decimal(written) * factor:f}"
    assert found == (exact.rstrip("0").rstrip(".") if "." in exact else exact)


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        ("someone often listens", "someone often listens"),
        ("one/two of (three), four-and-five", "1/2 of (3), 4-and-5"),
        ("“One” of the seven – “phone”", "“1” of the 7 – “phone”"),
        ("one_two", "one_two"),
    ],
)
def test_number_words_are_whole_words(written: str, notation: str) -> None:
    assert in_one_notation(written) == notation
