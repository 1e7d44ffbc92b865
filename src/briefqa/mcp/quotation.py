"""Text for agents: quotations between fences, in no more characters than are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from briefqa.output import one_line
from briefqa.records import Record
from briefqa.text_safety import sanitise_name

__all__ = [
    "LEFT_OUT",
    "NAME_LIMIT",
    "Quotation",
    "clipped",
    "counted",
    "cut",
    "in_shares",
    "named",
    "quote",
]

LEAST_SHARE = 120
"""Characters that the answer to a question takes at least, or a place."""
NAME_LIMIT = 200
"""Characters of a title, a heading or a question that are shown at most."""
LEFT_OUT = "{} left out for max_chars"


class Quotation(Record):
    """Lines between fences.

    Attributes:
        text: the lines and their fences, after a line feed; empty if there are no lines.
        size: the number of lines.
    """

    text: str
    size: int


def quote(lines: Iterable[str], budget: int) -> Quotation:
    """Quote as many lines as a number of characters has room for.

    The fences are longer than any run of backticks in a line, so that no line can end them.
    """
    kept: list[str] = []
    fence, used = 3, 0
    for line in lines:
        longer = max(fence, *(len(run) + 1 for run in re.findall("`+", line)), 0)
        if used + len(line) + 1 + 2 * (longer + 1) > budget:
            break
        fence = longer
        used += len(line) + 1
        kept.append(line)
    if not kept:
        return Quotation("", 0)
    ticks = "`" * fence
    return Quotation("\n".join(["", ticks, *kept, ticks]), len(kept))


def in_shares(
    items: Sequence[str], kind: str, budget: int, set_out: Callable[[str, int], str]
) -> str:
    """Set out several things in so many characters; what one does not need, the next ones may use.

    Args:
        items: the things.
        kind: what one of them is called.
        budget: the number of characters.
        set_out: returns the text of one in at most so many characters.
    """
    fitting = items[: max(1, budget // LEAST_SHARE)]
    left_out = len(items) - len(fitting)
    end = [LEFT_OUT.format(counted(left_out, kind))] if left_out else []
    left = budget - sum(len(text) + 2 for text in end)
    texts = []
    for place, item in enumerate(fitting):
        text = set_out(item, left // (len(fitting) - place) - 2)
        left -= len(text) + 2
        texts.append(text)
    return "\n\n".join([*texts, *end])


def counted(number: int, noun: str) -> str:
    """Return a number of things, as in `1 place` or `2 places`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def named(text: str) -> str:
    """Return a title, a heading or a question on one line, shortened."""
    return clipped(text, NAME_LIMIT)


def clipped(text: str, most: int) -> str:
    """Return a text on one line, in at most so many characters."""
    return cut(sanitise_name(one_line(text[: 4 * NAME_LIMIT])), min(most, NAME_LIMIT))


def cut(text: str, most: int) -> str:
    """Return as much of a text as has room in so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
