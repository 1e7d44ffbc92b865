"""Sentences: where they end, and where they only seem to end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.analysis.sentences import split_sentences

PIECES = st.lists(
    st.sampled_from(
        ["U.S.", "Mr.", "No.", "7", "e.g.", "He", "said", "(yes)", '"Go."', ".", "?!", "…", "\n",
         " ", "\n\n", "- item", "1. One", "3.5", "the", "J.", "etc.", "。", "It", "\t", "x"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


def pieces(text: str) -> list[str]:
    return [" ".join(span.slice(text).split()) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Japan joins projects led by the U.S. Energy Department.", "It will pay."],
        ["Toyota Motor Corp. is planning a factory.", "This visit helps."],
        ["He lives at No. 7 Downing St. in London.", "Then he said no.", "He left."],
        ["It costs 3.5 million dollars.", "That is much."],
        ["Mr. Biden met Dr. Smith vs. Gen. Lee.", "They talked."],
        ["J. K. Rowling and J.R.R. Tolkien wrote.", "We read."],
        ["Some fruit, e.g. apples, keeps.", "Pears rot."],
        ['"Really?" he asked.', '"Yes."', "She nodded."],
        ["It ended (at last).", "[Applause.]", "Then silence."],
        ["He left the U.S.", "The navy stayed."],
        ["They met on Jan. 5.", "On Feb. 6 they parted."],
        ["It rained at 5 p.m. in Washington.", "However, it stopped."],
        ["Wait... for it.", "What?!", "Done"],
        ["1. First do this.", "Then see Fig. 3 for that."],
        ["A. It rained.", "Then it stopped."],
        ["Это так.", "Да."],
        ["यह सच है।", "हाँ।"],
        ["The plan is ready!", "Is it?", "Yes."],
        ["The owl slept.[1]", "It woke at dusk.[2][3]", "It flew.(4)", "Then it slept.[^5]", "So?"],
        ["The owl slept.¹", "It woke at dusk.²,³", "It flew."],
        ["He said (at last.)", 'She said "no."', "They left."],
        ["The tool (v. 3.0.2) failed.", "Policy no. RX-41 ends.", "Ask Com. & Adm. first.", "Do."],
        ["The U.S. Senate met at 9 a.m. on Monday in St. Louis.", "G. W. Bush spoke."],
    ],
)
def test_sentences_end_where_a_reader_says(sentences: list[str]) -> None:
    assert pieces(" ".join(sentences)) == sentences


def test_scripts_without_spaces_end_sentences_too() -> None:
    assert pieces("这是。那是！好？") == ["这是。", "那是！", "好？"]


def test_wrapped_lines_are_one_sentence() -> None:
    text = "The old lighthouse keeper counted\nforty ships on Sunday. Rain fell\nlater on."
    assert pieces(text) == [
        "The old lighthouse keeper counted forty ships on Sunday.",
        "Rain fell later on.",
    ]


def test_items_of_a_list_are_sentences() -> None:
    text = "Bring:\n- a coat, which must\n  be warm\n* a hat\n□ a map\n3) boots\nb. socks"
    assert pieces(text) == [
        "Bring:", "- a coat, which must be warm", "* a hat", "□ a map", "3) boots", "b. socks"
    ]  # fmt: skip


def test_lines_of_a_table_are_sentences() -> None:
    text = "Name: Ann\nPlace: a house by the sea\nAge: 40"
    assert pieces(text) == ["Name: Ann", "Place: a house by the sea", "Age: 40"]


def test_a_heading_right_above_its_paragraph_is_a_sentence_of_its_own() -> None:
    text = "Background:\nThe treaty was signed in 1998, a year\nlater. It holds."
    assert pieces(text) == [
        "Background:", "The treaty was signed in 1998, a year later.", "It holds."
    ]  # fmt: skip
    assert len(pieces("By then,\nThe Hague had long been told of all of it.")) == 1
    assert len(pieces("By then\nall of them had long been told of all of it.")) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["Water meter 8841", "Paper bin Friday", "Doctor Ines Falk"],
        ["milk", "eggs", "brown bread"],
        ["Boat shed", "Open from the first of May until October"],
        ["The ferry leaves at nine", "Ann has the tickets", "Bring a coat and a hat for the way"],
    ],
)
def test_lines_without_full_stops_are_sentences(lines: list[str]) -> None:
    assert pieces("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was signed by the head of the\nSenate in a hall that had been built for it.",
        "It was written by the\nMinister himself.",
        "They met in a house near\nBergen, which lies\nin Norway.",
    ],
)
def test_wrapped_lines_are_no_sentences_though_the_next_opens_with_a_capital(text: str) -> None:
    assert len(pieces(text)) == 1


def test_a_blank_line_ends_a_sentence() -> None:
    assert pieces("Ann\n \nBob") == ["Ann", "Bob"]


@given(text=PIECES | st.text())
def test_sentences_are_disjoint_trimmed_and_cover_all_but_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.slice(text).strip() == span.slice(text) != "" for span in spans)
    gaps = [0, *(edge for span in spans for edge in span), len(text)]
    assert not "".join(text[a:b] for a, b in zip(gaps[::2], gaps[1::2], strict=True)).strip()


@pytest.mark.parametrize("unit", ["a", ".", ". ", "a.b.", "U.S. ", "\n", " ", "(\"'", "1. ", "x\n"])
def test_much_of_anything_ends(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert len(split_sentences(text)) <= len(text)


@pytest.mark.parametrize("unit", [".", "!", "…", ".!", "x.", "A.", "J. K. "])
def test_much_of_any_stop_ends_soon(unit: str) -> None:
    text = "Intro " + unit * (300_000 // len(unit)) + "a"
    assert split_sentences(text)


def test_an_abbreviation_before_a_mark_and_white_space_alone_ends_the_text() -> None:
    assert len(split_sentences('U.S. "\t')) == 1
