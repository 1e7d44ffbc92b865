"""Writing the numbers of passages in two bytes each, and reading those of many terms at once."""

from __future__ import annotations

import numpy as np

from briefqa.index.container_writer import Writer
from briefqa.index.external_sort import Numbers, as_bytes
from briefqa.index.paged_postings import (
    PAGE,
    Paged,
    PassageNumbers,
    longest_named,
    pages_of,
    width_of,
)

__all__ = ["PageWriter", "flat", "read_range"]


class PageWriter:
    """Writes the numbers of passages, term by term.

    Args:
        writer: of the file; the numbers are a section begun at once, to be ended by the next.
        passages: how many there are.
    """

    def __init__(self, writer: Writer, passages: int) -> None:
        self._writer = writer
        self._pages = pages_of(passages)
        self._named: list[Numbers] = []
        self._turns: list[Numbers] = []
        self._places: list[Numbers] = []
        self._named_so_far = self._turns_so_far = 0
        writer.start("postings.passages")

    def add(self, passages: Numbers, counts: Numbers) -> None:
        """Write the passages of some terms.

        Args:
            passages: of one term after the other, rising.
            counts: how many each of the terms has.
        """
        self._writer.write(as_bytes(passages.astype(np.uint16)))
        if self._pages > 1:
            self._add_pages(passages // np.uint32(PAGE), counts)

    def _add_pages(self, pages: Numbers, counts: Numbers) -> None:
        long = counts > longest_named(self._pages)
        posted = np.repeat(long, counts)
        self._named.append(pages[~posted].astype(width_of(self._pages)))
        self._turns.append(self._parted(pages[posted], counts[long]))
        named, turns = np.where(long, 0, counts), long * (self._pages - 1)
        self._places.append(
            np.where(
                long,
                self._turns_so_far + np.cumsum(turns) - turns,
                self._named_so_far + np.cumsum(named) - named,
            ).astype(np.uint32)
        )
        self._named_so_far += int(named.sum())
        self._turns_so_far += int(turns.sum())

    def _parted(self, pages: Numbers, counts: Numbers) -> Numbers:
        """Where, among the postings of each long term, each page but the first begins."""
        terms = np.repeat(np.arange(counts.size), counts)
        held = np.bincount(terms * self._pages + pages, minlength=counts.size * self._pages)
        turns = np.cumsum(held.reshape(-1, self._pages), axis=1)[:, :-1]
        return turns.astype(np.uint32).ravel()

    def finish(self) -> None:
        """Write what is left."""
        for name, parts, kind in (
            ("postings.pages", self._named, width_of(self._pages)),
            ("postings.turns", self._turns, "I"),
            ("terms.places", self._places, "I"),
        ):
            self._writer.add(name, as_bytes(np.concatenate([np.zeros(0, kind), *parts])))


def flat(passages: Paged) -> Numbers:
    """Return the passages of a long term as an array."""
    numbers = np.asarray(passages.numbers).astype(np.uint32)
    for page in range(1, len(passages.turns) - 1):
        numbers[passages.turns[page] : passages.turns[page + 1]] += np.uint32(page * PAGE)
    return numbers


def read_range(table: PassageNumbers, first: int, ends: Numbers) -> Numbers:
    """Read the passages of neighbouring terms.

    Args:
        table: of the index.
        first: the number of the first term.
        ends: where the postings of each term begin among all, and where those of the last end.
    """
    numbers = np.asarray(table.within.numbers("H", int(ends[0]), int(ends[-1]))).astype(np.uint32)
    if table.pages > 1 and numbers.size:
        numbers += _read_pages(table, first, np.diff(ends)) * np.uint32(PAGE)
    return numbers


def _read_pages(table: PassageNumbers, first: int, counts: Numbers) -> Numbers:
    """Read the page of each posting of neighbouring terms."""
    places = np.asarray(table.places.numbers("I", first, first + counts.size)).astype(np.int64)
    long = counts > longest_named(table.pages)
    posted = np.repeat(long, counts)
    pages = np.zeros(posted.size, np.uint32)
    if not long.all():
        start, end = _stretch(places[~long], counts[~long])
        pages[~posted] = np.asarray(table.named.numbers(width_of(table.pages), start, end))
    if long.any():
        start, end = _stretch(places[long], np.full(long.sum(), table.pages - 1))
        turns = np.asarray(table.turns.numbers("I", start, end)).reshape(-1, table.pages - 1)
        held = np.diff(turns, prepend=np.uint32(0), append=counts[long].reshape(-1, 1))
        pages[posted] = np.repeat(np.tile(np.arange(table.pages), len(held)), held.ravel())
    return pages


def _stretch(places: Numbers, sizes: Numbers) -> tuple[int, int]:
    """Where what some neighbouring terms have stands."""
    return int(places[0]), int(places[-1] + sizes[-1])
