"""Passages: exact slices of the document, complete and not too long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.documents import Document
from briefqa.passage_splitter import split_passages
from briefqa.passages import PASSAGE_LIMIT, Passage
from briefqa.readers import read

TEXTS = st.lists(
    st.sampled_from(
        ["Title", "Heading", "12", "", "", "- item", "It rained. It stopped.", "word " * 150,
         "x" * 2500, "He said: “No.” " * 60, "\t", "A line\nwrapped twice\nin all."]
    ),
    max_size=20,
).map("\n".join)  # fmt: skip


def document(text: str) -> Document:
    reading = read("x.txt", text.encode())
    return Document("x.txt", reading.title or "x.txt", reading.text, reading.blocks)


def marked(text: str) -> list[Passage]:
    reading = read("x.md", text.encode())
    return list(split_passages(Document("x.md", "X", reading.text, reading.blocks)))


def passages(text: str) -> list[Passage]:
    return list(split_passages(document(text)))


def test_a_paragraph_is_a_passage_with_the_heading_right_above_it() -> None:
    first, second = passages("Title\n\nOne\n\nIt rained\nall day.\n\nTwo\n\nIt stopped.\n")
    assert (first.title, first.heading, first.lines, first.text) == (
        "Title", "One", (3, 6), "One\n\nIt rained\nall day.",
    )  # fmt: skip
    assert (second.heading, second.lines, second.text) == ("Two", (8, 10), "Two\n\nIt stopped.")


def test_neighbouring_lines_of_a_list_are_one_passage() -> None:
    (passage,) = passages("- Ann\n\n- Bob\n\n- Cid\n")
    assert passage.text == "- Ann\n\n- Bob\n\n- Cid"
    assert passage.lines == (1, 5)


def test_steps_and_code_are_read_with_the_prose_right_above_them() -> None:
    steps = "Switch it off.\n\n1. Take it out.\n2. Put it in.\n\nDone."
    assert [passage.text for passage in marked(steps)] == [steps[:-7], "Done."]
    code = "A compiler is needed.\n\n```\nmake\n```\n\nDone."
    assert [len(passage.parts) for passage in marked(code)] == [2, 0]
    assert len(marked("Switch it off.\n\n- Take it out.\n- Put it in.\n")) == 2


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("Lamps are lit by these people.", True),
        ("Take the following steps before it is dark.", True),
        ("In addition to these four lamps, the keeper of the harbour lights a fifth.", False),
        ("The keeper is in the house below, and his boat in the harbour is old.", False),
    ],
)
def test_what_introduces_a_list_ends_with_words_for_it(words: str, together: bool) -> None:
    assert (len(marked(f"{words}\n\n- Ann\n- Bob\n")) == 1) is together


def test_who_said_something_is_read_with_it() -> None:
    assert len(marked("> Lamps are old.\n\n— Ann Lee\n\nShe is right.\n")) == 2
    assert len(marked("Lamps are old.\n\n— Ann Lee\n")) == 2
    assert len(marked(f"> Lamps are old.\n\n— {'Ann Lee ' * 40}\n")) == 2


def test_a_table_is_not_about_the_term_above_it() -> None:
    _, table = marked("dusk\n: When lamps go on.\n\n| A | B |\n| --- | --- |\n| a | b |\n")
    assert table.headings == ()


def test_a_list_that_is_too_long_is_parted() -> None:
    lists = passages("\n\n".join(f"- item {number:06d}" for number in range(400)))
    assert len(lists) > 1
    assert all(len(passage.text) <= PASSAGE_LIMIT for passage in lists)


def test_an_overlong_paragraph_is_cut_between_sentences() -> None:
    cut = passages("The rain fell on the roof of the old house. " * 100)
    assert len(cut) > 1
    assert all(passage.text.endswith("old house.") for passage in cut)


def test_an_overlong_sentence_is_cut_between_words() -> None:
    cut = passages("word " * 1000 + "end.")
    assert all(set(passage.text.split()) <= {"word", "end."} for passage in cut)


@settings(deadline=None)
@given(text=TEXTS)
def test_passages_are_exact_disjoint_and_bounded(text: str) -> None:
    end = 0
    for passage in passages(text):
        assert passage.text == passage.span.slice(text) == passage.text.strip()
        assert 0 < len(passage.text) <= PASSAGE_LIMIT
        assert passage.span.start >= end
        assert passage.lines == (
            text.count("\n", 0, passage.span.start) + 1,
            text.count("\n", 0, passage.span.end) + 1,
        )
        end = passage.span.end


@pytest.mark.parametrize("unit", ["x", "x ", "x. ", "x\n", "x\n\n", "- x\n"])
def test_much_of_anything_ends(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    held = sum(passage.text.count("x") for passage in passages(text))
    assert held == text.count("x")


def test_a_heading_ends_the_list_above_it() -> None:
    reading = read("x.md", b"# T\n\n- Ann\n- Bob\n\n## Two\n\nIt rained.\n")
    texts = [
        (passage.text, passage.heading)
        for passage in split_passages(Document("x.md", "T", reading.text, reading.blocks))
    ]
    assert texts == [("- Ann\n- Bob", None), ("Two\n\nIt rained.", "Two")]
