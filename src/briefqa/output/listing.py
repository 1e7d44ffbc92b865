"""Numbered lines of a document, as grep prints a match and its context."""

from __future__ import annotations

from collections.abc import Iterator

from briefqa.citations import QuotedLines
from briefqa.spans import lines_of
from briefqa.text_safety import sanitise

__all__ = ["list_lines"]

NUMBER = "\x1b[36m{}\x1b[0m"
CONTEXT = "\x1b[2m{}\x1b[0m"


def list_lines(quoted: QuotedLines, *, color: bool = False) -> Iterator[str]:
    """Yield numbered lines: `9: text` in the place itself, `8- text` around it.

    Args:
        quoted: the lines.
        color: whether to dim the context, with escape sequences.
    """
    first, last = quoted.cited
    width = len(str(quoted.first + quoted.text.count("\n")))
    for number, span in enumerate(lines_of(quoted.text), quoted.first):
        wanted = first <= number <= last
        place = f"{number:>{width}}{':' if wanted else '-'}"
        line = sanitise(span.slice(quoted.text))
        if color:
            place = (NUMBER if wanted else CONTEXT).format(place)
            line = line if wanted or not line else CONTEXT.format(line)
        yield f"{place} {line}".rstrip() + "\n"
