"""Other names that the documents use are understood, and reported."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa import Assistant
from briefqa.answers import Answer
from briefqa.answers.definitions import find_definitions, phrases_with_initials
from briefqa.index import Hit, Index, Query
from conftest import BRIEFING, Ask

FORCES = """\
The government will expand the Self-Defense Forces (SDF) by next year.

In winter, the SDF cleared snow from mountain roads.

The Self-Defense Forces also hold a band festival in autumn.

A spokesman of the United Nations and of the NGO (Nordic Growth Office) declined to comment.
"""


@pytest.fixture(scope="module")
def forces(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("forces") / "forces.txt"
    path.write_text(FORCES)
    return Assistant.open([str(path)])


def first_line(answer: Answer) -> int:
    return answer.excerpts[0].line


@pytest.mark.parametrize(
    ("text", "definitions"),
    [
        ("the Self-Defense Forces (SDF) said", [("SDF", "Self-Defense Forces")]),
        ("the SDF (Self-Defense Forces) said", [("SDF", "Self-Defense Forces")]),
        ("electric vehicles (EVs) sell", [("EVs", "electric vehicles")]),
        ("the Department of Energy (DOE)", [("DOE", "Department of Energy")]),
        ("heart-rate monitor (HRM)", [("HRM", "heart-rate monitor")]),
        ("its chairman (SDF)", []),
        ("medicine (MD)", []),
        ("(SDF)", []),
        ("in May (see page 5)", []),
    ],
)
def test_definitions_are_found_in_either_order(
    text: str, definitions: list[tuple[str, str]]
) -> None:
    assert list(find_definitions(text)) == definitions


@given(text=st.text(alphabet=st.sampled_from("SDFsdfİß (),.-&"), max_size=200))
def test_a_definition_is_the_documents_own_words(text: str) -> None:
    for short, long in find_definitions(text):
        assert short in text
        assert long in text


def test_initials_pass_over_small_words() -> None:
    text = "The Bank of Japan and the bank jobs; a Bank. Jobs"
    assert list(phrases_with_initials("bj", text)) == ["Bank of Japan", "bank jobs"]


def test_an_abbreviation_finds_its_long_form(forces: Assistant) -> None:
    answer = forces.ask("When do the SDF hold a festival?")
    assert first_line(answer) == 5
    assert answer.aliases == (("SDF", "Self-Defense Forces"),)
    assert "SDF" in answer.matched


def test_a_long_form_finds_its_abbreviation(forces: Assistant) -> None:
    answer = forces.ask("When did the Self-Defense Forces clear snow?")
    assert first_line(answer) == 3
    assert answer.aliases == (("Self-Defense Forces", "SDF"),)
    assert answer.missing == ()


@pytest.mark.parametrize("asked", ["U.N.", "UN", "UN's"])
def test_the_initials_of_a_name_stand_for_it(forces: Assistant, asked: str) -> None:
    answer = forces.ask(f"Who spoke for the {asked} and declined?")
    assert first_line(answer) == 7
    assert [alias.used for alias in answer.aliases] == ["United Nations"]


def test_the_initials_of_words_that_belong_together_stand_for_them(briefing: Assistant) -> None:
    answer = briefing.ask("What is planned for EVs?")
    assert answer.aliases == (("EVs", "electric vehicles"),)
    assert answer.missing == ()


def test_a_surname_stands_for_a_person_named_in_full(briefing: Assistant) -> None:
    answer = briefing.ask("Which area will Fumio Kishida visit?")
    assert answer.aliases == (("Fumio Kishida", "Kishida"),)
    assert answer.missing == ()
    assert first_line(answer) == 17


def test_a_surname_that_two_bear_stands_for_neither(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text("Fumio Kishida spoke.\n\nYuko Kishida sang. Then Kishida left the stage.\n")
    assert Assistant.open([str(path)]).ask("Did Fumio Kishida leave?").aliases == ()


@pytest.mark.parametrize(
    "question",
    [
        "What does NATO say?",
        "World War II cooperation",
        "WHAT IS PLANNED FOR EVS?",
        "Joe and Fumio",
    ],
)
def test_nothing_is_made_up(briefing: Assistant, question: str) -> None:
    assert briefing.ask(question).aliases == ()


def test_literal_leaves_other_names_out(briefing: Assistant) -> None:
    answer = briefing.ask("What is planned for EVs?", literal=True)
    assert answer.aliases == ()
    # "planning" is written, "planned" is not.
    assert answer.missing == ("planned", "EVs")


def test_each_format_tells_of_other_names(ask: Ask) -> None:
    question = "What is planned for EVs?"
    told = "Showing results for electric vehicles as well as EVs"
    answer = json.loads(ask(question, BRIEFING, "-f", "json").out)
    assert answer["aliases"] == [{"asked": "EVs", "used": "electric vehicles"}]
    assert told in ask(question, BRIEFING, "-f", "text").out
    assert ask(question, BRIEFING, "-f", "line").err == f"briefqa: {told}\n"


@pytest.mark.parametrize(
    ("question", "searches"),
    [
        ("Where does a festival take place?", 1),
        ("Where does a festivel take place?", 1),
        ("What did the Self-Defense Forces clear?", 2),
        ("What did the Self-Defense Forces clear from mountian roads?", 2),
    ],
)
def test_a_question_takes_at_most_two_searches(
    forces: Assistant, monkeypatch: pytest.MonkeyPatch, question: str, searches: int
) -> None:
    queries: list[Query] = []
    search = Index.search

    def counted(index: Index, query: Query, top: int) -> list[Hit]:
        queries.append(query)
        return search(index, query, top)

    monkeypatch.setattr(Index, "search", counted)
    answer = forces.ask(question)
    assert bool(answer.corrections) is ("ian" in question or "vel" in question)
    assert bool(answer.aliases) is (searches == 2)
    assert len(queries) == searches


CREW = """\
The Chief Harbour Officer, Greta Lind, lives in Skerry. The Chief Harbour Officer owns a boat.

The CHO signs each permit for the pier.

The chief pier master, Tom Berg, paints. A big iron ring hangs there.

Each bix has a lid. The lid of the BIX is red. Blue India X-rays are kept in the attic.
"""


@pytest.mark.parametrize(
    ("question", "used"),
    [
        ("who is the cho", ["Chief Harbour Officer"]),
        ("who is the CHO", ["Chief Harbour Officer"]),
        ("who is the pier's gho", []),
        ("who is the cpm", []),
        ("what is the bix", []),
        ("what is a big boat", []),
        ('what is "cho"', []),
    ],
)
def test_an_abbreviation_may_be_asked_in_lower_case(
    question: str, used: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "crew.txt"
    path.write_text(CREW)
    answer = Assistant.open(path).ask(question)
    assert [alias.used for alias in answer.aliases] == used


def test_an_abbreviation_in_lower_case_finds_what_only_its_long_form_says(tmp_path: Path) -> None:
    path = tmp_path / "crew.txt"
    path.write_text(CREW.replace("CHO", "office"))
    answer = Assistant.open(path).ask("where does the cho live")
    assert answer.aliases == (("cho", "Chief Harbour Officer"),)
    assert answer.missing == ()
    assert first_line(answer) == 1
