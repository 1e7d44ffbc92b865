"""The questions to start with: what they are generated from, and that they read like questions."""

from pathlib import Path

import pytest

from briefqa import Assistant
from briefqa.tui.background import QuestionSuggested, SuggestionsEnded, suggest_questions
from briefqa.tui.session import OpenCorpus
from briefqa.tui.starter_questions import StarterQuestion, find_starters
from conftest import BRIEFING, ROOT


def starters(assistant: Assistant, count: int = 3) -> list[StarterQuestion]:
    documents = map(assistant.passages, assistant.paths)
    return list(find_starters(documents, lambda question: assistant.ask(question, 1), count))


def test_starters_find_the_sentence_that_they_were_made_from() -> None:
    assistant = Assistant.open(ROOT / BRIEFING)
    found = starters(assistant)
    assert len(found) == 3
    for starter in found:
        excerpt = assistant.ask(starter.question, 1).excerpts[0]
        assert excerpt.passage.span == starter.passage.span
        assert excerpt.sentence == starter.sentence


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The council will repair the old bridge.", "What will the council repair?"),
        ("The boats were sold in Lisbon.", "Where were the boats sold?"),
        ("The fair was held in March.", "When was the fair held?"),
        ("If the council agrees the bridge will carry the trams.", None),
        ("But the council will repair the old bridge.", None),
        ("And the boats were sold in Lisbon.", None),
        ("The minister will visit an area in Iowa.", "What will the minister visit?"),
        ("It will repair the old bridge.", None),
        ("The bridge will also carry the trams of the old line.", None),
        ("The harbour opened a new quay in 1987.", "When did the harbour open a new quay?"),
        ("In 2019, the council approved the plan for a tram.", "What did the council approve?"),
        ("The tax will take effect on May 3, 2021.", "When will the tax take effect?"),
        (
            "The mayors of Bergen and Oslo are expected to meet in Bergen on June 2.",
            "When are the mayors of Bergen and Oslo expected to meet in Bergen?",
        ),
        ("Ada Lund is the director of the harbour museum.", "Who is Ada Lund?"),
        ("The lighthouse was designed by Nora Dahl.", "Who designed the lighthouse?"),
        ("The lighthouse was written of by many.", None),
        ("The deposit is $50 for a barge.", "How much is the deposit?"),
        ("The ferry costs $7.50 for adults.", "How much does the ferry cost?"),
        ("The harbour has 14 cranes and a dock.", "How many cranes does the harbour have?"),
        ("The crossing takes 40 minutes in calm weather.", "How long does the crossing take?"),
        ("There are three types of passes for the ferry.", "How many types of passes are there?"),
        ("There are three boats on the lake.", None),
        ("To open the lock, press the green button twice.", "How do I open the lock?"),
        ("To open it, press the green button twice.", None),
        ("Press the green button to open the upper lock.", "How do I open the upper lock?"),
        ("You can print your ticket with the red machine.", "How can I print my ticket?"),
        ("The old quay was closed because the wall had moved.", "Why was the old quay closed?"),
        (
            "The pilot is responsible for the safety of the ship.",
            "What is the pilot responsible for?",
        ),
        ("The red lamp is used to warn the ships.", "What is the red lamp used for?"),
        ("The upper basin is called the Pool.", "What is the upper basin called?"),
        ("The fleet consists of six barges and a tug.", "What does the fleet consist of?"),
        ("A barge is a boat with a flat bottom.", "What is a barge?"),
        ("The barge is an example of this kind of boat.", None),
        ("A new convention was signed in 1973.", None),
        ("A simple lens consists of a piece of glass.", "What does a simple lens consist of?"),
        ("Sometimes the drop is used to change the track.", None),
        ("The permit covers the use of the quay.", "What does the permit cover?"),
        ("The permits covers the use of the quay.", None),
        ("The first is a barge with a flat bottom.", None),
        ("Running the crane is a task for two people.", None),
        ("Your barge is a boat with a flat bottom.", None),
        ("The file is a list of the boats.", None),
        ("See https://example.org/, which is a list of boats.", None),
        ("- A barge is a boat with a flat bottom.", "What is a barge?"),
        ("Odd barges is a boat with a flat bottom.", None),
        ("The barge is a boat with a flat bottom", None),
    ],
)
def test_starters_are_whole_clauses(tmp_path: Path, sentence: str, question: str | None) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{sentence}\n")
    found = starters(Assistant.open(path, cached=False))
    assert next((each.question for each in found), None) == question


@pytest.mark.parametrize(
    ("sentence", "known", "question"),
    [
        (
            "Annual leave is a right of all staff.",
            "They take annual leave in May.",
            "What is annual leave?",
        ),
        (
            "Kubernetes is a system for containers.",
            "They run Kubernetes in Oslo.",
            "What is Kubernetes?",
        ),
        ("Kubernetes is a system for containers.", "Nothing else is told.", None),
        ("HTTPS is a protocol of the web.", "Nothing else is told.", "What is HTTPS?"),
        ("PONG message is a reply to a ping.", "Nothing else is told.", None),
        (
            "Signal masts must support the heavy lamps.",
            "The signal masts are of wood.",
            "What must signal masts support?",
        ),
    ],
)
def test_the_first_word_is_written_as_within_sentences(
    tmp_path: Path, sentence: str, known: str, question: str | None
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{sentence} {known}\n")
    found = starters(Assistant.open(path, cached=False))
    assert next((each.question for each in found), None) == question


def test_starters_differ_in_document_and_first_word(tmp_path: Path) -> None:
    for number, name in enumerate(["ferry", "crane", "tug"]):
        (tmp_path / f"{name}.txt").write_text(
            f"The {name} was built in 19{number}7. The {name} costs ${number + 3} an hour.\n\n"
            f"A {name} is a help for the harbour.\n"
        )
    assistant = Assistant.open(tmp_path, cached=False)
    found = starters(assistant)
    assert len({each.passage.path for each in found}) == 3
    assert len({each.question.split()[0] for each in found}) == 3
    assert len(starters(assistant, 50)) > 3


def test_suggestions_end_once_they_are_no_longer_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The fair was held in March. A barge is a boat of wood.\n")
    corpus = OpenCorpus(Assistant.open(tmp_path, cached=False))
    posted: list[object] = []
    suggest_questions(corpus, posted.append, lambda: False)
    assert [each.question for each in posted if isinstance(each, QuestionSuggested)] == [
        "When was the fair held?",
        "What is a barge?",
    ]
    assert isinstance(posted[-1], SuggestionsEnded)
    posted.clear()
    suggest_questions(corpus, posted.append, lambda: True)
    assert [type(each) for each in posted] == [SuggestionsEnded]
