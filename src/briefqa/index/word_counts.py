"""How often the words of an index stand in its passages: what a slip is corrected by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefqa.index.container import IndexFile
from briefqa.index.term_dict import Dictionary

__all__ = ["WordCounts"]


class WordCounts(Mapping[str, int]):
    """How often each word stands in the passages; a word that stands nowhere any more is none.

    Args:
        file: the index.
        name: of the dictionary; its counts are in a section of their own.
    """

    def __init__(self, file: IndexFile, name: str) -> None:
        self._words = Dictionary(file, name)
        self._counts = file.section(f"{name}.counts")
        self._kind = self._counts.kind(len(self._words))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        counts = self._counts.numbers(self._kind)
        return (word for word, count in zip(self._words, counts, strict=True) if count)

    def beginning(self, prefix: str) -> Iterator[str]:
        """Yield the words that begin with `prefix`, in order."""
        counts = self._counts.numbers(self._kind)
        return (word for place, word in self._words.beginning(prefix) if counts[place])

    def letters_after(self, beginning: str, among: range) -> Iterator[str]:
        """Yield the letters that words go on with; see `Dictionary`."""
        return self._words.letters_after(beginning, among)

    def __getitem__(self, word: str) -> int:
        place = self._words.find(word)
        count = 0 if place is None else self._counts.number(self._kind, place)
        if not count:
            raise KeyError(word)
        return count
