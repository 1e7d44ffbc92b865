"""Agreement: the values that several documents give for what is asked."""

import json
from pathlib import Path

import pytest

from briefqa.answers import Answer
from briefqa.assistant import Assistant
from conftest import Ask

RATE = "Paper {}. The central bank raised its key rate to {} on Thursday, its chief told paper {}."
QUESTION = "How much is the key rate of the central bank?"


def ask_papers(folder: Path, question: str, papers: dict[str, str]) -> Answer:
    for name, text in papers.items():
        (folder / f"{name}.txt").write_text(text)
    return Assistant.open(folder, cached=False).ask(question)


def told(answer: Answer) -> list[tuple[str, int]]:
    return [(value.written, value.documents) for value in answer.values]


def first(answer: Answer) -> str:
    return answer.excerpts[0].sentence.slice(answer.excerpts[0].passage.text)


def test_days_in_figures_are_compared_to_the_day(tmp_path: Path) -> None:
    opens = "The bridge at Lund opens on {} to all traffic."
    days = {"a": "2026-12-10", "b": "10 December 2026", "c": "2026-12-11"}
    papers = {name: opens.format(day) for name, day in days.items()}
    answer = ask_papers(tmp_path, "When does the bridge at Lund open?", papers)
    assert told(answer) == [("10 December 2026", 2), ("2026-12-11", 1)]


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    """Four papers that agree, and a shorter one that does not."""
    for number in range(4):
        text = RATE.format(number, "4.50 percent", number)
        (tmp_path / f"2026-11-24-{number}.txt").write_text(text)
    lone = "The central bank raised its key rate to 4.25 percent."
    (tmp_path / "2026-11-25-lone.txt").write_text(lone)
    return tmp_path


def test_the_value_of_most_documents_is_first_and_the_other_next(rates: Path) -> None:
    answer = Assistant.open(rates, cached=False).ask(QUESTION)
    assert told(answer) == [("4.50 percent", 4), ("4.25 percent", 1)]
    assert "4.50 percent" in first(answer)
    assert "4.25 percent" in answer.excerpts[1].passage.text


def test_agreement_makes_an_answer_surer(tmp_path: Path) -> None:
    one = ask_papers(tmp_path, QUESTION, {"a": RATE.format(1, "4.50 percent", 1)})
    (tmp_path / "more").mkdir()
    papers = {name: RATE.format(name, "4.50 percent", name) for name in "abcd"}
    several = ask_papers(tmp_path / "more", QUESTION, papers)
    assert told(one) == []
    assert told(several) == [("4.50 percent", 4)]
    assert several.confidence >= 0.5


@pytest.mark.parametrize(
    ("question", "one", "other", "values"),
    [
        (
            "When does the bank meet?",
            "The bank meets on Friday in Oslo to discuss the rate.",
            "The bank meets on Saturday in Oslo to discuss the rate.",
            {"Friday", "Saturday"},
        ),
        (
            "When does the bank meet?",
            "The bank meets on April 10, 2026 in Oslo to discuss the rate.",
            "In Oslo, the bank meets on April 10 to discuss the rate.",
            {"April 10, 2026"},
        ),
        (
            "Who leads the bank?",
            "As the paper said, Ann Mary Smith leads the bank.",
            "As the radio said, Smith leads the bank.",
            {"Ann Mary Smith"},
        ),
        (
            "Who leads the bank?",
            "As the paper said, Mary Smith leads the bank.",
            "As the radio said, Mark Smith leads the bank.",
            {"Mary Smith", "Mark Smith"},
        ),
        (
            "When does the bank meet?",
            "The bank meets on Sept. 10 in Oslo to discuss the rate.",
            "The bank meets on September 10 in Oslo to discuss the rate.",
            {"September 10"},
        ),
        (
            "How many ships were repaired in Kure?",
            "In the yard of Kure, 1,200 ships were repaired.",
            "In the yard of Kure, 1200 ships were repaired last year.",
            {"1,200"},
        ),
        (
            "How much did prices rise in October?",
            "Prices rose by 4.50 per cent in October, said the bureau.",
            "Prices rose by 4.5% in October, the bureau told us.",
            {"4.50 per cent"},
        ),
    ],
)
def test_values_are_one_however_they_are_written(
    tmp_path: Path, question: str, one: str, other: str, values: set[str]
) -> None:
    answer = ask_papers(tmp_path, question, {"a": one, "b": other})
    assert {written for written, _ in told(answer)} == values


@pytest.mark.parametrize(
    ("question", "one", "other", "values"),
    [
        (
            "How much will the new dock cost?",
            "The new dock will cost 85 million pounds, the port said.",
            "Engineers were surprised: the new dock will cost £85m.",
            {"85 million pounds"},
        ),
        # A number of something else, or in another unit, is no other value.
        (
            "How high is the damage?",
            "Damage is estimated at 85 million dollars.",
            "Some 2,300 houses had damage.",
            set(),
        ),
        # What follows a preposition may be said around the sentence, what is asked for may not.
        (
            "How many people were killed by the quake?",
            "The number of people killed by the quake has risen to 11.",
            "A quake shook the coast. At least 9 people were killed, the ministry said.",
            {"11", "9"},
        ),
        (
            "How much did prices rise in October?",
            "Prices rose by 3.5 percent in October.",
            "Prices are high in October. Wages rose by 5 percent in October.",
            set(),
        ),
        # A sentence that is not the best of its passage may give the value.
        (
            "How much has the Alder Bridge cost?",
            "The bridge has cost 410 million euros so far. The Alder Bridge is red.",
            "The Alder Bridge opens in May. The bridge has cost 395 million euros so far.",
            {"410 million euros", "395 million euros"},
        ),
        (
            "Who designed the hall?",
            "The hall was designed by Tomasz Zielinski in spring.",
            "In spring, as we said, Zieliński designed the hall.",
            {"Tomasz Zielinski"},
        ),
        (
            "Where was the guard of the Holm Museum arrested?",
            "Police arrested a guard of the Holm Museum in Turku.",
            "A guard of the Holm Museum was arrested in Tallinn, not in Turku.",
            {"Turku", "Tallinn"},
        ),
    ],
)
def test_values_of_the_same_are_compared_wherever_they_stand(
    tmp_path: Path, question: str, one: str, other: str, values: set[str]
) -> None:
    answer = ask_papers(tmp_path, question, {"a": one, "b": other})
    assert {written for written, _ in told(answer)} == values


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        # One document may say several things.
        ("When does the bank meet?", "The bank meets on Friday. The bank meets on Monday.", ""),
        # What is said of something else is no other value.
        (
            "How many ships were repaired in Kure?",
            "In Kure, 12 ships were repaired.",
            "In Bremen, 30 cranes of the old yard were painted before the fair.",
        ),
        # A sentence is no value.
        (
            "What did the minister say about ships?",
            "The minister said that ships are slow and old.",
            "The minister said that ships are fast and new.",
        ),
    ],
)
def test_only_values_of_several_documents_on_the_same_are_compared(
    tmp_path: Path, question: str, one: str, other: str
) -> None:
    papers = {"a": one, "b": other} if other else {"a": one}
    assert told(ask_papers(tmp_path, question, papers)) in ([], [("12", 1)])


def test_numbers_of_something_else_are_no_values_of_what_is_asked_about(tmp_path: Path) -> None:
    papers = {
        "boat": "The boat had 92 people on board.",
        "tram": "The tram had 95 people on board.",
        "north": "Nurses have counted 31 cases of mumps since the start of May.",
        "south": "Nurses have counted 34 cases of mumps since the start of May.",
    }
    answer = ask_papers(tmp_path, "How many people have mumps?", papers)
    assert {written for written, _ in told(answer)} == {"31", "34"}
    assert "mumps" in first(answer)
    for paper in ("north", "south"):
        (tmp_path / f"{paper}.txt").unlink()
    assert told(Assistant.open(tmp_path, cached=False).ask("How many people have mumps?")) == []


def test_what_is_asked_about_is_no_value_of_the_question(tmp_path: Path) -> None:
    papers = {
        "a": "Kim Voss is the new chief executive of Altona Motors.",
        "b": "On Monday, Kim Voss becomes new chief executive of Altona Motors.",
        "c": "Altona Motors has a new chief executive.",
    }
    answer = ask_papers(tmp_path, "Who is the new chief executive of Altona?", papers)
    assert told(answer) == [("Kim Voss", 2)]


def test_the_date_of_a_document_is_no_value_unless_it_is_asked_for(tmp_path: Path) -> None:
    papers = {
        "a": "Statue stolen in Lindal\n\n3 May 2026\n\nThe statue was stolen on Saturday night.",
        "b": "Statue stolen\n\n4 May 2026\n\nOn Saturday night the statue was stolen.",
    }
    answer = ask_papers(tmp_path, "When was the statue stolen?", papers)
    assert told(answer) == [("Saturday", 2)]


def test_of_two_values_the_later_is_first(tmp_path: Path) -> None:
    text = "The bank meets on {} in Oslo to discuss the rate."
    papers = {"2026-11-24": text.format("Friday"), "2026-11-25": text.format("Saturday")}
    answer = ask_papers(tmp_path, "When does the bank meet?", papers)
    assert told(answer) == [("Saturday", 1), ("Friday", 1)]
    assert [value.latest for value in answer.values] == ["2026-11-25", "2026-11-24"]
    assert "Saturday" in first(answer)


def test_the_values_are_shown_and_are_there_as_json(ask: Ask, rates: Path) -> None:
    shown = ask(QUESTION, str(rates), "--format", "text").out
    said = "4.50 percent in 4 documents; 4.25 percent in 1 document (since 2026-11-25)"
    assert f"Values that differ: {said}\n" in shown
    values = json.loads(ask(QUESTION, str(rates), "--format", "json").out)["values"]
    assert [(each["value"], each["count"]) for each in values] == [
        ("4.50 percent", 4),
        ("4.25 percent", 1),
    ]
    assert values[1]["places"] == [
        {
            "path": f"{rates}/2026-11-25-lone.txt",
            "line": 1,
            "page": None,
            "citation": f"{rates}/2026-11-25-lone.txt:1",
        }
    ]
    (rates / "2026-11-25-lone.txt").unlink()
    agreed = ask(QUESTION, str(rates), "--format", "text").out
    assert "The same value: 4.50 percent in 4 documents\n" in agreed
