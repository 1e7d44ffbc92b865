"""All ways of ranking agree with the model, to the last of six decimals."""

import random
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.index import Index, maxscore, postings, postings_writer, reader
from briefqa.index.postings_writer import PassageBM25
from briefqa.passages import Passage
from briefqa.spans import Span

terms = english_analyzer().terms

WORDS = "ship whale harbour storm rain lighthouse".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), max_size=60)
QUESTIONS = st.lists(st.sampled_from([*WORDS, "absent"]), min_size=1, max_size=5, unique=True)


def index(texts: Sequence[str]) -> Index:
    return Index(
        [Passage("x.txt", "", None, None, (1, 1), Span(0, len(text)), text) for text in texts]
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
    """Rank small collections in each way that there is."""
    monkeypatch.setattr(reader, "numpy_is_loaded", lambda: request.param == "dense")
    everything = 0 if request.param == "pruned" else sys.maxsize
    monkeypatch.setattr(maxscore, "SCORED_AT_ONCE", everything)
    monkeypatch.setattr(maxscore, "isqrt", lambda postings: postings // 8)
    monkeypatch.setattr(postings, "SCANNED_PER_SEEK", 2)
    monkeypatch.setattr(postings, "CACHED_LISTS", 2)


@pytest.mark.usefixtures("_way")
@settings(deadline=None)
@given(texts=TEXTS, question=QUESTIONS, top=st.integers(1, 12))
def test_the_ranking_is_that_of_the_model(texts: list[str], question: list[str], top: int) -> None:
    asked = [term for word in question for term in terms(word)]
    hits = index(texts).search(asked, top)
    assert [(hit.number, hit.score) for hit in hits] == by_the_model(texts, asked, top)


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("narrow", [1, postings_writer.TWO_BYTES])
def test_a_large_collection_is_ranked_as_the_model_does(
    narrow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With codes of either width."""
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
        hits = searched.search(asked, top)
        assert [(hit.number, hit.score) for hit in hits] == by_the_model(texts, asked, top)
