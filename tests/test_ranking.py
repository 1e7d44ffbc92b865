"""All ways of ranking agree with the model, to the last of six decimals."""

import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.analysis import terms
from briefqa.index import Index, merging, postings, searching
from briefqa.index.model import PassageBM25
from briefqa.passages import Passage
from briefqa.spans import Span

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


@pytest.fixture(params=["one by one", "by numpy"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Rank small collections as large ones are, in either way."""
    few = sys.maxsize if request.param == "one by one" else 0
    monkeypatch.setattr(searching, "FEW", few)
    monkeypatch.setattr(merging, "LEADING_FROM", 8)
    monkeypatch.setattr(merging, "LEADERS", 6)
    monkeypatch.setattr(postings, "LEADERS", 6)
    return str(request.param)


@pytest.mark.usefixtures("way")
@settings(deadline=None)
@given(texts=TEXTS, question=QUESTIONS, top=st.integers(1, 12))
def test_the_ranking_is_that_of_the_model(texts: list[str], question: list[str], top: int) -> None:
    asked = [term for word in question for term in terms(word)]
    hits = index(texts).search(asked, top)
    assert [(hit.number, hit.score) for hit in hits] == by_the_model(texts, asked, top)
