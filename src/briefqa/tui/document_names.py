"""The names of documents, cut so that those that are shown together can be told apart.

Of a file name that several documents have, the folders say which one it is, as in the tabs of an
editor: `…23/times/ferry.html` and `…24/times/ferry.html`.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import takewhile

from rich.cells import cell_len

__all__ = ["ELLIPSIS", "DocumentNames", "cut_path", "keep_end"]

ELLIPSIS = "…"


class DocumentNames:
    """The names of documents that are shown together.

    Args:
        names: their paths, without what all of them have in common.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._beginnings = _beginnings(self._names)
        self._groups: Counter[str] = Counter()
        self._members: Counter[tuple[str, str]] = Counter()
        for name in self._names:
            self._groups[_stem(name)] += 1
            self._members.update((_stem(name), folder) for folder in {*name.split(os.sep)[:-1]})
        # From the longest to the shortest.
        self._ways: Sequence[Callable[[str], str]] = (self._shorten, self._elide, self._omit_file)
        self._taken = [Counter(map(way, self._names)) for way in self._ways]

    def cut(self, name: str, width: int) -> str:
        """Return a name so that it fits a width in cells, and says which of the documents it is."""
        forms = [name, *self._distinct_forms(name)]
        if fitting := next((each for each in forms if cell_len(each) <= width), None):
            return fitting
        shortest = min(forms, key=cell_len)
        # Folders that tell the documents apart say more than the end of the file name.
        if shortest != name and {*shortest.split(os.sep)[:-1]} - {ELLIPSIS}:
            return _keep_start(shortest, width)
        return cut_path(name, width)

    def width(self, name: str) -> int:
        """Return the cells of the shortest form that says which of the documents it is."""
        return min(map(cell_len, [name, *self._distinct_forms(name)]))

    def _distinct_forms(self, name: str) -> list[str]:
        forms = zip((way(name) for way in self._ways), self._taken, strict=True)
        return [form for form, taken in forms if taken[form] <= 1]

    def _shorten(self, name: str) -> str:
        """Cut what the folders in the same place begin with, as of `2026-11-23`."""
        *folders, file = name.split(os.sep)
        shorter = (self._cut_beginning(name, *each) for each in enumerate(folders))
        return os.sep.join((*shorter, file))

    def _cut_beginning(self, name: str, depth: int, folder: str) -> str:
        beginning = self._beginnings[_stem(name), depth] or self._beginnings["", depth]
        rest = folder.removeprefix(beginning)
        return f"{ELLIPSIS}{rest}" if rest and len(rest) + 1 < len(folder) else folder

    def _elide(self, name: str) -> str:
        """Leave out the folders that all documents with this file name have."""
        *folders, file = name.split(os.sep)
        parts: list[str] = []
        for depth, folder in enumerate(folders):
            if self._tells(name, folder):
                parts.append(self._cut_beginning(name, depth, folder))
            elif parts[-1:] != [ELLIPSIS]:
                parts.append(ELLIPSIS)
        return os.sep.join((*parts, file))

    def _omit_file(self, name: str) -> str:
        """Leave out the file name too, if folders tell the documents that have it apart."""
        *folders, _ = self._elide(name).split(os.sep)
        if not {*folders} - {ELLIPSIS}:
            return name
        return os.sep.join((*folders, ELLIPSIS) if folders[-1] != ELLIPSIS else folders)

    def _tells(self, name: str, folder: str) -> bool:
        stem = _stem(name)
        return self._members[stem, folder] < self._groups[stem]


def _stem(name: str) -> str:
    """Return a file name without its suffix: `ferry.md` and `ferry.html` look like one."""
    return os.path.splitext(os.path.basename(name))[0]


def _beginnings(names: Iterable[str]) -> dict[tuple[str, int], str]:
    """Return what the folders of each depth begin with, up to a mark such as a hyphen.

    The key has the file name without its suffix, or an empty text for all names.
    """
    folders: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for name in names:
        for depth, folder in enumerate(name.split(os.sep)[:-1]):
            folders[_stem(name), depth].add(folder)
            folders["", depth].add(folder)
    return {key: _shared_beginning(alike) for key, alike in folders.items()}


def _shared_beginning(folders: Collection[str]) -> str:
    # Of texts that are sorted, the first and the last have least in common.
    ends = min(folders), max(folders)
    if ends[0] == ends[1]:
        return ""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(*ends, strict=False))
    shared = "".join(letter for letter, _ in same)
    return shared.rstrip("".join(filter(str.isalnum, shared)))


def _keep_start(text: str, width: int) -> str:
    start = text[: max(1, width - 1)]
    while start and cell_len(start) >= width:
        start = start[:-1]
    return f"{start}{ELLIPSIS}"


def keep_end(text: str, width: int) -> str:
    """Cut a text at its start so that it fits a width in cells."""
    if cell_len(text) <= width:
        return text
    end = text[-max(1, width - 1) :]
    while end and cell_len(end) >= width:
        end = end[1:]
    return f"{ELLIPSIS}{end}"


def cut_path(path: str, width: int) -> str:
    """Cut a path so that it fits a width in cells: folders in the middle first, then its start."""
    if cell_len(path) <= width:
        return path
    first, *others = path.split(os.sep)
    for number in range(1, len(others)):
        shorter = os.sep.join((first, ELLIPSIS, *others[number:]))
        if cell_len(shorter) <= width:
            return shorter
    return keep_end(os.path.basename(path), width)
