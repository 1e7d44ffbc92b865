"""Walking folders: which files there are, in an order that never changes."""

from collections.abc import Iterator

from briefqa.documents.opening import STANDARD_INPUT
from briefqa.documents.reaching import is_folder
from briefqa.errors import DocumentError, describe
from briefqa.records import Record

__all__ = ["USUAL", "Found", "Selection", "walk"]

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


class Found(Record):
    """A file to read.

    Attributes:
        path: as given, or the folder as given with the rest joined to it.
        named: whether the path was given itself, not found in a folder.
    """

    path: str
    named: bool


def walk(path: str, selection: Selection = USUAL) -> Iterator[Found | DocumentError]:
    """Yield the files that `path` stands for, sorted, and what could not be walked.

    A folder is walked without recursion; hidden entries, folders of version control and what the
    selection leaves out are passed over, symbolic links to folders are not followed. What cannot
    be listed is yielded as an error, so that the rest is found all the same.
    """
    if path == STANDARD_INPUT or not is_folder(path):
        yield Found(path, named=True)
        return
    from briefqa.documents.choosing import Chooser

    chooser, empty = Chooser(path, selection), True
    pending = [chooser.root]
    while pending:
        entry = pending.pop()
        if not entry.is_folder:
            empty = False
            yield Found(entry.path, named=False)
            continue
        try:
            pending.extend(reversed(chooser.entries(entry)))
        except OSError as error:
            yield DocumentError(entry.path, describe(error))
        yield from chooser.problems
        chooser.problems.clear()
    if empty and chooser.selective:
        yield DocumentError(path, NOTHING)
