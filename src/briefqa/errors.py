"""What can go wrong, as one tree.

    BriefqaError
    ├── ConfigurationError   a configuration file that makes no sense
    ├── DocumentError   a path that cannot be read as a document
    │   ├── NoDocumentsError    none of the paths can be read
    │   ├── NotADocumentError   nothing is wrong with it, but it holds no text
    │   ├── ReaderError     its reader fails in a way that nobody foresaw
    │   └── TooLargeError   it is larger than is allowed
    ├── EngineError     an engine that cannot be reached, or refuses
    ├── OpeningError    a document that no program here opens
    ├── OutputError     answers that cannot be written
    ├── QuestionError   a question that asks nothing
    └── UsageError      a command line that makes no sense

Each message is one clear sentence that names the thing and the reason.
"""

from __future__ import annotations

__all__ = [
    "BriefqaError",
    "ConfigurationError",
    "DocumentError",
    "EngineError",
    "NoDocumentsError",
    "NotADocumentError",
    "OpeningError",
    "OutputError",
    "QuestionError",
    "ReaderError",
    "TooLargeError",
    "UsageError",
    "describe",
]


class BriefqaError(Exception):
    """The root of all errors that briefqa raises on purpose."""


class ConfigurationError(BriefqaError):
    """A configuration file cannot be read, or something in it makes no sense.

    Attributes:
        name: the file's path.
        reason: why, as a phrase.
        line: from 1; None where it is the whole file.
    """

    def __init__(self, name: str, reason: str, line: int | None = None) -> None:
        super().__init__(f"{name}:{line}: {reason}" if line else f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.line = line


class DocumentError(BriefqaError):
    """A path could not be read as a document.

    Attributes:
        name: the path as given, or as found in a folder.
        reason: why, as a phrase without the path.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class NotADocumentError(DocumentError):
    """A binary file, a device or the like: refused where it is named, passed over in a folder."""


class NoDocumentsError(DocumentError):
    """None of the paths could be read.

    Attributes:
        problems: the paths, and why; `name` and `reason` are those of the first.
    """

    def __init__(self, problems: tuple[DocumentError, ...]) -> None:
        super().__init__(problems[0].name, problems[0].reason)
        self.problems = problems


class ReaderError(DocumentError):
    """A reader, or a library that it uses, fails where it should refuse the document."""


class TooLargeError(DocumentError):
    """A file is larger than is allowed."""

    def __init__(self, name: str, max_size: int) -> None:
        super().__init__(
            name, f"larger than {max_size:,} bytes; a larger --max-size would admit it"
        )


class EngineError(BriefqaError):
    """An engine cannot be reached, refuses, or has no index that briefqa can use."""


class OpeningError(BriefqaError):
    """No editor or viewer opens a document."""


class OutputError(BriefqaError):
    """Standard output is closed, or full."""


class QuestionError(BriefqaError):
    """A question holds no word to look for, or a file of questions is malformed."""


class UsageError(BriefqaError):
    """A command line, a citation or an address is invalid."""


def describe(error: OSError) -> str:
    """Return the system's own words for an error, without the path that it repeats."""
    return (error.strerror or str(error)).lower()
