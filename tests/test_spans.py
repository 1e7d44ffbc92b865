"""Spans: slicing, shifting, merging."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefqa.spans import Span, lines_of, merge, trim

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


def test_merging_joins_what_overlaps_touches_or_lies_inside() -> None:
    spans = [Span(7, 9), Span(0, 5), Span(1, 2), Span(5, 6)]
    assert merge(spans) == (Span(0, 6), Span(7, 9))
    assert merge([]) == ()


@given(text=st.text(alphabet="\na "))
def test_the_lines_of_a_text_are_what_line_feeds_part(text: str) -> None:
    assert [line.slice(text) for line in lines_of(text)] == text.split("\n")
    starts = [line.start for line in lines_of(text)]
    assert all(start == 0 or text[start - 1] == "\n" for start in starts)


@given(text=st.text(alphabet=" \t\nab"), offset=st.integers(0, 5))
def test_a_trimmed_span_is_what_stripping_leaves(text: str, offset: int) -> None:
    longer = "x" * offset + text
    span = trim(longer, Span(offset, len(longer)))
    assert span.slice(longer) == text.strip()
    assert span.end <= len(longer)


def test_a_shifted_span_slices_the_same_of_the_longer_text() -> None:
    span = Span(2, 5)
    assert span.shift(3).slice("xxxabcdef") == span.slice("abcdef") == "cde"
    assert span.length == 3


def test_a_span_contains_what_lies_wholly_inside() -> None:
    assert Span(2, 8).contains(Span(2, 8))
    assert Span(2, 8).contains(Span(3, 7))
    assert not Span(2, 8).contains(Span(1, 4))
    assert not Span(2, 8).contains(Span(4, 9))
