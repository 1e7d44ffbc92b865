"""Indexing: from the files of a survey to an index file, one document at a time."""

from typing import BinaryIO

from briefqa.documents import Document, Outcomes, Source, Survey, read_source
from briefqa.errors import DocumentError
from briefqa.index.building import Builder
from briefqa.index.sources import DOCUMENT, NOTHING, PROBLEM, Reading, pack_sources
from briefqa.passages import split_passages

__all__ = ["write_index"]


def write_index(
    file: BinaryIO, surveyed: Survey, max_size: int, started: int, key: bytes
) -> tuple[DocumentError, ...]:
    """Read the files of a survey and write their index.

    Args:
        file: where to.
        surveyed: the survey.
        max_size: bytes of a file at the most.
        started: when the survey began, in nanoseconds since 1970.
        key: what the index is found again by.

    Returns:
        What could not be read.

    Raises:
        OSError: the file cannot be written.
    """
    builder = Builder(file)
    outcomes = Outcomes(surveyed)
    readings = []
    for source in surveyed.sources:
        outcome = read_source(source, max_size)
        outcomes.note(source, outcome)
        readings.append(_reading(source, outcome))
        if isinstance(outcome, Document):
            builder.add_document(outcome.path, outcome.title, split_passages(outcome))
    builder.finish({"key": key, **pack_sources(readings, started)})
    return outcomes.problems()


def _reading(source: Source, outcome: Document | DocumentError | None) -> Reading:
    if isinstance(outcome, Document):
        return Reading(source, DOCUMENT, outcome.digest)
    return Reading(source, NOTHING if outcome is None else PROBLEM, b"")
