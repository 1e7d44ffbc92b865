"""Files that tell which others are to be left out: `.gitignore` and `.briefqaignore`."""

from __future__ import annotations

import os

from briefqa.documents.files import read_file
from briefqa.documents.gitignore import Patterns
from briefqa.errors import DocumentError, NotADocumentError, TooLargeError
from briefqa.records import Record

__all__ = ["Rules", "read_rules"]

LARGEST = 256 * 1024
"""Bytes of such a file at the most."""
MOST = 64 * 1024
"""Characters of the patterns in force at once at the most, for all are held against each name."""


class Rules(Record):
    """What one file says, and below it what says the rest.

    Attributes:
        patterns: those of the file.
        start: the characters of its folder's absolute path, with the slash at the end.
        total: characters of the patterns in force, those of the rest among them.
        rest: what counts where the file says nothing.
    """

    patterns: Patterns
    start: int
    total: int
    rest: Rules | None

    def ignore(self, path: str, name: str, *, is_folder: bool) -> bool:
        """Tell whether something is to be left out.

        Args:
            path: absolute, its parts parted by slashes.
            name: its last part.
            is_folder: whether it is a folder.
        """
        rules: Rules | None = self
        while rules:
            verdict = rules.patterns.verdict(path[rules.start :], name, is_folder=is_folder)
            if verdict is not None:
                return verdict
            rules = rules.rest
        return False


def read_rules(file: str, start: int, rest: Rules | None) -> Rules | None:
    """Read what a file says.

    Args:
        file: its path; what is no regular file says nothing.
        start: see `Rules`.
        rest: the rules that it comes before.

    Raises:
        DocumentError: it cannot be read, or says too much.
    """
    try:
        text = os.fsdecode(read_file(file, LARGEST, pipes=False))
    except NotADocumentError:
        return rest
    except TooLargeError as error:
        raise DocumentError(file, f"larger than {LARGEST:,} bytes, so it is not heeded") from error
    patterns = Patterns(text.removeprefix("\ufeff").split("\n"))
    total = patterns.length + (rest.total if rest else 0)
    if total > MOST:
        raise DocumentError(file, f"more than {MOST:,} characters of patterns, so it is not heeded")
    return Rules(patterns, start, total, rest)
