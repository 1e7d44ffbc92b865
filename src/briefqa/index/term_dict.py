"""Sorted words in an index file, found by bisection without being parsed.

The words stand one a line in the order of their bytes. Where every 128th begins is written down,
and its first bytes as a number: a page is found by bisection among those numbers, and the word
within it by a search for the line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from briefqa.index.container import IndexFile
from briefqa.records import Record

__all__ = ["PAGE", "Dictionary", "Gap", "beginning_of"]

PAGE = 128
"""Words a page."""
BEGINNING = 8
"""Bytes of a word that make a number."""


def beginning_of(line: bytes) -> int:
    """Return the first bytes of a line as a number, in the order of the words."""
    return int.from_bytes(line[:BEGINNING].partition(b"\n")[0].ljust(BEGINNING, b"\0"), "big")


class Gap(Record):
    """Where a word would stand that a dictionary does not have.

    Attributes:
        place: among the words, from 0.
        offset: among the bytes of the lines.
    """

    place: int
    offset: int


class Dictionary:
    """Sorted words, each with its place among them.

    Args:
        file: the index.
        name: of the section.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._file, self._name = file, name
        self._lines = file.section(name)
        self._pages = file.section(f"{name}.pages")
        self._count = len(self._pages) // 8 - 2

    def __len__(self) -> int:
        return self._pages.number("Q", self._count + 1)

    def __iter__(self) -> Iterator[str]:
        for page in range(self._count):
            yield from self._page(page).decode().split("\n")[:-1]

    def beginning(self, prefix: str) -> Iterator[tuple[int, str]]:
        """Yield the words that begin with `prefix`, in order, with their places."""
        place = self.gap(prefix).place if self._count else 0
        for page in range(place // PAGE, self._count):
            words = self._page(page).decode().split("\n")[:-1]
            for number, word in enumerate(words, page * PAGE):
                if word.startswith(prefix):
                    yield number, word
                elif number >= place:
                    return

    def letters_after(self, beginning: str, among: range) -> Iterator[str]:
        """Yield the letters that words go on with after a beginning, each once, in order.

        Args:
            beginning: of the words.
            among: code points; others are left out.
        """
        place, following = len(beginning), among.start
        while following in among:
            word = self._first_from(beginning + chr(following))
            if word is None or not word.startswith(beginning):
                return
            letter = word[place]
            following = ord(letter) + 1
            if letter.isalpha() and ord(letter) in among:
                yield letter

    def find(self, word: str) -> int | None:
        """Return the place of a word, from 0; None where it is not among them."""
        line = word.encode("utf-8", "surrogatepass") + b"\n"
        page = self._find_page(line)
        if page < 0:
            return None
        lines = b"\n" + self._page(page)
        at = lines.find(b"\n" + line)
        return None if at < 0 else page * PAGE + lines.count(b"\n", 0, at)

    def gap(self, word: str) -> Gap:
        """Return where a word would stand that is not among them."""
        line = word.encode()
        page = max(0, self._find_page(line + b"\n"))
        lines = self._page(page).split(b"\n")[:-1] if self._count else []
        before = lines[: bisect_left(lines, line)]
        start = self._pages.number("Q", page)
        return Gap(page * PAGE + len(before), start + sum(map(len, before)) + len(before))

    def _first_from(self, word: str) -> str | None:
        """The first word from another on; None where there is none."""
        line = word.encode("utf-8", "surrogatepass")
        for page in range(max(0, self._find_page(line)), self._count):
            lines = self._page(page).split(b"\n")[:-1]
            place = bisect_left(lines, line)
            if place < len(lines):
                return lines[place].decode("utf-8", "surrogatepass")
        return None

    def lines(self) -> memoryview:
        """Return the words as they stand in the file, one a line."""
        return self._lines.bytes()

    @cached_property
    def _beginnings(self) -> memoryview[int]:
        """How each page begins, as a number."""
        return self._file.section(f"{self._name}.beginnings").numbers("Q")

    def _find_page(self, line: bytes) -> int:
        """The last page that begins with the line or one before it; -1 if none does."""
        beginning = beginning_of(line)
        low = bisect_left(self._beginnings, beginning)
        # Pages that begin alike are told apart by their first lines; there are hardly ever any.
        alike = range(low, bisect_right(self._beginnings, beginning, low))
        return low + bisect_right(alike, line, key=self._first_line) - 1

    def _first_line(self, page: int) -> bytes:
        return self._page(page).partition(b"\n")[0] + b"\n"

    def _page(self, page: int) -> bytes:
        start, end = self._pages.numbers("Q", page, page + 2)
        return bytes(self._lines.bytes(start, end))
