"""How the words of a question were looked up, and other marks for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa import Assistant
from briefqa.answers.lookups import WordLookup
from briefqa.errors import QuestionError
from briefqa.tui.word_chips import MARKS, Chip, mark_word, next_mark, question_chips
from conftest import BRIEFING


@pytest.fixture(scope="module")
def briefing() -> Assistant:
    return Assistant.open(BRIEFING, cached=False)


def lookups(assistant: Assistant, question: str, *, literal: bool = False) -> list[WordLookup]:
    answer = assistant.ask(question, literal=literal)
    return list(assistant.lookups(answer, literal=literal))


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("When will Kishda visit a factry?", "Kishda→kishida 3  visit 1  factry→factory 1"),
        ('Will "Kishda" visit +Biden -factory?', '"Kishda" ✗  visit 1  +Biden 3  -factory 1'),
        ("Is the factory +Japan?", "factory 1  +Japan 6"),
        ("what will the SDF do", "SDF/Self-Defense Forces 1"),
        ("What did Fumio Kishida say?", "Fumio/Kishida 1  Kishida 3"),
        ("where is the summit", "summit~meeting 2"),
        ("whta is planned for EVs", "whta→what  planned 1  EVs/electric vehicles 1"),
        ("who won the World Cup", "won ✗  World ✗  Cup ✗"),
    ],
)
def test_each_word_tells_what_it_was_looked_up_as(
    briefing: Assistant, question: str, shown: str
) -> None:
    chips = question_chips(lookups(briefing, question), literal=False)
    assert "  ".join(chip.text for chip in chips if chip.word) == shown


def test_a_quoted_word_is_looked_up_exactly_as_written(briefing: Assistant) -> None:
    for word in ("Kishda", "SDF", "summit", "Fumio"):
        plain, exact = briefing.ask(f"what did {word} do"), briefing.ask(f'what did "{word}" do')
        assert plain.corrections or plain.aliases or plain.related or word == "Fumio"
        assert (exact.corrections, exact.aliases, exact.related) == ((), (), ())
    assert not briefing.ask('What did "Fumio" Kishida say?').aliases
    assert not briefing.ask('the "electric" "vehicles" plan').aliases
    assert lookups(briefing, 'what did "Kishda" do', literal=True)[0].passages == 0


def test_an_unfinished_word_stands_for_those_that_begin_with_it(briefing: Assistant) -> None:
    answer = briefing.ask("where is the toyo", unfinished=True)
    assert "Toyota" in answer.excerpts[0].passage.text
    assert answer.matched == ("toyo",)
    answer = briefing.ask("will Kishida visit xyz", unfinished=True)
    assert answer.missing == ()
    finished = briefing.ask("will Kishida visit")
    assert answer.excerpts[0].sentence == finished.excerpts[0].sentence
    assert not briefing.ask("Kishida kishd", unfinished=True).corrections
    assert briefing.ask("kishda visits -b", unfinished=True).corrections


WORDS = st.sampled_from(["Toyota", "factory", "Japan", "where", "2023", "U.S.", "x"])


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(st.sampled_from(MARKS), max_size=4))
def test_marks_replace_each_other_and_only_those_that_count_are_given(
    words: list[str], marks: list[str]
) -> None:
    assistant, question = Assistant.open(BRIEFING, cached=False), " ".join(words)
    word = words[0]
    for mark in marks:
        marked = mark_word(question, word, mark)
        assert mark_word(marked, word, "") == question
        following = next_mark(question, Chip("", "matched", word, mark), assistant.analyzer, MARKS)
        if following == mark:
            continue
        try:
            found = lookups(assistant, mark_word(question, word, following))
        except QuestionError:
            continue
        assert all(each.mark == following for each in found if each.asked == word)


def test_a_sign_is_given_only_where_it_counts(briefing: Assistant) -> None:
    analyzer = briefing.analyzer
    number = Chip("", "matched", "2023", "")
    assert next_mark("what is in 2023", number, analyzer, MARKS) == '"'
    only = Chip("", "matched", "Toyota", "")
    assert next_mark("Toyota", only, analyzer, ("-", "")) == ""
    assert mark_word("Toyota in Toyota (Japan)", "Toyota", "+") == " +Toyota in +Toyota (Japan)"
    assert mark_word('the "fuel cell" of “Toyota”', "Toyota", "-") == 'the "fuel cell" of -Toyota'
