"""Which characters of a stretch of text are marked, and how."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Run", "overlapping", "runs"]


class Run(Record):
    """Neighbouring characters that look alike.

    Attributes:
        span: the characters.
        layers: the numbers of the layers that cover them, rising.
    """

    span: Span
    layers: tuple[int, ...]


def overlapping(spans: Sequence[Span], within: Span) -> Sequence[Span]:
    """Return those of some sorted, disjoint spans that share a character with another."""
    first = bisect_left(spans, within.start, key=lambda span: span.end)
    last = bisect_left(spans, within.end, key=lambda span: span.start)
    return [span for span in spans[first:last] if span.end > within.start]


def runs(within: Span, layers: Sequence[Sequence[Span]]) -> Iterator[Run]:
    """Part a stretch of text where the marks on it begin and end.

    Args:
        within: the stretch.
        layers: spans to mark, sorted and disjoint within a layer.

    Yields:
        Runs in order; together they cover the stretch.
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
