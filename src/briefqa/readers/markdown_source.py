"""Dialects of Markdown, written as CommonMark line by line.

Admonitions (MkDocs, Docusaurus), attributes (kramdown) and directives of templates (Jekyll) are not
seen as such by a reader of the page. Each line stays on its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["LABEL", "as_commonmark"]

FENCE = re.compile(r" {0,3}(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*+)$")
ADMONITION = re.compile(
    r"(?P<indent>[ \t]*+)(?:(?:!!!|\?\?\?\+?)[ \t]++(?:[\w-]++[ \t]*+)*+|===[ \t]++(?=[\"“]))"
    r"(?:[\"“](?P<title>[^\"“”]*+)[\"”])?[ \t]*+$"
)
"""The line above an admonition or tab, whose text is moved in below it."""
CONTAINER = re.compile(
    r"[ \t]*+:{3,}+[ \t]*+(?:\{[^{}]*+\}|[\w-]*+)[ \t]*+"
    r"(?:\[(?P<title>[^\[\]]*+)\]|(?P<rest>[^\[\]]*+))$"
)
DIRECTIVE = re.compile(
    r"[ \t]*+(?:\{:[^{}]*+\}|\{%[^%]*+%\}|\{#[\w-]++\}|\[\[?_?toc_?\]\]?|<!--[^>]*+-->)[ \t]*+$",
    re.IGNORECASE,
)
"""A line that is no text."""
INDENT = 4
LABEL = "\ue000"
"""Opens a line that names what follows it; a character for private use."""


def as_commonmark(lines: Sequence[str]) -> list[str]:
    """Write the lines of a file as CommonMark.

    The text of an admonition becomes a quotation. Its title, and that of a container, is a line
    that opens with `LABEL`.
    """
    written: list[str] = []
    fence = ""
    inside: int | None = None
    for line in lines:
        mark = FENCE.match(line)
        if fence:
            if mark and mark["fence"].startswith(fence) and not mark["info"].strip():
                fence = ""
        elif mark:
            fence = mark["fence"]
        inside = None if fence or mark else _depth(line, inside)
        written.append(line if fence or mark else _line(line, inside))
    return written


def _depth(line: str, inside: int | None) -> int | None:
    """How far the text of the admonition is moved in that a line belongs to; None for none."""
    found = ADMONITION.match(line)
    if found:
        return len(found["indent"].expandtabs(INDENT))
    if inside is None or not line.strip():
        return inside
    indent = len(line) - len(line.lstrip())
    return inside if len(line[:indent].expandtabs(INDENT)) >= inside + INDENT else None


def _line(line: str, inside: int | None) -> str:
    if DIRECTIVE.match(line):
        return ""
    found = ADMONITION.match(line) or CONTAINER.match(line)
    if found:
        title = (found["title"] or found.groupdict().get("rest") or "").strip()
        return f"{'> ' if inside is not None else ''}###### {LABEL}{title}" if title else ""
    if inside is None or not line.strip():
        return line
    text = line.expandtabs(INDENT)
    return "> " + text[inside + INDENT :]
