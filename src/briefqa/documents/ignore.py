"""Which entries of a folder are read: ignore files and the patterns of a selection."""

from __future__ import annotations

import os

from briefqa.documents.file_system import entry_stamp, is_junction, scan_folder
from briefqa.errors import DocumentError, NotADocumentError, TooLargeError, describe
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefqa.documents.gitignore import PatternList

__all__ = ["FILE_SIZE_LIMIT", "PATTERNS_LIMIT", "Folder", "FolderFilter"]

VERSION_CONTROL = frozenset({"CVS", "RCS", "SCCS", "_darcs"})
"""Folders of version control systems whose names do not start with a dot."""
IGNORE_FILES = (".gitignore", ".briefqaignore")
"""The names of ignore files; the patterns of the second take precedence."""
REPOSITORY = ".git"
FILE_SIZE_LIMIT = 256 * 1024
"""The size limit of an ignore file, in bytes."""
PATTERNS_LIMIT = 64 * 1024
"""The largest number of characters of the patterns that apply to a name, which is matched with
all of them."""


class IgnoreRules(Record):
    """The patterns of an ignore file, and those of the ignore files that it overrides.

    Attributes:
        patterns: those of the file.
        start: the length of the absolute path of its folder, including the slash at the end.
        length: the total number of characters of the patterns, those of `overridden` included.
        overridden: the rules that apply if no pattern of the file matches.
    """

    patterns: PatternList
    start: int
    length: int
    overridden: IgnoreRules | None

    def ignore(self, path: str, name: str, *, is_folder: bool) -> bool:
        """Return whether a path is ignored.

        Args:
            path: absolute, with slashes.
            name: its last part.
            is_folder: whether it is a folder.
        """
        rules: IgnoreRules | None = self
        while rules:
            match = rules.patterns.match(path[rules.start :], name, is_folder=is_folder)
            if match is not None:
                return match
            rules = rules.overridden
        return False


class Folder(Record):
    """A folder to walk.

    Attributes:
        path: the folder as given joined with the rest.
        rules: those of the ignore files that apply to its entries; None if there are none.
        included: whether all files in it are included.
    """

    path: str
    rules: IgnoreRules | None
    included: bool


class FolderFilter:
    """Selects what is read of a folder and the folders in it.

    Args:
        folder: as given.
        include: see `Selection`.
        exclude: likewise.
        use_ignore_files: likewise.

    Attributes:
        root: the folder itself.
        errors: of folders that cannot be listed and of ignore files, in the order found.
        left_out: whether any entry was not selected.
    """

    def __init__(
        self,
        folder: str,
        include: Sequence[str],
        exclude: Sequence[str],
        *,
        use_ignore_files: bool,
    ) -> None:
        self.errors: list[DocumentError] = []
        self.left_out = False
        self._use_ignore_files = use_ignore_files
        self._include = _pattern_list(include)
        self._exclude = _pattern_list(exclude)
        self._start = len(os.path.join(folder, ""))
        self._base = _absolute(folder)
        rules = self._rules_above() if use_ignore_files else None
        self.root = Folder(folder, rules, included=self._include is None)

    def list_folder(self, folder: Folder) -> tuple[list[Folder], list[tuple[str, bytes]]]:
        """Return the entries of a folder that are selected.

        Returns:
            The folders, sorted, and the paths of the files with their packed stamps. If the
            folder cannot be listed, both are empty and `errors` grows.
        """
        try:
            ignore_files, folders, files = _list_entries(folder.path)
        except OSError as error:
            self.errors.append(DocumentError(folder.path, describe(error)))
            return [], []
        if ignore_files and self._use_ignore_files:
            start = len(self._base) + len(os.path.join(folder.path, "")) - self._start
            rules = self._read_ignore_files(folder.path, ignore_files, start, folder.rules)
            folder = folder._replace(rules=rules)
        if folder.rules or self._include or self._exclude:
            folders = [path for path in folders if self._selects(folder, path, is_folder=True)]
            files = [file for file in files if self._selects(folder, file[0], is_folder=False)]
        return [self._inner_folder(folder, path) for path in sorted(folders)], files

    def _selects(self, folder: Folder, path: str, *, is_folder: bool) -> bool:
        """Return whether an entry of a folder is to be walked or read."""
        relative = self._relative(path)
        name = relative.rpartition("/")[2]
        selected = is_folder or folder.included or self._includes(relative, is_folder=False)
        if selected and self._exclude:
            selected = not self._exclude.match(relative, name, is_folder=is_folder)
        if selected and folder.rules:
            selected = not folder.rules.ignore(self._base + relative, name, is_folder=is_folder)
        self.left_out = self.left_out or not selected
        return selected

    def _inner_folder(self, folder: Folder, path: str) -> Folder:
        included = folder.included or self._includes(self._relative(path), is_folder=True)
        return Folder(path, folder.rules, included)

    def _includes(self, relative: str, *, is_folder: bool) -> bool:
        name = relative.rpartition("/")[2]
        return bool(self._include and self._include.match(relative, name, is_folder=is_folder))

    def _relative(self, path: str) -> str:
        """Return a path relative to the root, with slashes."""
        return path[self._start :].replace(os.sep, "/")

    def _rules_above(self) -> IgnoreRules | None:
        """Read the ignore files of the folders above, up to that of the repository.

        Returns:
            The rules; None if they ignore the root, which is read since it was given.
        """
        rules: IgnoreRules | None = None
        for folder, below in _folders_above(self._base):
            names = [name for name in IGNORE_FILES if os.path.isfile(folder + name)]
            rules = self._read_ignore_files(folder, names, len(folder), rules)
            if rules and rules.ignore(below, below.rpartition("/")[2], is_folder=True):
                return None
        return rules

    def _read_ignore_files(
        self, folder: str, names: Sequence[str], start: int, rules: IgnoreRules | None
    ) -> IgnoreRules | None:
        for name in filter(names.__contains__, IGNORE_FILES):
            try:
                rules = _read_ignore_file(os.path.join(folder, name), start, rules)
            except DocumentError as error:
                self.errors.append(error)
        return rules


def _read_ignore_file(path: str, start: int, rules: IgnoreRules | None) -> IgnoreRules | None:
    """Read an ignore file.

    Args:
        path: its path; if it is not a regular file, the rules stay as they are.
        start: see `IgnoreRules`.
        rules: the rules that it overrides.

    Raises:
        DocumentError: the file cannot be read, or is over a limit.
    """
    from briefqa.documents.files import read_file
    from briefqa.documents.gitignore import PatternList

    try:
        text = os.fsdecode(read_file(path, FILE_SIZE_LIMIT, named=False))
    except NotADocumentError:
        return rules
    except TooLargeError as error:
        reason = f"larger than {FILE_SIZE_LIMIT:,} bytes; its patterns are not applied"
        raise DocumentError(path, reason) from error
    patterns = PatternList(text.removeprefix("\ufeff").split("\n"))
    length = patterns.length + (rules.length if rules else 0)
    if length > PATTERNS_LIMIT:
        reason = f"more than {PATTERNS_LIMIT:,} characters of patterns; they are not applied"
        raise DocumentError(path, reason)
    return IgnoreRules(patterns, start, length, rules)


def _pattern_list(globs: Sequence[str]) -> PatternList | None:
    if not globs:
        return None
    from briefqa.documents.gitignore import PatternList

    return PatternList(globs)


def _absolute(folder: str) -> str:
    """Return the absolute path of a folder, with slashes and one at the end."""
    try:
        return os.path.join(os.path.abspath(folder), "").replace(os.sep, "/")
    except OSError:
        return ""


def _folders_above(base: str) -> Iterator[tuple[str, str]]:
    """Yield the folders above a folder, from that of the repository down.

    Nothing is yielded for the folder of a repository, or outside of a repository.

    Args:
        base: the absolute path of the folder.

    Yields:
        A folder, with a slash at the end, and the next one on the way to `base`, without.
    """
    above: list[tuple[str, str]] = []
    folder = base
    while not os.path.exists(folder + REPOSITORY):
        below = folder.rstrip("/")
        folder = below[: below.rfind("/") + 1]
        if not folder:
            return
        above.append((folder, below))
    yield from reversed(above)


def _list_entries(folder: str) -> tuple[list[str], list[str], list[tuple[str, bytes]]]:
    """List a folder, except hidden entries, version control and links to folders.

    Returns:
        The names of ignore files, the paths of folders, and the paths of files with their packed
        stamps.

    Raises:
        OSError: the folder cannot be listed.
    """
    ignore_files, folders, files = [], [], []
    start = os.path.join(folder, "")
    for entry in scan_folder(folder):
        name = entry.name
        if name.startswith("."):
            ignore_files += [name] if name in IGNORE_FILES else []
        elif name in VERSION_CONTROL:
            continue
        elif entry.is_dir(follow_symlinks=False):
            if os.name != "nt" or not is_junction(entry.stat(follow_symlinks=False)):
                folders.append(start + name)
        elif not entry.is_symlink() or _leads_to_file(entry):
            files.append((start + name, entry_stamp(entry)))
    return ignore_files, folders, files


def _leads_to_file(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_file()
    except OSError:
        return False
