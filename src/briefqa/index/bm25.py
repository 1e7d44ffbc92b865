"""BM25: the one formula that scores passages and sentences, here and on a cluster.

A document scores the sum over the query's terms of idf(term) * bm25(frequency, length, mean).
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.

rank-bm25 is the reference for the formula. Each build has its `BM25Okapi` compute the table of
impacts as well, and stops if the two differ; see `briefqa.index.postings_writer.PassageBM25`. Tests
compare whole rankings with it. No query loads rank-bm25.

An index stores no floating-point score per posting but an impact code, which stands for a pair of
term frequency and passage length. Codes are ordered by impact, so postings can be compared by code.
They are spread over the whole range of their integer type: the highest byte of a code, its level,
distinguishes most of them, and `bytes.translate` classifies the levels of a whole posting list in
one call where comparing codes in Python would take one operation each.

Passages also contain terms of the titles of their documents. A term that occurs in titles only is
inherited, so that passages are found by what only their title names. In a collection of
`MANY_DOCUMENTS` or more, all terms of titles are: there they tell what a passage is about, as a
field of its own would (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted
fields", 2004), while within one document they only repeat its subject. Headings are part of what is
indexed of a passage; see `Passage.indexed`.
"""

from __future__ import annotations

import math
import sys
from _bisect import bisect_left  # `bisect` adds copies in Python
from collections.abc import Sequence

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, TypeVar

    import numpy as np

    from briefqa.analysis.analyzer import Analyzer

    Number = TypeVar("Number", float, np.ndarray[Any, np.dtype[Any]])

__all__ = [
    "K1",
    "LEVELS",
    "MANY_DOCUMENTS",
    "SCORE_DIGITS",
    "B",
    "ImpactTable",
    "bm25",
    "code_shift",
    "inverse_document_frequency",
    "levels_of",
    "rounded",
    "title_terms",
]

K1 = 0.9
B = 0.7

SCORE_DIGITS = 6
"""Decimals to which scores are rounded before they are compared, so that all machines agree."""

LEVELS = 256
"""The number of levels."""

MANY_DOCUMENTS = 20
"""Documents with passages from which on titles distinguish passages."""
TITLE_LIMIT = 500
"""Characters of a title that are used: every passage of the document inherits their terms."""


def bm25(frequency: Number, length: Number, mean: float) -> Number:
    """Return what a term of idf 1 adds to a score: f (k1 + 1) / (f + k1 (1 - b + b l / mean)).

    Args:
        frequency: f, how often the document contains the term; a number or an array.
        length: l, the number of terms in the document; a number or an array.
        mean: the mean length of all documents.
    """
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean))


def inverse_document_frequency(size: int, document_frequency: int) -> float:
    """Return the idf of a term: ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.

    Args:
        size: N, the number of passages.
        document_frequency: n, the number of passages that contain the term.
    """
    return math.log(1 + (size - document_frequency + 0.5) / (document_frequency + 0.5))


def rounded(score: float) -> float:
    """Return a score as it is compared and shown."""
    return round(score, SCORE_DIGITS)


def title_terms(title: str, analyzer: Analyzer) -> list[str]:
    """Return the terms that the passages of a document inherit, in order and with repetitions.

    Args:
        title: of the document.
        analyzer: of the passages.
    """
    return analyzer.terms(title[:TITLE_LIMIT])


class ImpactTable:
    """The impact of each code: what a posting with it adds to a score, for a term of idf 1.

    Args:
        values: the impacts, ascending.
        width: bytes of a code.

    Attributes:
        values: as given.
        shift: a code shifted right by this is the position of its impact in `values`.
    """

    def __init__(self, values: Sequence[float], width: int) -> None:
        self.values = values
        self.shift = code_shift(len(values), width)
        self._level_shift = 8 * (width - 1)

    def __getitem__(self, code: int) -> float:
        return self.values[code >> self.shift]

    def level(self, impact: float) -> int:
        """Return the lowest level with a code of at least this impact; `LEVELS` if none has."""
        position = bisect_left(self.values, impact)
        if position == len(self.values):
            return LEVELS
        return position << self.shift >> self._level_shift

    def max_impact_below(self, level: int) -> float:
        """Return the highest impact of the codes below a level; 0 if there are none."""
        code = level << self._level_shift
        position = min(-(-code >> self.shift), len(self.values))
        return self.values[position - 1] if position else 0.0


def code_shift(count: int, width: int) -> int:
    """Return by how many bits the positions 0 ... count - 1 are shifted left to make codes.

    Args:
        count: the number of codes.
        width: bytes of each.
    """
    return 8 * width - max(1, (count - 1).bit_length())


def levels_of(codes: memoryview[int]) -> bytes:
    """Return the level of each code."""
    highest = codes.itemsize - 1 if sys.byteorder == "little" else 0
    return bytes(codes)[highest :: codes.itemsize]
