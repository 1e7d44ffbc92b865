"""Documents: from paths to texts.

`survey` finds files, `load` reads them.
"""

from __future__ import annotations

from briefqa.documents.file_system import MAX_SIZE, STANDARD_INPUT, UNKNOWN_STAMP, Stamp
from briefqa.documents.sources import (
    DEFAULT_SELECTION,
    Outcomes,
    Selection,
    Source,
    Survey,
    is_left_out,
    survey,
)

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.documents.dates import DocumentDate
    from briefqa.documents.document import (
        Document,
        LoadedDocuments,
        load,
        read_document,
        read_source,
        skipped_file,
        sources_with_progress,
    )
    from briefqa.documents.files import (
        digest,
        read_file,
        read_standard_input_lines,
        standard_input_holds_data,
    )

__all__ = [
    "DEFAULT_SELECTION",
    "MAX_SIZE",
    "STANDARD_INPUT",
    "UNKNOWN_STAMP",
    "Document",
    "DocumentDate",
    "LoadedDocuments",
    "Outcomes",
    "Selection",
    "Source",
    "Stamp",
    "Survey",
    "digest",
    "is_left_out",
    "load",
    "read_document",
    "read_file",
    "read_source",
    "read_standard_input_lines",
    "skipped_file",
    "sources_with_progress",
    "standard_input_holds_data",
    "survey",
]


def __getattr__(name: str) -> object:
    """Import what reads documents on first use: answering from a cached index does not need it."""
    if name in (
        "digest",
        "read_file",
        "read_standard_input_lines",
        "standard_input_holds_data",
    ):
        from briefqa.documents import files

        return getattr(files, name)
    if name == "DocumentDate":
        from briefqa.documents import dates

        return dates.DocumentDate
    if name in (
        "Document",
        "LoadedDocuments",
        "load",
        "read_document",
        "read_source",
        "skipped_file",
        "sources_with_progress",
    ):
        from briefqa.documents import document

        return getattr(document, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
