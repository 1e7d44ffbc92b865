"""Documents, and the library that a question is asked of."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from briefqa.documents.opening import MAX_SIZE, STANDARD_INPUT, read_file
from briefqa.documents.survey import Met, Source, Survey, survey
from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import Block, read

__all__ = ["Document", "Library", "Outcomes", "digest", "load", "read_source"]


class Document(NamedTuple):
    """A text and where it came from.

    Attributes:
        path: as given, or as found in a folder that was given; `-` is standard input.
        title: the title it gives itself, else the name of its file.
        text: all of it; a new line is always one line feed.
        blocks: its paragraphs, headings and fragments, in order.
        digest: of the bytes that it was read from; see `digest`.
    """

    path: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    digest: bytes = b""


class Library(NamedTuple):
    """All that could be read, and what could not.

    Attributes:
        documents: sorted by path, each file once.
        problems: what was named or found and could not be read, in the order met.
    """

    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


def load(paths: Sequence[str], max_size: int = MAX_SIZE) -> Library:
    """Read the documents that `paths` stand for.

    Args:
        paths: files, folders, or `-` for standard input.
        max_size: bytes of a file at the most.

    Returns:
        The documents and the problems; nothing is raised for a path that cannot be read.
    """
    surveyed = survey(paths)
    outcomes = Outcomes(surveyed)
    documents = []
    for source in surveyed.sources:
        outcome = read_source(source, max_size)
        outcomes.note(source, outcome)
        if isinstance(outcome, Document):
            documents.append(outcome)
    return Library(tuple(documents), outcomes.problems())


def read_source(source: Source, max_size: int) -> Document | DocumentError | None:
    """Read a file; None for what a folder holds that is no document."""
    try:
        return _read_document(source, max_size)
    except NotADocumentError as error:
        return error if source.named else None
    except DocumentError as error:
        return error


class Outcomes:
    """Gathers what came of the files of a survey.

    Args:
        surveyed: the survey.
    """

    def __init__(self, surveyed: Survey) -> None:
        self._surveyed = surveyed
        self._problems = list(surveyed.problems)
        self._held = set(surveyed.held)

    def note(self, source: Source, outcome: object) -> None:
        """Take note of what reading a file gave; None where it is no document."""
        if outcome is not None:
            self._held.add(source.argument)
        if isinstance(outcome, DocumentError):
            self._problems.append(Met(source.order, outcome))

    def problems(self) -> tuple[DocumentError, ...]:
        """Return the problems in the order met."""
        paths, ends = self._surveyed.paths, self._surveyed.ends
        barren = [
            Met(end, DocumentError(path, "a folder without documents"))
            for argument, (path, end) in enumerate(zip(paths, ends, strict=True))
            if argument not in self._held
        ]
        met = sorted([*self._problems, *barren], key=lambda each: each.order)
        return tuple(each.problem for each in met)


def _read_document(source: Source, max_size: int) -> Document:
    data = read_file(source.path, max_size, pipes=source.named)
    text, title, blocks = read(source.path, data)
    return Document(source.path, title or _name(source.path), text, blocks, digest(data))


def digest(data: bytes) -> bytes:
    """Return 16 bytes that tell whether the contents of two files are the same (BLAKE2b)."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).digest()


def _name(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else os.path.basename(path)
