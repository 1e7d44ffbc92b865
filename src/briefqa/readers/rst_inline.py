"""The mark-up inside of blocks of reStructuredText."""

from __future__ import annotations

import re

from briefqa.readers.line_text import without_marks

__all__ = ["ROLE", "plain_rst"]

ROLE = r":[\w+.-]++(?::[\w+.-]++)*+:"
INLINE = re.compile(
    r"\\(?P<escaped>.)"
    r"|``(?P<code>(?:[^`]|`(?!`))++)``"
    rf"|(?:{ROLE})?`(?P<text>[^`]++)`(?:{ROLE}|__?)?"
    r"|\[(?:\d++|#[\w-]*+|\*)\]_(?!\w)"
    r"|\|(?P<name>[^|\s]++(?:[ ][^|\s]++){0,5})\|_{0,2}"
    r"|(?<=[^\W_])__?(?![\w`])",
    re.DOTALL,
)
"""What stands between marks, references to notes, and the mark at the end of a reference."""
TARGET = re.compile(r"\s*+<[^<>]*+>\Z")
MARK = re.compile(r"\*{1,2}")


def plain_rst(text: str) -> str:
    """Take the mark-up out of the contents of a block.

    Args:
        text: the contents; its lines end with line feeds.

    Returns:
        As many lines, each with the text of that line.
    """
    pieces = []
    end = 0
    for found in INLINE.finditer(text):
        pieces.append(without_marks(text[end : found.start()], MARK))
        end = found.end()
        label = TARGET.sub("", found["text"]) if found["text"] else ""
        shown = found["code"] or label.removeprefix("~") or found["name"] or found["escaped"] or ""
        pieces.append(shown + "\n" * (found[0].count("\n") - shown.count("\n")))
    return "".join([*pieces, without_marks(text[end:], MARK)])
