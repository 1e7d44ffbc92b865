"""Surveying: which files a question is asked of, and how to tell that they have changed.

A survey reads nothing but folders and the status of each file, so that an index can be held
against it in little time.
"""

import os
import stat
from collections.abc import Sequence

from briefqa.documents.opening import STANDARD_INPUT
from briefqa.documents.reaching import status
from briefqa.documents.walking import USUAL, Found, Selection, walk
from briefqa.errors import DocumentError
from briefqa.records import Record

__all__ = ["Met", "Source", "Stamp", "Survey", "survey"]


class Stamp(Record):
    """What the system says of a file; another stamp means that the file may have changed.

    Attributes:
        device: the number of its file system.
        inode: its number there.
        size: in bytes.
        modified: when its contents changed, in nanoseconds since 1970.
        changed: when its status changed, the same.
    """

    device: int
    inode: int
    size: int
    modified: int
    changed: int


class Source(Record):
    """A file to read.

    Attributes:
        path: as given, or the folder as given with the rest joined to it.
        named: whether the path was given itself, not found in a folder.
        argument: the place of the path given that it is, or that it was found under.
        order: its place among all that was met.
        stamp: None where the system does not know the file.
    """

    path: str
    named: bool
    argument: int
    order: int
    stamp: Stamp | None


class Met(Record):
    """A problem and its place among all that was met."""

    order: int
    problem: DocumentError


class Survey(Record):
    """What the paths given stand for.

    Attributes:
        paths: as given.
        selection: what of folders is wanted.
        ends: for each of them, one past the last place of what was met under it.
        sources: sorted by path, each file once.
        problems: what could not be walked.
        held: places of the paths that stand for something read under another.
        lasting: whether all can be read more than once; not so standard input and pipes.
    """

    paths: tuple[str, ...]
    selection: Selection
    ends: tuple[int, ...]
    sources: tuple[Source, ...]
    problems: tuple[Met, ...]
    held: frozenset[int]
    lasting: bool


def survey(paths: Sequence[str], selection: Selection = USUAL) -> Survey:
    """Find the files that `paths` stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        selection: what of folders is wanted.
    """
    sources: dict[str, Source] = {}
    problems: list[Met] = []
    ends, held = [], set()
    lasting, order = True, 0
    for argument, path in enumerate(paths):
        for found in walk(path, selection):
            order += 1
            if isinstance(found, DocumentError):
                problems.append(Met(order, found))
                held.add(argument)
                continue
            # Nothing is met twice under a single path.
            place = _place(found.path) if len(paths) > 1 else found.path
            known = sources.get(place)
            if known is not None:
                held.add(argument)
                sources[place] = known._replace(named=known.named or found.named)
                continue
            stamp, regular = _stamped(found)
            lasting = lasting and regular
            sources[place] = Source(found.path, found.named, argument, order, stamp)
        ends.append(order)
    return Survey(
        tuple(paths),
        selection,
        tuple(ends),
        tuple(sorted(sources.values())),
        tuple(problems),
        frozenset(held),
        lasting,
    )


def _stamped(found: Found) -> tuple[Stamp | None, bool]:
    """Return a file's stamp, and whether it can be read more than once."""
    if found.named and found.path == STANDARD_INPUT:
        return None, False
    try:
        met = status(found.path)
    except (OSError, ValueError):
        return None, True
    stamp = Stamp(met.st_dev, met.st_ino, met.st_size, met.st_mtime_ns, met.st_ctime_ns)
    return stamp, not (found.named and stat.S_ISFIFO(met.st_mode))


def _place(path: str) -> str:
    """The same string for two paths of the same place, so that no file is read twice."""
    if path == STANDARD_INPUT:
        return path
    try:
        return os.path.abspath(path)
    except OSError:
        return path
