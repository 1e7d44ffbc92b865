"""Sorted words in an index file, found by bisection without being parsed.

The words stand one a line in the order of their bytes. Only where every 128th begins is written
down: a page is found by bisection, and the word within it by a search for the line.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping

from briefqa.index.file_format import IndexFile, Writer

__all__ = ["Dictionary", "WordCounts", "write_dictionary"]

PAGE = 128
"""Words a page."""


def write_dictionary(writer: Writer, name: str, words: Iterable[str]) -> None:
    """Write sorted words as a section `name` and where its pages begin as another.

    Args:
        writer: of the file.
        name: of the section.
        words: in the order of their code points, each once.
    """
    writer.start(name)
    pages, size, count = array("Q"), 0, 0
    for count, word in enumerate(words, 1):
        if count % PAGE == 1:
            pages.append(size)
        line = word.encode() + b"\n"
        writer.write(line)
        size += len(line)
    pages.extend((size, count))
    writer.add(f"{name}.pages", pages.tobytes())


class Dictionary:
    """Sorted words, each with its place among them.

    Args:
        file: the index.
        name: of the section.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._lines = file.section(name)
        self._pages = file.section(f"{name}.pages")
        self._count = len(self._pages) // 8 - 2

    def __len__(self) -> int:
        return self._pages.number("Q", self._count + 1)

    def __iter__(self) -> Iterator[str]:
        for page in range(self._count):
            yield from self._page(page).decode().split("\n")[:-1]

    def find(self, word: str) -> int | None:
        """Return the place of a word, from 0; None where it is not among them."""
        line = word.encode("utf-8", "surrogatepass") + b"\n"
        page = self._find_page(line)
        if page < 0:
            return None
        lines = b"\n" + self._page(page)
        at = lines.find(b"\n" + line)
        return None if at < 0 else page * PAGE + lines.count(b"\n", 0, at)

    def _find_page(self, line: bytes) -> int:
        """The last page that begins with the line or one before it; -1 if none does."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            start = self._pages.number("Q", middle)
            end = min(start + len(line), len(self._lines))
            if bytes(self._lines.bytes(start, end)) <= line:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def _page(self, page: int) -> bytes:
        start, end = self._pages.numbers("Q", page, page + 2)
        return bytes(self._lines.bytes(start, end))


class WordCounts(Mapping[str, int]):
    """How often each word stands in the passages.

    Args:
        file: the index.
        name: of the dictionary; its counts are in a section of their own.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._words = Dictionary(file, name)
        self._counts = file.section(f"{name}.counts")

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __getitem__(self, word: str) -> int:
        place = self._words.find(word)
        if place is None:
            raise KeyError(word)
        return self._counts.number("I", place)
