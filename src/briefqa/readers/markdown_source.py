"""The source of Markdown: fields of the front matter, and dialects written as CommonMark.

Admonitions (MkDocs, Docusaurus), attributes (kramdown) and directives of templates (Jekyll) are not
seen as such by a reader of the page. Each line stays on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.records import Record

__all__ = ["LABEL", "Field", "as_commonmark", "front_matter"]

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

FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*+\n(?=[\w-]++[ \t]*+[:=])(?:(?!(?P=fence)).*+\n)++"
    r"(?P=fence)[ \t]*+(?:\n|$)"
)
FIELD = re.compile(r"[ \t]*+(?P<name>[\w-]++)[ \t]*+[:=](?:[ \t]++(?P<value>\S.*+))?")
ITEM = re.compile(r"[ \t]*+-[ \t]++(?P<value>\S.*+)")
BLOCK_MARK = re.compile(r"[|>][+-]?\d?[+-]?")
"""What stands for a value on the lines below."""
FLOW = re.compile(r"\[(?P<items>[^\[\]{}]*+)\]")
"""A list on one line."""
QUOTES = "\"' \t,"


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


class Field(Record):
    """A field, or an item of one.

    Attributes:
        name: its name.
        line: the line of the file that its value begins on, from 0.
        lines: the lines of its value.
    """

    name: str
    line: int
    lines: tuple[str, ...]


def front_matter(source: str) -> tuple[list[Field], int]:
    """Read the front matter of a file.

    Lists, of either form, have a field for each item; text that is folded or goes on below is one
    field.

    Args:
        source: the file.

    Returns:
        The fields that have values, and how many lines the front matter takes; 0 if there is none.
    """
    matter = FRONT_MATTER.match(source)
    if matter is None:
        return [], 0
    lines = matter[0].rstrip().split("\n")
    return list(_fields(lines[:-1])), len(lines)


def _fields(lines: Sequence[str]) -> Iterator[Field]:
    """Yield the fields of the lines between the fences; the first line is a fence."""
    name, start, value, folded = "", 0, list[str](), False
    for number, line in enumerate(lines[1:], 1):
        item, field = ITEM.fullmatch(line.rstrip()), FIELD.fullmatch(line.rstrip())
        indented = line[:1].isspace()
        if not (item or field) or (indented and folded):
            if line.strip():
                start = start if value else number
                value.append(line.strip(QUOTES))
            continue
        if value:
            yield Field(name, start, tuple(value))
        start, value, folded = number, [], False
        if item:
            value = [item["value"].strip(QUOTES)]
        elif field:
            name, written = field["name"], field["value"] or ""
            value, folded = _value(written), BLOCK_MARK.fullmatch(written) is not None
    if value:
        yield Field(name, start, tuple(value))


def _value(written: str) -> list[str]:
    """The beginning of a value, as the rest of its line has it; empty where it stands below."""
    if BLOCK_MARK.fullmatch(written) or written[0:1] in "&{" or not written:
        return []
    flow = FLOW.fullmatch(written)
    if flow:
        items = (item.strip(QUOTES) for item in flow["items"].split(","))
        return [", ".join(filter(None, items))]
    return [written.strip(QUOTES)]
