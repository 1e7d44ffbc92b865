"""Splitting text into runs of characters with the same highlighting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Run", "overlapping", "split_runs"]


class Run(Record):
    """Neighbouring characters with the same highlighting.

    Attributes:
        span: the characters.
        layers: the numbers of the layers that cover them, ascending.
    """

    span: Span
    layers: tuple[int, ...]


def overlapping(spans: Sequence[Span], within: Span) -> Sequence[Span]:
    """Return the spans, of some that are sorted and disjoint, that overlap another span."""
    first = bisect_left(spans, within.start, key=lambda span: span.end)
    last = bisect_left(spans, within.end, key=lambda span: span.start)
    return [span for span in spans[first:last] if span.end > within.start]


def split_runs(within: Span, layers: Sequence[Sequence[Span]]) -> Iterator[Run]:
    """Split a span where a highlight begins or ends.

    Args:
        within: the span.
        layers: the highlights, which are sorted and disjoint within a layer.

    Yields:
        The runs in order; together they cover the span.
    """
    near = [overlapping(spans, within) for spans in layers]
    edges = {edge for spans in near for span in spans for edge in span}
    cuts = sorted({*within, *(edge for edge in edges if within.start < edge < within.end)})
    for start, end in pairwise(cuts):
        covering = (
            number
            for number, spans in enumerate(near)
            if any(span.start <= start and end <= span.end for span in spans)
        )
        yield Run(Span(start, end), tuple(covering))
