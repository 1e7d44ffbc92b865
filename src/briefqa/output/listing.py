"""Numbered lines of a document, as grep prints a match and its context."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from briefqa.spans import lines_of
from briefqa.text_safety import sanitise

__all__ = ["list_lines"]

NUMBER = "\x1b[36m{}\x1b[0m"
CONTEXT = "\x1b[2m{}\x1b[0m"


def list_lines(
    text: str, lines: tuple[int, int], context: int = 0, *, color: bool = False
) -> Iterator[str]:
    """Yield numbered lines: `9: text` in the place itself, `8- text` around it.

    Args:
        text: the document's text.
        lines: the first and the last line of the place, from 1, inclusive.
        context: the number of lines to add before and after the place.
        color: whether to dim the context, with escape sequences.
    """
    first, last = lines
    start = max(0, first - 1 - context)
    spans = islice(lines_of(text.removesuffix("\n")), start, last + context)
    width = len(str(min(last + context, text.count("\n") + 1)))
    for number, span in enumerate(spans, start + 1):
        wanted = first <= number <= last
        place = f"{number:>{width}}{':' if wanted else '-'}"
        line = sanitise(span.slice(text))
        if color:
            place = (NUMBER if wanted else CONTEXT).format(place)
            line = line if wanted or not line else CONTEXT.format(line)
        yield f"{place} {line}".rstrip() + "\n"
