"""Repeats: what several places say in the same words is one excerpt."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.answers import Answer
from briefqa.assistant import Assistant
from conftest import Ask

AskTexts = Callable[..., Answer]

RATE = "The central bank raised its key rate to 4.50 percent on Thursday."
QUESTION = "What did the central bank raise?"


@pytest.fixture
def ask_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AskTexts:
    """Ask documents of these texts, one file each."""
    monkeypatch.chdir(tmp_path)

    def answer(question: str, *texts: str, top: int = 5, fold: bool = True) -> Answer:
        for number, text in enumerate(texts):
            Path(f"{number:03}.txt").write_text(text)
        return Assistant.open(".", cached=False).ask(question, top, fold=fold)

    return answer


def test_copies_are_one_excerpt_that_names_the_others(ask_texts: AskTexts) -> None:
    answer = ask_texts(QUESTION, RATE, RATE, RATE, "The bank has a new branch in the centre.")
    first, second = answer.excerpts
    assert first.citation == "./000.txt:1"
    assert [place.citation for place in first.also] == ["./001.txt:1", "./002.txt:1"]
    assert second.passage.path == "./003.txt"


def test_nothing_is_folded_if_not_wanted(ask_texts: AskTexts) -> None:
    answer = ask_texts(QUESTION, RATE, RATE, RATE, fold=False)
    assert [excerpt.also for excerpt in answer.excerpts] == [(), (), ()]


@pytest.mark.parametrize(
    "repeat",
    [
        RATE.upper().replace("THE CENTRAL", "The central").lower(),
        "The Central Bank has raised its key rate to 4.50 percent on Thursday.".replace(
            "Central Bank", "central bank"
        ),
        "the central bank  raised\nits key rate to 4.50 percent on Thursday",
        f"Reports agree on this. {RATE} Shares fell.",
    ],
)
def test_case_space_stop_words_and_what_is_around_do_not_matter(
    ask_texts: AskTexts, repeat: str
) -> None:
    same = RATE if repeat != repeat.lower() else RATE.replace("Thursday", "thursday")
    assert len(ask_texts(QUESTION, same, repeat).excerpts) == 1


@pytest.mark.parametrize(
    "other",
    [
        RATE.replace("4.50", "4.25"),
        RATE.replace("Thursday", "Friday"),
        RATE.replace("raised", "never raised"),
        RATE.replace("raised", "didn't raise"),
        RATE.replace("central bank", "central bank of Norway"),
        RATE.replace("raised", "cut"),
        RATE.replace("on Thursday", "on Thursday after weeks of pressure from inside its board"),
    ],
)
def test_what_differs_in_a_value_a_name_or_the_matter_is_kept_apart(
    ask_texts: AskTexts, other: str
) -> None:
    assert len(ask_texts(QUESTION, RATE, other).excerpts) == 2


def test_who_does_what_to_whom_matters(ask_texts: AskTexts) -> None:
    wins = ask_texts("Who beat whom?", "On Sunday Arsenal beat Chelsea in the final in London.",
                     "On Sunday Chelsea beat Arsenal in the final in London.")  # fmt: skip
    assert len(wins.excerpts) == 2


def test_a_sentence_that_needs_its_context_is_a_repeat_only_within_the_same(
    ask_texts: AskTexts,
) -> None:
    closing = "It will close for good in the spring of next year."
    zoo, museum = f"The zoo is old. {closing}", f"The museum is new. {closing}"
    assert len(ask_texts("When will it close for good?", zoo, museum).excerpts) == 2
    assert len(ask_texts("When will it close for good?", zoo, zoo).excerpts) == 1


def test_rows_are_repeats_only_in_the_same_table(ask_texts: AskTexts, tmp_path: Path) -> None:
    for name, header in (("a", "City | Low"), ("b", "City | High"), ("c", "City | High")):
        (tmp_path / f"{name}.md").write_text(f"| {header} |\n| --- | --- |\n| Bergen | 12 |\n")
    answer = ask_texts("Bergen")
    assert [len(excerpt.also) for excerpt in answer.excerpts] == [0, 1]


def test_many_copies_leave_room_for_what_is_different(ask_texts: AskTexts) -> None:
    other = "What the central bank raised in spring was not the key rate but its forecast."
    answer = ask_texts(QUESTION, *([RATE] * 60), other, top=2)
    assert [len(excerpt.also) for excerpt in answer.excerpts] == [59, 0]


def test_folding_changes_no_first_sentence(ask_texts: AskTexts) -> None:
    texts = [RATE, RATE, "The key rate of the central bank was raised to 4.75 percent."]
    folded = ask_texts("What is the key rate?", *texts)
    apart = ask_texts("What is the key rate?", *texts, fold=False)
    assert folded.excerpts[0].place == apart.excerpts[0].place


@settings(deadline=None)
@given(st.lists(st.sampled_from([RATE, RATE.replace("4.50", "4.25"), "A bank."]), min_size=1))
def test_each_place_is_shown_or_named_once(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("papers")
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text)
    assistant = Assistant.open(folder, cached=False)
    apart = assistant.ask("Which bank?", 1000, fold=False)
    folded = assistant.ask("Which bank?", 1000)
    places = [place for each in folded.excerpts for place in (each.place, *each.also)]
    assert sorted(place.citation for place in places) == sorted(
        excerpt.citation for excerpt in apart.excerpts
    )


def test_the_places_are_in_text_markdown_and_json(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(6):
        Path(f"{number}.txt").write_text(RATE)
    also = "Also in ./1.txt:1, ./2.txt:1, ./3.txt:1 and 2 more"
    assert also in ask(QUESTION, ".", "--format", "text").out
    assert also in ask(QUESTION, ".", "--format", "markdown").out
    record = json.loads(ask(QUESTION, ".", "--format", "json").out)
    assert record["excerpts"][0]["also"][0] == {
        "path": "./1.txt",
        "line": 1,
        "page": None,
        "citation": "./1.txt:1",
    }
    assert len(ask(QUESTION, ".", "--no-fold").out.splitlines()) == 3
