"""The terms of the inverter are those of the analyzer, text by text."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.index import inversion
from briefqa.index.inversion import RawTokenTable

ANALYZER = english_analyzer()
terms, piece_terms = ANALYZER.terms, ANALYZER.raw_token_terms

WORDS = "ship Ship whale lighthouse-keeper U.S. U.S.'s 3.5 o'neill's Straße हिन्दी a\0b _".split()
LONG = ["internationalised", "internationalist", "x" * 40, "x" * 41, "a-" * 9, "12345678"]
TEXTS = st.lists(
    st.one_of(
        st.text(),
        st.text(st.sampled_from("aB1.,'-_ \n\0é\u0301ह\ud800’")),
        st.lists(st.sampled_from([*WORDS, *LONG]), max_size=9).map(" ".join),
    ),
    max_size=4,
)


@pytest.fixture(params=[1, 10], autouse=True, scope="module")
def _table_of_a_size(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give the token table two entries, for which all tokens compete, or many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "TABLE_BITS", request.param)
        yield


def terms_of(table: RawTokenTable, texts: Sequence[str]) -> list[list[str]]:
    """Return the terms of each text, by the numbers of its tokens."""
    numbers, sizes = table.tokenize([text.encode("utf-8", "surrogatepass") for text in texts])
    named = [piece.decode("utf-8", "surrogatepass") for piece in table]
    parts = np.split(numbers, np.cumsum(sizes))[:-1] if texts else []
    return [[term for number in part for term in piece_terms(named[number])] for part in parts]


@given(batches=st.lists(TEXTS, max_size=3))
def test_the_terms_of_a_texts_pieces_are_its_own(batches: list[list[str]]) -> None:
    table = RawTokenTable(ANALYZER)
    for texts in batches:
        expected = [terms(text, stop_words=True) for text in texts]
        assert terms_of(table, texts) == expected
