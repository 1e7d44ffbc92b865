"""Choosing what is read of a folder: what its ignore files and the reader leave out."""

from __future__ import annotations

import os

from briefqa.documents.long_paths import scan, stamp_in_folder
from briefqa.errors import DocumentError, describe
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefqa.documents.gitignore import Patterns
    from briefqa.documents.ignore_files import Rules
    from briefqa.documents.walk import Selection

__all__ = ["Chooser", "Folder", "is_junction"]

JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT of Windows."""
VERSION_CONTROL = frozenset({"CVS", "RCS", "SCCS", "_darcs"})
"""Folders of version control whose names do not start with a dot."""
IGNORE_FILES = (".gitignore", ".briefqaignore")
"""Names of the files that leave others out, the one that wins last."""
REPOSITORY = ".git"


class Folder(Record):
    """A folder to walk.

    Attributes:
        path: the folder as given with the rest joined to it.
        rules: what ignore files say of what is in it.
        included: whether all in it is included.
    """

    path: str
    rules: Rules | None
    included: bool


class Chooser:
    """Chooses what is read of a folder and those in it.

    Args:
        folder: as given.
        selection: what is wanted.

    Attributes:
        root: the folder itself.
        problems: what cannot be listed, and what is wrong with ignore files, in the order met.
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
        self.root = Folder(folder, rules, included=self._include is None)

    def look_into(self, folder: Folder) -> tuple[list[Folder], list[tuple[str, bytes]]]:
        """Find what a folder holds that is to be walked or read.

        Returns:
            The folders, sorted, and the paths of the files with their stamps; nothing where it
            cannot be listed, which is added to the problems.
        """
        try:
            ignoring, folders, files = _listing(folder.path)
        except OSError as error:
            self.problems.append(DocumentError(folder.path, describe(error)))
            return [], []
        folder = self._heed(folder, ignoring)
        if folder.rules or self._include or self._exclude:
            folders = [path for path in folders if self._wants(folder, path, is_folder=True)]
            files = [file for file in files if self._wants(folder, file[0], is_folder=False)]
        return [self._inner(folder, path) for path in sorted(folders)], files

    def _heed(self, folder: Folder, names: Sequence[str]) -> Folder:
        """Return a folder with the rules of the ignore files in it."""
        if not names or not self._ignoring:
            return folder
        place = self._base + os.path.join(folder.path, "")[self._start :]
        return folder._replace(rules=self._read(folder.path, names, len(place), folder.rules))

    def _wants(self, folder: Folder, path: str, *, is_folder: bool) -> bool:
        """Tell whether something in a folder is to be walked or read."""
        way = self._way(path)
        name = way.rpartition("/")[2]
        wanted = is_folder or folder.included or self._includes(way, is_folder=False)
        if wanted and self._exclude:
            wanted = not self._exclude.verdict(way, name, is_folder=is_folder)
        if wanted and folder.rules:
            wanted = not folder.rules.ignore(self._base + way, name, is_folder=is_folder)
        self.selective = self.selective or not wanted
        return wanted

    def _inner(self, folder: Folder, path: str) -> Folder:
        """Return a folder in another."""
        included = folder.included or self._includes(self._way(path), is_folder=True)
        return Folder(path, folder.rules, included)

    def _includes(self, way: str, *, is_folder: bool) -> bool:
        name = way.rpartition("/")[2]
        return bool(self._include and self._include.verdict(way, name, is_folder=is_folder))

    def _way(self, path: str) -> str:
        """The way to a path from the first folder, its parts parted by slashes."""
        return path[self._start :].replace(os.sep, "/")

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
            from briefqa.documents.ignore_files import read_rules

            try:
                rules = read_rules(os.path.join(folder, name), start, rules)
            except DocumentError as error:
                self.problems.append(error)
        return rules


def _patterns(globs: Sequence[str]) -> Patterns | None:
    if not globs:
        return None
    from briefqa.documents.gitignore import Patterns

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


def _listing(folder: str) -> tuple[list[str], list[str], list[tuple[str, bytes]]]:
    """List a folder, but for hidden entries, version control and links to folders.

    Returns:
        The names of ignore files, the paths of folders, and those of files with their stamps.

    Raises:
        OSError: it cannot be listed.
    """
    ignoring, folders, files = [], [], []
    start = os.path.join(folder, "")
    for entry in scan(folder):
        name = entry.name
        if name.startswith("."):
            ignoring += [name] if name in IGNORE_FILES else []
        elif name in VERSION_CONTROL:
            continue
        elif entry.is_dir(follow_symlinks=False):
            if os.name != "nt" or not is_junction(entry.stat(follow_symlinks=False)):
                folders.append(start + name)
        elif not entry.is_symlink() or _leads_to_file(entry):
            files.append((start + name, stamp_in_folder(entry)))
    return ignoring, folders, files


def _leads_to_file(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_file()
    except OSError:
        return False


def is_junction(status: os.stat_result) -> bool:
    """Tell whether a status is that of a junction, which is a link to a folder too."""
    return getattr(status, "st_reparse_tag", 0) == JUNCTION
