"""Front matter: the fields at the top of a Markdown file, in YAML or TOML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.records import Record

__all__ = ["Field", "front_matter"]

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
