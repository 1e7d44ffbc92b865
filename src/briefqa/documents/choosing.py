"""Choosing what is read of a folder: what its ignore files and the reader leave out."""

from __future__ import annotations

import os

from briefqa.documents.reaching import scan
from briefqa.errors import DocumentError
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefqa.documents.ignoring import Rules
    from briefqa.documents.patterns import Patterns
    from briefqa.documents.walking import Selection

__all__ = ["Chooser", "Entry", "is_junction"]

JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT of Windows."""
VERSION_CONTROL = frozenset({"CVS", "RCS", "SCCS", "_darcs"})
"""Folders of version control whose names do not start with a dot."""
IGNORE_FILES = (".gitignore", ".briefqaignore")
"""Names of the files that leave others out, the one that wins last."""
REPOSITORY = ".git"


class Entry(Record):
    """What a folder holds that may be read.

    Attributes:
        path: the folder as given with the rest joined to it.
        is_folder: whether it is one.
        rules: what ignore files say of what is in it.
        included: whether all in it is included.
    """

    path: str
    is_folder: bool
    rules: Rules | None
    included: bool


class Chooser:
    """Chooses what is read of a folder and those in it.

    Args:
        folder: as given.
        selection: what is wanted.

    Attributes:
        root: the folder itself.
        problems: what is wrong with ignore files, until it is taken.
        selective: whether anything was left out.
    """

    def __init__(self, folder: str, selection: Selection) -> None:
        self.problems: list[DocumentError] = []
        self.selective = False
        self._ignoring = selection.ignoring
        self._include = _patterns(selection.include)
        self._exclude = _patterns(selection.exclude)
        self._start = len(os.path.join(folder, ""))
        self._base = _absolute(folder)
        rules = self._rules_above() if self._ignoring else None
        self.root = Entry(folder, is_folder=True, rules=rules, included=self._include is None)

    def entries(self, folder: Entry) -> list[Entry]:
        """List what a folder holds that is to be read or walked, sorted.

        Raises:
            OSError: it cannot be listed.
        """
        wanted, ignoring = [], []
        with scan(folder.path) as entries:
            for entry in entries:
                if entry.name in IGNORE_FILES:
                    ignoring.append(entry.name)
                elif _is_visible(entry):
                    wanted.append((entry.name, entry.is_dir(follow_symlinks=False)))
        folder = self._heed(folder, ignoring)
        chosen = (self._choose(folder, name, is_folder=is_folder) for name, is_folder in wanted)
        return sorted((entry for entry in chosen if entry), key=lambda entry: entry.path)

    def _heed(self, folder: Entry, names: Sequence[str]) -> Entry:
        """Return a folder with the rules of the ignore files in it."""
        if not names or not self._ignoring:
            return folder
        place = self._base + os.path.join(folder.path, "")[self._start :]
        return folder._replace(rules=self._read(folder.path, names, len(place), folder.rules))

    def _choose(self, folder: Entry, name: str, *, is_folder: bool) -> Entry | None:
        """Return what a folder holds; None where it is not wanted."""
        path = os.path.join(folder.path, name)
        entry = Entry(path, is_folder, folder.rules, folder.included)
        if entry.rules is None and self._include is None and self._exclude is None:
            return entry
        way = path[self._start :].replace(os.sep, "/")
        if not entry.included and self._include:
            included = bool(self._include.verdict(way, name, is_folder=is_folder))
            entry = entry._replace(included=included)
        if self._leaves_out(entry, way, name) or not (entry.included or is_folder):
            self.selective = True
            return None
        return entry

    def _leaves_out(self, entry: Entry, way: str, name: str) -> bool:
        if self._exclude and self._exclude.verdict(way, name, is_folder=entry.is_folder):
            return True
        if entry.rules is None:
            return False
        return entry.rules.ignore(self._base + way, name, is_folder=entry.is_folder)

    def _rules_above(self) -> Rules | None:
        """Read the ignore files above, up to the repository's; none where they leave this out."""
        rules: Rules | None = None
        for place, below in _folders_above(self._base):
            names = [name for name in IGNORE_FILES if os.path.isfile(place + name)]
            rules = self._read(place, names, len(place), rules)
            if rules and rules.ignore(below, below.rpartition("/")[2], is_folder=True):
                return None
        return rules

    def _read(
        self, folder: str, names: Sequence[str], start: int, rules: Rules | None
    ) -> Rules | None:
        for name in filter(names.__contains__, IGNORE_FILES):
            from briefqa.documents.ignoring import read_rules

            try:
                rules = read_rules(os.path.join(folder, name), start, rules)
            except DocumentError as error:
                self.problems.append(error)
        return rules


def _patterns(globs: Sequence[str]) -> Patterns | None:
    if not globs:
        return None
    from briefqa.documents.patterns import Patterns

    return Patterns(globs)


def _absolute(folder: str) -> str:
    """The absolute path of a folder, its parts parted by slashes, with a slash at the end."""
    try:
        return os.path.join(os.path.abspath(folder), "").replace(os.sep, "/")
    except OSError:
        return ""


def _folders_above(base: str) -> Iterator[tuple[str, str]]:
    """Yield each folder of the repository above a folder, and the next one on the way there.

    Nothing is above the repository's own folder, nor where there is no repository.

    Args:
        base: the folder's absolute path.

    Yields:
        The folder with a slash at its end, the highest first, and what is below it without.
    """
    above: list[tuple[str, str]] = []
    place = base
    while not os.path.exists(place + REPOSITORY):
        below = place.rstrip("/")
        place = below[: below.rfind("/") + 1]
        if not place:
            return
        above.append((place, below))
    yield from reversed(above)


def _is_visible(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in VERSION_CONTROL:
        return False
    if entry.is_symlink():
        return _leads_to_file(entry)
    return os.name != "nt" or not is_junction(entry.stat(follow_symlinks=False))


def _leads_to_file(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_file()
    except OSError:
        return False


def is_junction(status: os.stat_result) -> bool:
    """Tell whether a status is that of a junction, which is a link to a folder too."""
    return getattr(status, "st_reparse_tag", 0) == JUNCTION
