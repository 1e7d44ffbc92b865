"""Answers: the sentence, the highlights, the status."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.answers import Answer, Status
from briefqa.assistant import Assistant
from briefqa.errors import QuestionError
from briefqa.spans import Span
from conftest import BRIEFING, ROOT

WORDS = st.lists(
    st.sampled_from(
        "Kishida Biden meet Toyota the what when U.S. factory energy fleet xyzzy".split()
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


def best_sentence(answer: Answer) -> str:
    excerpt = answer.excerpts[0]
    return excerpt.sentence.slice(excerpt.passage.text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When will Kishida and Biden meet?", "April 10, 2023"),
        ("Which US department leads the development projects?", "U.S. Energy Department"),
        ("What will Japanese companies be allowed to repair?", "Seventh Fleet"),
        ("Where is Toyota planning a factory?", "North Carolina"),
        ("What kind of power generation will they focus on?", "offshore wind"),
        ("What is planned for EVs?", "electric vehicles"),
    ],
)
def test_the_first_sentence_answers(briefing: Assistant, question: str, words: str) -> None:
    assert words in best_sentence(briefing.ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "What is Toyota's share price?",
        "Who won the World Cup in 2022?",
        "How do I reset my password?",
        "What did the leaders agree on fisheries?",
    ],
)
def test_a_question_that_the_text_does_not_answer_is_not_answered(
    briefing: Assistant, question: str
) -> None:
    assert briefing.ask(question).status is not Status.ANSWERED


def test_words_are_told_apart_by_whether_the_first_excerpt_holds_them(briefing: Assistant) -> None:
    answer = briefing.ask("What is Toyota's share price?")
    assert answer.matched == ("Toyota's",)
    assert answer.missing == ("share", "price")


def test_what_is_measured_need_not_be_repeated(briefing: Assistant) -> None:
    answer = briefing.ask("How soon will Kishida and Biden meet?")
    assert (answer.matched, answer.missing) == (("Kishida", "Biden", "meet"), ())
    assert briefing.ask("How large?").missing == ("large",)


def test_words_that_nothing_holds_are_missing_even_without_an_excerpt(briefing: Assistant) -> None:
    answer = briefing.ask("reset my password")
    assert answer.excerpts == ()
    assert answer.missing == ("reset", "password")
    assert (answer.status, answer.confidence) == (Status.NONE, 0.0)


def test_a_stem_is_highlighted_as_the_whole_word(briefing: Assistant) -> None:
    excerpt = briefing.ask("Where does Toyota plan to construct factories?").excerpts[0]
    marked = [span.slice(excerpt.passage.text) for span in excerpt.highlights]
    assert marked == ["Toyota", "planning", "construct", "factory"]


def test_a_question_of_stop_words_alone_uses_them(briefing: Assistant) -> None:
    answer = briefing.ask("which of these are they?")
    assert answer.excerpts
    assert "they" in answer.matched + answer.missing


@pytest.mark.parametrize("question", ["", "  ", "?!", "___", "\n"])
def test_a_question_without_a_word_is_refused(briefing: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        briefing.ask(question)


@pytest.mark.parametrize("top", [0, -1, 1001])
def test_top_is_bounded(briefing: Assistant, top: int) -> None:
    with pytest.raises(QuestionError, match="1 to 1000"):
        briefing.ask("Kishida", top=top)


@pytest.mark.parametrize("passages", [60, 1100])
def test_who_asks_for_more_gets_the_same_and_more(tmp_path: Path, passages: int) -> None:
    path = tmp_path / "ships.txt"
    path.write_text(
        "\n\n".join(
            f"Ship {number} left. {'The old ship left the harbour of Oslo.' * (number % 7 == 3)}"
            for number in range(passages)
        )
    )
    assistant = Assistant.open([str(path)], cached=False)
    for question in ("When did the ship leave Oslo?", 'Which ship? "the old ship"', "old ship"):
        most = assistant.ask(question, 50)
        assert len(most.excerpts) == 50
        for top in (1, 3, 21):
            fewer = assistant.ask(question, top)
            assert fewer._replace(excerpts=()) == most._replace(excerpts=())
            for one, other in zip(fewer.excerpts, most.excerpts[:top], strict=True):
                assert one._replace(also=()) == other._replace(also=())
                assert other.also[: len(one.also)] == one.also


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("When was the harbour bridge opened?", "In 1932"),
        ("when was the harbour bridge opened", "In 1932"),
        ("harbour bridge opened", "They opened"),
    ],
)
def test_among_many_passages_a_question_gets_a_sentence_and_a_subject_a_passage(
    tmp_path: Path, question: str, first: str
) -> None:
    path = tmp_path / "bridges.txt"
    others = (f"Ship {number} left." for number in range(1001))
    path.write_text(
        "They opened the bridge that leads to the harbour.\n\n"
        "In 1932 the harbour bridge was opened by a man on a horse, whom nobody had asked to.\n\n"
        + "\n\n".join(others)
    )
    answer = Assistant.open(path, cached=False).ask(question)
    assert answer.excerpts[0].passage.text.startswith(first)


def test_strict_turns_weak_into_none(briefing: Assistant) -> None:
    question = "What did the leaders agree on fisheries?"
    assert briefing.ask(question).status is Status.WEAK
    assert briefing.ask(question, strict=True).status is Status.NONE


def test_the_contributions_add_up_to_the_score(briefing: Assistant) -> None:
    for excerpt in briefing.ask("When will Kishida and Biden meet in Washington?").excerpts:
        total = sum(contribution.score for contribution in excerpt.contributions)
        assert total == pytest.approx(excerpt.score, abs=1e-5)


def test_a_long_question_is_cut_not_refused(briefing: Assistant) -> None:
    question = " ".join(f"word{number}" for number in range(20_000)) + " Kishida"
    answer = briefing.ask(question)
    assert len(answer.missing) == 256
    assert briefing.ask("Kishida " + question).excerpts


def test_what_only_a_heading_names_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("notes") / "notes.txt"
    path.write_text("Notes\n\nDentist\n\nTuesday at 3.\n\nGroceries\n\nMilk, eggs and bread.\n")
    answer = Assistant.open([str(path)]).ask("When is the dentist?")
    assert answer.matched == ("dentist",)
    assert best_sentence(answer) == "Tuesday at 3."


@pytest.mark.parametrize(
    ("question", "relaxation"),
    [
        ("Where is Toyota planning a factory?", "all"),
        ("Where is Toyota planning a big factory?", "most"),
        ("Does Toyota sell tractors abroad?", "any"),
        ("tractors", "none"),
    ],
)
def test_the_answer_tells_how_many_words_it_matches(
    briefing: Assistant, question: str, relaxation: str
) -> None:
    assert briefing.ask(question).relaxation == relaxation


@settings(deadline=None, max_examples=60)
@given(question=WORDS, top=st.integers(1, 8))
def test_excerpts_are_exact_whatever_is_asked(question: str, top: int) -> None:
    document = (ROOT / BRIEFING).read_text(encoding="utf-8")
    answer = Assistant.open([str(ROOT / BRIEFING)]).ask(question, top)
    assert len(answer.excerpts) <= top
    assert [excerpt.rank for excerpt in answer.excerpts] == [*range(1, len(answer.excerpts) + 1)]
    for excerpt in answer.excerpts:
        passage = excerpt.passage
        assert passage.text == passage.span.slice(document)
        assert (
            excerpt.line == document.count("\n", 0, passage.span.start + excerpt.sentence.start) + 1
        )
        assert Span(0, len(passage.text)).contains(excerpt.sentence)
        assert all(span.slice(passage.text).strip() for span in excerpt.highlights)


def test_two_documents_with_one_text_rank_by_path(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("twins")
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text("The lighthouse keeper counted forty ships.\n")
    assistant = Assistant.open([str(folder / "b.txt"), str(folder / "a.txt")])
    answer = assistant.ask("lighthouse ships", fold=False)
    assert [excerpt.passage.path for excerpt in answer.excerpts] == [
        str(folder / "a.txt"),
        str(folder / "b.txt"),
    ]
