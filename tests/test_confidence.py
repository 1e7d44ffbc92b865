"""How far an answer claims to be right."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa import Answer, Assistant, Status
from briefqa.analysis.english import english_analyzer
from briefqa.answers.confidence import UNKNOWN_AT_MOST, ChoiceEvidence, Confidence, TopicEvidence
from briefqa.answers.measures import lacks_measure
from briefqa.answers.question import parse_question
from briefqa.answers.ranker import shipped_weights
from conftest import BRIEFING

REPORT = """\
Harbour report

The harbour of Skerry was rebuilt by Greta Lind. The work was paid for by the county and took
longer than planned.

The new crane was delivered in March 2019. It lifts containers for the islands, and the old one
was sold to a museum.

Fishing boats pay no fee for the pier. Ferries pay a fee that the council sets each spring.
"""


@pytest.fixture
def report(tmp_path: Path) -> Assistant:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return Assistant.open(path)


def ask_briefing(question: str) -> Answer:
    return Assistant.open(BRIEFING).ask(question)


fraction = st.floats(0, 1)


@given(
    st.tuples(*[fraction] * len(TopicEvidence._fields)),
    st.tuples(*[fraction] * len(ChoiceEvidence._fields)),
)
def test_a_confidence_is_a_probability(
    evidence: tuple[float, ...], more: tuple[float, ...]
) -> None:
    topic, choice = TopicEvidence(*evidence), ChoiceEvidence(*more)
    estimated = shipped_weights().confidence.estimate(topic, choice)
    assert 0 <= estimated <= 1
    assert math.isfinite(estimated)
    if topic.unknown >= UNKNOWN_AT_MOST or choice.unexpected:
        assert estimated < 0.5


@pytest.mark.parametrize(("log_odds", "answers"), [(1.2, False), (1.3, True)])
def test_documents_that_may_be_about_something_else_answer_weakly(
    log_odds: float, answers: bool
) -> None:
    nothing = (
        TopicEvidence(*[0.0] * len(TopicEvidence._fields)),
        ChoiceEvidence(*[0.0] * len(ChoiceEvidence._fields)),
    )
    fitted = Confidence(*nothing, topic_intercept=log_odds, choice_intercept=9.0)
    assert (fitted.estimate(*nothing) >= 0.5) is answers


@pytest.mark.parametrize(
    "question", ["Who delivered the crane?", "When was the fee for ferries set?"]
)
def test_an_answer_that_lacks_what_is_asked_is_never_more_than_weak(
    question: str, report: Assistant
) -> None:
    assert report.ask(question).status is Status.WEAK


def test_none_means_that_no_passage_has_a_telling_word(report: Assistant) -> None:
    answer = report.ask("Which volcano erupted?")
    assert answer.status is Status.NONE
    assert answer.confidence == 0
    assert report.ask("Which volcano shook the pier?").status is Status.WEAK


def test_one_related_word_of_several_is_chance(report: Assistant) -> None:
    assert [each.found for each in report.ask("who hoists vessels?").related] == [
        "lifts",
        "containers",
    ]
    assert report.ask("who hoists vessels?").status is Status.WEAK
    assert report.ask("who hoists purple volcanoes?").status is Status.NONE


def test_the_gist_is_the_opening_of_the_only_document(report: Assistant) -> None:
    answer = report.ask("What is this report about?")
    assert (answer.kind, answer.status) == ("gist", Status.ANSWERED)
    shown = [each.sentence.slice(each.passage.text) for each in answer.excerpts]
    assert shown[0] == "The harbour of Skerry was rebuilt by Greta Lind."
    assert shown[1] == "The new crane was delivered in March 2019."


def test_the_gist_of_several_documents_is_a_sentence_of_each(tmp_path: Path) -> None:
    for name, subject in (("a.txt", "pier"), ("b.txt", "mill")):
        (tmp_path / name).write_text(f"The {subject} was built of oak and stone.\n\nIt stands.\n")
    answer = Assistant.open(tmp_path).ask("main points")
    assert answer.status is Status.WEAK
    assert [Path(each.passage.path).name for each in answer.excerpts] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What is the briefing about?", "Fumio Kishida"),
        ("When does the summit take place?", "April 10, 2023"),
        ("when is the gathering?", "April 10, 2023"),
        ("date of meeting", "April 10, 2023"),
        ("what will they say about Taiwan?", "peace and stability"),
        ("who is the japanese prime minister", "Fumio Kishida"),
        ("which state will he visit?", "North Carolina"),
        ("in which city do they meet?", "Washington"),
        ("jobs in the united states", "create jobs"),
        ("east china sea", "East and South China seas"),
        ("electric cars", "electric vehicles"),
        ("wind power", "offshore wind power"),
        ("what will toyota build?", "fuel cell factory"),
        ("ship repair", "repair work for ships"),
        ("what about the seventh fleet?", "Seventh Fleet"),
        ("quantum technology", "quantum technology"),
        ("what are they going to discuss about climate?", "climate change"),
        ("who will lead the energy projects?", "U.S. Energy Department"),
        ("how will costs be reduced?", "reducing costs"),
        ("does the statement criticize china?", "criticize Chinese actions"),
        ("what do they say about international law?", "international law"),
        ("self-defense forces", "Self-Defense Forces"),
        ("is trump mentioned?", "Donald Trump"),
        ("when is the election?", "November election"),
        ("which factory will be built?", "fuel cell factory"),
        ("what will japan take part in?", "technological development projects"),
        ("anything about artificial intelligence?", "artificial intelligence"),
        ("which car company is mentioned?", "Toyota"),
        ("which carmaker wants to build a plant?", "Toyota"),
        ("Is AI part of the cooperation?", "artificial intelligence"),
        ("where are they going to meet?", "Washington"),
        ("Will Japanese firms repair navy ships?", "handle major repair"),
        ("does Trump get a mention?", "Trump"),
        ("what sea areas are mentioned?", "South China seas"),
        ("what will the joint statement criticize?", "criticize"),
        ("main focus of the climate talks", "offshore wind"),
        ("who is going to lead the technology projects?", "Energy Department"),
        ("how do they want to lower costs?", "reducing costs"),
        ("which fleet would be repaired?", "Seventh Fleet"),
        ("what is Toyota going to build?", "fuel cell factory"),
        ("are they worried about Trump coming back?", "Trump"),
        ("what is said about defense?", "Defense"),
        ("military coordination", "command and control"),
        ("is climate change on the agenda?", "climate change"),
        ("which technologies do they want to work together on?", "semiconductors"),
        ("what's the purpose of the North Carolina visit?", "create jobs"),
        ("when is the election", "November"),
    ],
)
def test_questions_in_a_reader_s_own_words_find_their_sentence(question: str, part: str) -> None:
    answer = ask_briefing(question)
    assert answer.status is not Status.NONE
    best = answer.excerpts[0]
    assert part in (best.answer or best.sentence).slice(best.passage.text)


def test_documents_without_a_sentence_have_no_gist(tmp_path: Path) -> None:
    path = tmp_path / "cells.txt"
    path.write_text("Pier\n\nMill\n")
    answer = Assistant.open(path).ask("What is this document about?")
    assert answer.status is not Status.ANSWERED


def test_a_strict_question_for_the_gist_of_several_documents_has_none(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The pier was built of oak and stone.\n\nIt stands.\n")
    assert Assistant.open(tmp_path).ask("main points", strict=True).status is Status.NONE


@pytest.mark.parametrize(
    "question",
    ["Who won the World Cup?", "How tall is the tower?", "who is the president of france?"],
)
def test_what_the_briefing_does_not_say_is_not_answered(question: str) -> None:
    assert ask_briefing(question).status is not Status.ANSWERED


def test_related_words_alone_are_no_match_if_the_sentence_hardly_answers() -> None:
    answer = ask_briefing("Who won the World Cup?")
    assert (answer.status, answer.confidence) == (Status.NONE, 0)


def test_a_telephone_number_that_is_not_there_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(
        "The Skerry boat office is open all year.\n\nOur phone is often busy.\n\n"
        "Write to boats@skerry.example about the Skerry boat office.\n"
    )
    letter = Assistant.open(path)
    asked = letter.ask("What is the email address of the Skerry boat office?")
    assert asked.status is Status.ANSWERED
    assert asked.excerpts[0].said == "boats@skerry.example"
    assert letter.ask("phone number of the Skerry boat office").status is Status.WEAK


ADVERT = """\
A quiet big hall near the pond, built in 1902.

Size: 64 square metres.

Varnish for the doors is kept at 20 °C. Take 30 ml of varnish for the stairs.

Inspectors often visit the boiler for two hours. Sweepers often visit the chimney twice a year.

We should talk about the sluices. Which stone blocks the sluices?

The reporter asked Ms Lind a question. What does the new crane lift?

| Boat | Load (t) |
|------|----------|
| Gull | 12 |
"""


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("how big is the hall", Status.WEAK),
        ("how much varnish is kept for the doors", Status.WEAK),
        ("how much varnish for the stairs", Status.ANSWERED),
        ("how often do inspectors visit the boiler", Status.WEAK),
        ("how often do sweepers visit the chimney", Status.ANSWERED),
        ("which stone blocks the sluices", Status.WEAK),
        ("which question about the new crane did the reporter ask", Status.ANSWERED),
        ("how much load for Gull", Status.ANSWERED),
    ],
)
def test_a_sentence_that_only_repeats_the_question_is_never_more_than_weak(
    question: str, status: Status, tmp_path: Path
) -> None:
    path = tmp_path / "advert.md"
    path.write_text(ADVERT, encoding="utf-8")
    assert Assistant.open(path).ask(question).status is status


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("how big is the hall", "The big hall is on the third floor.", True),
        ("how big is the hall", "The big hall opens at 9 am.", True),
        ("how big is the hall", "The hall is 12 by 8 metres.", False),
        ("how big is the club", "The club has 240 members.", False),
        ("how big is the share", "The share is 12 percent.", False),
        ("how high is the fee", "The fee is $12.", False),
        ("how much is the fee", "Fee: 12", False),
        ("how warm is the hall", "The hall is kept at 18 °C.", False),
        ("how heavy is the boiler", "The boiler was the 3rd heavy one.", True),
        ("how many boats sank", "The boats sank in 1902.", False),
        ("what is the fee", "The fee is set each spring.", False),
    ],
)
def test_how_asks_for_a_measure(question: str, sentence: str, lacks: bool) -> None:
    analyzer = english_analyzer()
    assert lacks_measure(parse_question(question, analyzer), sentence, analyzer) is lacks


def test_days_are_no_answer_to_how_many_hours(tmp_path: Path) -> None:
    path = tmp_path / "post.txt"
    path.write_text("Clerks of Skerry may work from home one day a week.\n\nThey are well paid.\n")
    post = Assistant.open(path)
    assert post.ask("How many hours a week may clerks of Skerry work?").status is Status.WEAK
    assert post.ask("How many days a week may clerks of Skerry work?").status is Status.ANSWERED


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Tom Hill said that the vote did not change the law on tolls.", Status.ANSWERED),
        ("Tom Hill did not expect the vote to change the law on tolls.", Status.WEAK),
    ],
)
def test_what_somebody_supposed_does_not_tell_what_happened(
    tmp_path: Path, said: str, status: Status
) -> None:
    (tmp_path / "vote.txt").write_text(f"The town voted on Sunday. {said}\n\nIt was a dry day.\n")
    assert Assistant.open(tmp_path).ask("Did the vote change the law on tolls?").status is status
