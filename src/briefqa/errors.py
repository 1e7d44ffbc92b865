"""The exceptions of briefqa.

    BriefqaError
    ├── ConfigurationError      an invalid configuration file
    ├── DocumentError           a path that cannot be read as a document
    │   ├── NoDocumentsError    none of the paths can be read
    │   ├── NotADocumentError   a file that contains no text, or is not a regular file
    │   │   └── NoTextError     a document without text, such as a scan
    │   ├── ReaderError         a reader that fails unexpectedly
    │   ├── SkippedFileError    a file that was left out; collected, never raised
    │   └── TooLargeError       a file over the size limit
    ├── EngineError             an engine that cannot be reached, or refuses
    ├── OpeningError            a document that no program can open
    ├── OutputError             output that cannot be written
    ├── QuestionError           a question without words
    └── UsageError              an invalid command line

Each message is one sentence, which names the thing and the reason.
"""

from __future__ import annotations

__all__ = [
    "BriefqaError",
    "ConfigurationError",
    "DocumentError",
    "EngineError",
    "NoDocumentsError",
    "NoTextError",
    "NotADocumentError",
    "OpeningError",
    "OutputError",
    "QuestionError",
    "ReaderError",
    "SkippedFileError",
    "TooLargeError",
    "UsageError",
    "describe",
]


class BriefqaError(Exception):
    """The base class of all exceptions that briefqa raises on purpose."""


class ConfigurationError(BriefqaError):
    """A configuration file cannot be read, or contains an invalid key or value.

    Attributes:
        name: the path of the file.
        reason: why, as a phrase.
        line: from 1; None if the reason concerns the whole file.
    """

    def __init__(self, name: str, reason: str, line: int | None = None) -> None:
        super().__init__(f"{name}:{line}: {reason}" if line else f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.line = line


class DocumentError(BriefqaError):
    """A path cannot be read as a document.

    Attributes:
        name: the path as given, or as found in a folder.
        reason: why, as a phrase without the path.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class NotADocumentError(DocumentError):
    """A path leads to a binary file, a device or the like; such files of a folder are skipped."""


class NoTextError(NotADocumentError):
    """A document in a format that is read has no text, as a scan has none."""


class SkippedFileError(DocumentError):
    """A file was not read. Errors of this class are collected and counted, never raised.

    Attributes:
        kind: what it is counted as: the suffix of a format that is not read, or `scan`,
            `no text`, `binary`, `special file`, `too large`, `failed`.
    """

    def __init__(self, name: str, reason: str, kind: str) -> None:
        super().__init__(name, reason)
        self.kind = kind


class NoDocumentsError(DocumentError):
    """None of the paths can be read.

    Attributes:
        problems: the paths, and why; `name` and `reason` are those of the first.
        skipped: the files that were not read, and why.
    """

    def __init__(
        self,
        problems: tuple[DocumentError, ...],
        skipped: tuple[SkippedFileError, ...] = (),
    ) -> None:
        super().__init__(problems[0].name, problems[0].reason)
        self.problems = problems
        self.skipped = skipped


class ReaderError(DocumentError):
    """A reader, or a library that it uses, fails instead of refusing the document."""


class TooLargeError(DocumentError):
    """A file is larger than the size limit."""

    def __init__(self, name: str, max_size: int) -> None:
        super().__init__(name, f"larger than {max_size:,} bytes; increase --max-size to read it")


class EngineError(BriefqaError):
    """An engine cannot be reached, refuses, or has no index that briefqa can use."""


class OpeningError(BriefqaError):
    """No editor or viewer can open a document."""


class OutputError(BriefqaError):
    """Standard output is closed or full, or an export cannot be written."""


class QuestionError(BriefqaError):
    """A question contains no word to search for, or a file of questions is malformed."""


class UsageError(BriefqaError):
    """A command line, a citation or an address is invalid."""


def describe(error: OSError) -> str:
    """Return the message of the system for an error, without the path."""
    return (error.strerror or str(error)).lower()
