"""Near-copies: documents that share most of their text, such as one story in several papers.

Two documents are near-copies if the shorter one has most of its triples of words in common with the
other, and is not much shorter. How many they share is estimated from the smallest hashes of the
triples of each (Broder, "On the resemblance and containment of documents", 1997), so that the time
is linear in the text. Numbers are words: tables of one form with other figures are no copies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import groupby
from zlib import crc32

from briefqa.passages import Passage
from briefqa.records import Record

__all__ = ["Copy", "near_copies"]

SIZE = 3
"""Words that are hashed together."""
SKETCH = 200
"""Hashes that are kept of a document."""
FEWEST = 20
"""Triples of a document that can be a copy."""
SHARED = 0.75
"""The least share of the triples of the shorter document that the other one has."""
SHORTER = 0.4
"""The least number of triples of the shorter document, as a share of those of the other one."""
COMMON = 100
"""Documents that a triple may be in and still tell which are copies."""
WORD = re.compile(r"\w+(?:[.,]\d+)*")


class Copy(Record):
    """A document that shares most of its text with another.

    Attributes:
        path: its path.
        shared: the share of the text of the shorter one that both have, 0 to 1, estimated.
    """

    path: str
    shared: float


class _Sketch(Record):
    """What is known of the triples of a document.

    Attributes:
        path: of the document.
        hashes: the smallest ones, ascending.
        size: the number of triples.
    """

    path: str
    hashes: tuple[int, ...]
    size: int


def near_copies(passages: Iterable[Passage]) -> Mapping[str, tuple[Copy, ...]]:
    """Return, for the path of each document that has near-copies, these, the nearest first.

    Args:
        passages: document by document.
    """
    sketches = [
        sketch
        for path, group in groupby(passages, lambda passage: passage.path)
        if (sketch := _sketch(path, group)).size >= FEWEST
    ]
    found: defaultdict[str, list[Copy]] = defaultdict(list)
    for one, other in _candidates(sketches):
        shared = _shared(one, other)
        if shared >= SHARED:
            found[one.path].append(Copy(other.path, round(shared, 2)))
            found[other.path].append(Copy(one.path, round(shared, 2)))
    return {
        path: tuple(sorted(copies, key=lambda copy: (-copy.shared, copy.path)))
        for path, copies in found.items()
    }


def _sketch(path: str, passages: Iterable[Passage]) -> _Sketch:
    words = [word for passage in passages for word in WORD.findall(passage.text.casefold())]
    triples = zip(*(words[start:] for start in range(SIZE)), strict=False)
    hashes = {crc32(" ".join(triple).encode("utf-8", "replace")) for triple in triples}
    return _Sketch(path, tuple(nsmallest(SKETCH, hashes)), len(hashes))


def _candidates(sketches: list[_Sketch]) -> Iterator[tuple[_Sketch, _Sketch]]:
    """Yield pairs that share a hash and are of similar size."""
    having: defaultdict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        shared = Counter(
            other for each in sketch.hashes if len(having[each]) <= COMMON for other in having[each]
        )
        for each in sketch.hashes:
            having[each].append(number)
        for other in sorted(shared):
            fewer, more = sorted((sketches[other].size, sketch.size))
            if fewer >= SHORTER * more:
                yield sketches[other], sketch


def _shared(one: _Sketch, other: _Sketch) -> float:
    """Return the estimated share of the triples of the smaller one that both have."""
    mine, others = frozenset(one.hashes), frozenset(other.hashes)
    smallest = nsmallest(SKETCH, mine | others)
    resemblance = sum(each in mine and each in others for each in smallest) / len(smallest)
    common = resemblance * (one.size + other.size) / (1 + resemblance)
    return min(1.0, common / min(one.size, other.size))
