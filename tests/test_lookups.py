"""How the words of a question were looked up, and other marks for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa import Assistant
from briefqa.answers import WordLookup
from briefqa.tui.word_chips import MARKS, Chip, mark_next, mark_of, mark_word, question_chips
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
        (
            'Will "Kishda" visit +Biden -factory?',
            '"Kishda" ✗  visit 1  +Biden must 3  -factory must not 1',
        ),
        ("Is the factory +Japan?", "factory 1  +Japan must 6"),
        ("what will the SDF do", "SDF/Self-Defense Forces 1"),
        ("What did Fumio Kishida say?", "Fumio/Kishida 1  Kishida 3  (say)"),
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
        asked = mark_next(question, Chip("", "matched", word, mark), assistant.analyzer, MARKS)
        following = mark_of(asked, word, assistant.analyzer)
        found = lookups(assistant, asked)
        assert all(each.mark == following for each in found if each.asked == word)


OPTIONS = """\
Find files with find . -name and a pattern; chmod +x makes a script run, and the name x is short.

The kinds of files that find prints are names of folders, files and links.
"""


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("options") / "find.txt"
    path.write_text(OPTIONS)
    return Assistant.open([str(path)])


@pytest.mark.parametrize(
    ("question", "literal", "shown"),
    [
        ("find files -name", False, "find 2  files 2  -name as text 1"),
        ('find -"name"', False, "find 2  -name must not 2"),
        ("run +x", False, "run 1  +x as text 1"),
        ("find -folders", True, "find 2  -folders as text ✗"),
        ("what kind of file is it", False, "(kind)  file 2"),
        ("number of links", False, "(number)  links 1"),
        ('"number" of links', False, '"number" ✗  links 1'),
        ("name of scripts", False, "name 2  scripts 1"),
        ("pattern size", False, "pattern 1  (size)"),
        ("what +kind of file", False, "+kind must 1  file 2"),
    ],
)
def test_what_a_sign_means_and_a_word_that_only_asks_are_shown(
    options: Assistant, question: str, literal: bool, shown: str
) -> None:
    chips = question_chips(lookups(options, question, literal=literal), literal=False)
    assert "  ".join(chip.text for chip in chips if chip.word) == shown


@pytest.mark.parametrize(
    ("question", "word", "mark", "marked"),
    [
        ("find files name", "name", "-", 'find files -"name"'),
        ("find files name", "name", "+", "find files +name"),
        ("find files -name", "-name", "-", 'find files -"name"'),
        ("find files -name", "-name", "+", "find files +name"),
        ('find files -"name"', "name", "+", "find files +name"),
        ('find files -"name"', "name", "", "find files name"),
        ("run x", "x", "+", 'run +"x"'),
        ("find -folders links", "links", "-", 'find -folders -"links"'),
        ("what kind of file", "kind", '"', 'what "kind" of file'),
    ],
)
def test_the_sign_of_a_chip_is_an_operator_wherever_it_stands(
    options: Assistant, question: str, word: str, mark: str, marked: str
) -> None:
    chips = question_chips(lookups(options, question), literal=False)
    (chip,) = (each for each in chips if each.word == word)
    asked = mark_next(question, chip, options.analyzer, (chip.mark, mark))
    assert asked == marked
    answer = options.ask(asked)
    bare = word.lstrip("-")
    assert (bare in answer.required, bare in answer.excluded) == (mark == "+", mark == "-")


def test_a_sign_is_given_only_where_it_counts(briefing: Assistant) -> None:
    analyzer = briefing.analyzer
    number = Chip("", "matched", "2023", "")
    assert mark_next("what is in 2023", number, analyzer, MARKS) == 'what is in "2023"'
    only = Chip("", "matched", "Toyota", "")
    assert mark_next("Toyota", only, analyzer, ("-", "")) == "Toyota"
    assert mark_word("Toyota in Toyota (Japan)", "Toyota", "+") == " +Toyota in +Toyota (Japan)"
    assert mark_word('the "fuel cell" of “Toyota”', "Toyota", "-") == 'the "fuel cell" of -Toyota'
