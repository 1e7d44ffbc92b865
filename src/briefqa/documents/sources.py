"""The files that paths stand for, and their status.

A survey reads nothing but folders and the status of files, so that an index can be compared with
it in little time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from operator import itemgetter

from briefqa.documents.file_system import STANDARD_INPUT, UNKNOWN_STAMP, pack_stamp, stat_path
from briefqa.errors import DocumentError, NotADocumentError, SkippedFileError, TooLargeError
from briefqa.records import Record

__all__ = [
    "DEFAULT_SELECTION",
    "Outcomes",
    "Selection",
    "Source",
    "Survey",
    "failed_file",
    "is_left_out",
    "survey",
    "walk",
]

NOTHING_SELECTED = "no file in it is selected; see --no-ignore, --include and --exclude"
FILE_ID = slice(16)
"""The bytes of a packed stamp that identify the file: device and inode."""


class Selection(Record):
    """Which files of a folder are read; a path that is given is always read.

    Attributes:
        include: patterns as in a `.gitignore`, relative to the folder; if there are any, only
            files that match one, or are in a folder that matches one, are read.
        exclude: patterns of files and folders that are not read.
        use_ignore_files: whether `.gitignore` and `.briefqaignore` apply.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    use_ignore_files: bool = True


DEFAULT_SELECTION = Selection()


class Source(Record):
    """A file to read.

    Attributes:
        path: as given, or the folder as given joined with the rest.
        named: whether the path was given, rather than found in a folder.
        argument: the number of the path given that led to the file, from 0.
        stamp: packed, see `Stamp`; `UNKNOWN_STAMP` if the status is not known, empty if the file
            can be read only once.
    """

    path: str
    named: bool
    argument: int
    stamp: bytes


class Problem(Record):
    """A path that cannot be read, and the number of the path given that led to it."""

    argument: int
    error: DocumentError


class Survey(Record):
    """The files that the paths given stand for.

    The files are in columns, sorted by path, each file once: an index that is fresh needs no
    `Source` for each of them.

    Attributes:
        paths: as given.
        files: the path of each file.
        named: for each file, see `Source`.
        arguments: likewise.
        stamps: likewise.
        problems: folders that cannot be listed and the like, in the order found.
        covered: numbers of the paths given that led to a file which another path led to as well.
    """

    paths: tuple[str, ...]
    files: tuple[str, ...]
    named: tuple[bool, ...]
    arguments: tuple[int, ...]
    stamps: tuple[bytes, ...]
    problems: tuple[Problem, ...]
    covered: frozenset[int]

    @property
    def is_repeatable(self) -> bool:
        """Whether all files can be read again, unlike standard input and pipes."""
        return all(self.stamps)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files to read."""
        return tuple(map(Source, self.files, self.named, self.arguments, self.stamps))

    def source(self, number: int) -> Source:
        """Return one of the files to read."""
        return Source(
            self.files[number], self.named[number], self.arguments[number], self.stamps[number]
        )


SourceRow = tuple[str, bool, int, bytes]
"""The fields of a `Source`, before they are put into columns."""


def survey(paths: Sequence[str], selection: Selection = DEFAULT_SELECTION) -> Survey:
    """Find the files that paths stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        selection: which files of a folder are read.
    """
    rows: list[SourceRow] = []
    problems: list[Problem] = []
    for argument, path in enumerate(paths):
        found, errors = walk(path, argument, selection)
        rows += found
        problems += [Problem(argument, error) for error in errors]
    covered: set[int] = set()
    if len(paths) > 1:
        rows, covered = _unique(rows)
    rows.sort(key=itemgetter(0))
    files, named, arguments, stamps = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Survey(
        tuple(paths), files, named, arguments, stamps, tuple(problems), frozenset(covered)
    )


def _unique(rows: Iterable[SourceRow]) -> tuple[list[SourceRow], set[int]]:
    """Keep the first path of each file; a single path given never leads to a file twice.

    Returns:
        The files, which count as named if any of their paths is, and the numbers of the paths
        given that led to them as well.
    """
    kept: dict[tuple[str, bytes], SourceRow] = {}
    covered = set()
    for path, named, argument, stamp in rows:
        # Behind a link to a folder, .. does not lead where the text of the path says.
        place = path if path == STANDARD_INPUT else _absolute(path), stamp[FILE_ID]
        if place in kept:
            covered.add(argument)
            path, was_named, argument, stamp = kept[place]
            named = named or was_named
        kept[place] = path, named, argument, stamp
    return list(kept.values()), covered


def _absolute(path: str) -> str:
    try:
        return os.path.abspath(path)
    except OSError:
        return path


def walk(
    path: str, argument: int = 0, selection: Selection = DEFAULT_SELECTION
) -> tuple[list[SourceRow], list[DocumentError]]:
    """Find the files that one path stands for.

    A folder is walked without recursion. Hidden entries, folders of version control systems and
    what the selection leaves out are skipped; symbolic links to folders are not followed.

    Args:
        path: a file, a folder, or `-` for standard input.
        argument: the number of the path among those given.
        selection: which files of a folder are read.

    Returns:
        The files in any order, and the errors in the order found: a folder that cannot be listed
        does not keep the others from being walked.
    """
    status = _status(path)
    if status is None or not stat.S_ISDIR(status.st_mode):
        return [(path, True, argument, _named_stamp(path, status))], []
    from briefqa.documents.ignore import FolderFilter

    folder_filter = FolderFilter(
        path, selection.include, selection.exclude, use_ignore_files=selection.use_ignore_files
    )
    rows: list[SourceRow] = []
    pending = [folder_filter.root]
    while pending:
        folders, files = folder_filter.list_folder(pending.pop())
        rows += [(file, False, argument, stamp) for file, stamp in files]
        pending += reversed(folders)
    if not rows and folder_filter.left_out:
        folder_filter.errors.append(DocumentError(path, NOTHING_SELECTED))
    return rows, folder_filter.errors


def _status(path: str) -> os.stat_result | None:
    """Return the status of a path; None if there is none."""
    try:
        return None if path == STANDARD_INPUT else stat_path(path)
    except (OSError, ValueError):
        return None


def _named_stamp(path: str, status: os.stat_result | None) -> bytes:
    """Return the stamp of a path that was given."""
    if status is None:
        return b"" if path == STANDARD_INPUT else UNKNOWN_STAMP
    return b"" if stat.S_ISFIFO(status.st_mode) else pack_stamp(status)


def is_left_out(source: Source, outcome: object) -> bool:
    """Return whether a file of a folder is not a document, which is no error.

    Args:
        source: the file.
        outcome: what reading it returned.
    """
    return isinstance(outcome, NotADocumentError) and not source.named


def failed_file(source: Source, error: DocumentError) -> SkippedFileError:
    """Return what is counted of a file that cannot be read."""
    kind = "too large" if isinstance(error, TooLargeError) else "failed"
    return SkippedFileError(source.path, error.reason, kind)


class Outcomes:
    """Collects the outcomes of reading the files of a survey.

    Args:
        surveyed: the survey.

    Attributes:
        failed: the files that could not be read, in the order added.
    """

    def __init__(self, surveyed: Survey) -> None:
        self.failed: list[SkippedFileError] = []
        self._surveyed = surveyed
        self._problems = list(surveyed.problems)
        self._accounted_for = {
            *surveyed.covered,
            *(problem.argument for problem in surveyed.problems),
        }

    def add(self, source: Source, outcome: object) -> None:
        """Add what reading a file returned; None stands for one that is known to be left out."""
        if outcome is None or is_left_out(source, outcome):
            return
        self._accounted_for.add(source.argument)
        if isinstance(outcome, DocumentError):
            self._problems.append(Problem(source.argument, outcome))
            self.failed.append(failed_file(source, outcome))

    def add_documents(self, arguments: Iterable[int]) -> None:
        """Add documents, by the numbers of the paths given that led to them."""
        self._accounted_for.update(arguments)

    def problems(self) -> tuple[DocumentError, ...]:
        """Return the errors in the order of the paths given, those of the survey first."""
        without_documents = [
            Problem(argument, DocumentError(path, "a folder without documents"))
            for argument, path in enumerate(self._surveyed.paths)
            if argument not in self._accounted_for
        ]
        problems = sorted([*self._problems, *without_documents], key=lambda each: each.argument)
        return tuple(problem.error for problem in problems)
