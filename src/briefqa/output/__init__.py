"""Renderings of answers: pure functions, one module a format.

Each takes the replies as they come and yields text to be written as soon as it is there.
"""

from briefqa.output.rendering import (
    FORMATS,
    PARTIAL,
    Layout,
    Renderer,
    Reply,
    changes,
    explanation,
    notes,
    renderer,
    shown,
    verdict,
)

__all__ = [
    "FORMATS",
    "PARTIAL",
    "Layout",
    "Renderer",
    "Reply",
    "changes",
    "explanation",
    "notes",
    "renderer",
    "shown",
    "verdict",
]
