"""Typing errors are corrected, and every correction is reported."""

import json

import pytest

from briefqa.answers import Status
from briefqa.assistant import Assistant
from briefqa.documents import Document, LoadedDocuments
from briefqa.index import in_memory
from briefqa.readers import Block, Kind
from briefqa.spans import Span
from conftest import BRIEFING, Ask

SLIP = "When will Kishda and Bidne meet?"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Kishda", "kishida"),
        ("Kishiida", "kishida"),
        ("Kishdia", "kishida"),
        ("kishuda", "kishida"),
        ("semicondctrs", "semiconductors"),
        ("Washingtan's", None),
        ("Wahsingtno", "washington"),
    ],
)
def test_a_word_a_slip_away_is_meant(briefing: Assistant, slip: str, meant: str | None) -> None:
    corrections = briefing.ask(f"What about {slip}?").corrections
    assert [used for _, used in corrections] == ([meant] if meant else [])


@pytest.mark.parametrize(
    "word", ["Kishida", "EVs", "xyzzy", "G7", "2032", "meetings", "tha", "price", "share"]
)
def test_known_short_distant_and_english_words_stand(briefing: Assistant, word: str) -> None:
    assert briefing.ask(f"{word} energy").corrections == ()


def test_a_slip_in_a_small_word_is_passed_over(briefing: Assistant) -> None:
    answer = briefing.ask("When will thye meet?")
    assert answer.corrections == (("thye", "the"),)
    assert (answer.matched, answer.missing) == (("meet",), ())
    assert briefing.ask("thye").corrections == ()


def test_the_most_frequent_word_is_meant(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_text("A house. A horse, and a horse.\n")
    (correction,) = Assistant.open([str(path)]).ask("The hobse?").corrections
    assert correction == ("hobse", "horse")


def test_a_corrected_word_is_matched_as_asked_and_highlighted(briefing: Assistant) -> None:
    answer = briefing.ask(SLIP)
    assert answer.matched == ("Kishda", "Bidne", "meet")
    excerpt = answer.excerpts[0]
    marked = [span.slice(excerpt.passage.text) for span in excerpt.highlights]
    assert marked == ["Kishida", "Biden", "meet"]


BRIDGE = """\
The bridge is open from 7 May. Bryn cut 40 jobs at the bridge, and Vitamin C is sold beside it.

A tip: take a bridge at night, and a fig.
"""


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("bridge") / "bridge.txt"
    path.write_text(BRIDGE)
    return Assistant.open([str(path)])


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("whn doez the brige opn?", "when does the bridge open?"),
        ("hwo many jobs did Bryn cut?", "how many jobs did Bryn cut?"),
        ("hwo cut jobs", "who cut jobs"),
        ("Wno cut jobs?", "who cut jobs?"),
        ("waht is this about?", "what is this about?"),
        ("tell me wehn the bridge is open", "tell me when the bridge is open"),
        ("whne is the bridge open", "when is the bridge open"),
    ],
)
def test_a_question_word_is_corrected_with_what_it_asks_for(
    bridge: Assistant, question: str, meant: str
) -> None:
    answer, right = bridge.ask(question), bridge.ask(meant)
    assert answer.question == question
    assert question.split()[0] in ("tell", answer.corrections[0].asked)
    assert (answer.kind, answer.status, answer.missing) == (right.kind, right.status, right.missing)


@pytest.mark.parametrize(
    "question",
    ["bridge whn", '"whn" is it open', " +whn bridge", "whn is how", "WHN bridge", "tp fgg tpp"],
)
def test_other_words_are_no_question_words(bridge: Assistant, question: str) -> None:
    assert bridge.ask(question).corrections == ()


@pytest.mark.parametrize("asked", ["How many jobs did Bryn cut?", "bridge", "Is the bridge open?"])
@pytest.mark.parametrize("stray", ["{} e", "{} j?", "e {}"])
def test_a_stray_letter_changes_nothing_else(bridge: Assistant, asked: str, stray: str) -> None:
    right, answer = bridge.ask(asked), bridge.ask(stray.format(asked))
    (letter,) = set(answer.missing) - set(right.missing)
    assert letter in "ej"
    assert answer._replace(question=asked, missing=right.missing) == right


def test_after_the_question_a_capital_is_stray_too(bridge: Assistant) -> None:
    answer = bridge.ask("How many jobs did Bryn cut? E")
    assert (answer.status, answer.missing) == (Status.ANSWERED, ("E",))


@pytest.mark.parametrize("question", ["vitamin e", "bridge E", 'bridge "e"', "bridge +e", "e"])
def test_a_letter_that_may_name_something_counts(bridge: Assistant, question: str) -> None:
    assert bridge.ask(question).status is not Status.ANSWERED
    assert bridge.ask(question.rstrip('eE"+').rstrip() or "bridge").status is Status.ANSWERED


def test_literal_looks_up_what_was_asked(briefing: Assistant) -> None:
    answer = briefing.ask(SLIP, literal=True)
    assert answer.corrections == ()
    assert answer.missing == ("Kishda", "Bidne")


def test_each_format_tells_of_corrections(ask: Ask) -> None:
    used = [{"asked": "Kishda", "used": "kishida"}, {"asked": "Bidne", "used": "biden"}]
    assert json.loads(ask(SLIP, BRIEFING, "-f", "json").out)["corrections"] == used
    told = "Showing results for kishida instead of Kishda, biden instead of Bidne"
    for name in ("text", "markdown"):
        assert told in ask(SLIP, BRIEFING, "-f", name).out
    for name in ("line", "csv", "paths"):
        assert ask(SLIP, BRIEFING, "-f", name).err == f"briefqa: {told}\n"
    assert "Showing" not in ask(SLIP, BRIEFING, "-f", "line", "--literal").err


def test_words_are_corrected_in_alphabets_of_any_size_but_not_without_end() -> None:
    letters = "".join(map(chr, range(0xAC00, 0xAC00 + 9000)))
    words = [letters[i : i + 5] for i in range(0, len(letters), 5)]
    text = " ".join(words)
    document = Document("a", "a", text, (Block(Span(0, len(text)), Kind.PARAGRAPH),))
    slips = [word[0] + word[2:] for word in words[:100]]
    answer = Assistant(in_memory(LoadedDocuments((document,), ()))).ask(" ".join(slips))
    assert [correction.used for correction in answer.corrections] == words[:16]


@pytest.fixture
def space() -> Assistant:
    text = "A wall was built around the pad. Engineers looked into space with Captain Walsh."
    block = Block(Span(0, len(text)), Kind.PARAGRAPH)
    document = Document("a.txt", "a.txt", text, (block,))
    return Assistant(in_memory(LoadedDocuments((document,), ())))


@pytest.mark.parametrize(
    ("question", "used"),
    [
        ("What did SpaceX launch?", []),
        ("Who is Tim Walz?", []),
        ("SpaceX?", []),
        ("Who is Captain Wallsh?", ["walsh"]),
        ("Who is captain wallsh?", ["walsh"]),
        ("WHERE IS THE WALLL?", ["wall"]),
        ("Spaxe?", ["space"]),
    ],
)
def test_a_name_is_no_slip_of_a_word_written_small(
    space: Assistant, question: str, used: list[str]
) -> None:
    assert [correction.used for correction in space.ask(question).corrections] == used
