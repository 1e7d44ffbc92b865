"""The kinds of questions, and what each expects of a sentence."""

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.answers.divisions import is_in_division
from briefqa.answers.kinds import Kind, question_kind
from briefqa.answers.passage_sentences import Sentence, sentences_of
from briefqa.passages import Passage
from briefqa.spans import Span


def sentence(text: str) -> Sentence:
    passage = Passage("a.txt", "A", (), None, (1, 1), Span(0, len(text)), text)
    return sentences_of(passage, english_analyzer())[0]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who runs the harbour?", Kind.WHO),
        ("When does the ferry leave?", Kind.WHEN),
        ("Where is the depot?", Kind.WHERE),
        ("How many crates were lost?", Kind.NUMBER),
        ("How old is the bridge?", Kind.NUMBER),
        ("Why was the sluice closed?", Kind.WHY),
        ("What is a sluice?", Kind.DEFINE),
        ("How do I reset the meter?", Kind.HOW),
        ("Is parking allowed?", Kind.YESNO),
        ("What did the mayor say about taxes?", Kind.SAY),
        ("What does section 4.2 say?", Kind.SECTION),
        ("What is the difference between a weir and a dam?", Kind.COMPARE),
        ("What is this about?", Kind.GIST),
        ("main points", Kind.GIST),
        ("summarize the document", Kind.GIST),
        ("harbour fees", Kind.KEYWORD),
    ],
)
def test_the_words_of_a_question_tell_its_kind(question: str, kind: Kind) -> None:
    assert question_kind(question).kind is kind


@pytest.mark.parametrize(
    "question",
    ["What is the report on harbour fees about?", "summary of harbour fees", "main pump pressure"],
)
def test_a_question_about_something_named_does_not_ask_for_the_gist(question: str) -> None:
    assert question_kind(question).kind is not Kind.GIST


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why was it closed?", "It was closed because the gate leaked."),
        ("Why was it closed?", "The closure is due to a leak."),
    ],
)
def test_why_expects_a_reason(question: str, text: str) -> None:
    assert question_kind(question).has_reason(sentence(text))
    assert not question_kind("When was it closed?").has_reason(sentence(text))
    assert not question_kind(question).has_reason(sentence("It was closed on Monday."))


def test_how_expects_a_manner() -> None:
    asked = question_kind("How do they warm the hall?")
    assert asked.has_manner(sentence("They warm it by burning peat."))
    assert asked.has_manner(sentence("They warm it using peat."))
    assert not asked.has_manner(sentence("They warm it in winter."))


def test_a_plural_expects_several_items() -> None:
    asked = question_kind("Which towns are linked?")
    assert asked.has_items(sentence("The line links Oban, Kyle, and Mallaig."))
    assert not asked.has_items(sentence("The line links the towns."))


def test_yes_or_no_expects_a_decision() -> None:
    asked = question_kind("Are dogs allowed in the hall?")
    assert asked.has_decision(sentence("Dogs may not enter the hall."))
    assert not asked.has_decision(sentence("The hall is old."))


@pytest.mark.parametrize(
    ("text", "defines"),
    [
        ("A sluice is a channel with a gate.", True),
        ("Sluice: a channel with a gate.", True),
        ("They opened the gate, called sluice, at noon.", True),
        ("The keeper painted the sluice.", False),
    ],
)
def test_what_is_expects_a_definition(text: str, defines: bool) -> None:
    asked = question_kind("What is a sluice?")
    assert bool(asked.definition(sentence(text))) is defines


def test_a_division_is_found_by_its_number() -> None:
    asked = question_kind("What does section 4.2 say?").division
    assert is_in_division(asked, ("4.2 Fees",), "Fees are due in May.")
    assert not is_in_division(asked, ("4.3 Fines",), "Fines are due in May.")
