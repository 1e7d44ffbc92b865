"""Documents: from paths to texts.

`load` walks folders, opens files warily, and has the readers make sense of the bytes.
"""

from __future__ import annotations

from briefqa.documents.long_paths import UNKNOWN, Stamp
from briefqa.documents.survey import Outcomes, Survey, survey
from briefqa.documents.walk import (
    MAX_SIZE,
    STANDARD_INPUT,
    USUAL,
    PlainSource,
    Selection,
    Source,
)

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.documents.document import (
        Document,
        Library,
        load,
        read_document,
        read_source,
    )
    from briefqa.documents.files import digest, lines_of_standard_input, read_file

__all__ = [
    "MAX_SIZE",
    "STANDARD_INPUT",
    "UNKNOWN",
    "USUAL",
    "Document",
    "Library",
    "Outcomes",
    "PlainSource",
    "Selection",
    "Source",
    "Stamp",
    "Survey",
    "digest",
    "lines_of_standard_input",
    "load",
    "read_document",
    "read_file",
    "read_source",
    "survey",
]


def __getattr__(name: str) -> object:
    """Load what reads documents when it is first asked for: a cached index needs none of it."""
    if name in ("digest", "lines_of_standard_input", "read_file"):
        from briefqa.documents import files

        return getattr(files, name)
    if name in ("Document", "Library", "load", "read_document", "read_source"):
        from briefqa.documents import document

        return getattr(document, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
