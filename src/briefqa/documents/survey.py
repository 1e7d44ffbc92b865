"""Surveying: which files a question is asked of, and how to tell that they have changed.

A survey reads nothing but folders and the status of each file, so that an index can be held
against it in little time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from operator import itemgetter

from briefqa.documents.walk import STANDARD_INPUT, USUAL, PlainSource, Selection, Source, walk
from briefqa.errors import DocumentError
from briefqa.records import Record

__all__ = ["Met", "Outcomes", "Survey", "survey"]

WHICH = 16
"""Bytes of a packed stamp that tell which file it is of, not how that is: device and inode."""


class Met(Record):
    """A problem and the place of the path given that it was met under."""

    argument: int
    problem: DocumentError


class Survey(Record):
    """What the paths given stand for.

    Attributes:
        paths: as given.
        files: the fields of each source, sorted by path, each file once.
        problems: what could not be walked, in the order met.
        held: places of the paths that stand for something read under another.
        lasting: whether all can be read more than once; not so standard input and pipes.
    """

    paths: tuple[str, ...]
    files: tuple[PlainSource, ...]
    problems: tuple[Met, ...]
    held: frozenset[int]
    lasting: bool

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files to read, sorted by path."""
        return tuple(Source(*file) for file in self.files)


def survey(paths: Sequence[str], selection: Selection = USUAL) -> Survey:
    """Find the files that `paths` stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        selection: what of folders is wanted.
    """
    files: list[PlainSource] = []
    problems: list[Met] = []
    for argument, path in enumerate(paths):
        found, wrong = walk(path, argument, selection)
        files += found
        problems += [Met(argument, problem) for problem in wrong]
    held: set[int] = set()
    if len(paths) > 1:
        files, held = _each_once(files)
    lasting = all(stamp for _, _, _, stamp in files)
    return Survey(
        tuple(paths),
        tuple(sorted(files, key=itemgetter(0))),
        tuple(problems),
        frozenset(held),
        lasting,
    )


def _each_once(files: Iterable[PlainSource]) -> tuple[list[PlainSource], set[int]]:
    """Keep the first path of each file; nothing is met twice under a single path.

    Returns:
        The files, named where any of their paths was, and the places of the paths given under
        which others were met.
    """
    once: dict[tuple[str, bytes], PlainSource] = {}
    held = set()
    for path, named, argument, stamp in files:
        # Behind a link to a folder, .. leads elsewhere than the path says: another file is there.
        place = _place(path), stamp[:WHICH]
        if place in once:
            held.add(argument)
            path, before, argument, stamp = once[place]
            named = named or before
        once[place] = path, named, argument, stamp
    return list(once.values()), held


def _place(path: str) -> str:
    """The same string for two paths that say the same place."""
    if path == STANDARD_INPUT:
        return path
    try:
        return os.path.abspath(path)
    except OSError:
        return path


class Outcomes:
    """Gathers what came of the files of a survey.

    Args:
        surveyed: the survey.
    """

    def __init__(self, surveyed: Survey) -> None:
        self._surveyed = surveyed
        self._problems = list(surveyed.problems)
        self._held = {*surveyed.held, *(met.argument for met in surveyed.problems)}

    def note(self, source: Source, outcome: object) -> None:
        """Take note of what reading a file gave; None where it is no document."""
        if outcome is not None:
            self._held.add(source.argument)
        if isinstance(outcome, DocumentError):
            self._problems.append(Met(source.argument, outcome))

    def note_documents(self, arguments: Iterable[int]) -> None:
        """Take note of the places of paths under which there are documents."""
        self._held.update(arguments)

    def problems(self) -> tuple[DocumentError, ...]:
        """Return the problems by the paths given, those with what could not be walked first."""
        barren = [
            Met(argument, DocumentError(path, "a folder without documents"))
            for argument, path in enumerate(self._surveyed.paths)
            if argument not in self._held
        ]
        met = sorted([*self._problems, *barren], key=lambda each: each.argument)
        return tuple(each.problem for each in met)
