"""Spans: slicing, shifting, merging."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefqa.spans import Span, merge, trim

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 10)).map(lambda pair: Span(pair[0], sum(pair)))
)


def covered(spans: tuple[Span, ...] | list[Span]) -> set[int]:
    return {character for span in spans for character in range(span.start, span.end)}


@given(spans=SPANS)
def test_merged_spans_are_disjoint_sorted_and_cover_the_same(spans: list[Span]) -> None:
    merged = merge(spans)
    assert covered(merged) == covered(spans)
    assert all(left.end < right.start for left, right in pairwise(merged))


@given(text=st.text(alphabet=" \t\nab"), offset=st.integers(0, 5))
def test_a_trimmed_span_is_what_stripping_leaves(text: str, offset: int) -> None:
    longer = "x" * offset + text
    span = trim(longer, Span(offset, len(longer)))
    assert span.slice(longer) == text.strip()


def test_a_shifted_span_slices_the_same_of_the_longer_text() -> None:
    span = Span(2, 5)
    assert span.shift(3).slice("xxxabcdef") == span.slice("abcdef") == "cde"
    assert span.length == 3


def test_a_span_contains_what_lies_wholly_inside() -> None:
    assert Span(2, 8).contains(Span(2, 8))
    assert not Span(2, 8).contains(Span(1, 4))
    assert not Span(2, 8).contains(Span(4, 9))
