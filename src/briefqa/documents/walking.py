"""Walking folders: which files there are, in an order that never changes."""

import os
from collections.abc import Iterator

from briefqa.documents.choosing import ALL, IGNORE_FILES, Chooser, Entry, Selection
from briefqa.documents.opening import STANDARD_INPUT
from briefqa.documents.reaching import is_folder, scan
from briefqa.errors import DocumentError, describe
from briefqa.records import Record

__all__ = ["Found", "is_junction", "walk"]

JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT of Windows."""

VERSION_CONTROL = frozenset({"CVS", "RCS", "SCCS", "_darcs"})
"""Folders of version control whose names do not start with a dot."""

NOTHING = "nothing in it is wanted; see --no-ignore, --include and --exclude"


class Found(Record):
    """A file to read.

    Attributes:
        path: as given, or the folder as given with the rest joined to it.
        named: whether the path was given itself, not found in a folder.
    """

    path: str
    named: bool


def walk(path: str, selection: Selection = ALL) -> Iterator[Found | DocumentError]:
    """Yield the files that `path` stands for, sorted, and what could not be walked.

    A folder is walked without recursion; hidden entries, folders of version control and what the
    selection leaves out are passed over, symbolic links to folders are not followed. What cannot
    be listed is yielded as an error, so that the rest is found all the same.
    """
    if path == STANDARD_INPUT or not is_folder(path):
        yield Found(path, named=True)
        return
    chooser, empty = Chooser(path, selection), True
    pending = [chooser.root]
    while pending:
        entry = pending.pop()
        if not entry.is_folder:
            empty = False
            yield Found(entry.path, named=False)
            continue
        try:
            pending.extend(reversed(_entries(entry, chooser)))
        except OSError as error:
            yield DocumentError(entry.path, describe(error))
        yield from chooser.problems
        chooser.problems.clear()
    if empty and chooser.selective:
        yield DocumentError(path, NOTHING)


def _entries(folder: Entry, chooser: Chooser) -> list[Entry]:
    """List what a folder holds that may be read, sorted."""
    wanted, ignoring = [], []
    with scan(folder.path) as entries:
        for entry in entries:
            if entry.name in IGNORE_FILES:
                ignoring.append(entry.name)
            elif _is_wanted(entry):
                wanted.append((entry.name, entry.is_dir(follow_symlinks=False)))
    folder = chooser.heed(folder, ignoring)
    chosen = (chooser.choose(folder, name, is_folder=is_folder) for name, is_folder in wanted)
    return sorted((entry for entry in chosen if entry), key=lambda entry: entry.path)


def _is_wanted(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith(".") or entry.name in VERSION_CONTROL:
        return False
    if entry.is_symlink():
        return _leads_to_file(entry)
    return os.name != "nt" or not is_junction(entry.stat(follow_symlinks=False))


def is_junction(status: os.stat_result) -> bool:
    """Tell whether a status is that of a junction, which is a link to a folder too."""
    return getattr(status, "st_reparse_tag", 0) == JUNCTION


def _leads_to_file(link: "os.DirEntry[str]") -> bool:
    try:
        return link.is_file()
    except OSError:
        return False
