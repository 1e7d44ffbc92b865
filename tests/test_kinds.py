"""The kinds of questions, and what each expects of a sentence."""

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.answers.divisions import is_in_division
from briefqa.answers.kinds import question_kind
from briefqa.answers.passage_sentences import Sentence, sentences_of
from briefqa.conventions import BULLETS
from briefqa.passages import Passage
from briefqa.spans import Span


def sentence(text: str) -> Sentence:
    passage = Passage("a.txt", "A", (), None, (1, 1), Span(0, len(text)), text)
    return sentences_of(passage, english_analyzer())[0]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who runs the harbour?", "who"),
        ("When does the ferry leave?", "when"),
        ("Where is the depot?", "where"),
        ("How many crates were lost?", "number"),
        ("How old is the bridge?", "number"),
        ("Why was the sluice closed?", "why"),
        ("What is a sluice?", "define"),
        ("How do I reset the meter?", "how"),
        ("Is parking allowed?", "yesno"),
        ("What did the mayor say about taxes?", "say"),
        ("What does section 4.2 say?", "section"),
        ("What is the difference between a weir and a dam?", "compare"),
        ("What is this about?", "gist"),
        ("main points", "gist"),
        ("summarize the document", "gist"),
        ("harbour fees", "keyword"),
        ("replace the seal of the pump", "how"),
        ("How serious was the leak?", "what"),
        ("Is the weir older than the dam?", "compare"),
        ("option to print more than one page", "keyword"),
        ("name the towns", "list"),
        ("share of the fishing boats", "keyword"),
        ("open in April", "keyword"),
        ("open on holidays", "keyword"),
        ("open in a new window", "how"),
        ("share a drawing", "how"),
        ("What happens to lost crates?", "what"),
        ("What matters most to the crew?", "what"),
        ("Which counts are kept?", "list"),
        ("What was the result?", "what"),
        ("What is the final score?", "what"),
        ("What is a score?", "define"),
        ("name of the pump", "keyword"),
    ],
)
def test_the_words_of_a_question_tell_its_kind(question: str, kind: str) -> None:
    assert question_kind(question).kind is kind


@pytest.mark.parametrize(
    "question",
    ["What is the report on harbour fees about?", "summary of harbour fees", "main pump pressure"],
)
def test_a_question_about_something_named_does_not_ask_for_the_gist(question: str) -> None:
    assert question_kind(question).kind != "gist"


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
    introduction = sentence("The line links these:")
    assert asked.has_items(introduction._replace(leads_on=True))
    assert not asked.has_items(introduction)
    assert all(asked.has_items(sentence(f"{bullet} Oban")) for bullet in BULLETS)


def test_a_verb_in_s_is_no_plural() -> None:
    assert not question_kind("What happens if the sluice breaks?").is_plural
    assert not question_kind("What opens the sluice?").is_plural
    assert question_kind("What sluices are there?").is_plural


@pytest.mark.parametrize(
    ("text", "defines"),
    [
        ("A sluice is a channel with a gate.", True),
        ("Sluice: a channel with a gate.", True),
        ("They opened the gate, called sluice, at noon.", True),
        ("The best way past the weir is a sluice—a channel with a gate.", True),
        ("The keeper painted the sluice.", False),
        ("The sluice is where they met.", False),
        ("The keeper of the sluice is a friend of mine.", False),
    ],
)
def test_what_is_expects_a_definition(text: str, defines: bool) -> None:
    asked = question_kind("What is a sluice?")
    assert (asked.definition(sentence(text)) > 0.7) is defines


@pytest.mark.parametrize(
    ("question", "text", "defines"),
    [
        ("What does PHC mean?", "The Port Health Check (PHC) costs 20 euros.", True),
        ("what does phc stand for", "PHC (Port Health Check) costs 20 euros.", True),
        ("What is PHC short for?", "PHC (Port Health Check) costs 20 euros.", True),
        ("PHC abbreviation", "PHC (Port Health Check) costs 20 euros.", True),
        ("What's the meaning of a sail loft?", "A sail loft is a room for sails.", True),
        ("What does PHC mean?", "The PHC (since 2020) costs 20 euros.", False),
        ("What does taking in sail mean?", "Taking in sail means rolling it up.", True),
        ("What does taking in sail mean?", "Taking in sail, they went home.", False),
    ],
)
def test_an_abbreviation_or_a_phrase_is_defined(question: str, text: str, defines: bool) -> None:
    asked = question_kind(question)
    assert asked.kind == "define"
    assert (asked.definition(sentence(text)) == 1) is defines


@pytest.mark.parametrize(
    ("question", "text", "defines"),
    [
        ("What counts as theft?", "Theft of fish shall consist only in taking it.", True),
        ("what qualifies as a boat", "A boat of the harbour means a hull with a mast.", True),
        ("What constitutes theft?", "Theft of fish is punished.", False),
        ("What counts as theft?", "The theft of a mast consists in taking it.", True),
        ("What counts as theft?", "A harbour where there is theft consists of two parts.", False),
    ],
)
def test_what_counts_as_something_is_defined(question: str, text: str, defines: bool) -> None:
    asked = question_kind(question)
    assert asked.kind == "define"
    assert (asked.definition(sentence(text)) >= 0.7) is defines


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Mayor Greta Lind opened the pier.", 0.8),
        ("The pier was opened by Mayor Lind.", 0.6),
        ("The mayor met Lind.", 0.0),
        ("Then Greta Lind left.", 0.0),
    ],
)
def test_a_title_says_who_somebody_is(text: str, strength: float) -> None:
    assert question_kind("Who is Lind?").definition(sentence(text)) == strength


@pytest.mark.parametrize(
    ("question", "is_office"),
    [
        ("Who is the mayor of Skerry?", True),
        ("who was prime minister then", True),
        ("Who built the pier?", False),
        ("Where is the mayor?", False),
    ],
)
def test_who_may_ask_for_the_holder_of_an_office(question: str, is_office: bool) -> None:
    assert question_kind(question).is_office is is_office


def test_a_division_is_found_by_its_number() -> None:
    asked = question_kind("What does section 4.2 say?").division
    assert is_in_division(asked, ("4.2 Fees",), "Fees are due in May.")
    assert not is_in_division(asked, ("4.3 Fines",), "Fines are due in May.")


@pytest.mark.parametrize(
    ("question", "with_unit", "without"),
    [
        ("How hot is the kiln?", "It reaches 900 degrees.", "It has 3 doors."),
        ("how hot is the kiln", "It reaches 900°.", "It has 3 doors."),
        ("How far is the lock?", "The lock is 4 miles away.", "It has 3 doors."),
        ("How deep is the lock?", "Some forty to fifty feet.", "Its 2 gates have a speed meter."),
        ("How heavy is the gate?", "The gate weighs 2 tons.", "It has 3 doors."),
        ("How heavy is the gate?", "The gate weighs eleven tons.", "It has eleven doors."),
        ("How much does the pass cost?", "It costs $20.", "It is valid for 20 trips."),
        ("What share of ships is late?", "Some 12 % are late.", "12 ships are late."),
    ],
)
def test_a_number_is_expected_with_its_unit(question: str, with_unit: str, without: str) -> None:
    asked = question_kind(question)
    assert asked.has_unit(sentence(with_unit))
    assert not asked.has_unit(sentence(without))
    assert not question_kind("When is it?").has_unit(sentence(with_unit))
