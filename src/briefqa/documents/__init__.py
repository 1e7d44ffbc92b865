"""Documents: from paths to texts.

`load` walks folders, opens files warily, and has the readers make sense of the bytes.
"""

from briefqa.documents.bundled import bundled_briefing
from briefqa.documents.document import Document, Library, Outcomes, digest, load, read_source
from briefqa.documents.opening import (
    MAX_SIZE,
    STANDARD_INPUT,
    lines_of_standard_input,
    read_file,
)
from briefqa.documents.survey import Source, Stamp, Survey, survey

__all__ = [
    "MAX_SIZE",
    "STANDARD_INPUT",
    "Document",
    "Library",
    "Outcomes",
    "Source",
    "Stamp",
    "Survey",
    "bundled_briefing",
    "digest",
    "lines_of_standard_input",
    "load",
    "read_file",
    "read_source",
    "survey",
]
