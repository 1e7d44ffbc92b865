"""The ranking is exactly BM25, at every size."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.edit_distance import distance
from briefqa.index import Index, Query, writer
from briefqa.passages import Passage
from briefqa.spans import Span

terms = english_analyzer().terms

WORDS = st.sampled_from("ship whale harbour storm rain lighthouse the of".split())
SPELLED = st.text("abcñж", min_size=1, max_size=6)
CORPORA = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=12)


def passage(text: str, path: str = "x.txt") -> Passage:
    return Passage(path, "", (), None, (1, 1), Span(0, len(text)), text)


def index(*texts: str) -> Index:
    return Index([passage(text) for text in texts])


def plain_bm25(texts: list[str], question: list[str]) -> dict[int, float]:
    """Return the score of the textbook formula: k1 0.9, b 0.7, the idf that is never negative."""
    corpus = [terms(text, stop_words=True) for text in texts]
    mean = sum(map(len, corpus)) / len(corpus)
    scores: dict[int, float] = {}
    for number, held in enumerate(corpus):
        for term in question:
            n = sum(term in other for other in corpus)
            idf = math.log(1 + (len(corpus) - n + 0.5) / (n + 0.5))
            frequency = held.count(term)
            if frequency:
                length = 0.9 * (1 - 0.7 + 0.7 * len(held) / mean)
                added = idf * frequency * 1.9 / (frequency + length)
                scores[number] = scores.get(number, 0) + added
    return scores


@settings(deadline=None)
@given(texts=CORPORA, question=st.lists(WORDS, min_size=1, max_size=5, unique=True))
def test_scores_are_those_of_the_formula(texts: list[str], question: list[str]) -> None:
    asked = [term for word in question for term in terms(word, stop_words=True)]
    hits = index(*texts).search(Query(tuple(asked)), 100)
    expected = plain_bm25(texts, asked) if texts else {}
    assert {hit.number: hit.score for hit in hits} == pytest.approx(expected, abs=1e-6)
    order = [(-hit.score, hit.number) for hit in hits]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "texts",
    [["ship"], ["ship", "whale"], ["ship", "ship"], ["ship rain", "ship", "ship storm rain"]],
)
def test_a_true_match_scores_above_nothing_at_any_size(texts: list[str]) -> None:
    hits = index(*texts).search(Query(("ship",)), 10)
    assert len(hits) == sum("ship" in text for text in texts)
    assert all(hit.score > 0 for hit in hits)


def test_only_passages_that_share_a_term_are_hits() -> None:
    hits = index("ship", "whale", "rain").search(Query(("ship", "storm")), 10)
    assert [hit.passage.text for hit in hits] == ["ship"]


@pytest.mark.parametrize("texts", [[], [""], ["...", "--"]])
def test_without_words_there_are_no_hits(texts: list[str]) -> None:
    empty = index(*texts)
    assert empty.search(Query(("ship",)), 10) == []
    assert empty.document_frequency("ship") == 0
    assert empty.idf("ship") == empty.max_idf


def test_ties_stay_in_the_order_of_the_passages() -> None:
    twins = Index([passage("a ship", "a.txt"), passage("a ship", "b.txt"), passage("a ship")])
    assert [hit.number for hit in twins.search(Query(("ship",)), 2)] == [0, 1]


def test_an_unknown_term_is_the_most_telling() -> None:
    known = index("ship", "whale", "ship rain")
    assert known.max_idf == known.idf("storm") > known.idf("whale") > known.idf("ship") > 0


def test_a_term_of_headings_alone_leads_to_the_passages_beneath() -> None:
    under = passage("It is at three.")._replace(headings=("Dentist",), title="Notes")
    other = passage("Milk and eggs.")._replace(headings=("Groceries",), title="Notes")
    (hit,) = Index([under, other]).search(Query(("dentist",)), 5)
    assert hit.passage == under
    assert hit.inherited == {"dentist"}


def test_of_a_heading_without_end_each_passage_beneath_is_lent_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writer, "GROUP_LIMIT", 2)
    heading = " ".join(["dentist", *("row" + str(number) for number in range(1000))])
    texts = ("It is at three.", "It was at four.", "It was at five.")
    searched = Index([passage(text)._replace(headings=(heading,)) for text in texts])
    assert [hit.number for hit in searched.search(Query(("dentist",)), 9)] == [0, 1, 2]
    assert searched.search(Query(("row999",)), 9) == []


@settings(deadline=None, max_examples=60)
@given(
    words=st.lists(SPELLED | SPELLED.map("{}2".format), min_size=1, max_size=300, unique=True),
    slip=SPELLED,
)
def test_the_words_one_edit_away_are_found(words: list[str], slip: str) -> None:
    near = index(" ".join(words)).near(slip, 1)
    # No digit is inserted, since that is not a typing error.
    assert near.keys() - {slip} == {
        word for word in words if "2" not in word and distance(word, slip) == 1
    }
