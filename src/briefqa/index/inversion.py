"""Inversion: from the texts of passages to sorted runs of postings.

Texts are split into raw tokens, and each distinct raw token is analysed once. From then on raw
tokens are numbers, and numpy sorts and counts their terms a million at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from io import BytesIO
from itertools import groupby, islice
from operator import itemgetter

import numpy as np

from briefqa.analysis.analyzer import TERM_LIMIT, Analyzer, plain_word
from briefqa.index.external_sort import ExternalSorter, Numbers, SortedRun

__all__ = ["Inverter", "RawTokenTable", "TermNumbers"]

BATCH_BYTES = 128 * 1024
"""Bytes of text that are tokenized at a time; they fit into the processor's cache."""
RUN_BYTES = 48 * BATCH_BYTES
"""Bytes of text in a sorted run: of English about a million words."""
TOKENS_KEPT = 400_000
"""Maximum number of distinct raw tokens that are remembered; beyond that, new ones are rare."""
TOKEN_BYTES_KEPT = 16 * 1024 * 1024
"""Maximum of their bytes: scripts without spaces have long raw tokens that hardly ever recur."""

TABLE_BITS = 20
"""The hash table has 2 ** 20 slots: room for the common words of a text."""
WORD = 8
"""Bytes that are compared as one number."""
MASKS = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], np.uint64)
"""Masks that keep the first 0 to 8 bytes of a number."""
MULTIPLIER, FINALIZER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
"""Odd constants with irregular bits, so that multiplication spreads similar tokens."""
SPACE = ord(" ")


class RawTokenTable(dict[bytes, int]):
    """Numbers the distinct raw tokens, in UTF-8, from 0 in the order of first occurrence.

    Nearly all raw tokens are short and have occurred before. The first 16 bytes of each are read as
    two integers whose hash is a slot of a table. The slot has the number of a token, and the token
    is that one if the two have equal integers: no string is created, and the integers of common
    tokens, which have low numbers, stay in the processor's cache. A token that is not the one in
    its slot is looked up in this dictionary and replaces it.

    Args:
        analyzer: splits texts into raw tokens.

    Attributes:
        size: the bytes of all distinct raw tokens.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.size = 0
        self._slots = np.zeros(1 << TABLE_BITS, np.uint32)
        self._heads = np.zeros(1 << TABLE_BITS, np.uint64)
        self._tails = np.zeros(1 << TABLE_BITS, np.uint64)

    def __missing__(self, token: bytes) -> int:
        number = self[token] = len(self)
        self.size += len(token)
        return number

    def tokenize(self, texts: Sequence[bytes]) -> tuple[Numbers, Numbers]:
        """Split texts into raw tokens.

        Args:
            texts: in UTF-8.

        Returns:
            The numbers of the raw tokens of all texts, in order, and how many each text has.
        """
        # Padding on both sides: the last bytes of a token may be read with those that follow.
        padded = b"\0".join([b"", *texts, bytes(2 * WORD)])
        data = self._analyzer.blank_separators(padded)
        starts, ends = _token_bounds(data)
        numbers = self._look_up(data, starts, ends)
        limits = np.cumsum([len(text) + 1 for text in texts])
        return numbers, np.diff(np.searchsorted(starts, limits), prepend=0)

    def _look_up(self, data: bytes, starts: Numbers, ends: Numbers) -> Numbers:
        sizes = ends - starts
        heads, tails = _first_bytes(data, starts, sizes)
        slots = (heads ^ tails * MULTIPLIER) * FINALIZER >> np.uint64(64 - TABLE_BITS)
        slots = slots.astype(np.int64)
        numbers = self._slots.take(slots)
        found = (self._heads.take(numbers) == heads) & (self._tails.take(numbers) == tails)
        missing = np.flatnonzero(~found | (sizes > 2 * WORD))
        bounds = zip(starts[missing].tolist(), ends[missing].tolist(), strict=True)
        numbers[missing] = np.array([self[data[start:end]] for start, end in bounds], np.uint32)
        while self._heads.size < len(self):
            self._heads = np.append(self._heads, np.zeros_like(self._heads))
            self._tails = np.append(self._tails, np.zeros_like(self._tails))
        short = missing[sizes[missing] <= 2 * WORD]
        # If several tokens hash to one slot, the last one gets it.
        self._slots[slots[short]] = numbers[short]
        self._heads[numbers[short]] = heads[short]
        self._tails[numbers[short]] = tails[short]
        return numbers


def _token_bounds(data: bytes) -> tuple[Numbers, Numbers]:
    """Return where raw tokens start and end, between spaces."""
    space = np.frombuffer(data, np.uint8) == SPACE
    changes = np.flatnonzero(space[1:] != space[:-1]) + 1
    return changes[::2], changes[1::2]


def _first_bytes(data: bytes, starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """Return the first and the second eight bytes of each raw token as numbers, 0-padded."""
    # An overlapping view: at each offset the number that the next eight bytes make.
    words = np.ndarray(len(data) - WORD + 1, "<u8", data, strides=(1,))
    heads = words.take(starts) & MASKS.take(sizes, mode="clip")
    tails = words.take(starts + WORD) & MASKS.take(sizes - WORD, mode="clip")
    return heads, tails


class TermNumbers(dict[str, int]):
    """Numbers terms: as a previous index did, else in the order of first occurrence.

    Args:
        find: returns the number of a term in the previous index; None if it lacks the term.
        count: the number of terms of the previous index.

    Attributes:
        count: the number of numbered terms.
    """

    def __init__(self, find: Callable[[str], int | None] | None = None, count: int = 0) -> None:
        self._find = find
        self._previous = self.count = count

    def __missing__(self, term: str) -> int:
        number = self._find(term) if self._find else None
        if number is None:
            number, self.count = self.count, self.count + 1
        self[term] = number
        return number

    def new(self) -> list[tuple[str, int]]:
        """Return the terms that the previous index lacks, sorted, with their numbers."""
        terms = sorted(term for term, number in self.items() if number >= self._previous)
        return [(term, self[term]) for term in terms]


class _TokenTerms:
    """The term numbers of each raw token, and its words as written.

    Args:
        terms: numbers the terms.
        analyzer: makes the terms.
    """

    def __init__(self, terms: TermNumbers, analyzer: Analyzer) -> None:
        self._terms = terms
        self._analyzer = analyzer
        self._words: dict[str, int] = {}
        self._numbers = array("I")
        self._sizes = array("I")
        self._written: dict[str, int] = {}
        self._written_numbers = array("I")
        self._written_sizes = array("I")

    def analyse(self, tokens: RawTokenTable) -> None:
        """Analyse the raw tokens that are new; new words are stemmed in one call."""
        folded, written = list[str](), list[str]()
        for raw in _decoded(islice(tokens, len(self._sizes), None)):
            word = plain_word(raw)
            if word:
                # As most have: lists for each would keep the garbage collector busy.
                written.append(word.lower())
                folded.append(written[-1][:TERM_LIMIT])
                self._sizes.append(1)
                self._written_sizes.append(1)
                continue
            parts, words = self._analyzer.raw_token_words(raw)
            folded += parts
            written += words
            self._sizes.append(len(parts))
            self._written_sizes.append(len(words))
        self._number(folded, written)

    def _number(self, folded: Sequence[str], written: Sequence[str]) -> None:
        unknown = [word for word in dict.fromkeys(folded) if word not in self._words]
        numbers = map(self._terms.__getitem__, self._analyzer.stem(unknown))
        self._words.update(zip(unknown, numbers, strict=True))
        self._numbers.extend(map(self._words.__getitem__, folded))
        known, number_of = self._written, self._written.setdefault
        self._written_numbers.extend([number_of(word, len(known)) for word in written])

    def count_words(self, counts: Numbers) -> list[tuple[str, int]]:
        """Return the words as written and how often each occurs, sorted.

        Args:
            counts: how often each raw token occurs.
        """
        numbers = np.frombuffer(self._written_numbers, np.uint32)
        each = np.repeat(counts, np.frombuffer(self._written_sizes, np.uint32))
        totals = np.zeros(len(self._written), np.int64)
        np.add.at(totals, numbers, each)
        return sorted(zip(self._written, totals.tolist(), strict=True))

    def expand(self, tokens: Numbers) -> tuple[Numbers, Numbers]:
        """Return the terms of raw tokens, concatenated, and how many each token has."""
        all_sizes = np.frombuffer(self._sizes, np.uint32).astype(np.int64)
        starts = np.cumsum(all_sizes) - all_sizes
        # Each token has a range of positions in the array of terms; the ranges are concatenated.
        sizes = all_sizes[tokens]
        before = np.cumsum(sizes) - sizes
        positions = np.arange(sizes.sum()) + np.repeat(starts[tokens] - before, sizes)
        return np.frombuffer(self._numbers, np.uint32)[positions], sizes


class _WordCounts:
    """Sorted words and their counts, packed."""

    def __init__(self, counted: Sequence[tuple[str, int]]) -> None:
        self._lines = "".join([f"{word}\n" for word, _ in counted]).encode()
        self._counts = array("q", [count for _, count in counted])

    def __iter__(self) -> Iterator[tuple[str, int]]:
        for line, count in zip(BytesIO(self._lines), self._counts, strict=True):
            yield line[:-1].decode(), count


class Inverter:
    """Turns the texts of passages into sorted runs of postings, and counts their words.

    Args:
        terms: numbers the terms.
        sorter: receives the runs.
        analyzer: makes the terms.
    """

    def __init__(self, terms: TermNumbers, sorter: ExternalSorter, analyzer: Analyzer) -> None:
        self._terms = terms
        self._analyzer = analyzer
        self._sorter = sorter
        self._word_counts: list[_WordCounts] = []
        self._texts: list[bytes] = []
        self._batch_size = self._run_size = 0
        self._passages = array("I")
        self._tokens: list[Numbers] = []
        self._sizes: list[Numbers] = []
        self._clear()

    def _clear(self) -> None:
        self._table = RawTokenTable(self._analyzer)
        self._token_terms = _TokenTerms(self._terms, self._analyzer)
        self._counts: Numbers = np.zeros(0, np.int64)

    def add(self, number: int, text: bytes) -> None:
        """Add a passage.

        Args:
            number: of the passage; greater than those added before.
            text: its text in UTF-8.
        """
        self._texts.append(text)
        self._passages.append(number)
        self._batch_size += len(text)
        if self._batch_size >= BATCH_BYTES:
            self._tokenize()
            if self._run_size >= RUN_BYTES:
                self._end_run()

    def finish(self) -> Iterator[tuple[str, int]]:
        """End the last run; yield the words, case-folded and sorted, with their counts."""
        self._tokenize()
        self._end_run()
        last = self._token_terms.count_words(self._counts)
        self._clear()
        if not self._word_counts:
            yield from last
            return
        for word, group in groupby(merge(*self._word_counts, last), itemgetter(0)):
            yield word, sum(map(itemgetter(1), group))

    def _tokenize(self) -> None:
        tokens, sizes = self._table.tokenize(self._texts)
        self._tokens.append(tokens)
        self._sizes.append(sizes)
        self._texts.clear()
        self._run_size += self._batch_size
        self._batch_size = 0

    def _end_run(self) -> None:
        tokens, sizes = np.concatenate(self._tokens), np.concatenate(self._sizes)
        passages = np.repeat(np.frombuffer(self._passages, np.uint32), sizes)
        counts = np.bincount(tokens, minlength=len(self._table))
        counts[: self._counts.size] += self._counts
        self._counts = counts
        self._token_terms.analyse(self._table)
        terms, each = self._token_terms.expand(tokens)
        self._sorter.add(SortedRun.of(terms, np.repeat(passages, each)))
        self._tokens, self._sizes, self._passages = [], [], array("I")
        self._run_size = 0
        if len(self._table) > TOKENS_KEPT or self._table.size > TOKEN_BYTES_KEPT:
            counted = self._token_terms.count_words(self._counts)
            self._word_counts.append(_WordCounts(counted))
            self._clear()


def _decoded(tokens: Iterable[bytes]) -> list[str]:
    """Decode raw tokens; none has a line feed."""
    joined = b"\n".join(tokens)
    return joined.decode("utf-8", "surrogatepass").split("\n") if joined else []
