"""Documents: from paths to texts.

`load` walks folders, opens files warily, and has the readers make sense of the bytes.
"""

from briefqa.documents.bundled import bundled_briefing
from briefqa.documents.document import Document, Library, load
from briefqa.documents.opening import MAX_SIZE, STANDARD_INPUT, read_file

__all__ = [
    "MAX_SIZE",
    "STANDARD_INPUT",
    "Document",
    "Library",
    "bundled_briefing",
    "load",
    "read_file",
]
