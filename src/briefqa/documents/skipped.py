"""Files that are not read: by what they are counted, and in what words they are reported."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from briefqa.documents.document import Document
from briefqa.documents.files import NOT_REGULAR
from briefqa.documents.sources import Source, is_left_out
from briefqa.errors import DocumentError, NoTextError, SkippedFileError, TooLargeError
from briefqa.readers.registry import FORMATS

__all__ = ["skipped_file"]

SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
TEXT_SUFFIXES = frozenset((".txt", *(suffix for each in FORMATS for suffix in each.suffixes)))
"""Suffixes of files that are read; others name a format that is not."""


def skipped_file(source: Source, outcome: object) -> Iterator[SkippedFileError]:
    """Yield what is reported of a file if nothing in it was read.

    Args:
        source: the file.
        outcome: what `read_source` returned for it.
    """
    if isinstance(outcome, DocumentError):
        yield SkippedFileError(source.path, outcome.reason, _kind(source, outcome))
    elif isinstance(outcome, Document) and outcome.unread:
        yield SkippedFileError(source.path, "no text in it", "no text")


def _kind(source: Source, error: DocumentError) -> str:
    if isinstance(error, TooLargeError):
        return "too large"
    if not is_left_out(source, error):
        return "failed"
    if isinstance(error, NoTextError):
        return "scan"
    if error.reason == NOT_REGULAR:
        return "special file"
    suffix = os.path.splitext(source.path)[1].lower()
    return suffix if SUFFIX.fullmatch(suffix) and suffix not in TEXT_SUFFIXES else "binary"
