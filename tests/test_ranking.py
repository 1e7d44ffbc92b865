"""All ways of ranking agree with the model to six decimals."""

import random
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.index import Index, Query, bm25, dense, maxscore, postings, postings_writer, reader
from briefqa.index.postings_writer import PassageBM25
from briefqa.passages import Passage
from briefqa.spans import Span

terms = english_analyzer().terms

WORDS = "ship whale harbour storm rain lighthouse".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), max_size=60)
QUESTIONS = st.lists(st.sampled_from([*WORDS, "absent"]), min_size=1, max_size=5, unique=True)


def index(texts: Sequence[str], per_document: int = 1000) -> Index:
    return Index(
        Passage(f"{number // per_document:03}", "", (), None, (1, 1), Span(0, len(text)), text)
        for number, text in enumerate(texts)
    )


def by_the_model(
    texts: Sequence[str], question: Sequence[str], top: int
) -> list[tuple[int, float]]:
    corpus = [terms(text, stop_words=True) for text in texts]
    if not any(corpus):
        return []
    scores = PassageBM25(corpus).get_scores(question)
    held = [number for number, words in enumerate(corpus) if not set(question).isdisjoint(words)]
    ranked = sorted((-round(float(scores[number]), 6), number) for number in held)
    return [(number, -score) for score, number in ranked[:top]]


@pytest.fixture(params=["scored at once", "pruned", "dense"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rank small collections in each of the ways."""
    monkeypatch.setattr(reader, "numpy_is_loaded", lambda: request.param == "dense")
    everything = 0 if request.param == "pruned" else sys.maxsize
    monkeypatch.setattr(reader, "SCORED_AT_ONCE", everything)
    monkeypatch.setattr(maxscore, "isqrt", lambda postings: postings // 8)
    monkeypatch.setattr(dense, "PRUNING_PAYS", 3)
    monkeypatch.setattr(dense, "ADDED_PER_SEEK", 2)
    monkeypatch.setattr(postings, "SCANNED_PER_SEEK", 2)
    monkeypatch.setattr(postings, "CACHED_LISTS", 2)


@pytest.mark.usefixtures("_way")
@settings(deadline=None)
@given(texts=TEXTS, question=QUESTIONS, top=st.integers(1, 12))
def test_the_ranking_is_that_of_the_model(texts: list[str], question: list[str], top: int) -> None:
    asked = [term for word in question for term in terms(word)]
    hits = index(texts).search(Query(tuple(asked)), top)
    assert [(hit.number, hit.score) for hit in hits] == by_the_model(texts, asked, top)


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("narrow", [1, postings_writer.TWO_BYTES])
def test_a_large_collection_is_ranked_as_the_model_does(
    narrow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rank with impact codes of both widths."""
    monkeypatch.setattr(postings_writer, "TWO_BYTES", narrow)
    chance = random.Random(7)
    texts = [
        " ".join(chance.choices(WORDS, (1, 2, 4, 8, 16, 32), k=chance.randint(1, 30)))
        for _ in range(1500)
    ]
    searched = index(texts)
    for _ in range(20):
        asked = [terms(word)[0] for word in chance.sample(WORDS, chance.randint(1, 5))]
        top = chance.randint(1, 40)
        hits = searched.search(Query(tuple(asked)), top)
        assert [(hit.number, hit.score) for hit in hits] == by_the_model(texts, asked, top)


def test_an_index_with_other_scores_than_rank_bm25s_is_not_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bm25, "K1", 1.5)
    with pytest.raises(ArithmeticError, match="rank-bm25"):
        index(["a ship", "a ship and a whale"])


@st.composite
def restricted(draw: st.DrawFn) -> Query:
    """A query with required groups of terms, excluded terms and a filter."""
    group = st.lists(st.sampled_from([*WORDS, "absent"]), min_size=1, max_size=3).map(stemmed)
    documents = st.sets(st.integers(0, 32).map("{:03}".format)).map(frozenset)
    return Query(
        stemmed(draw(QUESTIONS)),
        draw(st.lists(group, max_size=2).map(tuple)),
        frozenset(draw(st.lists(st.sampled_from([*WORDS, "absent"]), max_size=2).map(stemmed))),
        draw(st.none() | documents),
    )


def stemmed(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(terms(" ".join(words)))


def allows(query: Query, passage: Passage) -> bool:
    held = frozenset(terms(passage.text))
    required = all(not held.isdisjoint(group) for group in query.required)
    filtered = query.filter is None or passage.path in query.filter
    return required and filtered and held.isdisjoint(query.excluded)


@pytest.mark.usefixtures("_way")
@settings(deadline=None)
@given(texts=TEXTS, query=restricted(), top=st.integers(1, 12))
def test_a_restricted_ranking_is_what_the_query_allows_of_the_full_one(
    texts: list[str], query: Query, top: int
) -> None:
    searched = index(texts, per_document=2)
    everything = searched.search(Query(query.terms), len(texts) + 1)
    expected = [hit for hit in everything if allows(query, hit.passage)]
    assert searched.search(query, top) == expected[:top]


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("kept", [1, 10, 100])
def test_a_large_collection_is_filtered_while_it_is_ranked(kept: int) -> None:
    chance = random.Random(kept)
    texts = [
        " ".join(chance.choices(WORDS, (1, 2, 4, 8, 16, 32), k=chance.randint(1, 30)))
        for _ in range(1500)
    ]
    searched = index(texts, per_document=5)
    for _ in range(20):
        query = Query(
            stemmed(chance.sample(WORDS, chance.randint(1, 4))),
            ((stemmed(chance.sample(WORDS, 2))),) * chance.randint(0, 1),
            frozenset(stemmed(chance.sample(WORDS, 1))),
            frozenset(f"{number:03}" for number in chance.sample(range(300), kept)),
        )
        everything = searched.search(Query(query.terms), 1500)
        expected = [hit for hit in everything if allows(query, hit.passage)]
        top = chance.randint(1, 40)
        assert searched.search(query, top) == expected[:top]
