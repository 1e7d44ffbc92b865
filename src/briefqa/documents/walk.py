"""Walking folders: which files there are, and what the system says of them."""

from __future__ import annotations

import os
import stat

from briefqa.documents.long_paths import UNKNOWN, pack_stamp, status
from briefqa.errors import DocumentError
from briefqa.records import Record

__all__ = ["MAX_SIZE", "STANDARD_INPUT", "USUAL", "PlainSource", "Selection", "Source", "walk"]

STANDARD_INPUT = "-"
"""The path that stands for standard input."""
MAX_SIZE = 256 * 1024 * 1024
"""Bytes of a file at the most, unless told otherwise."""

NOTHING = "nothing in it is wanted; see --no-ignore, --include and --exclude"


class Selection(Record):
    """What of a folder is wanted; a file that is named itself always is.

    Attributes:
        include: patterns as in a `.gitignore`, from the folder; where there are any, only what
            they match is read, or is in what they match.
        exclude: patterns of what is not read.
        ignoring: whether `.gitignore` and `.briefqaignore` are heeded.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignoring: bool = True


USUAL = Selection()
"""What is read unless told otherwise."""


class Source(Record):
    """A file to read.

    Attributes:
        path: as given, or the folder as given with the rest joined to it.
        named: whether the path was given itself, not found in a folder.
        argument: the place of the path given that it is, or that it was found under.
        stamp: packed, see `Stamp`; `UNKNOWN` where the system does not know the file, and empty
            where it can be read only once.
    """

    path: str
    named: bool
    argument: int
    stamp: bytes


PlainSource = tuple[str, bool, int, bytes]
"""The fields of a source: many are found, few are looked into."""


def walk(
    path: str, argument: int = 0, selection: Selection = USUAL
) -> tuple[list[PlainSource], list[DocumentError]]:
    """Find the files that `path` stands for.

    A folder is walked without recursion; hidden entries, folders of version control and what the
    selection leaves out are passed over, symbolic links to folders are not followed.

    Args:
        path: a file, a folder, or `-` for standard input.
        argument: its place among the paths given.
        selection: what of a folder is wanted.

    Returns:
        The files in any order, and what is wrong, in the order met: where a folder cannot be
        listed, the rest is found all the same.
    """
    met = _met(path)
    if met is None or not stat.S_ISDIR(met.st_mode):
        return [(path, True, argument, _stamp(path, met))], []
    from briefqa.documents.ignore import Chooser

    chooser = Chooser(path, selection)
    pending, sources = [chooser.root], []
    while pending:
        folders, files = chooser.look_into(pending.pop())
        sources += [(file, False, argument, stamp) for file, stamp in files]
        pending += reversed(folders)
    if not sources and chooser.selective:
        chooser.problems.append(DocumentError(path, NOTHING))
    return sources, chooser.problems


def _met(path: str) -> os.stat_result | None:
    """Return what the system says of a path; None where it knows none."""
    try:
        return None if path == STANDARD_INPUT else status(path)
    except (OSError, ValueError):
        return None


def _stamp(path: str, met: os.stat_result | None) -> bytes:
    """Return the stamp of a file that was named itself."""
    if met is None:
        return b"" if path == STANDARD_INPUT else UNKNOWN
    return b"" if stat.S_ISFIFO(met.st_mode) else pack_stamp(met)
