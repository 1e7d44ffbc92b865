"""From texts to runs of postings: the terms of many passages, sorted, in little memory.

Each distinct piece of text is analysed once; from there on pieces are numbers, and numpy sorts and
counts their terms a million at a time.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from io import BytesIO
from itertools import chain, groupby, islice
from operator import itemgetter

import numpy as np

from briefqa.analysis.analyzer import piece_words, stemmed, written_words
from briefqa.index.external_sort import Numbers, Run, Runs
from briefqa.index.raw_tokens import Pieces

__all__ = ["CHUNK", "TermCollector", "TermNumbers"]

BATCH = 128 * 1024
"""Bytes of text whose pieces are found at a time, which the processor keeps at hand."""
CHUNK = 48 * BATCH
"""Bytes of text whose terms are sorted at a time: of English about a million words."""
PIECES_KEPT = 400_000
"""Distinct pieces that are remembered with their terms; more are rare ones."""
BYTES_KEPT = 16 * 1024 * 1024
"""Bytes of those at the most: where no blanks are written, pieces are long and hardly any recur."""


class TermNumbers(dict[str, int]):
    """The number of each term: that of an earlier index, or the next, in the order met.

    Args:
        find: returns the number that an earlier index gives a term, if it does.
        count: how many terms that has.

    Attributes:
        count: how many terms have numbers.
    """

    def __init__(self, find: Callable[[str], int | None] | None = None, count: int = 0) -> None:
        self._find = find
        self._known = self.count = count

    def __missing__(self, term: str) -> int:
        number = self._find(term) if self._find else None
        if number is None:
            number, self.count = self.count, self.count + 1
        self[term] = number
        return number

    def new(self) -> list[tuple[str, int]]:
        """Return the terms that the earlier index does not have, sorted, and their numbers."""
        terms = sorted(term for term, number in self.items() if number >= self._known)
        return [(term, self[term]) for term in terms]


class _PieceTerms:
    """The numbers of the terms of each piece.

    Args:
        terms: where terms get their numbers.
    """

    def __init__(self, terms: TermNumbers) -> None:
        self._terms = terms
        self._words: dict[str, int] = {}
        self._numbers = array("I")
        self._sizes = array("I")

    def see(self, pieces: Pieces) -> None:
        """Analyse the pieces that are new; words that are new are stemmed together."""
        new = [piece_words(_text(piece)) for piece in islice(pieces, len(self._sizes), None)]
        unknown = [
            word for word in dict.fromkeys(chain.from_iterable(new)) if word not in self._words
        ]
        numbers = map(self._terms.__getitem__, stemmed(unknown))
        self._words.update(zip(unknown, numbers, strict=True))
        self._sizes.extend(map(len, new))
        self._numbers.extend(map(self._words.__getitem__, chain.from_iterable(new)))

    def of(self, met: Numbers) -> tuple[Numbers, Numbers]:
        """Return the terms of pieces, one piece's after the other's, and how many each has."""
        sizes = np.frombuffer(self._sizes, np.uint32).astype(np.int64)
        starts = np.cumsum(sizes) - sizes
        # Each piece gives a stretch of terms; the places of them all, one stretch after the other.
        each = sizes[met]
        before = np.cumsum(each) - each
        places = np.arange(each.sum()) + np.repeat(starts[met] - before, each)
        return np.frombuffer(self._numbers, np.uint32)[places], each


class _SpilledWords:
    """Sorted words and their counts, in as little memory as they need."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        words = sorted(counts)
        self._lines = "".join(f"{word}\n" for word in words).encode()
        self._counts = array("q", map(counts.__getitem__, words))

    def __iter__(self) -> Iterator[tuple[str, int]]:
        for line, count in zip(BytesIO(self._lines), self._counts, strict=True):
            yield line.decode().rstrip("\n"), count


class TermCollector:
    """Collects the terms of passages.

    Args:
        terms: where terms get their numbers.
        runs: where their postings go.
    """

    def __init__(self, terms: TermNumbers, runs: Runs) -> None:
        self._terms = terms
        self._runs = runs
        self._spilled: list[_SpilledWords] = []
        self._texts: list[bytes] = []
        self._size = self._unsorted = 0
        self._numbers = array("I")
        self._met: list[Numbers] = []
        self._sizes: list[Numbers] = []
        self._forget()

    def _forget(self) -> None:
        self._pieces = Pieces()
        self._piece_terms = _PieceTerms(self._terms)
        self._counts: Numbers = np.zeros(0, np.int64)

    def add(self, number: int, text: bytes) -> None:
        """Collect a passage's terms.

        Args:
            number: of the passage.
            text: its text, in UTF-8.
        """
        self._texts.append(text)
        self._numbers.append(number)
        self._size += len(text)
        if self._size >= BATCH:
            self._find_pieces()
            if self._unsorted >= CHUNK:
                self._flush()

    def finish(self) -> Iterator[tuple[str, int]]:
        """Hand the last run over; yield the words, case-folded and sorted, with their counts."""
        self._find_pieces()
        self._flush()
        self._spill_words()
        for word, group in groupby(merge(*self._spilled), itemgetter(0)):
            yield word, sum(map(itemgetter(1), group))

    def _find_pieces(self) -> None:
        met, sizes = self._pieces.of(self._texts)
        self._met.append(met)
        self._sizes.append(sizes)
        self._texts.clear()
        self._unsorted += self._size
        self._size = 0

    def _flush(self) -> None:
        met, sizes = np.concatenate(self._met), np.concatenate(self._sizes)
        passages = np.repeat(np.frombuffer(self._numbers, np.uint32), sizes)
        self._count(met)
        self._piece_terms.see(self._pieces)
        terms, each = self._piece_terms.of(met)
        self._runs.add(Run.of(terms, np.repeat(passages, each)))
        self._met, self._sizes, self._numbers = [], [], array("I")
        self._unsorted = 0
        if len(self._pieces) > PIECES_KEPT or self._pieces.size > BYTES_KEPT:
            self._spill_words()

    def _count(self, met: Numbers) -> None:
        counts = np.bincount(met, minlength=len(self._pieces))
        counts[: self._counts.size] += self._counts
        self._counts = counts

    def _spill_words(self) -> None:
        """Put the counts of words aside and forget the pieces."""
        counts: dict[str, int] = defaultdict(int)
        for piece, count in zip(self._pieces, self._counts.tolist(), strict=True):
            for word in written_words(_text(piece)):
                counts[word] += count
        self._spilled.append(_SpilledWords(counts))
        self._forget()


def _text(piece: bytes) -> str:
    return piece.decode("utf-8", "surrogatepass")
