"""The part that a sentence plays in its document, and whether that part is the one asked for.

A document names what it says: by a heading, by the term of a definition, by the first cell of a
row, by the words before a colon or dash. What stands under a name that is asked for answers, though
it seldom repeats the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.passages import NAMES, Part, Passage
from briefqa.spans import Span

__all__ = ["OPTION_NOUNS", "has_option", "leads_on", "names_of"]

CELL_SEPARATOR = " | "
"""What stands between the cells of a row, as readers write it."""
OPTION_NOUNS = frozenset("argument flag option parameter switch".split())
"""What options of programs are called."""

NAME_LIMIT = 80
"""Characters of the longest name in front of a colon, dash or gap."""
NAMED = (
    rf"(?:[-*+•‣◦·o]\s+|\(?\w{{1,3}}[.)]\s+)?(?P<name>\S.{{0,{NAME_LIMIT}}}?)"
    r"(?::\s|\s+[-–—]\s+|\s{2,}|\t)\s*\S"
)
"""A name and what stands between it and what is said of it, behind the mark of an item."""
NAME_ENDS = (": ", " -", " –", " —", "  ")
"""One of them is in the opening of a sentence with a name, if that has no other white space."""
NAME_OPENING = NAME_LIMIT + 20
"""Characters of a sentence that the pattern looks at."""
OPTION = r"(?<![\w-])--?[A-Za-z]"
"""How an option of a program starts."""
LISTED = frozenset(["item", "code", "row", "header", "line"])
"""Kinds of blocks of which lists, steps and examples consist."""
ORDERED = r"(?i)\(?\d{1,3}[.)]\s|step\s\d"


def names_of(text: str, placed: Sequence[tuple[Span, Part]]) -> Iterator[str]:
    """Yield, for each sentence of a passage, the name of what it says; empty if it has none.

    Only the first sentence beneath a heading or term has the name of that.

    Args:
        text: the passage's text.
        placed: its sentences in order, each with the block that it stands in.
    """
    pending = ""
    for span, part in placed:
        written = span.slice(text)
        if part.kind in ("heading", "term"):
            # Several terms in a row are names of the same thing.
            pending = f"{pending}, {written}" if pending and part.kind == "term" else written
            yield written if part.kind == "term" else ""
            continue
        name, pending = (pending if part.kind not in NAMES else ""), ""
        yield name or _name_within(written, part)


def _name_within(written: str, part: Part) -> str:
    """Return the name that opens a sentence."""
    if part.kind == "row":
        return written.partition(CELL_SEPARATOR)[0]
    opening = written[:NAME_OPENING]
    # Few sentences have a name, and compiling the pattern takes long.
    if opening.isprintable() and not any(mark in opening for mark in NAME_ENDS):
        return ""
    match = re.match(NAMED, written)
    return match["name"] if match else ""


def has_option(text: str, name: str) -> bool:
    """Return whether a sentence, or its name, has an option of a program."""
    return "-" in name + text and bool(re.search(OPTION, name) or re.search(OPTION, text))


def leads_on(passage: Passage, placed: Sequence[tuple[Span, Part]]) -> Iterator[bool]:
    """Yield, for each sentence, whether it leads to steps, a list or code, or is a numbered step.

    Args:
        passage: the passage.
        placed: its sentences in order, each with the block that it stands in.
    """
    follows = dict(zip(passage.parts, passage.parts[1:], strict=False))
    for span, part in placed:
        if part.kind == "item":
            yield bool(re.match(ORDERED, span.slice(passage.text)))
        else:
            following = follows.get(part)
            ends = span.end == part.span.end and part.kind not in LISTED
            yield ends and following is not None and following.kind in LISTED
