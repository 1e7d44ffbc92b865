"""The text of a block of AsciiDoc as a reader of the page sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefqa.readers.line_text import without_marks

__all__ = ["plain_adoc"]

INLINE = re.compile(
    r"\[\[[^\[\]]++\]\]"
    r"|<<(?P<anchor>[^<>,]++)(?:,(?P<reference>[^<>]++))?>>"
    r"|(?P<macro>(?:link|xref|mailto|image|kbd|btn|menu|footnote|anchor|icon|pass|stem|indexterm)"
    r":(?P<target>[^\s\[\]]*+)|(?:https?|ftp|irc)://[^\s\[\]<>]++)\[(?P<text>[^\[\]]*+)\]"
    r"|\{(?P<attribute>\w[\w-]*+)\}"
    r"|\(\(\((?P<hidden>[^()]*+)\)\)\)|\(\((?P<index>[^()]*+)\)\)"
)
MARK = re.compile(r"\*{1,2}|_{1,2}|`{1,2}|#{1,2}|\+{1,3}")
ROLE = re.compile(r"\[[.#][\w.# -]*+\](?=[#*_`])")
NAMES = {"nbsp": " ", "sp": " ", "empty": "", "blank": "", "lt": "<", "gt": ">", "amp": "&"}
"""Attributes that stand for characters."""
VALUE_LIMIT = 200
"""Characters of an attribute that are put in its place."""


def plain_adoc(text: str, attributes: Mapping[str, str]) -> str:
    """Take the mark-up out of the contents of a block.

    Args:
        text: the contents, lines parted by line feeds.
        attributes: what names in braces stand for.

    Returns:
        As many lines, each with the text of that line.
    """
    pieces = []
    end = 0
    for found in INLINE.finditer(text):
        pieces.append(_without_marks(text[end : found.start()]))
        end = found.end()
        shown = _shown(found, attributes)
        pieces.append(shown + "\n" * (found[0].count("\n") - shown.count("\n")))
    return "".join([*pieces, _without_marks(text[end:])])


def _without_marks(text: str) -> str:
    return without_marks(ROLE.sub("", text), MARK)


def _shown(found: re.Match[str], attributes: Mapping[str, str]) -> str:
    """Return what is shown of a reference, a macro or an attribute."""
    if name := found["attribute"]:
        value = attributes.get(name, NAMES.get(name, found[0]))
        return value if len(value) <= VALUE_LIMIT else found[0]
    if found["anchor"]:
        return (found["reference"] or found["anchor"]).strip()
    if found["index"]:
        return str(found["index"])
    if found["macro"] is None:
        return ""
    kind = found["macro"].partition(":")[0]
    text = found["text"].partition(",")[0].strip().strip('"').removesuffix("^")
    if kind == "footnote":
        return f" ({found['text']})" if found["text"] else ""
    if kind in ("anchor", "icon", "indexterm"):
        return ""
    if kind in ("kbd", "btn", "menu", "pass", "stem"):
        return found["text"]
    target = found["target"] if kind in ("link", "xref", "mailto") else found["macro"]
    return text or (target if kind != "image" else "")
