"""Sorted dictionaries of an index file: of its terms, and of its words as written.

Entries are stored one a line, in the order of their UTF-8 bytes. A sparse index holds the offset
and the first eight bytes of every 128th line. A lookup bisects the sparse index and searches one
interval of 128 lines, so opening a dictionary parses nothing. `briefqa.index.postings_writer`
writes dictionaries.
"""

from __future__ import annotations

from _bisect import bisect_left, bisect_right  # `bisect` adds copies in Python
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial

from briefqa.index.container import IndexFile
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefqa.index.container import Section

__all__ = ["INTERVAL", "PREFIX", "InsertionPoint", "TermDictionary", "WordCounts", "prefix_of"]

INTERVAL = 128
"""Lines between two entries of the sparse index."""
PREFIX = 8
"""Bytes of a line that the sparse index holds as a number."""
INTERVALS_KEPT = 64
"""Intervals of a dictionary that stay in memory."""


class InsertionPoint(Record):
    """Where a term that a dictionary lacks would be inserted.

    Attributes:
        position: the number of terms before it.
        offset: bytes of the lines before it.
    """

    position: int
    offset: int


class TermDictionary:
    """Looks terms up and returns their positions in sorted order.

    Args:
        file: the index.
        name: the name of the section.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._file, self._name = file, name
        self._lines = file.section(name)
        self._offsets = file.section(f"{name}.offsets")
        self._intervals = len(self._offsets) // 8 - 2
        # Words that are looked up one after the other are often spelled alike.
        self._read = lru_cache(INTERVALS_KEPT)(partial(_read, self._lines, self._offsets))
        self._split = lru_cache(INTERVALS_KEPT)(partial(_split, self._read))

    def __len__(self) -> int:
        return self._offsets.number("Q", self._intervals + 1)

    def __iter__(self) -> Iterator[str]:
        for interval in range(self._intervals):
            yield from self._read(interval).decode().split("\n")[:-1]

    def with_prefix(self, prefix: str) -> Iterator[tuple[int, str]]:
        """Yield the terms that start with `prefix`, in order, with their positions."""
        start = self.insertion_point(prefix).position if self._intervals else 0
        for interval in range(start // INTERVAL, self._intervals):
            terms = self._read(interval).decode().split("\n")[:-1]
            for position, term in enumerate(terms, interval * INTERVAL):
                if term.startswith(prefix):
                    yield position, term
                elif position >= start:
                    return

    def letters_after(self, prefix: str, among: range) -> Iterator[str]:
        """Yield the letters that follow a prefix in some term, each once, in order.

        Args:
            prefix: the start of the terms.
            among: the code points to consider.
        """
        following = among.start
        while following in among:
            term = self._first_from(prefix + chr(following))
            if term is None or not term.startswith(prefix):
                return
            letter = term[len(prefix)]
            following = ord(letter) + 1
            if letter.isalpha() and ord(letter) in among:
                yield letter

    def find(self, term: str) -> int | None:
        """Return the position of a term, from 0; None if the dictionary lacks it."""
        line = term.encode("utf-8", "surrogatepass") + b"\n"
        interval = self._find_interval(line)
        if interval < 0:
            return None
        lines = b"\n" + self._read(interval)
        at = lines.find(b"\n" + line)
        return None if at < 0 else interval * INTERVAL + lines.count(b"\n", 0, at)

    def insertion_point(self, term: str) -> InsertionPoint:
        """Return where a term would be inserted that the dictionary lacks."""
        line = term.encode()
        interval = max(0, self._find_interval(line + b"\n"))
        lines = self._read(interval).split(b"\n")[:-1] if self._intervals else []
        before = lines[: bisect_left(lines, line)]
        start = self._offsets.number("Q", interval)
        return InsertionPoint(
            interval * INTERVAL + len(before), start + sum(map(len, before)) + len(before)
        )

    def _first_from(self, term: str) -> str | None:
        """Return the first term that is not less than another; None if there is none."""
        line = term.encode("utf-8", "surrogatepass")
        for interval in range(max(0, self._find_interval(line)), self._intervals):
            lines = self._split(interval)
            place = bisect_left(lines, line)
            if place < len(lines):
                return lines[place].decode("utf-8", "surrogatepass")
        return None

    def lines(self) -> memoryview:
        """Return the stored lines."""
        return self._lines.bytes()

    @cached_property
    def _prefixes(self) -> memoryview[int]:
        """The first bytes of each interval as numbers."""
        return self._file.section(f"{self._name}.prefixes").numbers("Q")

    def _find_interval(self, line: bytes) -> int:
        """Return the last interval whose first line is not greater than `line`; -1 if none."""
        prefix = prefix_of(line)
        low = bisect_left(self._prefixes, prefix)
        # Intervals with equal prefixes are compared by their first lines; these are rare.
        equal = range(low, bisect_right(self._prefixes, prefix, low))
        return low + bisect_right(equal, line, key=self._first_line) - 1

    def _first_line(self, interval: int) -> bytes:
        return self._read(interval).partition(b"\n")[0] + b"\n"


class WordCounts(Mapping[str, int]):
    """How often each word occurs in the passages; words with count 0 are left out.

    Args:
        file: the index.
        name: the name of the dictionary; the counts are in the section `name.counts`.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._words = TermDictionary(file, name)
        self._counts = file.section(f"{name}.counts")
        self._kind = self._counts.kind(len(self._words))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        counts = self._counts.numbers(self._kind)
        return (word for word, count in zip(self._words, counts, strict=True) if count)

    def with_prefix(self, prefix: str) -> Iterator[str]:
        """Yield the words that start with `prefix`, in order."""
        counts = self._counts.numbers(self._kind)
        return (word for position, word in self._words.with_prefix(prefix) if counts[position])

    def letters_after(self, prefix: str, among: range) -> Iterator[str]:
        """Yield the letters that follow a prefix; see `TermDictionary.letters_after`."""
        return self._words.letters_after(prefix, among)

    def __getitem__(self, word: str) -> int:
        position = self._words.find(word)
        count = 0 if position is None else self._counts.number(self._kind, position)
        if not count:
            raise KeyError(word)
        return count


def prefix_of(line: bytes) -> int:
    """Return the first bytes of a line as a number that sorts as the lines do."""
    return int.from_bytes(line[:PREFIX].partition(b"\n")[0].ljust(PREFIX, b"\0"), "big")


def _read(lines: Section, offsets: Section, interval: int) -> bytes:
    """Return the lines of an interval."""
    start, end = offsets.numbers("Q", interval, interval + 2)
    return bytes(lines.bytes(start, end))


def _split(read: Callable[[int], bytes], interval: int) -> Sequence[bytes]:
    """Return the lines of an interval, each by itself."""
    return read(interval).split(b"\n")[:-1]
